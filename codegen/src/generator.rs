//! The way in: models and a manifest to a tree.

use crate::error::{Diagnostic, Error, Position};
use crate::manifest::{self, Manifest};
use crate::passes::{self, Unit, patch};
use crate::source::{Files, Models};
use crate::tree::Tree;
use crate::{emit, ir, locate, lower, model, render};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Generates a crate.
///
/// ```no_run
/// use smithereen_codegen::Generator;
///
/// let generator = Generator::from_manifest("codegen.toml".as_ref())?;
/// let generated = generator.generate()?;
/// generated.tree().write(generator.root())?;
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Debug)]
pub struct Generator {
    root: PathBuf,
    crate_name: String,
    /// Where the list of services comes from, for the header of the root.
    source: String,
    models: Vec<Model>,
}

/// The model of a service, and what is wanted of it.
#[derive(Clone, Debug)]
pub struct Model {
    name: String,
    file: PathBuf,
    relative: String,
    json: Vec<u8>,
    extras: Option<(PathBuf, Vec<u8>)>,
    patches: Option<(PathBuf, String)>,
    operations: Operations,
}

/// The operations that are wanted of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operations {
    /// Every one.
    All,
    /// These.
    Named(Vec<Named>),
}

/// A name, and where somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The file and the place in it.
    pub place: Option<(PathBuf, Position)>,
}

impl From<&str> for Named {
    fn from(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            place: None,
        }
    }
}

impl Named {
    pub(crate) fn diagnostic(&self, message: impl Into<String>) -> Diagnostic {
        let diagnostic = Diagnostic::new(message);
        match &self.place {
            Some((file, position)) => diagnostic.file(file).position(*position),
            None => diagnostic,
        }
    }
}

/// What a run has made.
#[derive(Debug)]
pub struct Generated {
    tree: Tree,
    services: Vec<Summary>,
}

/// What a run has made of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The service's name.
    pub service: String,
    /// Its module, which is its folder too.
    pub module: String,
    /// How many operations were generated.
    pub operations: usize,
    /// How many shapes they need.
    pub shapes: usize,
    /// How long it took, on all cores together.
    pub time: Duration,
}

impl Generated {
    /// The files.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The services, by name.
    pub fn services(&self) -> &[Summary] {
        &self.services
    }
}

impl Model {
    /// A model in botocore's `service-2.json` format.
    pub fn new(name: &str, json: impl Into<Vec<u8>>, operations: Operations) -> Self {
        Self {
            name: name.to_owned(),
            file: PathBuf::from(format!("{name}.json")),
            relative: format!("{name}.json"),
            json: json.into(),
            extras: None,
            patches: None,
            operations,
        }
    }

    /// With corrections in the format of `patches.toml`.
    #[must_use]
    pub fn with_patches(mut self, toml: &str) -> Self {
        let file = PathBuf::from(format!("{}.patches.toml", self.name));
        self.patches = Some((file, toml.to_owned()));
        self
    }

    pub(crate) fn from_files(name: &str, files: Files, operations: Operations) -> Self {
        Self {
            name: name.to_owned(),
            file: files.file,
            relative: files.relative,
            json: files.json,
            extras: files.extras,
            patches: files.patches,
            operations,
        }
    }

    /// Reads, lowers and passes the model: everything short of Rust.
    pub(crate) fn unit(&self) -> Result<Unit, Vec<Diagnostic>> {
        let merged = self.merged()?;
        let json = merged.as_deref().unwrap_or(&self.json);
        let model = model::read(&self.file, json).map_err(|problem| vec![problem])?;
        let service = lower::lower(&self.name, &model);
        let service = service.map_err(|problems| self.locate(json, problems))?;
        let patches = match &self.patches {
            Some((file, text)) => patch::parse(file, text).map_err(|problem| vec![problem])?,
            None => Vec::new(),
        };
        let mut unit = Unit::new(service, self.operations.clone(), patches);
        passes::run(&mut unit).map_err(|problems| self.locate(json, problems))?;
        Ok(unit)
    }

    /// The service as plain data, uncorrected and whole.
    pub(crate) fn lowered(&self) -> Result<ir::Service, Vec<Diagnostic>> {
        let merged = self.merged()?;
        let json = merged.as_deref().unwrap_or(&self.json);
        let model = model::read(&self.file, json).map_err(|problem| vec![problem])?;
        let service = lower::lower(&self.name, &model);
        service.map_err(|problems| self.locate(json, problems))
    }

    /// Adds the file to what only knows the JSON path, and the place in it.
    fn locate(&self, json: &[u8], problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let text = std::str::from_utf8(json).unwrap_or_default();
        problems
            .into_iter()
            .map(|problem| {
                if problem.has_file() {
                    return problem;
                }
                let position = match problem.path() {
                    Some(path) if !problem.has_position() => locate::locate(text, path),
                    _ => None,
                };
                let problem = problem.file(&self.file);
                match position {
                    Some(position) => problem.position(position),
                    None => problem,
                }
            })
            .collect()
    }

    /// The model with what botocore adds to it, if it adds something.
    fn merged(&self) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
        let Some((file, extras)) = &self.extras else {
            return Ok(None);
        };
        let parse = |file: &Path, json: &[u8]| {
            serde_json::from_slice::<serde_json::Value>(json)
                .map_err(|error| vec![Diagnostic::new(error.to_string()).file(file)])
        };
        let mut model = parse(&self.file, &self.json)?;
        let mut extras = parse(file, extras)?;
        merge(&mut model, extras["merge"].take());
        let json = serde_json::to_vec(&model)
            .map_err(|error| vec![Diagnostic::new(error.to_string()).file(file)])?;
        Ok(Some(json))
    }
}

/// Objects are merged, anything else is replaced.
fn merge(into: &mut serde_json::Value, from: serde_json::Value) {
    match (into, from) {
        (serde_json::Value::Object(into), serde_json::Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(serde_json::Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

impl Generator {
    /// For a crate that its users import by this name; models are added.
    pub fn new(crate_name: &str) -> Self {
        Self {
            root: PathBuf::from("src"),
            crate_name: crate_name.to_owned(),
            source: "codegen.toml".to_owned(),
            models: Vec::new(),
        }
    }

    /// Adds a model.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.models.push(model);
        self
    }

    /// Reads a manifest and the models that it names.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the manifest; a model that is not there, or not what was vendored.
    pub fn from_manifest(path: &Path) -> Result<Self, Error> {
        let manifest = manifest::read(path)?;
        let models = Models::open(&manifest.models)?;
        let mut problems = Vec::new();
        let mut generator = Self::new(&manifest.crate_name);
        let Manifest {
            file,
            root,
            services,
            ..
        } = manifest;
        generator.root = root;
        if let Some(name) = file.file_name() {
            generator.source = name.to_string_lossy().into_owned();
        }
        for service in services {
            match models.read(&service) {
                Ok(files) => generator.models.push(Model::from_files(
                    &service.name.name,
                    files,
                    service.operations,
                )),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            return Ok(generator);
        }
        // The rest is looked at too, so that everything is said at once.
        let units = parallel(&generator.models, Model::unit);
        problems.extend(units.into_iter().filter_map(Result::err).flatten());
        Err(problems.into())
    }

    /// The folder that the files belong to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Generates all services, and their files side by side.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the models, and everything in them that cannot be generated.
    pub fn generate(&self) -> Result<Generated, Error> {
        let units = parallel(&self.models, |model| {
            let start = Instant::now();
            model.unit().map(|unit| (unit, start.elapsed()))
        });
        let units = sift(units)?;
        let mut jobs = Vec::new();
        for (index, (unit, _)) in units.iter().enumerate() {
            jobs.extend(emit::jobs(unit)?.into_iter().map(|job| (index, job)));
        }
        let files = parallel(&jobs, |(index, job)| {
            let start = Instant::now();
            let source = &self.models[*index].relative;
            let file = emit::file(&units[*index].0, source, &self.crate_name, job);
            let file = file.map_err(|problem| vec![problem])?;
            let path = file.path.clone();
            Ok((*index, path, render::file(file), start.elapsed()))
        });
        let mut tree = Tree::default();
        let mut services: Vec<Summary> = units.iter().map(Summary::of).collect();
        for (index, path, text, time) in sift(files)? {
            tree.insert(path, text);
            services[index].time += time;
        }
        let modules = units.iter().map(|(unit, _)| {
            let metadata = &unit.service.metadata;
            (
                unit.service.name.clone(),
                format!("{}.", metadata.full_name),
            )
        });
        let mut modules: Vec<_> = modules.collect();
        modules.sort();
        if let Some(pair) = modules.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let message = format!("two services would both be the module `{}`", pair[0].0);
            return Err(Diagnostic::new(message).into());
        }
        let root = emit::root(&modules, &self.source)?;
        tree.insert(root.path.clone(), render::file(root));
        Ok(Generated { tree, services })
    }
}

impl Summary {
    fn of((unit, time): &(Unit, Duration)) -> Self {
        Self {
            service: unit.service.name.clone(),
            module: unit.names.service.clone(),
            operations: unit.operations.len(),
            shapes: unit.closure.len(),
            time: *time,
        }
    }
}

/// What one of many tasks ends with: all that it found wrong, if it did.
type Outcome<T> = Result<T, Vec<Diagnostic>>;

/// All results, or all that went wrong.
fn sift<T>(outcomes: Vec<Outcome<T>>) -> Outcome<Vec<T>> {
    let mut problems = Vec::new();
    let mut results = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        match outcome {
            Ok(result) => results.push(result),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(results)
    } else {
        Err(problems)
    }
}

/// Does something with each item, on all cores; the results are in the order of the items.
fn parallel<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> Outcome<T> + Sync,
) -> Vec<Outcome<T>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            done.push((index, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, Outcome<T>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(items.len()))
            .map(|_| scope.spawn(worker))
            .collect();
        let mut done = worker();
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|_| vec![(0, Err(vec![panicked()]))]),
            );
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn panicked() -> Diagnostic {
    Diagnostic::new("the generator stopped").help("this is a defect of smithereen")
}
