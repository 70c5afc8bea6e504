//! Whether both sides say the same, and which differences are known.

use crate::model::{Member, Model, Shape};
use crate::operations::Answer;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value, json};
use smithereen_runtime::http;

/// Whether the requests are the same: method, path, query in its order, headers, and the values of
/// the body.
pub fn requests(
    model: &Model,
    operation: &str,
    ours: &http::Request<Vec<u8>>,
    theirs: &Value,
) -> Result<(), String> {
    let headers = ours.headers().iter().filter(|(name, _)| {
        // botocore leaves it to the HTTP client, and so does every HTTP client here.
        *name != http::header::CONTENT_LENGTH
    });
    let headers: Map<String, Value> = headers
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value.into())
        })
        .collect();
    let instants = instants(model, operation);
    let ours = json!({
        "method": ours.method().as_str(),
        "uri": uri(&ours.uri().to_string(), &instants),
        "headers": headers,
        "body": body(&String::from_utf8_lossy(ours.body())),
    });
    let mut theirs = theirs.clone();
    theirs["uri"] = uri(theirs["uri"].as_str().unwrap_or_default(), &instants);
    theirs["body"] = body(theirs["body"].as_str().unwrap_or_default());
    same(&ours, &theirs)
}

/// The names of an operation's query parameters that are timestamps.
fn instants<'m>(model: &'m Model, operation: &str) -> Vec<&'m str> {
    let members = model.input(operation).map(Shape::members);
    let instants = members.into_iter().flatten().filter(|member| {
        member.location() == Some("querystring") && member.shape.kind() == "timestamp"
    });
    instants.map(Member::wire).collect()
}

/// Path and query. A timestamp is an instant there: RFC 3339 has any number of digits for the
/// fraction of a second, of which botocore writes six and Smithereen those that say something.
fn uri(text: &str, instants: &[&str]) -> Value {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let parameters = query
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, value)) if instants.contains(&name) => {
                let instant = micros(&value.replace("%3A", ":"));
                instant.map_or_else(
                    || parameter.to_owned(),
                    |micros| format!("{name}={micros} µs"),
                )
            }
            _ => parameter.to_owned(),
        });
    json!([path, parameters.collect::<Vec<_>>()])
}

/// The values of a body of JSON, `null` if there is none.
fn body(text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// The microseconds from 1970 to this instant.
fn micros(text: &str) -> Option<i64> {
    let instant = DateTime::from_str(text, Format::DateTimeWithOffset).ok()?;
    i64::try_from(instant.as_nanos() / 1000).ok()
}

/// Whether the answers are the same: the members of the output, or code, message and members of the
/// error.
pub fn answers(
    model: &Model,
    operation: &str,
    ours: &Answer,
    theirs: &Value,
) -> Result<(), String> {
    let output = model.output(operation);
    let ours = match ours {
        Answer::Output(value) => json!({ "output": normal(output, value) }),
        Answer::Error {
            code,
            message,
            members,
        } => {
            let members = members.as_ref().zip(code.as_ref());
            let members = members.map(|(members, code)| normal(Some(model.shape(code)), members));
            let message = message.as_deref().filter(|message| !message.is_empty());
            json!({ "code": code, "message": message, "error": members })
        }
        Answer::Unreadable(error) => json!({ "unreadable": error }),
    };
    let theirs = match theirs.get("output") {
        Some(value) => json!({ "output": normal(output, value) }),
        None => {
            let code = theirs["code"].as_str().unwrap_or_default();
            let shape = model
                .errors(operation)
                .contains(&code)
                .then(|| model.shape(code));
            // An error without a message has an empty one in botocore.
            let message = theirs["message"]
                .as_str()
                .filter(|message| !message.is_empty());
            let members = shape.map(|shape| normal(Some(shape), &theirs["error"]));
            json!({ "code": code, "message": message, "error": members })
        }
    };
    same(&ours, &theirs)
}

fn same(ours: &Value, theirs: &Value) -> Result<(), String> {
    if ours == theirs {
        return Ok(());
    }
    Err(format!("Smithereen\n{ours:#}\nbotocore\n{theirs:#}"))
}

/// A value of this shape in the one form that both sides are compared in.
fn normal(shape: Option<Shape<'_>>, value: &Value) -> Value {
    let Some(shape) = shape else {
        return value.clone();
    };
    match (shape.kind(), value) {
        ("structure", Value::Object(values)) => {
            let members = shape.members();
            let values = values.iter().map(|(name, value)| {
                let member = members.iter().find(|member| member.name == name);
                let value = normal(member.map(|member| member.shape), value);
                (name.clone(), value)
            });
            Value::Object(values.collect())
        }
        // A null in a list or a map that is not sparse means nothing, says Smithy, and is passed
        // over; botocore keeps it.
        ("list", Value::Array(items)) => {
            let items = items.iter().filter(|item| !item.is_null());
            items
                .map(|item| normal(Some(shape.part("member")), item))
                .collect()
        }
        ("map", Value::Object(entries)) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            let entries = entries.map(|(key, value)| {
                let value = normal(Some(shape.part("value")), value);
                (key.clone(), value)
            });
            Value::Object(entries.collect())
        }
        ("timestamp", Value::String(text)) => micros(text).map_or(Value::Null, Value::from),
        _ => value.clone(),
    }
}
