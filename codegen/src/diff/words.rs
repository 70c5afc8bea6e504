//! What is said in the same words of services, operations, shapes and members: documentation,
//! deprecations, secrets, namespaces.

use super::found::{Found, Owner, became};
use super::report::Level;
use crate::ir::{self, Deprecated, Docs};

/// Where a deprecation is said.
pub(super) fn deprecated_pointer(pointer: &str) -> String {
    format!("{pointer}/deprecated")
}

/// Documentation that says something else.
pub(super) fn documentation(subject: &str, owner: Owner, old: &Docs, new: &Docs) -> Found {
    let change = match (old.0.is_empty(), new.0.is_empty()) {
        (true, false) => "it has documentation",
        (false, true) => "it has no documentation any more",
        _ => "the documentation says something else",
    };
    Found::new(Level::Docs, "docs-changed", subject, owner)
        .change(change)
        .consequence("comments only")
        .detail(format!("{}\0{}", old.0, new.0))
}

/// A deprecation that came, went, or says something else.
pub(super) fn deprecation(
    subject: &str,
    owner: Owner,
    (old, new): (Option<&Deprecated>, Option<&Deprecated>),
) -> Option<Found> {
    if old == new {
        return None;
    }
    let text = |deprecated: &Deprecated| {
        let parts = [deprecated.message.as_deref(), deprecated.since.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join("; since ")
    };
    Some(match (old, new) {
        (_, None) => Found::new(Level::Docs, "deprecation-removed", subject, owner)
            .change("it is no longer deprecated")
            .consequence("its use compiles without a warning"),
        (None, Some(new)) => Found::new(Level::Additive, "deprecated", subject, owner)
            .change(format!("it is deprecated: {}", text(new)))
            .consequence("its use compiles with a warning"),
        (Some(old), Some(new)) => Found::new(Level::Docs, "deprecation-changed", subject, owner)
            .change(became(
                "the deprecation",
                Some(&text(old)),
                Some(&text(new)),
            ))
            .consequence("the warning says something else"),
    })
}

pub(super) fn sensitivity(subject: &str, owner: Owner, new: bool) -> Found {
    let (change, meaning) = if new {
        (
            "`sensitive` was added",
            "`Debug` no longer shows its values",
        )
    } else {
        ("`sensitive` was removed", "`Debug` shows its values")
    };
    Found::new(Level::Behaviour, "sensitive-changed", subject, owner)
        .change(change)
        .consequence(meaning)
}

pub(super) fn namespace(
    subject: &str,
    owner: Owner,
    acts: bool,
    (old, new): (&Option<ir::XmlNamespace>, &Option<ir::XmlNamespace>),
) -> Found {
    let text = |namespace: &Option<ir::XmlNamespace>| {
        let namespace = namespace.as_ref()?;
        Some(match &namespace.prefix {
            Some(prefix) => format!("xmlns:{prefix}={}", namespace.uri),
            None => namespace.uri.clone(),
        })
    };
    let (level, meaning) = if acts {
        (
            Level::Breaking,
            "its element is in another namespace in requests",
        )
    } else {
        (Level::Docs, "none: it is in no request of this protocol")
    };
    let (old, new) = (text(old), text(new));
    Found::new(level, "xml-namespace-changed", subject, owner)
        .change(became("`xmlNamespace`", old.as_deref(), new.as_deref()))
        .consequence(meaning)
}
