//! Writes a tree of blocks as lines of Markdown.

use super::blocks::{Block, Document, List};
use super::inline;
use super::paragraph::{Paragraph, Prose};
use super::writer::Writer;

/// Writes a document as lines without blank lines at the ends.
pub(super) fn lines(document: &Document, prose: &Prose, writer: &mut Writer) -> Vec<String> {
    let mut renderer = Renderer {
        prose,
        links: &document.links,
        writer,
        output: Output::default(),
    };
    renderer.blocks(&document.blocks, false);
    renderer.output.lines
}

struct Renderer<'a> {
    prose: &'a Prose,
    links: &'a [String],
    writer: &'a mut Writer,
    output: Output,
}

/// The lines written so far, and what comes before the next ones.
#[derive(Default)]
struct Output {
    lines: Vec<String>,
    /// What the containers put before each line.
    prefix: String,
    /// What they put before the next line instead, where it is the first one of an item.
    lead: String,
}

impl Renderer<'_> {
    /// Writes blocks with blank lines between them. In a list item, a nested list follows the
    /// paragraph that introduces it without one.
    fn blocks(&mut self, blocks: &[Block], in_item: bool) {
        let mut before: Option<&Block> = None;
        let mut alternate = false;
        for block in blocks {
            let introduces = matches!((before, block), (Some(Block::Paragraph(_)), Block::List(_)));
            if before.is_some() && !(in_item && introduces) {
                self.output.blank();
            }
            // Other markers keep a list apart from the one right before it.
            alternate = !alternate
                && matches!((before, block), (Some(Block::List(a)), Block::List(b)) if a.ordered == b.ordered);
            match block {
                Block::Paragraph(paragraph) => self.paragraph(*paragraph, ""),
                Block::List(list) => self.list(list, alternate),
                Block::Note(label, blocks) => self.note(label, blocks),
                Block::Preformatted(text) => self.preformatted(text),
            }
            before = Some(block);
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph, label: &str) {
        let mut label = label;
        self.writer.paragraph(self.prose, paragraph, self.links);
        for line in self.writer.lines() {
            match inline::guard(line).and_then(|at| line.split_at_checked(at)) {
                Some((before, after)) => self.output.line(&[label, before, "\\", after]),
                None => self.output.line(&[label, line]),
            }
            label = "";
        }
    }

    fn list(&mut self, list: &List, alternate: bool) {
        for (index, item) in list.items.iter().enumerate() {
            let marker = match (list.ordered, alternate) {
                (false, false) => "* ".to_owned(),
                (false, true) => "- ".to_owned(),
                (true, false) => format!("{}. ", index + 1),
                (true, true) => format!("{}) ", index + 1),
            };
            let outer = self.output.enter(&marker, &" ".repeat(marker.len()));
            self.blocks(item, true);
            self.output.prefix.truncate(outer);
        }
    }

    fn note(&mut self, label: &str, blocks: &[Block]) {
        let outer = self.output.enter("> ", "> ");
        let label = format!("**{label}:** ");
        if let Some((Block::Paragraph(first), rest)) = blocks.split_first() {
            self.paragraph(*first, &label);
            if !rest.is_empty() {
                self.output.blank();
            }
            self.blocks(rest, false);
        } else {
            self.output.line(&[&label]);
            self.output.blank();
            self.blocks(blocks, false);
        }
        self.output.prefix.truncate(outer);
    }

    fn preformatted(&mut self, text: &str) {
        let fence = "`".repeat((inline::longest_backticks(text) + 1).max(3));
        self.output.line(&[&fence, "text"]);
        let is_blank = |line: &&str| line.trim().is_empty();
        let mut lines: Vec<&str> = text.split('\n').skip_while(is_blank).collect();
        while lines.pop_if(|line| line.trim().is_empty()).is_some() {}
        for line in lines {
            if line.trim().is_empty() {
                self.output.blank();
            } else {
                self.output.line(&[line]);
            }
        }
        self.output.line(&[&fence]);
    }
}

impl Output {
    /// Enters a container. Returns what to truncate the prefix to when leaving it.
    fn enter(&mut self, marker: &str, continuation: &str) -> usize {
        let outer = self.prefix.len();
        if self.lead.is_empty() {
            self.lead.push_str(&self.prefix);
        }
        self.lead.push_str(marker);
        self.prefix.push_str(continuation);
        outer
    }

    fn line(&mut self, parts: &[&str]) {
        let lead = if self.lead.is_empty() {
            &self.prefix
        } else {
            &self.lead
        };
        let length = parts.iter().map(|part| part.len()).sum::<usize>();
        let mut line = String::with_capacity(lead.len() + length);
        line.push_str(lead);
        parts.iter().for_each(|part| line.push_str(part));
        line.truncate(line.trim_end().len());
        self.lines.push(line);
        self.lead.clear();
    }

    fn blank(&mut self) {
        let blank = self.prefix.trim_end();
        if self.lines.last().is_some_and(|last| last != blank) {
            self.lines.push(blank.to_owned());
        }
    }
}
