//! `diff-ignore.toml`: changes that somebody has decided to live with.
//!
//! ```toml
//! [[ignore]]
//! fingerprint = "1f0c…"
//! reason = "nobody calls it with this member"
//! until = 2027-01-31 # optional: the last day
//! ```

use super::review::{Ignored, Review};
use crate::error::{Diagnostic, Error, Position, near_miss};
use crate::manifest::Parser;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};
use toml::value::Date;

/// The changes that do not count, by fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Ignores {
    file: PathBuf,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    fingerprint: String,
    reason: String,
    until: Option<Date>,
    position: Position,
}

const KEYS: [&str; 3] = ["fingerprint", "reason", "until"];
const SHAPE: &str = "write `[[ignore]]` with `fingerprint = \"…\"` and `reason = \"…\"`";

impl Ignores {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read; everything that is wrong with it.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(file).map_err(|error| {
            Diagnostic::new(format!("cannot read what to ignore: {error}")).file(file)
        })?;
        Self::parse(file, &text)
    }

    /// The same from memory; the file is for messages.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Error> {
        let mut parser = Parser::new(file, text);
        let rules = rules(&mut parser);
        if parser.problems.is_empty() {
            return Ok(Self {
                file: file.to_owned(),
                rules,
            });
        }
        Err(parser.problems.into())
    }

    /// Takes what is ignored today out of a report, and notes which rules do nothing any more.
    #[must_use]
    pub fn apply(&self, mut review: Review, today: Date) -> Review {
        for rule in &self.rules {
            let matches = |fingerprint: &str| fingerprint == rule.fingerprint;
            let entries = &mut review.report.entries;
            if !entries.iter().any(|entry| matches(&entry.fingerprint)) {
                let near = near_miss(
                    &rule.fingerprint,
                    entries.iter().map(|entry| entry.fingerprint.as_str()),
                );
                let near = near.map(|near| format!(" ({near})")).unwrap_or_default();
                review.notes.push(format!(
                    "{}: no change has the fingerprint `{}`{near}",
                    self.place(rule),
                    rule.fingerprint,
                ));
                continue;
            }
            if let Some(until) = rule.until.filter(|until| *until < today) {
                review.notes.push(format!(
                    "{}: `{}` was ignored until {until}, and counts again",
                    self.place(rule),
                    rule.fingerprint,
                ));
                continue;
            }
            let ignored = entries.extract_if(.., |entry| matches(&entry.fingerprint));
            review.ignored.extend(ignored.map(|entry| Ignored {
                entry,
                reason: rule.reason.clone(),
                until: rule.until,
            }));
        }
        review
    }

    fn place(&self, rule: &Rule) -> String {
        format!("{}:{}", self.file.display(), rule.position.line)
    }
}

fn rules(parser: &mut Parser<'_>) -> Vec<Rule> {
    let Some(table) = parser.document() else {
        return Vec::new();
    };
    let table = table.get_ref();
    parser.known_keys(table, &["ignore"]);
    let Some(value) = table.get("ignore") else {
        return Vec::new();
    };
    let DeValue::Array(items) = value.get_ref() else {
        parser.problem(
            value.span(),
            "`ignore` is a list of tables",
            Some(SHAPE.to_owned()),
        );
        return Vec::new();
    };
    let mut rules: Vec<Rule> = Vec::new();
    for item in items.iter() {
        let DeValue::Table(entry) = item.get_ref() else {
            parser.problem(
                item.span(),
                "what is ignored is a table",
                Some(SHAPE.to_owned()),
            );
            continue;
        };
        let before = parser.problems.len();
        parser.known_keys(entry, &KEYS);
        let misspelt = parser.problems.len() > before;
        let mut text = |key: &str, why: &str| {
            let found = parser.string(entry, key);
            match &found {
                Some(found) if !found.name.trim().is_empty() => {}
                Some(_) => parser.problem(
                    item.span(),
                    format!("the {key} is empty"),
                    Some(why.to_owned()),
                ),
                // A misspelt key has been reported already.
                None if misspelt || entry.contains_key(key) => {}
                None => parser.problem(
                    item.span(),
                    format!("there is no {key}"),
                    Some(why.to_owned()),
                ),
            }
            found.map(|found| found.name)
        };
        let fingerprint = text("fingerprint", "every format of `cargo xtask diff` shows it");
        let reason = text("reason", "say why the change does not matter here");
        let until = until(parser, entry);
        let (Some(fingerprint), Some(reason)) = (fingerprint, reason) else {
            continue;
        };
        if rules.iter().any(|known| known.fingerprint == fingerprint) {
            let message = format!("`{fingerprint}` is ignored twice");
            parser.problem(item.span(), message, None);
        }
        rules.push(Rule {
            fingerprint,
            reason,
            until,
            position: Position::of_offset(parser.text, item.span().start),
        });
    }
    rules
}

/// The end date, a local date of TOML.
fn until(parser: &mut Parser<'_>, entry: &DeTable<'_>) -> Option<Date> {
    let value = entry.get("until")?;
    match value.get_ref() {
        DeValue::Datetime(datetime) if datetime.time.is_none() && datetime.offset.is_none() => {
            datetime.date
        }
        _ => {
            let help = "write `until = 2027-01-31`, without quotes";
            parser.problem(value.span(), "`until` is a date", Some(help.to_owned()));
            None
        }
    }
}
