//! Crates of the corpus built, linted and documented, and what that took.
//!
//! Each is a workspace of its own with the lints of this one, all of which share a target folder
//! for each job. What has passed is remembered beside the crate until something in it changes.

use crate::output::Failure;
use serde::{Deserialize, Serialize};
use smithereen_codegen::CorpusModel;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// How the crates of a folder are compiled.
pub(super) struct Compiler {
    /// The folder of the crates, absolute.
    folder: PathBuf,
    /// The folder of this project, absolute.
    project: PathBuf,
    /// The parts of the crates' manifests that are this project's: lints and profiles.
    shared: String,
}

/// What the steps of a crate took.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct Compiled {
    /// `cargo build`.
    pub build: Measure,
    /// `cargo clippy`.
    pub lint: Measure,
    /// `cargo doc`.
    pub document: Measure,
}

/// What a command took, with all that it started.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub(super) struct Measure {
    /// From start to end.
    pub seconds: f64,
    /// Of all cores together.
    pub cpu_seconds: f64,
    /// The largest resident set of any process.
    pub peak_bytes: u64,
}

/// Everything that can be on, so that the runtime is built once for all crates.
const PROTOCOLS: &[&str] = &[
    "aws-json",
    "aws-query",
    "ec2-query",
    "rest-json",
    "rest-xml",
    "rpc-v2-cbor",
];
const FEATURES: &[&str] = &["blocking", "client", "rustls", "serde"];
const PASSED: &str = "compiled.json";

/// Forgets that a crate has passed, since it is another one now.
pub(super) fn forget(folder: &Path, model: &CorpusModel) {
    // It need not have passed.
    let _ = fs::remove_file(folder.join(model.folder()).join(PASSED));
}

impl Compiler {
    /// For the crates of a folder, by the rules of this project.
    pub fn new(folder: &Path, project: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder)?;
        let project = project.canonicalize()?;
        let manifest = fs::read_to_string(project.join("Cargo.toml"))?;
        Ok(Self {
            folder: folder.canonicalize()?,
            shared: shared(&manifest)?,
            project,
        })
    }

    /// Builds, lints and documents the crate of a model; `None` if it passes, or what was said.
    pub fn compile(&self, model: &CorpusModel, job: usize) -> Result<Compiled, Failure> {
        let folder = self.folder.join(model.folder());
        if let Ok(passed) = fs::read(folder.join(PASSED))
            && let Ok(passed) = serde_json::from_slice(&passed)
        {
            return Ok(passed);
        }
        fs::write(folder.join("Cargo.toml"), self.manifest(model))?;
        if !folder.join("Cargo.lock").exists() {
            fs::copy(self.project.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        // What is built for the first crate would count as its own.
        for step in ["build", "check"] {
            self.run(&folder, job, &[step, "--package", "smithereen-runtime"])?;
        }
        let compiled = Compiled {
            build: self.run(&folder, job, &["build"])?,
            lint: self.run(&folder, job, &["clippy"])?,
            document: self.run(&folder, job, &["doc", "--no-deps"])?,
        };
        // The corpus as a whole would fill a disk, and rustdoc reads and writes the index of all that
        // is documented beside it.
        self.run(&folder, job, &["clean", "--package", &package(model)])?;
        self.run(&folder, job, &["clean", "--doc"])?;
        let passed = serde_json::to_vec(&compiled).map_err(|error| error.to_string());
        fs::write(folder.join(PASSED), passed.map_err(Failure::Other)?)?;
        Ok(compiled)
    }

    fn manifest(&self, model: &CorpusModel) -> String {
        let package = package(model);
        let runtime = self.project.join("runtime");
        let mut text = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\n\
             smithereen-runtime = {{ path = {runtime:?}, features = {PROTOCOLS:?} }}\n\n\
             [features]\ndefault = {FEATURES:?}\n"
        );
        for feature in FEATURES {
            let client = match *feature {
                "blocking" | "rustls" => "\"client\", ",
                _ => "",
            };
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "{feature} = [{client}\"smithereen-runtime/{feature}\"]"
            );
        }
        text.push('\n');
        text.push_str(&self.shared);
        text
    }

    /// Runs cargo in a crate. What it says is an error if it fails.
    fn run(&self, folder: &Path, job: usize, arguments: &[&str]) -> Result<Measure, Failure> {
        let path = folder.join("cargo.log");
        let log = File::create(&path)?;
        let start = Instant::now();
        let child = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .arg("--quiet")
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            // Where the toolchain is chosen.
            .current_dir(&self.project)
            .env(
                "CARGO_TARGET_DIR",
                self.folder.join(format!("target-{job}")),
            )
            .env("CARGO_INCREMENTAL", "0")
            .env("CLIPPY_CONF_DIR", &self.project)
            .env("RUSTDOCFLAGS", "-D warnings")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let used = child.wait4()?;
        let seconds = start.elapsed().as_secs_f64();
        if used.status.success() {
            return Ok(Measure {
                seconds,
                cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
                peak_bytes: used.rusage.maxrss,
            });
        }
        let log = fs::read_to_string(&path)?;
        let said: Vec<&str> = log.lines().take(SHOWN).collect();
        let message = format!(
            "`cargo {}` fails in {}\n{}",
            arguments.join(" "),
            folder.display(),
            said.join("\n")
        );
        Err(Failure::Other(message))
    }
}

/// Lines of what cargo said that are shown.
const SHOWN: usize = 60;

fn package(model: &CorpusModel) -> String {
    format!("corpus-{}", model.folder())
}

/// The lints of this project, to which warnings are errors, and its profiles.
fn shared(manifest: &str) -> Result<String, Failure> {
    let manifest: toml::Table = manifest
        .parse()
        .map_err(|error: toml::de::Error| Failure::Other(error.message().to_owned()))?;
    let mut shared = toml::Table::new();
    let lints = manifest
        .get("workspace")
        .and_then(|table| table.get("lints"));
    let mut lints = lints
        .and_then(|lints| lints.as_table().cloned())
        .unwrap_or_default();
    if let Some(rust) = lints
        .entry("rust")
        .or_insert_with(|| toml::Table::new().into())
        .as_table_mut()
    {
        rust.insert("warnings".to_owned(), "deny".into());
    }
    shared.insert("lints".to_owned(), lints.into());
    if let Some(profile) = manifest.get("profile") {
        shared.insert("profile".to_owned(), profile.clone());
    }
    toml::to_string(&shared).map_err(|error| Failure::Other(error.to_string()))
}
