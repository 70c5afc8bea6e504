//! Which botocore somebody means.

use super::sdist::Sdist;
use super::{cached, pip};
use crate::error::Diagnostic;
use std::path::{Path, PathBuf};

/// Where new models come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The newest version on PyPI.
    Newest,
    /// A version.
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
    pub(super) fn open(&self) -> Result<Opened, Diagnostic> {
        let kept = |sdist| Opened {
            sdist,
            _unpacked: None,
        };
        match self {
            Self::Newest => cached(&pip::newest()?, None).map(kept),
            Self::Version(version) if super::is_version(version) => cached(version, None).map(kept),
            Self::Version(version) => {
                let message = format!("`{version}` is no version of botocore");
                Err(Diagnostic::new(message).help("they are like 1.44.5"))
            }
            Self::Path(path) if path.is_file() => archive(path),
            Self::Path(path) => Sdist::unpacked(&root(path)).map(kept),
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
