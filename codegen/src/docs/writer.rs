//! Writes the runs of a paragraph as lines of Markdown, a sentence per line.

use super::inline;
use super::paragraph::{Attributes, Paragraph, Prose, Style};
use super::sentences::{self, CODE, Next};

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

/// Writes one paragraph at a time. Whitespace, brackets and emphasis are written only once the
/// text after them is known, which keeps whitespace out of code, links and emphasis.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The lines of the paragraph, each with a `\n` at its end once it is complete.
    out: String,
    /// Where the complete lines end.
    ends: Vec<usize>,
    /// Where the current line starts.
    line: usize,
    /// The visible text of the line since its last space: all that tells whether a sentence ends.
    word: String,
    /// Whether there is such a space.
    later: bool,
    space: bool,
    link: Link,
    /// Whether an escaped `<` is open.
    angle: bool,
    style: Style,
    /// Where the emphasised text starts, once there is any.
    emphasis: Option<usize>,
    /// Emphasis whose end is written as soon as the character after it is known.
    closing: Option<(usize, Style)>,
    /// Where the last emphasis was closed.
    closed: Option<usize>,
}

impl Writer {
    /// Writes a paragraph in place of the one before.
    pub(super) fn paragraph(&mut self, prose: &Prose, paragraph: Paragraph, links: &[String]) {
        self.reset();
        let (runs, mut start) = prose.runs(paragraph);
        for group in runs.chunk_by(|a, b| a.attributes.link == b.attributes.link) {
            let Some(first) = group.first() else { continue };
            let style = first.attributes.style;
            let uniform = group.iter().all(|run| run.attributes.style == style);
            let url = first.attributes.link.and_then(|link| links.get(link));
            if url.is_some() {
                self.set_style(if uniform { style } else { Style::default() });
                self.link = Link::Waiting { inner: !uniform };
            }
            for run in group {
                self.run(run.attributes, prose.text(start, run.end));
                start = run.end;
            }
            if let Some(url) = url {
                if !uniform {
                    self.set_style(Style::default());
                }
                self.end_link(url);
            }
        }
        self.set_style(Style::default());
        self.close_emphasis(' ');
        if !self.at_line_start() {
            self.end_line();
        }
    }

    /// The lines of the paragraph, which are yet to be guarded by [`inline::guard`].
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.ends.iter().scan(0, |start, end| {
            let line = self.out.get(*start..*end);
            *start = end + 1;
            line
        })
    }

    /// Forgets the paragraph before but keeps the buffers.
    fn reset(&mut self) {
        let [mut out, mut word] = [&mut self.out, &mut self.word].map(std::mem::take);
        let mut ends = std::mem::take(&mut self.ends);
        out.clear();
        word.clear();
        ends.clear();
        *self = Writer {
            out,
            word,
            ends,
            ..Writer::default()
        };
    }

    fn run(&mut self, attributes: Attributes, text: &str) {
        self.set_style(attributes.style);
        if attributes.code {
            self.code(text);
        } else {
            self.text(text);
        }
    }

    fn at_line_start(&self) -> bool {
        self.out.len() == self.line
    }

    /// The last character of the line so far.
    fn last(&self) -> Option<char> {
        self.out.chars().next_back().filter(|c| *c != '\n')
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
        if self.closing.is_some() {
            self.close_emphasis(if self.space { ' ' } else { first });
        }
        if self.space && !self.at_line_start() {
            if self.link != Link::Open && sentences::ends(&self.word, !self.later, next) {
                self.end_line();
            } else {
                self.out.push(' ');
                self.word.clear();
                self.later = true;
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
            self.emphasis = Some(self.out.len());
        }
    }

    /// Emphasis is left out where it would not be read as such.
    fn close_emphasis(&mut self, next: char) {
        let Some((start, style)) = self.closing.take() else {
            return;
        };
        let Some((before, inside)) = self.out.split_at_checked(start) else {
            return;
        };
        let before = before.chars().next_back().filter(|c| *c != '\n');
        let inside = inside.chars().next().filter(|c| *c != '\n');
        let closes = flanks(Some(next), self.last());
        if !flanks(before, inside) || !closes || self.closed == Some(start) {
            return;
        }
        let delimiter = style.delimiter();
        self.out.insert_str(start, delimiter);
        if start < self.line {
            self.line += delimiter.len();
            let later = self.ends.iter_mut().rev().take_while(|end| **end >= start);
            later.for_each(|end| *end += delimiter.len());
        }
        self.out.push_str(delimiter);
        self.closed = Some(self.out.len());
    }

    fn end_line(&mut self) {
        self.ends.push(self.out.len());
        self.out.push('\n');
        self.line = self.out.len();
        self.word.clear();
        self.later = false;
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = match first {
                ' ' => {
                    self.space = true;
                    1
                }
                '\n' => {
                    self.forced_break();
                    1
                }
                _ => self.words(rest, first),
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    /// Writes what it can of a text that starts with a word. Returns the length of that.
    fn words(&mut self, text: &str, first: char) -> usize {
        if let Some((words, last)) = inline::simple_words(text) {
            self.prepare(first, Next::Char(first));
            self.out.push_str(words);
            if last.len() < words.len() {
                self.word.clear();
                self.later = true;
            }
            self.word.push_str(last);
            return words.len();
        }
        let end = text.find([' ', '\n']).unwrap_or(text.len());
        let (word, after) = text.split_at(end);
        self.word(word, after.starts_with(' ').then_some(' '));
        end
    }

    /// Writes a word that is followed by the given character, if that is known.
    fn word(&mut self, word: &str, next: Option<char>) {
        let mut rest = word;
        while self.link == Link::None
            && let Some((before, url, after)) = inline::bare_url(rest)
        {
            self.plain(before, Some('<'));
            self.prepare('<', Next::Link);
            inline::autolink(&mut self.out, url);
            self.word.push_str(url);
            rest = after;
        }
        self.plain(rest, next);
    }

    fn plain(&mut self, text: &str, next: Option<char>) {
        if let Some(first) = text.chars().next() {
            self.prepare(first, Next::Char(first));
            // The delimiter of emphasis that starts here is not written yet.
            let before = match self.emphasis {
                Some(start) if start == self.out.len() => Some('*'),
                _ => self.last(),
            };
            inline::escape(&mut self.out, text, (before, next), &mut self.angle);
            self.word.push_str(text);
        }
    }

    fn code(&mut self, text: &str) {
        let content = text.trim_matches(' ');
        self.space |= text.starts_with(' ');
        if !content.is_empty() {
            self.prepare('`', Next::Code);
            inline::code_span(&mut self.out, content);
            self.word.push(CODE);
            self.space = text.ends_with(' ');
        }
    }

    fn forced_break(&mut self) {
        if self.link == Link::None {
            self.close_emphasis(' ');
            if !self.at_line_start() {
                self.end_line();
            }
        }
        self.space = true;
    }

    fn open_link(&mut self, inner: bool) {
        // An exclamation mark would make an image of the link.
        if self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        if !inner {
            self.open_emphasis();
        }
        self.out.push('[');
        self.link = Link::Open;
    }

    fn end_link(&mut self, url: &str) {
        if self.link == Link::Open {
            self.close_emphasis(']');
            self.out.push_str("](");
            inline::destination(&mut self.out, url);
            self.out.push(')');
        } else {
            self.link = Link::None;
            self.prepare('<', Next::Link);
            inline::autolink(&mut self.out, url);
            self.word.push_str(url);
        }
        self.link = Link::None;
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
