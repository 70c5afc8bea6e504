//! What changed between two models of a service, and what it means for its callers.

mod report;

pub use report::{Bump, Compared, Entry, Level, Location, PatchInForce, Reach, Report};

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
