//! Turns AWS service models into small Rust clients.
//!
//! One pure function from models and a manifest to a [`Tree`] of files, in stages that each have a
//! type of their own. In order:
//!
//! | stage | what it does | module |
//! | --- | --- | --- |
//! | model | what AWS wrote: a strict mirror of the JSON, no decisions | `model` |
//! | lower | what it means: references resolved, wire bindings computed | `lower` |
//! | IR | the service as plain data; no Rust | [`ir`] |
//! | passes | what is kept: patches, selection, cycles, secrets, names, validation | `passes` |
//! | emit | what is said: IR to syn items | `emit` |
//! | render | text: a header and prettyplease | `render` |
//! | tree | disk: compare and write | [`Tree`] |
//!
//! Nothing here knows a service by name.
//!
//! ```
//! use smithereen_codegen::{Generator, Model, Operations};
//!
//! let json = r#"{
//!   "version": "2.0",
//!   "metadata": {
//!     "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
//!     "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
//!   },
//!   "operations": {
//!     "Greet": { "name": "Greet", "http": { "method": "GET", "requestUri": "/greeting" } }
//!   },
//!   "shapes": {}
//! }"#;
//! let generated = Generator::new("aviary")
//!     .model(Model::new("parrots", json, Operations::All))
//!     .generate()?;
//! let greet = generated.tree().get("parrots/operation/greet.rs").unwrap_or_default();
//! assert!(greet.contains("pub struct Greet;"));
//! # Ok::<(), smithereen_codegen::Error>(())
//! ```

mod beside;
mod corpus;
pub mod diff;
pub mod docs;
mod emit;
mod error;
mod features;
mod generated;
mod generator;
pub mod graph;
mod input;
pub mod ir;
mod list;
mod locate;
mod lower;
mod manifest;
mod model;
mod parallel;
mod passes;
mod render;
mod source;
#[doc(hidden)]
pub mod stages;
mod tree;
pub mod vendor;

pub use corpus::{Corpus, CorpusContents, CorpusModel, CorpusRow};
pub use error::{Diagnostic, Error, Position, near_miss};
pub use generated::{Generated, GeneratedCrate};
pub use generator::{Generator, Summary};
pub use input::{Exceptions, Model, Named, Operations};
pub use list::{Catalogue, ReachedShape};
pub use passes::AppliedPatch;
pub use source::{Choice, Side};
pub use tree::{Change, Status, Tree};
