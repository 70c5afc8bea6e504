//! `diff-ignore.toml`.

use super::sample;
use insta::assert_snapshot;
use smithereen_codegen::diff::{Date, Ignores, Review, format};
use std::path::Path;

const TODAY: Date = Date {
    year: 2026,
    month: 7,
    day: 15,
};

fn parse(toml: &str) -> Result<Ignores, String> {
    let parsed = Ignores::parse(Path::new("diff-ignore.toml"), toml);
    parsed.map_err(|error| error.to_string())
}

fn apply(toml: &str) -> Review {
    parse(toml).unwrap().apply(sample::review(), TODAY)
}

fn rule(fingerprint: &str, rest: &str) -> String {
    format!("[[ignore]]\nfingerprint = '{fingerprint}'\nreason = 'why not'\n{rest}")
}

#[test]
fn what_is_ignored_does_not_count() {
    let review = apply(&rule("member-removed-10", ""));
    assert_eq!(review.report.entries.len(), 4);
    assert_eq!(review.ignored[0].entry.subject, "Seed.Grams");
    assert_eq!(review.notes, Vec::<String>::new());
    let text = format::text(&review, 80, &|_, text| text.to_owned());
    assert!(text.contains("\n1 change ignored (1 breaking)\n"), "{text}");
    assert!(!text.contains("Seed.Grams member-removed"), "{text}");
}

#[test]
fn a_rule_holds_through_its_last_day() {
    let until = |date: &str| apply(&rule("member-removed-10", &format!("until = {date}")));
    assert_eq!(until("2026-07-15").ignored.len(), 1);
    let over = until("2026-07-14");
    assert_eq!(over.ignored.len(), 0);
    assert_eq!(
        over.notes,
        ["diff-ignore.toml:1: `member-removed-10` was ignored until 2026-07-14, and counts again"]
    );
}

#[test]
fn a_rule_that_ignores_nothing_is_noted() {
    let review = apply(&rule("member-removed-11", ""));
    assert_eq!(
        review.notes,
        [
            "diff-ignore.toml:1: no change has the fingerprint `member-removed-11` (did you mean `member-removed-10`?)"
        ]
    );
}

#[test]
fn an_empty_file_ignores_nothing() {
    assert_eq!(apply("# Nothing yet.\n"), sample::review());
}

#[test]
fn mistakes_are_said_all_at_once_each_with_its_place() {
    let toml = "\
[[ignored]]

[[ignore]]
fingerprnt = 'a'
reason = 'why not'

[[ignore]]
fingerprint = 'b'
reason = ' '
until = '2026-01-01'

[[ignore]]
fingerprint = 7
until = 2026-01-01T10:00:00

[[ignore]]
fingerprint = 'c'
reason = 'once'

[[ignore]]
fingerprint = 'c'
reason = 'twice'
";
    assert_snapshot!(parse(toml).unwrap_err());
}

#[test]
fn what_is_no_list_of_tables_says_what_to_write() {
    for toml in ["ignore = 'all'", "ignore = ['all']"] {
        let error = parse(toml).unwrap_err();
        assert!(
            error.contains("write `[[ignore]]` with `fingerprint = "),
            "{error}"
        );
    }
    let error = parse("[[ignore]").unwrap_err();
    assert!(error.contains("--> diff-ignore.toml:1:"), "{error}");
}
