//! [DOT](https://graphviz.org/doc/info/lang.html), Graphviz's language.

use super::text::{self, shortened};
use super::view::{Boxed, View};
use super::{Kind, Mark};

/// The longest line in a box, in characters.
const LONGEST: usize = 64;

pub(super) fn write(view: &View) -> String {
    let mut lines = vec![
        format!("digraph {} {{", quoted(&view.title)),
        "  rankdir=LR".to_owned(),
        "  graph [nodesep=0.2, ranksep=0.8]".to_owned(),
        "  node [shape=plain, fontname=\"Helvetica,Arial,sans-serif\", fontsize=10]".to_owned(),
        "  edge [color=\"#8b949e\", arrowsize=0.6]".to_owned(),
    ];
    lines.extend(view.boxes.iter().map(node));
    for link in &view.links {
        let end = |index: usize, row: Option<usize>, side: &str| {
            let port = row.map_or("t".to_owned(), |row| format!("r{row}"));
            let boxed = view.boxes.get(index)?;
            Some(format!("{}:{port}:{side}", boxed.id))
        };
        let from = end(link.from, link.from_row, "e");
        let to = end(link.to, link.to_row, "w");
        if let (Some(from), Some(to)) = (from, to) {
            let look = match link.mark {
                Mark::Same => String::new(),
                Mark::Removed => format!(" [color=\"{}\", style=dashed]", colour(link.mark)),
                mark => format!(" [color=\"{}\", penwidth=2]", colour(mark)),
            };
            lines.push(format!("  {from} -> {to}{look}"));
        }
    }
    lines.push("}".to_owned());
    lines.join("\n") + "\n"
}

/// A table whose cells are the ports.
fn node(boxed: &Boxed) -> String {
    let word = match boxed.kind {
        Kind::Union => "union ",
        Kind::Enumeration => "enum ",
        Kind::Operation | Kind::Structure | Kind::Error => "",
    };
    let head = match boxed.kind {
        Kind::Operation => "#cfe2ff",
        Kind::Structure => "#eaeef2",
        Kind::Union => "#e5dbff",
        Kind::Enumeration => "#d3f5ee",
        Kind::Error => "#ffe3cc",
    };
    let (border, color) = match boxed.mark {
        Mark::Same => (1, "#6e7781"),
        mark => (3, colour(mark)),
    };
    let mut rows = format!(
        "<tr><td port=\"t\" bgcolor=\"{head}\"><b>{}{word}{}</b></td></tr>",
        boxed.mark.sign(),
        xml(&shortened(&boxed.title, LONGEST)),
    );
    for (index, row) in boxed.rows.iter().enumerate() {
        let text = format!("{}{}", row.mark.sign(), shortened(&row.text, LONGEST));
        // Spaces at the beginning of a cell count, but are not seen.
        let text = xml(&text).replace("  ", "&#160;&#160;");
        let text = match row.mark {
            Mark::Same => text,
            mark => format!("<font color=\"{}\">{text}</font>", colour(mark)),
        };
        rows.push_str(&format!(
            "<tr><td align=\"left\" port=\"r{index}\">{text}</td></tr>"
        ));
    }
    if !boxed.note.is_empty() {
        let note = xml(&boxed.note);
        rows.push_str(&format!("<tr><td align=\"left\"><i>{note}</i></td></tr>"));
    }
    format!(
        "  {} [tooltip={}, label=<<table border=\"{border}\" cellborder=\"0\" cellspacing=\"0\" \
         color=\"{color}\" bgcolor=\"white\">{rows}</table>>]",
        boxed.id,
        quoted(&boxed.tip),
    )
}

fn colour(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "#8b949e",
        Mark::Added => "#1a7f37",
        Mark::Removed => "#cf222e",
        Mark::Changed => "#9a6700",
    }
}

/// A string in which nothing means anything. Graphviz reads escapes and entities in strings.
fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let text = text
        .replace('&', "&amp;")
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    format!("\"{text}\"")
}

/// As it stands in a table, where Graphviz reads the escapes of strings too, and entities first.
fn xml(text: &str) -> String {
    text::xml(text).replace('\\', "\\\\")
}
