//! A paragraph as styled runs of text, and the lines of Markdown made of it.

use super::inline;
use super::sentences::{self, CODE, Next};

/// How a piece of text is set apart from its surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Strong emphasis.
    pub(super) strong: bool,
    /// Emphasis.
    pub(super) emphasis: bool,
}

impl Style {
    fn delimiter(self) -> &'static str {
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

/// Text with uniform attributes: a part of the text of its paragraph.
#[derive(Clone, Copy, Debug)]
struct Run {
    end: usize,
    attributes: Attributes,
}

/// The text of a paragraph in styled runs. A `\n` in the text is a forced line break.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    text: String,
    runs: Vec<Run>,
}

impl Paragraph {
    /// Whether there is nothing in the paragraph yet.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Appends text of the document. Returns whether it shows anything.
    pub(super) fn push(&mut self, raw: &str, attributes: Attributes) -> bool {
        let start = self.text.len();
        if attributes.code {
            inline::clean_code(&mut self.text, raw);
        } else {
            inline::clean(&mut self.text, raw);
        }
        let visible = self.text[start..].bytes().any(|b| b != b' ');
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
        match self.runs.last_mut() {
            _ if start == end => {}
            Some(last) if last.attributes.joins(attributes) => last.end = end,
            _ => self.runs.push(Run { end, attributes }),
        }
    }

    /// Writes the paragraph as lines of Markdown, a sentence per line.
    pub(super) fn lines(&self, links: &[String]) -> Vec<String> {
        let mut writer = Writer::default();
        let mut start = 0;
        for group in self
            .runs
            .chunk_by(|a, b| a.attributes.link == b.attributes.link)
        {
            let Some(first) = group.first() else { continue };
            let style = first.attributes.style;
            let uniform = group.iter().all(|run| run.attributes.style == style);
            let url = first.attributes.link.and_then(|link| links.get(link));
            if url.is_some() {
                writer.set_style(if uniform { style } else { Style::default() });
                writer.link = Link::Waiting { inner: !uniform };
            }
            for run in group {
                writer.set_style(run.attributes.style);
                let text = &self.text[start..run.end];
                start = run.end;
                if run.attributes.code {
                    writer.code(text);
                } else {
                    writer.text(text);
                }
            }
            if let Some(url) = url {
                if !uniform {
                    writer.set_style(Style::default());
                }
                writer.end_link(url);
            }
        }
        writer.finish()
    }
}

impl Attributes {
    /// Whether text with the other attributes continues the same run. Code spans cannot stand side
    /// by side, so adjacent code is one span whatever its emphasis.
    fn joins(self, other: Attributes) -> bool {
        self == other || (self.code && other.code && self.link == other.link)
    }
}

/// A place in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    at: usize,
}

/// The state of the link that is being written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Link {
    #[default]
    None,
    /// Nothing of its text is written yet.
    Waiting {
        /// Whether emphasis belongs inside the brackets.
        inner: bool,
    },
    /// Its bracket is open.
    Open,
}

/// Writes the runs of a paragraph. Whitespace, brackets and emphasis are written only once the
/// text after them is known, which keeps whitespace out of code, links and emphasis.
#[derive(Debug, Default)]
struct Writer {
    lines: Vec<String>,
    line: String,
    /// The visible text of the line.
    seen: String,
    space: bool,
    link: Link,
    /// Whether an escaped `<` is open.
    angle: bool,
    style: Style,
    /// Where the emphasised text starts, once there is any.
    emphasis: Option<Place>,
    /// Emphasis whose end is written as soon as the character after it is known.
    closing: Option<(Place, Style)>,
    /// Where the last emphasis was closed.
    closed: Option<Place>,
}

impl Writer {
    fn place(&self) -> Place {
        Place {
            line: self.lines.len(),
            at: self.line.len(),
        }
    }

    fn set_style(&mut self, style: Style) {
        if self.style != style {
            if let Some(start) = self.emphasis.take() {
                self.closing = Some((start, self.style));
            }
            self.style = style;
        }
    }

    /// Writes all that comes before the next visible character.
    fn prepare(&mut self, first: char, next: Next) {
        let (first, next) = match self.link {
            Link::Waiting { .. } => ('[', Next::Link),
            _ => (first, next),
        };
        self.close_emphasis(if self.space { ' ' } else { first });
        if self.space && !self.line.is_empty() {
            if self.link != Link::Open && sentences::ends(&self.seen, next) {
                self.end_line();
            } else {
                self.line.push(' ');
                self.seen.push(' ');
            }
        }
        self.space = false;
        if let Link::Waiting { inner } = self.link {
            self.open_link(inner);
        }
        self.open_emphasis();
    }

    fn open_emphasis(&mut self) {
        if self.style != Style::default() && self.emphasis.is_none() {
            self.emphasis = Some(self.place());
        }
    }

    /// Emphasis is left out where it would not be read as such.
    fn close_emphasis(&mut self, next: char) {
        let Some((start, style)) = self.closing.take() else {
            return;
        };
        let line = self.lines.get(start.line).unwrap_or(&self.line);
        let (before, inside) = line.split_at(start.at);
        let opens = flanks(before.chars().next_back(), inside.chars().next());
        let closes = flanks(Some(next), self.line.chars().next_back());
        if !opens || !closes || self.closed == Some(start) {
            return;
        }
        let line = self.lines.get_mut(start.line).unwrap_or(&mut self.line);
        line.insert_str(start.at, style.delimiter());
        self.line.push_str(style.delimiter());
        self.closed = Some(self.place());
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.seen.clear();
    }

    fn text(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.forced_break();
            }
            let mut words = line.split(' ').peekable();
            while let Some(word) = words.next() {
                let next = words.peek().map(|_| ' ');
                if !word.is_empty() {
                    self.word(word, next);
                }
                self.space |= next.is_some();
            }
        }
    }

    /// Writes a word that is followed by the given character, if that is known.
    fn word(&mut self, word: &str, next: Option<char>) {
        let mut rest = word;
        while self.link == Link::None
            && let Some((start, end)) = inline::bare_url(rest)
        {
            self.plain(&rest[..start], Some('<'));
            let url = &rest[start..end];
            self.prepare('<', Next::Link);
            inline::autolink(&mut self.line, url);
            self.seen.push_str(url);
            rest = &rest[end..];
        }
        self.plain(rest, next);
    }

    fn plain(&mut self, text: &str, next: Option<char>) {
        if let Some(first) = text.chars().next() {
            self.prepare(first, Next::Char(first));
            // The delimiter of emphasis that starts here is not written yet.
            let before = match self.emphasis {
                Some(start) if start == self.place() => Some('*'),
                _ => self.line.chars().next_back(),
            };
            inline::escape(&mut self.line, text, (before, next), &mut self.angle);
            self.seen.push_str(text);
        }
    }

    fn code(&mut self, text: &str) {
        let content = text.trim_matches(' ');
        self.space |= text.starts_with(' ');
        if !content.is_empty() {
            self.prepare('`', Next::Code);
            inline::code_span(&mut self.line, content);
            self.seen.push(CODE);
            self.space = text.ends_with(' ');
        }
    }

    fn forced_break(&mut self) {
        if self.link == Link::None {
            self.close_emphasis(' ');
            if !self.line.is_empty() {
                self.end_line();
            }
        }
        self.space = true;
    }

    fn open_link(&mut self, inner: bool) {
        // An exclamation mark would make an image of the link.
        if self.line.ends_with('!') {
            self.line.insert(self.line.len() - 1, '\\');
        }
        if !inner {
            self.open_emphasis();
        }
        self.line.push('[');
        self.link = Link::Open;
    }

    fn end_link(&mut self, url: &str) {
        if self.link == Link::Open {
            self.close_emphasis(']');
            self.line.push_str("](");
            inline::destination(&mut self.line, url);
            self.line.push(')');
        } else {
            self.link = Link::None;
            self.prepare('<', Next::Link);
            inline::autolink(&mut self.line, url);
            self.seen.push_str(url);
        }
        self.link = Link::None;
    }

    fn finish(mut self) -> Vec<String> {
        self.set_style(Style::default());
        self.close_emphasis(' ');
        if !self.line.is_empty() {
            self.end_line();
        }
        for line in &mut self.lines {
            inline::guard_line(line);
        }
        self.lines
    }
}

/// Whether emphasis delimiters can stand between a character outside and one inside. Strict about
/// characters beyond ASCII that are not letters or digits: they count as what is not allowed.
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let (Some(inside), outside) = (inside, outside.unwrap_or(' ')) else {
        return false;
    };
    inside.is_alphanumeric() || outside == ' ' || outside.is_ascii_punctuation()
}
