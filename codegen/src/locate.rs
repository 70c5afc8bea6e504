//! From a JSON pointer to a place in the text, for errors found after parsing.

use crate::error::{Diagnostic, Position};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

/// The place of the value at `pointer` (RFC 6901), or of the innermost value around it that exists.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<Position> {
    let value = inner(text, pointer);
    // `value` is a part of `text`, so the difference of the addresses is its offset.
    let offset = value.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some(Position::of_offset(text, offset))
}

/// The part of the text that is the value at `pointer` (RFC 6901), or the innermost around it that
/// exists.
pub(crate) fn inner<'t>(text: &'t str, pointer: &str) -> &'t str {
    let mut value = text;
    for step in pointer.split('/').skip(1) {
        match child(value, &unescape(step)) {
            Some(inner) => value = inner,
            None => break,
        }
    }
    value
}

/// Adds the file to what only knows the JSON path, and the place in it.
pub(crate) fn all(file: &Path, json: &[u8], problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let text = std::str::from_utf8(json).unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| {
            if problem.has_file() {
                return problem;
            }
            let position = match problem.path() {
                Some(path) if !problem.has_position() => locate(text, path),
                _ => None,
            };
            let problem = problem.file(file);
            match position {
                Some(position) => problem.position(position),
                None => problem,
            }
        })
        .collect()
}

/// A JSON string as a key, which may have escapes.
#[derive(Deserialize, PartialEq, Eq, Hash)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn child<'a>(value: &'a str, step: &str) -> Option<&'a str> {
    if value.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(value).ok()?;
        return items
            .get(step.parse::<usize>().ok()?)
            .map(|item| item.get());
    }
    let members: HashMap<Key<'_>, &RawValue> = serde_json::from_str(value).ok()?;
    members
        .get(&Key(Cow::Borrowed(step)))
        .map(|member| member.get())
}

/// The name that one step of a pointer stands for.
pub(crate) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// A name as one step of a pointer.
pub(crate) fn escape(step: &str) -> Cow<'_, str> {
    if step.contains(['~', '/']) {
        Cow::Owned(step.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"shapes\": {\n    \"A/b\": {\"required\": [\"x\",\n \"y\"]}\n  }\n}";

    #[test]
    fn a_pointer_is_a_line_and_a_column() {
        let position = locate(TEXT, "/shapes/A~1b/required/1");
        assert_eq!(position, Some(Position { line: 4, column: 2 }));
    }

    #[test]
    fn a_pointer_to_nothing_is_the_place_of_what_is_around_it() {
        let position = locate(TEXT, "/shapes/A~1b/members/Z");
        let around = Position {
            line: 3,
            column: 12,
        };
        assert_eq!(position, Some(around));
    }
}
