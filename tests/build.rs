//! Generates the clients of all fixtures, one of all of AWS Backup, and some endpoint rules of AWS,
//! so that this crate compiles them.

use flate2::read::GzDecoder;
use smithereen_codegen::{Generator, Model, Operations, Tree};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

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
    let tests = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    fixtures(&tests.join("fixtures"), &out)?;
    whole(&tests.join("../models"), &out)?;
    endpoints(&tests, &out)
}

fn fixtures(fixtures: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", fixtures.display());
    // The examples in the documentation of the operations import from here.
    let mut generator = Generator::new("smithereen_tests::fixtures");
    for (name, file) in models(fixtures)? {
        let mut model = Model::new(&name, fs::read(&file)?, Operations::All);
        let patches = file.with_extension("patches.toml");
        if patches.exists() {
            model = model.with_patches(&fs::read_to_string(patches)?);
        }
        let paginators = file.with_extension("paginators.json");
        if paginators.exists() {
            model = model.with_paginators(fs::read(paginators)?);
        }
        let rules = file.with_extension("endpoint-rule-set.json");
        if rules.exists() {
            model = model.with_endpoint_rules(fs::read(rules)?);
        }
        generator = generator.model(model);
    }
    include(
        "fixtures",
        "The clients of the fixtures.",
        generator.generate()?.tree(),
        out,
        "",
    )
}

/// The model of AWS Backup, below the root of the workspace.
const WHOLE: &str = "models/backup/2018-11-15/service-2.json";

/// AWS Backup, every operation of it, and a table of them for the tests that go through all.
fn whole(models: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", models.display());
    let file = |name: &str| fs::read(models.join("backup/2018-11-15").join(name));
    let model = Model::new("backup", file("service-2.json")?, Operations::All)
        .with_paginators(file("paginators-1.json")?)
        .with_endpoint_rules(file("endpoint-rule-set-1.json")?);
    let generator = Generator::new("smithereen_tests::whole")
        .model(model)
        .partitions(fs::read(models.join("partitions.json"))?);
    let generated = generator.generate()?;
    let lines: String = generated.tree().files().filter_map(line).collect();
    fs::write(
        out.join("operations.rs"),
        format!("operations! {{\n    BACKUP\n{lines}}}\n"),
    )?;
    include("whole", "All of AWS Backup.", generated.tree(), out, "")
}

/// The line of the table for the operation in this file: its module, its type, and its errors.
fn line((path, text): (&str, &str)) -> Option<String> {
    let module = path
        .strip_prefix("backup/operation/")?
        .strip_suffix(".rs")?;
    let (_, operation) = text.split_once("impl rt::Operation for ")?;
    let (operation, _) = operation.split_once(' ')?;
    let errors = text.lines().filter_map(|line| {
        let error = line.trim().strip_prefix(".read(Self::")?;
        error.strip_suffix(')')
    });
    let errors: Vec<&str> = errors.collect();
    let path = format!("smithereen_tests::whole::backup::operation::{module}::{operation}");
    Some(format!(
        "    \"backup\" \"rest-json\" {WHOLE:?} {path} [{}]\n",
        errors.join(", ")
    ))
}

/// Writes what is generated, and the module that the library includes.
fn include(
    name: &str,
    docs: &str,
    tree: &Tree,
    out: &Path,
    more: &str,
) -> Result<(), Box<dyn Error>> {
    let root = out.join(name);
    tree.write(&root)?;
    let path = root.join("lib.rs");
    let include = format!("/// {docs}\n#[path = {path:?}]\npub mod {name};\n{more}");
    fs::write(out.join(format!("{name}.rs")), include)?;
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
            // `pages.paginators.json` belongs to `pages.json`.
            if !stem.contains('.') {
                models.push((stem.to_owned(), path.clone()));
            }
        }
    }
    models.sort();
    Ok(models)
}

/// The services whose endpoint rules are compiled: the one that is generated, the largest, and
/// those that are unlike others.
const COMPILED: &[&str] = &[
    "backup",
    "dynamodb",
    "iam",
    "kinesis",
    "s3",
    "s3control",
    "sts",
];

/// A service that has nothing but endpoint rules.
const SERVICE: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
    "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
  },
  "operations": {
    "Greet": { "name": "Greet", "http": { "method": "GET", "requestUri": "/greeting" } }
  },
  "shapes": {}
}"#;

fn endpoints(tests: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let archive = tests.join("vectors/endpoints.tar.gz");
    let partitions = tests.join("../models/partitions.json");
    println!("cargo::rerun-if-changed={}", archive.display());
    println!("cargo::rerun-if-changed={}", partitions.display());
    let mut generator =
        Generator::new("smithereen_tests::endpoints").partitions(fs::read(partitions)?);
    // Of a service with several versions the last one counts, as the archive is sorted.
    let mut found = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let Some(name) = compiled(&path) else {
            continue;
        };
        let mut json = Vec::new();
        entry.read_to_end(&mut json)?;
        found.insert(name, (path, json));
    }
    let mut list = String::new();
    for (name, (path, json)) in found {
        let model = Model::new(&name, SERVICE, Operations::All);
        generator = generator.model(model.with_endpoint_rules(json));
        let service = format!("endpoints::{name}::Service");
        writeln!(
            list,
            "    ({path:?}, <{service} as {RUNTIME}::Endpoints>::RULES),"
        )?;
    }
    let list = format!(
        "\n/// Endpoint rules that are compiled, by their files.\n\
         pub const ENDPOINT_RULES: &[(&str, &{RUNTIME}::RuleSet<'static>)] = &[\n{list}];\n"
    );
    include(
        "endpoints",
        "Services that have endpoint rules.",
        generator.generate()?.tree(),
        out,
        &list,
    )
}

const RUNTIME: &str = "smithereen_runtime::endpoint";

/// The name of the service that a file of the archive is compiled as, if it is.
fn compiled(path: &str) -> Option<String> {
    let rules = "tests/unit/data/endpoints/valid-rules/";
    if let Some(name) = path.strip_prefix(rules) {
        let name = name.strip_suffix(".json")?.replace('-', "_");
        return Some(format!("valid_{name}"));
    }
    let service = path.strip_prefix("botocore/data/")?;
    let (service, _) = service.split_once('/')?;
    COMPILED.contains(&service).then(|| service.to_owned())
}
