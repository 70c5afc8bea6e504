//! Which botocore somebody means.

use super::sdist::Sdist;
use super::{Source, cached, pip};
use crate::error::{Diagnostic, Error};
use std::path::{Path, PathBuf};

/// Where new models come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The newest version on PyPI.
    Newest,
    /// A version, which [`Origin::version`] makes.
    Version(String),
    /// An sdist on disk, an archive or unpacked.
    Path(PathBuf),
}

/// An sdist, and the folder that goes away with it, if it is only there for now.
pub(super) struct Opened {
    pub sdist: Sdist,
    _unpacked: Option<tempfile::TempDir>,
}

impl Origin {
    /// A version.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn version(version: &str) -> Result<Self, Error> {
        if super::is_version(version) {
            return Ok(Self::Version(version.to_owned()));
        }
        let message = format!("`{version}` is no version of botocore");
        Err(Diagnostic::new(message).help("they are like 1.44.5").into())
    }

    /// The sdist; if it is the locked version, it is the locked one.
    pub(super) fn open(&self, locked: Option<&Source>) -> Result<Opened, Diagnostic> {
        let kept = |sdist| Opened {
            sdist,
            _unpacked: None,
        };
        match self {
            Self::Newest => Self::Version(pip::newest()?).open(locked),
            Self::Version(version) => {
                let same = locked.filter(|locked| locked.version == *version);
                let sum = same.and_then(|locked| locked.sha256.as_deref());
                cached(version, sum).map(kept)
            }
            Self::Path(path) if path.is_file() => archive(path),
            Self::Path(path) if path.is_dir() => Sdist::unpacked(&root(path)).map(kept),
            Self::Path(path) => {
                let message = "there is no such file or folder";
                Err(Diagnostic::new(message).file(path))
            }
        }
    }
}

fn archive(path: &Path) -> Result<Opened, Diagnostic> {
    let folder = tempfile::tempdir().map_err(|error| {
        Diagnostic::new(format!("cannot make a folder to unpack into: {error}")).file(path)
    })?;
    Ok(Opened {
        sdist: Sdist::unpack(path, folder.path())?,
        _unpacked: Some(folder),
    })
}

/// The folder of an sdist, of which `botocore` or `botocore/data` may have been named.
fn root(path: &Path) -> PathBuf {
    let mut above = path
        .ancestors()
        .take(3)
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = above.find(|folder| folder.join("PKG-INFO").is_file());
    root.unwrap_or(path).to_owned()
}
