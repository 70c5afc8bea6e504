//! What each HTML or AWS documentation tag means for the conversion.

/// The meaning of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph, or any other tag that only separates its content from its surroundings.
    Block,
    /// A heading; shown as a bold paragraph.
    Heading,
    /// Preformatted text.
    Preformatted,
    /// A bulleted list.
    Bullets,
    /// A numbered list.
    Numbers,
    /// A definition list.
    Definitions,
    /// A table; shown as a list of its rows.
    Table,
    /// A list item or a table row.
    Item,
    /// The term of a definition list.
    Term,
    /// The text that belongs to a term.
    Detail,
    /// A table cell.
    Cell,
    /// An admonition with its label.
    Note(&'static str),
    /// The name of the service, redundant at the top of its documentation.
    ServiceName,
    /// Code.
    Code,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A hyperlink.
    Link,
    /// A line break.
    Break,
    /// A tag without a meaning here; its content is kept.
    Transparent,
}

/// How far out of the way an end tag may reach: never past an open element of a higher rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Part of a paragraph.
    Inline,
    /// A paragraph.
    Block,
    /// A part of a list or table.
    Item,
    /// A list, table or admonition.
    Container,
}

impl Tag {
    /// The rank of an element with this tag.
    pub(super) fn rank(self) -> Rank {
        match self {
            Tag::Block | Tag::Heading | Tag::Preformatted | Tag::ServiceName => Rank::Block,
            Tag::Item | Tag::Term | Tag::Detail | Tag::Cell => Rank::Item,
            _ if self.is_list() => Rank::Container,
            Tag::Note(_) => Rank::Container,
            _ => Rank::Inline,
        }
    }

    /// Whether the element consists of items.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Tag::Bullets | Tag::Numbers | Tag::Definitions | Tag::Table
        )
    }

    /// Whether the element holds blocks of its own.
    pub(super) fn holds_blocks(self) -> bool {
        self.rank() >= Rank::Item && self != Tag::Cell
    }
}

/// The meaning of a known tag. The name is in lower case, as the tokenizer gives it.
///
/// Words that authors use as placeholders in prose (`<name>`, `<type>`) are left out on purpose.
pub(super) fn known(name: &[u8]) -> Option<Tag> {
    Some(match name {
        b"p" | b"para" | b"simpara" | b"div" | b"section" | b"center" | b"blockquote" | b"hr"
        | b"figcaption" | b"caption" => Tag::Block,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"title" => Tag::Heading,
        b"pre" | b"programlisting" | b"screen" | b"literallayout" => Tag::Preformatted,
        b"ul" | b"itemizedlist" => Tag::Bullets,
        b"ol" | b"orderedlist" => Tag::Numbers,
        b"dl" => Tag::Definitions,
        b"table" | b"informaltable" => Tag::Table,
        b"li" | b"listitem" | b"tr" => Tag::Item,
        b"dt" => Tag::Term,
        b"dd" => Tag::Detail,
        b"td" | b"th" => Tag::Cell,
        b"note" => Tag::Note("Note"),
        b"important" => Tag::Note("Important"),
        b"warning" => Tag::Note("Warning"),
        b"caution" => Tag::Note("Caution"),
        b"tip" => Tag::Note("Tip"),
        b"fullname" | b"shortname" => Tag::ServiceName,
        b"code" | b"literal" | b"filename" | b"tt" | b"kbd" | b"samp" => Tag::Code,
        b"i" | b"em" | b"replaceable" | b"emphasis" | b"citetitle" => Tag::Emphasis,
        b"b" | b"strong" => Tag::Strong,
        b"a" | b"ulink" => Tag::Link,
        b"br" => Tag::Break,
        b"html" | b"head" | b"body" | b"span" | b"sup" | b"sub" | b"small" | b"big" | b"u"
        | b"s" | b"strike" | b"del" | b"ins" | b"font" | b"img" | b"wbr" | b"abbr" | b"cite"
        | b"dfn" | b"q" | b"tbody" | b"thead" | b"tfoot" | b"tgroup" | b"colgroup" | b"colspec"
        | b"zonbook" | b"xhtml" => Tag::Transparent,
        _ if name.contains(&b':') => Tag::Transparent,
        _ => return None,
    })
}

/// The meaning of a tag that is not [`known`] but has both a start and an end.
pub(super) fn paired(name: &[u8]) -> Tag {
    match name {
        b"function" | b"command" | b"parameter" | b"option" | b"envar" | b"userinput"
        | b"computeroutput" | b"systemitem" | b"classname" | b"methodname" | b"var" => Tag::Code,
        _ => Tag::Transparent,
    }
}
