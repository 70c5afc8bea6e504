//! The vendored models: where they come from, that they are what came, and how that changes.
//!
//! | module | subject |
//! | --- | --- |
//! | `pip` | botocore from PyPI |
//! | `sdist` | that an archive is what it says it is, and its files |
//! | `cache` | sdists that were fetched |
//! | `origin` | which botocore somebody means |
//! | `files` | the vendored files, and which there should be |
//! | `update`, `choice` | another version; another choice of services and operations |
//! | `edit` | changes to the manifest |
//! | `plan` | what would be done: read, checked, and not yet written |
//! | `transaction` | several files, all written or none |

mod cache;
mod choice;
mod edit;
mod files;
mod origin;
mod pip;
mod plan;
mod sdist;
mod transaction;
mod update;

pub use crate::source::Source;
pub(crate) use cache::cached;
pub use files::{FileState, VendoredFile};
pub use origin::Origin;
pub use plan::{FileChange, Plan, PlannedFile};

use crate::error::{Diagnostic, Error};
use crate::manifest::{self, Manifest};
use crate::source::{Lock, Place};
use sdist::Sdist;
use std::path::{Path, PathBuf};

/// The vendored models of a manifest.
///
/// ```no_run
/// use smithereen_codegen::vendor::{FileState, Origin, Vendor};
///
/// let vendor = Vendor::open("codegen.toml".as_ref())?;
/// assert!(vendor.files()?.iter().all(|file| file.state == FileState::Same));
/// vendor.update(&Origin::Newest)?.apply()?;
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Debug)]
pub struct Vendor {
    manifest: Manifest,
    lock: Option<Lock>,
}

impl Vendor {
    /// Opens the models of a manifest.
    ///
    /// # Errors
    ///
    /// If the manifest or the lock cannot be read.
    pub fn open(manifest: &Path) -> Result<Self, Error> {
        let manifest = manifest::read(manifest)?;
        let lock = Lock::read(&Place::disk(&manifest.models))?;
        Ok(Self { manifest, lock })
    }

    /// The folder of the models.
    pub fn folder(&self) -> &Path {
        &self.manifest.models
    }

    /// Where they come from; nothing if there is no lock.
    pub fn source(&self) -> Option<&Source> {
        self.lock.as_ref().map(|lock| &lock.source)
    }

    /// The files in the folder and those in the lock, by path, but for those that are not vendored:
    /// the lock itself and corrections.
    ///
    /// # Errors
    ///
    /// If one cannot be read.
    pub fn files(&self) -> Result<Vec<VendoredFile>, Error> {
        Ok(files::states(&self.place(), self.lock.as_ref())?)
    }

    /// The newest version of botocore, which pip is asked for.
    ///
    /// # Errors
    ///
    /// If there is no pip, or it cannot say.
    pub fn newest() -> Result<String, Error> {
        Ok(pip::newest()?)
    }

    /// The folder of the locked version's sdist, which is fetched if it is not in the cache.
    ///
    /// # Errors
    ///
    /// If there is no lock, or the sdist cannot be had or is another one.
    pub fn fetch(&self) -> Result<PathBuf, Error> {
        let Some(sdist) = self.locked()? else {
            let message = "there is no models.lock, so there is no version to fetch";
            return Err(Diagnostic::new(message)
                .file(self.folder())
                .help("`cargo xtask models update` vendors the newest and writes it")
                .into());
        };
        Ok(sdist.root)
    }

    /// Whether a service has a model here.
    pub fn has(&self, service: &str) -> bool {
        self.lock.iter().any(|lock| {
            let mut paths = lock.files.keys().filter_map(|path| files::service_of(path));
            paths.any(|(name, _)| name == service)
        })
    }

    /// Whether the sdist of a version is in the cache already.
    pub fn is_cached(version: &str) -> bool {
        cache::has(version)
    }

    /// The sdist of the locked version, if there is a lock.
    fn locked(&self) -> Result<Option<Sdist>, Diagnostic> {
        let source = self.source();
        source
            .map(|source| cached(&source.version, source.sha256.as_deref()))
            .transpose()
    }

    fn place(&self) -> Place {
        Place::disk(self.folder())
    }
}

/// Whether it is the number of a version: `1.44.5`.
pub(crate) fn is_version(text: &str) -> bool {
    let mut parts = text.split('.');
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.clone().count() >= 2 && parts.all(number)
}

/// Whether one version comes after another.
pub fn is_newer(version: &str, than: &str) -> bool {
    let parts = |version: &str| -> Vec<u64> {
        let parts = version.split('.');
        parts.map(|part| part.parse().unwrap_or_default()).collect()
    };
    parts(version) > parts(than)
}
