//! For the body of a pull request, in GitHub's Markdown (<https://github.github.com/gfm/>).

use super::words;
use crate::diff::report::{Compared, Entry, Level, Location};
use crate::diff::review::Review;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that a body may have: GitHub takes 65,536 characters, and whoever posts it may add a line.
/// The workflow hands it on in a variable of the environment, of which Linux takes 128 KiB.
pub const BODY: usize = 64_000;

/// Operations that are shown for a change, and named in a heading.
const REACHED: usize = 20;
const NAMED: usize = 3;
/// Characters of what a change is, and of what it means.
const LONGEST: usize = 1_000;
/// Services that have a row in the table.
const ROWS: usize = 50;

/// A report for the body of a pull request, of at most so many bytes: what does not fit is
/// counted, the worst is kept.
///
/// ```
/// use smithereen_codegen::diff::{Compared, Report, Review, format};
///
/// let report = Report::new(vec![Compared::new("parrots")], Vec::new());
/// let body = format::markdown(&Review::new(report), format::BODY);
/// assert!(body.starts_with("**No change for your operations.**"));
/// ```
pub fn markdown(review: &Review, most: usize) -> String {
    let before = head(review);
    let after = foot(review);
    let entries = words::worst_first(&review.report);
    let blocks: Vec<Block<'_>> = entries.iter().map(|entry| Block::of(entry)).collect();
    // Room for the line that says what was cut.
    let room = most.saturating_sub(before.len() + after.len() + 300);
    let kept = fitting(&blocks, room);
    let mut out = before;
    out.push_str(&sections(&blocks[..kept]));
    if let Some(cut) = blocks.get(kept..).filter(|cut| !cut.is_empty()) {
        out.push_str(&cut_note(cut));
    }
    out.push_str(&after);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A change, and the heading that it stands under.
struct Block<'r> {
    entry: &'r Entry,
    heading: String,
    text: String,
}

impl<'r> Block<'r> {
    fn of(entry: &'r Entry) -> Self {
        let heading = match entry.level {
            Level::Unhandled | Level::Breaking => worst_heading(entry.level).to_owned(),
            _ => operations_heading(entry),
        };
        Self {
            entry,
            heading,
            text: block(entry),
        }
    }

    /// Those that only change documentation are folded together.
    fn folded(&self) -> bool {
        self.entry.level == Level::Docs
    }
}

const FOLD: &str = "<details><summary>Documentation</summary>\n\n";
const UNFOLD: &str = "</details>\n\n";

/// How many of the blocks fit, with their headings.
fn fitting(blocks: &[Block<'_>], room: usize) -> usize {
    let mut headings = BTreeSet::new();
    let mut used = 0;
    for (index, block) in blocks.iter().enumerate() {
        used += block.text.len();
        if headings.insert((&block.heading, block.folded())) {
            used += block.heading.len() + FOLD.len() + UNFOLD.len() + 4;
        }
        if used > room {
            return index;
        }
    }
    blocks.len()
}

/// The worst on top, then by operations, with documentation folded.
fn sections(blocks: &[Block<'_>]) -> String {
    let mut out = String::new();
    for level in [Level::Breaking, Level::Unhandled] {
        let of_level = |block: &&Block<'_>| block.entry.level == level;
        if blocks.iter().any(|block| of_level(&block)) {
            out.push_str(worst_heading(level));
            out.push_str("\n\n");
            out.extend(
                blocks
                    .iter()
                    .filter(of_level)
                    .map(|block| block.text.as_str()),
            );
        }
    }
    let mut groups: BTreeMap<&str, Vec<&Block<'_>>> = BTreeMap::new();
    for block in blocks.iter().filter(|b| b.entry.level < Level::Breaking) {
        groups.entry(&block.heading).or_default().push(block);
    }
    for (heading, blocks) in groups {
        out.push_str(heading);
        out.push_str("\n\n");
        let (folded, open): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|b| b.folded());
        out.extend(open.iter().map(|block| block.text.as_str()));
        if !folded.is_empty() {
            out.push_str(FOLD);
            out.extend(folded.iter().map(|block| block.text.as_str()));
            out.push_str(UNFOLD);
        }
    }
    out
}

fn worst_heading(level: Level) -> &'static str {
    match level {
        Level::Breaking => "### Breaking",
        _ => "### Not understood: look at these yourself",
    }
}

/// `### DescribeBackupJob, ListBackupJobs`.
fn operations_heading(entry: &Entry) -> String {
    let names = entry.reached.iter().take(NAMED);
    let names: Vec<String> = names.map(|reach| code(&reach.operation)).collect();
    if names.is_empty() {
        return format!("### {}", code(&entry.service));
    }
    let more = match entry.reached.len() - names.len() {
        0 => String::new(),
        more => format!(" and {}", words::many(more, "more operation")),
    };
    format!("### {}: {}{more}", code(&entry.service), names.join(", "))
}

/// A change: what it is and what it means, and folded where it is.
fn block(entry: &Entry) -> String {
    let subject = code(&words::bounded(&entry.subject, LONGEST));
    let change = prose(&words::bounded(&entry.change, LONGEST));
    let mut out = format!("- **{}** {subject}: {change}\n", entry.level);
    if !entry.consequence.is_empty() {
        let consequence = prose(&words::bounded(&entry.consequence, LONGEST));
        out.push_str(&format!("\n  {consequence}\n"));
    }
    let reached = match entry.reached.len() {
        0 => "not reached from an operation".to_owned(),
        count => format!("reached from {}", words::many(count, "operation")),
    };
    out.push_str(&format!(
        "\n  <details><summary>{}; {reached}</summary>\n\n",
        entry.kind
    ));
    for reach in entry.reached.iter().take(REACHED) {
        let path = match reach.path.is_empty() {
            true => String::new(),
            false => format!(": {}", code(&words::bounded(&reach.path, LONGEST))),
        };
        out.push_str(&format!("  - {}{path}\n", code(&reach.operation)));
    }
    if entry.reached.len() > REACHED {
        let more = words::many(entry.reached.len() - REACHED, "more operation");
        out.push_str(&format!("  - and {more}\n"));
    }
    let mut place = |side: &str, location: &Option<Location>| {
        if let Some(location) = location {
            let place = code(&words::bounded(&words::place(location), LONGEST));
            out.push_str(&format!("  - {side}: {place}\n"));
        }
    };
    place("old", &entry.old);
    place("new", &entry.new);
    let fingerprint = code(&words::bounded(&entry.fingerprint, LONGEST));
    out.push_str(&format!(
        "  - fingerprint: {fingerprint}\n\n  </details>\n\n"
    ));
    out
}

/// The verdict, and the counts as a table.
fn head(review: &Review) -> String {
    let report = &review.report;
    let mut out = String::new();
    if report.entries.is_empty() {
        let none = words::no_change(review).replacen('n', "N", 1);
        out.push_str(&format!("**{none}.**"));
    } else {
        let counts = words::counts(report, None);
        out.push_str(&format!("**Changes for your operations: {counts}.**"));
        let version = review.suggestion().words();
        out.push_str(&format!(" Suggested version: **{version}**."));
    }
    if !review.old.is_empty() || !review.new.is_empty() {
        let (old, new) = (code(&review.old), code(&review.new));
        out.push_str(&format!(" Compared: {old} with {new}."));
    }
    out.push_str("\n\n");
    let services = &report.services;
    if services.is_empty() {
        return out;
    }
    out.push_str("| service | operations | unhandled | breaking | behaviour | additive | docs |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    let mut sorted: Vec<&Compared> = services.iter().collect();
    // Those that changed first: the rest may not be shown.
    let total = |service: &str| {
        let entries = report.entries.iter();
        entries.filter(|entry| entry.service == service).count()
    };
    sorted.sort_by_key(|service| total(&service.service) == 0);
    for service in sorted.iter().take(ROWS) {
        let counts =
            Level::ALL.map(
                |level| match words::count(report, Some(&service.service), level) {
                    0 => String::new(),
                    count => count.to_string(),
                },
            );
        let name = code(&service.service).replace('|', "\\|");
        let operations = service.operations.len();
        out.push_str(&format!(
            "| {name} | {operations} | {} |\n",
            counts.join(" | ")
        ));
    }
    out.push('\n');
    if sorted.len() > ROWS {
        let more = words::many(sorted.len() - ROWS, "more service");
        out.push_str(&format!("And {more}.\n\n"));
    }
    let few = sorted.iter().filter(|service| total(&service.service) == 0);
    for service in few.take(NAMED) {
        let why = words::unchanged(service, review);
        out.push_str(&format!("{}: {why}.\n\n", code(&service.service)));
    }
    out
}

/// What is in force, what is ignored, and what else there is to know.
fn foot(review: &Review) -> String {
    let mut out = String::new();
    let patches = review.report.services.iter().flat_map(|service| {
        let patches = service.patches.iter();
        patches.map(|patch| (&service.service, patch))
    });
    let patches: Vec<_> = patches.collect();
    if !patches.is_empty() {
        let count = words::many(patches.len(), "patch").replace("patchs", "patches");
        out.push_str(&format!("<details><summary>{count} in force</summary>\n\n"));
        for (service, patch) in patches.iter().take(ROWS) {
            out.push_str(&format!(
                "- {} {}: {}; {} ({})\n",
                code(service),
                code(&words::bounded(&patch.subject, LONGEST)),
                prose(&words::bounded(&patch.action, LONGEST)),
                prose(&words::bounded(&patch.reason, LONGEST)),
                code(&words::bounded(&patch.link, LONGEST)),
            ));
        }
        if patches.len() > ROWS {
            out.push_str(&format!("- and {} more\n", patches.len() - ROWS));
        }
        out.push_str("\n</details>\n\n");
    }
    if let Some(ignored) = words::ignored(review) {
        out.push_str(&format!("<details><summary>{ignored}</summary>\n\n"));
        for ignored in review.ignored.iter().take(ROWS) {
            let until = ignored.until.map(|date| format!(" (until {date})"));
            out.push_str(&format!(
                "- **{}** {}: {}{}\n",
                ignored.entry.level,
                code(&words::bounded(&ignored.entry.subject, 100)),
                prose(&words::bounded(&ignored.reason, 200)),
                until.unwrap_or_default(),
            ));
        }
        if review.ignored.len() > ROWS {
            out.push_str(&format!("- and {} more\n", review.ignored.len() - ROWS));
        }
        out.push_str("\n</details>\n\n");
    }
    for note in review.notes.iter().take(ROWS) {
        out.push_str(&format!("Note: {}.\n\n", prose(&words::bounded(note, 300))));
    }
    out
}

fn cut_note(cut: &[Block<'_>]) -> String {
    let counts = Level::ALL.map(|level| {
        let of_level = cut.iter().filter(|block| block.entry.level == level);
        (of_level.count(), level)
    });
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, level)| format!("{count} {level}"))
        .collect();
    format!(
        "**Not shown, because a body is bounded: {} ({}).** The worst are above; \
         `cargo xtask diff` shows all.\n\n",
        words::many(cut.len(), "more change"),
        counts.join(", ")
    )
}

/// Foreign text as a code span: in one, nothing is markup, a mention or a reference.
fn code(text: &str) -> String {
    let text = words::clean(text);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    // The fence is longer than any row of backticks within.
    let rows = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(rows.max().unwrap_or_default() + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Foreign sentences: pairs of backticks are code spans as they were meant, all other markup is
/// shown as it stands, and what could be a mention, a reference or a link is code.
fn prose(text: &str) -> String {
    let text = words::clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        // The last part of an even number stands after a backtick that has no partner.
        let alone = index + 1 == parts.len() && parts.len().is_multiple_of(2);
        match (index % 2 == 1, alone) {
            (true, true) => {
                out.push_str("&#96;");
                sentence(&mut out, part);
            }
            (true, false) => span(&mut out, part),
            (false, _) => sentence(&mut out, part),
        }
    }
    out.trim().to_owned()
}

/// A code span that does not run into one before it.
fn span(out: &mut String, text: &str) {
    if out.ends_with('`') {
        out.push_str("<!-- -->");
    }
    out.push_str(&code(text));
}

fn sentence(out: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if refers(word) {
            span(out, word);
            continue;
        }
        let mut before = ' ';
        for character in word.chars() {
            let plain = match character {
                ',' | ';' | ':' | '\'' | '"' | '(' | '/' => true,
                '-' => before.is_ascii_alphanumeric(),
                // After a number, one makes a list.
                '.' | ')' => before.is_ascii_alphabetic(),
                _ => !character.is_ascii_punctuation(),
            };
            if !plain {
                out.push('\\');
            }
            out.push(character);
            before = character;
        }
    }
}

/// Whether GitHub could make more of a word, escaped or not: `@name`, `#1`, `GH-1`, a URL, an
/// address, a commit, mathematics, an emoji.
fn refers(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let commit = |run: &str| run.len() >= 7 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    word.contains(['@', '#', '$'])
        || word.matches(':').count() > 1
        || ["gh-", "://", "www.", "mailto:", "xmpp:"]
            .iter()
            .any(|mark| lower.contains(mark))
        || word.split(|c: char| !c.is_ascii_alphanumeric()).any(commit)
}
