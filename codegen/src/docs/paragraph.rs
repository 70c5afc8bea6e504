//! The text of paragraphs as styled runs.

use super::inline;

/// How a piece of text is set apart from its surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Strong emphasis.
    pub(super) strong: bool,
    /// Emphasis.
    pub(super) emphasis: bool,
}

impl Style {
    /// What stands around the text in Markdown.
    pub(super) fn delimiter(self) -> &'static str {
        match (self.strong, self.emphasis) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        }
    }
}

/// The attributes of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Whether the run is code.
    pub(super) code: bool,
    /// The emphasis of the run.
    pub(super) style: Style,
    /// The link that the run is a part of, as an index of the links of the document.
    pub(super) link: Option<usize>,
}

/// Text with uniform attributes. It starts where the run before it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Where it ends in the text of the document.
    pub(super) end: usize,
    /// Its attributes.
    pub(super) attributes: Attributes,
}

/// A paragraph as a range of the runs of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    start: usize,
    end: usize,
}

/// The text of all paragraphs of a document in styled runs. A `\n` in the text is a forced line
/// break. All of it is in one place because a buffer for each paragraph takes time to allocate.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    runs: Vec<Run>,
    /// The first run of the paragraph that is not ended yet.
    first: usize,
}

impl Prose {
    /// Forgets all text but keeps the buffers.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.first = 0;
    }

    /// Whether there is nothing in the current paragraph yet.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.len() == self.first
    }

    /// Ends the current paragraph, if there is anything in it.
    pub(super) fn end_paragraph(&mut self) -> Option<Paragraph> {
        let (start, end) = (self.first, self.runs.len());
        self.first = end;
        (start < end).then_some(Paragraph { start, end })
    }

    /// The runs of a paragraph, and where in the text the first one starts.
    pub(super) fn runs(&self, paragraph: Paragraph) -> (&[Run], usize) {
        let Paragraph { start, end } = paragraph;
        let before = self.runs.get(..start).and_then(<[Run]>::last);
        let runs = self.runs.get(start..end).unwrap_or_default();
        (runs, before.map_or(0, |run| run.end))
    }

    /// The text in a range.
    pub(super) fn text(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Appends text of the document. Returns whether it shows anything.
    pub(super) fn push(&mut self, raw: &str, attributes: Attributes) -> bool {
        let start = self.text.len();
        if attributes.code {
            inline::clean_code(&mut self.text, raw);
        } else {
            inline::clean(&mut self.text, raw);
        }
        let visible = self.text.bytes().skip(start).any(|b| b != b' ');
        if visible || !self.is_empty() {
            self.end_run(attributes);
        } else {
            self.text.truncate(start);
        }
        visible
    }

    /// Appends a forced line break.
    pub(super) fn push_break(&mut self) {
        if !self.is_empty() {
            self.text.push('\n');
            self.end_run(Attributes::default());
        }
    }

    /// Appends a link that has an address but no text.
    pub(super) fn push_empty_link(&mut self, attributes: Attributes) {
        self.runs.push(Run {
            end: self.text.len(),
            attributes,
        });
    }

    fn end_run(&mut self, attributes: Attributes) {
        let end = self.text.len();
        let start = self.runs.last().map_or(0, |run| run.end);
        let paragraph = self.runs.get_mut(self.first..).unwrap_or_default();
        match paragraph.last_mut() {
            _ if start == end => {}
            Some(last) if last.attributes.joins(attributes) => last.end = end,
            _ => self.runs.push(Run { end, attributes }),
        }
    }
}

impl Attributes {
    /// Whether text with the other attributes continues the same run. Code spans cannot stand side
    /// by side, so adjacent code is one span whatever its emphasis.
    fn joins(self, other: Attributes) -> bool {
        self == other || (self.code && other.code && self.link == other.link)
    }
}
