//! Comparisons of models: how they are shown, what is ignored, and the command.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

mod bounded;
mod formats;
mod hostile;
mod ignore;
mod sample;
mod schema;
