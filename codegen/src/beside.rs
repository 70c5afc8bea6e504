//! The files of models, and those that stand beside them: endpoint rules, the partitions of AWS.

use crate::error::Diagnostic;
use crate::ir::endpoint::{Partition, RuleSet};
use crate::locate;
use crate::lower::endpoint as lower;
use crate::model::{self, endpoint::Partitions, endpoint::RuleSet as Rules};
use crate::parallel::Outcome;
use crate::source::Sum;
use std::path::PathBuf;

/// A file of models, as it is on disk.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    /// The file, for messages.
    pub file: PathBuf,
    /// The file below the folder of models, for headers.
    pub relative: String,
    /// The file itself.
    pub json: Vec<u8>,
    /// What its sum has to be.
    pub sum: Option<Sum>,
}

impl Beside {
    /// A file that a caller has in memory.
    pub fn new(name: &str, json: impl Into<Vec<u8>>) -> Self {
        Self {
            file: PathBuf::from(name),
            relative: name.to_owned(),
            json: json.into(),
            sum: None,
        }
    }

    /// The endpoint rules, if that is what it is.
    pub fn rules(&self) -> Outcome<RuleSet> {
        self.verify().map_err(|problem| vec![problem])?;
        lower::rule_set(&self.read::<Rules<'_>>()?).map_err(|found| self.locate(found))
    }

    /// The partitions, if that is what it is.
    pub fn partitions(&self) -> Outcome<Vec<Partition>> {
        self.verify().map_err(|problem| vec![problem])?;
        lower::partitions(&self.read::<Partitions<'_>>()?).map_err(|found| self.locate(found))
    }

    /// The mirror of what is in it.
    pub fn read<'j, T: serde::Deserialize<'j>>(&'j self) -> Outcome<T> {
        model::read(&self.file, &self.json).map_err(|problem| vec![problem])
    }

    /// Adds the file to what only knows the JSON path, and the place in it.
    pub fn locate(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        locate::all(&self.file, &self.json, problems)
    }

    /// Whether it is the file that was vendored.
    pub fn verify(&self) -> Result<(), Diagnostic> {
        self.sum
            .as_ref()
            .map_or(Ok(()), |sum| sum.verify(&self.json))
    }
}
