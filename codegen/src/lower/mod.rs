//! What a model means: references resolved, traits overlaid, wire bindings computed.
//!
//! | module | subject |
//! | --- | --- |
//! | [`service`] | metadata and protocol |
//! | [`operation`] | operations and their URI templates |
//! | [`shape`] | shapes and their members |

mod operation;
mod service;
mod shape;

pub(crate) use service::lower;

use crate::error::{Diagnostic, near_miss};
use crate::ir;
use crate::model::{self, Text};

/// A model while it is lowered: what to look up, and what is wrong so far.
struct Lowering<'m, 'a> {
    model: &'m model::Service<'a>,
    /// Names of shapes to their places in the model.
    shapes: std::collections::HashMap<&'m str, &'m model::Shape<'a>>,
    problems: Vec<Diagnostic>,
}

impl<'m, 'a> Lowering<'m, 'a> {
    fn problem(&mut self, path: &str, message: impl Into<String>, help: Option<String>) {
        let diagnostic = Diagnostic::new(message).json_path(path).maybe_help(help);
        self.problems.push(diagnostic);
    }

    /// The shape that a reference names; a problem if there is none.
    fn target(&mut self, name: &str, path: &str) -> Option<&'m model::Shape<'a>> {
        let found = self.shapes.get(name).copied();
        if found.is_none() {
            let near = near_miss(name, self.shapes.keys().copied());
            let message = format!("the model has no shape `{name}`, to which this refers");
            self.problem(&format!("{path}/shape"), message, near);
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
