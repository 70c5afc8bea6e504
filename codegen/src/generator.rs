//! The way in: models and a manifest to a tree.

use crate::beside::Beside;
use crate::emit::Module;
use crate::error::{Diagnostic, Error};
use crate::generated::{Generated, GeneratedCrate};
use crate::input::Model;
use crate::manifest::{self, Manifest};
use crate::parallel::{parallel, sift};
use crate::passes::Unit;
use crate::source::Models;
use crate::{emit, ir, render};
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
/// generator.generate()?.write()?;
/// assert!(folder.path().join("aviary/src/parrots/operation/greet.rs").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Generator {
    crates: Vec<manifest::Crate>,
    /// Where the list of services comes from, for the headers of the roots.
    source: String,
    /// Whether each service is behind a feature of its name.
    features: bool,
    models: Vec<Model>,
    /// The crates that the models go to, in the same order.
    targets: Vec<usize>,
    partitions: Option<Beside>,
}

/// What a run has made of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The service's name.
    pub service: String,
    /// Its module, which is its folder too.
    pub module: String,
    /// The folder of the module: `src` of its crate.
    pub root: PathBuf,
    /// How its requests are written.
    pub protocol: ir::Protocol,
    /// How many operations were generated.
    pub operations: usize,
    /// How many shapes they need.
    pub shapes: usize,
    /// How long it took, on all cores together.
    pub time: Duration,
}

impl Generator {
    /// For a crate that its users import by this name; models are added.
    pub fn new(crate_name: &str) -> Self {
        Self {
            crates: vec![manifest::Crate {
                root: PathBuf::from("src"),
                name: crate_name.to_owned(),
            }],
            source: "codegen.toml".to_owned(),
            features: false,
            models: Vec::new(),
            targets: Vec::new(),
            partitions: None,
        }
    }

    /// Adds a model.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.models.push(model);
        self.targets.push(0);
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
        let mut generator = Self::new("");
        let Manifest {
            file,
            crates,
            services,
            ..
        } = manifest;
        generator.crates = crates;
        generator.features = true;
        match models.partitions() {
            Ok(partitions) => generator.partitions = partitions,
            Err(problem) => problems.push(problem),
        }
        if let Some(name) = file.file_name() {
            generator.source = name.to_string_lossy().into_owned();
        }
        for service in services {
            match models.read(&service) {
                Ok(files) => {
                    generator.models.push(Model::asked_for(&service, files));
                    generator.targets.push(service.krate);
                }
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
            let name = &self.crates[self.targets[*index]].name;
            let file = emit::file(&units[*index].0, source, name, job);
            let file = file.map_err(|problem| vec![problem])?;
            let path = file.path.clone();
            Ok((*index, path, render::file(file), start.elapsed()))
        });
        let mut crates = self.crates(&units)?;
        let mut services: Vec<Summary> = units
            .iter()
            .zip(&self.targets)
            .map(|(unit, target)| Summary::of(unit, &self.crates[*target]))
            .collect();
        for (index, path, text, time) in sift(files)? {
            crates[self.targets[index]].insert(path, text);
            services[index].time += time;
        }
        Ok(Generated::new(crates, services))
    }

    /// The crates with what is in them beside the services.
    fn crates(&self, units: &[(Unit, Duration)]) -> Result<Vec<GeneratedCrate>, Error> {
        let partitions = self.shared_partitions(units)?;
        let crates = self.crates.iter().enumerate().map(|(index, target)| {
            let own = self.targets.iter().zip(units);
            let own = own.filter(|(target, _)| **target == index);
            let mut modules: Vec<Module> = own
                .map(|(_, (unit, _))| Module::of(unit, self.features))
                .collect();
            modules.sort_by(|left, right| left.name.cmp(&right.name));
            check(&modules)?;
            let asks = modules.iter().any(|module| module.partitions);
            let root = emit::root(&modules, &self.source)?;
            let mut made = GeneratedCrate::new(target);
            if self.features {
                made.keep_features(&modules);
            }
            made.insert(root.path.clone(), render::file(root));
            if let Some((path, text)) = partitions.as_ref().filter(|_| asks) {
                made.insert(path.clone(), text.clone());
            }
            Ok(made)
        });
        crates.collect()
    }

    /// The file of the partitions, if the endpoint rules of any service ask for them.
    fn shared_partitions(
        &self,
        units: &[(Unit, Duration)],
    ) -> Result<Option<(String, String)>, Error> {
        let Some((unit, _)) = units.iter().find(|(unit, _)| unit.asks_for_partitions()) else {
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
        let file = emit::partitions(&lowered, &partitions.relative);
        Ok(Some((file.path.clone(), render::file(file))))
    }
}

/// Whether the modules of a crate can be beside each other.
fn check(modules: &[Module]) -> Result<(), Error> {
    if let Some(pair) = modules.windows(2).find(|pair| pair[0].name == pair[1].name) {
        let message = format!("two services would both be the module `{}`", pair[0].name);
        return Err(Diagnostic::new(message).into());
    }
    let partitions = modules.iter().any(|module| module.partitions);
    if partitions && modules.iter().any(|module| module.name == "partitions") {
        let message = "a service would be the module `partitions`, which all services share";
        return Err(Diagnostic::new(message).into());
    }
    Ok(())
}

impl Summary {
    fn of((unit, time): &(Unit, Duration), target: &manifest::Crate) -> Self {
        Self {
            service: unit.service.name.clone(),
            module: unit.names.service.clone(),
            root: target.root.clone(),
            protocol: unit.service.metadata.protocol,
            operations: unit.operations.len(),
            shapes: unit.closure.len(),
            time: *time,
        }
    }
}
