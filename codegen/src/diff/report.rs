//! What a comparison says: plain data, from which every format is made.

use serde::Serialize;
use std::fmt;

/// What changed between two models, and what it means.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The services that were compared, by name.
    pub services: Vec<Compared>,
    /// The changes: by service, the worst first.
    pub entries: Vec<Entry>,
}

/// A service that was compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// Its name in the manifest.
    pub service: String,
    /// The model file of the old side, if it has the service.
    pub old: Option<String>,
    /// The model file of the new side, if it has the service.
    pub new: Option<String>,
    /// The operations whose closures were compared, by name.
    pub operations: Vec<String>,
    /// Whether the files of both sides are the same, byte for byte.
    pub identical: bool,
    /// The corrections in force for these operations.
    pub patches: Vec<PatchInForce>,
}

/// A correction of `patches.toml` that is in force on the new side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PatchInForce {
    /// What it corrects, `Shape.Member`.
    pub subject: String,
    /// What it does, in words.
    pub action: String,
    /// Why.
    pub reason: String,
    /// Where to read more.
    pub link: String,
}

/// A change, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// How much it matters.
    pub level: Level,
    /// What kind of change it is, in words with hyphens: `member-added`.
    pub kind: &'static str,
    /// The service.
    pub service: String,
    /// What changed, by its names in the model: `Lifecycle.DeleteAfterDays`, `DescribeBackupJob`.
    pub subject: String,
    /// What the model says now, and said before.
    pub change: String,
    /// What it means for Rust and on the wire.
    pub consequence: String,
    /// Where the old model says it.
    pub old: Option<Location>,
    /// Where the new model says it.
    pub new: Option<Location>,
    /// The operations that reach it, each with the shortest path.
    pub reached: Vec<Reach>,
    /// Names this change: the same in every run, whatever else changes in the models.
    pub fingerprint: String,
}

/// How much a change matters to callers: to those that are generated anew, and to those that are
/// not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Only documentation, or something on which no client acts.
    Docs,
    /// Something more that can be used.
    Additive,
    /// The same source does something else on the wire.
    Behaviour,
    /// Source that compiled may not, or a request that was accepted may be refused.
    Breaking,
    /// A change that is not understood here, which may be any of the others.
    Unhandled,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Location {
    /// The file.
    pub file: String,
    /// The JSON pointer (RFC 6901).
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The byte in the line, from 1.
    pub column: usize,
}

/// An operation that reaches what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reach {
    /// The operation.
    pub operation: String,
    /// The shortest way from it: `output.BackupJobs[].State`; empty for the operation itself.
    pub path: String,
}

/// How the version of the generated crate should move (<https://semver.org>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Not at all.
    None,
    /// For documentation.
    Patch,
    /// For what is added, and what is different on the wire.
    Minor,
    /// For what may break.
    Major,
}

impl Level {
    /// All levels, the worst first.
    pub const ALL: [Self; 5] = [
        Self::Unhandled,
        Self::Breaking,
        Self::Behaviour,
        Self::Additive,
        Self::Docs,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Additive => "additive",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
            Self::Unhandled => "unhandled",
        }
    }

    /// How the version should move for a change of this level.
    pub fn bump(self) -> Bump {
        match self {
            Self::Docs => Bump::Patch,
            Self::Additive | Self::Behaviour => Bump::Minor,
            Self::Breaking | Self::Unhandled => Bump::Major,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Bump {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Report {
    /// The worst level; nothing if nothing changed.
    pub fn worst(&self) -> Option<Level> {
        self.entries.iter().map(|entry| entry.level).max()
    }

    /// How the version of the generated crate should move.
    pub fn bump(&self) -> Bump {
        self.worst().map_or(Bump::None, Level::bump)
    }

    /// How many changes there are of a level.
    pub fn count(&self, level: Level) -> usize {
        let of_level = |entry: &&Entry| entry.level == level;
        self.entries.iter().filter(of_level).count()
    }
}
