//! Lines of generated code that differ.

use similar::{ChangeTag, TextDiff};
use smithereen_codegen::Tree;
use std::collections::BTreeSet;

/// The lines that only one of two trees has.
#[derive(Debug, Default)]
pub struct Lines {
    /// Of the new one, with their files.
    pub added: Vec<(String, String)>,
    /// Of the old one, with their files.
    pub removed: Vec<(String, String)>,
    /// How many files have such lines.
    pub files: usize,
}

impl Lines {
    /// What differs between two trees.
    pub fn between(old: &Tree, new: &Tree) -> Self {
        let paths: BTreeSet<&str> = old
            .files()
            .chain(new.files())
            .map(|(path, _)| path)
            .collect();
        let mut found = Self::default();
        for path in paths {
            let (old, new) = (
                old.get(path).unwrap_or_default(),
                new.get(path).unwrap_or_default(),
            );
            if old != new {
                found.files += 1;
                found.file(path, old, new);
            }
        }
        found
    }

    fn file(&mut self, path: &str, old: &str, new: &str) {
        let diff = TextDiff::from_lines(old, new);
        for change in diff.iter_all_changes() {
            let line = (path.to_owned(), change.value().trim().to_owned());
            match change.tag() {
                ChangeTag::Insert => self.added.push(line),
                ChangeTag::Delete => self.removed.push(line),
                ChangeTag::Equal => {}
            }
        }
    }
}

/// Whether it is a line of documentation.
pub fn is_comment(line: &(String, String)) -> bool {
    line.1.starts_with("//")
}
