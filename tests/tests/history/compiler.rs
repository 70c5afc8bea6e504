//! Whether what compiled against a revision compiles against the next, as the compiler sees it.

use crate::archive::{self, Revision, pairs};
use crate::compile::{Case, broken};
use smithereen_codegen::Operations;
use smithereen_codegen::diff::{Level, compare};

/// Where this is set, every pair is compiled, and not only a few.
const ALL: &str = "SMITHEREEN_ALL_REVISIONS";

/// The version that each of the pairs leads to which are always compiled: the error that went, and one that changes
/// much.
const SAMPLE: [&str; 2] = ["1.17.10", "1.18.4"];

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
    let all = std::env::var_os(ALL).is_some();
    let pairs: Vec<_> = pairs()
        .filter(|(_, new)| all || SAMPLE.contains(&&*new.version))
        .collect();
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
