//! Converts the HTML of a botocore `documentation` string to rustdoc-safe Markdown.
//!
//! The work is done in two passes: `blocks` turns the events of the HTML tokenizer into a small
//! tree of paragraphs, lists and notes, and `render` writes that tree as lines. Inside a
//! paragraph, text is a flat sequence of styled runs, so misnested inline tags need no repair.

use std::cell::Cell;

use paragraph::Prose;
use writer::Writer;

mod blocks;
mod events;
mod inline;
mod paragraph;
mod render;
mod sentences;
mod tags;
#[cfg(test)]
mod tests;
mod writer;

/// What is kept from one conversion to the next, only so that it need not be allocated again.
#[derive(Default)]
struct Buffers {
    prose: Prose,
    writer: Writer,
}

thread_local! {
    static BUFFERS: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
}

/// Converts one HTML documentation string to lines of Markdown.
///
/// Each element is one line without any `///` prefix; an empty element is a blank line. There are
/// no blank lines at the ends and never two in a row. Sentences of a paragraph are put on lines of
/// their own, and all text is escaped so that rustdoc shows it as written: nothing in the input can
/// become raw HTML, a heading, an intra-doc link or a doctest.
#[must_use]
pub fn markdown(html: &str) -> Vec<String> {
    let mut buffers = BUFFERS.take().unwrap_or_default();
    buffers.prose.clear();
    let document = blocks::parse(html, &mut buffers.prose);
    let lines = render::lines(&document, &buffers.prose, &mut buffers.writer);
    BUFFERS.set(Some(buffers));
    lines
}
