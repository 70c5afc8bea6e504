//! A repository of git with a manifest, a model and a generated crate.

use super::xtask::XTASK;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub const MODEL: &str = "models/parrots/2020-01-01/service-2.json";

/// What a run ends with.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A folder with all of it.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// One whose clients are generated, and all of which is committed.
    pub fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        project.put("codegen.toml", include_str!("project/codegen.toml"));
        project.put(MODEL, include_str!("project/parrots.json"));
        project.put(
            "models/finches/2020-01-01/service-2.json",
            &include_str!("project/parrots.json").replace("arrots", "inches"),
        );
        project.put("aviary/Cargo.toml", include_str!("project/Cargo.toml"));
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        project.git(&["init", "--quiet", "--initial-branch", "main"]);
        project.commit("The first.");
        project
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} does not say {old}");
        self.put(path, &text.replace(old, new));
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git(self.root(), arguments)
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// `cargo xtask` in it, without colours and without a network.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*XTASK);
        command.args(arguments).current_dir(self.root());
        for variable in ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR"] {
            command.env_remove(variable);
        }
        command.env("SMITHEREEN_CACHE", self.path(".git/cache"));
        command.env("SMITHEREEN_PIP", "false");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.finish(self.command(arguments).output().unwrap())
    }

    pub fn finish(&self, output: Output) -> Run {
        let text = |bytes| {
            let folder = self.root().display().to_string();
            String::from_utf8(bytes)
                .unwrap()
                .replace(&folder, "$FOLDER")
        };
        Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// Runs git, with nothing of this machine's configuration; what it says.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}
