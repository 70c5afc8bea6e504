//! The archive of vectors.

use flate2::read::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The files of the archive, by path.
pub static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let archive = std::fs::read(folder().join("endpoints.tar.gz")).unwrap();
    let mut archive = tar::Archive::new(GzDecoder::new(archive.as_slice()));
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (path, bytes)
    });
    entries.collect()
});

pub const UNIT_RULES: &str = "tests/unit/data/endpoints/valid-rules/";
const UNIT_CASES: &str = "tests/unit/data/endpoints/test-cases/";
const SERVICE_CASES: &str = "tests/functional/endpoint-rules/";

/// Cases, and the rules that they are for.
pub struct Suite {
    /// What the suite is called: the service, or the file.
    pub name: String,
    /// Whether it is of a service.
    pub of_service: bool,
    /// The path of the rules.
    pub rules: String,
    /// The file of the cases.
    pub cases: &'static [u8],
}

/// All suites, by path.
pub fn suites() -> Vec<Suite> {
    let suite = |(path, cases): (&'static String, &'static Vec<u8>)| {
        let of_service = path.starts_with(SERVICE_CASES);
        let (name, rules) = if of_service {
            let name = path.strip_prefix(SERVICE_CASES)?.split('/').next()?;
            (name, rules_of_service(name))
        } else {
            let file = path.strip_prefix(UNIT_CASES)?;
            (file.strip_suffix(".json")?, format!("{UNIT_RULES}{file}"))
        };
        Some(Suite {
            name: name.to_owned(),
            of_service,
            rules,
            cases,
        })
    };
    FILES.iter().filter_map(suite).collect()
}

/// All files of rules.
pub fn rule_sets() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let files = FILES.iter();
    files
        .filter(|(path, _)| {
            path.ends_with("/endpoint-rule-set-1.json") || path.starts_with(UNIT_RULES)
        })
        .map(|(path, json)| (path.as_str(), json.as_slice()))
}

/// The rules of a service at the last version of its API.
fn rules_of_service(name: &str) -> String {
    let folder = format!("botocore/data/{name}/");
    let mut paths = FILES.keys().filter(|path| path.starts_with(&folder));
    paths.next_back().unwrap().clone()
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "vectors"].iter().collect()
}

#[derive(Deserialize)]
struct Lock {
    files: BTreeMap<String, String>,
}

#[test]
fn the_archive_is_what_was_vendored() {
    let lock = std::fs::read_to_string(folder().join("vectors.lock")).unwrap();
    let lock: Lock = toml::from_str(&lock).unwrap();
    for (file, expected) in &lock.files {
        let bytes = std::fs::read(folder().join(file)).unwrap();
        let sum: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(&sum, expected, "{file} is not what vectors.lock says");
    }
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let ours = ["README.md", "vectors.lock"].contains(&name.as_str());
        // The test of the history has those.
        let history = name.contains("history");
        assert!(
            ours || history || lock.files.contains_key(&name),
            "{name} is not in vectors.lock"
        );
    }
}

#[test]
fn nothing_of_the_archive_is_left_out() {
    let count = |of_service| {
        suites()
            .iter()
            .filter(|suite| suite.of_service == of_service)
            .count()
    };
    assert_eq!(
        (rule_sets().count(), count(true), count(false)),
        (491, 439, 15)
    );
}
