//! botocore from PyPI, through pip: which versions there are, and their sdists.

use super::is_version;
use crate::error::Diagnostic;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program that is pip, where it is not `python3 -m pip`.
const PROGRAM: &str = "SMITHEREEN_PIP";

/// The newest version of botocore.
pub(crate) fn newest() -> Result<String, Diagnostic> {
    let output = pip(&[
        "index",
        "versions",
        "--no-input",
        "--retries",
        "2",
        "botocore",
    ])?;
    if !output.status.success() {
        return Err(refused("say which versions of botocore there are", &output));
    }
    // The first line is `botocore (1.44.5)`.
    let said = String::from_utf8_lossy(&output.stdout);
    let version = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("botocore (")?.strip_suffix(')'))
        .filter(|version| is_version(version));
    version.map(str::to_owned).ok_or_else(|| {
        let first = said.lines().next().unwrap_or_default();
        Diagnostic::new(format!("pip names no version of botocore: `{first}`"))
            .help("name one: `--botocore VERSION`")
    })
}

/// Downloads the sdist of a version into a folder. With a sum, pip looks at nothing in it before it
/// has compared that.
pub(crate) fn download(
    version: &str,
    sha256: Option<&str>,
    folder: &Path,
) -> Result<PathBuf, Diagnostic> {
    let requirements = folder.join("requirements.txt");
    let hash = sha256.map_or(String::new(), |sum| format!(" --hash=sha256:{sum}"));
    let unwritable =
        |error: io::Error| Diagnostic::new(format!("cannot write: {error}")).file(&requirements);
    fs::write(&requirements, format!("botocore=={version}{hash}\n")).map_err(unwritable)?;
    let (dest, list) = (folder.to_string_lossy(), requirements.to_string_lossy());
    let output = pip(&[
        "download",
        "--no-input",
        "--retries",
        "2",
        "--no-deps",
        "--no-binary",
        "botocore",
        "--dest",
        &dest,
        "--requirement",
        &list,
    ])?;
    if !output.status.success() {
        return Err(not_downloaded(version, &output));
    }
    let archive = folder.join(format!("botocore-{version}.tar.gz"));
    if archive.is_file() {
        return Ok(archive);
    }
    let message = format!("pip has downloaded no `botocore-{version}.tar.gz`");
    Err(Diagnostic::new(message).help("name a folder or an archive instead: `--from PATH`"))
}

fn not_downloaded(version: &str, output: &Output) -> Diagnostic {
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("DO NOT MATCH THE HASHES") {
        let message = format!("the sdist of botocore {version} is not the one in models.lock");
        return Diagnostic::new(message)
            .help("find out who has changed it before you vendor anything from it");
    }
    // pip lists the versions that it has found before it says that this one is not among them.
    if said.contains("(from versions:") && !said.contains("(from versions: none)") {
        let message = format!("there is no botocore {version} on PyPI");
        return Diagnostic::new(message).help("`cargo xtask models status` says which is newest");
    }
    refused(&format!("download botocore {version}"), output)
}

/// Runs pip; whether it does what it is asked for is another question.
fn pip(arguments: &[&str]) -> Result<Output, Diagnostic> {
    let own = env::var_os(PROGRAM).filter(|program| !program.is_empty());
    let mut command = match &own {
        Some(program) => Command::new(program),
        None => {
            let mut python = Command::new("python3");
            python.args(["-m", "pip"]);
            python
        }
    };
    command
        .args(arguments)
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            let program = match &own {
                Some(program) => program.to_string_lossy().into_owned(),
                None => "python3 -m pip".to_owned(),
            };
            Diagnostic::new(format!("cannot run `{program}`: {error}")).help(format!(
                "install Python 3 with pip, or name a program that is pip in {PROGRAM}"
            ))
        })
}

/// What pip says, in a line or two.
fn refused(what: &str, output: &Output) -> Diagnostic {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines().find_map(|line| line.strip_prefix("ERROR: "));
    let error = error
        .or_else(|| lines().next_back())
        .unwrap_or("it says nothing");
    let mut problem = Diagnostic::new(format!("pip cannot {what}: {error}"));
    if said.contains("No module named pip") {
        problem = problem.help(format!(
            "install pip for python3, or name a program that is pip in {PROGRAM}"
        ));
    } else {
        problem = problem.help(
            "is there a network? `--from PATH` takes an sdist that is here, packed or unpacked",
        );
    }
    problem
}
