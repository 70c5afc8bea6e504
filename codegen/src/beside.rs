//! Files that stand beside models: endpoint rules, and the partitions of AWS.

use crate::ir::endpoint::{Partition, RuleSet};
use crate::locate;
use crate::lower::endpoint as lower;
use crate::model::{self, endpoint::Partitions, endpoint::RuleSet as Rules};
use crate::parallel::Outcome;
use crate::source::Sum;
use std::path::PathBuf;

/// A file that stands beside models, as it is on disk.
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
        self.verify()?;
        let model: Rules<'_> = model::read(&self.file, &self.json).map_err(|found| vec![found])?;
        lower::rule_set(&model).map_err(|found| locate::all(&self.file, &self.json, found))
    }

    /// The partitions, if that is what it is.
    pub fn partitions(&self) -> Outcome<Vec<Partition>> {
        self.verify()?;
        let model: Partitions<'_> =
            model::read(&self.file, &self.json).map_err(|found| vec![found])?;
        lower::partitions(&model).map_err(|found| locate::all(&self.file, &self.json, found))
    }

    fn verify(&self) -> Outcome<()> {
        let verified = self
            .sum
            .as_ref()
            .map_or(Ok(()), |sum| sum.verify(&self.json));
        verified.map_err(|problem| vec![problem])
    }
}
