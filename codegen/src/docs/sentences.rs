//! Where one sentence ends and the next begins.

/// What follows the whitespace at which a paragraph may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Text that starts with this character.
    Char(char),
    /// A code span.
    Code,
    /// A link.
    Link,
}

/// Stands for a code span in the text given to [`ends`]; its content never ends a sentence.
pub(super) const CODE: char = '`';

/// Words that end in a period without ending a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "eg", "i.e", "ie", "vs", "cf", "approx", "inc", "ltd", "corp", "dr", "mr", "mrs", "ms",
    "st", "fig", "al", "a.m", "p.m", "jr", "sr", "ca",
];

/// Whether a sentence ends at a whitespace, given the visible text before it since the last one,
/// whether the line starts with that text, and what comes after the whitespace.
pub(super) fn ends(before: &str, starts_line: bool, next: Next) -> bool {
    let text = before.trim_end_matches(is_closing);
    if !text.ends_with(['.', '?', '!']) || !starts(next) {
        return false;
    }
    let Some(stem) = text.strip_suffix('.') else {
        return true;
    };
    let word = stem.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != CODE);
    let is_number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if is_number && starts_line && word.len() == stem.len() {
        // A hand-written list marker.
        return false;
    }
    if word.eq_ignore_ascii_case("no") && matches!(next, Next::Char(c) if c.is_ascii_digit()) {
        return false;
    }
    !is_abbreviation(word)
}

/// Whether a sentence can start like this.
fn starts(next: Next) -> bool {
    let Next::Char(c) = next else { return true };
    c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[')
}

/// Whether a character may stand between the end of a sentence and the whitespace.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '*')
}

/// Whether a word, given without its last period, is an abbreviation or an initial.
fn is_abbreviation(word: &str) -> bool {
    let initials = !word.is_empty()
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        });
    initials || ABBREVIATIONS.iter().any(|a| word.eq_ignore_ascii_case(a))
}
