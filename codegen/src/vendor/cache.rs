//! The cache: sdists of botocore, unpacked once, outside of every repository.

use super::pip;
use super::sdist::Sdist;
use crate::error::Diagnostic;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What says where the cache is.
const FOLDER: &str = "SMITHEREEN_CACHE";
/// Holds the sum of the archive, in the folder of what was in it.
const SUM: &str = ".sha256";

/// The sdist of a version; fetched, if it is not in the cache. It is the one with this sum, if one
/// is given.
pub(crate) fn cached(version: &str, sha256: Option<&str>) -> Result<Sdist, Diagnostic> {
    let cache = folder()?;
    let sdist = match kept(&cache, version)? {
        Some(sdist) => sdist,
        None => fetch(&cache, version, sha256)?,
    };
    if let (Some(expected), Some(actual)) = (sha256, &sdist.sha256)
        && !expected.eq_ignore_ascii_case(actual)
    {
        let message = format!(
            "the sdist of botocore {version} is not the one in models.lock: its SHA-256 is \
             {actual}, models.lock says {expected}"
        );
        return Err(Diagnostic::new(message)
            .file(&sdist.root)
            .help("remove the folder if you do not trust it; it is fetched again"));
    }
    Ok(sdist)
}

/// Whether a version is in the cache.
pub(crate) fn has(version: &str) -> bool {
    folder().is_ok_and(|cache| cache.join(name(version)).is_dir())
}

fn name(version: &str) -> String {
    format!("botocore-{version}")
}

/// Where the cache is: `$SMITHEREEN_CACHE`, or else `smithereen` where caches are.
fn folder() -> Result<PathBuf, Diagnostic> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let below = |name: &str, path: &str| variable(name).map(|value| Path::new(&value).join(path));
    variable(FOLDER)
        .map(PathBuf::from)
        .or_else(|| below("XDG_CACHE_HOME", "smithereen"))
        .or_else(|| below("HOME", ".cache/smithereen"))
        .or_else(|| below("LOCALAPPDATA", "smithereen"))
        .ok_or_else(|| {
            Diagnostic::new("there is no folder for what is downloaded")
                .help(format!("name one in {FOLDER}"))
        })
}

fn kept(cache: &Path, version: &str) -> Result<Option<Sdist>, Diagnostic> {
    let root = cache.join(name(version));
    if !root.is_dir() {
        return Ok(None);
    }
    let sum = fs::read_to_string(root.join(SUM));
    let mut sdist = Sdist::unpacked(&root)
        .map_err(|problem| problem.help("remove the folder; it is fetched again"))?;
    sdist.sha256 = sum.ok().map(|sum| sum.trim().to_owned());
    Ok(Some(sdist))
}

/// Fetches and unpacks beside, and gives it its name when it is complete.
fn fetch(cache: &Path, version: &str, sha256: Option<&str>) -> Result<Sdist, Diagnostic> {
    let failed = |error: io::Error| {
        Diagnostic::new(format!("cannot write into the cache: {error}"))
            .file(cache)
            .help(format!("name another folder in {FOLDER}"))
    };
    fs::create_dir_all(cache).map_err(failed)?;
    // Goes away by itself, whatever happens.
    let beside = tempfile::Builder::new()
        .prefix(".fetching-")
        .tempdir_in(cache)
        .map_err(failed)?;
    let archive = pip::download(version, sha256, beside.path())?;
    let unpacked = beside.path().join("unpacked");
    fs::create_dir(&unpacked).map_err(failed)?;
    let mut sdist = Sdist::unpack(&archive, &unpacked)?;
    if sdist.version != version {
        let message = format!(
            "pip was asked for {version} and has brought {}",
            sdist.version
        );
        return Err(Diagnostic::new(message));
    }
    let sum = sdist.sha256.clone().unwrap_or_default();
    if let Some(expected) = sha256.filter(|expected| !expected.eq_ignore_ascii_case(&sum)) {
        let message = format!(
            "the sdist of botocore {version} is not the one in models.lock: its SHA-256 is {sum}, \
             models.lock says {expected}"
        );
        return Err(Diagnostic::new(message)
            .help("find out who has changed it before you vendor anything from it"));
    }
    fs::write(sdist.root.join(SUM), format!("{sum}\n")).map_err(failed)?;
    let root = cache.join(name(version));
    match fs::rename(&sdist.root, &root) {
        // Another run was faster, with the same.
        Err(_) if root.is_dir() => {}
        renamed => renamed.map_err(failed)?,
    }
    sdist.root = root;
    Ok(sdist)
}
