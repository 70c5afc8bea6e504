//! Generates the smoke set from `tests/vectors/smoke.tar.gz`.

use flate2::read::GzDecoder;
use smithereen_codegen::{Generator, Model, Operations};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

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
    println!("cargo::rerun-if-changed={}", archive.display());
    println!("cargo::rerun-if-changed={}", models.display());
    // The examples in the documentation of the operations import from here.
    let mut generator = Generator::new("smithereen_smoke::smoke");
    for (service, files) in services(&archive)? {
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

/// The files of each service in the archive, by name.
type Services = BTreeMap<String, BTreeMap<String, Vec<u8>>>;

fn services(archive: &Path) -> Result<Services, Box<dyn Error>> {
    let mut services = Services::new();
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let steps: Vec<&str> = path.split('/').collect();
        // The rest is the licence.
        let [service, _, file] = steps[..] else {
            continue;
        };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let files = services.entry(service.to_owned()).or_default();
        files.insert(file.to_owned(), bytes);
    }
    Ok(services)
}
