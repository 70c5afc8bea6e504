//! A report as people see it.

use super::report::{Bump, Entry, Level, Report};
use super::version::Suggestion;
use semver::Version;
use toml::value::Date;

/// A report without what is ignored, and with what there is to say beside it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Review {
    /// What the old side is called.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// The services, and the changes that count.
    pub report: Report,
    /// The changes that do not.
    pub ignored: Vec<Ignored>,
    /// What else people should know, a sentence each.
    pub notes: Vec<String>,
    /// The version of the generated crate, if it is known.
    pub version: Option<Version>,
    /// The least level that is shown, if not all are.
    pub level: Option<Level>,
    /// The bump for all changes, shown or not, where some are not shown.
    hidden: Option<Bump>,
}

/// A change that somebody has decided to live with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ignored {
    /// The change.
    pub entry: Entry,
    /// Why it does not count.
    pub reason: String,
    /// The last day on which it does not.
    pub until: Option<Date>,
}

impl Review {
    /// All of a report.
    pub fn new(report: Report) -> Self {
        Self {
            report,
            ..Self::default()
        }
    }

    /// Says what the sides are called.
    #[must_use]
    pub fn between(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.old = old.into();
        self.new = new.into();
        self
    }

    /// Says which version the generated crate has.
    #[must_use]
    pub fn of_version(mut self, version: Option<Version>) -> Self {
        self.version = version;
        self
    }

    /// Leaves out what is below a level; how many that were is a note. What they mean for the version
    /// stays.
    #[must_use]
    pub fn from_level(mut self, level: Level) -> Self {
        self.hidden = Some(self.suggestion().bump);
        self.level = Some(level);
        let before = self.report.entries.len();
        self.report.entries.retain(|entry| entry.level >= level);
        match before - self.report.entries.len() {
            0 => {}
            1 => self
                .notes
                .push(format!("1 change below {level} is not shown")),
            hidden => self
                .notes
                .push(format!("{hidden} changes below {level} are not shown")),
        }
        self
    }

    /// How the version of the generated crate should move.
    pub fn suggestion(&self) -> Suggestion {
        let bump = self.hidden.unwrap_or_else(|| self.report.bump());
        Suggestion::new(bump, self.version.clone())
    }
}
