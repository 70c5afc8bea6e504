//! For a terminal.

use super::words;
use crate::diff::report::{Compared, Entry, Level};
use crate::diff::review::Review;

/// How a piece of text is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The name of a level.
    Level(Level),
    /// What a paragraph is about.
    Title,
    /// What is looked at last.
    Faint,
}

/// Operations that are shown for a change.
const REACHED: usize = 1;
/// Services without changes that get a line each.
const QUIET: usize = 8;
/// Characters of what a change is, and of what it means.
const LONGEST: usize = 1_000;

/// A report for a terminal of so many columns; `paint` marks what stands out.
///
/// ```
/// use smithereen_codegen::diff::{Compared, Report, Review, format};
///
/// let report = Report::new(vec![Compared::new("parrots")], Vec::new());
/// let text = format::text(&Review::new(report), 80, &|_, text| text.to_owned());
/// assert!(text.starts_with("parrots: no change for your operations"));
/// ```
pub fn text(review: &Review, columns: usize, paint: &dyn Fn(Mark, &str) -> String) -> String {
    let mut page = Page {
        out: String::new(),
        columns: columns.max(40),
        paint,
    };
    let services = &review.report.services;
    let changed = |service: &&Compared| {
        let mut entries = review.report.entries.iter();
        entries.any(|entry| entry.service == service.service)
    };
    let (loud, quiet): (Vec<_>, Vec<_>) = services.iter().partition(changed);
    for service in loud {
        page.service(review, service);
    }
    page.quiet(review, &quiet);
    page.end(review);
    page.out
}

struct Page<'p> {
    out: String,
    columns: usize,
    paint: &'p dyn Fn(Mark, &str) -> String,
}

impl Page<'_> {
    fn service(&mut self, review: &Review, service: &Compared) {
        let name = words::clean(&service.service);
        let counts = words::counts(&review.report, Some(&service.service));
        let title = (self.paint)(Mark::Title, &name);
        self.out.push_str(&format!("{title}: {counts}\n"));
        let entries = words::worst_first(&review.report).into_iter();
        for entry in entries.filter(|entry| entry.service == service.service) {
            self.entry(entry);
        }
        self.patches(service);
        self.out.push('\n');
    }

    fn entry(&mut self, entry: &Entry) {
        let level = (self.paint)(Mark::Level(entry.level), &entry.level.to_string());
        let subject = words::clean(&entry.subject);
        let subject = (self.paint)(Mark::Title, &words::bounded(&subject, LONGEST));
        let kind = (self.paint)(Mark::Faint, entry.kind);
        self.out
            .push_str(&format!("\n  {level} {subject} {kind}\n"));
        self.words("", &entry.change);
        self.words("=> ", &entry.consequence);
        if let Some(reached) = words::reached(entry, REACHED) {
            self.words("reached by ", &reached);
        }
        let places = [("old", &entry.old), ("new", &entry.new)];
        for (side, location) in places {
            if let Some(location) = location {
                let place = words::place(location);
                self.faint(&format!("{side} {}", words::clean(&place)));
            }
        }
        self.faint(&format!("fingerprint {}", words::clean(&entry.fingerprint)));
    }

    fn patches(&mut self, service: &Compared) {
        if service.patches.is_empty() {
            return;
        }
        let count = match service.patches.len() {
            1 => "1 patch is in force".to_owned(),
            count => format!("{count} patches are in force"),
        };
        self.out.push_str(&format!("\n  {count}\n"));
        for patch in &service.patches {
            let action = format!("{}: {}; {}", patch.subject, patch.action, patch.reason);
            self.words("", &action);
            self.faint(&words::clean(&patch.link));
        }
    }

    /// A paragraph, which a word at the start may introduce.
    fn words(&mut self, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let cleaned = words::clean(text);
        let text = words::bounded(&cleaned, LONGEST);
        let indent = 4 + label.chars().count();
        let mut lines = wrap(&text, self.columns.saturating_sub(indent).max(20)).into_iter();
        let first = lines.next().unwrap_or_default();
        self.out.push_str(&format!("    {label}{first}\n"));
        for line in lines {
            self.out
                .push_str(&format!("{:indent$}{line}\n", "", indent = indent));
        }
    }

    /// A line that is not broken, so that it can be clicked on or copied.
    fn faint(&mut self, text: &str) {
        let line = (self.paint)(Mark::Faint, text);
        self.out.push_str(&format!("    {line}\n"));
    }

    /// Services without changes: a line each if they are few, else one for all.
    fn quiet(&mut self, review: &Review, services: &[&Compared]) {
        if services.len() > QUIET {
            let same = services.iter().filter(|service| service.identical).count();
            let what = match review.report.entries.is_empty() {
                true => "service",
                false => "other service",
            };
            let all = words::many(services.len(), what);
            let none = words::no_change(review);
            self.out.push_str(&format!(
                "{all}: {none}; {same} of the models are the same\n"
            ));
            return;
        }
        for service in services {
            let title = (self.paint)(Mark::Title, &words::clean(&service.service));
            let why = words::unchanged(service, review);
            self.out.push_str(&format!("{title}: {why}\n"));
            self.patches(service);
        }
    }

    fn end(&mut self, review: &Review) {
        if let Some(ignored) = words::ignored(review) {
            self.out.push_str(&ignored);
            self.out.push('\n');
        }
        for note in &review.notes {
            let note = words::clean(note);
            self.out.push_str(&format!("note: {note}\n"));
        }
        if !review.report.entries.is_empty() {
            let version = review.suggestion().words();
            let label = (self.paint)(Mark::Title, "suggested version");
            self.out.push_str(&format!("{label}: {version}\n"));
        }
    }
}

/// Breaks text between words; a word that is longer than a line stays whole.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if width + 1 + length <= columns => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                width = length;
            }
        }
    }
    lines
}
