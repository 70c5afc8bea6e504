//! Items that differ only in what is put into them.
//!
//! prettyplease prints such an item once, with placeholders; after that it is filled in as text.
//! What is put in stands one entry a line, however wide or narrow, so that one more entry is one
//! more line and nothing else. (Printing each by itself takes ten times as long.)

use proc_macro2::TokenStream;
use std::sync::OnceLock;

/// An item with placeholders: `__0`, `__1` and so on for words, in identifiers and strings, and
/// whatever stands on a line with `__lines0`, `__lines1` and so on for lines.
pub(crate) struct Skeleton {
    tokens: fn() -> TokenStream,
    pieces: OnceLock<Vec<Piece>>,
}

/// An item to be: a skeleton, and what is put into it.
pub(crate) struct Filled {
    pub skeleton: &'static Skeleton,
    /// For `__0`, `__1` and so on.
    pub words: Vec<String>,
    /// For `__lines0`, `__lines1` and so on.
    pub lines: Vec<Vec<String>>,
}

/// A part of a printed skeleton.
enum Piece {
    Text(String),
    Word(usize),
    /// Lines, and the indentation of each.
    Lines(usize, String),
}

impl Skeleton {
    pub const fn new(tokens: fn() -> TokenStream) -> Self {
        Self {
            tokens,
            pieces: OnceLock::new(),
        }
    }

    fn pieces(&self) -> &[Piece] {
        self.pieces.get_or_init(|| {
            // The tokens are ours, so a failure would show in every test; there is no panic, but
            // nothing of the item either.
            let item = syn::parse2((self.tokens)());
            let printed = item.map(|item| super::unparse(Vec::new(), vec![item]));
            split(&printed.unwrap_or_default())
        })
    }
}

/// Splits a printed skeleton at its placeholders.
fn split(printed: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for line in printed.split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start().len()];
        match line.split_once("__lines").map(|(_, after)| number(after)) {
            Some((Some(index), _)) => pieces.push(Piece::Lines(index, indent.to_owned())),
            _ if line.contains(super::BREAK) => {}
            _ => split_words(line, &mut pieces),
        }
    }
    pieces
}

/// The number that a text starts with, and what follows.
fn number(text: &str) -> (Option<usize>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    (number.parse().ok(), rest)
}

fn split_words(line: &str, pieces: &mut Vec<Piece>) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("__") {
        let (index, after) = number(after);
        push_text(pieces, before);
        match index {
            Some(index) => pieces.push(Piece::Word(index)),
            None => push_text(pieces, "__"),
        }
        rest = after;
    }
    push_text(pieces, rest);
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// Whether a text goes on with a closing bracket.
fn closes(text: &str) -> bool {
    text.trim_start().starts_with(['}', ']'])
}

impl Filled {
    /// The lines of the item, to put into another.
    pub fn into_lines(self) -> Vec<String> {
        let mut text = String::new();
        self.write(&mut text);
        text.lines().map(str::to_owned).collect()
    }

    /// Writes the item.
    pub fn write(&self, out: &mut String) {
        let mut after_nothing = false;
        for piece in self.skeleton.pieces() {
            match piece {
                // Brackets with nothing between them stand together.
                Piece::Text(text) if after_nothing && closes(text) => {
                    out.truncate(out.trim_end().len());
                    out.push_str(text.trim_start());
                }
                Piece::Text(text) => out.push_str(text),
                Piece::Word(index) => out.push_str(self.words.get(*index).map_or("", |w| w)),
                Piece::Lines(index, indent) => {
                    let lines = self.lines.get(*index).map_or(&[][..], Vec::as_slice);
                    for line in lines {
                        out.extend([indent, line.as_str(), "\n"]);
                    }
                    after_nothing =
                        lines.is_empty() && (out.ends_with("{\n") || out.ends_with("[\n"));
                    continue;
                }
            }
            after_nothing = false;
        }
    }
}
