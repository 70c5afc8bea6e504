//! Where models come from: sides of a comparison, the vendored files, and botocore behind a pip that
//! is a script.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

mod botocore;
mod patches;
mod sides;
mod support;
mod vendoring;
