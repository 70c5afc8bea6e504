//! Sdists of botocore: that one is what it says it is, and its files.

use crate::error::Diagnostic;
use crate::source::lock::hexadecimal;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// An sdist of botocore, unpacked.
#[derive(Clone, Debug)]
pub(crate) struct Sdist {
    /// Its folder, which has a `PKG-INFO`.
    pub root: PathBuf,
    /// The version that it says it is.
    pub version: String,
    /// The sum of the archive, if it was seen.
    pub sha256: Option<String>,
}

/// Bytes of an archive, at most. That of 1.44.5 has 17 MB.
const LARGEST_ARCHIVE: u64 = 256 << 20;
/// Bytes of one file of it. The largest of 1.44.5 has 4 MB.
const LARGEST_FILE: u64 = 64 << 20;
/// Bytes of all files. Those of 1.44.5 have 141 MB.
const LARGEST_SDIST: u64 = 1 << 30;
/// Entries of an archive. That of 1.44.5 has 5,007.
const MOST_ENTRIES: usize = 100_000;

impl Sdist {
    /// The folder of the models.
    pub fn data(&self) -> PathBuf {
        self.root.join("botocore/data")
    }

    /// An unpacked one, of whose archive nothing is known.
    pub fn unpacked(root: &Path) -> Result<Self, Diagnostic> {
        let path = root.join("PKG-INFO");
        let info = fs::read_to_string(&path).map_err(|error| {
            let problem = match error.kind() {
                io::ErrorKind::NotFound => {
                    "this is no unpacked sdist, which has a `PKG-INFO`".into()
                }
                _ => format!("cannot read its `PKG-INFO`: {error}"),
            };
            Diagnostic::new(problem).file(root)
        })?;
        // Headers as in mail; the description follows after an empty line.
        let header = |name: &str| {
            let mut headers = info.lines().take_while(|line| !line.is_empty());
            headers.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let sdist = Self {
            root: root.to_owned(),
            version: header("Version").unwrap_or_default().to_owned(),
            sha256: None,
        };
        let wrong = |message: String| Err(Diagnostic::new(message).file(&path));
        match header("Name") {
            Some("botocore") if super::is_version(&sdist.version) => {}
            Some("botocore") => {
                return wrong(format!("`{}` is no version of botocore", sdist.version));
            }
            other => {
                let name = other.unwrap_or("nothing");
                return wrong(format!("this is the sdist of `{name}`, not of `botocore`"));
            }
        }
        if !sdist.data().is_dir() {
            return wrong("the sdist has no `botocore/data`, where the models are".to_owned());
        }
        Ok(sdist)
    }

    /// Unpacks an archive into an empty folder. Nothing in it can get out of there.
    pub fn unpack(archive: &Path, into: &Path) -> Result<Self, Diagnostic> {
        let wrong = |error: io::Error| {
            Diagnostic::new(format!("this is no sdist that can be unpacked: {error}"))
                .file(archive)
                .help("fetch it again")
        };
        let sha256 = sum(archive).map_err(wrong)?;
        let top = unpack(archive, into).map_err(wrong)?;
        let mut sdist = Self::unpacked(&into.join(&top))?;
        if top != format!("botocore-{}", sdist.version) {
            let message = format!("`{top}` says that it is version {}", sdist.version);
            return Err(Diagnostic::new(message).file(archive));
        }
        sdist.sha256 = Some(sha256);
        Ok(sdist)
    }
}

/// The SHA-256 sum of a file.
fn sum(archive: &Path) -> io::Result<String> {
    let mut file = File::open(archive)?;
    if file.metadata()?.len() > LARGEST_ARCHIVE {
        return Err(io::Error::other("it is too large"));
    }
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hexadecimal(&sum.finalize()));
        }
        sum.update(&buffer[..read]);
    }
}

/// Unpacks files and folders, all of which are below one folder: its name.
fn unpack(archive: &Path, into: &Path) -> io::Result<String> {
    let mut top: Option<String> = None;
    let mut left = LARGEST_SDIST;
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(archive)?));
    for (count, entry) in archive.entries()?.enumerate() {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            continue;
        }
        let path = entry.path()?.into_owned();
        let refuse = |why: &str| Err(io::Error::other(format!("`{}` {why}", path.display())));
        if count >= MOST_ENTRIES {
            return refuse("is one file too many");
        }
        if !kind.is_file() && !kind.is_dir() {
            return refuse("is neither a file nor a folder");
        }
        let steps: Option<Vec<&str>> = path.components().map(step).collect();
        let Some((first, rest)) = steps.as_deref().and_then(|steps| steps.split_first()) else {
            return refuse("leads out of its folder");
        };
        if top.get_or_insert_with(|| (*first).to_owned()) != first {
            return refuse("is beside the folder of the sdist");
        }
        let target = into.join(&path);
        if kind.is_dir() {
            fs::create_dir_all(&target)?;
            continue;
        }
        if rest.is_empty() {
            return refuse("is beside the folder of the sdist");
        }
        let size = entry.size();
        if size > LARGEST_FILE || size > left {
            return refuse("is too large");
        }
        left -= size;
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create_new(&target)?;
        io::copy(&mut entry, &mut file)?;
    }
    top.ok_or_else(|| io::Error::other("it is empty"))
}

/// A step of a path, if it is down.
fn step(component: Component<'_>) -> Option<&str> {
    match component {
        Component::Normal(name) => name.to_str(),
        _ => None,
    }
}
