//! Random inputs and responses, made from the model.

use crate::model::{Member, Model, Shape};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use serde_json::{Map, Value, json};
use smithereen_runtime::http;
use std::fmt::{self, Display};

/// A response of the service.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    pub fn http(&self) -> http::Response<Vec<u8>> {
        let mut builder = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        let response = builder.body(self.body.clone().into_bytes());
        response.expect("the response is one of HTTP")
    }
}

impl Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "HTTP {}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", self.body)
    }
}

/// Inputs of an operation, by the names of its members.
pub fn input(model: &Model, operation: &str) -> BoxedStrategy<Value> {
    let Some(shape) = model.input(operation) else {
        return Just(json!({})).boxed();
    };
    given(shape)
}

/// A value of this shape as a caller gives it.
fn given(shape: Shape<'_>) -> BoxedStrategy<Value> {
    match shape.kind() {
        "structure" => {
            let members = shape.members().into_iter().map(|member| {
                let value = given_member(member);
                let name = member.name.to_owned();
                (name, value, member.required || member.is_token())
            });
            object(members.collect())
        }
        "list" => vec(given(shape.part("member")), 0..4)
            .prop_map(Value::from)
            .boxed(),
        "map" => map(shape, given(shape.part("value"))),
        "string" => string(shape, ""),
        "timestamp" => instant().prop_map(|micros| rfc3339(micros).into()).boxed(),
        "integer" => integer(i32::MIN.into(), i32::MAX.into()),
        "long" => integer(i64::MIN, i64::MAX),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        kind => panic!("there are no random values of the type `{kind}` yet"),
    }
}

fn given_member(member: Member<'_>) -> BoxedStrategy<Value> {
    match (member.location(), member.shape.kind()) {
        // No path has an empty label.
        (Some("uri"), "string") => string(member.shape, "~"),
        _ => given(member.shape),
    }
}

/// Responses of an operation: a success, an error that it has in the model, and one that it has not.
pub fn response(model: &Model, operation: &str) -> BoxedStrategy<Response> {
    let status = model.status(operation);
    let body = match model.output(operation) {
        Some(shape) => prop_oneof![
            8 => received(shape).prop_map(|body| body.to_string()),
            1 => received(shape).prop_map(|body| format!(" {body:#}\r\n")),
            1 => Just(String::new()),
        ]
        .boxed(),
        None => select(vec!["", "{}"]).prop_map(str::to_owned).boxed(),
    };
    let success = body.prop_map(move |body| Response {
        status,
        headers: vec![("x-amzn-requestid".into(), "1a2b".into())],
        body,
    });
    let mut names = model.errors(operation);
    names.push("ThrottlingException");
    let errors = names.into_iter().map(|name| error(model, name));
    let errors = proptest::strategy::Union::new(errors);
    prop_oneof![3 => success, 2 => errors].boxed()
}

/// Responses that are an error with this name, of a shape or of none.
fn error(model: &Model, name: &str) -> BoxedStrategy<Response> {
    let shape = model.shape(if name == "ThrottlingException" {
        "ServiceUnavailableException"
    } else {
        name
    });
    let status = select(vec![400, 403, 404, 409, 429, 500, 503]);
    let name = name.to_owned();
    let place = select(vec![
        Place::Header("", ""),
        Place::Header(
            "",
            ":http://internal.amazon.com/coral/com.amazon.coral.validate/",
        ),
        Place::Header("com.amazonaws.backup#", ":http://internal.amazon.com/"),
        Place::HeaderWithoutBody,
        Place::Type("com.amazonaws.backup#"),
        Place::Type(""),
    ]);
    (status, place, received(shape))
        .prop_map(move |(status, place, mut body)| {
            let mut headers = Vec::new();
            let mut header = |value| headers.push(("x-amzn-errortype".to_owned(), value));
            match place {
                Place::Header(prefix, suffix) => header(format!("{prefix}{name}{suffix}")),
                // Without a body, botocore looks no further than the status of a server's fault.
                Place::HeaderWithoutBody if status < 500 => {
                    header(name.clone());
                    body = Value::Null;
                }
                Place::HeaderWithoutBody => header(name.clone()),
                Place::Type(prefix) => {
                    // The errors of AWS Backup have a member `Code`, which is another code.
                    if let Some(body) = body.as_object_mut() {
                        body.remove("Code");
                        body.insert("__type".into(), format!("{prefix}{name}").into());
                    }
                }
            }
            let body = match body {
                Value::Null => String::new(),
                body => body.to_string(),
            };
            Response {
                status,
                headers,
                body,
            }
        })
        .boxed()
}

/// Where an error says its name, in the forms of Smithy's restJson1.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// The header, with this before it and this after it.
    Header(&'static str, &'static str),
    /// The header, and there is nothing else.
    HeaderWithoutBody,
    /// The body's `__type`, with this before it.
    Type(&'static str),
}

/// A value of this shape as a service sends it: also with what a client has to bear.
fn received(shape: Shape<'_>) -> BoxedStrategy<Value> {
    match shape.kind() {
        "structure" => {
            let members = shape.members().into_iter().map(|member| {
                let value = or_null(received(member.shape));
                // `required` is a promise to the service, and not one of its own.
                (member.wire().to_owned(), value, false)
            });
            let unknown = select(vec![
                json!(null),
                json!(1.5),
                json!({"a": [{}]}),
                json!("x"),
            ]);
            let unknown = ("MemberOfTomorrow".to_owned(), unknown.boxed(), false);
            object(members.chain([unknown]).collect())
        }
        "list" => vec(received_part(shape.part("member")), 0..4)
            .prop_map(Value::from)
            .boxed(),
        "map" => map(shape, received_part(shape.part("value"))),
        "timestamp" => (instant(), 0..4).prop_map(timestamp).boxed(),
        "integer" | "long" => prop_oneof![
            4 => given(shape),
            // A whole number that is written as a fraction.
            1 => (-1_000_000_i32..1_000_000).prop_map(|number| f64::from(number).into()),
        ]
        .boxed(),
        _ => given(shape),
    }
}

/// An item of a list or a value of a map.
fn received_part(shape: Shape<'_>) -> BoxedStrategy<Value> {
    match shape.kind() {
        "string" | "structure" => or_null(received(shape)),
        // A null there is false to botocore, or it raises an exception. Smithy says that it is
        // passed over, as it is here.
        _ => received(shape),
    }
}

fn or_null(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![9 => value, 1 => Just(Value::Null)].boxed()
}

/// An object of these members: name, value, and whether it is always there.
fn object(members: Vec<(String, BoxedStrategy<Value>, bool)>) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(name, value, always)| {
            let value = if always {
                value.prop_map(Some).boxed()
            } else {
                option::of(value).boxed()
            };
            value.prop_map(move |value| Some((name.clone(), value?)))
        })
        .collect();
    members
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
        .boxed()
}

fn map(shape: Shape<'_>, value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let entry = (string(shape.part("key"), ""), value);
    let entries = vec(entry, 0..4).prop_map(|entries| {
        let entries = entries.into_iter().map(|(key, value)| {
            let key = key.as_str().unwrap_or_default().to_owned();
            (key, value)
        });
        Value::Object(entries.collect::<Map<_, _>>())
    });
    entries.boxed()
}

/// A string of this shape, with another in place of the empty one.
fn string(shape: Shape<'_>, empty: &'static str) -> BoxedStrategy<Value> {
    let awkward = select(vec![
        "a", "Z", "0", " ", "%", "%20", "/", "+", "\"", "'", "\\", "&", "=", "?", "#", "~", "*",
        ":", ",", ";", "@", "$", "!", "(", ")", "[", "]", "{", "}", "<", ">", "|", "^", "`", ".",
        "..", "\n", "\r", "\t", "\0", "\u{7f}", "é", "ß", "\u{301}", "日本", "🦀", "\u{2028}",
        "\u{feff}",
    ]);
    let text = prop_oneof![
        vec(awkward, 0..8).prop_map(|parts| parts.concat()),
        any::<String>(),
        "[A-Za-z0-9-]{1,20}",
    ];
    let text = text.prop_map(move |text| match text.is_empty() {
        true => empty.into(),
        false => text.into(),
    });
    let values: Vec<String> = shape.values().into_iter().map(str::to_owned).collect();
    if values.is_empty() {
        return text.boxed();
    }
    prop_oneof![3 => select(values).prop_map(Value::from), 1 => text].boxed()
}

fn integer(min: i64, max: i64) -> BoxedStrategy<Value> {
    prop_oneof![
        min..=max,
        -100_i64..1000,
        select(vec![min, min + 1, -1, 0, 1, max - 1, max]),
    ]
    .prop_map(Value::from)
    .boxed()
}

/// An instant between the years 1900 and 2200, in microseconds since 1970.
fn instant() -> BoxedStrategy<i64> {
    let seconds = prop_oneof![
        -2_208_988_800_i64..7_258_118_400,
        1_500_000_000_i64..1_900_000_000,
        Just(0),
    ];
    let micros = prop_oneof![
        Just(0),
        (0..1000_i64).prop_map(|millis| millis * 1000),
        0..1_000_000_i64,
    ];
    (seconds, micros)
        .prop_map(|(seconds, micros)| seconds * 1_000_000 + micros)
        .boxed()
}

fn rfc3339(micros: i64) -> String {
    let instant = DateTime::from_nanos(i128::from(micros) * 1000).expect("it is in range");
    instant.fmt(Format::DateTime).expect("it has a form")
}

/// A timestamp in one of the forms that arrive.
fn timestamp((micros, form): (i64, i32)) -> Value {
    let seconds = micros.div_euclid(1_000_000);
    match form {
        0 => seconds.into(),
        1 => (seconds as f64).into(),
        // To the millisecond, as the service says.
        _ => (micros.div_euclid(1000) as f64 / 1000.0).into(),
    }
}
