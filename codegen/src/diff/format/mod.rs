//! A report as text: for a terminal, for a pull request, for programs, for annotations.
//!
//! What comes from a model is foreign text. No format lets it become more than that.

mod github;
mod json;
mod markdown;
mod text;
mod words;

pub use github::github;
pub use json::json;
pub use markdown::{BODY, markdown};
pub use text::{Mark, text};
