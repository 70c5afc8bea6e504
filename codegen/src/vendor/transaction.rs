//! Several files, all written or none.

use crate::error::{Diagnostic, Error};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is to become of files: new contents, or nothing.
#[derive(Debug, Default)]
pub(crate) struct Transaction {
    changes: Vec<(PathBuf, Option<Vec<u8>>)>,
}

/// What has been done so far, to be undone in reverse.
#[derive(Debug, Default)]
struct Done {
    /// Folders that were not there, outer ones first.
    folders: Vec<PathBuf>,
    /// New contents that lie beside their files.
    beside: Vec<PathBuf>,
    /// Files that have been replaced or removed, with where the old ones lie, if there were any.
    replaced: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Transaction {
    /// The file is to have these contents.
    pub fn write(&mut self, path: PathBuf, contents: Vec<u8>) {
        self.changes.push((path, Some(contents)));
    }

    /// The file is to go.
    pub fn remove(&mut self, path: PathBuf) {
        self.changes.push((path, None));
    }

    /// Does it all. If anything fails, all is as it was.
    pub fn commit(&self) -> Result<(), Error> {
        let mut done = Done::default();
        let outcome = self
            .prepare(&mut done)
            .and_then(|()| self.replace(&mut done));
        if let Err(problem) = outcome {
            let left = done.undo();
            let mut problems = match left.is_empty() {
                true => vec![problem.help("all files are as they were")],
                false => vec![problem],
            };
            problems.extend(left);
            return Err(problems.into());
        }
        done.clean();
        self.remove_empty_folders();
        Ok(())
    }

    /// Writes new contents beside the files. Most of what can fail fails here, when nothing has
    /// changed yet.
    fn prepare(&self, done: &mut Done) -> Result<(), Diagnostic> {
        for (path, contents) in &self.changes {
            let Some(contents) = contents else { continue };
            if let Some(folder) = path.parent() {
                create_folders(folder, &mut done.folders)
                    .map_err(|error| failed("create the folder", folder, &error))?;
            }
            let beside = beside(path, "new");
            done.beside.push(beside.clone());
            fs::write(&beside, contents).map_err(|error| failed("write", &beside, &error))?;
        }
        Ok(())
    }

    /// Puts old files aside, and new ones into their places.
    fn replace(&self, done: &mut Done) -> Result<(), Diagnostic> {
        for (path, contents) in &self.changes {
            let old = beside(path, "old");
            let old = match fs::rename(path, &old) {
                Ok(()) => Some(old),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(failed("replace", path, &error)),
            };
            done.replaced.push((path.clone(), old));
            if contents.is_some() {
                fs::rename(beside(path, "new"), path)
                    .map_err(|error| failed("replace", path, &error))?;
            }
        }
        Ok(())
    }

    fn remove_empty_folders(&self) {
        let removed = self
            .changes
            .iter()
            .filter(|(_, contents)| contents.is_none());
        let folders: BTreeSet<&Path> = removed.filter_map(|(path, _)| path.parent()).collect();
        for folder in folders.into_iter().rev() {
            // The folders of a version and of its service; one that is not empty is not removed.
            for folder in folder.ancestors().take(2) {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

impl Done {
    /// Everything as it was; what could not be put back.
    fn undo(self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (path, old) in self.replaced.into_iter().rev() {
            let undone = match &old {
                Some(old) => fs::rename(old, &path),
                None => fs::remove_file(&path),
            };
            match undone {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    let problem = failed("put back", &path, &error);
                    problems.push(match old {
                        Some(old) => problem.help(format!("it is now `{}`", old.display())),
                        None => problem,
                    });
                }
                _ => {}
            }
        }
        for path in self.beside {
            let _ = fs::remove_file(path);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        problems
    }

    /// The old files go. One that stays does no harm, and `verify` names it.
    fn clean(self) {
        for (_, old) in self.replaced {
            if let Some(old) = old {
                let _ = fs::remove_file(old);
            }
        }
    }
}

/// A name in the same folder, that no file of a model has.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}~"))
}

fn create_folders(folder: &Path, created: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(parent, created)?;
    }
    fs::create_dir(folder)?;
    created.push(folder.to_owned());
    Ok(())
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(format!("cannot {what}: {error}")).file(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// All that is below a folder.
    fn disk(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            found.insert(path.clone(), fs::read(&path).ok());
            if path.is_dir() {
                found.extend(disk(&path));
            }
        }
        found
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["changed", "gone/removed", "last"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "old").unwrap();
        }
        folder
    }

    fn transaction(folder: &Path) -> Transaction {
        let mut transaction = Transaction::default();
        transaction.write(folder.join("changed"), b"new".to_vec());
        transaction.write(folder.join("a/b/added"), b"new".to_vec());
        transaction.remove(folder.join("gone/removed"));
        transaction.write(folder.join("last"), b"new".to_vec());
        transaction
    }

    #[test]
    fn all_is_done_and_nothing_lies_about() {
        let folder = folder();
        transaction(folder.path()).commit().unwrap();
        let paths = ["a", "a/b", "a/b/added", "changed", "last"];
        let found = disk(folder.path());
        let expected = paths.map(|path| folder.path().join(path));
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            expected.iter().collect::<Vec<_>>()
        );
        let new = found.values().flatten().all(|contents| contents == b"new");
        assert!(new, "{found:?}");
    }

    #[test]
    fn what_fails_before_the_first_file_is_replaced_leaves_all_as_it_was() {
        let folder = folder();
        // A file where the folder of another would be.
        fs::write(folder.path().join("a"), "old").unwrap();
        let before = disk(folder.path());
        assert!(transaction(folder.path()).commit().is_err());
        assert_eq!(disk(folder.path()), before);
    }

    #[test]
    fn what_fails_half_way_leaves_all_as_it_was() {
        let folder = folder();
        // The last of the files cannot be put aside: something is there, and it is not empty.
        let obstacle = beside(&folder.path().join("last"), "old");
        fs::create_dir_all(obstacle.join("x")).unwrap();
        let before = disk(folder.path());
        let error = transaction(folder.path()).commit().unwrap_err();
        assert!(error.to_string().contains("cannot replace"), "{error}");
        assert_eq!(disk(folder.path()), before);
    }
}
