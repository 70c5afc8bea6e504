//! Bodies, compared as what they say in the format that they are in.

use super::Outcome;
use super::input::equal;
use aws_smithy_types::base64;
use ciborium::Value as Cbor;
use roxmltree::{Document, Node};
use serde_json::Value;
use smithereen_conformance::values::same;
use smithereen_conformance::vectors::Suite;

/// Compares the body of a request.
pub fn check(suite: &Suite, actual: &[u8], expected: &str) -> Outcome {
    let text = || String::from_utf8_lossy(actual).into_owned();
    match suite.metadata["protocol"].as_str().unwrap_or_default() {
        "smithy-rpc-v2-cbor" => {
            let expected = base64::decode(expected).map_err(|error| error.to_string())?;
            cbor(actual, &expected)
        }
        "json" => json(&text(), expected),
        // What is no JSON is a payload of its own.
        "rest-json" if serde_json::from_str::<Value>(expected).is_ok() => json(&text(), expected),
        "rest-xml" if Document::parse(expected).is_ok() => xml(suite, &text(), expected),
        "query" | "ec2" => equal("body", &sorted(suite, &text()), &sorted(suite, expected)),
        _ => equal("body", &text(), expected),
    }
}

fn json(actual: &str, expected: &str) -> Outcome {
    let parse = |text: &str| {
        serde_json::from_str::<Value>(text).map_err(|error| format!("no JSON: {text}: {error}"))
    };
    if same(&parse(actual)?, &parse(expected)?) {
        return Ok(());
    }
    equal("body", actual, expected)
}

fn xml(suite: &Suite, actual: &str, expected: &str) -> Outcome {
    let parse = |text| Document::parse(text).map_err(|error| format!("no XML: {error}"));
    let (one, other) = (parse(actual)?, parse(expected)?);
    let names = key_names(suite);
    if canonical(one.root_element(), &names) == canonical(other.root_element(), &names) {
        return Ok(());
    }
    equal("body", actual, expected)
}

/// What the keys of maps may be called.
fn key_names(suite: &Suite) -> Vec<&str> {
    let maps = suite.shapes.values().filter(|shape| shape["type"] == "map");
    let names = maps.map(|map| map["key"]["locationName"].as_str().unwrap_or("key"));
    names.collect()
}

/// An element as text: its name, the namespaces and attributes in order, its contents trimmed. Entries of
/// maps that stand together are sorted, since clients sort maps.
fn canonical(node: Node<'_, '_>, keys: &[&str]) -> String {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        return format!("{:?}", text.trim());
    }
    let mut namespaces: Vec<_> = node
        .namespaces()
        .map(|namespace| format!("{:?}={}", namespace.name(), namespace.uri()))
        .collect();
    namespaces.sort();
    let mut attributes: Vec<_> = node
        .attributes()
        .map(|attribute| {
            let (namespace, name) = (attribute.namespace(), attribute.name());
            format!("{namespace:?}{name}={:?}", attribute.value())
        })
        .collect();
    attributes.sort();
    let is_entry = |node: &Node<'_, '_>| {
        let first = node.first_element_child();
        let key = first.filter(|first| keys.contains(&first.tag_name().name()));
        let named = node.tag_name().name().to_owned();
        key.map(|_| named)
    };
    let children = node
        .children()
        .filter(|child| child.is_element() || child.is_text());
    let children = children.map(|child| (is_entry(&child), canonical(child, keys)));
    let mut children: Vec<_> = children.filter(|(_, child)| child != "\"\"").collect();
    for run in children.chunk_by_mut(|one, other| one.0.is_some() && one.0 == other.0) {
        run.sort();
    }
    let children: Vec<_> = children.into_iter().map(|(_, child)| child).collect();
    let name = node.tag_name();
    format!("<{name:?} {namespaces:?} {attributes:?} {children:?}>")
}

/// A form whose maps are sorted by their keys: `Map.entry.2.key=a` may stand for what is the first entry
/// elsewhere.
fn sorted(suite: &Suite, form: &str) -> String {
    let keys = key_names(suite);
    let mut pairs: Vec<(Vec<String>, String)> = form
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                name.split('.').map(str::to_owned).collect(),
                value.to_owned(),
            )
        })
        .collect();
    // The entries, by the path to their number, with their keys.
    let entries: Vec<(Vec<String>, String)> = pairs
        .iter()
        .filter(|(path, _)| path.len() > 2 && keys.contains(&path[path.len() - 1].as_str()))
        .map(|(path, value)| (path[..path.len() - 1].to_vec(), value.clone()))
        .collect();
    for (path, _) in &mut pairs {
        for (entry, key) in &entries {
            if path.starts_with(entry) {
                path[entry.len() - 1] = format!("[{key}]");
            }
        }
    }
    // Only those that have changed places.
    pairs
        .chunk_by_mut(|one, other| {
            let at = |path: &[String]| path.iter().position(|step| step.starts_with('['));
            let (here, there) = (at(&one.0), at(&other.0));
            here.is_some()
                && here == there
                && one.0[..here.unwrap_or(0)] == other.0[..here.unwrap_or(0)]
        })
        .for_each(|run| run.sort());
    let pairs = pairs
        .into_iter()
        .map(|(path, value)| format!("{}={value}", path.join(".")));
    pairs.collect::<Vec<_>>().join("&")
}

fn cbor(actual: &[u8], expected: &[u8]) -> Outcome {
    if actual.is_empty() && expected.is_empty() {
        return Ok(());
    }
    let parse = |bytes: &[u8]| {
        ciborium::from_reader::<Cbor, _>(bytes).map_err(|error| format!("no CBOR: {error}"))
    };
    let (actual, expected) = (parse(actual)?, parse(expected)?);
    if same_cbor(&actual, &expected) {
        return Ok(());
    }
    equal("body", &format!("{actual:?}"), &format!("{expected:?}"))
}

/// Whether both say the same: maps in any order, floats of any width, times with or without a fraction.
fn same_cbor(one: &Cbor, other: &Cbor) -> bool {
    match (one, other) {
        (Cbor::Map(one), Cbor::Map(other)) => {
            let equal = |(key, value): &(Cbor, Cbor)| {
                let mut found = other.iter().filter(|(other, _)| other == key);
                found
                    .next()
                    .is_some_and(|(_, other)| same_cbor(value, other))
            };
            one.len() == other.len() && one.iter().all(equal)
        }
        (Cbor::Array(one), Cbor::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| same_cbor(one, other))
        }
        (Cbor::Float(one), Cbor::Float(other)) => one == other || (one.is_nan() && other.is_nan()),
        (Cbor::Tag(1, one), Cbor::Tag(1, other)) => seconds(one) == seconds(other),
        _ => one == other,
    }
}

fn seconds(time: &Cbor) -> Option<f64> {
    let whole = time.as_integer().map(|whole| i128::from(whole) as f64);
    whole.or_else(|| time.as_float())
}
