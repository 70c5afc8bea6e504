//! The cases that do not pass, each with its reason.

use smithereen_conformance::page::Excuse;

/// Names and reasons.
pub const EXCUSED: &[Excuse] = &[];
