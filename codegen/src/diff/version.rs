//! The version of the generated crate, and how a report would move it.

use super::report::Bump;
use crate::manifest;
use semver::Version;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// How the version of a crate should move (<https://semver.org>, and below 1.0.0 as cargo reads it).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The word for it.
    pub bump: Bump,
    /// The version now, if it is known.
    pub from: Option<Version>,
    /// The version that it should have, if the one now is known and no pre-release.
    pub to: Option<Version>,
}

impl Suggestion {
    /// What a bump makes of a version.
    pub fn new(bump: Bump, from: Option<Version>) -> Self {
        let to = from.as_ref().and_then(|version| moved(bump, version));
        Self { bump, from, to }
    }

    /// Whether the number that moves is another than the word says, as below 1.0.0.
    fn shifted(&self) -> bool {
        let below_one = self.from.as_ref().is_some_and(|from| from.major == 0);
        below_one && matches!(self.bump, Bump::Major | Bump::Minor)
    }

    /// In words: `major: 1.4.2 → 2.0.0`.
    pub fn words(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if self.shifted() => {
                format!("{}, which below 1.0.0 is {from} → {to}", self.bump)
            }
            (Some(from), Some(to)) if from != to => format!("{}: {from} → {to}", self.bump),
            (Some(from), Some(_)) => format!("{}: {from} stays", self.bump),
            _ => self.bump.to_string(),
        }
    }
}

/// Below 1.0.0 the first number that is not zero takes the place of the major one.
fn moved(bump: Bump, from: &Version) -> Option<Version> {
    if !from.pre.is_empty() {
        return None;
    }
    let Version {
        major,
        minor,
        patch,
        ..
    } = *from;
    Some(match (bump, major, minor) {
        (Bump::None, ..) => Version::new(major, minor, patch),
        (_, 0, 0) => Version::new(0, 0, patch.checked_add(1)?),
        (Bump::Major, 0, _) => Version::new(0, minor.checked_add(1)?, 0),
        (Bump::Minor | Bump::Patch, 0, _) | (Bump::Patch, ..) => {
            Version::new(major, minor, patch.checked_add(1)?)
        }
        (Bump::Minor, ..) => Version::new(major, minor.checked_add(1)?, 0),
        (Bump::Major, ..) => Version::new(major.checked_add(1)?, 0, 0),
    })
}

/// The version of the crate that a manifest generates: nothing if its `Cargo.toml` does not say it
/// in a way that is understood here, a literal or the workspace's, or if there are several crates.
pub fn crate_version(manifest: &Path) -> Option<Version> {
    let manifest = manifest::read(manifest).ok()?;
    // Several crates have versions of their own.
    let [only] = manifest.crates.as_slice() else {
        return None;
    };
    // The files are below `src` of the crate.
    let folder = only.root.parent()?;
    let folder = std::path::absolute(folder).ok()?;
    let own = cargo_toml(&folder)?;
    match own.get("package")?.get("version")? {
        Value::String(version) => Version::parse(version).ok(),
        Value::Table(inherited) if inherited.get("workspace") == Some(&Value::Boolean(true)) => {
            let mut above = folder.ancestors();
            above.find_map(|folder| {
                let root = cargo_toml(folder)?;
                let version = root.get("workspace")?.get("package")?.get("version")?;
                Version::parse(version.as_str()?).ok()
            })
        }
        _ => None,
    }
}

fn cargo_toml(folder: &Path) -> Option<Table> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bump: Bump, from: &str) -> String {
        Suggestion::new(bump, Version::parse(from).ok()).words()
    }

    #[test]
    fn from_one_on_the_word_says_which_number_moves() {
        assert_eq!(words(Bump::Major, "1.4.2"), "major: 1.4.2 → 2.0.0");
        assert_eq!(words(Bump::Minor, "1.4.2"), "minor: 1.4.2 → 1.5.0");
        assert_eq!(words(Bump::Patch, "1.4.2"), "patch: 1.4.2 → 1.4.3");
        assert_eq!(words(Bump::None, "1.4.2"), "none: 1.4.2 stays");
    }

    #[test]
    fn below_one_the_first_number_that_is_not_zero_is_the_major_one() {
        let below = "which below 1.0.0 is";
        assert_eq!(
            words(Bump::Major, "0.4.2"),
            format!("major, {below} 0.4.2 → 0.5.0")
        );
        assert_eq!(
            words(Bump::Minor, "0.4.2"),
            format!("minor, {below} 0.4.2 → 0.4.3")
        );
        assert_eq!(words(Bump::Patch, "0.4.2"), "patch: 0.4.2 → 0.4.3");
        assert_eq!(
            words(Bump::Major, "0.0.2"),
            format!("major, {below} 0.0.2 → 0.0.3")
        );
    }

    #[test]
    fn a_version_that_is_unknown_or_a_pre_release_is_left_to_its_owner() {
        assert_eq!(words(Bump::Major, "?"), "major");
        assert_eq!(words(Bump::Major, "1.0.0-rc.1"), "major");
        assert_eq!(words(Bump::Major, &format!("{}.0.0", u64::MAX)), "major");
    }
}
