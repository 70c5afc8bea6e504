//! What a model names: operations, shapes, members, values of enums, errors of operations; each with what it says of them.

use crate::closure::{entries, without_docs};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many named things differ between two models, documentation aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Things {
    /// That only the new one has.
    pub added: usize,
    /// Of which both say something else.
    pub changed: usize,
    /// That only the old one has.
    pub removed: usize,
}

impl Things {
    /// What differs between two models.
    pub fn between(old: &Value, new: &Value) -> Self {
        let (old, new) = (things(old), things(new));
        let common = old
            .iter()
            .filter_map(|(name, thing)| Some((thing, new.get(name)?)));
        let common: Vec<_> = common.collect();
        Self {
            added: new.len() - common.len(),
            changed: common.iter().filter(|(old, new)| old != new).count(),
            removed: old.len() - common.len(),
        }
    }

    pub fn count(self) -> usize {
        self.added + self.changed + self.removed
    }
}

/// By a path that names them.
fn things(model: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for (name, operation) in entries(&model["operations"]) {
        for error in operation["errors"].as_array().into_iter().flatten() {
            found.insert(format!("{name} !{}", error["shape"]), Value::Null);
        }
        found.insert(name.clone(), without(operation, &["errors"]));
    }
    for (name, shape) in entries(&model["shapes"]) {
        let required = &shape["required"];
        for (member, reference) in entries(&shape["members"]) {
            let is_required = required
                .as_array()
                .is_some_and(|names| names.contains(&json!(member)));
            found.insert(
                format!("{name}.{member}"),
                json!([without_docs(reference), is_required]),
            );
        }
        for value in shape["enum"].as_array().into_iter().flatten() {
            found.insert(format!("{name}={value}"), Value::Null);
        }
        found.insert(
            format!("/{name}"),
            without(shape, &["members", "required", "enum"]),
        );
    }
    found
}

fn without(of: &Value, keys: &[&str]) -> Value {
    let mut left = without_docs(of);
    if let Some(fields) = left.as_object_mut() {
        fields.retain(|name, _| !keys.contains(&name.as_str()));
    }
    left
}
