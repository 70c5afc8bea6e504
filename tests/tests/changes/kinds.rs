//! One fixture for each kind of change.

use crate::fixture::FIXTURES;
use crate::page;
use insta::assert_snapshot;
use smithereen_codegen::diff::Level;
use std::collections::BTreeMap;
use std::fmt::Write;

#[test]
fn each_change_has_the_level_that_it_should_have() {
    let mut wrong = String::new();
    for fixture in FIXTURES.iter() {
        let found = fixture.report().worst().map_or("none", Level::name);
        if found != fixture.level {
            writeln!(wrong, "{}: {found}, not {}", fixture.name, fixture.level).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_is_said_of_each_change() {
    let mut text = String::new();
    for fixture in FIXTURES.iter() {
        writeln!(text, "{}", fixture.name).unwrap();
        for entry in fixture.report().entries {
            writeln!(text, "  {} {} {}", entry.level, entry.kind, entry.subject).unwrap();
        }
    }
    assert_snapshot!(text);
}

#[test]
fn the_page_has_the_rules_and_the_changes_that_happened() {
    let mut rules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut happened = String::from("| fixture | level | where |\n| --- | --- | --- |\n");
    for fixture in FIXTURES.iter() {
        if let Some(rule) = &fixture.rule {
            rules.entry(rule).or_default().push(&fixture.name);
        }
        if let Some(source) = &fixture.source {
            writeln!(
                happened,
                "| `{}` | {} | {source} |",
                fixture.name, fixture.level
            )
            .unwrap();
        }
    }
    let mut table = String::from("| rule of smithy-diff | fixtures |\n| --- | --- |\n");
    for (rule, fixtures) in rules {
        writeln!(table, "| {rule} | {} |", fixtures.join(", ")).unwrap();
    }
    page::compare("rules", &table);
    page::compare("happened", &happened);
}
