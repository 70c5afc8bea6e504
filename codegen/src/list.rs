//! What there is to choose from: services, operations, and what an operation needs.

use crate::error::{Diagnostic, Error};
use crate::input::{Exceptions, Model, Named, Operations};
use crate::ir;
use crate::manifest;
use crate::passes::AppliedPatch;
use crate::source::Models;
use std::collections::BTreeMap;
use std::path::Path;

/// The models that a manifest can choose from.
///
/// ```no_run
/// use smithereen_codegen::Catalogue;
///
/// let catalogue = Catalogue::open("codegen.toml".as_ref())?;
/// for service in catalogue.services()? {
///     println!("{service}: {} operations", catalogue.service(&service)?.operations.len());
/// }
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Debug)]
pub struct Catalogue {
    models: Models,
    /// What the manifest asks for, by service.
    wanted: BTreeMap<String, manifest::Service>,
}

/// A shape that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedShape {
    /// Its name.
    pub name: String,
    /// What it is, in a word.
    pub kind: &'static str,
    /// The first way to it, `DescribeBackupJobOutput.RecoveryPointLifecycle`.
    pub by: String,
}

impl Catalogue {
    /// Opens the models of a manifest.
    ///
    /// # Errors
    ///
    /// If the manifest or the lock of the models cannot be read.
    pub fn open(manifest: &Path) -> Result<Self, Error> {
        let manifest = manifest::read(manifest)?;
        let wanted = manifest.services.into_iter();
        let wanted = wanted.map(|service| (service.name.name.clone(), service));
        Ok(Self {
            models: Models::open(&manifest.models)?,
            wanted: wanted.collect(),
        })
    }

    /// The services that have a model, by name.
    ///
    /// # Errors
    ///
    /// If the folder of the models cannot be read.
    pub fn services(&self) -> Result<Vec<String>, Error> {
        Ok(self.models.services()?)
    }

    /// A service as its model describes it, corrected: the version of the manifest, or the newest.
    ///
    /// # Errors
    ///
    /// If there is no such service, or something is wrong with its model.
    pub fn service(&self, name: &str) -> Result<ir::Service, Error> {
        Ok(self.model(name, Operations::All)?.corrected()?.service)
    }

    /// The corrections to the model of a service that are in force.
    ///
    /// # Errors
    ///
    /// If there is no such service, or something is wrong with its model.
    pub fn patches(&self, service: &str) -> Result<Vec<AppliedPatch>, Error> {
        Ok(self.model(service, Operations::All)?.corrected()?.applied)
    }

    /// Those that an operation is touched by: corrections to it, and to the shapes that it needs.
    ///
    /// # Errors
    ///
    /// If there is no such operation, or something is wrong with its model.
    pub fn patches_of(&self, service: &str, operation: &str) -> Result<Vec<AppliedPatch>, Error> {
        let wanted = Operations::Named(vec![Named::from(operation)]);
        let unit = self.model(service, wanted)?.selected()?;
        let touching = unit
            .applied
            .iter()
            .filter(|patch| unit.is_touched_by(patch));
        Ok(touching.cloned().collect())
    }

    /// The shapes that an operation needs, and why.
    ///
    /// # Errors
    ///
    /// If there is no such operation, or it cannot be generated.
    pub fn closure(&self, service: &str, operation: &str) -> Result<Vec<ReachedShape>, Error> {
        let wanted = Operations::Named(vec![Named::from(operation)]);
        let unit = self.model(service, wanted)?.selected()?;
        let shapes = unit.shapes().map(|(shape, reached)| ReachedShape {
            name: shape.name.clone(),
            kind: kind(shape),
            by: reached.by.clone(),
        });
        Ok(shapes.collect())
    }

    /// The operations that the manifest asks for, if it asks for the service.
    pub fn wanted(&self, service: &str) -> Option<&Operations> {
        self.wanted.get(service).map(|service| &service.operations)
    }

    fn model(&self, name: &str, operations: Operations) -> Result<Model, Diagnostic> {
        let wanted = self.wanted.get(name);
        let service = manifest::Service {
            name: Named::from(name),
            version: wanted.and_then(|wanted| wanted.version.clone()),
            operations,
            exceptions: Exceptions::default(),
            protocol: wanted.and_then(|wanted| wanted.protocol.clone()),
            krate: 0,
        };
        let files = self.models.read(&service)?;
        Ok(Model::asked_for(&service, files))
    }
}

fn kind(shape: &ir::Shape) -> &'static str {
    match &shape.kind {
        ir::Kind::Structure(structure) if structure.error.is_some() => "error",
        kind => kind.name(),
    }
}
