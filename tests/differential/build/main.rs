//! Generates clients of the operations of `operations.toml`, from `tests/vectors/differential.tar.gz`; or of random
//! operations of random services of a botocore, if the environment says so.

use serde_json::Value;
use smithereen_codegen::{Generator, Model, Operations, Tree};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

#[path = "../../smoke/archive.rs"]
mod archive;
mod choice;

use choice::{Choice, choose};

/// The unpacked source distribution of botocore that is chosen from.
const BOTOCORE: &str = "SMITHEREEN_DIFFERENTIAL_BOTOCORE";
/// What the choice depends on.
const SEED: &str = "SMITHEREEN_DIFFERENTIAL_SEED";
/// How many operations are chosen.
const OPERATIONS: &str = "SMITHEREEN_DIFFERENTIAL_OPERATIONS";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the clients cannot be generated\n{error}");
            ExitCode::FAILURE
        }
    }
}

/// A model of a service: where the tests find it, and its JSON.
struct Source {
    path: PathBuf,
    json: Vec<u8>,
}

fn run() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../smoke/archive.rs");
    for variable in [BOTOCORE, SEED, OPERATIONS] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let (choice, sources) = match env::var_os(BOTOCORE) {
        Some(folder) => random(Path::new(&folder), &out)?,
        None => pinned(&here, &out)?,
    };
    let patches = here.join("../../models");
    println!("cargo::rerun-if-changed={}", patches.display());
    let mut generator = Generator::new("smithereen_differential::clients");
    let mut modules = BTreeMap::new();
    for ((service, protocol), operations) in &choice {
        let source = sources.get(service).ok_or("no model of the service")?;
        let name = format!("{service}-{protocol}");
        let operations = operations.iter().map(|name| name.as_str().into()).collect();
        let operations = Operations::Named(operations);
        let mut model =
            Model::new(&name, source.json.as_slice(), operations).with_protocol(protocol);
        let patches = patches.join(service).join("patches.toml");
        if patches.exists() {
            model = model.with_patches(&fs::read_to_string(patches)?);
        }
        generator = generator.model(model);
        modules.insert(name.replace(['-', '.'], "_"), (service, protocol, source));
    }
    let generated = generator.generate()?;
    let root = out.join("clients");
    if root.exists() {
        // Those of another choice.
        fs::remove_dir_all(&root)?;
    }
    generated.tree().write(&root)?;
    let path = root.join("lib.rs");
    let mut table = format!(
        "/// The clients.\n\
         #[path = {path:?}]\npub mod clients;\n\noperations! {{\n    OPERATIONS\n"
    );
    for (path, text) in operations_of(generated.tree()) {
        let (module, _) = path.split_once('/').ok_or("no module")?;
        let found = modules
            .get(module)
            .ok_or_else(|| format!("a module `{module}`"))?;
        let (service, protocol, source) = found;
        let line = line(&path, text).ok_or_else(|| format!("no operation in `{path}`"))?;
        writeln!(
            table,
            "    {service:?} {protocol:?} {:?} {line}",
            source.path
        )?;
    }
    table.push_str("}\n");
    fs::write(out.join("clients.rs"), table)?;
    Ok(())
}

/// The files of operations.
fn operations_of(tree: &Tree) -> impl Iterator<Item = (String, &str)> {
    let files = tree
        .files()
        .filter(|(path, _)| path.contains("/operation/"));
    files.map(|(path, text)| (path.to_owned(), text))
}

/// The line of the table for the operation in this file: its type, and its errors.
fn line(path: &str, text: &str) -> Option<String> {
    let (module, file) = path.strip_suffix(".rs")?.split_once("/operation/")?;
    let (_, operation) = text.split_once("impl rt::Operation for ")?;
    let (operation, _) = operation.split_once(' ')?;
    let errors = text.lines().filter_map(|line| {
        let line = line.trim();
        line.strip_prefix(".read(Self::")?.strip_suffix(')')
    });
    let errors: Vec<&str> = errors.collect();
    Some(format!(
        "crate::clients::r#{module}::operation::r#{file}::{operation} [{}]",
        errors.join(", ")
    ))
}

/// The operations that are named here, and their models.
fn pinned(here: &Path, out: &Path) -> Result<(Choice, BTreeMap<String, Source>), Box<dyn Error>> {
    let archive = here.join("../vectors/differential.tar.gz");
    println!("cargo::rerun-if-changed={}", archive.display());
    println!("cargo::rerun-if-changed=operations.toml");
    let models = out.join("models");
    fs::create_dir_all(&models)?;
    let mut sources = BTreeMap::new();
    for (service, mut files) in archive::services(&archive)? {
        let json = files
            .remove("service-2.json")
            .ok_or("no model in the archive")?;
        let path = models.join(format!("{service}.json"));
        fs::write(&path, &json)?;
        sources.insert(service, Source { path, json });
    }
    let text = fs::read_to_string(here.join("operations.toml"))?;
    Ok((choice::read(&text)?, sources))
}

/// Random operations of the models of a botocore. The choice is written down too, in the form of `operations.toml`.
fn random(
    botocore: &Path,
    out: &Path,
) -> Result<(Choice, BTreeMap<String, Source>), Box<dyn Error>> {
    let number = |name: &str, default: u64| match env::var(name) {
        Ok(value) => value
            .parse()
            .map_err(|_| format!("{name} is `{value}`, and no number")),
        Err(_) => Ok(default),
    };
    let (seed, operations) = (number(SEED, 0)?, number(OPERATIONS, 100)?);
    let mut sources = BTreeMap::new();
    let mut models: BTreeMap<String, Value> = BTreeMap::new();
    for service in fs::read_dir(botocore.join("botocore/data"))? {
        let service = service?;
        let Some(path) = newest(&service.path())? else {
            continue;
        };
        let name = service.file_name().to_string_lossy().into_owned();
        let json = fs::read(&path)?;
        models.insert(name.clone(), serde_json::from_slice(&json)?);
        sources.insert(name, Source { path, json });
    }
    let choice = choose(&models, seed, usize::try_from(operations)?);
    fs::write(out.join("operations.toml"), choice::write(&choice))?;
    Ok((choice, sources))
}

/// The newest model in the folder of a service, if it is one of a service.
fn newest(folder: &Path) -> Result<Option<PathBuf>, Box<dyn Error>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for version in fs::read_dir(folder)? {
        let path = version?.path().join("service-2.json");
        if path.exists() {
            found.push(path);
        }
    }
    Ok(found.into_iter().max())
}
