//! One fixture for each kind of change.

use crate::fixture::FIXTURES;
use insta::assert_snapshot;
use smithereen_codegen::diff::Level;
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
