//! What a crate of the corpus was generated from, to know when there is nothing to do.
//!
//! The stamp beside a crate's `src` has a sum over the program that generated it, all that is in
//! the files of the model, and the names, sizes and times of the files that came out. If none of
//! these has changed, generating would change nothing either.

use super::CorpusContents;
use crate::source::Files;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::DefaultHasher;
use std::fs::{self, Metadata};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// The name of its file, beside `src`.
const NAME: &str = "generated.json";

/// What is known of a crate that is up to date.
#[derive(Debug, Deserialize, Serialize)]
struct Stamp {
    sum: u64,
    contents: CorpusContents,
}

/// The sum over what goes in.
#[derive(Debug)]
pub(super) struct Inputs(DefaultHasher);

impl Inputs {
    /// The program that generates, which is another one after each change of the generator. Nothing
    /// if it does not know itself; then everything is always generated.
    pub fn program() -> Option<Self> {
        let program = fs::read(std::env::current_exe().ok()?).ok()?;
        let mut sum = DefaultHasher::new();
        program.hash(&mut sum);
        Some(Self(sum))
    }

    /// With the files of a model.
    pub fn with(&self, files: &Files) -> Self {
        let mut sum = self.0.clone();
        files.contents().hash(&mut sum);
        Self(sum)
    }

    /// What is in the crate in this folder, if it came from these and is as it was then.
    pub fn known(&self, folder: &Path) -> Option<CorpusContents> {
        let stamp = fs::read(folder.join(NAME)).ok()?;
        let stamp: Stamp = serde_json::from_slice(&stamp).ok()?;
        let sum = self.sum(&folder.join("src")).ok()?;
        (stamp.sum == sum).then_some(stamp.contents)
    }

    /// Remembers what has become of the crate in this folder.
    pub fn keep(&self, contents: CorpusContents, folder: &Path) -> io::Result<()> {
        let sum = self.sum(&folder.join("src"))?;
        let stamp = serde_json::to_vec(&Stamp { sum, contents })?;
        fs::write(folder.join(NAME), stamp)
    }

    /// The sum over what went in and what is there now.
    fn sum(&self, src: &Path) -> io::Result<u64> {
        let mut sum = self.0.clone();
        outputs(&mut sum, src)?;
        Ok(sum.finish())
    }
}

/// Adds the names, sizes and times of all files below a folder.
fn outputs(sum: &mut DefaultHasher, folder: &Path) -> io::Result<()> {
    let mut entries: Vec<(PathBuf, Metadata)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.path(), entry.metadata()?));
    }
    entries.sort_by(|(left, _), (right, _)| left.cmp(right));
    entries.len().hash(sum);
    for (path, found) in entries {
        (path.file_name(), found.is_dir()).hash(sum);
        if found.is_dir() {
            outputs(sum, &path)?;
        } else {
            (found.len(), found.modified()?).hash(sum);
        }
    }
    Ok(())
}
