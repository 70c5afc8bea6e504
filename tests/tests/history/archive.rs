//! The archive of revisions.

use lzma_rust2::XzReader;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use smithereen_codegen::{Generator, Model, Operations, Tree};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The model of AWS Backup as a version of botocore has it.
pub struct Revision {
    /// The first version of botocore with it.
    pub version: String,
    /// By name; those of the format that the generator reads.
    files: BTreeMap<String, Vec<u8>>,
}

/// All revisions, oldest first; the last is the one that the project generates from.
pub static REVISIONS: LazyLock<Vec<Revision>> = LazyLock::new(|| {
    let mut revisions: Vec<Revision> = archived().into_iter().map(Revision::archived).collect();
    let folder = folder("../models/backup/2018-11-15");
    let read = |name: &str| (name.to_owned(), std::fs::read(folder.join(name)).unwrap());
    revisions.push(Revision {
        version: lock("../models/models.lock").source.version.unwrap(),
        files: FILES.map(read).into(),
    });
    revisions
});

/// Each revision with the next.
pub fn pairs() -> impl Iterator<Item = (&'static Revision, &'static Revision)> {
    REVISIONS.iter().zip(REVISIONS.iter().skip(1))
}

const SERVICE: &str = "service-2.json";
const PAGINATORS: &str = "paginators-1.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
const FILES: [&str; 3] = [SERVICE, PAGINATORS, ENDPOINT_RULES];

impl Revision {
    fn archived((version, files): (String, BTreeMap<String, Vec<u8>>)) -> Self {
        Self { version, files }
    }

    /// The JSON of the model itself.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.files[SERVICE]).unwrap()
    }

    /// The model, as the generator takes it.
    pub fn model(&self, operations: Operations) -> Model {
        self.model_called("backup", operations)
    }

    /// The same, under another name.
    pub fn model_called(&self, name: &str, operations: Operations) -> Model {
        self.model_with(name, self.files[SERVICE].clone(), operations)
    }

    /// The same, with another `service-2.json`.
    pub fn model_of(&self, json: Vec<u8>, operations: Operations) -> Model {
        self.model_with("backup", json, operations)
    }

    fn model_with(&self, name: &str, json: Vec<u8>, operations: Operations) -> Model {
        let mut model = Model::new(name, json, operations);
        if let Some(paginators) = self.files.get(PAGINATORS) {
            model = model.with_paginators(paginators.clone());
        }
        if let Some(rules) = self.files.get(ENDPOINT_RULES) {
            model = model.with_endpoint_rules(rules.clone());
        }
        model
    }

    /// What is generated from it.
    pub fn tree(&self, operations: Operations) -> Tree {
        generate(self.model(operations))
    }
}

/// What is generated from a model.
pub fn generate(model: Model) -> Tree {
    static PARTITIONS: LazyLock<Vec<u8>> =
        LazyLock::new(|| std::fs::read(folder("../models/partitions.json")).unwrap());
    let generator = Generator::new("smithereen_aws")
        .partitions(PARTITIONS.clone())
        .model(model);
    generator.generate().unwrap().tree().clone()
}

/// The files of the models in the archive, by version, in the order that they have there.
fn archived() -> Vec<(String, BTreeMap<String, Vec<u8>>)> {
    let archive = std::fs::read(folder("vectors/history.tar.xz")).unwrap();
    let mut archive = tar::Archive::new(XzReader::new(archive.as_slice(), false));
    let mut versions: Vec<(String, BTreeMap<String, Vec<u8>>)> = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_str().unwrap().to_owned();
        let (sdist, path) = path.split_once('/').unwrap();
        let version = sdist.strip_prefix("botocore-").unwrap();
        if versions.last().is_none_or(|(last, _)| last != version) {
            versions.push((version.to_owned(), BTreeMap::new()));
        }
        // The others are its licence and notice.
        if let Some(name) = path.strip_prefix("botocore/data/backup/2018-11-15/") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            let (_, files) = versions.last_mut().unwrap();
            files.insert(name.to_owned(), bytes);
        }
    }
    versions
}

fn folder(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

#[derive(Deserialize)]
struct Lock {
    source: Source,
    #[serde(default)]
    revision: Vec<Locked>,
}

#[derive(Deserialize)]
struct Source {
    version: Option<String>,
}

#[derive(Deserialize)]
struct Locked {
    version: String,
    #[serde(rename = "sha256")]
    _sdist: String,
    #[serde(flatten)]
    files: BTreeMap<String, String>,
}

fn lock(relative: &str) -> Lock {
    toml::from_str(&std::fs::read_to_string(folder(relative)).unwrap()).unwrap()
}

fn sum(bytes: &Vec<u8>) -> String {
    let sum = Sha256::digest(bytes);
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_archive_is_what_was_vendored() {
    let archived = archived();
    assert_eq!(archived.len(), 43);
    let found = archived.into_iter().map(|(version, files)| {
        let sums = files.iter().map(|(name, bytes)| (name.clone(), sum(bytes)));
        (version, sums.collect::<BTreeMap<_, _>>())
    });
    let locked = lock("vectors/history.lock").revision.into_iter();
    let locked = locked.map(|revision| (revision.version, revision.files));
    assert_eq!(found.collect::<Vec<_>>(), locked.collect::<Vec<_>>());
}
