//! What several formats say in the same words.

use crate::diff::report::{Compared, Entry, Level, Location, Report};
use crate::diff::review::{Ignored, Review};
use std::borrow::Cow;

/// Foreign text on one line, with nothing in it that a terminal, a log or the direction of writing
/// would act on; what would is shown as an escape.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let plain = !text.contains(acts) && !text.contains("::") && !text.contains("##[");
    if plain {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            // Logs of GitHub's runners take `::` at the start of a line, and `##[`, for commands.
            ':' if cleaned.ends_with(':') => {
                let before = cleaned.trim_end_matches(':').chars().next_back();
                match before.is_none_or(char::is_whitespace) {
                    true => cleaned.push_str("\\u{3a}"),
                    false => cleaned.push(':'),
                }
            }
            '[' if cleaned.ends_with("##") => cleaned.push_str("\\u{5b}"),
            _ if character.is_whitespace() => cleaned.push(' '),
            _ if acts(character) => cleaned.extend(character.escape_unicode()),
            _ => cleaned.push(character),
        }
    }
    Cow::Owned(cleaned)
}

/// Control characters, line ends, and marks that turn the direction of writing.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// At most so many characters, with a mark where there were more.
pub(super) fn bounded(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// `1 change`, `2 changes`.
pub(super) fn many(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// `2 breaking, 1 additive`.
pub(super) fn counts(report: &Report, service: Option<&str>) -> String {
    let counts = Level::ALL.map(|level| (level, count(report, service, level)));
    let parts = counts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(level, count)| format!("{count} {level}"))
        .collect();
    parts.join(", ")
}

/// How many changes of a level a service has, or all services.
pub(super) fn count(report: &Report, service: Option<&str>, level: Level) -> usize {
    let counts = |entry: &&Entry| {
        entry.level == level && service.is_none_or(|service| entry.service == service)
    };
    report.entries.iter().filter(counts).count()
}

/// The changes, the worst first and else in the report's order.
pub(super) fn worst_first(report: &Report) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = report.entries.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.level));
    entries
}

/// Of what there is none, where there is none.
pub(super) fn no_change(review: &Review) -> String {
    match review.level {
        Some(level) if level > Level::Docs => {
            format!("no change of level {level} or worse for your operations")
        }
        _ => "no change for your operations".to_owned(),
    }
}

/// Why a service without changes has none.
pub(super) fn unchanged(service: &Compared, review: &Review) -> String {
    let of_service = |ignored: &&Ignored| ignored.entry.service == service.service;
    let ignored = review.ignored.iter().filter(of_service).count();
    let model = match (service.identical, &service.old, &service.new) {
        _ if ignored > 0 => format!("{} ignored", many(ignored, "change")),
        (true, ..) => "the model is the same".to_owned(),
        (false, Some(_), Some(_)) if review.level.is_some() => "the model changed".to_owned(),
        (false, Some(_), Some(_)) => "the model changed elsewhere".to_owned(),
        (false, None, _) => "the old side does not have the service".to_owned(),
        (false, _, None) => "the new side does not have the service".to_owned(),
    };
    format!("{}; {model}", no_change(review))
}

/// Where an entry is reached: `ListBackupJobs: output.BackupJobs[].State, and 3 more operations`.
pub(super) fn reached(entry: &Entry, shown: usize) -> Option<String> {
    let ways = entry.reached.iter().take(shown).map(|reach| {
        if reach.path.is_empty() {
            reach.operation.clone()
        } else {
            format!("{}: {}", reach.operation, reach.path)
        }
    });
    let mut ways: Vec<String> = ways.collect();
    match entry.reached.len().saturating_sub(shown) {
        _ if ways.is_empty() => return None,
        0 => {}
        more => ways.push(format!("and {}", many(more, "more operation"))),
    }
    Some(ways.join(", "))
}

/// `models/…/service-2.json:12:7 at /shapes/State`.
pub(super) fn place(location: &Location) -> String {
    let Location {
        file,
        path,
        line,
        column,
    } = location;
    match path.is_empty() {
        true => format!("{file}:{line}:{column}"),
        false => format!("{file}:{line}:{column} at {path}"),
    }
}

/// What is ignored, in a line: `3 changes ignored (2 breaking, 1 docs)`.
pub(super) fn ignored(review: &Review) -> Option<String> {
    let entries = review.ignored.iter().map(|ignored| ignored.entry.clone());
    let report = Report::new(Vec::new(), entries.collect());
    match review.ignored.len() {
        0 => None,
        count => Some(format!(
            "{} ignored ({})",
            many(count, "change"),
            counts(&report, None)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_or_a_log_would_act_on_is_shown() {
        assert_eq!(clean("a\u{1b}[31mb"), r"a\u{1b}[31mb");
        assert_eq!(clean("a\n::error::b"), r"a :\u{3a}error::b");
        assert_eq!(
            clean("a ::::b"),
            r"a :\u{3a}\u{3a}\u{3a}b".replace(r"\u{3a}\u{3a}\u{3a}", r"\u{3a}::")
        );
        assert_eq!(clean("aws::thing"), "aws::thing");
        assert_eq!(clean("##[error]a"), r"##\u{5b}error]a");
        assert_eq!(clean("\u{202e}abc\u{2028}"), r"\u{202e}abc ");
    }

    #[test]
    fn text_is_bounded_by_characters() {
        assert_eq!(bounded("äöü", 3), "äöü");
        assert_eq!(bounded("äöüß", 3), "äöü…");
    }
}
