//! What a run is given: the models of services, and what is wanted of them.

use crate::beside::Beside;
use crate::error::{Diagnostic, Error, Position};
use crate::manifest;
use crate::model::lenient::{self, Unknown};
use crate::parallel::{Outcome, beside};
use crate::passes::{self, AppliedPatch, EndpointRules, Unit, patch};
use crate::source::{Files, Patches};
use crate::{ir, locate, lower, model};
use std::path::{Path, PathBuf};

/// The model of a service, and what is wanted of it.
#[derive(Clone, Debug)]
pub struct Model {
    name: String,
    files: Files,
    operations: Operations,
    exceptions: Exceptions,
    protocol: Option<Named>,
}

/// The operations that are wanted of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operations {
    /// Every one.
    All,
    /// These.
    Named(Vec<Named>),
}

/// The exceptions that are wanted of a service besides those that its wanted operations name. With
/// all operations, all exceptions come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exceptions {
    /// Every one.
    All,
    /// These.
    Named(Vec<Named>),
}

impl Default for Exceptions {
    /// None.
    fn default() -> Self {
        Self::Named(Vec::new())
    }
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

impl Model {
    /// A model in botocore's `service-2.json` format.
    pub fn new(name: &str, json: impl Into<Vec<u8>>, operations: Operations) -> Self {
        let files = Files {
            model: Beside::new(&format!("{name}.json"), json),
            extras: None,
            paginators: None,
            paginator_extras: None,
            endpoint_rules: None,
            waiters: None,
            partitions: None,
            patches: None,
        };
        Self::from_files(name, files, operations)
    }

    /// With corrections in the format of `patches.toml`.
    #[must_use]
    pub fn with_patches(mut self, toml: &str) -> Self {
        let file = PathBuf::from(format!("{}.patches.toml", self.name));
        self.files.patches = Some(Patches {
            file,
            text: toml.to_owned(),
            lenient: false,
        });
        self
    }

    /// With exceptions that the wanted operations do not name.
    #[must_use]
    pub fn with_exceptions(mut self, exceptions: Exceptions) -> Self {
        self.exceptions = exceptions;
        self
    }

    /// With what botocore's `paginators-1.json` says of it.
    #[must_use]
    pub fn with_paginators(mut self, json: impl Into<Vec<u8>>) -> Self {
        let file = format!("{}.paginators.json", self.name);
        self.files.paginators = Some(Beside::new(&file, json));
        self
    }

    /// With endpoint rules in the format of botocore's `endpoint-rule-set-1.json`.
    #[must_use]
    pub fn with_endpoint_rules(mut self, json: impl Into<Vec<u8>>) -> Self {
        let file = format!("{}.endpoint-rule-set-1.json", self.name);
        self.files.endpoint_rules = Some(Beside::new(&file, json));
        self
    }

    /// With waiters in the format of botocore's `waiters-2.json`, for comparisons.
    #[must_use]
    pub fn with_waiters(mut self, json: impl Into<Vec<u8>>) -> Self {
        let file = format!("{}.waiters.json", self.name);
        self.files.waiters = Some(Beside::new(&file, json));
        self
    }

    /// With the partitions of AWS, for comparisons.
    #[must_use]
    pub fn with_partitions(mut self, json: impl Into<Vec<u8>>) -> Self {
        self.files.partitions = Some(Beside::new("partitions.json", json));
        self
    }

    pub(crate) fn from_files(name: &str, files: Files, operations: Operations) -> Self {
        Self {
            name: name.to_owned(),
            files,
            operations,
            exceptions: Exceptions::default(),
            protocol: None,
        }
    }

    /// The model of a service, as a manifest asks for it.
    pub(crate) fn asked_for(service: &manifest::Service, files: Files) -> Self {
        Self::from_files(&service.name.name, files, service.operations.clone())
            .with_exceptions(service.exceptions.clone())
            .in_protocol(service.protocol.clone())
    }

    /// With the protocol that is wanted of those that the model lists, by its name there.
    #[must_use]
    pub fn with_protocol(mut self, name: &str) -> Self {
        self.protocol = Some(Named::from(name));
        self
    }

    /// With what a manifest says of the protocol.
    pub(crate) fn in_protocol(mut self, protocol: Option<Named>) -> Self {
        self.protocol = protocol;
        self
    }

    /// The name of the service.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file of the model, as people call it.
    pub fn file(&self) -> &Path {
        &self.files.model.file
    }

    /// The model, as it is in its file.
    pub fn json(&self) -> &[u8] {
        &self.files.model.json
    }

    /// The model below the folder of models, for headers.
    pub(crate) fn relative(&self) -> &str {
        &self.files.model.relative
    }

    /// Reads, lowers and passes the model: everything short of Rust.
    pub(crate) fn unit(&self) -> Outcome<Unit> {
        let unit = beside(|| self.verify(), || self.unverified_unit(passes::run));
        match (unit, self.lowered_endpoint_rules()) {
            (Ok(mut unit), Ok(rules)) => {
                unit.endpoint_rules = rules;
                Ok(unit)
            }
            (unit, rules) => {
                let found = [unit.err(), rules.err()];
                Err(found.into_iter().flatten().flatten().collect())
            }
        }
    }

    /// The same as far as a comparison needs it; keys that are not known are taken out.
    pub(crate) fn surveyed(&self) -> Outcome<(Unit, Unknown)> {
        let surveyed = self.surveyed_in_protocol();
        if surveyed.is_err() && self.protocol.is_some() {
            // A side that does not speak what the manifest wants is compared as what it speaks.
            return self.clone().in_protocol(None).surveyed_in_protocol();
        }
        surveyed
    }

    fn surveyed_in_protocol(&self) -> Outcome<(Unit, Unknown)> {
        let files = &self.files;
        let known = lenient::known(&files.model.file, &files.model.json);
        let known = known.map_err(|problem| vec![problem])?;
        let Some((json, unknown)) = known else {
            let mut unit = beside(|| self.verify(), || self.unverified_unit(passes::survey))?;
            unit.endpoint_rules = self.lowered_endpoint_rules()?;
            return Ok((unit, Unknown::new()));
        };
        self.verify().map_err(|problem| vec![problem])?;
        let mut stripped = self.clone();
        stripped.files.model.json = json;
        let mut unit = stripped.unverified_unit(passes::survey)?;
        unit.endpoint_rules = self.lowered_endpoint_rules()?;
        Ok((unit, unknown))
    }

    /// What is wanted of it.
    pub(crate) fn operations(&self) -> &Operations {
        &self.operations
    }

    /// The exceptions that are wanted of it.
    pub(crate) fn exceptions(&self) -> &Exceptions {
        &self.exceptions
    }

    /// The files that it consists of.
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    fn lowered_endpoint_rules(&self) -> Outcome<Option<EndpointRules>> {
        let Some(file) = &self.files.endpoint_rules else {
            return Ok(None);
        };
        Ok(Some(EndpointRules {
            source: file.relative.clone(),
            rules: file.rules()?,
        }))
    }

    /// The same, as far as the shapes that are chosen.
    pub(crate) fn selected(&self) -> Outcome<Unit> {
        beside(|| self.verify(), || self.unverified_unit(passes::choose))
    }

    /// The same, corrected and whole.
    pub(crate) fn corrected(&self) -> Outcome<Unit> {
        beside(|| self.verify(), || self.unverified_unit(passes::correct))
    }

    /// The corrections to the model that are in force.
    ///
    /// # Errors
    ///
    /// If something is wrong with the model, or a correction does not apply.
    pub fn patches(&self) -> Result<Vec<AppliedPatch>, Error> {
        Ok(self.corrected()?.applied)
    }

    /// The service as plain data, uncorrected and whole.
    pub(crate) fn lowered(&self) -> Outcome<ir::Service> {
        beside(|| self.verify(), || self.unverified_service())
    }

    /// Whether all of it can be understood, and the corrections apply; not whether Rust can be made
    /// of it.
    pub(crate) fn check(&self) -> Outcome<()> {
        let found = [self.corrected().err(), self.lowered_endpoint_rules().err()];
        let problems: Vec<Diagnostic> = found.into_iter().flatten().flatten().collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(problems)
    }

    /// Whether the files are those that were vendored.
    fn verify(&self) -> Result<(), Diagnostic> {
        let Files {
            model,
            extras,
            paginators,
            paginator_extras,
            ..
        } = &self.files;
        let others = [extras, paginators, paginator_extras];
        std::iter::once(model)
            .chain(others.into_iter().flatten())
            .try_for_each(Beside::verify)
    }

    fn unverified_unit(&self, passes: fn(&mut Unit) -> Outcome<()>) -> Outcome<Unit> {
        let service = self.unverified_service()?;
        let patches = match &self.files.patches {
            Some(patches) => patch::parse(patches).map_err(|problem| vec![problem])?,
            None => Vec::new(),
        };
        let mut unit = Unit::new(service, self.operations.clone(), patches);
        unit.wanted_exceptions = self.exceptions.clone();
        passes(&mut unit).map_err(|problems| self.files.model.locate(problems))?;
        Ok(unit)
    }

    fn unverified_service(&self) -> Outcome<ir::Service> {
        let files = &self.files;
        let model = Part::new(&files.model, files.extras.as_ref())?;
        let service = lower::lower(&self.name, &model.read()?, self.protocol.as_ref());
        let mut service = service.map_err(|problems| files.model.locate(problems))?;
        if let Some(file) = &files.paginators {
            let part = Part::new(file, files.paginator_extras.as_ref())?;
            lower::paginate(&mut service, &part.read()?)
                .map_err(|problems| file.locate(problems))?;
        }
        Ok(service)
    }
}

/// A file of a model, with what botocore adds to it.
struct Part<'m> {
    file: &'m Beside,
    merged: Option<Vec<u8>>,
}

impl<'m> Part<'m> {
    fn new(file: &'m Beside, extras: Option<&Beside>) -> Outcome<Self> {
        let merged = extras.map(|extras| merged(file, extras)).transpose()?;
        Ok(Self { file, merged })
    }

    fn read<'p, T: serde::Deserialize<'p>>(&'p self) -> Outcome<T> {
        let Some(merged) = &self.merged else {
            return self.file.read();
        };
        model::read(&self.file.file, merged).map_err(|problem| {
            // What was merged is on no disk; the path is the same there.
            let text = std::str::from_utf8(&self.file.json).unwrap_or_default();
            let position = problem.path().and_then(|path| locate::locate(text, path));
            match position {
                Some(position) => vec![problem.position(position)],
                None => vec![problem],
            }
        })
    }
}

/// A file of a model with what botocore adds to it.
fn merged(file: &Beside, extras: &Beside) -> Outcome<Vec<u8>> {
    let parse = |part: &Beside| {
        serde_json::from_slice::<serde_json::Value>(&part.json)
            .map_err(|error| vec![Diagnostic::new(error.to_string()).file(&part.file)])
    };
    let mut model = parse(file)?;
    merge(&mut model, merge_of(&extras.file, parse(extras)?)?);
    serde_json::to_vec(&model)
        .map_err(|error| vec![Diagnostic::new(error.to_string()).file(&extras.file)])
}

/// What botocore merges: an object, beside which there is nothing but a version.
fn merge_of(file: &Path, extras: serde_json::Value) -> Outcome<serde_json::Value> {
    let serde_json::Value::Object(mut extras) = extras else {
        let message = "the extras of a model are an object with `merge`";
        return Err(vec![Diagnostic::new(message).file(file)]);
    };
    let merge = extras.remove("merge").filter(serde_json::Value::is_object);
    if let Some(key) = extras.keys().find(|key| *key != "version") {
        let message = format!("unknown key `{key}` in the extras of a model");
        return Err(vec![Diagnostic::new(message).file(file)]);
    }
    merge.ok_or_else(|| {
        let message = "the extras of a model have an object `merge`";
        vec![Diagnostic::new(message).file(file)]
    })
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
