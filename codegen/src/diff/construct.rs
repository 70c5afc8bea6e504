//! Reports made by hand: for tests, and for tools that bring their own.

use super::report::{Compared, Entry, Level, Location, PatchInForce, Reach, Report};

impl Report {
    /// A report of these services and changes.
    pub fn new(services: Vec<Compared>, entries: Vec<Entry>) -> Self {
        Self { services, entries }
    }
}

impl Compared {
    /// A service whose files differ, without operations.
    pub fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
            old: None,
            new: None,
            operations: Vec::new(),
            identical: false,
            patches: Vec::new(),
        }
    }
}

impl PatchInForce {
    /// A correction that is in force.
    pub fn new(subject: &str, action: &str, reason: &str, link: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            action: action.to_owned(),
            reason: reason.to_owned(),
            link: link.to_owned(),
        }
    }
}

impl Entry {
    /// A change that no operation reaches, without words or places.
    pub fn new(level: Level, kind: &'static str, service: &str, subject: &str) -> Self {
        Self {
            level,
            kind,
            service: service.to_owned(),
            subject: subject.to_owned(),
            change: String::new(),
            consequence: String::new(),
            old: None,
            new: None,
            reached: Vec::new(),
            fingerprint: String::new(),
        }
    }
}

impl Location {
    /// A place; line and column count from 1.
    pub fn new(file: &str, path: &str, line: usize, column: usize) -> Self {
        Self {
            file: file.to_owned(),
            path: path.to_owned(),
            line,
            column,
        }
    }
}

impl Reach {
    /// An operation, and the shortest way from it.
    pub fn new(operation: &str, path: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            path: path.to_owned(),
        }
    }
}
