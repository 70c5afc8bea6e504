//! All models of a botocore: generated one by one, each into a crate of its own.
//!
//! What has been generated is on disk before the next model is read, so memory is bounded by the
//! models in flight. A crate that is up to date is not generated again ([`stamp`]).

mod stamp;

use crate::beside::Beside;
use crate::emit::Module;
use crate::error::{Diagnostic, Error};
use crate::input::{Model, Operations};
use crate::parallel::{Outcome, on_cores};
use crate::passes::Unit;
use crate::source::{MODEL, Models, Place};
use crate::tree::Tree;
use crate::{emit, ir, render};
use serde::{Deserialize, Serialize};
use stamp::Inputs;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The models of an unpacked botocore.
///
/// ```no_run
/// use smithereen_codegen::Corpus;
///
/// let corpus = Corpus::open("botocore-1.44.5".as_ref(), Some("models".as_ref()))?;
/// let rows = corpus.generate(corpus.models(), Some("target/corpus".as_ref()), 2, &|_| {});
/// for row in rows.iter().filter(|row| row.error.is_some()) {
///     println!("{} {}", row.model.service, row.model.version);
/// }
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Debug)]
pub struct Corpus {
    source: Models,
    partitions: Option<Partitions>,
    models: Vec<CorpusModel>,
    program: Option<Inputs>,
}

/// The file of the partitions, which all crates share.
#[derive(Debug)]
struct Partitions {
    path: String,
    text: String,
}

/// A model of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusModel {
    /// The service's name, which is its folder's.
    pub service: String,
    /// The version of its API.
    pub version: String,
    /// Whether the service has no newer one.
    pub newest: bool,
    /// The size of its `service-2.json` in bytes.
    pub bytes: u64,
}

/// What has become of a model.
#[derive(Debug)]
pub struct CorpusRow {
    /// The model.
    pub model: CorpusModel,
    /// What is in its crate, as far as it could be generated.
    pub contents: CorpusContents,
    /// How many of the files were written because they were not there or different.
    pub written: usize,
    /// How long it took, from reading the model to the files on disk.
    pub time: Duration,
    /// Why it could not be generated.
    pub error: Option<Error>,
}

/// What is in a crate of the corpus.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct CorpusContents {
    /// How its requests are written, if it could be read that far.
    pub protocol: Option<ir::Protocol>,
    /// How many operations it has.
    pub operations: usize,
    /// How many shapes they need.
    pub shapes: usize,
    /// How many members these have.
    pub members: usize,
    /// How many files were generated.
    pub files: usize,
    /// How many lines are in them.
    pub lines: usize,
}

impl CorpusModel {
    /// The folder of its crate, below that of all.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.service, self.version)
    }
}

impl Corpus {
    /// Opens a botocore: its source distribution, the package in it, or the `data` in that. The
    /// corrections are in `<service>/patches.toml` of the other folder.
    ///
    /// # Errors
    ///
    /// If there are no models, or the partitions beside them cannot be read.
    pub fn open(botocore: &Path, patches: Option<&Path>) -> Result<Self, Error> {
        let data = data_of(botocore)?;
        let mut source = Models::open(&data)?;
        if let Some(patches) = patches {
            source = source.corrected_by(Place::disk(patches), false);
        }
        let mut models = Vec::new();
        for service in source.services()? {
            let versions = source.versions(&service)?;
            let newest = versions.last().cloned();
            for version in versions {
                let file = data.join(&service).join(&version).join(MODEL);
                let bytes = fs::metadata(&file).map_err(|error| {
                    Diagnostic::new(format!("cannot read: {error}")).file(&file)
                })?;
                models.push(CorpusModel {
                    newest: newest.as_ref() == Some(&version),
                    service: service.clone(),
                    version,
                    bytes: bytes.len(),
                });
            }
        }
        let partitions = source.partitions()?;
        let partitions = partitions.as_ref().map(rendered).transpose()?;
        Ok(Self {
            source,
            partitions,
            models,
            program: Inputs::program(),
        })
    }

    /// The models, by service and version.
    pub fn models(&self) -> &[CorpusModel] {
        &self.models
    }

    /// Generates models, all operations of each, the largest first and so many at a time. With a
    /// folder, each becomes the `src` of a crate in it; without one, nothing is written. Whoever is
    /// told of the rows is told from several threads, as they come. The result is in the order of
    /// the models.
    ///
    /// A crate that is there and up to date is passed over, and its row has the counts of then. What
    /// is known of it is in `generated.json` beside its `src`; without that it is generated again.
    pub fn generate(
        &self,
        models: &[CorpusModel],
        folder: Option<&Path>,
        jobs: usize,
        done: &(dyn Fn(&CorpusRow) + Sync),
    ) -> Vec<CorpusRow> {
        let mut order: Vec<usize> = (0..models.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(models[*index].bytes));
        let rows = on_cores(jobs, &order, |index| {
            let row = self.row(&models[*index], folder);
            done(&row);
            Ok((*index, row))
        });
        // No model fails the run, so there is a result of each, or a defect that has been reported.
        let mut rows: Vec<_> = rows.into_iter().filter_map(Result::ok).collect();
        rows.sort_by_key(|(index, _)| *index);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn row(&self, model: &CorpusModel, folder: Option<&Path>) -> CorpusRow {
        let start = Instant::now();
        let mut row = CorpusRow {
            model: model.clone(),
            contents: CorpusContents::default(),
            written: 0,
            time: Duration::ZERO,
            error: None,
        };
        row.error = self.one(&mut row, folder).err().map(Error::from);
        row.time = start.elapsed();
        row
    }

    fn one(&self, row: &mut CorpusRow, folder: Option<&Path>) -> Outcome<()> {
        let files = self.source.files(&row.model.service, &row.model.version);
        let files = files.map_err(|problem| vec![problem])?;
        let inputs = self.program.as_ref().map(|program| program.with(&files));
        let folder = folder.map(|folder| folder.join(row.model.folder()));
        if let (Some(folder), Some(inputs)) = (&folder, &inputs)
            && let Some(contents) = inputs.known(folder)
        {
            row.contents = contents;
            return Ok(());
        }
        let model = Model::from_files(&row.model.service, files, Operations::All);
        let unit = model.unit()?;
        let contents = &mut row.contents;
        contents.protocol = Some(unit.service.metadata.protocol);
        contents.operations = unit.operations.len();
        contents.shapes = unit.closure.len();
        contents.members = unit.shapes().map(|(shape, _)| shape.members().len()).sum();
        let tree = self.tree(&unit, model.relative())?;
        contents.files = tree.files().count();
        contents.lines = tree.files().map(|(_, text)| lines(text)).sum();
        if let Some(folder) = folder {
            let root = folder.join("src");
            let changes = tree.write(&root).map_err(Error::into_diagnostics)?;
            row.written = changes.iter().filter(|change| change.differs()).count();
            if let Some(inputs) = inputs {
                // Without a stamp it is generated again the next time.
                let _ = inputs.keep(row.contents, &folder);
            }
        }
        Ok(())
    }

    /// The files of a crate that has this service and no other.
    fn tree(&self, unit: &Unit, source: &str) -> Outcome<Tree> {
        let mut tree = Tree::default();
        let jobs = emit::jobs(unit).map_err(|problem| vec![problem])?;
        for job in &jobs {
            let file = emit::file(unit, source, CRATE, job).map_err(|problem| vec![problem])?;
            tree.insert(file.path.clone(), render::file(file));
        }
        if unit.asks_for_partitions()
            && let Some(partitions) = &self.partitions
        {
            tree.insert(&partitions.path, &partitions.text);
        }
        let modules = [Module::of(unit, false)];
        let root = emit::root(&modules, source).map_err(|problem| vec![problem])?;
        tree.insert(root.path.clone(), render::file(root));
        Ok(tree)
    }
}

/// The name by which examples in the documentation import a crate of the corpus.
const CRATE: &str = "aws";

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn rendered(partitions: &Beside) -> Result<Partitions, Error> {
    let file = emit::partitions(&partitions.partitions()?, &partitions.relative);
    Ok(Partitions {
        path: file.path.clone(),
        text: render::file(file),
    })
}

/// The folder of the models in a botocore.
fn data_of(botocore: &Path) -> Result<PathBuf, Diagnostic> {
    let candidates = ["botocore/data", "data", ""].map(|below| botocore.join(below));
    let found = candidates
        .into_iter()
        .find(|folder| folder.join("partitions.json").is_file());
    found.ok_or_else(|| {
        Diagnostic::new("this is no botocore: there is no `partitions.json` beside models in it")
            .file(botocore)
            .help("name the unpacked source distribution, or `botocore/data` in it")
    })
}
