//! The table in the documentation.

use super::{Ran, excused};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Compares the table with the one on the page, and puts it there if snapshots are updated.
pub fn check(ran: &[Ran]) -> Result<(), String> {
    const START: &str = "<!-- protocols -->\n";
    const END: &str = "\n<!-- end of protocols -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conformance.md");
    let page = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let parts = page
        .split_once(START)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let (before, (current, after)) = parts.ok_or("the page has no place for the table")?;
    let table = table(ran);
    if current == table {
        return Ok(());
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        let page = [before, START, &table, END, after].concat();
        return std::fs::write(path, page).map_err(|error| error.to_string());
    }
    Err("mend docs/conformance.md with INSTA_UPDATE=always".to_owned())
}

fn table(ran: &[Ran]) -> String {
    let mut files: BTreeMap<&str, Vec<&Ran>> = BTreeMap::new();
    for ran in ran {
        files.entry(&ran.file).or_default().push(ran);
    }
    let mut table = "| suite | cases | passed | excused |\n| --- | --- | --- | --- |\n".to_owned();
    let passed = |ran: &[&Ran]| ran.iter().filter(|ran| ran.outcome.is_ok()).count();
    let mut row = |name: &str, ran: &[&Ran]| {
        let (all, passed) = (ran.len(), passed(ran));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {all} | {passed} | {} |", all - passed);
    };
    for (file, ran) in &files {
        row(&format!("`{file}`"), ran);
    }
    row("all", &ran.iter().collect::<Vec<_>>());
    table.push_str("\nWhat is excused, and why:\n");
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for ran in ran.iter().filter(|ran| ran.outcome.is_err()) {
        let reason = excused::reason(&ran.name).unwrap_or("not yet");
        match reasons.iter_mut().find(|(of, _)| *of == reason) {
            Some((_, names)) => names.push(&ran.name),
            None => reasons.push((reason, vec![&ran.name])),
        }
    }
    for (reason, names) in reasons {
        let _ = write!(table, "\n- {reason}: `{}`", names.join("`, `"));
    }
    table
}
