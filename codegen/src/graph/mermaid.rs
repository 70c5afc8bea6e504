//! [Mermaid](https://mermaid.js.org/syntax/flowchart.html): a flowchart, which GitHub draws.
//!
//! Nothing is numbered, so that what is added to a graph adds lines and changes no others.

use super::text::shortened;
use super::view::{Boxed, Link, View};
use super::{Kind, Mark};
use std::collections::{BTreeMap, BTreeSet};

/// The longest line in a box, in characters.
const LONGEST: usize = 64;

/// So that no line of a box is broken.
const WIDE: &str = r#"%%{init: {"flowchart": {"wrappingWidth": 600}}}%%"#;

/// How kinds and marks look: a border for each on no fill of its own, so that both of GitHub's
/// themes do.
const CLASSES: [(&str, &str); 8] = [
    (
        "operation",
        "stroke:#1f6feb,stroke-width:2px,text-align:left",
    ),
    ("structure", "stroke:#8b949e,text-align:left"),
    ("union", "stroke:#8957e5,text-align:left"),
    ("enum", "stroke:#1a7f78,text-align:left"),
    ("error", "stroke:#bc4c00,text-align:left"),
    ("added", "stroke:#2da44e,stroke-width:4px,text-align:left"),
    (
        "removed",
        "stroke:#cf222e,stroke-width:4px,text-align:left,stroke-dasharray:6 4",
    ),
    ("changed", "stroke:#d4a72c,stroke-width:4px,text-align:left"),
];

/// The text, and the number of its edges.
pub(super) fn write(view: &View) -> (String, usize) {
    let mut lines = vec![WIDE.to_owned(), "flowchart LR".to_owned()];
    lines.extend(view.boxes.iter().map(node));
    let edges = edges(view);
    let count = edges.len();
    lines.extend(edges);
    lines.extend(classes(view));
    (lines.join("\n") + "\n", count)
}

fn node(boxed: &Boxed) -> String {
    let title = shortened(&boxed.title, LONGEST);
    let word = match boxed.kind {
        Kind::Union => "union ",
        Kind::Enumeration => "enum ",
        Kind::Operation | Kind::Structure | Kind::Error => "",
    };
    let mut label = format!("{}<b>{word}{}</b>", boxed.mark.sign(), escape(&title));
    // What a link says need not be said twice.
    for row in boxed.rows.iter().filter(|row| !row.leads) {
        let text = escape(&shortened(&row.text, LONGEST));
        let text = text.replace("  ", "#160;#160;");
        label.push_str(&format!("<br/>{}{text}", row.mark.sign()));
    }
    if !boxed.note.is_empty() {
        label.push_str(&format!("<br/><i>{}</i>", escape(&boxed.note)));
    }
    let (open, close) = match boxed.kind {
        Kind::Operation => ("[[", "]]"),
        Kind::Enumeration => ("(", ")"),
        Kind::Structure | Kind::Union | Kind::Error => ("[", "]"),
    };
    format!("  {}{open}\"{label}\"{close}:::{}", boxed.id, class(boxed))
}

/// One edge for all that leads from one box to another, with the members on it.
fn edges(view: &View) -> Vec<String> {
    let mut between: BTreeMap<(usize, usize), Vec<&Link>> = BTreeMap::new();
    for link in &view.links {
        between.entry((link.from, link.to)).or_default().push(link);
    }
    let edges = between.into_iter().filter_map(|((from, to), links)| {
        let (from, to) = (&view.boxes.get(from)?.id, &view.boxes.get(to)?.id);
        let arrow = arrow(&links);
        let labels: Vec<String> = links
            .iter()
            .filter(|link| !link.label.is_empty())
            .map(|link| {
                let label = escape(&shortened(&link.label, LONGEST));
                format!("{}{label}", link.mark.sign())
            })
            .collect();
        Some(match labels.join("<br/>") {
            labels if labels.is_empty() => format!("  {from} {arrow} {to}"),
            labels => format!("  {from} {arrow}|\"{labels}\"| {to}"),
        })
    });
    edges.collect()
}

/// Thick for what is new, dotted for what is gone, if that holds for all on the edge.
fn arrow(links: &[&Link]) -> &'static str {
    let all = |mark| links.iter().all(|link| link.mark == mark);
    if all(Mark::Added) {
        "==>"
    } else if all(Mark::Removed) {
        "-.->"
    } else {
        "-->"
    }
}

/// The looks that are used.
fn classes(view: &View) -> Vec<String> {
    let used: BTreeSet<&str> = view.boxes.iter().map(class).collect();
    let used = CLASSES.iter().filter(|(class, _)| used.contains(class));
    used.map(|(class, look)| format!("  classDef {class} {look}"))
        .collect()
}

/// A box has one look: that of its mark if it has one, as its shape tells its kind too.
fn class(boxed: &Boxed) -> &'static str {
    match boxed.mark {
        Mark::Same => boxed.kind.word(),
        mark => mark.word(),
    }
}

/// As it stands in a quoted label. Mermaid knows characters by number between `#` and `;`; of what
/// is no letter or digit only what means nothing to it, to HTML or to Markdown stands for itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' | '.' | ',' | ':' | '(' | ')' | '-' | '_' | '/' | '…' | '·' => {
                escaped.push(character)
            }
            letter if letter.is_alphanumeric() => escaped.push(letter),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push_str(&format!("#{};", u32::from(other))),
        }
    }
    escaped
}
