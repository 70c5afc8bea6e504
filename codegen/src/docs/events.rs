//! Receives what the HTML tokenizer finds and hands it on to the [`Builder`].
//!
//! The emitters that come with the tokenizer check each character for errors nobody reads and copy
//! all attributes, which takes longer than the whole conversion does with this one.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::blocks::Builder;

/// Tokenizes a documentation string.
pub(super) fn read<'a>(html: &'a str, builder: &mut Builder<'a>) {
    let events = Events {
        html,
        builder,
        position: 0,
        covered: 0,
        opened: 0,
        text: 0..0,
        changed: Vec::new(),
        text_end: 0,
        tag: Current::None,
        name: Vec::with_capacity(16),
        self_closing: false,
        attribute: Vec::new(),
        wanted: Wanted::Unknown,
        href: Vec::new(),
        comment: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, events).finish();
}

/// Text of the tokenizer. It is UTF-8 as the input was, but has lost its type.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    // Much faster on valid input than the lossy conversion is.
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// The tag that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Current {
    None,
    Start,
    End,
}

/// Whether the value of an attribute is of interest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Unknown,
    No,
    Yes,
}

struct Events<'b, 'a> {
    html: &'a str,
    builder: &'b mut Builder<'a>,
    /// The place in the source.
    position: usize,
    /// How much of the source has been handed on.
    covered: usize,
    /// Where the current tag or comment starts.
    opened: usize,
    /// Where the current text stands in the source.
    text: Range<usize>,
    /// The current text instead if it stands there differently, with references to characters.
    changed: Vec<u8>,
    text_end: usize,
    tag: Current,
    name: Vec<u8>,
    self_closing: bool,
    attribute: Vec<u8>,
    wanted: Wanted,
    href: Vec<u8>,
    comment: Vec<u8>,
}

impl<'a> Events<'_, 'a> {
    fn span(&self) -> Range<usize> {
        self.opened..self.position
    }

    fn source(&self, range: Range<usize>) -> &'a [u8] {
        self.html.as_bytes().get(range).unwrap_or_default()
    }

    fn flush_text(&mut self) {
        if !self.changed.is_empty() {
            self.builder.text(&text(&self.changed));
            self.changed.clear();
        } else if !self.text.is_empty() {
            match self.html.get(self.text.clone()) {
                Some(text) => self.builder.text(text),
                None => self.builder.text(&text(self.source(self.text.clone()))),
            }
        } else {
            return;
        }
        self.text = 0..0;
        self.covered = self.text_end;
    }

    fn init_tag(&mut self, tag: Current) {
        self.tag = tag;
        self.name.clear();
        self.self_closing = false;
        self.href.clear();
    }
}

impl Emitter for Events<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, characters: &[u8]) {
        self.text_end = self.position;
        let source = self.position.saturating_sub(characters.len())..self.position;
        let follows = self.text.is_empty() || self.text.end == source.start;
        if self.changed.is_empty() && follows && self.source(source.clone()) == characters {
            if self.text.is_empty() {
                self.text.start = source.start;
            }
            self.text.end = source.end;
            return;
        }
        if self.changed.is_empty() {
            self.changed
                .extend_from_slice(self.source(self.text.clone()));
        }
        self.changed.extend_from_slice(characters);
    }

    fn emit_eof(&mut self) {
        self.flush_text();
        if self.tag != Current::None {
            // What looks like a tag at the very end without its `>` is text.
            let rest = self.html.get(self.covered..).unwrap_or_default();
            self.builder.text(rest);
        }
    }

    fn start_open_tag(&mut self) {
        self.opened = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.init_tag(Current::Start);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(Current::End);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_text();
        let span = self.span();
        match self.tag {
            Current::Start => {
                let href = text(&self.href);
                self.builder
                    .start_tag(&self.name, &href, span, self.self_closing);
            }
            Current::End => self.builder.end_tag(&self.name, span),
            Current::None => {}
        }
        self.tag = Current::None;
        self.covered = self.position;
        None
    }

    fn init_attribute(&mut self) {
        self.attribute.clear();
        self.wanted = Wanted::Unknown;
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.wanted == Wanted::Unknown && !value.is_empty() {
            self.wanted = match self.attribute.as_slice() {
                b"href" | b"url" => Wanted::Yes,
                _ => Wanted::No,
            };
            if self.wanted == Wanted::Yes {
                self.href.clear();
            }
        }
        if self.wanted == Wanted::Yes {
            self.href.extend_from_slice(value);
        }
    }

    fn init_comment(&mut self) {
        self.flush_text();
        self.comment.clear();
    }

    fn push_comment(&mut self, comment: &[u8]) {
        self.comment.extend_from_slice(comment);
    }

    fn emit_current_comment(&mut self) {
        let span = self.span();
        self.builder.comment(&text(&self.comment), span);
        self.covered = self.position;
    }

    fn init_doctype(&mut self) {
        self.flush_text();
    }

    fn emit_current_doctype(&mut self) {
        self.covered = self.position;
    }

    // The rest is about doctypes and scripts, which mean nothing here.

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        false
    }

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn set_force_quirks(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
