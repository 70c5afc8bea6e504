//! `models.lock`: what was vendored, from where, and that it still is what was vendored.

use super::place::Place;
use crate::error::{Diagnostic, Position};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The lock of a folder of models.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    pub source: Source,
    /// Paths below the folder, with `/`, to SHA-256 sums in hexadecimal.
    pub files: BTreeMap<String, String>,
}

/// Where vendored files come from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The package: `botocore`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The SHA-256 sum of its sdist, unless only an unpacked one was seen.
    pub sha256: Option<String>,
}

/// The SHA-256 sum that a file was vendored with.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    path: PathBuf,
    expected: String,
}

impl Lock {
    /// Its file's name.
    pub const FILE: &str = "models.lock";

    /// Reads the lock of a folder, which need not have one.
    pub fn read(place: &Place) -> Result<Option<Self>, Diagnostic> {
        let text = place.text(Self::FILE)?;
        text.map(|text| Self::parse(&place.shown(Self::FILE), &text))
            .transpose()
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Diagnostic> {
        toml::from_str(text).map_err(|error| {
            let diagnostic = Diagnostic::new(error.message()).file(path);
            match error.span() {
                Some(span) => diagnostic.position(Position::of_offset(text, span.start)),
                None => diagnostic,
            }
        })
    }

    /// What the lock says of a file.
    pub fn sum(&self, place: &Place, path: &str) -> Result<Sum, Diagnostic> {
        let expected = self.files.get(path).ok_or_else(|| {
            let message = "the file is not in models.lock, so nobody knows where it is from";
            Diagnostic::new(message)
                .file(&place.shown(path))
                .help("vendor it again, with its sum in models.lock")
        })?;
        Ok(Sum {
            path: place.shown(path),
            expected: expected.to_lowercase(),
        })
    }

    /// The file, whose lines are in an order that depends on nothing else.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# What is vendored here, byte for byte, and from where. The sums are SHA-256.\n\n[source]\n",
        );
        let sha256 = self.source.sha256.as_ref().map(|sum| ("sha256", sum));
        let pairs = [
            ("name", &self.source.name),
            ("version", &self.source.version),
        ];
        for (key, value) in pairs.into_iter().chain(sha256) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
        text.push_str("\n[files]\n");
        for (path, sum) in &self.files {
            let _ = writeln!(text, "{} = {}", quoted(path), quoted(sum));
        }
        text
    }
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

impl Sum {
    /// Whether these are the bytes that were vendored.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), Diagnostic> {
        let actual = sha256(bytes);
        if actual == self.expected {
            return Ok(());
        }
        let message = format!(
            "the file is not what was vendored: its SHA-256 is {actual}, models.lock says {}",
            self.expected
        );
        Err(Diagnostic::new(message).file(&self.path).help(
            "put the vendored file back; corrections to a model go into patches.toml beside it",
        ))
    }
}

/// The SHA-256 sum in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
