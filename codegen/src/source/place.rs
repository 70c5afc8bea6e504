//! A folder of files, on disk or in a revision of git.

use super::git;
use crate::error::Diagnostic;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder of files. Paths below it are written with `/`.
#[derive(Debug)]
pub(crate) struct Place {
    kind: Kind,
    /// What people call it.
    shown: PathBuf,
}

#[derive(Debug)]
enum Kind {
    Disk(PathBuf),
    Git(git::Folder),
}

impl Place {
    /// A folder on disk, which people call by its path.
    pub fn disk(folder: &Path) -> Self {
        Self {
            kind: Kind::Disk(folder.to_owned()),
            shown: folder.to_owned(),
        }
    }

    /// A folder of a revision.
    pub fn git(folder: git::Folder) -> Self {
        Self {
            shown: folder.shown(),
            kind: Kind::Git(folder),
        }
    }

    /// The same under another name.
    #[must_use]
    pub fn shown_as(mut self, shown: impl Into<PathBuf>) -> Self {
        self.shown = shown.into();
        self
    }

    /// What people call a file in it.
    pub fn shown(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            return self.shown.clone();
        }
        self.shown.join(path)
    }

    /// A file, or nothing if there is no such file.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let read = match &self.kind {
            Kind::Disk(folder) => match fs::read(folder.join(path)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
            Kind::Git(folder) => folder.read(path),
        };
        read.map_err(|error| self.unreadable(path, &error))
    }

    /// A file of text, or nothing if there is no such file.
    pub fn text(&self, path: &str) -> Result<Option<String>, Diagnostic> {
        let Some(bytes) = self.read(path)? else {
            return Ok(None);
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| self.unreadable(path, &io::Error::other("it is no UTF-8")))?;
        Ok(Some(text))
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        match &self.kind {
            Kind::Disk(folder) => folder.join(path).is_file(),
            Kind::Git(folder) => folder.has(path),
        }
    }

    /// The names of the folders in a folder of it, sorted.
    pub fn folders(&self, path: &str) -> Result<Vec<String>, Diagnostic> {
        match &self.kind {
            Kind::Disk(_) => self.entries(path, Path::is_dir),
            Kind::Git(folder) => Ok(folder.folders(path)),
        }
    }

    /// The names of the files in a folder of it, sorted.
    pub fn files(&self, path: &str) -> Result<Vec<String>, Diagnostic> {
        match &self.kind {
            Kind::Disk(_) => self.entries(path, Path::is_file),
            Kind::Git(folder) => Ok(folder.files(path)),
        }
    }

    fn entries(&self, path: &str, wanted: fn(&Path) -> bool) -> Result<Vec<String>, Diagnostic> {
        let Kind::Disk(folder) = &self.kind else {
            return Ok(Vec::new());
        };
        let read = || -> io::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in fs::read_dir(folder.join(path))? {
                let entry = entry?;
                if wanted(&entry.path()) {
                    names.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
            names.sort();
            Ok(names)
        };
        match read() {
            // Below it, a folder that is not there is as good as an empty one, as in git.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_empty() => {
                Ok(Vec::new())
            }
            read => read.map_err(|error| self.unreadable(path, &error)),
        }
    }

    fn unreadable(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::new(format!("cannot read: {error}")).file(&self.shown(path))
    }
}
