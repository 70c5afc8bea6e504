//! The vendored models: where they are, and that they are what was vendored.

use crate::beside::Beside;
use crate::error::{Diagnostic, Position, near_miss};
use crate::manifest;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the models.
#[derive(Debug)]
pub(crate) struct Models {
    folder: PathBuf,
    lock: Option<Lock>,
}

/// `models.lock`: what was vendored, from where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[allow(dead_code)]
    source: Source,
    /// Paths below the folder, with `/`, to SHA-256 sums in hexadecimal.
    files: BTreeMap<String, String>,
}

/// Where the files come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Source {
    name: String,
    version: String,
    sha256: String,
}

/// The files of a model, as they stand on disk.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// The model.
    pub model: Beside,
    /// What botocore merges into it.
    pub extras: Option<Beside>,
    /// How its operations answer in pages.
    pub paginators: Option<Beside>,
    /// What botocore merges into that.
    pub paginator_extras: Option<Beside>,
    /// Where requests go.
    pub endpoint_rules: Option<Beside>,
    /// The corrections of this project.
    pub patches: Option<(PathBuf, String)>,
}

const MODEL: &str = "service-2.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
const PARTITIONS: &str = "partitions.json";
const EXTRAS: &str = "service-2.sdk-extras.json";
const PAGINATORS: &str = "paginators-1.json";
const PAGINATOR_EXTRAS: &str = "paginators-1.sdk-extras.json";

impl Models {
    /// Opens a folder. Its lock need not exist; if it does, it has to be readable.
    pub fn open(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join("models.lock");
        let lock = match fs::read_to_string(&path) {
            Ok(text) => Some(parse_lock(&path, &text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(&path, &error)),
        };
        Ok(Self {
            folder: folder.to_owned(),
            lock,
        })
    }

    /// The services that have a model here.
    pub fn services(&self) -> Result<Vec<String>, Diagnostic> {
        let names = folders(&self.folder)?;
        Ok(names
            .into_iter()
            .filter(|name| self.versions(name).is_ok_and(|found| !found.is_empty()))
            .collect())
    }

    /// The versions of a service's API, oldest first.
    pub fn versions(&self, service: &str) -> Result<Vec<String>, Diagnostic> {
        let folder = self.folder.join(service);
        let versions = folders(&folder)?;
        Ok(versions
            .into_iter()
            .filter(|version| folder.join(version).join(MODEL).is_file())
            .collect())
    }

    /// Reads the model of a service that the manifest asks for.
    pub fn read(&self, service: &manifest::Service) -> Result<Files, Diagnostic> {
        let name = &service.name;
        let known = self.services()?;
        if !known.contains(&name.name) {
            let near = near_miss(&name.name, known.iter().map(String::as_str));
            let all = format!("the models here are: {}", known.join(", "));
            let message = format!("no model of a service `{}`", name.name);
            return Err(name.diagnostic(message).help(near.unwrap_or(all)));
        }
        let versions = self.versions(&name.name)?;
        let version = match &service.version {
            None => versions.last().cloned().unwrap_or_default(),
            Some(version) if versions.contains(&version.name) => version.name.clone(),
            Some(version) => {
                let message = format!("no version `{}` of {}", version.name, name.name);
                let help = format!("there is {}", versions.join(", "));
                return Err(version.diagnostic(message).help(help));
            }
        };
        self.files(&name.name, &version)
    }

    /// The size of a model in bytes.
    pub fn size(&self, service: &str, version: &str) -> Result<u64, Diagnostic> {
        let path = self.folder.join(service).join(version).join(MODEL);
        let metadata = fs::metadata(&path).map_err(|error| unreadable(&path, &error))?;
        Ok(metadata.len())
    }

    /// Reads the files of a model.
    pub fn files(&self, service: &str, version: &str) -> Result<Files, Diagnostic> {
        let patches = self.folder.join(service).join("patches.toml");
        let file = |name: &str| self.beside(format!("{service}/{version}/{name}"));
        Ok(Files {
            model: file(MODEL)?.ok_or_else(|| Diagnostic::new("the model is gone"))?,
            extras: file(EXTRAS)?,
            paginators: file(PAGINATORS)?,
            paginator_extras: file(PAGINATOR_EXTRAS)?,
            endpoint_rules: file(ENDPOINT_RULES)?,
            patches: match fs::read_to_string(&patches) {
                Ok(text) => Some((patches, text)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(unreadable(&patches, &error)),
            },
        })
    }

    /// The partitions of AWS, if they are here.
    pub fn partitions(&self) -> Result<Option<Beside>, Diagnostic> {
        self.beside(PARTITIONS.to_owned())
    }

    /// A file beside the models, or nothing if there is no such file.
    fn beside(&self, relative: String) -> Result<Option<Beside>, Diagnostic> {
        let Some(json) = self.bytes(&relative)? else {
            return Ok(None);
        };
        Ok(Some(Beside {
            file: self.folder.join(&relative),
            sum: self.sum(&relative)?,
            json,
            relative,
        }))
    }

    /// A file, or nothing if there is no such file.
    fn bytes(&self, relative: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let path = self.folder.join(relative);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    /// What the lock says of a file; nothing if there is no lock.
    fn sum(&self, relative: &str) -> Result<Option<Sum>, Diagnostic> {
        let Some(lock) = &self.lock else {
            return Ok(None);
        };
        let path = self.folder.join(relative);
        match lock.files.get(relative) {
            Some(expected) => Ok(Some(Sum {
                path,
                expected: expected.to_lowercase(),
            })),
            None => {
                let message = "the file is not in models.lock, so nobody knows where it is from";
                Err(Diagnostic::new(message)
                    .file(&path)
                    .help("vendor it again, with its sum in models.lock"))
            }
        }
    }
}

/// The SHA-256 sum that a file was vendored with.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    path: PathBuf,
    expected: String,
}

impl Sum {
    /// Whether these are the bytes that were vendored.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), Diagnostic> {
        let actual = hexadecimal(&Sha256::digest(bytes));
        if actual == self.expected {
            return Ok(());
        }
        let message = format!(
            "the file is not what was vendored: its SHA-256 is {actual}, models.lock says {}",
            self.expected
        );
        Err(Diagnostic::new(message).file(&self.path).help(
            "put the vendored file back; corrections to a model go into patches.toml beside it",
        ))
    }
}

fn parse_lock(path: &Path, text: &str) -> Result<Lock, Diagnostic> {
    toml::from_str(text).map_err(|error| {
        let diagnostic = Diagnostic::new(error.message()).file(path);
        match error.span() {
            Some(span) => diagnostic.position(Position::of_offset(text, span.start)),
            None => diagnostic,
        }
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(format!("cannot read: {error}")).file(path)
}

/// The folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let entries = fs::read_dir(folder).map_err(|error| {
        unreadable(folder, &error).help("`models` in the manifest says where the models are")
    })?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
