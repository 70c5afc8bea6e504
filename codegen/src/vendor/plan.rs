//! What would be done: read, checked, and not yet written.

use super::files::on_disk;
use super::transaction::Transaction;
use crate::error::{Diagnostic, Error};
use crate::input::Model;
use crate::source::{Lock, Place, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Changes to the vendored models and to the manifest. Nothing is written before [`Plan::apply`],
/// and then all or nothing.
#[derive(Debug)]
pub struct Plan {
    pub(super) source: Option<Source>,
    pub(super) files: Vec<PlannedFile>,
    pub(super) notes: Vec<String>,
    pub(super) old: Vec<Model>,
    pub(super) new: Vec<Model>,
    pub(super) transaction: Transaction,
}

/// A file that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFile {
    /// The file.
    pub path: PathBuf,
    /// What becomes of it.
    pub change: FileChange,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It is new.
    Added,
    /// It has other contents.
    Changed,
    /// It goes.
    Removed,
}

impl Plan {
    pub(super) fn new(source: Option<Source>) -> Self {
        Self {
            source,
            files: Vec::new(),
            notes: Vec::new(),
            old: Vec::new(),
            new: Vec::new(),
            transaction: Transaction::default(),
        }
    }

    /// Where the vendored files come from afterwards.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The files that change, vendored ones first, by path.
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// What else is to say, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The models of the manifest's services as they were before an update, to be compared.
    pub fn old(&self) -> &[Model] {
        &self.old
    }

    /// The same as they are afterwards.
    pub fn new_models(&self) -> &[Model] {
        &self.new
    }

    /// Writes it all.
    ///
    /// # Errors
    ///
    /// If a file cannot be written; then all is as it was.
    pub fn apply(&self) -> Result<(), Error> {
        self.transaction.commit()
    }

    /// The folder of the models is to have these files, whose sums are in the lock; what the old
    /// lock has beside is to go.
    pub(super) fn vendor(
        &mut self,
        folder: &Path,
        files: BTreeMap<String, Vec<u8>>,
        old: Option<&Lock>,
        lock: &Lock,
    ) -> Result<(), Diagnostic> {
        for (path, contents) in files {
            self.write(on_disk(folder, &path), contents)?;
        }
        for path in old.iter().flat_map(|lock| lock.files.keys()) {
            if !lock.files.contains_key(path) && is_below(path) {
                self.remove(on_disk(folder, path))?;
            }
        }
        // The lock after the files and before all else: until it is there, `verify` says so.
        self.write(folder.join(Lock::FILE), lock.text().into_bytes())
    }

    pub(super) fn write(&mut self, path: PathBuf, contents: Vec<u8>) -> Result<(), Diagnostic> {
        let change = match current(&path)? {
            None => FileChange::Added,
            Some(old) if old == contents => return Ok(()),
            Some(_) => FileChange::Changed,
        };
        self.files.push(PlannedFile {
            path: path.clone(),
            change,
        });
        self.transaction.write(path, contents);
        Ok(())
    }

    fn remove(&mut self, path: PathBuf) -> Result<(), Diagnostic> {
        if current(&path)?.is_some() {
            self.files.push(PlannedFile {
                path: path.clone(),
                change: FileChange::Removed,
            });
            self.transaction.remove(path);
        }
        Ok(())
    }
}

/// A file as it is on disk, if it is there.
fn current(path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Place::disk(folder).read(&name)
}

/// Whether the path of a lock stays below the folder of the lock.
fn is_below(path: &str) -> bool {
    path.split('/')
        .all(|step| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':']))
}
