//! What an operation needs of a model, found without the generator: it is what the generator is measured by.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What the pair of two closures is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// The same, byte for byte.
    Untouched,
    /// Different in documentation only.
    Docs,
    /// Different in more than that.
    Structure,
}

impl Touch {
    pub fn name(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Docs => "documentation",
            Self::Structure => "structure",
        }
    }
}

/// How much the closure of an operation differs between two models.
pub fn touch(old: &Value, new: &Value, operation: &str) -> Touch {
    let (old, new) = (closure(old, operation), closure(new, operation));
    // As text, in which the order of members counts.
    let texts = [&old, &new].map(Value::to_string);
    let without = [&old, &new].map(|closure| without_docs(closure).to_string());
    if texts[0] == texts[1] {
        Touch::Untouched
    } else if without[0] == without[1] {
        Touch::Docs
    } else {
        Touch::Structure
    }
}

/// The part of a model that one operation needs, shapes by name.
fn closure(model: &Value, operation: &str) -> Value {
    let mut found = BTreeSet::new();
    let mut waiting = targets(&model["operations"][operation]);
    while let Some(name) = waiting.pop() {
        if found.insert(name) {
            waiting.extend(targets(&model["shapes"][name]));
        }
    }
    let shapes = found
        .into_iter()
        .map(|name| (name.to_owned(), model["shapes"][name].clone()));
    json!({
        "metadata": model["metadata"],
        "documentation": model["documentation"],
        "operation": model["operations"][operation],
        "shapes": shapes.collect::<Map<_, _>>(),
    })
}

/// The shapes that something refers to, anywhere in it.
fn targets(of: &Value) -> Vec<&str> {
    match of {
        Value::Object(fields) => {
            let own = fields.get("shape").and_then(Value::as_str);
            own.into_iter()
                .chain(fields.values().flat_map(targets))
                .collect()
        }
        Value::Array(elements) => elements.iter().flat_map(targets).collect(),
        _ => Vec::new(),
    }
}

/// The same without its documentation. A member of that name is an object, and stays.
pub fn without_docs(of: &Value) -> Value {
    match of {
        Value::Object(fields) => {
            let kept = fields
                .iter()
                .filter(|(name, value)| *name != "documentation" || !value.is_string());
            kept.map(|(name, value)| (name.clone(), without_docs(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(elements) => elements.iter().map(without_docs).collect(),
        other => other.clone(),
    }
}

/// The old model and what the new one adds to it, each at its place: operations, shapes, members, values of enums
/// and errors of operations. What the new one changes or removes stays as it was.
pub fn with_additions(old: &Value, new: &Value) -> Value {
    let mut merged = old.clone();
    add_entries(&mut merged["operations"], &new["operations"]);
    add_entries(&mut merged["shapes"], &new["shapes"]);
    for (name, operation) in entries(&old["operations"]) {
        let later = &new["operations"][name];
        if !operation["errors"].is_null() {
            add_elements(&mut merged["operations"][name]["errors"], &later["errors"]);
        }
    }
    for (name, shape) in entries(&old["shapes"]) {
        let later = &new["shapes"][name];
        if !shape["members"].is_null() {
            add_entries(&mut merged["shapes"][name]["members"], &later["members"]);
        }
        if !shape["enum"].is_null() {
            add_elements(&mut merged["shapes"][name]["enum"], &later["enum"]);
        }
    }
    merged
}

pub fn entries(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of.as_object().into_iter().flatten()
}

/// Adds the entries that are new, each behind the one that it follows in `from`.
fn add_entries(into: &mut Value, from: &Value) {
    let mut merged: Vec<(String, Value)> = entries(into)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut place = 0;
    for (name, value) in entries(from) {
        match merged.iter().position(|(known, _)| known == name) {
            Some(index) => place = index + 1,
            None => {
                merged.insert(place, (name.clone(), value.clone()));
                place += 1;
            }
        }
    }
    *into = merged.into_iter().collect::<Map<_, _>>().into();
}

/// Adds the elements that are new, each behind the one that it follows in `from`.
fn add_elements(into: &mut Value, from: &Value) {
    let mut merged = into.as_array().cloned().unwrap_or_default();
    let mut place = 0;
    for value in from.as_array().into_iter().flatten() {
        // Of an error the shape counts, not what is said of it here.
        let same = |known: &Value| match value["shape"].as_str() {
            Some(shape) => known["shape"].as_str() == Some(shape),
            None => known == value,
        };
        match merged.iter().position(same) {
            Some(index) => place = index + 1,
            None => {
                merged.insert(place, value.clone());
                place += 1;
            }
        }
    }
    *into = merged.into();
}
