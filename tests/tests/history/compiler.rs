//! Whether what compiled against a revision compiles against the next, as the compiler sees it.

use crate::archive::{self, REVISIONS, Revision, pairs};
use crate::compile::{Case, broken};
use smithereen_codegen::Operations;
use smithereen_codegen::diff::{Level, compare};

/// Where this is set, every pair is compiled, and not only a few.
const ALL: &str = "SMITHEREEN_ALL_REVISIONS";

/// What is always compiled, from and to: the error that went, and two leaps over everything since. What a revision in
/// between had and took away again is for the pairs to find.
const LEAPS: [(&str, &str); 3] = [
    ("1.16.14", "1.17.10"),
    ("1.17.10", "1.33.0"),
    ("1.33.0", "1.44.5"),
];

fn chosen() -> Vec<(&'static Revision, &'static Revision)> {
    if std::env::var_os(ALL).is_some() {
        return pairs().collect();
    }
    let revision = |version: &str| {
        REVISIONS
            .iter()
            .find(|revision| revision.version == version)
            .unwrap()
    };
    LEAPS
        .map(|(old, new)| (revision(old), revision(new)))
        .into()
}

fn case((old, new): (&Revision, &Revision)) -> Case {
    let name = format!("to_{}", new.version.replace('.', "_"));
    let tree =
        |revision: &Revision| archive::generate(revision.model_called(&name, Operations::All));
    Case {
        old: tree(old),
        new: tree(new),
        name,
    }
}

#[test]
fn source_breaks_where_the_report_says_so() {
    let pairs = chosen();
    let cases: Vec<Case> = pairs.iter().map(|pair| case(*pair)).collect();
    let broken = broken("history", &cases);
    for ((old, new), case) in pairs.into_iter().zip(&cases) {
        let report = compare(&[old.model(Operations::All)], &[new.model(Operations::All)]).unwrap();
        // In this history nothing breaks on the wire alone.
        let breaking = report.worst() >= Some(Level::Breaking);
        assert_eq!(
            breaking,
            broken.contains_key(&case.name),
            "{}: {:?}",
            new.version,
            broken.get(&case.name)
        );
    }
}
