//! What two can be compared: the models of the work tree, of a folder, of a revision, of botocore.

use super::{Models, Place, git};
use crate::error::{Diagnostic, Error, near_miss};
use crate::input::Model;
use crate::manifest::{self, Manifest, Service};
use crate::parallel::{parallel, sift};
use crate::vendor::{self, Origin};
use std::fmt;
use std::path::{Path, PathBuf};

/// Models, wherever they are.
///
/// ```
/// use smithereen_codegen::Side;
///
/// assert_eq!(Side::parse("1.44.5")?, Side::Botocore("1.44.5".to_owned()));
/// assert_eq!(Side::parse("main~3")?, Side::Git("main~3".to_owned()));
/// assert_eq!(Side::parse("git:1.44.5")?, Side::Git("1.44.5".to_owned()));
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The models of the manifest, as they are on disk.
    WorkTree,
    /// A folder of models, an unpacked sdist of botocore, or its `botocore/data`.
    Folder(PathBuf),
    /// A version of botocore, which is fetched if it is not here yet.
    Botocore(String),
    /// A revision of the repository that the manifest's models are in.
    Git(String),
}

/// Which services, and which of their operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The services and operations of the manifest; of a revision, of the manifest that it has.
    Manifest,
    /// The services of the manifest, with all operations.
    ManifestServices,
    /// These services, with all operations.
    Services(Vec<String>),
    /// Every service that is there, with all operations.
    All,
}

/// A kind of side, of what comes after its prefix.
type Kind = fn(&str) -> Side;

/// What says which kind of side is meant.
const PREFIXES: &[(&str, Kind)] = &[
    ("path:", |rest| Side::Folder(PathBuf::from(rest))),
    ("botocore:", |rest| Side::Botocore(rest.to_owned())),
    ("git:", |rest| Side::Git(rest.to_owned())),
];

/// What the work tree is called.
const WORK_TREE: &str = "work-tree";

impl Side {
    /// Understands what somebody wrote: `work-tree`; or what `path:`, `botocore:` or `git:` insists
    /// on; else a folder that exists, else the number of a version of botocore, else a revision.
    ///
    /// # Errors
    ///
    /// If it is empty, or `botocore:` stands before something that is no version.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text == WORK_TREE {
            return Ok(Self::WorkTree);
        }
        let mut prefixes = PREFIXES.iter();
        let prefixed = prefixes.find_map(|(prefix, side)| Some((text.strip_prefix(prefix)?, side)));
        if prefixed.map_or(text, |(rest, _)| rest).is_empty() {
            let message = format!("`{text}` names no models");
            return Err(Diagnostic::new(message).help(HELP).into());
        }
        let side = match prefixed {
            Some((rest, side)) => side(rest),
            None if Path::new(text).is_dir() => Self::Folder(PathBuf::from(text)),
            None if vendor::is_version(text) => Self::Botocore(text.to_owned()),
            None => Self::Git(text.to_owned()),
        };
        if let Self::Botocore(version) = &side {
            Origin::version(version)?;
        }
        Ok(side)
    }

    /// The models of the manifest, as they are on disk.
    pub fn work_tree() -> Self {
        Self::WorkTree
    }

    /// The services that have a model on this side.
    ///
    /// # Errors
    ///
    /// If the manifest or the side cannot be read.
    pub fn services(&self, manifest: &Path) -> Result<Vec<String>, Error> {
        Ok(self.open(&manifest::read(manifest)?)?.services()?)
    }

    /// The models of the chosen services, by name. Those that this side does not have are left out.
    ///
    /// The manifest chooses versions of services where it does, else it is the newest. A folder of
    /// this project and a revision come with their own corrections; to models of botocore those of
    /// the work tree are applied, as far as they fit.
    ///
    /// # Errors
    ///
    /// If the manifest or the side cannot be read.
    pub fn models(&self, manifest: &Path, choice: Choice) -> Result<Vec<Model>, Error> {
        let path = manifest;
        let manifest = manifest::read(path)?;
        let models = self.open(&manifest)?;
        let own = self.own_manifest(path)?;
        let services = choice.services(own.as_ref().unwrap_or(&manifest), &models)?;
        let found = parallel(&services, |service| {
            let files = models.find(service).map_err(|problem| vec![problem])?;
            Ok(files.map(|files| Model::asked_for(service, files)))
        });
        Ok(sift(found)?.into_iter().flatten().collect())
    }

    /// The model of one service, with all operations.
    ///
    /// # Errors
    ///
    /// If the manifest or the side cannot be read, or the side has no such service.
    pub fn model(&self, manifest: &Path, service: &str) -> Result<Model, Error> {
        let choice = Choice::Services(vec![service.to_owned()]);
        if let Some(model) = self.models(manifest, choice)?.pop() {
            return Ok(model);
        }
        let known = self.services(manifest)?;
        let near = near_miss(service, known.iter().map(String::as_str));
        let message = format!("no model of a service `{service}` in {self}");
        Err(Diagnostic::new(message).maybe_help(near).into())
    }

    /// The manifest that a revision has, if it has one there: what it asked for.
    fn own_manifest(&self, path: &Path) -> Result<Option<Manifest>, Error> {
        let Self::Git(revision) = self else {
            return Ok(None);
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The folder of a bare name is the current one.
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = git::Folder::open(folder.unwrap_or(Path::new(".")), revision)?;
        let place = Place::git(folder);
        let Some(text) = place.text(&name)? else {
            return Ok(None);
        };
        manifest::parse(&place.shown(&name), &text).map(Some)
    }

    fn open(&self, manifest: &Manifest) -> Result<Models, Diagnostic> {
        let corrections = || Place::disk(&manifest.models);
        match self {
            Self::WorkTree => Models::open(&manifest.models),
            Self::Folder(folder) => {
                let found = Folder::find(folder)?;
                let models = Models::at(Place::disk(&found.models))?;
                Ok(match found.botocore {
                    true => models.corrected_by(corrections(), true),
                    false => models,
                })
            }
            Self::Botocore(version) => {
                // Of the version that is vendored, the sum is known.
                let vendored = Models::open(&manifest.models)?.lock;
                let source = vendored.map(|lock| lock.source);
                let source = source.filter(|source| source.version == *version);
                let sum = source.and_then(|source| source.sha256);
                let sdist = vendor::cached(version, sum.as_deref())?;
                let place = Place::disk(&sdist.data()).shown_as(format!("botocore-{version}"));
                Ok(Models::at(place)?.corrected_by(corrections(), true))
            }
            Self::Git(revision) => {
                let folder = git::Folder::open(&manifest.models, revision)?;
                let place = Place::git(folder);
                if place.folders("")?.is_empty() {
                    let message = "the revision has no models there";
                    return Err(Diagnostic::new(message).file(&place.shown("")));
                }
                Models::at(place)
            }
        }
    }
}

const HELP: &str = "write a folder, a version of botocore like 1.44.5, a git revision, or `work-tree`; \
                    `path:`, `botocore:` and `git:` before it insist on one kind";

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkTree => f.write_str("the work tree"),
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Botocore(version) => write!(f, "botocore {version}"),
            Self::Git(revision) => f.write_str(revision),
        }
    }
}

/// A folder that somebody named.
struct Folder {
    /// The folder of the models, which may be further down.
    models: PathBuf,
    /// Whether it is botocore's, and not of this project.
    botocore: bool,
}

impl Folder {
    fn find(folder: &Path) -> Result<Self, Diagnostic> {
        // Botocore's own loader looks for this file; no folder of this project has it.
        let is_botocore = |folder: &Path| folder.join("endpoints.json").is_file();
        let below = [folder.join("botocore/data"), folder.join("data")];
        if let Some(data) = below.into_iter().find(|data| is_botocore(data)) {
            return Ok(Self {
                models: data,
                botocore: true,
            });
        }
        let found = Self {
            botocore: is_botocore(folder),
            models: folder.to_owned(),
        };
        if !folder.is_dir() {
            return Err(Diagnostic::new("there is no such folder")
                .file(folder)
                .help(HELP));
        }
        if Models::at(Place::disk(folder))?.services()?.is_empty() {
            let problem = Diagnostic::new("there is no model in the folder").file(folder);
            let models = folder.join("models");
            return Err(problem.help(match models.is_dir() {
                true => format!("did you mean `{}`?", models.display()),
                false => "models are `<service>/<version>/service-2.json` below it".to_owned(),
            }));
        }
        Ok(found)
    }
}

impl Choice {
    /// The services, as a manifest would ask for them.
    fn services(self, manifest: &Manifest, models: &Models) -> Result<Vec<Service>, Diagnostic> {
        let whole = |name: String| {
            let mut services = manifest.services.iter();
            let known = services.find(|service| service.name.name == name);
            Service {
                version: known.and_then(|service| service.version.clone()),
                protocol: known.and_then(|service| service.protocol.clone()),
                ..Service::whole(&name)
            }
        };
        let mut names: Vec<String> = match self {
            Self::Manifest => return Ok(manifest.services.clone()),
            Self::ManifestServices => {
                let names = manifest.services.iter();
                names.map(|service| service.name.name.clone()).collect()
            }
            Self::Services(names) => names,
            Self::All => models.services()?,
        };
        names.sort();
        names.dedup();
        Ok(names.into_iter().map(whole).collect())
    }
}
