//! What changed between two models of a service, and what it means for its callers.

mod construct;
pub mod format;
mod ignore;
mod report;
mod review;
mod version;

pub use ignore::Ignores;
pub use report::{Bump, Compared, Entry, Level, Location, PatchInForce, Reach, Report};
pub use review::{Ignored, Review};
pub use toml::value::Date;
pub use version::{Suggestion, crate_version};

use crate::error::Error;
use crate::input::Model;

/// Compares the services of two sides: what the closures of the wanted operations were, and are.
///
/// # Errors
///
/// Whatever is wrong with the models, and operations that neither side has.
pub fn compare(_old: &[Model], _new: &[Model]) -> Result<Report, Error> {
    Ok(Report::default())
}
