//! The same models and the same wishes give the same bytes, and more wishes only add to them.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use serde_json::value::RawValue;
use smithereen_codegen::{Generator, Model, Named, Operations, Tree};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const MODEL: &str = include_str!("../../models/backup/2018-11-15/service-2.json");

static SLICE: LazyLock<Tree> = LazyLock::new(|| generate(MODEL, named(&["DescribeBackupJob"])));
static ALL: LazyLock<Tree> = LazyLock::new(|| generate(MODEL, Operations::All));

fn generate(model: &str, operations: Operations) -> Tree {
    let model = Model::new("backup", model, operations);
    let generated = Generator::new("smithereen_aws").model(model).generate();
    generated
        .map(|generated| generated.tree().clone())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn named(operations: &[&str]) -> Operations {
    Operations::Named(operations.iter().map(|name| Named::from(*name)).collect())
}

/// An object whose entries are in the order of their names, or in the reverse of it. The entries
/// themselves keep their text, and so the order of members.
fn ordered(object: &str, reverse: bool) -> String {
    let entries: BTreeMap<&str, &RawValue> = serde_json::from_str(object).unwrap();
    let mut texts: Vec<_> = entries
        .iter()
        .map(|(name, value)| format!("{name:?}:{value}"))
        .collect();
    if reverse {
        texts.reverse();
    }
    format!("{{{}}}", texts.join(","))
}

/// The model with its operations, its shapes and its own keys in another order.
fn reordered(reverse: bool) -> String {
    let keys: BTreeMap<&str, &RawValue> = serde_json::from_str(MODEL).unwrap();
    let texts: Vec<_> = keys
        .iter()
        .map(|(name, value)| match *name {
            "operations" | "shapes" => format!("{name:?}:{}", ordered(value.get(), reverse)),
            _ => format!("{name:?}:{value}"),
        })
        .collect();
    ordered(&format!("{{{}}}", texts.join(",")), reverse)
}

/// Compares file by file, so that a failure shows a file and not all of them.
fn assert_same(left: &Tree, right: &Tree) {
    let paths = |tree: &Tree| {
        tree.files()
            .map(|(path, _)| path.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(left), paths(right));
    for (path, text) in left.files() {
        assert_eq!(Some(text), right.get(path), "{path}");
    }
}

/// Whether the lines of `old` are all in `new`, in their order.
fn only_adds(old: &str, new: &str) -> bool {
    let mut new = new.lines();
    old.lines()
        .all(|line| new.any(|candidate| candidate == line))
}

#[test]
fn twice_is_the_same() {
    assert_same(&SLICE, &generate(MODEL, named(&["DescribeBackupJob"])));
    assert_same(&ALL, &generate(MODEL, Operations::All));
}

#[test]
fn the_order_of_shapes_and_operations_in_the_model_does_not_matter() {
    let (forward, backward) = (reordered(false), reordered(true));
    assert_ne!(forward, backward);
    for model in [forward, backward] {
        assert_same(&SLICE, &generate(&model, named(&["DescribeBackupJob"])));
        assert_same(&ALL, &generate(&model, Operations::All));
    }
}

#[test]
fn the_order_of_the_wished_operations_does_not_matter() {
    let names = [
        "DescribeBackupJob",
        "ListBackupJobs",
        "StartBackupJob",
        "GetBackupPlan",
    ];
    let expected = generate(MODEL, named(&names));
    let mut names = names;
    names.reverse();
    assert_same(&expected, &generate(MODEL, named(&names)));
    names.rotate_left(1);
    assert_same(&expected, &generate(MODEL, named(&names)));
}

#[test]
fn another_operation_only_adds() {
    let others = [
        // Takes a lifecycle, which the slice only reads.
        "StartBackupJob",
        // Shares most of its types with the slice.
        "ListBackupJobs",
        "UpdateRecoveryPointLifecycle",
        "CreateBackupPlan",
        "DescribeRecoveryPoint",
    ];
    for other in others {
        let more = generate(MODEL, named(&["DescribeBackupJob", other]));
        assert!(more.files().count() > SLICE.files().count(), "{other}");
        for (path, text) in SLICE.files() {
            let new = more
                .get(path)
                .unwrap_or_else(|| panic!("{other} removes {path}"));
            assert!(only_adds(text, new), "{other} changes {path}:\n{new}");
        }
    }
}

#[test]
fn all_operations_add_to_each_one() {
    for (path, text) in SLICE.files() {
        assert!(only_adds(text, ALL.get(path).unwrap_or_default()), "{path}");
    }
}

#[test]
fn files_of_shapes_are_the_same_in_every_slice() {
    let lists = [
        "lib.rs",
        "backup/operation.rs",
        "backup/types.rs",
        "backup/types/error.rs",
    ];
    for (path, text) in SLICE.files().filter(|(path, _)| !lists.contains(path)) {
        assert_eq!(Some(text), ALL.get(path), "{path}");
    }
}
