//! Builds a tree of blocks from the events of the HTML tokenizer.
//!
//! Unclosed, stray and misnested tags are tolerated: an end tag closes the nearest element it can
//! reach, and an item or paragraph ends where the next one starts.

use std::borrow::Cow;
use std::ops::Range;

use super::events;
use super::inline;
use super::paragraph::{Attributes, Paragraph, Prose};
use super::tags::{self, Rank, Tag};

/// A block of a document.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// An admonition with its label.
    Note(&'static str, Vec<Block>),
    /// Preformatted text.
    Preformatted(String),
}

/// A list of items.
#[derive(Debug)]
pub(super) struct List {
    /// Whether the items are numbered.
    pub(super) ordered: bool,
    /// The items.
    pub(super) items: Vec<Vec<Block>>,
    /// Whether there was no tag for the list, only for its items.
    implied: bool,
}

/// A whole documentation string.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// The addresses of the links.
    pub(super) links: Vec<String>,
}

/// Parses a documentation string. The text of the paragraphs is put into the given prose.
pub(super) fn parse(html: &str, prose: &mut Prose) -> Document {
    let mut builder = Builder::new(html, prose);
    events::read(html, &mut builder);
    builder.finish()
}

/// An open element.
#[derive(Debug)]
struct Element {
    tag: Tag,
    /// The index of the address, for a link that has one.
    link: Option<usize>,
    implied: bool,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
}

/// Builds a document from its parts in their order.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    html: &'a str,
    prose: &'a mut Prose,
    document: Document,
    /// Which links of the document are shown already.
    shown: Vec<bool>,
    open: Vec<Element>,
    preformatted: Option<String>,
    /// Whether the content of the current element is left out.
    dropping: bool,
}

impl<'a> Builder<'a> {
    fn new(html: &'a str, prose: &'a mut Prose) -> Self {
        Builder {
            html,
            prose,
            document: Document::default(),
            shown: Vec::new(),
            open: Vec::new(),
            preformatted: None,
            dropping: false,
        }
    }

    fn finish(mut self) -> Document {
        if self.preformatted.is_some() {
            self.end(Tag::Preformatted);
        }
        self.close_to(0);
        self.flush();
        self.document
    }

    /// Adds a start tag. The span is that of the whole tag in the source.
    pub(super) fn start_tag(
        &mut self,
        name: &[u8],
        href: &str,
        span: Range<usize>,
        self_closing: bool,
    ) {
        let tag = match tags::known(name) {
            Some(Tag::ServiceName) if !self.names_service(name, span.end) => Tag::Block,
            Some(tag) => tag,
            None if names_tag_after(self.html, span.end, "</", name) => tags::paired(name),
            None => {
                let source = self.html.get(span).map(Cow::Borrowed);
                let name = String::from_utf8_lossy(name);
                self.text(&source.unwrap_or_else(|| format!("<{name}>").into()));
                return;
            }
        };
        if self.dropping {
            return;
        }
        self.start(tag, href);
        if self_closing && tag != Tag::Break {
            self.end(tag);
        }
    }

    /// Adds an end tag.
    pub(super) fn end_tag(&mut self, name: &[u8], span: Range<usize>) {
        let tag = match tags::known(name) {
            Some(tag) => tag,
            None if names_tag_before(self.html, span.start, "<", name) => tags::paired(name),
            None => {
                self.text(self.html.get(span).unwrap_or_default());
                return;
            }
        };
        if tag == Tag::ServiceName {
            self.dropping = false;
            self.end(Tag::Block);
        } else if !self.dropping {
            self.end(tag);
        }
    }

    /// Adds a comment. It is dropped, but not what the tokenizer only takes for one.
    pub(super) fn comment(&mut self, value: &str, span: Range<usize>) {
        let source = self.html.get(span).unwrap_or_default();
        if let Some(data) = value.strip_prefix("[CDATA[") {
            self.text(data.strip_suffix("]]").unwrap_or(data));
        } else if !source.starts_with("<!--") {
            self.text(source);
        }
    }

    /// Whether a tag for the name of the service stands at the top and has an end.
    fn names_service(&self, name: &[u8], end: usize) -> bool {
        self.document.blocks.is_empty()
            && self.prose.is_empty()
            && self.open.iter().all(|element| element.blocks.is_empty())
            && names_tag_after(self.html, end, "</", name)
    }

    fn start(&mut self, tag: Tag, href: &str) {
        if let Some(text) = &mut self.preformatted {
            if tag == Tag::Break {
                text.push('\n');
            }
            return;
        }
        match tag {
            Tag::Transparent => {}
            Tag::Break => self.prose.push_break(),
            Tag::Code | Tag::Emphasis | Tag::Strong => self.push(tag),
            Tag::Link => self.start_link(href),
            Tag::ServiceName => self.dropping = true,
            Tag::Preformatted => {
                self.flush();
                self.preformatted = Some(String::new());
            }
            Tag::Block | Tag::Heading => {
                self.end(Tag::Block);
                self.separate();
                self.push(tag);
            }
            Tag::Item | Tag::Term | Tag::Detail => self.start_item(tag),
            Tag::Cell => {
                self.end(Tag::Cell);
                if !self.prose.is_empty() {
                    self.text(" | ");
                }
                self.push(tag);
            }
            Tag::Bullets | Tag::Numbers | Tag::Definitions | Tag::Table | Tag::Note(_) => {
                self.flush();
                self.push(tag);
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if let Some(text) = &mut self.preformatted {
            if tag == Tag::Preformatted {
                let text = std::mem::take(text);
                self.preformatted = None;
                if !text.trim().is_empty() {
                    self.add(Block::Preformatted(text));
                }
            }
            return;
        }
        let rank = tag.rank();
        // An inline element may be closed from inside a paragraph that it encloses.
        let reach = rank.max(Rank::Block);
        let found = self
            .open
            .iter()
            .rposition(|e| e.tag == tag || e.tag.rank() > reach);
        match found {
            Some(at) if self.open.get(at).is_some_and(|e| e.tag == tag) => {
                if rank == Rank::Inline {
                    let element = self.open.remove(at);
                    self.show_link(&element);
                } else {
                    self.close_to(at);
                }
            }
            _ if rank == Rank::Block => self.separate(),
            _ => {}
        }
    }

    fn start_link(&mut self, href: &str) {
        self.end(Tag::Link);
        self.push(Tag::Link);
        let Some(address) = inline::link_address(href) else {
            return;
        };
        let link = self.document.links.len();
        self.document.links.push(address.to_owned());
        self.shown.push(false);
        if let Some(element) = self.open.last_mut() {
            element.link = Some(link);
        }
    }

    /// Shows the address of a link that ends without having any text.
    fn show_link(&mut self, element: &Element) {
        let shown = element.link.and_then(|link| self.shown.get_mut(link));
        if shown.is_some_and(|shown| !std::mem::replace(shown, true)) {
            let attributes = Attributes {
                link: element.link,
                ..self.attributes()
            };
            self.prose.push_empty_link(attributes);
        }
    }

    fn start_item(&mut self, tag: Tag) {
        let is_part = |tag: Tag| matches!(tag, Tag::Item | Tag::Term | Tag::Detail);
        let parent = self
            .open
            .iter()
            .rposition(|e| e.tag.rank() == Rank::Container || is_part(e.tag));
        if let Some(at) = parent
            && self.open.get(at).is_some_and(|e| is_part(e.tag))
        {
            self.close_to(at);
        }
        self.flush();
        let container = self
            .open
            .iter()
            .rfind(|e| e.tag.rank() >= Rank::Item)
            .map(|e| e.tag);
        if !container.is_some_and(Tag::is_list) {
            self.push(Tag::Bullets);
            if let Some(list) = self.open.last_mut() {
                list.implied = true;
            }
        }
        self.push(tag);
    }

    fn push(&mut self, tag: Tag) {
        self.open.push(Element {
            tag,
            link: None,
            implied: false,
            blocks: Vec::new(),
            items: Vec::new(),
        });
    }

    /// Closes all elements from the given one on.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            match self.open.last().map(|element| element.tag) {
                Some(tag) if tag.holds_blocks() => self.flush(),
                Some(tag) if tag.rank() == Rank::Block => self.separate(),
                _ => {}
            }
            if let Some(element) = self.open.pop() {
                self.close(element);
            }
        }
        let implied = self.open.last().is_some_and(|element| element.implied);
        if implied && let Some(list) = self.open.pop() {
            self.close(list);
        }
    }

    fn close(&mut self, element: Element) {
        match element.tag {
            Tag::Link => self.show_link(&element),
            // An empty term still keeps its text apart from the one before.
            Tag::Item | Tag::Term => match self.open.last_mut().filter(|e| e.tag.is_list()) {
                Some(list) => list.items.push(element.blocks),
                None => element.blocks.into_iter().for_each(|block| self.add(block)),
            },
            Tag::Detail => element.blocks.into_iter().for_each(|block| self.add(block)),
            Tag::Note(label) if !element.blocks.is_empty() => {
                self.add(Block::Note(label, element.blocks));
            }
            tag if tag.is_list() => {
                let mut items = element.items;
                items.retain(|item| !item.is_empty());
                if !items.is_empty() {
                    self.add(Block::List(List {
                        ordered: tag == Tag::Numbers,
                        items,
                        implied: element.implied,
                    }));
                }
            }
            _ => {}
        }
    }

    /// Ends the paragraph, except inside a table cell, whose content stays on the line of its row.
    fn separate(&mut self) {
        let item = self.open.iter().rfind(|e| e.tag.rank() >= Rank::Item);
        if item.is_some_and(|e| e.tag == Tag::Cell) {
            self.text(" ");
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if let Some(paragraph) = self.prose.end_paragraph() {
            self.add(Block::Paragraph(paragraph));
        }
    }

    /// Adds a block to the innermost element that can hold it.
    fn add(&mut self, block: Block) {
        let holder = self.open.iter_mut().rfind(|e| e.tag.holds_blocks());
        let blocks = match holder {
            None => &mut self.document.blocks,
            Some(list) if list.tag.is_list() => {
                // Content outside of the items belongs to the item before it.
                if list.items.is_empty() {
                    list.items.push(Vec::new());
                }
                match list.items.last_mut() {
                    Some(item) => item,
                    None => return,
                }
            }
            Some(element) => &mut element.blocks,
        };
        match (blocks.last_mut(), block) {
            (Some(Block::List(last)), Block::List(mut next)) if last.implied && next.implied => {
                last.items.append(&mut next.items);
            }
            (_, block) => blocks.push(block),
        }
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        if self.dropping {
            return;
        }
        if let Some(preformatted) = &mut self.preformatted {
            inline::clean_preformatted(preformatted, text);
            return;
        }
        let attributes = self.attributes();
        let visible = self.prose.push(text, attributes);
        if visible
            && let Some(link) = attributes.link
            && let Some(shown) = self.shown.get_mut(link)
        {
            *shown = true;
        }
    }

    /// The attributes of text at this place. Emphasis within code is left out.
    fn attributes(&self) -> Attributes {
        let mut attributes = Attributes::default();
        for element in &self.open {
            match element.tag {
                Tag::Code => attributes.code = true,
                Tag::Link => attributes.link = element.link,
                Tag::Emphasis if !attributes.code => attributes.style.emphasis = true,
                Tag::Strong | Tag::Term | Tag::Heading if !attributes.code => {
                    attributes.style.strong = true;
                }
                _ => {}
            }
        }
        attributes
    }
}

/// Whether the source names a tag after the given place.
fn names_tag_after(html: &str, from: usize, opening: &str, name: &[u8]) -> bool {
    html.get(from..)
        .is_some_and(|html| names_tag(html, opening, name))
}

/// Whether the source names a tag before the given place.
fn names_tag_before(html: &str, to: usize, opening: &str, name: &[u8]) -> bool {
    html.get(..to)
        .is_some_and(|html| names_tag(html, opening, name))
}

fn names_tag(html: &str, opening: &str, name: &[u8]) -> bool {
    html.match_indices(opening).any(|(at, _)| {
        let rest = html.as_bytes().get(at + opening.len()..).unwrap_or_default();
        let named = rest.get(..name.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(name))
            && !matches!(rest.get(name.len()), Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}
