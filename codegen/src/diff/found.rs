//! A change as the comparison finds it, before it is placed and given its fingerprint.

use super::report::Level;

/// A change.
#[derive(Debug)]
pub(super) struct Found {
    pub level: Level,
    pub kind: &'static str,
    /// What changed, by its names in the model.
    pub subject: String,
    /// What the model says now, and said before.
    pub change: String,
    /// What it means.
    pub consequence: String,
    /// What tells this change from others of the same words.
    pub detail: String,
    /// The file that it is said in.
    pub part: Part,
    /// JSON pointers into that file on both sides.
    pub old: Option<String>,
    pub new: Option<String>,
    /// What it is a part of, by which operations reach it.
    pub owner: Owner,
}

/// A file of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Model,
    Paginators,
    EndpointRules,
    Waiters,
    Partitions,
}

/// What a change is a part of.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// The service: every operation.
    Service,
    /// An operation, and the way from it.
    Operation(String, String),
    /// A shape of the old side, and the way on from it.
    Old(String, String),
    /// A shape of the new side, and the way on from it.
    New(String, String),
}

impl Found {
    pub fn new(level: Level, kind: &'static str, subject: impl Into<String>, owner: Owner) -> Self {
        Self {
            level,
            kind,
            subject: subject.into(),
            change: String::new(),
            consequence: String::new(),
            detail: String::new(),
            part: Part::Model,
            old: None,
            new: None,
            owner,
        }
    }

    /// In another file than the model.
    pub fn part(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    pub fn change(mut self, change: impl Into<String>) -> Self {
        self.change = change.into();
        self
    }

    pub fn consequence(mut self, consequence: impl Into<String>) -> Self {
        self.consequence = consequence.into();
        self
    }

    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub fn old(mut self, pointer: impl Into<String>) -> Self {
        self.old = Some(pointer.into());
        self
    }

    pub fn new_at(mut self, pointer: impl Into<String>) -> Self {
        self.new = Some(pointer.into());
        self
    }

    /// The same place on both sides.
    pub fn both(self, pointer: impl Into<String>) -> Self {
        let pointer = pointer.into();
        self.old(pointer.clone()).new_at(pointer)
    }

    /// Whether this says something of the value at a pointer, or of one around or inside it.
    pub fn covers(&self, pointer: &str) -> bool {
        if self.part != Part::Model {
            return false;
        }
        let related = |own: &String| within(own, pointer) || within(pointer, own);
        self.old.as_ref().is_some_and(related) || self.new.as_ref().is_some_and(related)
    }
}

/// Whether a pointer is another, or leads into it.
fn within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// "`a` is now `b`", also where one of them is nothing.
pub(super) fn became(what: &str, old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("{what} `{old}` is now `{new}`"),
        (None, Some(new)) => format!("{what} `{new}` was added"),
        (Some(old), None) => format!("{what} `{old}` was removed"),
        (None, None) => format!("{what} is the same"),
    }
}
