//! Random responses: random values in the wire format of the protocol, with what a client has to bear.

mod body;
mod cbor;
mod json;
mod xml;

use crate::model::{Operation, Shape};
use crate::random::{Place, Plan, Planned};
use aws_smithy_types::DateTime;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use body::Body;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::strategy::Union;
use serde_json::{Map, Value, json as value};
use smithereen_runtime::http;
use std::fmt::{self, Display};

/// A member that no model has.
pub const UNKNOWN: &str = "MemberOfTomorrow";

/// A response of the service.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn http(&self) -> http::Response<Vec<u8>> {
        let mut builder = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder
            .body(self.body.clone())
            .expect("the response is one of HTTP")
    }
}

impl Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "HTTP {}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        match str::from_utf8(&self.body) {
            Ok(text) => write!(f, "\n{text}"),
            Err(_) => write!(f, "\n{}", self.body.escape_ascii()),
        }
    }
}

/// How a value is written where there is a choice: as few surprises as are left when a case has shrunk.
pub struct Style(fastrand::Rng);

impl Style {
    /// Whether something that happens once in so many times happens.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.0.u32(..times) == 0
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.0.usize(..of.len())]
    }

    /// In another order, now and then.
    pub fn mix<T>(&mut self, items: &mut [T]) {
        if self.once_in(3) {
            self.0.shuffle(items);
        }
    }
}

/// Responses of an operation: successes, errors that it has in the model, and one that it has not.
pub fn response(operation: Operation) -> impl Strategy<Value = Response> {
    Planned(move |plan: &mut Plan| {
        let success = shape(operation, operation.output(), plan, success);
        let mut errors: Vec<Option<Shape>> = operation.errors().into_iter().map(Some).collect();
        errors.push(None);
        let errors = errors
            .into_iter()
            .map(|error| shape(operation, error, plan, failure));
        let errors = Union::new(errors.collect::<Vec<_>>());
        Union::new_weighted(vec![(3, success), (2, errors.boxed())]).boxed()
    })
}

/// Responses with a value of this shape, or with none.
fn shape(
    operation: Operation,
    shape: Option<Shape>,
    plan: &mut Plan,
    write: fn(Operation, Option<Shape>, Map<String, Value>, &mut Style) -> Response,
) -> BoxedStrategy<Response> {
    let values = match shape {
        // What is required is a promise to the service, and not one of its own; the plan has it all the same.
        Some(shape) => plan.members(shape, 0, |member| {
            Place::of_response(operation, shape, member)
        }),
        None => Just(value!({})).boxed(),
    };
    (values, any::<u64>())
        .prop_map(move |(values, seed)| {
            let mut style = Style(fastrand::Rng::with_seed(seed));
            let Value::Object(values) = values else {
                panic!("the values of a structure");
            };
            write(operation, shape, values, &mut style)
        })
        .boxed()
}

fn success(
    operation: Operation,
    output: Option<Shape>,
    mut values: Map<String, Value>,
    style: &mut Style,
) -> Response {
    let mut status = operation.status();
    let mut headers = vec![("x-amzn-requestid".to_owned(), "1a2b".to_owned())];
    let body = match output {
        Some(shape) if operation.is_rest() => {
            if has_status(shape) {
                status = style.one(&[200, 201, 202, 206]);
            }
            put_headers(shape, &mut values, &mut headers);
            body_of(operation, shape, &values, style)
        }
        Some(shape) => Body::of(operation).output(operation, shape, &values, style),
        None => Body::of(operation).nothing(operation, style),
    };
    Response {
        status,
        headers,
        body,
    }
}

/// The body of a response whose other members have gone elsewhere.
fn body_of(
    operation: Operation,
    shape: Shape,
    values: &Map<String, Value>,
    style: &mut Style,
) -> Vec<u8> {
    let Some(payload) = shape.text("payload").and_then(|name| shape.member(name)) else {
        return Body::of(operation).output(operation, shape, values, style);
    };
    match (payload.shape.kind(), values.get(payload.name)) {
        (_, None) => Vec::new(),
        ("blob", Some(Value::String(text))) => base64::decode(text).expect("it is base64"),
        ("string", Some(Value::String(text))) => text.clone().into_bytes(),
        (_, Some(value)) => Body::of(operation).payload(payload, value, style),
    }
}

/// Whether the status is a member.
fn has_status(shape: Shape) -> bool {
    shape
        .members()
        .iter()
        .any(|member| member.location() == Some("statusCode"))
}

/// Moves members into headers.
fn put_headers(shape: Shape, values: &mut Map<String, Value>, headers: &mut Vec<(String, String)>) {
    for member in shape.members() {
        let Some(location) = member.location() else {
            continue;
        };
        let Some(value) = values.remove(member.name) else {
            continue;
        };
        match (location, &value) {
            ("headers", Value::Object(entries)) => {
                for (key, value) in entries {
                    headers.push((
                        format!("{}{key}", member.wire()),
                        header(member.shape.part("value"), value),
                    ));
                }
            }
            // An empty list is no header.
            ("header", Value::Array(items)) if items.is_empty() => {}
            ("header", value) => {
                headers.push((member.wire().to_owned(), header(member.shape, value)))
            }
            _ => {}
        }
    }
}

/// A value in a header.
fn header(shape: Shape, value: &Value) -> String {
    match (shape.kind(), value) {
        ("list", Value::Array(items)) => {
            let items = items.iter().map(|item| header(shape.part("member"), item));
            items.collect::<Vec<_>>().join(", ")
        }
        ("timestamp", value) => timestamp(shape.text("timestampFormat").unwrap_or("rfc822"), value),
        ("string", Value::String(text)) if shape.is("jsonvalue") => base64::encode(text),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// An instant in one of the formats of models.
fn timestamp(format: &str, value: &Value) -> String {
    let instant = instant(value);
    let format = match format.to_lowercase().as_str() {
        "rfc822" => Format::HttpDate,
        "unixtimestamp" => Format::EpochSeconds,
        _ => Format::DateTime,
    };
    let instant = match format {
        // There are no fractions in this one.
        Format::HttpDate => DateTime::from_secs(instant.secs()),
        _ => instant,
    };
    instant.fmt(format).expect("it has a form")
}

fn instant(value: &Value) -> DateTime {
    let text = value.as_str().expect("a timestamp is text");
    DateTime::from_str(text, Format::DateTime).expect("it is RFC 3339")
}

/// An error of this shape, or of none.
fn failure(
    operation: Operation,
    shape: Option<Shape>,
    mut values: Map<String, Value>,
    style: &mut Style,
) -> Response {
    let status = style.one(&[400, 403, 404, 409, 429, 500, 503]);
    let mut headers = vec![("x-amzn-requestid".to_owned(), "1a2b".to_owned())];
    if shape.is_none() {
        // Some text that is no member.
        values.insert("message".to_owned(), "slow down".into());
    }
    if let (Some(shape), true) = (shape, operation.is_rest()) {
        put_headers(shape, &mut values, &mut headers);
        // Some errors have a member there, which is the name that is put there later.
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-amzn-errortype"));
    }
    let failure = body::Failure {
        operation,
        shape,
        values: &values,
        status,
    };
    let body = Body::of(operation).failure(&failure, &mut headers, style);
    Response {
        status,
        headers,
        body,
    }
}
