//! For programs: `docs/diff.schema.json` describes it.

use crate::diff::report::{Bump, Compared, Entry, Level};
use crate::diff::review::{Ignored, Review};
use serde::Serialize;

/// The version of the format: it moves when a field goes or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    old: &'r str,
    new: &'r str,
    bump: Suggested,
    counts: Counts,
    services: &'r [Compared],
    entries: &'r [Entry],
    ignored: Vec<IgnoredEntry<'r>>,
    notes: &'r [String],
}

#[derive(Serialize)]
struct Suggested {
    suggested: Bump,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct Counts {
    unhandled: usize,
    breaking: usize,
    behaviour: usize,
    additive: usize,
    docs: usize,
}

#[derive(Serialize)]
struct IgnoredEntry<'r> {
    reason: &'r str,
    until: Option<String>,
    entry: &'r Entry,
}

/// A report as JSON.
pub fn json(review: &Review) -> String {
    let report = &review.report;
    let suggestion = review.suggestion();
    let ignored = review.ignored.iter().map(|ignored: &Ignored| IgnoredEntry {
        reason: &ignored.reason,
        until: ignored.until.map(|date| date.to_string()),
        entry: &ignored.entry,
    });
    let document = Document {
        version: VERSION,
        old: &review.old,
        new: &review.new,
        bump: Suggested {
            suggested: suggestion.bump,
            from: suggestion.from.map(|version| version.to_string()),
            to: suggestion.to.map(|version| version.to_string()),
        },
        counts: Counts {
            unhandled: report.count(Level::Unhandled),
            breaking: report.count(Level::Breaking),
            behaviour: report.count(Level::Behaviour),
            additive: report.count(Level::Additive),
            docs: report.count(Level::Docs),
        },
        services: &report.services,
        entries: &report.entries,
        ignored: ignored.collect(),
        notes: &review.notes,
    };
    // Plain data with strings for keys: there is nothing in it that JSON cannot say.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    // Only strings can have it, and the logs of GitHub's runners take it for a command.
    json = json.replace("##[", "##\\u005b");
    json.push('\n');
    json
}
