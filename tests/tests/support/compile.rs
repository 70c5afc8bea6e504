//! Whether what compiled against one version of a service compiles against another: the compiler is asked.

use super::program::program;
use serde_json::Value;
use smithereen_codegen::Tree;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The protocols of the runtime, all of them.
const PROTOCOLS: &str =
    r#""aws-json", "aws-query", "ec2-query", "rest-json", "rest-xml", "rpc-v2-cbor""#;

/// A service before and after, in crates of their own.
pub struct Case {
    /// The name, which is the service's module in both.
    pub name: String,
    /// Before.
    pub old: Tree,
    /// After.
    pub new: Tree,
}

/// The cases of which a program that uses everything of the old version does not compile against the new one, with
/// what the compiler says first.
///
/// # Panics
///
/// If a generated crate does not compile, or a program against the version that it was made from.
pub fn broken(folder: &str, cases: &[Case]) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    workspace(&root, cases);
    let against_old = refused(&root, "uses_old", cases);
    assert!(
        against_old.is_empty(),
        "programs do not compile against what they were made from: {against_old:#?}"
    );
    refused(&root, "uses_new", cases)
}

/// The cases whose programs the compiler refuses in a package. Names are resolved before types are checked, so the
/// rest is compiled again without those that are found.
fn refused(root: &Path, package: &str, cases: &[Case]) -> BTreeMap<String, String> {
    let mut refused = BTreeMap::new();
    loop {
        let names = cases
            .iter()
            .map(|case| case.name.as_str())
            .filter(|name| !refused.contains_key(*name));
        let modules: String = names.map(|name| format!("mod {name};\n")).collect();
        write(
            &root.join(package).join("src/lib.rs"),
            &format!("#![allow(deprecated, unused)]\n{modules}"),
        );
        let found = check(root, package);
        if found.is_empty() {
            return refused;
        }
        refused.extend(found);
    }
}

/// The modules of a package that do not compile, each with the first error.
fn check(root: &Path, package: &str) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--quiet",
            "--offline",
            "--message-format=json",
            "--package",
            package,
        ])
        .current_dir(root)
        // Nothing is compiled twice with a change in between.
        .env("CARGO_INCREMENTAL", "0")
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("build"),
        )
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let mut found = BTreeMap::new();
    let text = String::from_utf8(output.stdout).unwrap();
    for message in text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
    {
        let message = &message["message"];
        // The place itself, not those that are shown beside it.
        let mut spans = message["spans"].as_array().into_iter().flatten();
        let place = spans.find(|span| span["is_primary"] == true);
        let file = place.and_then(|place| place["file_name"].as_str());
        let Some(file) = file.filter(|_| message["level"] == "error") else {
            continue;
        };
        let file = Path::new(file);
        assert!(
            file.starts_with(package),
            "what is generated does not compile: {}",
            message["rendered"]
        );
        let module = file.file_stem().unwrap().to_str().unwrap().to_owned();
        found
            .entry(module)
            .or_insert_with(|| message["message"].as_str().unwrap_or_default().to_owned());
    }
    let succeeded = output.status.success();
    assert_eq!(
        succeeded,
        found.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    found
}

/// Writes the crates `old` and `new`, and `uses_old` and `uses_new`, which use all of the old one.
fn workspace(root: &Path, cases: &[Case]) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    write(
        &root.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"old\", \"new\", \"uses_old\", \"uses_new\"]\n",
    );
    write(
        &root.join("Cargo.lock"),
        &fs::read_to_string(project.join("Cargo.lock")).unwrap(),
    );
    let runtime = fs::canonicalize(project.join("runtime")).unwrap();
    let runtime =
        format!("smithereen-runtime = {{ path = {runtime:?}, features = [{PROTOCOLS}] }}\n");
    for package in ["old", "new", "uses_old", "uses_new"] {
        let aws = package.strip_prefix("uses_");
        let aws = aws.map(|aws| format!("aws = {{ package = \"{aws}\", path = \"../{aws}\" }}\n"));
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [features]\nblocking = []\nclient = []\nrustls = []\n\n[dependencies]\n{runtime}{}",
            aws.unwrap_or_default()
        );
        write(&root.join(package).join("Cargo.toml"), &manifest);
    }
    generated(&root.join("old/src"), cases.iter().map(|case| &case.old));
    generated(&root.join("new/src"), cases.iter().map(|case| &case.new));
    for package in ["uses_old", "uses_new"] {
        write(&root.join(package).join("src/lib.rs"), "");
        for case in cases {
            let file = root.join(package).join(format!("src/{}.rs", case.name));
            write(&file, &program(&case.old, &case.name));
        }
    }
}

/// Writes the services of many trees into one crate.
fn generated<'t>(folder: &Path, trees: impl Iterator<Item = &'t Tree>) {
    let mut whole = Tree::default();
    let mut root = String::new();
    for tree in trees {
        for (path, text) in tree.files() {
            if path != "lib.rs" {
                whole.insert(path, text);
                continue;
            }
            // The first one is taken whole, of the others the service.
            let service = text.rfind("\n/// ").unwrap();
            root.push_str(if root.is_empty() {
                text
            } else {
                &text[service..]
            });
        }
    }
    whole.insert("lib.rs", root);
    whole.write(folder).unwrap();
}

/// Writes a file if it is not so already, so that what is fresh stays fresh.
fn write(file: &Path, text: &str) {
    if fs::read_to_string(file).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}
