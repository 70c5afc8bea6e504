//! SVG, drawn here: a box is a table, a line leaves from the row of its member.

use super::layout::{self, Layout, Line, Pass, Plan};
use super::text::{shortened, xml};
use super::view::{Boxed, Link, View};
use super::{Kind, Mark};
use std::fmt::Write;

/// Pixels. The font is a monospaced one, whose letters are 0.6 of its size wide wherever it is from.
const LETTER: f64 = 7.25;
const ROW: f64 = 17.0;
const HEAD: f64 = 22.0;
const PADDING: f64 = 9.0;
const MARGIN: f64 = 16.0;
const TOP: f64 = 62.0;
const NARROWEST: f64 = 90.0;

/// The longest line in a box, in characters.
const LONGEST: usize = 72;

/// Looks: light first, then what differs on a dark background.
const STYLE: &str = "\
text{font:12px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328;white-space:pre}
.b,.h{font-weight:600}.h{font-size:15px}.n{fill:#59636e;font-style:italic}
.page{fill:#fff}.box{fill:#fff;stroke:#8c959f}
.operation .head{fill:#cfe2ff}.structure .head{fill:#e6eaef}.union .head{fill:#e4d9ff}
.enum .head{fill:#cdf3ea}.error .head{fill:#ffe0c7}
.l{fill:none;stroke:#8c959f;stroke-width:1.1}.tip{fill:#8c959f}
.l:hover{stroke:#0969da;stroke-width:3}
.box.added{stroke:#1a7f37;stroke-width:3}.box.changed{stroke:#bf8700;stroke-width:3}
.box.removed{stroke:#cf222e;stroke-width:3;stroke-dasharray:7 4}
.l.added{stroke:#1a7f37;stroke-width:2.2}.l.changed{stroke:#bf8700;stroke-width:2.2}
.l.removed{stroke:#cf222e;stroke-width:2.2;stroke-dasharray:7 4}
text.added{fill:#1a7f37}text.changed{fill:#8a5d00}text.removed{fill:#cf222e;text-decoration:line-through}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}.n{fill:#9198a1}.page{fill:#0d1117}.box{fill:#161b22;stroke:#57606a}
.operation .head{fill:#1b3a68}.structure .head{fill:#2d333b}.union .head{fill:#3c2a6b}
.enum .head{fill:#12433c}.error .head{fill:#5a2d0c}
.l{stroke:#6e7681}.tip{fill:#6e7681}.l:hover{stroke:#58a6ff}
.box.added,.l.added{stroke:#3fb950}.box.changed,.l.changed{stroke:#d29922}
.box.removed,.l.removed{stroke:#f85149}
text.added{fill:#3fb950}text.changed{fill:#d29922}text.removed{fill:#f85149}
}";

pub(super) fn write(view: &View) -> String {
    let lines = view.links.iter().map(|link| Line {
        from: link.from,
        leaves: below_top(link.from_row),
        to: link.to,
        arrives: below_top(link.to_row),
    });
    let layout = layout::layout(&Plan {
        sizes: view.boxes.iter().map(size).collect(),
        lines: lines.collect(),
    });
    let legend = legend(view);
    let (width, height) = (
        layout.width.max(legend.1) + 2.0 * MARGIN,
        layout.height + TOP + MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{}</title>\n\
         <style>\n{STYLE}\n</style>\n\
         <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{}\
         <g transform=\"translate({MARGIN} {TOP})\">\n",
        xml(&view.title),
        legend.0,
    );
    for link in &view.links {
        line(&mut svg, view, &layout, link);
    }
    for (boxed, corner) in view.boxes.iter().zip(&layout.corners) {
        table(&mut svg, boxed, *corner);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The title and what the colours mean, and how wide it is.
fn legend(view: &View) -> (String, f64) {
    let title = shortened(&view.title, 120);
    let mut svg = format!(
        "<text class=\"h\" x=\"{MARGIN}\" y=\"26\">{}</text>\n",
        xml(&title)
    );
    let mut x = MARGIN;
    let kinds = [
        Kind::Operation,
        Kind::Structure,
        Kind::Union,
        Kind::Enumeration,
        Kind::Error,
    ];
    let used = |kind: &Kind| view.boxes.iter().any(|boxed| boxed.kind == *kind);
    for kind in kinds.into_iter().filter(used) {
        let word = kind.word();
        let _ = writeln!(
            svg,
            "<g class=\"{word}\"><rect class=\"head\" x=\"{x}\" y=\"36\" width=\"12\" \
             height=\"12\"/><text x=\"{}\" y=\"46\">{word}</text></g>",
            x + 17.0
        );
        x += 17.0 + width_of(word) + 16.0;
    }
    if view.compared {
        for mark in [Mark::Added, Mark::Removed, Mark::Changed] {
            let (word, sign) = (mark.word(), mark.sign());
            let _ = writeln!(
                svg,
                "<text class=\"{word}\" x=\"{x}\" y=\"46\">{sign}{word}</text>"
            );
            x += width_of(word) + width_of(sign) + 16.0;
        }
    }
    (svg, x.max(width_of(&title) * 1.25))
}

fn width_of(text: &str) -> f64 {
    // Letters of other scripts may be twice as wide.
    let widths = text
        .chars()
        .map(|c| if c < '\u{2e80}' { LETTER } else { 2.0 * LETTER });
    widths.sum()
}

fn size(boxed: &Boxed) -> (f64, f64) {
    let rows = boxed.rows.iter().map(|row| width_of(&shown(row)));
    let texts = rows.chain([width_of(&boxed.note), width_of(&head(boxed)) * 1.04]);
    let width = texts.fold(NARROWEST, f64::max) + 2.0 * PADDING;
    let lines = boxed.rows.len() + usize::from(!boxed.note.is_empty());
    let below = if lines == 0 { 0.0 } else { 6.0 };
    (width, HEAD + below + ROW * count(lines))
}

/// A number of rows, which is small.
fn count(rows: usize) -> f64 {
    u32::try_from(rows).map_or(f64::MAX, f64::from)
}

/// Where lines meet a row, or the head.
fn below_top(row: Option<usize>) -> f64 {
    match row {
        Some(row) => HEAD + 11.0 + ROW * count(row),
        None => HEAD / 2.0,
    }
}

fn head(boxed: &Boxed) -> String {
    format!("{}{}", boxed.mark.sign(), shortened(&boxed.title, LONGEST))
}

fn shown(row: &super::view::Row) -> String {
    format!("{}{}", row.mark.sign(), shortened(&row.text, LONGEST))
}

fn table(svg: &mut String, boxed: &Boxed, (x, y): (f64, f64)) {
    let (width, height) = size(boxed);
    let _ = write!(
        svg,
        "<g class=\"{}\" transform=\"translate({x:.1} {y:.1})\">{}<rect class=\"box {}\" \
         width=\"{width:.1}\" height=\"{height:.1}\" rx=\"4\"/><path class=\"head\" \
         d=\"M1 {HEAD}V5a4 4 0 0 1 4-4H{:.1}a4 4 0 0 1 4 4V{HEAD}Z\"/>\
         <text class=\"b\" x=\"{PADDING}\" y=\"15.5\">{}</text>",
        boxed.kind.word(),
        tip(&full(&boxed.title, &boxed.tip)),
        boxed.mark.word(),
        width - 5.0,
        xml(&head(boxed)),
    );
    let baseline = |index: usize| HEAD + 15.0 + ROW * count(index);
    for (index, row) in boxed.rows.iter().enumerate() {
        let _ = write!(
            svg,
            "<text class=\"{}\" x=\"{PADDING}\" y=\"{}\">{}{}</text>",
            row.mark.word(),
            baseline(index),
            xml(&shown(row)),
            tip(&full(row.text.trim_start(), &row.tip)),
        );
    }
    if !boxed.note.is_empty() {
        let _ = write!(
            svg,
            "<text class=\"n\" x=\"{PADDING}\" y=\"{}\">{}</text>",
            baseline(boxed.rows.len()),
            xml(&boxed.note),
        );
    }
    svg.push_str("</g>\n");
}

fn full(name: &str, docs: &str) -> String {
    match docs {
        "" => name.to_owned(),
        docs => format!("{name} \u{2013} {docs}"),
    }
}

fn tip(text: &str) -> String {
    format!("<title>{}</title>", xml(text))
}

/// A line from the row of a member, across the layers between, to the head or row that it leads to.
fn line(svg: &mut String, view: &View, layout: &Layout, link: &Link) {
    let end = |index: usize, row: Option<usize>| {
        let boxed = view.boxes.get(index)?;
        let (x, y) = layout.corners.get(index)?;
        Some((*x, x + size(boxed).0, y + below_top(row)))
    };
    let (Some(from), Some(to)) = (end(link.from, link.from_row), end(link.to, link.to_row)) else {
        return;
    };
    let path = if link.from == link.to {
        loop_path(from.1, from.2, to.2)
    } else {
        let passed = layout.passes.get(&(link.from, link.to));
        let passed = passed.map_or(&[][..], Vec::as_slice);
        let layer = |index: usize| layout.layers.get(index).copied().unwrap_or_default();
        through(from, to, passed, layer(link.from), layer(link.to))
    };
    let name = |index: usize| {
        view.boxes
            .get(index)
            .map_or("", |boxed| boxed.title.as_str())
    };
    let what = match link.label.as_str() {
        "" => name(link.from).to_owned(),
        label => format!("{}.{label}", name(link.from)),
    };
    let _ = writeln!(
        svg,
        "<path class=\"l {}\" d=\"{}\">{}</path>",
        link.mark.word(),
        path.0,
        tip(&format!("{what} \u{2192} {}", name(link.to))),
    );
    let (x, y, back) = path.1;
    let _ = writeln!(
        svg,
        "<path class=\"tip\" d=\"M{x:.1} {y:.1}l{back} -3.5v7z\"/>"
    );
}

/// A path, and where its tip is and whether that points left.
type Path = (String, (f64, f64, i8));

/// From the right of a box back to it.
fn loop_path(right: f64, from: f64, to: f64) -> Path {
    let out = right + 34.0;
    let path =
        format!("M{right:.1} {from:.1}C{out:.1} {from:.1} {out:.1} {to:.1} {right:.1} {to:.1}");
    (path, (right, to, 7))
}

/// Straight across layers, curved between them.
fn through(
    from: (f64, f64, f64),
    to: (f64, f64, f64),
    passed: &[Pass],
    from_layer: (f64, f64),
    to_layer: (f64, f64),
) -> Path {
    let rightwards = from.0 < to.0;
    let (start, leave, arrive, stop) = if rightwards {
        (from.1, from_layer.1, to_layer.0, to.0)
    } else {
        (from.0, from_layer.0, to_layer.1, to.1)
    };
    let mut path = format!("M{start:.1} {:.1}H{leave:.1}", from.2);
    let mut at = (leave, from.2);
    let last = Pass {
        enters: arrive,
        exits: stop,
        y: to.2,
    };
    for Pass { enters, exits, y } in passed.iter().copied().chain([last]) {
        let middle = f64::midpoint(at.0, enters);
        let _ = write!(
            path,
            "C{middle:.1} {:.1} {middle:.1} {y:.1} {enters:.1} {y:.1}H{exits:.1}",
            at.1
        );
        at = (exits, y);
    }
    (path, (stop, to.2, if rightwards { -7 } else { 7 }))
}
