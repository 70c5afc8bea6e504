//! The way in: models and a manifest to a tree.

use crate::error::{Diagnostic, Error, Position};
use crate::manifest::{self, Manifest};
use crate::passes::{self, Unit, patch};
use crate::source::{Files, Models};
use crate::tree::Tree;
use crate::{emit, ir, locate, lower, model, render};
use std::path::{Path, PathBuf};
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
    /// How many operations were generated.
    pub operations: usize,
    /// How many shapes they need.
    pub shapes: usize,
    /// How long it took, reading the model included.
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
            Ok(generator)
        } else {
            Err(problems.into())
        }
    }

    /// The folder that the files belong to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Generates all services, side by side.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the models, and everything in them that cannot be generated.
    pub fn generate(&self) -> Result<Generated, Error> {
        let results = std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .models
                .iter()
                .map(|model| scope.spawn(|| self.service(model)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|_| Err(vec![panicked()])))
                .collect::<Vec<_>>()
        });
        let mut problems = Vec::new();
        let mut tree = Tree::default();
        let mut services = Vec::new();
        let mut modules = Vec::new();
        for result in results {
            match result {
                Ok(service) => {
                    modules.push((service.summary.service.clone(), service.doc));
                    services.push(service.summary);
                    for (path, text) in service.files {
                        tree.insert(path, text);
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(problems.into());
        }
        modules.sort();
        let root = emit::root(&modules, &self.source)?;
        tree.insert(root.path.clone(), render::file(root));
        Ok(Generated { tree, services })
    }

    fn service(&self, model: &Model) -> Result<Service, Vec<Diagnostic>> {
        let start = Instant::now();
        let unit = model.unit()?;
        let files = emit::service(&unit, &model.relative, &self.crate_name)
            .map_err(|problem| vec![problem])?;
        let files = files
            .into_iter()
            .map(|file| (file.path.clone(), render::file(file)))
            .collect();
        Ok(Service {
            doc: format!("{}.", unit.service.metadata.full_name),
            files,
            summary: Summary {
                service: unit.service.name.clone(),
                operations: unit.operations.len(),
                shapes: unit.closure.len(),
                time: start.elapsed(),
            },
        })
    }
}

/// A service's share of a run.
struct Service {
    doc: String,
    files: Vec<(String, String)>,
    summary: Summary,
}

fn panicked() -> Diagnostic {
    Diagnostic::new("the generator stopped").help("this is a defect of smithereen")
}
