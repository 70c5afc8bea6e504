//! The workflows of `.github/workflows`, step by step: every `run:` as the runner would run it, in
//! clones of a repository on disk, with a `gh` that keeps what it is told.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

mod check;
mod models;
#[path = "../support/project.rs"]
mod project;
mod readme;
mod runner;
mod safety;
#[path = "../support/xtask.rs"]
mod xtask;
