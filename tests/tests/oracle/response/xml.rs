//! Bodies of XML.

use super::body::Failure;
use super::{Style, timestamp};
use crate::model::{Member, Operation, Shape};
use serde_json::{Map, Value};
use std::fmt::Write;

/// The body of an output.
pub fn output(
    operation: Operation,
    shape: Shape,
    values: &Map<String, Value>,
    style: &mut Style,
) -> Vec<u8> {
    let mut out = start(style);
    let name = operation.name();
    match operation.protocol {
        "query" => {
            let wrapper = shape.own_text("resultWrapper");
            let open = format!("<{name}Response xmlns=\"http://service.amazonaws.com/doc/\">");
            out.push_str(&open);
            match wrapper {
                Some(wrapper) => structure(wrapper, shape, values, style, &mut out),
                None => contents(shape, values, style, &mut out),
            }
            let _ = write!(
                out,
                "<ResponseMetadata><RequestId>1a2b</RequestId></ResponseMetadata></{name}Response>"
            );
        }
        "ec2" => {
            let _ = write!(
                out,
                "<{name}Response xmlns=\"http://ec2.amazonaws.com/doc/\"><requestId>1a2b</requestId>"
            );
            contents(shape, values, style, &mut out);
            let _ = write!(out, "</{name}Response>");
        }
        _ => structure(
            shape.text("locationName").unwrap_or(shape.name()),
            shape,
            values,
            style,
            &mut out,
        ),
    }
    out.into()
}

/// The body of a response that says nothing.
pub fn nothing(operation: Operation) -> Vec<u8> {
    let name = operation.name();
    let body = format!(
        "<{name}Response><ResponseMetadata><RequestId>1a2b</RequestId></ResponseMetadata></{name}Response>"
    );
    body.into()
}

/// The member that the body is.
pub fn payload(member: Member, value: &Value, style: &mut Style) -> Vec<u8> {
    let mut out = start(style);
    element(member.wire(), member.shape, value, style, &mut out);
    out.into()
}

/// The body of an error.
pub fn failure(failure: &Failure<'_>, style: &mut Style) -> Vec<u8> {
    let mut out = start(style);
    let mut error = format!("<Code>{}</Code>", failure.code());
    let mut message = "";
    let mut values = failure.values.clone();
    if failure.shape.is_none() {
        message = "<Message>slow down</Message>";
        values.clear();
    }
    error.push_str(message);
    if let Some(shape) = failure.shape {
        // A code that is a member is the code.
        values.retain(|name, _| !name.eq_ignore_ascii_case("code"));
        contents(shape, &values, style, &mut error);
    }
    let _ = match failure.operation.protocol {
        "ec2" => write!(
            out,
            "<Response><Errors><Error>{error}</Error></Errors><RequestID>1a2b</RequestID></Response>"
        ),
        // S3's.
        "rest-xml" if style.once_in(2) => {
            write!(out, "<Error>{error}<RequestId>1a2b</RequestId></Error>")
        }
        _ => write!(
            out,
            "<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>1a2b</RequestId></ErrorResponse>"
        ),
    };
    out.into()
}

fn start(style: &mut Style) -> String {
    style
        .one(&[
            "",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            "<?xml version=\"1.0\"?>",
        ])
        .to_owned()
}

/// An element with the members of a structure.
fn structure(
    name: &str,
    shape: Shape,
    values: &Map<String, Value>,
    style: &mut Style,
    out: &mut String,
) {
    let _ = write!(out, "<{name}");
    let namespace = shape.get("xmlNamespace");
    let uri = namespace["uri"].as_str().or_else(|| namespace.as_str());
    if let Some(uri) = uri {
        let prefix = namespace["prefix"]
            .as_str()
            .map(|prefix| format!(":{prefix}"))
            .unwrap_or_default();
        let _ = write!(out, " xmlns{prefix}=\"{uri}\"");
    }
    for member in shape
        .members()
        .iter()
        .filter(|member| member.shape.is("xmlAttribute"))
    {
        if let Some(value) = values.get(member.name) {
            let text = escaped(&text(member.shape, value))
                .replace('\n', "&#10;")
                .replace('\t', "&#9;");
            let _ = write!(
                out,
                " {}=\"{}\"",
                member.wire(),
                text.replace('"', "&quot;")
            );
        }
    }
    out.push('>');
    contents(shape, values, style, out);
    let _ = write!(out, "</{name}>");
}

/// The members of a structure.
fn contents(shape: Shape, values: &Map<String, Value>, style: &mut Style, out: &mut String) {
    if shape.kind() == "union" && style.once_in(12) {
        out.push_str("<MemberOfTomorrow>1</MemberOfTomorrow>");
        return;
    }
    let mut members = Vec::new();
    for member in shape.members() {
        let is_here = member.location().is_none() && !member.shape.is("xmlAttribute");
        if let Some(value) = values.get(member.name).filter(|_| is_here) {
            let mut written = String::new();
            self::member(member, value, style, &mut written);
            members.push(written);
        }
    }
    if style.once_in(4) && shape.kind() != "union" {
        let unknown = [
            "<MemberOfTomorrow/>",
            "<MemberOfTomorrow a=\"b\"><c>d</c></MemberOfTomorrow>",
            "<!-- a -->",
        ];
        members.push(style.one(&unknown).to_owned());
    }
    style.mix(&mut members);
    let space = style.one(&["", "", "\n  ", "\r\n"]);
    for member in members {
        out.push_str(space);
        out.push_str(&member);
    }
    out.push_str(space);
}

/// A member of a structure. A flattened list has an element for each of its items.
fn member(member: Member, value: &Value, style: &mut Style, out: &mut String) {
    let shape = member.shape;
    match (shape.kind(), value) {
        ("list", Value::Array(items)) if shape.is("flattened") => {
            let item = shape.part("member");
            // Of two names, botocore takes this one.
            let name = item
                .own_text("locationName")
                .unwrap_or_else(|| member.wire());
            for value in items {
                element(name, item, value, style, out);
            }
        }
        ("map", Value::Object(entries)) if shape.is("flattened") => {
            for (key, value) in entries {
                entry(member.wire(), shape, key, value, style, out);
            }
        }
        _ => element(member.wire(), shape, value, style, out),
    }
}

/// A value as an element.
fn element(name: &str, shape: Shape, value: &Value, style: &mut Style, out: &mut String) {
    match (shape.kind(), value) {
        ("structure" | "union", Value::Object(values)) => {
            structure(name, shape, values, style, out)
        }
        ("list", Value::Array(items)) => {
            let item = shape.part("member");
            let _ = write!(out, "<{name}>");
            for value in items {
                element(
                    item.own_text("locationName").unwrap_or("member"),
                    item,
                    value,
                    style,
                    out,
                );
            }
            let _ = write!(out, "</{name}>");
        }
        ("map", Value::Object(entries)) => {
            let _ = write!(out, "<{name}>");
            for (key, value) in entries {
                entry("entry", shape, key, value, style, out);
            }
            let _ = write!(out, "</{name}>");
        }
        _ => {
            let text = text(shape, value);
            let text = match style.once_in(8) && !text.contains("]]>") {
                true => format!("<![CDATA[{text}]]>"),
                false => escaped(&text),
            };
            match text.is_empty() {
                true => out.push_str(&format!("<{name}/>")),
                false => out.push_str(&format!("<{name}>{text}</{name}>")),
            }
        }
    }
}

/// An entry of a map.
fn entry(name: &str, shape: Shape, key: &str, value: &Value, style: &mut Style, out: &mut String) {
    let (keys, values) = (shape.part("key"), shape.part("value"));
    let _ = write!(out, "<{name}>");
    element(
        keys.own_text("locationName").unwrap_or("key"),
        keys,
        &key.into(),
        style,
        out,
    );
    element(
        values.own_text("locationName").unwrap_or("value"),
        values,
        value,
        style,
        out,
    );
    let _ = write!(out, "</{name}>");
}

/// A value that is text.
fn text(shape: Shape, value: &Value) -> String {
    match (shape.kind(), value) {
        ("timestamp", value) => {
            timestamp(shape.text("timestampFormat").unwrap_or("iso8601"), value)
        }
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\r', "&#xD;")
}
