//! Where models are, and that they are what was vendored.
//!
//! | module | subject |
//! | --- | --- |
//! | [`place`] | a folder of files, on disk or in a revision of git |
//! | [`git`] | revisions of git |
//! | [`lock`] | `models.lock`, and sums |
//! | [`side`] | what two can be compared: the work tree, a folder, a revision, a version of botocore |

mod git;
pub(crate) mod lock;
pub(crate) mod place;
mod side;

pub use lock::Source;
pub(crate) use lock::{Lock, Sum};
pub(crate) use place::Place;
pub use side::{Choice, Side};

use crate::beside::Beside;
use crate::error::{Diagnostic, near_miss};
use crate::manifest;
use std::path::{Path, PathBuf};

/// A folder of models: `<service>/<version>/service-2.json` and what belongs to it.
#[derive(Debug)]
pub(crate) struct Models {
    pub place: Place,
    pub lock: Option<Lock>,
    /// Where the corrections are, if not beside the models, and whether they are passed over where
    /// they do not apply.
    corrections: Option<(Place, bool)>,
}

/// The files of a model.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// The model.
    pub model: Beside,
    /// What botocore merges into it.
    pub extras: Option<Beside>,
    /// How its operations answer in pages.
    pub paginators: Option<Beside>,
    /// What botocore merges into that.
    pub paginator_extras: Option<Beside>,
    /// Where requests go.
    pub endpoint_rules: Option<Beside>,
    /// How to wait for something, which nothing is generated from yet.
    pub waiters: Option<Beside>,
    /// The partitions of AWS, which all services share.
    pub partitions: Option<Beside>,
    /// The corrections of this project.
    pub patches: Option<Patches>,
}

impl Files {
    /// Whether these are the same files, byte for byte.
    pub fn same(&self, other: &Self) -> bool {
        self.contents() == other.contents()
    }

    /// What is in the files, those that are there.
    pub fn contents(&self) -> [Option<&[u8]>; 8] {
        fn json(file: &Option<Beside>) -> Option<&[u8]> {
            file.as_ref().map(|file| file.json.as_slice())
        }
        let patches = self.patches.as_ref();
        [
            Some(self.model.json.as_slice()),
            json(&self.extras),
            json(&self.paginators),
            json(&self.paginator_extras),
            json(&self.endpoint_rules),
            json(&self.waiters),
            json(&self.partitions),
            patches.map(|patches| patches.text.as_bytes()),
        ]
    }
}

/// A table of corrections.
#[derive(Clone, Debug)]
pub(crate) struct Patches {
    /// Its file, for messages.
    pub file: PathBuf,
    /// Its text.
    pub text: String,
    /// Whether those that do not apply are passed over: they were written for another model.
    pub lenient: bool,
}

/// A model.
pub(crate) const MODEL: &str = "service-2.json";
/// The partitions of AWS, which all services share.
pub(crate) const PARTITIONS: &str = "partitions.json";
/// The corrections to the models of a service.
pub(crate) const PATCHES: &str = "patches.toml";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
const EXTRAS: &str = "service-2.sdk-extras.json";
const PAGINATORS: &str = "paginators-1.json";
const WAITERS: &str = "waiters-2.json";
const PAGINATOR_EXTRAS: &str = "paginators-1.sdk-extras.json";

impl Models {
    /// Opens the folder of a manifest's models. Its lock need not exist; if it does, it has to be
    /// readable.
    pub fn open(folder: &Path) -> Result<Self, Diagnostic> {
        Self::at(Place::disk(folder))
    }

    /// Opens models, wherever they are.
    pub fn at(place: Place) -> Result<Self, Diagnostic> {
        Ok(Self {
            lock: Lock::read(&place)?,
            place,
            corrections: None,
        })
    }

    /// With the corrections from another place; if they are not of these models, those that do not
    /// apply are passed over.
    #[must_use]
    pub fn corrected_by(mut self, place: Place, lenient: bool) -> Self {
        self.corrections = Some((place, lenient));
        self
    }

    /// The services that have a model here.
    pub fn services(&self) -> Result<Vec<String>, Diagnostic> {
        let names = self.place.folders("").map_err(|problem| {
            problem.help("`models` in the manifest says where the models are")
        })?;
        let has_model = |name: &String| self.versions(name).is_ok_and(|found| !found.is_empty());
        Ok(names.into_iter().filter(has_model).collect())
    }

    /// The versions of a service's API, oldest first; none if there is no such service.
    pub fn versions(&self, service: &str) -> Result<Vec<String>, Diagnostic> {
        if !is_name(service) {
            return Ok(Vec::new());
        }
        let versions = self.place.folders(service)?.into_iter();
        let has_model = |version: &String| self.place.has(&format!("{service}/{version}/{MODEL}"));
        Ok(versions.filter(has_model).collect())
    }

    /// Reads the model of a service that the manifest asks for.
    pub fn read(&self, service: &manifest::Service) -> Result<Files, Diagnostic> {
        let name = &service.name;
        let versions = self.versions(&name.name)?;
        if versions.is_empty() {
            let known = self.services()?;
            let near = near_miss(&name.name, known.iter().map(String::as_str));
            let all = format!("the models here are: {}", known.join(", "));
            let message = format!("no model of a service `{}`", name.name);
            return Err(name.diagnostic(message).help(near.unwrap_or(all)));
        }
        match (version(service, &versions), &service.version) {
            (Some(version), _) => self.files(&name.name, version),
            (None, Some(version)) => {
                let message = format!("no version `{}` of {}", version.name, name.name);
                let help = format!("there is {}", versions.join(", "));
                Err(version.diagnostic(message).help(help))
            }
            (None, None) => Err(name.diagnostic("the model is gone")),
        }
    }

    /// Reads the model of a service, or nothing if it is not here in that version.
    pub fn find(&self, service: &manifest::Service) -> Result<Option<Files>, Diagnostic> {
        let name = &service.name.name;
        let versions = self.versions(name)?;
        version(service, &versions)
            .map(|version| self.files(name, version))
            .transpose()
    }

    /// Reads the files of a model.
    pub fn files(&self, service: &str, version: &str) -> Result<Files, Diagnostic> {
        let file = |name: &str| self.beside(format!("{service}/{version}/{name}"));
        Ok(Files {
            model: file(MODEL)?.ok_or_else(|| Diagnostic::new("the model is gone"))?,
            extras: file(EXTRAS)?,
            paginators: file(PAGINATORS)?,
            paginator_extras: file(PAGINATOR_EXTRAS)?,
            endpoint_rules: file(ENDPOINT_RULES)?,
            waiters: file(WAITERS)?,
            partitions: self.partitions()?,
            patches: self.patches(service)?,
        })
    }

    fn patches(&self, service: &str) -> Result<Option<Patches>, Diagnostic> {
        let (place, lenient) = match &self.corrections {
            Some((place, lenient)) => (place, *lenient),
            None => (&self.place, false),
        };
        let path = format!("{service}/{PATCHES}");
        Ok(place.text(&path)?.map(|text| Patches {
            file: place.shown(&path),
            text,
            lenient,
        }))
    }

    /// The partitions of AWS, if they are here.
    pub fn partitions(&self) -> Result<Option<Beside>, Diagnostic> {
        self.beside(PARTITIONS.to_owned())
    }

    /// A file beside the models, or nothing if there is no such file.
    fn beside(&self, relative: String) -> Result<Option<Beside>, Diagnostic> {
        let Some(json) = self.place.read(&relative)? else {
            return Ok(None);
        };
        let sum = self
            .lock
            .as_ref()
            .map(|lock| lock.sum(&self.place, &relative));
        Ok(Some(Beside {
            file: self.place.shown(&relative),
            sum: sum.transpose()?,
            json,
            relative,
        }))
    }
}

/// The version that the manifest chooses, or else the newest.
pub(crate) fn version<'v>(
    service: &manifest::Service,
    versions: &'v [String],
) -> Option<&'v String> {
    match &service.version {
        None => versions.last(),
        Some(chosen) => versions.iter().find(|version| **version == chosen.name),
    }
}

/// Whether it can be the name of a folder, and of no other place.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}
