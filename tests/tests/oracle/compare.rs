//! Whether both sides say the same, and which differences are known.

use crate::model::{Member, Operation, Shape};
use crate::response::UNKNOWN;
use crate::said;
use aws_smithy_types::base64;
use serde_json::{Map, Value, json};
use smithereen_differential::Answer;
use smithereen_runtime::http;

/// Whether the requests are the same: method, host, path, query, headers, and what the body says.
pub fn requests(
    operation: Operation,
    (ours, prefix): &(http::Request<Vec<u8>>, Option<String>),
    theirs: &Value,
) -> Result<(), String> {
    let headers = ours.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value.into())
    });
    let mut ours = json!({
        "method": ours.method().as_str(),
        "host": prefix.as_deref().unwrap_or_default(),
        "uri": said::uri(&ours.uri().to_string()),
        "headers": self::headers(operation, headers.collect()),
        "body": said::body(operation, ours.body())?,
    });
    let text = |name: &str| theirs[name].as_str().unwrap_or_default();
    let body = base64::decode(text("body")).map_err(|error| error.to_string())?;
    let headers = theirs["headers"].as_object().cloned().unwrap_or_default();
    let mut theirs = json!({
        "method": theirs["method"],
        "host": text("host"),
        "uri": said::uri(text("uri")),
        "headers": self::headers(operation, headers),
        "body": said::body(operation, &body)?,
    });
    told(operation, &mut theirs);
    // Without members for the body, botocore has none; here it is an element without contents.
    let is_empty = |body: &Value| body[2] == json!({}) && body[3] == "";
    if theirs["body"].is_null() && operation.protocol == "rest-xml" && is_empty(&ours["body"]) {
        ours["body"] = Value::Null;
    }
    let has_type = theirs["headers"]["content-type"].is_string();
    if let Some(headers) = ours["headers"].as_object_mut().filter(|_| !has_type) {
        headers.retain(|name, value| {
            let untold = ["application/xml", "application/octet-stream", "text/plain"];
            name != "content-type" || !untold.contains(&value.as_str().unwrap_or_default())
        });
    }
    same(&ours, &theirs)
}

/// Takes out what the endpoint rules put into the endpoint: a first segment or a prefix of the host that is nothing but a
/// member that they are told of. botocore takes it out later, in code for single services.
fn told(operation: Operation, request: &mut Value) {
    let segment = operation
        .uri()
        .strip_prefix("/{")
        .and_then(|rest| rest.split_once('}'));
    if segment.is_some_and(|(label, _)| operation.is_told(label)) {
        let path = request["uri"][0].as_array_mut().expect("a path");
        path.remove(1);
        if path.len() == 1 {
            path.push("".into());
        }
    }
    let label = operation
        .host_prefix()
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix("}."));
    if label.is_some_and(|label| operation.is_told(label)) {
        request["host"] = "".into();
    }
}

/// Headers without those that are left to HTTP clients, and lists as their items.
fn headers(operation: Operation, mut headers: Map<String, Value>) -> Value {
    headers.remove("content-length");
    if let Some(Value::String(text)) = headers.get_mut("content-type") {
        *text = text.trim_end_matches("; charset=utf-8").to_owned();
    }
    for member in operation.input().map(Shape::members).into_iter().flatten() {
        if member.location() != Some("header") {
            continue;
        }
        let Some(value) = headers.get_mut(&member.wire().to_lowercase()) else {
            continue;
        };
        if let ("list", Some(text)) = (member.shape.kind(), value.as_str()) {
            *value = said::items(text).into();
        }
        let Value::String(text) = value else {
            continue;
        };
        if member.shape.is("jsonvalue") {
            let json = base64::decode(&*text)
                .ok()
                .and_then(|json| String::from_utf8(json).ok());
            *text = json.unwrap_or_default();
        }
    }
    Value::Object(headers)
}

/// Whether the answers are the same: the members of the output, or code, message and members of the
/// error.
pub fn answers(operation: Operation, ours: &Answer, theirs: &Value) -> Result<(), String> {
    let theirs_of = |name: &str| theirs[name].as_str().filter(|text| !text.is_empty());
    let output = |value: &Value| match operation.output() {
        Some(shape) => json!({ "output": top(operation, shape, value) }),
        None => json!({ "output": value }),
    };
    let error = |code: Option<&str>, message: Option<&str>, members: Option<&Value>| {
        let mut errors = operation.errors().into_iter();
        let shape = errors.find(|error| code == Some(error.code()) || code == Some(error.name()));
        // botocore finds some errors that the model has for other operations, and does not find some that this one has.
        let members = members.zip(shape).filter(|_| !theirs["error"].is_null());
        let members = members.map(|(members, shape)| top(operation, shape, members));
        json!({ "code": code, "message": message, "error": members })
    };
    let theirs = match theirs.get("output") {
        Some(value) => output(value),
        // An error without a message has an empty one in botocore.
        None => error(theirs_of("code"), theirs_of("message"), theirs.get("error")),
    };
    // In XML botocore has no message whose name is not `Message`.
    let unnamed = operation.answers_xml() && theirs["message"].is_null();
    let ours = match ours {
        Answer::Output(value) => output(value),
        Answer::Error {
            code,
            message,
            members,
        } => {
            let message = message
                .as_deref()
                .filter(|message| !message.is_empty() && !unnamed);
            error(code.as_deref(), message, members.as_ref())
        }
        Answer::Unreadable(error) => json!({ "unreadable": error }),
    };
    same(&ours, &theirs)
}

/// Fails with the first place where they differ.
fn same(ours: &Value, theirs: &Value) -> Result<(), String> {
    match said::difference(ours, theirs) {
        Some(difference) => Err(difference),
        None => Ok(()),
    }
}

/// An output or an error, whose members may come from anywhere in a response.
fn top(operation: Operation, shape: Shape, value: &Value) -> Value {
    let mut value = normal(shape, value);
    let Some(members) = value.as_object_mut().filter(|_| operation.is_rest()) else {
        return value;
    };
    for member in shape.members() {
        let is_payload = shape.text("payload") == Some(member.name);
        match (members.get_mut(member.name), member.location()) {
            // Without a body, botocore has an empty payload; there is none.
            (Some(Value::String(text)), _) if is_payload && text.is_empty() => {
                members.remove(member.name);
            }
            (Some(Value::Object(payload)), _) if is_payload && payload.is_empty() => {
                members.remove(member.name);
            }
            (Some(Value::Object(headers)), Some("headers")) => {
                // Without headers, botocore has an empty map. Names of headers have no case.
                let lower = headers
                    .iter()
                    .map(|(name, value)| (name.to_lowercase(), value.clone()));
                let lower: Map<_, _> = lower.collect();
                match lower.is_empty() {
                    true => drop(members.remove(member.name)),
                    false => drop(members.insert(member.name.to_owned(), Value::Object(lower))),
                }
            }
            _ => {}
        }
    }
    value
}

/// A value of this shape in the one form that both sides are compared in.
fn normal(shape: Shape, value: &Value) -> Value {
    match (shape.kind(), value) {
        // A member that the model does not know.
        ("union", Value::Object(values)) if values.contains_key("SDK_UNKNOWN_MEMBER") => json!({}),
        ("structure" | "union", Value::Object(values)) => {
            let members = shape.members();
            let values = values.iter().filter_map(|(name, value)| {
                let member: Option<&Member> = members.iter().find(|member| member.name == name);
                // botocore does not look into the values of maps in CBOR.
                if member.is_none() && name == UNKNOWN {
                    return None;
                }
                // A null for a document is a document here, and none to botocore.
                if value.is_null() && member.is_some_and(|member| member.shape.kind() == "document")
                {
                    return None;
                }
                let value =
                    member.map_or_else(|| value.clone(), |member| normal(member.shape, value));
                Some((name.clone(), value))
            });
            Value::Object(values.collect())
        }
        // A null in a list or a map that is not sparse means nothing, says Smithy, and is passed
        // over; botocore keeps it.
        ("list", Value::Array(items)) => {
            let items = items
                .iter()
                .filter(|item| shape.is("sparse") || !item.is_null());
            items
                .map(|item| normal(shape.part("member"), item))
                .collect()
        }
        ("map", Value::Object(entries)) => {
            let entries = entries
                .iter()
                .filter(|(_, value)| shape.is("sparse") || !value.is_null());
            let entries =
                entries.map(|(key, value)| (key.clone(), normal(shape.part("value"), value)));
            Value::Object(entries.collect())
        }
        ("string", Value::String(text)) if shape.is("jsonvalue") => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        ("timestamp", Value::String(text)) => said::micros(text).map_or(Value::Null, Value::from),
        _ => value.clone(),
    }
}
