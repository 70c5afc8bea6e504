//! What is called breaking, and what is not, as the compiler and the generated code see it.

use crate::compile::{Case, broken};
use crate::fixture::{FIXTURES, Fixture};
use insta::assert_snapshot;
use smithereen_codegen::{Generator, Model, Tree};
use std::collections::BTreeMap;

/// What is generated; nothing if it cannot be as yet.
fn tree(model: Model) -> Option<Tree> {
    let generated = Generator::new("aws").model(model).generate();
    generated.ok().map(|generated| generated.tree().clone())
}

/// The fixtures that can be generated on both sides.
fn cases() -> Vec<(&'static Fixture, Case)> {
    let cases = FIXTURES.iter().filter_map(|fixture| {
        let (old, new) = (tree(fixture.before())?, tree(fixture.after())?);
        let name = fixture.name.clone();
        Some((fixture, Case { name, old, new }))
    });
    let cases: Vec<_> = cases.collect();
    assert!(
        cases.len() >= 149,
        "only {} fixtures can be generated",
        cases.len()
    );
    cases
}

/// The lines of code, without documentation, sorted: order says nothing.
fn code(tree: &Tree) -> Vec<(String, &str)> {
    let lines = tree.files().flat_map(|(path, text)| {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.starts_with("//") && !line.is_empty());
        lines.map(move |line| (path.to_owned(), line))
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    lines
}

/// What `tests/history/semver-checks changes` prints: the fixtures that cargo-semver-checks wants a major version for.
const SEMVER_CHECKS: &str = include_str!("../../fixtures/semver_checks.txt");

/// The fixtures by what the compiler and the generated code say of them.
#[test]
fn what_breaks_source_is_breaking_and_what_is_breaking_changes_code() {
    let (fixtures, cases): (Vec<_>, Vec<_>) = cases().into_iter().unzip();
    let broken = broken("changes", &cases);
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (fixture, case) in fixtures.iter().zip(&cases) {
        let source = broken.contains_key(&fixture.name);
        let changed = code(&case.old) != code(&case.new);
        if source {
            assert_eq!(
                fixture.level, "breaking",
                "{}: {}",
                fixture.name, broken[&fixture.name]
            );
        }
        match fixture.level.as_str() {
            // So that it is noticed when it is.
            "breaking" if fixture.not_generated => {
                assert!(!changed, "{} is generated now", fixture.name);
            }
            "breaking" => assert!(source || changed, "{} is a false alarm", fixture.name),
            "none" => assert!(!changed, "{} is passed over", fixture.name),
            _ => {}
        }
        let kind = match (source, changed) {
            (true, _) => "source that compiled does not",
            (false, true) => "source compiles, what is generated is different",
            (false, false) => "what is generated is the same",
        };
        groups
            .entry(format!("{}: {kind}", fixture.level))
            .or_default()
            .push(&fixture.name);
    }
    for name in SEMVER_CHECKS.lines() {
        assert!(
            broken.contains_key(name),
            "cargo-semver-checks alone finds that {name} breaks"
        );
    }
    let seen = |name: &&str| SEMVER_CHECKS.lines().any(|line| line == *name);
    let blind = broken.keys().map(String::as_str);
    let blind: Vec<&str> = blind.filter(|name| !seen(name)).collect();
    let unseen = "breaking: and cargo-semver-checks does not see it";
    groups.insert(unseen.to_owned(), blind);
    let groups = groups
        .into_iter()
        .map(|(group, names)| format!("{group}\n  {}", names.join("\n  ")));
    assert_snapshot!(groups.collect::<Vec<_>>().join("\n"));
}
