//! What is said of each revision.

use crate::archive::pairs;
use insta::assert_snapshot;
use smithereen_codegen::Operations;
use smithereen_codegen::diff::{Level, compare};
use std::fmt::Write;

#[test]
fn what_is_said_of_each_revision() {
    let mut text = String::new();
    for (old, new) in pairs() {
        let report = compare(&[old.model(Operations::All)], &[new.model(Operations::All)]).unwrap();
        writeln!(text, "{}: {}", new.version, report.bump()).unwrap();
        for entry in report
            .entries
            .iter()
            .filter(|entry| entry.level != Level::Docs)
        {
            writeln!(text, "  {} {} {}", entry.level, entry.kind, entry.subject).unwrap();
        }
        writeln!(text, "  and {} of documentation", report.count(Level::Docs)).unwrap();
    }
    assert_snapshot!(text);
}
