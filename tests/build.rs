//! Generates the clients of all fixtures, so that this crate compiles them.

use smithereen_codegen::{Generator, Model, Operations};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the fixtures cannot be generated\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let fixtures = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("fixtures");
    println!("cargo::rerun-if-changed={}", fixtures.display());
    println!("cargo::rerun-if-changed=build.rs");
    // The examples in the documentation of the operations import from here.
    let mut generator = Generator::new("smithereen_tests::fixtures");
    for (name, file) in models(&fixtures)? {
        let mut model = Model::new(&name, fs::read(&file)?, Operations::All);
        let patches = file.with_extension("patches.toml");
        if patches.exists() {
            model = model.with_patches(&fs::read_to_string(patches)?);
        }
        generator = generator.model(model);
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let root = out.join("fixtures");
    generator.generate()?.tree().write(&root)?;
    let include = format!(
        "/// The clients of the fixtures.\n#[path = {:?}]\npub mod fixtures;\n",
        root.join("lib.rs"),
    );
    fs::write(out.join("fixtures.rs"), include)?;
    Ok(())
}

/// The models that can be generated, by name.
fn models(folder: &Path) -> Result<Vec<(String, PathBuf)>, Box<dyn Error>> {
    let mut models = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let (Some(stem), Some("json")) = (
            path.file_stem().and_then(|stem| stem.to_str()),
            path.extension().and_then(|extension| extension.to_str()),
        ) {
            models.push((stem.to_owned(), path.clone()));
        }
    }
    models.sort();
    Ok(models)
}
