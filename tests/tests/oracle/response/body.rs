//! The bodies of responses, in the format of a protocol.

use super::{Style, cbor, json, xml};
use crate::model::{Member, Operation, Shape};
use serde_json::{Map, Value};

/// The format of a body.
pub enum Body {
    Json,
    Xml,
    Cbor,
}

/// An error that a body is of.
pub struct Failure<'v> {
    pub operation: Operation,
    /// None for an error that the model does not name.
    pub shape: Option<Shape>,
    pub values: &'v Map<String, Value>,
    pub status: u16,
}

impl Failure<'_> {
    /// The code, as protocols without names of shapes have it.
    pub fn code(&self) -> &'static str {
        self.shape.map_or("ErrorOfTomorrow", Shape::code)
    }

    /// The name of the shape.
    pub fn name(&self) -> &'static str {
        self.shape.map_or("ErrorOfTomorrow", Shape::name)
    }
}

impl Body {
    pub fn of(operation: Operation) -> Self {
        match operation.protocol {
            "smithy-rpc-v2-cbor" => Self::Cbor,
            _ if operation.answers_xml() => Self::Xml,
            _ => Self::Json,
        }
    }

    /// The body of an output.
    pub fn output(
        &self,
        operation: Operation,
        shape: Shape,
        values: &Map<String, Value>,
        style: &mut Style,
    ) -> Vec<u8> {
        match self {
            Self::Json => json::body(shape, values, style),
            Self::Xml => xml::output(operation, shape, values, style),
            Self::Cbor => cbor::body(shape, values, None, style),
        }
    }

    /// The body of a response that says nothing.
    pub fn nothing(&self, operation: Operation, style: &mut Style) -> Vec<u8> {
        match self {
            Self::Json => style.one(&["", "{}"]).into(),
            Self::Xml if operation.protocol == "rest-xml" => Vec::new(),
            Self::Xml => xml::nothing(operation),
            Self::Cbor => style.one(&[&b""[..], b"\xa0"]).into(),
        }
    }

    /// The member that the body is.
    pub fn payload(&self, member: Member, value: &Value, style: &mut Style) -> Vec<u8> {
        match self {
            Self::Json => json::value(member.shape, value, style).to_string().into(),
            Self::Xml => xml::payload(member, value, style),
            Self::Cbor => panic!("the protocol has no payloads"),
        }
    }

    /// The body of an error, and the headers that belong to it.
    pub fn failure(
        &self,
        failure: &Failure<'_>,
        headers: &mut Vec<(String, String)>,
        style: &mut Style,
    ) -> Vec<u8> {
        let is_json = matches!(self, Self::Json | Self::Cbor);
        if is_json && failure.operation.model().is_query_compatible() {
            let code = format!("{};Sender", failure.code());
            headers.push(("x-amzn-query-error".to_owned(), code));
        }
        match self {
            Self::Json => json::failure(failure, headers, style),
            Self::Xml => xml::failure(failure, style),
            Self::Cbor => cbor::failure(failure, style),
        }
    }
}
