//! The environment of Python's that `tests/servers/install` makes, and the tests that need it.

use libtest_mimic::{Completion, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::{env, fs};

/// Says where the environment is; with it set, tests fail where it is missing.
const VARIABLE: &str = "SMITHEREEN_SERVERS";

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of the environment, if it is there with all that is asked for.
fn environment() -> Result<PathBuf, String> {
    let workspace = workspace();
    let folder =
        env::var_os(VARIABLE).map_or_else(|| workspace.join("target/servers"), PathBuf::from);
    let wanted = fs::read(workspace.join("tests/servers/requirements.txt"));
    let there = fs::read(folder.join("requirements.txt"));
    match (wanted, there) {
        (Ok(wanted), Ok(there)) if wanted == there => Ok(folder),
        (_, Ok(_)) => {
            Err("the servers are of other versions; `tests/servers/install` mends it".into())
        }
        (_, Err(_)) => Err("there are no servers; `tests/servers/install` installs them".into()),
    }
}

/// What a group of tests shares, such as a server: started by the first test that asks for it.
pub struct Shared<T> {
    cell: OnceLock<Result<T, String>>,
    start: fn(&Python) -> Result<T, String>,
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// Something that is started like this.
    pub fn new(start: fn(&Python) -> Result<T, String>) -> Arc<Self> {
        let cell = OnceLock::new();
        Arc::new(Self { cell, start })
    }

    /// A test of it, which is ignored where the environment is not installed.
    pub fn trial(
        self: &Arc<Self>,
        name: impl Into<String>,
        test: impl FnOnce(&T) -> Result<(), Failed> + Send + 'static,
    ) -> Trial {
        let shared = Arc::clone(self);
        Trial::ignorable_test(name, move || {
            let folder = match environment() {
                Ok(folder) => folder,
                Err(reason) if env::var_os(VARIABLE).is_some() => return Err(reason.into()),
                Err(reason) => return Ok(Completion::ignored_with(reason)),
            };
            let started = shared
                .cell
                .get_or_init(|| (shared.start)(&Python { folder }));
            test(started.as_ref()?).map(|()| Completion::Completed)
        })
    }
}

/// The interpreter of the environment.
pub struct Python {
    folder: PathBuf,
}

impl Python {
    /// A run of this script, a path in the workspace. The caller's keys are not for it to find.
    pub fn script(&self, path: &str) -> Command {
        let mut command = Command::new(self.folder.join("bin/python"));
        command.arg(workspace().join(path));
        command.env_clear();
        command
            .envs(env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("AWS_")));
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        command
    }
}
