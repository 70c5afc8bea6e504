//! A runner of GitHub's, as far as the workflows here need one.

use super::project::{MODEL, Project, Run, git};
use super::xtask::XTASK;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A workflow of this repository.
pub fn workflow(name: &str) -> Value {
    let path = Path::new(ROOT).join(".github/workflows").join(name);
    serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A place like GitHub: a repository, its pull request and comments, and PyPI.
pub struct Hub {
    folder: TempDir,
    /// Somebody's clone of the repository.
    pub project: Project,
}

/// What a job leaves behind.
pub struct Job {
    /// The work tree.
    pub clone: PathBuf,
    /// What the steps have printed, each with its name.
    pub steps: Vec<(String, Run)>,
    /// The outputs of the steps that have an `id`.
    pub outputs: BTreeMap<String, String>,
    pub summary: String,
}

/// The values of the expressions that a job asks for.
pub type Expressions<'e> = &'e [(&'e str, &'e str)];

impl Hub {
    /// With a project whose main branch is pushed, and the workflows in it.
    pub fn new() -> Self {
        let hub = Self {
            folder: tempfile::tempdir().unwrap(),
            project: Project::new(),
        };
        let scripts = Path::new(ROOT).join(".github/scripts");
        for script in fs::read_dir(scripts).unwrap() {
            let script = script.unwrap().path();
            let name = script.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&script).unwrap();
            hub.project.put(&format!(".github/scripts/{name}"), &text);
            executable(&hub.project.path(&format!(".github/scripts/{name}")));
        }
        hub.project.put("surface.snap", "old\n");
        let remote = hub.path("remote.git").display().to_string();
        git(
            hub.folder.path(),
            &["init", "--quiet", "--bare", "-b", "main", &remote],
        );
        hub.project.git(&["remote", "add", "origin", &remote]);
        for (name, text) in [
            ("gh", include_str!("gh")),
            ("pip", include_str!("pip")),
            ("cargo", include_str!("cargo")),
        ] {
            hub.put(&format!("bin/{name}"), text);
            executable(&hub.path(&format!("bin/{name}")));
        }
        fs::create_dir_all(hub.path("state")).unwrap();
        hub.publish("1.0.0", &[]);
        hub.update();
        hub.project
            .commit("The workflows, and models that are locked.");
        hub.project.git(&["push", "--quiet", "origin", "main"]);
        hub
    }

    /// Brings the newest models into somebody's clone, and the client for them.
    pub fn update(&self) {
        let update = "cargo xtask models update && cargo xtask codegen";
        let output = self.bash(self.project.root(), update).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        self.calls("cargo");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What `gh` keeps under a name; nothing, if it keeps nothing.
    pub fn kept(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path("state").join(name)).ok()
    }

    /// The calls of a program since the last time, a line each.
    pub fn calls(&self, program: &str) -> Vec<String> {
        let path = self.path("state").join(format!("{program}.calls"));
        let calls = fs::read_to_string(&path).unwrap_or_default();
        let _ = fs::remove_file(path);
        calls.lines().map(str::to_owned).collect()
    }

    /// git in the repository that everybody pushes to.
    pub fn remote(&self, arguments: &[&str]) -> String {
        git(&self.path("remote.git"), arguments)
    }

    /// Publishes a version of botocore, whose model of parrots is edited.
    pub fn publish(&self, version: &str, edits: &[(&str, &str)]) {
        let mut parrots = self.project.read(MODEL);
        for (old, new) in edits {
            assert!(parrots.contains(old), "the model does not say {old}");
            parrots = parrots.replace(old, new);
        }
        let finches = "models/finches/2020-01-01/service-2.json";
        let top = format!("botocore-{version}");
        let info = format!("Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n");
        let files = [
            ("PKG-INFO", info),
            ("LICENSE.txt", "Apache-2.0\n".to_owned()),
            ("NOTICE", "Botocore\n".to_owned()),
            ("botocore/data/endpoints.json", "{}".to_owned()),
            ("botocore/data/parrots/2020-01-01/service-2.json", parrots),
            (
                "botocore/data/finches/2020-01-01/service-2.json",
                self.project.read(finches),
            ),
        ];
        let archive = self.path(&format!("pypi/{top}.tar.gz"));
        fs::create_dir_all(archive.parent().unwrap()).unwrap();
        let file = fs::File::create(archive).unwrap();
        let mut archive = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            archive
                .append_data(&mut header, format!("{top}/{path}"), text.as_bytes())
                .unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap();
        self.put("pypi/newest", version);
    }

    /// A command in a folder, with the programs of this place.
    pub fn bash(&self, folder: &Path, command: &str) -> Command {
        let mut bash = Command::new("bash");
        let path = std::env::var("PATH").unwrap();
        // As `shell: bash` of a workflow.
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", command])
            .current_dir(folder)
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("HOME", self.path("home"))
            .env("HUB", self.folder.path())
            .env("XTASK", &*XTASK)
            .env("SMITHEREEN_PIP", self.path("bin/pip"))
            .env("SMITHEREEN_CACHE", self.path("cache"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("NO_COLOR", "1");
        for variable in [
            "GITHUB_ACTIONS",
            "GITHUB_OUTPUT",
            "GITHUB_STEP_SUMMARY",
            "GH_TOKEN",
        ] {
            bash.env_remove(variable);
        }
        bash
    }

    /// Runs a job of a workflow on a branch. A step that fails ends the job, but for those steps
    /// that are to run all the same.
    pub fn run(&self, workflow: &Value, job: &str, branch: &str, known: Expressions<'_>) -> Job {
        let job = &workflow["jobs"][job];
        let scratch = self.path(&format!("run-{}", self.number()));
        fs::create_dir_all(&scratch).unwrap();
        let mut done = Job {
            clone: scratch.join("clone"),
            steps: Vec::new(),
            outputs: BTreeMap::new(),
            summary: String::new(),
        };
        fs::create_dir_all(&done.clone).unwrap();
        let mut failed = false;
        for step in job["steps"].as_array().unwrap() {
            if let Some(action) = step["uses"].as_str() {
                assert!(action.starts_with("actions/checkout@v"), "{action}");
                self.checkout(&done.clone, branch, step["with"]["fetch-depth"].as_u64());
                continue;
            }
            let always = step["if"].as_str() == Some("${{ !cancelled() }}");
            assert!(always || step["if"].is_null(), "{step}");
            if failed && !always {
                continue;
            }
            let mut bash = self.bash(&done.clone, step["run"].as_str().unwrap());
            let (output, summary) = (scratch.join("output"), scratch.join("summary"));
            fs::write(&output, "").unwrap();
            bash.env("GITHUB_ACTIONS", "true")
                .env("GITHUB_OUTPUT", &output)
                .env("GITHUB_STEP_SUMMARY", &summary);
            for (name, value) in step["env"].as_object().into_iter().flatten() {
                bash.env(name, evaluated(value.as_str().unwrap(), known));
            }
            let run = self.project.finish(bash.output().unwrap());
            failed |= run.code != Some(0);
            let name = step["name"].as_str().unwrap().to_owned();
            done.steps.push((name, run));
            done.outputs
                .extend(outputs(&fs::read_to_string(output).unwrap()));
            done.summary = fs::read_to_string(summary).unwrap_or_default();
        }
        done
    }

    fn checkout(&self, clone: &Path, branch: &str, depth: Option<u64>) {
        let remote = format!("file://{}", self.path("remote.git").display());
        let depth = format!("--depth={}", depth.unwrap_or(1));
        git(
            clone,
            &["clone", "--quiet", &depth, "--branch", branch, &remote, "."],
        );
    }

    fn number(&self) -> usize {
        fs::read_dir(self.folder.path()).unwrap().count()
    }
}

impl Job {
    /// All steps were fine.
    #[track_caller]
    pub fn fine(&self) -> &Self {
        for (name, run) in &self.steps {
            assert_eq!(run.code, Some(0), "{name}:\n{}\n{}", run.out, run.err);
        }
        self
    }

    /// What a step has printed.
    pub fn out(&self, step: &str) -> &str {
        &self
            .steps
            .iter()
            .find(|(name, _)| name == step)
            .unwrap()
            .1
            .out
    }
}

fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A value with its expression filled in.
fn evaluated(text: &str, known: Expressions<'_>) -> String {
    let Some(inner) = text.strip_prefix("${{") else {
        assert!(!text.contains("${{"), "{text}");
        return text.to_owned();
    };
    let name = inner.strip_suffix("}}").unwrap().trim();
    let found = known.iter().find(|(known, _)| *known == name);
    found
        .unwrap_or_else(|| panic!("what is `{name}`?"))
        .1
        .to_owned()
}

/// What a step has written into `GITHUB_OUTPUT`.
fn outputs(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.split_once("<<") {
            Some((name, end)) => {
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                found.insert(name.to_owned(), value.join("\n"));
            }
            None => {
                let (name, value) = line.split_once('=').unwrap();
                found.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    found
}
