//! Comparisons of models: how they are shown, what is ignored, and the command.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

mod bounded;
mod command_line;
mod formats;
mod hostile;
mod ignore;
#[path = "../support/project.rs"]
mod project;
mod sample;
mod schema;
#[path = "../support/xtask.rs"]
mod xtask;
