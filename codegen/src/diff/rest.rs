//! What the IR does not hold, as the JSON stands: keys on which no client acts, keys that are not
//! known, and whatever else would be passed over.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::report::Level;
use crate::locate::{escape, unescape};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys on which no client acts, or none in another way than by what is compared elsewhere. Names
/// that the model chooses are `*`.
const INERT: &[&str] = &[
    "/examples",
    "/metadata/auth",
    "/metadata/checksumFormat",
    "/metadata/globalEndpoint",
    "/metadata/jsonVersion",
    "/metadata/protocol",
    "/metadata/protocolSettings",
    "/metadata/protocols",
    "/metadata/ripServiceName",
    "/metadata/serviceAbbreviation",
    "/metadata/signatureVersion",
    "/metadata/signingName",
    "/operations/*/authtype",
    "/operations/*/errors",
    "/operations/*/httpChecksum",
    "/operations/*/httpChecksumRequired",
    "/operations/*/input",
    "/operations/*/name",
    "/operations/*/output",
    "/operations/*/unsignedPayload",
    "/shapes/*/box",
    "/shapes/*/document",
    "/shapes/*/error",
    "/shapes/*/exception",
    "/shapes/*/fault",
    "/shapes/*/flattened",
    "/shapes/*/key",
    "/shapes/*/locationName",
    "/shapes/*/member",
    "/shapes/*/retryable",
    "/shapes/*/streaming",
    "/shapes/*/synthetic",
    "/shapes/*/timestampFormat",
    "/shapes/*/value",
    "/shapes/*/wrapper",
    "/shapes/*/xmlNamespace",
    "/shapes/*/xmlOrder",
    "/shapes/*/members/*/box",
    "/shapes/*/members/*/deprecated",
    "/shapes/*/members/*/enum",
    "/shapes/*/members/*/error",
    "/shapes/*/members/*/exception",
    "/shapes/*/members/*/fault",
    "/shapes/*/members/*/flattened",
    "/shapes/*/members/*/location",
    "/shapes/*/members/*/locationName",
    "/shapes/*/members/*/resultWrapper",
    "/shapes/*/members/*/streaming",
    "/shapes/*/members/*/timestampFormat",
    "/shapes/*/members/*/wrapper",
    "/shapes/*/members/*/xmlNamespace",
    "/version",
];

/// Lists in which order says nothing.
const SETS: &[&str] = &["enum", "errors", "protocols", "required"];

impl Comparison<'_, '_> {
    pub(super) fn rest(&mut self) {
        self.unknown();
        let mut places: Vec<(String, Option<&str>, Option<&str>, Owner)> = Vec::new();
        let (old, new) = (&self.old.raw, &self.new.raw);
        let top: BTreeSet<&str> = old.top_keys().chain(new.top_keys()).collect();
        for key in top
            .into_iter()
            .filter(|key| !["operations", "shapes"].contains(key))
        {
            places.push((
                format!("/{}", escape(key)),
                old.top(key),
                new.top(key),
                Owner::Service,
            ));
        }
        for name in &self.new.unit.operations {
            let owner = Owner::Operation(name.clone(), String::new());
            let texts = (old.operation(name), new.operation(name));
            places.push((
                format!("/operations/{}", escape(name)),
                texts.0,
                texts.1,
                owner,
            ));
        }
        for name in self
            .new
            .unit
            .closure
            .keys()
            .filter(|name| self.old.shape(name).is_some())
        {
            let owner = Owner::New(name.clone(), String::new());
            let texts = (old.shape(name), new.shape(name));
            places.push((format!("/shapes/{}", escape(name)), texts.0, texts.1, owner));
        }
        for (pointer, old, new, owner) in places {
            // Operations that came or went have been said.
            let is_top = !pointer.starts_with("/operations/") && !pointer.starts_with("/shapes/");
            if old != new && (is_top || (old.is_some() && new.is_some())) {
                self.texts(&pointer, old, new, &owner);
            }
        }
    }

    /// Two texts that are not the same: everything in them that is different and not said yet.
    fn texts(&mut self, pointer: &str, old: Option<&str>, new: Option<&str>, owner: &Owner) {
        let parse = |text: Option<&str>| -> Option<Value> { serde_json::from_str(text?).ok() };
        let mut differences = Vec::new();
        differ(
            pointer,
            parse(old).as_ref(),
            parse(new).as_ref(),
            &mut differences,
        );
        for Difference { pointer, old, new } in differences {
            // A deprecation is one thing under three keys.
            let pointer = pointer
                .replace("/deprecatedMessage", "/deprecated")
                .replace("/deprecatedSince", "/deprecated");
            let unknown = [self.old, self.new];
            let unknown = unknown.iter().any(|view| {
                let mut keys = view.unknown.keys();
                keys.any(|key| pointer.starts_with(key.as_str()))
            });
            let said = self.found.iter().any(|found| found.covers(&pointer));
            let said = said || self.payload_said(&pointer, old.as_ref(), new.as_ref());
            if unknown || said || self.required_said(&pointer, old.as_ref(), new.as_ref()) {
                continue;
            }
            let inert = is_inert(&pointer);
            let change = became(
                &format!("`{}`", key(&pointer)),
                old.map(|value| short(&value)).as_deref(),
                new.map(|value| short(&value)).as_deref(),
            );
            let found = if inert {
                Found::new(
                    Level::Docs,
                    "inert-changed",
                    subject(&pointer),
                    owner.clone(),
                )
                .consequence("none: no client acts on it, as it is used here")
            } else {
                Found::new(
                    Level::Unhandled,
                    "unhandled",
                    subject(&pointer),
                    owner.clone(),
                )
                .consequence("not known: this comparison does not understand it")
            };
            self.push(found.change(change).both(pointer));
        }
    }

    /// Whether the payload is another because of members that came or went.
    fn payload_said(&self, pointer: &str, old: Option<&Value>, new: Option<&Value>) -> bool {
        let Some(shape) = pointer.strip_suffix("/payload") else {
            return false;
        };
        let mut names = [old, new].into_iter().flatten().filter_map(Value::as_str);
        names.any(|name| {
            let member = format!("{shape}/members/{}", escape(name));
            self.found.iter().any(|found| found.covers(&member))
        })
    }

    /// Whether `required` names what it does because of members that came or went.
    fn required_said(&self, pointer: &str, old: Option<&Value>, new: Option<&Value>) -> bool {
        let Some(shape) = pointer.strip_suffix("/required") else {
            return false;
        };
        let names = |list: Option<&Value>| -> BTreeSet<String> {
            let list = list.and_then(Value::as_array).into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let (old, new) = (names(old), names(new));
        old.symmetric_difference(&new).all(|name| {
            let member = format!("{shape}/members/{}", escape(name));
            self.found.iter().any(|found| found.covers(&member))
        })
    }

    /// Keys and values that the models have and nobody here knows.
    fn unknown(&mut self) {
        let (old, new) = (self.old, self.new);
        let pointers: BTreeSet<&String> = old.unknown.keys().chain(new.unknown.keys()).collect();
        for pointer in pointers {
            let values = (old.unknown.get(pointer), new.unknown.get(pointer));
            let Some(owner) = self.owner(pointer).filter(|_| values.0 != values.1) else {
                continue;
            };
            let text = |value: Option<&Value>| value.map(short);
            let (old, new) = (text(values.0), text(values.1));
            let change = became(
                &format!("`{}`", key(pointer)),
                old.as_deref(),
                new.as_deref(),
            );
            let found = Found::new(Level::Unhandled, "unhandled", subject(pointer), owner)
                .change(change)
                .consequence("not known: this version of smithereen does not know what it means");
            self.push(found.both(pointer));
        }
    }

    /// What a pointer is a part of, if that is compared.
    fn owner(&self, pointer: &str) -> Option<Owner> {
        let mut steps = pointer.split('/').skip(1);
        let (first, name) = (steps.next(), steps.next().map(unescape));
        match (first, name) {
            (Some("operations"), Some(name)) => {
                let known = self.new.unit.operations.contains(&name);
                known.then(|| Owner::Operation(name, String::new()))
            }
            (Some("shapes"), Some(name)) => {
                if self.new.shape(&name).is_some() {
                    Some(Owner::New(name, String::new()))
                } else {
                    let known = self.old.shape(&name).is_some();
                    known.then(|| Owner::Old(name, String::new()))
                }
            }
            _ => Some(Owner::Service),
        }
    }
}

/// A value that is another on the other side, or not there.
struct Difference {
    pointer: String,
    old: Option<Value>,
    new: Option<Value>,
}

fn differ(pointer: &str, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Difference>) {
    if old == new {
        return;
    }
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (old, new) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let inner = format!("{pointer}/{}", escape(key));
            differ(&inner, before.get(key), after.get(key), found);
        }
        return;
    }
    if let (Some(Value::Array(before)), Some(Value::Array(after))) = (old, new)
        && SETS.contains(&key(pointer))
        && before.iter().all(|value| after.contains(value))
        && after.iter().all(|value| before.contains(value))
    {
        return;
    }
    found.push(Difference {
        pointer: pointer.to_owned(),
        old: old.cloned(),
        new: new.cloned(),
    });
}

/// The last step of a pointer.
fn key(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or(pointer, |(_, key)| key)
}

fn is_inert(pointer: &str) -> bool {
    let steps: Vec<&str> = pointer.split('/').collect();
    INERT.iter().any(|pattern| {
        let pattern: Vec<&str> = pattern.split('/').collect();
        let mut pairs = pattern.iter().zip(&steps);
        pattern.len() <= steps.len() && pairs.all(|(one, other)| *one == "*" || one == other)
    })
}

/// `Lifecycle.DeleteAfterDays` of a pointer to that member or into it.
fn subject(pointer: &str) -> String {
    let steps = pointer.split('/').skip(1);
    let steps: Vec<String> = steps.map(unescape).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["shapes", shape, "members", member, ..] => format!("{shape}.{member}"),
        ["shapes" | "operations", name, ..] => (*name).to_owned(),
        other => other.join("."),
    }
}

/// A value on one line, cut where it is long.
fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
