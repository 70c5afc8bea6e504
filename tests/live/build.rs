//! Generates the clients from `tests/vectors/live.tar.gz`, with the rules of `endpoints.tar.gz`.

use flate2::read::GzDecoder;
use smithereen_codegen::{Generator, Model, Operations};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

#[path = "../smoke/archive.rs"]
mod archive;

/// Protocols other than the one that is preferred: of all services of botocore, one has only
/// rpcv2Cbor, and no server has that service.
const PROTOCOLS: &[(&str, &str)] = &[("cloudwatch", "smithy-rpc-v2-cbor")];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the clients cannot be generated\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let [models, endpoints] =
        ["live.tar.gz", "endpoints.tar.gz"].map(|file| here.join("../vectors").join(file));
    let partitions = here.join("../../models/partitions.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../smoke/archive.rs");
    for file in [&models, &endpoints, &partitions] {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let mut rules = rules(&endpoints)?;
    // The examples in the documentation of the operations import from here.
    let mut generator = Generator::new("smithereen_live::live").partitions(fs::read(partitions)?);
    for (service, mut files) in archive::services(&models)? {
        let (Some(json), Some(rules)) = (files.remove("service-2.json"), rules.remove(&service))
        else {
            return Err(format!("an archive has nothing of {service}").into());
        };
        let mut model = Model::new(&service, json, Operations::All).with_endpoint_rules(rules);
        if let Some(paginators) = files.remove("paginators-1.json") {
            model = model.with_paginators(paginators);
        }
        if let Some((_, protocol)) = PROTOCOLS.iter().find(|(name, _)| *name == service) {
            model = model.with_protocol(protocol);
        }
        generator = generator.model(model);
    }
    let root = out.join("live");
    generator.generate()?.tree().write(&root)?;
    let path = root.join("lib.rs");
    let include = format!("/// The clients.\n#[path = {path:?}]\npub mod live;\n");
    fs::write(out.join("live.rs"), include)?;
    Ok(())
}

/// The endpoint rules of all services. Of several versions the last one counts, as the archive is sorted.
fn rules(archive: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut rules = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if let ["botocore", "data", service, _, _] = path.split('/').collect::<Vec<_>>()[..] {
            let mut json = Vec::new();
            entry.read_to_end(&mut json)?;
            rules.insert(service.to_owned(), json);
        }
    }
    Ok(rules)
}
