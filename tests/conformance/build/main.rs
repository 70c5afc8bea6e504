//! Generates a client of each suite of protocol vectors, of the services of which there are responses, and of
//! the operations that cases of endpoint rules call.

mod called;
mod real;
mod suites;

use flate2::read::GzDecoder;
use smithereen_codegen::Tree;
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
    let vectors = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../vectors");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let archive = |name: &str| vectors.join(name);
    println!("cargo::rerun-if-changed=build");
    for name in [
        "called.tar.gz",
        "endpoints.tar.gz",
        "models.tar.gz",
        "protocols.tar.gz",
    ] {
        println!("cargo::rerun-if-changed={}", archive(name).display());
    }
    let partitions = vectors.join("../../models/partitions.json");
    println!("cargo::rerun-if-changed={}", partitions.display());
    called::generate(
        &archive("called.tar.gz"),
        &archive("endpoints.tar.gz"),
        &partitions,
        &out,
    )?;
    suites::generate(&archive("protocols.tar.gz"), &out)?;
    real::generate(
        &archive("protocols.tar.gz"),
        &archive("models.tar.gz"),
        &out,
    )
}

/// The files of an archive below a folder, by what is left of their paths.
fn files(archive: &Path, folder: &str) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if let Some(name) = path.strip_prefix(folder) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(name.to_owned(), bytes);
        }
    }
    Ok(files)
}

/// Writes a tree, and what the library includes of it: a table of the operations by the names that `name`
/// gives them, with whether a client of theirs sends something, and the members of their errors.
fn write(
    tree: &Tree,
    out: &Path,
    module: &str,
    constant: &str,
    name: impl Fn(&str, &str) -> Option<(String, bool)>,
    more: &str,
) -> Result<(), Box<dyn Error>> {
    tree.write(&out.join(module))?;
    let mut table = String::new();
    let mut errors = String::new();
    for (path, text) in tree.files() {
        let Some((service, operation)) = path.split_once("/operation/") else {
            continue;
        };
        let file = operation.strip_suffix(".rs").ok_or("no Rust")?;
        let (_, ty) = text.split_once("impl rt::Operation for ").ok_or("none")?;
        let (ty, _) = ty.split_once(' ').ok_or("no name")?;
        let path = format!("{module}::{service}::operation::{file}::{ty}");
        let (id, sent) = name(service, ty).ok_or("an operation that nobody asked for")?;
        if sent {
            writeln!(table, "    #[cfg(feature = \"blocking\")]")?;
            writeln!(
                table,
                "    ({id:?}, &Of::<{path}>::sent_by(client::send::<{path}>)),"
            )?;
            writeln!(table, "    #[cfg(not(feature = \"blocking\"))]")?;
        }
        writeln!(table, "    ({id:?}, &Of::<{path}>::NEW),")?;
        let variants: Vec<&str> = text.lines().filter_map(variant).collect();
        // Those that the operation names have variants.
        let exceptions = exceptions(tree, service).filter(|name| !variants.contains(name));
        let exceptions: Vec<String> = exceptions
            .map(|name| format!("{module}::{service}::types::error::{name}"))
            .collect();
        let (variants, exceptions) = (variants.join(", "), exceptions.join(", "));
        writeln!(errors, "    {path}Error [{variants}] [{exceptions}]")?;
    }
    let lib = out.join(module).join("lib.rs");
    let text = format!(
        "/// The generated clients.\n#[path = {lib:?}]\npub mod {module};\n\n\
         /// Their operations, by name.\npub const {constant}: &[(&str, &dyn Operation)] = &[\n{table}];\n\n\
         errors! {{\n{errors}}}\n\n{more}"
    );
    fs::write(out.join(format!("{module}.rs")), text)?;
    Ok(())
}

/// The variant of an error that a line of the table of errors is for.
fn variant(line: &str) -> Option<&str> {
    let variant = line.trim().strip_prefix(".read(Self::")?;
    variant.split_once(')').map(|(variant, _)| variant)
}

/// The exceptions of a service.
fn exceptions<'t>(tree: &'t Tree, service: &str) -> impl Iterator<Item = &'t str> {
    let list = format!("{service}/types/error.rs");
    let list = tree.files().find(|(path, _)| *path == list);
    let lines = list.into_iter().flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| {
        let export = line.strip_prefix("pub use ")?.strip_suffix(';')?;
        export.split_once("::").map(|(_, name)| name)
    })
}
