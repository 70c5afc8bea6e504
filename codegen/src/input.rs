//! What a run is given: the models of services, and what is wanted of them.

use crate::beside::Beside;
use crate::error::{Diagnostic, Position};
use crate::parallel::{Outcome, beside};
use crate::passes::{self, EndpointRules, Unit, patch};
use crate::source::{Files, Sum};
use crate::{ir, locate, lower, model};
use std::path::{Path, PathBuf};

/// The model of a service, and what is wanted of it.
#[derive(Clone, Debug)]
pub struct Model {
    name: String,
    file: PathBuf,
    /// The model below the folder of models, for headers.
    pub(crate) relative: String,
    json: Vec<u8>,
    extras: Option<(PathBuf, Vec<u8>)>,
    paginators: Option<(PathBuf, Vec<u8>)>,
    paginator_extras: Option<(PathBuf, Vec<u8>)>,
    patches: Option<(PathBuf, String)>,
    endpoint_rules: Option<Beside>,
    sums: Vec<Sum>,
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

impl Model {
    /// A model in botocore's `service-2.json` format.
    pub fn new(name: &str, json: impl Into<Vec<u8>>, operations: Operations) -> Self {
        Self {
            name: name.to_owned(),
            file: PathBuf::from(format!("{name}.json")),
            relative: format!("{name}.json"),
            json: json.into(),
            extras: None,
            paginators: None,
            paginator_extras: None,
            patches: None,
            endpoint_rules: None,
            sums: Vec::new(),
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

    /// With what botocore's `paginators-1.json` says of it.
    #[must_use]
    pub fn with_paginators(mut self, json: impl Into<Vec<u8>>) -> Self {
        let file = PathBuf::from(format!("{}.paginators.json", self.name));
        self.paginators = Some((file, json.into()));
        self
    }

    /// With endpoint rules in the format of botocore's `endpoint-rule-set-1.json`.
    #[must_use]
    pub fn with_endpoint_rules(mut self, json: impl Into<Vec<u8>>) -> Self {
        let file = format!("{}.endpoint-rule-set-1.json", self.name);
        self.endpoint_rules = Some(Beside::new(&file, json));
        self
    }

    pub(crate) fn from_files(name: &str, files: Files, operations: Operations) -> Self {
        Self {
            name: name.to_owned(),
            file: files.file,
            relative: files.relative,
            json: files.json,
            extras: files.extras,
            paginators: files.paginators,
            paginator_extras: files.paginator_extras,
            patches: files.patches,
            endpoint_rules: files.endpoint_rules,
            sums: files.sums,
            operations,
        }
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

    fn lowered_endpoint_rules(&self) -> Outcome<Option<EndpointRules>> {
        let Some(file) = &self.endpoint_rules else {
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

    /// The service as plain data, uncorrected and whole.
    pub(crate) fn lowered(&self) -> Outcome<ir::Service> {
        beside(|| self.verify(), || self.unverified_service())
    }

    /// Whether the files are those that were vendored.
    fn verify(&self) -> Result<(), Diagnostic> {
        let json = std::iter::once((&self.file, &self.json));
        let parts = [&self.extras, &self.paginators, &self.paginator_extras];
        let parts = parts.into_iter().flatten();
        for (file, bytes) in json.chain(parts.map(|(file, bytes)| (file, bytes))) {
            let sum = self.sums.iter().find(|sum| sum.is_of(file));
            sum.map_or(Ok(()), |sum| sum.verify(bytes))?;
        }
        Ok(())
    }

    fn unverified_unit(&self, passes: fn(&mut Unit) -> Outcome<()>) -> Outcome<Unit> {
        let service = self.unverified_service()?;
        let patches = match &self.patches {
            Some((file, text)) => patch::parse(file, text).map_err(|problem| vec![problem])?,
            None => Vec::new(),
        };
        let mut unit = Unit::new(service, self.operations.clone(), patches);
        passes(&mut unit).map_err(|problems| self.locate(problems))?;
        Ok(unit)
    }

    fn unverified_service(&self) -> Outcome<ir::Service> {
        let model = Part::new(&self.file, &self.json, self.extras.as_ref())?;
        let service = lower::lower(&self.name, &model.read()?);
        let mut service = service.map_err(|problems| model.locate(problems))?;
        if let Some((file, json)) = &self.paginators {
            let part = Part::new(file, json, self.paginator_extras.as_ref())?;
            lower::paginate(&mut service, &part.read()?)
                .map_err(|problems| part.locate(problems))?;
        }
        Ok(service)
    }

    /// Adds the model's file to what only knows the JSON path, and the place in it.
    fn locate(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        locate::all(&self.file, &self.json, problems)
    }
}

/// A file of a model, with what botocore adds to it.
struct Part<'m> {
    file: &'m Path,
    json: &'m [u8],
    merged: Option<Vec<u8>>,
}

impl<'m> Part<'m> {
    fn new(file: &'m Path, json: &'m [u8], extras: Option<&(PathBuf, Vec<u8>)>) -> Outcome<Self> {
        let merged = match extras {
            Some((of_extras, extras)) => Some(merged(file, json, of_extras, extras)?),
            None => None,
        };
        Ok(Self { file, json, merged })
    }

    fn read<'p, T: serde::Deserialize<'p>>(&'p self) -> Outcome<T> {
        let json = self.merged.as_deref().unwrap_or(self.json);
        model::read(self.file, json).map_err(|problem| {
            // What was merged is on no disk; the path is the same there.
            let text = std::str::from_utf8(self.json).unwrap_or_default();
            let path = problem.path().filter(|_| self.merged.is_some());
            match path.and_then(|path| locate::locate(text, path)) {
                Some(position) => vec![problem.position(position)],
                None => vec![problem],
            }
        })
    }

    fn locate(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        locate::all(self.file, self.json, problems)
    }
}

/// A file of a model with what botocore adds to it.
fn merged(file: &Path, json: &[u8], of_extras: &Path, extras: &[u8]) -> Outcome<Vec<u8>> {
    let parse = |file: &Path, json: &[u8]| {
        serde_json::from_slice::<serde_json::Value>(json)
            .map_err(|error| vec![Diagnostic::new(error.to_string()).file(file)])
    };
    let mut model = parse(file, json)?;
    let extras = parse(of_extras, extras)?;
    merge(&mut model, merge_of(of_extras, extras)?);
    serde_json::to_vec(&model)
        .map_err(|error| vec![Diagnostic::new(error.to_string()).file(of_extras)])
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
