//! Annotations of GitHub: workflow commands on standard output
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use super::words;
use crate::diff::report::{Compared, Entry, Level};
use crate::diff::review::Review;

/// Annotations of a kind that GitHub shows for a step.
const SHOWN: usize = 10;
/// Operations that are shown for a change.
const REACHED: usize = 3;
/// Characters of what a change is, and of what it means.
const LONGEST: usize = 1_000;

/// A report as workflow commands: the worst first, and of each kind no more than GitHub shows.
pub fn github(review: &Review) -> String {
    let mut out = String::new();
    let entries = words::worst_first(&review.report);
    for kind in ["error", "warning", "notice"] {
        let of_kind = |entry: &&&Entry| command(entry.level) == kind;
        let entries: Vec<&&Entry> = entries.iter().filter(of_kind).collect();
        let shown = match entries.len() {
            all if all <= SHOWN => all,
            // The last one sums up the rest.
            _ => SHOWN - 1,
        };
        for entry in &entries[..shown] {
            out.push_str(&annotation(review, kind, entry));
        }
        let rest = &entries[shown..];
        if !rest.is_empty() {
            let message = format!(
                "{} {} not shown here: `cargo xtask diff` shows all",
                words::many(rest.len(), "more change"),
                if rest.len() == 1 { "is" } else { "are" },
            );
            out.push_str(&format!(
                "::{kind} title=model changes::{}\n",
                data(&message)
            ));
        }
    }
    // The rest is for the log.
    let changed = |service: &&Compared| {
        let mut entries = review.report.entries.iter();
        entries.any(|entry| entry.service == service.service)
    };
    for service in review.report.services.iter().filter(|s| !changed(s)) {
        let why = words::unchanged(service, review);
        out.push_str(&format!("{}: {why}\n", words::clean(&service.service)));
    }
    for note in words::ignored(review).iter().chain(&review.notes) {
        out.push_str(&format!("note: {}\n", words::clean(note)));
    }
    out
}

/// The workflow command of a level.
fn command(level: Level) -> &'static str {
    match level {
        Level::Unhandled | Level::Breaking => "error",
        Level::Behaviour => "warning",
        Level::Additive | Level::Docs => "notice",
    }
}

fn annotation(review: &Review, kind: &str, entry: &Entry) -> String {
    let title = format!("{}: {} {}", entry.level, entry.service, entry.subject);
    let mut services = review.report.services.iter();
    let service = services.find(|service| service.service == entry.service);
    let properties = match (&entry.new, service.and_then(|service| service.new.as_ref())) {
        (Some(location), _) => format!(
            "file={},line={},col={},",
            property(&location.file),
            location.line,
            location.column
        ),
        // What is gone has no place on the new side, but the model is there.
        (None, Some(file)) => format!("file={},", property(file)),
        (None, None) => String::new(),
    };
    let mut lines = vec![
        words::bounded(&entry.change, LONGEST).into_owned(),
        words::bounded(&entry.consequence, LONGEST).into_owned(),
    ];
    if let Some(reached) = words::reached(entry, REACHED) {
        lines.push(format!("reached by {}", words::bounded(&reached, LONGEST)));
    }
    lines.push(format!("fingerprint {}", entry.fingerprint));
    let lines = lines.iter().filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(|line| data(&words::clean(line))).collect();
    format!(
        "::{kind} {properties}title={}::{}\n",
        property(&words::bounded(&title, 200)),
        lines.join("%0A")
    )
}

/// The escaping of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The escaping of a property.
fn property(text: &str) -> String {
    data(&words::clean(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}
