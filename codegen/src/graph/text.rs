//! Text of the model on its way into a picture.

use crate::{docs, ir};

/// The longest text that a picture shows of one thing, in characters.
const LONGEST: usize = 300;

/// The first sentence of a documentation, in plain text.
pub(super) fn sentence(docs: &ir::Docs) -> String {
    let lines = docs::markdown(&docs.0);
    shortened(&plain(lines.first().map_or("", String::as_str)), LONGEST)
}

/// Markdown of this project's making without its marks: escapes, code, emphasis, link targets.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some(mark) = rest.find(['\\', '`', '*', '[', ']']) {
        let (before, after) = rest.split_at(mark);
        text.push_str(before);
        let mut characters = after.chars();
        let mark = characters.next();
        rest = characters.as_str();
        if mark == Some('\\') {
            text.extend(characters.next());
            rest = characters.as_str();
        } else if mark == Some(']')
            && let Some(target) = rest.strip_prefix('(')
        {
            rest = target.split_once(')').map_or("", |(_, after)| after);
        }
    }
    text.push_str(rest);
    text
}

/// At most so many characters, with a sign that there is more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .take(most.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}

/// A number and its noun.
pub(super) fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// XML's markup characters as entities, in content and attributes; what XML cannot hold, replaced.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A name as an identifier of letters, digits and `_`, in which no two names meet.
pub(super) fn identifier(prefix: &str, name: &str) -> String {
    let mut identifier = format!("{prefix}_");
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            identifier.push(character);
        } else {
            identifier.push_str(&format!("_{:x}_", u32::from(character)));
        }
    }
    identifier
}
