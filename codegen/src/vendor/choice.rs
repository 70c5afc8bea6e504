//! Another choice of services and operations: the manifest is edited, and models come and go.

use super::Vendor;
use super::edit::Edit;
use super::files::{self, service_of};
use super::origin::Origin;
use super::plan::Plan;
use super::update::{botocore, sums, whole};
use crate::error::{Diagnostic, Error, near_miss};
use crate::input::{Model, Operations};
use crate::manifest::{self, Service};
use crate::source::{Lock, Models, PATCHES};
use std::path::Path;

impl Vendor {
    /// What it takes to have operations of a service, or all of them if none is named: the manifest
    /// with them, and the model of the locked version.
    ///
    /// # Errors
    ///
    /// If there is no such service or operation, the sdist cannot be had, or the model cannot be
    /// understood.
    pub fn add(&self, service: &str, operations: &[String]) -> Result<Plan, Error> {
        let operations = &once(operations);
        let known = self.named(service);
        let wanted = match known {
            Some(known) => match self.missing(known, operations)? {
                Ok(missing) => missing,
                Err(notes) => {
                    let mut plan = Plan::new(self.source().cloned());
                    plan.notes = notes;
                    return Ok(plan);
                }
            },
            None => operations.to_vec(),
        };
        let edited = self.edited(|edit| match known {
            Some(_) => edit.add_operations(service, &wanted),
            None => edit.add_service(service, &wanted),
        })?;
        let mut plan = self.with_model(service, operations)?;
        if let (Some(known), [_, ..]) = (known, operations.as_slice()) {
            let there = operations.iter().filter(|name| !wanted.contains(name));
            plan.notes.extend(there.map(|name| already(known, name)));
        }
        plan.write(self.manifest.file.clone(), edited)?;
        Ok(plan)
    }

    /// What it takes to do without operations of a service, or without the service if none is named.
    /// With the last operation the service goes too, and its model.
    ///
    /// # Errors
    ///
    /// If the manifest does not have them, or would be left with nothing.
    pub fn remove(&self, service: &str, operations: &[String]) -> Result<Plan, Error> {
        let operations = &once(operations);
        let known = self
            .named(service)
            .ok_or_else(|| self.unknown_service(service))?;
        let rest = rest(&self.manifest.file, known, operations)?;
        let mut notes = Vec::new();
        if rest > 0 {
            let edited = self.edited(|edit| edit.remove_operations(service, operations))?;
            let mut plan = Plan::new(self.source().cloned());
            plan.write(self.manifest.file.clone(), edited)?;
            return Ok(plan);
        }
        if self.manifest.services.len() == 1 {
            let message = format!("{service} is the only service, and a manifest has at least one");
            let help = "add another one first: `cargo xtask models add SERVICE`";
            return Err(known.name.diagnostic(message).help(help).into());
        }
        if !operations.is_empty() {
            notes.push(format!("{service} has no operations left, so it goes too."));
        }
        let edited = self.edited(|edit| edit.remove_service(service))?;
        let mut plan = self.without_model(service)?;
        plan.notes = notes;
        let corrections = self.folder().join(service).join(PATCHES);
        if corrections.is_file() {
            let path = corrections.display();
            plan.notes.push(format!("{path} is yours, and stays."));
        }
        plan.write(self.manifest.file.clone(), edited)?;
        Ok(plan)
    }

    fn named(&self, service: &str) -> Option<&Service> {
        let mut services = self.manifest.services.iter();
        services.find(|known| known.name.name == service)
    }

    fn unknown_service(&self, service: &str) -> Diagnostic {
        let names = || {
            self.manifest
                .services
                .iter()
                .map(|known| known.name.name.as_str())
        };
        let all = || format!("it names {}", names().collect::<Vec<_>>().join(", "));
        Diagnostic::new(format!("the manifest names no service `{service}`"))
            .file(&self.manifest.file)
            .help(near_miss(service, names()).unwrap_or_else(all))
    }

    /// Those operations that the manifest does not name yet; or what to say if there are none.
    fn missing(
        &self,
        known: &Service,
        operations: &[String],
    ) -> Result<Result<Vec<String>, Vec<String>>, Diagnostic> {
        let name = &known.name.name;
        let names = match &known.operations {
            Operations::All => {
                return Ok(Err(vec![format!(
                    "All operations of {name} are there already."
                )]));
            }
            Operations::Named(names) => names,
        };
        if operations.is_empty() {
            let count = match names.len() {
                1 => "an operation".to_owned(),
                count => format!("{count} operations"),
            };
            let message = format!("{name} is there already, with {count}");
            let help = "name the operations to add, or write `operations = \"all\"`";
            return Err(known.name.diagnostic(message).help(help));
        }
        let new = |operation: &&String| names.iter().all(|named| named.name != **operation);
        let missing: Vec<String> = operations.iter().filter(new).cloned().collect();
        Ok(match missing.as_slice() {
            [] => Err(operations
                .iter()
                .map(|operation| already(known, operation))
                .collect()),
            _ => Ok(missing),
        })
    }

    /// The manifest after an edit.
    fn edited(&self, edit: impl FnOnce(&mut Edit) -> Option<()>) -> Result<Vec<u8>, Error> {
        let file = &self.manifest.file;
        let unreadable = |error| Diagnostic::new(format!("cannot read: {error}")).file(file);
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        let mut document = Edit::new(file, &text)?;
        edit(&mut document).ok_or_else(|| {
            let message = "the manifest is written in a way that cannot be edited";
            Diagnostic::new(message).file(file).help("edit it by hand")
        })?;
        let text = document.text();
        manifest::parse(file, &text)?;
        Ok(text.into_bytes())
    }

    /// The plan that brings the model of a service, if it is not here.
    fn with_model(&self, service: &str, operations: &[String]) -> Result<Plan, Error> {
        let wanted = self
            .named(service)
            .cloned()
            .unwrap_or_else(|| whole(service));
        let Some(lock) = &self.lock else {
            // Nothing says of which version the rest is, so all of it comes from the newest.
            let opened = Origin::Newest.open(None)?;
            let models = botocore(&opened.sdist)?;
            let mut services = self.manifest.services.clone();
            if self.named(service).is_none() {
                services.push(wanted.clone());
            }
            let mut vendored = self.gather(&opened.sdist, &models, &services)?;
            has_operations(&models, &wanted, operations)?;
            self.check(models, &mut vendored)?;
            return self.planned(&opened.sdist, vendored);
        };
        let own = Models::open(self.folder())?;
        let locked = |path: &String| service_of(path).is_some_and(|(name, _)| name == service);
        if lock.files.keys().any(locked) && own.find(&wanted)?.is_some() {
            has_operations(&own, &wanted, operations)?;
            return Ok(Plan::new(self.source().cloned()));
        }
        let sdist = super::cached(&lock.source.version, lock.source.sha256.as_deref())?;
        let models = botocore(&sdist)?;
        let version = files::version(&models, &wanted, &sdist.version)?;
        has_operations(&models, &wanted, operations)?;
        let mut found = files::shared(&sdist)?;
        found.extend(files::of_service(&models, service, &version)?);
        let corrected = models.corrected_by(self.place(), false);
        let files = corrected.read(&wanted)?;
        Model::asked_for(&wanted, files).check()?;
        let mut new = lock.clone();
        new.files.extend(sums(&found));
        let mut plan = Plan::new(Some(lock.source.clone()));
        plan.vendor(self.folder(), found, Some(lock), &new)?;
        Ok(plan)
    }

    /// The plan that takes the model of a service away.
    fn without_model(&self, service: &str) -> Result<Plan, Diagnostic> {
        let mut plan = Plan::new(self.source().cloned());
        if let Some(lock) = &self.lock {
            let files = lock.files.iter();
            let rest =
                files.filter(|(path, _)| service_of(path).is_none_or(|(name, _)| name != service));
            let new = Lock {
                source: lock.source.clone(),
                files: rest
                    .map(|(path, sum)| (path.clone(), sum.clone()))
                    .collect(),
            };
            plan.vendor(self.folder(), Default::default(), Some(lock), &new)?;
        }
        Ok(plan)
    }
}

/// Each of them once.
fn once(operations: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for operation in operations {
        if !found.contains(operation) {
            found.push(operation.clone());
        }
    }
    found
}

fn already(service: &Service, operation: &str) -> String {
    format!("`{operation}` of {} is there already.", service.name.name)
}

/// How many operations are left of a service; none if it goes as a whole.
fn rest(manifest: &Path, service: &Service, operations: &[String]) -> Result<usize, Error> {
    let name = &service.name.name;
    if operations.is_empty() {
        return Ok(0);
    }
    let Operations::Named(names) = &service.operations else {
        let message = format!("the manifest asks for all operations of {name}");
        let help = "name those that you need there, instead of \"all\"";
        return Err(service.name.diagnostic(message).help(help).into());
    };
    let mut problems = Vec::new();
    for operation in operations {
        if names.iter().all(|named| named.name != *operation) {
            let known = || names.iter().map(|named| named.name.as_str());
            let all = format!("it names {}", known().collect::<Vec<_>>().join(", "));
            let message = format!("the manifest names no operation `{operation}` of {name}");
            let help = near_miss(operation, known()).unwrap_or(all);
            problems.push(Diagnostic::new(message).file(manifest).help(help));
        }
    }
    if problems.is_empty() {
        let stays = |named: &&crate::Named| !operations.contains(&named.name);
        return Ok(names.iter().filter(stays).count());
    }
    Err(problems.into())
}

/// Whether the model has these operations.
fn has_operations(models: &Models, service: &Service, operations: &[String]) -> Result<(), Error> {
    if operations.is_empty() {
        return Ok(());
    }
    let name = &service.name.name;
    let files = models.read(service)?;
    let lowered = Model::from_files(name, files, Operations::All).lowered()?;
    let mut problems = Vec::new();
    for operation in operations {
        if !lowered.operations.contains_key(operation) {
            let near = near_miss(operation, lowered.operations.keys().map(String::as_str));
            let message = format!("no operation `{operation}` in {name}");
            problems.push(Diagnostic::new(message).maybe_help(near));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(problems.into())
}
