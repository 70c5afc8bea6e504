//! A graph as text in one of the formats.

use super::view;
use super::{Graph, dot, mermaid, svg};

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text that GitHub draws where it stands in Markdown.
    Mermaid,
    /// Graphviz's language.
    Dot,
    /// A picture that every browser shows.
    Svg,
}

/// How much is shown of what nodes consist of, most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// Every member with its type, and the values of enums.
    All,
    /// Those that lead to another node. What only one operation takes or returns stands in the box
    /// of that operation.
    Edges,
    /// None but changed ones: names, counts, and one line for all that connects two boxes.
    None,
}

/// A picture, and what went into it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The text, which ends with a line feed.
    pub text: String,
    /// How much is shown of the members.
    pub members: Members,
    /// The number of boxes.
    pub boxes: usize,
    /// The number of lines between them.
    pub links: usize,
    /// Why GitHub will not draw it, if it will not.
    pub too_large: Option<String>,
}

/// What GitHub draws at most of Mermaid: characters and edges, the defaults of `maxTextSize` and
/// `maxEdges`, which a diagram cannot raise.
const MERMAID_TEXT: usize = 50_000;
const MERMAID_EDGES: usize = 500;

/// The most nodes whose members are all shown, and the most of which those that lead on are.
const ALL: usize = 40;
const EDGES: usize = 120;

pub(super) fn draw(graph: &Graph, format: Format, members: Option<Members>) -> Picture {
    if let Some(members) = members {
        return drawn(graph, format, members);
    }
    let by_size = match graph.nodes.len() {
        0..=ALL => Members::All,
        size if size <= EDGES => Members::Edges,
        _ => Members::None,
    };
    let mut picture = drawn(graph, format, by_size);
    while picture.too_large.is_some() {
        picture = match picture.members {
            Members::All => drawn(graph, format, Members::Edges),
            Members::Edges => drawn(graph, format, Members::None),
            Members::None => break,
        };
    }
    picture
}

fn drawn(graph: &Graph, format: Format, members: Members) -> Picture {
    let view = view::view(graph, members);
    let (text, links) = match format {
        Format::Mermaid => mermaid::write(&view),
        Format::Dot => (dot::write(&view), view.links.len()),
        Format::Svg => (svg::write(&view), view.links.len()),
    };
    let too_large = match format {
        Format::Mermaid => too_large(&text, links),
        Format::Dot | Format::Svg => None,
    };
    Picture {
        members,
        boxes: view.boxes.len(),
        links,
        too_large,
        text,
    }
}

fn too_large(text: &str, links: usize) -> Option<String> {
    let characters = text.encode_utf16().count();
    if characters > MERMAID_TEXT {
        return Some(format!(
            "{characters} characters, of at most {MERMAID_TEXT}"
        ));
    }
    (links > MERMAID_EDGES).then(|| format!("{links} edges, of at most {MERMAID_EDGES}"))
}
