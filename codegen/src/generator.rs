//! The way in: models and a manifest to a tree.

use crate::beside::Beside;
use crate::error::{Diagnostic, Error};
use crate::input::Model;
use crate::manifest::{self, Manifest};
use crate::parallel::{parallel, sift};
use crate::passes::Unit;
use crate::source::Models;
use crate::tree::Tree;
use crate::{emit, render};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Generates a crate.
///
/// ```
/// use smithereen_codegen::Generator;
///
/// let folder = tempfile::tempdir()?;
/// let model = r#"{
///   "metadata": {
///     "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
///     "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
///   },
///   "operations": {
///     "Greet": { "name": "Greet", "http": { "method": "GET", "requestUri": "/greeting" } }
///   },
///   "shapes": {}
/// }"#;
/// let version = folder.path().join("models/parrots/2020-01-01");
/// std::fs::create_dir_all(&version)?;
/// std::fs::write(version.join("service-2.json"), model)?;
/// let manifest = "[crate]\npath = 'aviary'\nname = 'aviary'\n\n[services.parrots]\noperations = ['Greet']\n";
/// std::fs::write(folder.path().join("codegen.toml"), manifest)?;
///
/// let generator = Generator::from_manifest(&folder.path().join("codegen.toml"))?;
/// generator.generate()?.tree().write(generator.root())?;
/// assert!(folder.path().join("aviary/src/parrots/operation/greet.rs").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Generator {
    root: PathBuf,
    crate_name: String,
    /// Where the list of services comes from, for the header of the root.
    source: String,
    models: Vec<Model>,
    partitions: Option<Beside>,
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

impl Generator {
    /// For a crate that its users import by this name; models are added.
    pub fn new(crate_name: &str) -> Self {
        Self {
            root: PathBuf::from("src"),
            crate_name: crate_name.to_owned(),
            source: "codegen.toml".to_owned(),
            models: Vec::new(),
            partitions: None,
        }
    }

    /// Adds a model.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.models.push(model);
        self
    }

    /// The partitions of AWS, in the format of botocore's `partitions.json`: what most endpoint
    /// rules ask for.
    #[must_use]
    pub fn partitions(mut self, json: impl Into<Vec<u8>>) -> Self {
        self.partitions = Some(Beside::new("partitions.json", json));
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
        match models.partitions() {
            Ok(partitions) => generator.partitions = partitions,
            Err(problem) => problems.push(problem),
        }
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
            let source = self.models[*index].relative();
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
                unit.names.service.clone(),
                format!("{}.", emit::plain(&metadata.full_name)),
            )
        });
        let mut modules: Vec<_> = modules.collect();
        modules.sort();
        if let Some(pair) = modules.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let message = format!("two services would both be the module `{}`", pair[0].0);
            return Err(Diagnostic::new(message).into());
        }
        let partitions = self.shared_partitions(&units)?;
        if partitions.is_some() && modules.iter().any(|(module, _)| module == "partitions") {
            let message = "a service would be the module `partitions`, which all services share";
            return Err(Diagnostic::new(message).into());
        }
        let root = emit::root(&modules, partitions.is_some(), &self.source)?;
        if let Some(file) = partitions {
            tree.insert(file.path.clone(), render::file(file));
        }
        tree.insert(root.path.clone(), render::file(root));
        Ok(Generated { tree, services })
    }
}

impl Generator {
    /// The file of the partitions, if the endpoint rules of any service ask for them.
    fn shared_partitions(&self, units: &[(Unit, Duration)]) -> Result<Option<emit::File>, Error> {
        let asks = |unit: &&Unit| {
            let rules = unit.endpoint_rules.as_ref();
            rules.is_some_and(|endpoint| endpoint.rules.asks_for_partitions())
        };
        let Some(unit) = units.iter().map(|(unit, _)| unit).find(asks) else {
            return Ok(None);
        };
        let Some(partitions) = &self.partitions else {
            let message = format!(
                "the endpoint rules of {} ask for the partitions of AWS, which are not there",
                unit.service.name
            );
            let help = "put botocore's partitions.json into the folder of the models";
            return Err(Diagnostic::new(message).help(help).into());
        };
        let lowered = partitions.partitions()?;
        Ok(Some(emit::partitions(&lowered, &partitions.relative)))
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
