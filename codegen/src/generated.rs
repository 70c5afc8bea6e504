//! What a run has made: crates, and how they stand to what is on disk.

use crate::emit::Module;
use crate::error::Error;
use crate::features;
use crate::generator::Summary;
use crate::manifest;
use crate::tree::{self, Change, Tree};
use std::path::{Path, PathBuf};

/// What a run has made.
#[derive(Debug)]
pub struct Generated {
    crates: Vec<GeneratedCrate>,
    services: Vec<Summary>,
}

/// A crate that a run has made.
#[derive(Debug)]
pub struct GeneratedCrate {
    root: PathBuf,
    tree: Tree,
    /// The lines of its manifest that are kept, if any are.
    features: Option<Vec<String>>,
}

impl Generated {
    pub(crate) fn new(crates: Vec<GeneratedCrate>, services: Vec<Summary>) -> Self {
        Self { crates, services }
    }

    /// The crates, that of `[crate]` first.
    pub fn crates(&self) -> &[GeneratedCrate] {
        &self.crates
    }

    /// The files of the first crate; where there is one, that is all.
    pub fn tree(&self) -> &Tree {
        static NOTHING: Tree = Tree::new();
        self.crates.first().map_or(&NOTHING, |made| &made.tree)
    }

    /// The services, by name.
    pub fn services(&self) -> &[Summary] {
        &self.services
    }

    /// How the files of all crates stand to those on disk, and the features in their manifests.
    ///
    /// # Errors
    ///
    /// As [`Tree::diff`]; if a crate's `Cargo.toml` has no place for the features of the services.
    pub fn diff(&self) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        let mut problems = Vec::new();
        for made in &self.crates {
            match made.diff() {
                Ok(found) => changes.extend(found),
                Err(error) => problems.extend(error.into_diagnostics()),
            }
        }
        if problems.is_empty() {
            Ok(changes)
        } else {
            Err(problems.into())
        }
    }

    /// Makes the files on disk these, touching only those that differ, and says how they stood
    /// before.
    ///
    /// # Errors
    ///
    /// As [`diff`](Self::diff), and if a file cannot be written. All files are then as they were.
    pub fn write(&self) -> Result<Vec<Change>, Error> {
        let changes = self.diff()?;
        tree::apply(&changes)?;
        Ok(changes)
    }
}

impl GeneratedCrate {
    pub(crate) fn new(target: &manifest::Crate) -> Self {
        Self {
            root: target.root.clone(),
            tree: Tree::default(),
            features: None,
        }
    }

    pub(crate) fn insert(&mut self, path: String, text: String) {
        self.tree.insert(path, text);
    }

    /// Keeps a feature for each module in the manifest of the crate.
    pub(crate) fn keep_features(&mut self, modules: &[Module]) {
        self.features = Some(features::lines(modules));
    }

    /// The folder that the files belong to: `src` of the crate.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    fn diff(&self) -> Result<Vec<Change>, Error> {
        let mut problems = Vec::new();
        let mut changes = match self.tree.diff(&self.root) {
            Ok(changes) => changes,
            Err(error) => {
                problems = error.into_diagnostics();
                Vec::new()
            }
        };
        if let (Some(lines), Some(folder)) = (&self.features, self.root.parent()) {
            match tree::edited(folder, "Cargo.toml", |text| features::kept(text, lines)) {
                Ok(change) => changes.extend(change),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(changes)
        } else {
            Err(problems.into())
        }
    }
}
