//! What changes in what is generated.

use crate::archive::{self, Revision, pairs};
use crate::closure::{Touch, touch, with_additions, without_docs};
use crate::lines::{Lines, is_comment};
use smithereen_codegen::{Model, Named, Operations, Tree};

/// The client of one operation, from the model alone.
fn slice(revision: &Revision) -> Tree {
    let operations = Operations::Named(vec![Named::from(OPERATION)]);
    archive::generate(Model::new(
        "backup",
        revision.json().to_string(),
        operations,
    ))
}

/// The operation that the project began with.
pub const OPERATION: &str = "DescribeBackupJob";

fn pairs_that(are: Touch) -> Vec<(&'static Revision, &'static Revision)> {
    let found: Vec<_> = pairs()
        .filter(|(old, new)| touch(&old.json(), &new.json(), OPERATION) == are)
        .collect();
    assert!(!found.is_empty());
    found
}

#[test]
fn a_revision_that_does_not_touch_the_closure_changes_no_byte() {
    for (old, new) in pairs_that(Touch::Untouched) {
        let lines = Lines::between(&slice(old), &slice(new));
        assert_eq!(lines.files, 0, "{}: {lines:#?}", new.version);
    }
}

#[test]
fn a_revision_of_documentation_changes_comments_only() {
    for (old, new) in pairs_that(Touch::Docs) {
        let lines = Lines::between(&slice(old), &slice(new));
        let changed = lines.added.iter().chain(&lines.removed);
        let code: Vec<_> = changed.filter(|line| !is_comment(line)).collect();
        assert!(code.is_empty(), "{}: {code:#?}", new.version);
    }
}

/// By version, what each pair of trees has that the second one of it does not have.
fn removed(of: impl Iterator<Item = (&'static Revision, Lines)>) -> String {
    let lines = of.flat_map(|(new, lines)| {
        let line = |(path, line): (String, String)| format!("{} {path}: {line}\n", new.version);
        lines.removed.into_iter().map(line)
    });
    lines.collect()
}

#[test]
fn what_a_revision_adds_adds_lines_and_changes_none() {
    let mut added = 0;
    let found = pairs().map(|(old, new)| {
        let more = with_additions(&old.json(), &new.json()).to_string();
        let more = archive::generate(old.model_of(more.into(), Operations::All));
        let lines = Lines::between(&old.tree(Operations::All), &more);
        added += lines.added.len();
        (new, lines)
    });
    assert_eq!(removed(found), "");
    assert!(added > 20_000, "only {added} lines are added in all");
}

#[test]
fn a_revision_that_only_adds_changes_comments_but_no_code() {
    let only_adds = |(old, new): &(&Revision, &Revision)| {
        let more = with_additions(&old.json(), &new.json());
        without_docs(&more) == without_docs(&new.json())
    };
    let found: Vec<_> = pairs().filter(only_adds).collect();
    assert_eq!(found.len(), 37);
    let found = found.into_iter().map(|(old, new)| {
        // Paginators and endpoint rules change on their own.
        let more = archive::generate(old.model_of(new.json().to_string().into(), Operations::All));
        let mut lines = Lines::between(&old.tree(Operations::All), &more);
        lines.removed.retain(|line| !is_comment(line));
        (new, lines)
    });
    assert_eq!(removed(found), "");
}
