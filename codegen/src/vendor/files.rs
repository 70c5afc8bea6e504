//! The vendored files: which there are, and which there should be.

use super::sdist::Sdist;
use crate::error::{Diagnostic, near_miss};
use crate::manifest;
use crate::source::lock::sha256;
use crate::source::{self, Lock, Models, PARTITIONS, PATCHES, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file in the folder of the models, or one that should be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendoredFile {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// What is to say of it.
    pub state: FileState,
}

/// How a file stands to its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It is what was vendored.
    Same,
    /// It is something else.
    Changed,
    /// The lock has it, the disk has not.
    Missing,
    /// The disk has it, the lock has not.
    Unlocked,
}

/// What botocore's licence asks to keep beside the models.
const LICENCES: [&str; 2] = ["LICENSE.txt", "NOTICE"];

/// All files, by path.
pub(super) fn states(place: &Place, lock: Option<&Lock>) -> Result<Vec<VendoredFile>, Diagnostic> {
    let none = BTreeMap::new();
    let locked = lock.map_or(&none, |lock| &lock.files);
    let mut paths: BTreeSet<String> = locked.keys().cloned().collect();
    walk(place, "", &mut paths)?;
    let mut found = Vec::new();
    for path in paths {
        let state = match (place.read(&path)?, locked.get(&path)) {
            (None, _) => FileState::Missing,
            (Some(_), None) => FileState::Unlocked,
            (Some(bytes), Some(sum)) if sum.eq_ignore_ascii_case(&sha256(&bytes)) => {
                FileState::Same
            }
            (Some(_), Some(_)) => FileState::Changed,
        };
        found.push(VendoredFile { path, state });
    }
    Ok(found)
}

/// Adds the files below a folder, but for those that are this project's own.
fn walk(place: &Place, folder: &str, paths: &mut BTreeSet<String>) -> Result<(), Diagnostic> {
    let below = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    for name in place.files(folder)? {
        let own = match folder {
            "" => name == Lock::FILE,
            folder => !folder.contains('/') && name == PATCHES,
        };
        if !own {
            paths.insert(below(&name));
        }
    }
    for name in place.folders(folder)? {
        walk(place, &below(&name), paths)?;
    }
    Ok(())
}

/// The files that stand beside all services.
pub(super) fn shared(sdist: &Sdist) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let (root, data) = (Place::disk(&sdist.root), Place::disk(&sdist.data()));
    let mut files = BTreeMap::new();
    let places = LICENCES.map(|name| (&root, name));
    for (place, name) in places.into_iter().chain([(&data, PARTITIONS)]) {
        if let Some(bytes) = place.read(name)? {
            files.insert(name.to_owned(), bytes);
        }
    }
    Ok(files)
}

/// The files of one version of a service.
pub(super) fn of_service(
    models: &Models,
    service: &str,
    version: &str,
) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let folder = format!("{service}/{version}");
    let mut files = BTreeMap::new();
    for name in models.place.files(&folder)? {
        let path = format!("{folder}/{name}");
        if let Some(bytes) = models.place.read(&path)? {
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

/// The version of a service that is to be vendored, or why there is none.
pub(super) fn version(
    models: &Models,
    service: &manifest::Service,
    botocore: &str,
) -> Result<String, Diagnostic> {
    let name = &service.name;
    let versions = models.versions(&name.name)?;
    if versions.is_empty() {
        let known = models.services()?;
        let near = near_miss(&name.name, known.iter().map(String::as_str));
        let message = format!("no service `{}` in botocore {botocore}", name.name);
        return Err(name.diagnostic(message).maybe_help(near));
    }
    if let Some(version) = source::version(service, &versions) {
        return Ok(version.clone());
    }
    let chosen = service.version.as_ref().unwrap_or(name);
    let message = format!(
        "no version `{}` of {} in botocore {botocore}",
        chosen.name, name.name
    );
    let help = format!("there is {}", versions.join(", "));
    Err(chosen.diagnostic(message).help(help))
}

/// The service that a vendored file belongs to, and the version of its API.
pub(super) fn service_of(path: &str) -> Option<(&str, &str)> {
    let (service, rest) = path.split_once('/')?;
    let (version, _) = rest.split_once('/')?;
    Some((service, version))
}

/// A path below a folder, on disk.
pub(super) fn on_disk(folder: &Path, path: &str) -> std::path::PathBuf {
    path.split('/')
        .fold(folder.to_owned(), |path, step| path.join(step))
}
