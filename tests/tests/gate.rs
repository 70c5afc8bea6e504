//! The gate: what is checked in is what the generator makes.

use smithereen_codegen::{Change, Generator, Status};
use std::path::Path;

#[test]
fn the_generated_crate_is_up_to_date() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let generator = Generator::from_manifest(&workspace.join("codegen.toml")).unwrap();
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
