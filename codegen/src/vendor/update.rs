//! Another version of all that is vendored.

use super::files::{self, FileState, VendoredFile, service_of};
use super::origin::Origin;
use super::plan::Plan;
use super::sdist::Sdist;
use super::{Source, Vendor};
use crate::error::{Diagnostic, Error};
use crate::input::Model;
use crate::manifest::Service;
use crate::parallel::parallel;
use crate::source::lock::sha256;
use crate::source::{Lock, Models, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What has been found in an sdist.
pub(super) struct Vendored {
    pub services: Vec<Service>,
    /// Paths below the folder of the models to contents.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The models of the manifest's services, when they have been checked.
    pub models: Vec<Model>,
}

/// The models of an sdist, uncorrected.
pub(super) fn botocore(sdist: &Sdist) -> Result<Models, Diagnostic> {
    let place = Place::disk(&sdist.data());
    Models::at(place.shown_as(format!("botocore-{}", sdist.version)))
}

/// A service with all operations, in its newest version.
pub(super) fn whole(name: &str) -> Service {
    Service::whole(name)
}

/// Paths to sums.
pub(super) fn sums(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let sums = files
        .iter()
        .map(|(path, bytes)| (path.clone(), sha256(bytes)));
    sums.collect()
}

impl Vendor {
    /// What it takes to have the models of another botocore: those of the manifest's services, and
    /// of all others that are vendored, so that all are of one version.
    ///
    /// # Errors
    ///
    /// If the sdist cannot be had, a service is not in it, or a model or a correction to it cannot
    /// be understood: everything that is wrong, at once.
    pub fn update(&self, origin: &Origin) -> Result<Plan, Error> {
        if let Origin::Version(version) = origin
            && self.is_vendored(version)?
        {
            return Ok(Plan::new(self.source().cloned()));
        }
        let opened = origin.open(self.source())?;
        let models = botocore(&opened.sdist)?;
        let mut vendored = self.gather(&opened.sdist, &models, &self.manifest.services)?;
        self.check(models, &mut vendored)?;
        self.planned(&opened.sdist, vendored)
    }

    /// Whether an update to a version takes a download, and so some seconds.
    ///
    /// # Errors
    ///
    /// If a vendored file cannot be read.
    pub fn has_to_fetch(&self, version: &str) -> Result<bool, Error> {
        Ok(!Self::is_cached(version) && !self.is_vendored(version)?)
    }

    /// Whether all that is wanted is here as it came with this version, so that nothing need be
    /// fetched.
    fn is_vendored(&self, version: &str) -> Result<bool, Error> {
        if self.source().is_none_or(|source| source.version != version) {
            return Ok(false);
        }
        let models = Models::at(self.place())?;
        for service in &self.manifest.services {
            if models.find(service)?.is_none() {
                return Ok(false);
            }
        }
        let locked =
            |file: &VendoredFile| matches!(file.state, FileState::Same | FileState::Unlocked);
        Ok(self.files()?.iter().all(locked))
    }

    /// The plan for what has been gathered and checked.
    pub(super) fn planned(&self, sdist: &Sdist, vendored: Vendored) -> Result<Plan, Error> {
        let files = sums(&vendored.files);
        // Of an unpacked sdist no sum is known, but if it brings the same, it is the same.
        let locked = self.lock.as_ref();
        let same = locked
            .filter(|lock| lock.source.version == sdist.version && lock.files == files)
            .and_then(|lock| lock.source.sha256.clone());
        let lock = Lock {
            source: Source {
                name: "botocore".to_owned(),
                version: sdist.version.clone(),
                sha256: sdist.sha256.clone().or(same),
            },
            files,
        };
        let mut plan = Plan::new(Some(lock.source.clone()));
        plan.old = self.old();
        plan.new = vendored.models;
        plan.vendor(self.folder(), vendored.files, self.lock.as_ref(), &lock)?;
        Ok(plan)
    }

    /// All files of these services and of those that are vendored already.
    pub(super) fn gather(
        &self,
        sdist: &Sdist,
        models: &Models,
        services: &[Service],
    ) -> Result<Vendored, Error> {
        let mut problems = Vec::new();
        let mut found = Vendored {
            services: Vec::new(),
            files: files::shared(sdist)?,
            models: Vec::new(),
        };
        for service in services.iter().chain(&self.others(services)) {
            let gathered = files::version(models, service, &sdist.version)
                .and_then(|version| files::of_service(models, &service.name.name, &version));
            match gathered {
                Ok(files) => {
                    found.files.extend(files);
                    found.services.push(service.clone());
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            return Ok(found);
        }
        Err(problems.into())
    }

    /// The services that are vendored and that the manifest does not name.
    fn others(&self, services: &[Service]) -> Vec<Service> {
        let locked = self.lock.iter().flat_map(|lock| lock.files.keys());
        let locked: BTreeSet<&str> = locked
            .filter_map(|path| Some(service_of(path)?.0))
            .collect();
        let named = |name: &&str| services.iter().any(|service| service.name.name == **name);
        let others = locked.into_iter().filter(|name| !named(name));
        others.map(whole).collect()
    }

    /// The models as they are on disk, whether they are what was vendored or not.
    fn old(&self) -> Vec<Model> {
        let Ok(mut models) = Models::at(self.place()) else {
            return Vec::new();
        };
        models.lock = None;
        let services = self.manifest.services.iter();
        let found = services.filter_map(|service| {
            let files = models.find(service).ok().flatten()?;
            Some(Model::asked_for(service, files))
        });
        found.collect()
    }

    /// Whether the new models can be understood, with the corrections that are here.
    pub(super) fn check(&self, models: Models, vendored: &mut Vendored) -> Result<(), Error> {
        let models = models.corrected_by(self.place(), false);
        let checked = parallel(&vendored.services, |service| {
            let files = models.read(service).map_err(|problem| vec![problem])?;
            let model = Model::asked_for(service, files);
            model.check()?;
            Ok(model)
        });
        let mut problems: Vec<Diagnostic> = Vec::new();
        for model in checked {
            match model {
                Ok(model) => vendored.models.push(model),
                Err(found) => problems.extend(found),
            }
        }
        if let Some(partitions) = models.partitions()? {
            problems.extend(partitions.partitions().err().into_iter().flatten());
        }
        // The report is of what the manifest asks for.
        let asked = |model: &Model| {
            let mut services = self.manifest.services.iter();
            services.any(|service| service.name.name == model.name())
        };
        vendored.models.retain(asked);
        if problems.is_empty() {
            return Ok(());
        }
        Err(problems.into())
    }
}
