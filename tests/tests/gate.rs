//! The gate: what is checked in is what the generator makes.

#![allow(clippy::unwrap_used)]

use smithereen_codegen::{Change, Generator, Status};
use std::path::Path;

fn generator() -> Generator {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Generator::from_manifest(&workspace.join("codegen.toml")).unwrap()
}

#[test]
fn the_generated_crate_is_up_to_date() {
    let generator = generator();
    let generated = generator.generate().unwrap();
    let changes = generated.tree().diff(generator.root()).unwrap();
    let drifted: Vec<String> = changes
        .iter()
        .filter(|change| change.status() != Status::Unchanged)
        .map(|change: &Change| format!("{:?}: {}", change.status(), change.path()))
        .collect();
    assert!(
        drifted.is_empty(),
        "the generated crate is not up to date; mend it with `cargo xtask codegen`\n{}",
        drifted.join("\n")
    );
    assert_eq!(changes.len(), generated.tree().files().count());
}

#[test]
fn the_client_of_one_operation_is_at_most_900_lines() {
    let generated = generator().generate().unwrap();
    let lines: usize = generated
        .tree()
        .files()
        .map(|(_, text)| text.lines().count())
        .sum();
    assert!(lines <= 900, "{lines} lines");
}
