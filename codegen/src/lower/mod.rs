//! What a model means: references resolved, traits overlaid, wire bindings computed.
//!
//! | module | subject |
//! | --- | --- |
//! | [`body_names`] | what members are called in bodies, by protocol |
//! | [`endpoint`] | endpoint rules and partitions |
//! | [`service`] | metadata and protocol |
//! | [`operation`] | operations and their URI templates |
//! | [`paginators`] | how operations answer in pages |
//! | [`shape`] | shapes and their members |

mod body_names;
pub(crate) mod endpoint;
mod operation;
mod paginators;
mod service;
mod shape;

pub(crate) use paginators::paginate;
pub(crate) use service::lower;

use crate::error::{Diagnostic, near_miss};
use crate::ir;
use crate::locate::escape;
use crate::model::{self, Text};

/// A model while it is lowered: what to look up, and what is wrong so far.
struct Lowering<'m, 'a> {
    model: &'m model::Service<'a>,
    /// Names of shapes to their places in the model.
    shapes: std::collections::HashMap<&'m str, &'m model::Shape<'a>>,
    /// How bodies are written, on which the names in them depend.
    protocol: ir::Protocol,
    problems: Vec<Diagnostic>,
}

/// A place in the model. It is written down only if something is wrong there.
#[derive(Clone, Copy)]
struct Place<'p> {
    around: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Name(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// A key of the whole model.
    fn top(name: &'p str) -> Self {
        Self {
            around: None,
            step: Step::Name(name),
        }
    }

    fn at(&'p self, name: &'p str) -> Self {
        Self {
            around: Some(self),
            step: Step::Name(name),
        }
    }

    fn index(&'p self, index: usize) -> Self {
        Self {
            around: Some(self),
            step: Step::Index(index),
        }
    }

    /// The JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        let around = self.around.map_or_else(String::new, Place::pointer);
        match self.step {
            Step::Name(name) => format!("{around}/{}", escape(name)),
            Step::Index(index) => format!("{around}/{index}"),
        }
    }
}

impl<'m, 'a> Lowering<'m, 'a> {
    fn problem(&mut self, place: Place<'_>, message: impl Into<String>, help: Option<String>) {
        let diagnostic = Diagnostic::new(message)
            .json_path(place.pointer())
            .maybe_help(help);
        self.problems.push(diagnostic);
    }

    /// The shape that a reference names; a problem if there is none.
    fn target(&mut self, name: &str, place: Place<'_>) -> Option<&'m model::Shape<'a>> {
        let found = self.shapes.get(name).copied();
        if found.is_none() {
            let near = near_miss(name, self.shapes.keys().copied());
            let message = format!("the model has no shape `{name}`, to which this refers");
            self.problem(place.at("shape"), message, near);
        }
        found
    }
}

fn owned(text: &Option<Text<'_>>) -> Option<String> {
    text.as_deref().map(str::to_owned)
}

fn docs(text: &Option<Text<'_>>) -> ir::Docs {
    ir::Docs(owned(text).unwrap_or_default())
}

fn deprecated(
    deprecated: bool,
    message: &Option<Text<'_>>,
    since: &Option<Text<'_>>,
) -> Option<ir::Deprecated> {
    deprecated.then(|| ir::Deprecated {
        message: owned(message),
        since: owned(since),
    })
}

fn xml_namespace(namespace: Option<&model::XmlNamespace<'_>>) -> Option<ir::XmlNamespace> {
    Some(match namespace? {
        model::XmlNamespace::Full(full) => ir::XmlNamespace {
            uri: full.uri.to_string(),
            prefix: owned(&full.prefix),
        },
        model::XmlNamespace::Uri(uri) => ir::XmlNamespace {
            uri: uri.to_string(),
            prefix: None,
        },
    })
}

fn timestamp_format(format: model::TimestampFormat) -> ir::TimestampFormat {
    match format {
        model::TimestampFormat::Iso8601 => ir::TimestampFormat::DateTime,
        model::TimestampFormat::UnixTimestamp => ir::TimestampFormat::EpochSeconds,
        model::TimestampFormat::Rfc822 => ir::TimestampFormat::HttpDate,
    }
}
