//! What has run, and the tables of it in the documentation.

use libtest_mimic::{Failed, Trial};
use std::fmt::Write;
use std::sync::Arc;

/// A case that has run.
#[derive(Debug)]
pub struct Ran {
    /// The row of the table that it counts in.
    pub group: String,
    /// Its name, which no other case has.
    pub name: String,
    /// Whether it passed, and what is wrong if it did not.
    pub outcome: Result<(), String>,
}

/// A case that does not pass, and why.
pub type Excuse = (&'static str, &'static str);

/// A trial for each case, one for the list of excuses, and one for the table on the page.
pub fn trials(ran: &Arc<Vec<Ran>>, excused: &'static [Excuse], table: &'static str) -> Vec<Trial> {
    let mut trials = Vec::with_capacity(ran.len() + 2);
    for (index, case) in ran.iter().enumerate() {
        let all = Arc::clone(ran);
        trials.push(Trial::test(case.name.clone(), move || {
            verdict(&all[index], excused).map_err(Failed::from)
        }));
    }
    let all = Arc::clone(ran);
    trials.push(Trial::test("every_excuse_is_of_a_case", move || {
        excuses(&all, excused).map_err(Failed::from)
    }));
    let all = Arc::clone(ran);
    trials.push(Trial::test("the_page_has_the_table", move || {
        page(&all, excused, table).map_err(Failed::from)
    }));
    trials
}

fn reason(excused: &[Excuse], name: &str) -> Option<&'static str> {
    let found = excused.iter().find(|(of, _)| *of == name);
    found.map(|(_, reason)| *reason)
}

/// A case passes, or it is excused and does not.
fn verdict(ran: &Ran, excused: &[Excuse]) -> Result<(), String> {
    match (&ran.outcome, reason(excused, &ran.name)) {
        (Ok(()), None) | (Err(_), Some(_)) => Ok(()),
        (Err(problem), None) => Err(problem.clone()),
        (Ok(()), Some(_)) => Err("it passes: take it off the list of excuses".to_owned()),
    }
}

fn excuses(ran: &[Ran], excused: &[Excuse]) -> Result<(), String> {
    let unknown = excused.iter().map(|(name, _)| *name);
    let unknown = unknown.filter(|name| !ran.iter().any(|ran| ran.name == *name));
    let unknown: Vec<_> = unknown.collect();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(format!("there are no such cases: {}", unknown.join(", "))),
    }
}

/// Compares the table with the one on the page, and puts it there if snapshots are updated.
fn page(ran: &[Ran], excused: &[Excuse], table: &str) -> Result<(), String> {
    let (start, end) = (
        format!("<!-- {table} -->\n"),
        format!("\n<!-- end of {table} -->"),
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conformance.md");
    let page = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let parts = page
        .split_once(&start)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let (before, (current, after)) = parts.ok_or("the page has no place for the table")?;
    let table = self::table(ran, excused);
    if current == table {
        return Ok(());
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        let page = [before, &start, &table, &end, after].concat();
        return std::fs::write(path, page).map_err(|error| error.to_string());
    }
    Err("mend docs/conformance.md with INSTA_UPDATE=always".to_owned())
}

/// A row for each group, and below it the excused cases by reason.
fn table(ran: &[Ran], excused: &[Excuse]) -> String {
    let mut table = "| suite | cases | passed | excused |\n| --- | --- | --- | --- |\n".to_owned();
    let mut row = |name: &str, of: &dyn Fn(&&Ran) -> bool| {
        let all = ran.iter().filter(of).count();
        let passed = ran
            .iter()
            .filter(of)
            .filter(|ran| ran.outcome.is_ok())
            .count();
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {all} | {passed} | {} |", all - passed);
    };
    let mut groups: Vec<&str> = ran.iter().map(|ran| ran.group.as_str()).collect();
    groups.dedup();
    for group in &groups {
        row(group, &|ran| ran.group == *group);
    }
    if groups.len() > 1 {
        row("all", &|_| true);
    }
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for ran in ran.iter().filter(|ran| ran.outcome.is_err()) {
        let reason = reason(excused, &ran.name).unwrap_or("not excused");
        match reasons.iter_mut().find(|(of, _)| *of == reason) {
            Some((_, names)) => names.push(&ran.name),
            None => reasons.push((reason, vec![&ran.name])),
        }
    }
    if !reasons.is_empty() {
        table.push_str("\nExcused:\n");
    }
    for (reason, names) in reasons {
        let _ = write!(table, "\n- {reason}: `{}`", names.join("`, `"));
    }
    table.trim_end().to_owned()
}
