//! The closure as a picture: operations, shapes, and the members that connect them.
//!
//! | step | what it does | module |
//! | --- | --- | --- |
//! | graph | nodes and their members, as data from the IR | `build` |
//! | marks | what two graphs have in common and what not | `compare` |
//! | view | the boxes, rows and links that are shown, at one of three levels of detail | `view` |
//! | text | one module for each format | `mermaid`, `dot`, `svg` over `layout` |
//!
//! Only shapes that have a file in generated code are nodes: structures, unions and enums. Lists,
//! maps and scalars are the type of a member, `Tags: map<string, Tag>`.

mod build;
mod changed;
mod compare;
mod dot;
mod layout;
mod mermaid;
mod picture;
mod svg;
mod text;
mod view;

pub use picture::{Format, Members, Picture};

use crate::error::{Diagnostic, Error};
use crate::input::{Model, Operations};
use crate::ir;
use crate::passes::unknown_operation;
use std::collections::BTreeMap;

/// Operations of a service and the shapes that they need.
///
/// ```
/// use smithereen_codegen::graph::{Format, Graph};
/// use smithereen_codegen::{Model, Operations};
///
/// let json = r#"{
///   "metadata": {
///     "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "json",
///     "jsonVersion": "1.1", "targetPrefix": "Parrots",
///     "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
///   },
///   "operations": {
///     "Greet": {
///       "name": "Greet", "http": { "method": "POST", "requestUri": "/" },
///       "output": { "shape": "Greeting" }
///     }
///   },
///   "shapes": {
///     "Greeting": { "type": "structure", "members": { "Mood": { "shape": "Mood" } } },
///     "Mood": { "type": "string", "enum": ["HAPPY", "SULKY"] }
///   }
/// }"#;
/// let graph = Graph::new(&Model::new("parrots", json, Operations::All), &Operations::All)?;
/// let picture = graph.picture(Format::Mermaid, None);
/// assert!(picture.text.contains("s_Greeting -->|\"Mood\"| s_Mood"));
/// # Ok::<(), smithereen_codegen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Graph {
    /// The service's name.
    service: String,
    /// What there is, in the order in which it is shown.
    nodes: BTreeMap<Id, Node>,
    /// Whether it is of two models.
    compared: bool,
}

/// What a node stands for, by its name in the model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Id {
    Operation(String),
    Shape(String),
}

impl Id {
    fn name(&self) -> &str {
        match self {
            Self::Operation(name) | Self::Shape(name) => name,
        }
    }
}

/// An operation, or a shape that has a file in generated code.
#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    /// The first sentence of its documentation, in plain text.
    docs: String,
    /// In the model's order. Of an operation: input, output, errors; of an enum: its values.
    members: Vec<Member>,
    fact: Fact,
    mark: Mark,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Operation,
    Structure,
    Union,
    Enumeration,
    Error,
}

impl Kind {
    /// In a word, which is also its class where a format has classes.
    fn word(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Structure => "structure",
            Self::Union => "union",
            Self::Enumeration => "enum",
            Self::Error => "error",
        }
    }
}

/// What a node consists of.
#[derive(Clone, Debug)]
struct Member {
    role: Role,
    name: String,
    /// Its type, lists and maps written out; empty for values of enums.
    of: String,
    /// What its type was, if that has changed.
    was: Option<String>,
    required: bool,
    docs: String,
    /// The nodes that its type leads to: none, one, or the key and the value of a map.
    targets: Vec<Id>,
    fact: Fact,
    mark: Mark,
}

/// What something is to its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Input,
    Output,
    Error,
    Member,
    Value,
}

/// What the model says without words: what two models are compared by.
#[derive(Clone, Debug, PartialEq)]
enum Fact {
    /// Its name and its type are all.
    Plain,
    /// Without input, output and errors, which are members here.
    Operation(Box<ir::Operation>),
    /// Traits beside the structure.
    Body(Box<ir::Body>),
    /// Without members.
    Shape(Box<ir::Shape>),
    /// With the lists, maps and scalars that its type consists of.
    Member(Box<ir::Member>, Vec<ir::Shape>),
}

/// What has become of something between two models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    #[default]
    Same,
    Added,
    Removed,
    Changed,
}

impl Mark {
    /// What stands before the name.
    fn sign(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Added => "+ ",
            Self::Removed => "− ",
            Self::Changed => "~ ",
        }
    }

    /// In a word, which is also its class where a format has classes; nothing if there is none.
    fn word(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

impl Graph {
    /// Operations of a model, and the shapes that they need. The protocol does not matter, nor
    /// whether clients can be generated.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the model; an operation that it does not have.
    pub fn new(model: &Model, operations: &Operations) -> Result<Self, Error> {
        let service = model.corrected()?.service;
        known(&[&service], operations)?;
        Ok(build::graph(&service, operations))
    }

    /// The same of two models, with what is added, removed or changed marked. An operation that
    /// only one of the two has is added or removed.
    ///
    /// Changed is what says something else: types, wire names, bindings, limits, `required`.
    /// Documentation and the order of members do not count.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the models; an operation that neither has.
    pub fn compare(old: &Model, new: &Model, operations: &Operations) -> Result<Self, Error> {
        let (old, new) = (old.corrected()?.service, new.corrected()?.service);
        known(&[&new, &old], operations)?;
        Ok(compare::graphs(
            build::graph(&old, operations),
            build::graph(&new, operations),
        ))
    }

    /// Only what is added, removed or changed, and a way from an operation to each of it.
    #[must_use]
    pub fn only_changed(self) -> Self {
        changed::only(self)
    }

    /// How many operations and shapes are added, removed or changed.
    pub fn changes(&self) -> usize {
        let marked = self.nodes.values().filter(|node| node.mark != Mark::Same);
        marked.count()
    }

    /// How many operations and how many shapes it has.
    pub fn size(&self) -> (usize, usize) {
        let all = self.nodes.len();
        let operations = self.operations().count();
        (operations, all - operations)
    }

    /// As text in a format, with as many of the members as its size allows, or those that are asked
    /// for.
    pub fn picture(&self, format: Format, members: Option<Members>) -> Picture {
        picture::draw(self, format, members)
    }

    fn operations(&self) -> impl Iterator<Item = &str> {
        self.nodes.keys().filter_map(|id| match id {
            Id::Operation(name) => Some(name.as_str()),
            Id::Shape(_) => None,
        })
    }
}

/// Whether every operation that is named is one of one of the services, of which the first counts.
fn known(services: &[&ir::Service], operations: &Operations) -> Result<(), Error> {
    let Operations::Named(names) = operations else {
        return Ok(());
    };
    let unknown = names.iter().filter(|name| {
        let mut services = services.iter();
        !services.any(|service| service.operations.contains_key(&name.name))
    });
    let service = services.first();
    let problems: Vec<Diagnostic> = unknown
        .filter_map(|name| Some(unknown_operation(service?, name)))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}
