//! Models that say more than is known here, for comparisons: what is not known is taken out, and
//! kept.

use super::{Service, read};
use crate::error::Diagnostic;
use crate::locate::{self, unescape};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What was taken out of a model: JSON pointers (RFC 6901) and what stood there.
pub(crate) type Unknown = BTreeMap<String, Value>;

/// A model with nothing but what is known, and the rest; nothing if all of it is known.
///
/// # Errors
///
/// If it is no model even so.
pub(crate) fn known(file: &Path, json: &[u8]) -> Result<Option<(Vec<u8>, Unknown)>, Diagnostic> {
    /// More than any model will have that is worth comparing.
    const MOST: usize = 1_000;
    let Err(mut problem) = read::<Service<'_>>(file, json) else {
        return Ok(None);
    };
    let Ok(mut model) = serde_json::from_slice::<Value>(json) else {
        return Err(problem);
    };
    let mut unknown = Unknown::new();
    for _ in 0..MOST {
        let Some(removed) = remove(&mut model, &problem) else {
            break;
        };
        unknown.extend(removed);
        let text = model.to_string().into_bytes();
        match read::<Service<'_>>(file, &text) {
            Ok(_) => return Ok(Some((text, unknown))),
            // What was taken out is needed: that it is not known is what is wrong.
            Err(next) if next.message().starts_with("missing field ") => break,
            Err(next) => problem = next,
        }
    }
    Err(placed(problem, json))
}

/// A problem of a text that is on no disk, with its place in the one that is.
fn placed(problem: Diagnostic, json: &[u8]) -> Diagnostic {
    let text = std::str::from_utf8(json).unwrap_or_default();
    let position = problem.path().and_then(|path| locate::locate(text, path));
    match position {
        Some(position) => problem.position(position),
        None => problem,
    }
}

/// Takes out what the problem is about, if that is something unknown; a key wherever it may stand.
fn remove(model: &mut Value, problem: &Diagnostic) -> Option<Vec<(String, Value)>> {
    let path = problem.path().unwrap_or_default();
    let mut steps: Vec<String> = path.split('/').skip(1).map(unescape).collect();
    let mut removed = Vec::new();
    if let Some(key) = quoted(problem.message(), "unknown field ") {
        // The path may end at the key or at what holds it.
        if steps.last().is_none_or(|last| *last != key) {
            steps.push(key);
        }
        let pattern: Vec<Option<String>> = pattern(steps);
        take(model, &pattern, &mut String::new(), &mut removed);
    } else if quoted(problem.message(), "unknown variant ").is_some() {
        let exact: Vec<Option<String>> = steps.into_iter().map(Some).collect();
        take(model, &exact, &mut String::new(), &mut removed);
    }
    Some(removed).filter(|removed| !removed.is_empty())
}

/// The name between backquotes after some words; it may have backquotes itself.
fn quoted(message: &str, words: &str) -> Option<String> {
    let rest = message.strip_prefix(words)?.strip_prefix('`')?;
    let end = rest.find("`, expected ").or_else(|| rest.rfind('`'))?;
    Some(rest[..end].to_owned())
}

/// Names that the model chooses, and positions, stand for all of their kind.
fn pattern(steps: Vec<String>) -> Vec<Option<String>> {
    const CHOSEN_IN: [&str; 3] = ["members", "operations", "shapes"];
    let mut chosen = false;
    let steps = steps.into_iter().map(|step| {
        let any = chosen || step.bytes().all(|byte| byte.is_ascii_digit());
        chosen = !chosen && CHOSEN_IN.contains(&step.as_str());
        (!any).then_some(step)
    });
    steps.collect()
}

/// Takes out what is at a path, in which nothing means anything.
fn take(
    value: &mut Value,
    path: &[Option<String>],
    pointer: &mut String,
    removed: &mut Vec<(String, Value)>,
) {
    let Some((step, rest)) = path.split_first() else {
        return;
    };
    let names: Vec<String> = match (step, &*value) {
        (Some(name), _) => vec![name.clone()],
        (None, Value::Object(object)) => object.keys().cloned().collect(),
        (None, Value::Array(array)) => (0..array.len()).map(|index| index.to_string()).collect(),
        _ => return,
    };
    for name in names {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&locate::escape(&name));
        let inner = match value {
            Value::Object(object) if rest.is_empty() => object.shift_remove(&name).map(Err),
            Value::Array(array) if rest.is_empty() => {
                let index = name.parse().ok().filter(|index| *index < array.len());
                index.map(|index: usize| Err(array.remove(index)))
            }
            Value::Object(object) => object.get_mut(&name).map(Ok),
            Value::Array(array) => {
                let index: Option<usize> = name.parse().ok();
                index.and_then(|index| array.get_mut(index)).map(Ok)
            }
            _ => None,
        };
        match inner {
            Some(Ok(inner)) => take(inner, rest, pointer, removed),
            Some(Err(taken)) => removed.push((pointer.clone(), taken)),
            None => {}
        }
        pointer.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#""metadata": {"apiVersion": "1", "endpointPrefix": "p", "protocol": "rest-json",
        "serviceFullName": "P", "serviceId": "P", "signatureVersion": "v4""#;

    fn known_of(json: &str) -> (Vec<u8>, Unknown) {
        known(Path::new("model"), json.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn a_key_that_is_not_known_is_taken_from_every_shape() {
        let json = format!(
            r#"{{{METADATA}}}, "operations": {{}}, "shapes": {{
                "A/b": {{"type": "string", "colour": "red"}}, "C": {{"type": "string", "colour": 1}}}}}}"#
        );
        let (text, unknown) = known_of(&json);
        let pointers: Vec<&String> = unknown.keys().collect();
        assert_eq!(pointers, ["/shapes/A~1b/colour", "/shapes/C/colour"]);
        assert!(!String::from_utf8(text).unwrap().contains("colour"));
    }

    #[test]
    fn a_value_that_is_not_known_is_taken_where_it_stands() {
        let json = format!(
            r#"{{{METADATA}, "protocols": ["semaphore", "json", "rest-json"]}},
                "operations": {{}}, "shapes": {{}}}}"#
        );
        let (_, unknown) = known_of(&json);
        assert_eq!(unknown.get("/metadata/protocols/0").unwrap(), "semaphore");
    }

    #[test]
    fn a_key_can_have_backquotes() {
        let json = format!(
            r#"{{{METADATA}}}, "operations": {{}}, "shapes": {{"A": {{"type": "string", "a`b": 1}}}}}}"#
        );
        let (_, unknown) = known_of(&json);
        assert_eq!(unknown.get("/shapes/A/a`b").unwrap(), 1);
    }

    #[test]
    fn what_is_no_model_stays_an_error() {
        let json = format!(r#"{{{METADATA}}}, "operations": [], "shapes": {{}}}}"#);
        assert!(known(Path::new("model"), json.as_bytes()).is_err());
    }
}
