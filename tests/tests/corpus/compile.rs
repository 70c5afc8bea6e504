//! `cargo xtask corpus --compile`. A stand-in for cargo that writes down what it is asked for tells what is compiled
//! and when; where `SMITHEREEN_CORPUS_COMPILE` is set, cargo itself compiles a crate, and one that does not compile.

use crate::{Corpus, Run};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where this is set, crates are compiled in earnest: two minutes of a core for the runtime, once.
const IN_EARNEST: &str = "SMITHEREEN_CORPUS_COMPILE";

/// Writes down its arguments and what it is told besides, and fails where a file says so.
const CARGO: &str = r#"#!/bin/sh
echo "$* [$CARGO_TARGET_DIR $CARGO_INCREMENTAL $RUSTDOCFLAGS]" >> "$0.log"
if [ -e "$0.fails" ] && echo "$*" | grep -q "$(cat "$0.fails")"; then
    echo "warning: an owl in the daytime" >&2
    echo "error: could not lint the owl" >&2
    exit 101
fi
"#;

/// A botocore, a project with lints, and a stand-in for cargo.
struct Project {
    corpus: Corpus,
}

impl Project {
    fn new() -> Self {
        let corpus = Corpus::new();
        let manifest =
            "[workspace.lints.rust]\nmissing_docs = \"warn\"\n\n[profile.dev]\ndebug = 0\n";
        corpus.put("Cargo.toml", manifest);
        corpus.put("Cargo.lock", "version = 4\n");
        corpus.put("cargo", CARGO);
        let cargo = corpus.path("cargo");
        fs::set_permissions(cargo, fs::Permissions::from_mode(0o755)).unwrap();
        Self { corpus }
    }

    fn run(&self) -> Run {
        let mut command = Command::new(&*crate::XTASK);
        command.args(["corpus", "--botocore", "sdist", "--out", "out"]);
        command.args(["--newest", "--compile"]);
        command.env("CARGO", self.corpus.path("cargo"));
        Corpus::output(&mut command, self.corpus.folder.path())
    }

    /// What cargo was asked for since the last question, without the folder.
    fn asked(&self) -> Vec<String> {
        let log = self.corpus.path("cargo.log");
        let text = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::remove_file(log);
        let folder = self.corpus.folder.path().canonicalize().unwrap();
        let folder = format!("{}/", folder.display());
        text.lines().map(|line| line.replace(&folder, "")).collect()
    }
}

/// The cells of the table by the names of columns, for each service.
fn table(out: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    // Names of columns have one space, columns two and more.
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split("  ").map(str::trim);
        let cells = cells.filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect()
    };
    let mut lines = out.lines().take_while(|line| !line.is_empty());
    let header = cells(lines.next().unwrap());
    let rows = lines.map(|line| {
        let row = cells(line);
        assert_eq!(row.len(), header.len(), "{out}");
        (row[0].clone(), header.iter().cloned().zip(row).collect())
    });
    rows.collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

#[test]
fn each_crate_is_built_linted_and_documented_and_the_table_says_what_that_took() {
    let project = Project::new();
    let run = project.run();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let table = table(&run.out);
    assert_eq!(table.keys().collect::<Vec<_>>(), ["owls", "parrots"]);
    for row in table.values() {
        assert_eq!(row["result"], "ok");
        for column in ["build s", "lint s", "doc s", "MiB"] {
            assert!(number(row, column) >= 0.0);
        }
    }
    let told = "[out/target-0 0 -D warnings]";
    let of = |name: &str| {
        let manifest = format!("--quiet --manifest-path out/{name}/Cargo.toml {told}");
        [
            format!("build --package smithereen-runtime {manifest}"),
            format!("check --package smithereen-runtime {manifest}"),
            format!("build {manifest}"),
            format!("clippy {manifest}"),
            format!("doc --no-deps {manifest}"),
            format!("clean --package corpus-{name} {manifest}"),
            format!("clean --doc {manifest}"),
        ]
    };
    let mut asked = project.asked();
    asked.sort();
    let mut expected = [of("owls-2020-01-01"), of("parrots-2020-01-01")].concat();
    expected.sort();
    assert_eq!(asked, expected);
}

#[test]
fn crates_have_the_lints_and_profiles_of_the_project_and_warnings_are_errors() {
    let project = Project::new();
    assert_eq!(project.run().code, Some(0));
    let manifest = project.corpus.path("out/owls-2020-01-01/Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let lints = &manifest["lints"]["rust"];
    assert_eq!(lints["missing_docs"].as_str(), Some("warn"));
    assert_eq!(lints["warnings"].as_str(), Some("deny"));
    assert_eq!(manifest["profile"]["dev"]["debug"].as_integer(), Some(0));
    let lock = project.corpus.path("out/owls-2020-01-01/Cargo.lock");
    assert_eq!(fs::read_to_string(lock).unwrap(), "version = 4\n");
}

#[test]
fn what_has_passed_is_compiled_again_when_it_is_another_crate() {
    let project = Project::new();
    let first = project.run();
    assert!(!project.asked().is_empty());
    let again = project.run();
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(again.code, Some(0));
    // With the figures of the first time.
    for (service, row) in table(&first.out) {
        for column in ["build s", "lint s", "doc s", "MiB", "result"] {
            assert_eq!(table(&again.out)[&service][column], row[column]);
        }
    }
    project.corpus.add("owls/2020-01-01", r#""WISE", "TIRED""#);
    assert_eq!(project.run().code, Some(0));
    let asked = project.asked();
    assert_eq!(asked.len(), 7);
    assert!(
        asked.iter().all(|line| line.contains("owls-2020-01-01")),
        "{asked:?}"
    );
}

#[test]
fn a_crate_that_fails_is_shown_with_the_words_of_cargo_and_tried_again() {
    let project = Project::new();
    project.corpus.put("cargo.fails", "clippy.*owls");
    let run = project.run();
    assert_eq!(run.code, Some(1));
    let rows = table(&run.out);
    assert_eq!(rows["parrots"]["result"], "ok");
    assert_eq!(rows["owls"]["result"], "does not compile");
    assert_eq!(rows["owls"]["build s"], "-");
    assert!(run.out.contains("; 1 failed"), "{}", run.out);
    let said = run.out.split_once("\nowls 2020-01-01\n").unwrap().1;
    let said = said.replace(
        &project
            .corpus
            .folder
            .path()
            .canonicalize()
            .unwrap()
            .display()
            .to_string(),
        "",
    );
    assert!(
        said.starts_with(
            "error: `cargo clippy` fails in /out/owls-2020-01-01\nwarning: an owl in the daytime\nerror: could not lint the owl\n"
        ),
        "{said}"
    );
    // What has passed is not compiled again, what has not is.
    project.asked();
    fs::remove_file(project.corpus.path("cargo.fails")).unwrap();
    assert_eq!(project.run().code, Some(0));
    let asked = project.asked();
    assert!(!asked.is_empty());
    assert!(
        asked.iter().all(|line| line.contains("owls-2020-01-01")),
        "{asked:?}"
    );
}

#[test]
fn a_cargo_that_cannot_be_started_is_said() {
    let project = Project::new();
    fs::remove_file(project.corpus.path("cargo")).unwrap();
    let run = project.run();
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("No such file or directory"), "{}", run.out);
}

#[test]
fn cargo_compiles_what_is_generated_and_says_what_does_not_compile() {
    if std::env::var_os(IN_EARNEST).is_none() {
        eprintln!("left out: {IN_EARNEST} is not set");
        return;
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap();
    let corpus = Corpus::new();
    // The runtime is built once, and kept from one run to the next.
    let kept = workspace.join("target/corpus-test");
    fs::create_dir_all(&kept).unwrap();
    fs::create_dir_all(corpus.path("out")).unwrap();
    std::os::unix::fs::symlink(kept, corpus.path("out/target-0")).unwrap();
    // Cargo takes it for a part of the crate.
    let no_owls = "compile_error!(\"there are no owls by day\");\nfn main() {}\n";
    corpus.put("out/owls-2020-01-01/build.rs", no_owls);
    let run = |corpus: &Corpus| {
        let mut command = Command::new(&*crate::XTASK);
        command.args(["corpus", "--botocore", "sdist", "--out", "out"]);
        command.args(["--newest", "--compile", "--manifest-path"]);
        command.arg(workspace.join("codegen.toml"));
        Corpus::output(&mut command, corpus.folder.path())
    };
    let first = run(&corpus);
    assert_eq!(first.code, Some(1), "{}\n{}", first.out, first.err);
    let rows = table(&first.out);
    assert_eq!(rows["owls"]["result"], "does not compile");
    assert!(
        first.out.contains("error: there are no owls by day"),
        "{}",
        first.out
    );
    let parrots = &rows["parrots"];
    assert_eq!(parrots["result"], "ok");
    assert!(number(parrots, "build s") > 0.0);
    assert!(number(parrots, "MiB") > 10.0);

    fs::remove_file(corpus.path("out/owls-2020-01-01/build.rs")).unwrap();
    let passed = corpus.path("out/parrots-2020-01-01/compiled.json");
    let before = modified(&passed);
    let second = run(&corpus);
    assert_eq!(second.code, Some(0), "{}\n{}", second.out, second.err);
    assert_eq!(modified(&passed), before);
}

fn modified(path: &PathBuf) -> std::time::SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}
