//! Generates the smoke set from `tests/vectors/smoke.tar.gz`.

use smithereen_codegen::{Generator, Model, Operations};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

mod archive;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the smoke set cannot be generated\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let archive = here.join("../vectors/smoke.tar.gz");
    let models = here.join("../../models");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=archive.rs");
    println!("cargo::rerun-if-changed={}", archive.display());
    println!("cargo::rerun-if-changed={}", models.display());
    // The examples in the documentation of the operations import from here.
    let mut generator = Generator::new("smithereen_smoke::smoke");
    for (service, files) in archive::services(&archive)? {
        let Some(json) = files.get("service-2.json") else {
            return Err(format!("the archive has no model of {service}").into());
        };
        let mut model = Model::new(&service, json.as_slice(), Operations::All);
        if let Some(paginators) = files.get("paginators-1.json") {
            model = model.with_paginators(paginators.as_slice());
        }
        let patches = models.join(&service).join("patches.toml");
        if patches.exists() {
            model = model.with_patches(&fs::read_to_string(patches)?);
        }
        generator = generator.model(model);
    }
    let root = out.join("smoke");
    generator.generate()?.tree().write(&root)?;
    let path = root.join("lib.rs");
    let include = format!("/// The clients.\n#[path = {path:?}]\npub mod smoke;\n");
    fs::write(out.join("smoke.rs"), include)?;
    Ok(())
}
