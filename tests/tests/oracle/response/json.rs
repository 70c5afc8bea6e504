//! Bodies of JSON.

use super::body::Failure;
use super::{Style, UNKNOWN, instant, timestamp};
use crate::model::Shape;
use serde_json::{Map, Value, json};

/// The body of an output.
pub fn body(shape: Shape, values: &Map<String, Value>, style: &mut Style) -> Vec<u8> {
    if style.once_in(10) {
        return match values.is_empty() {
            true => Vec::new(),
            false => format!(" {:#}\r\n", structure(shape, values, style)).into(),
        };
    }
    structure(shape, values, style).to_string().into()
}

/// The body of an error.
pub fn failure(
    failure: &Failure<'_>,
    headers: &mut Vec<(String, String)>,
    style: &mut Style,
) -> Vec<u8> {
    let mut body = match failure.shape {
        Some(shape) => structure(shape, failure.values, style),
        None => Value::Object(failure.values.clone()),
    };
    let name = failure.name();
    if failure.operation.is_rest() && style.once_in(2) {
        let (prefix, suffix) = style.one(&[
            ("", ""),
            (
                "",
                ":http://internal.amazon.com/coral/com.amazon.coral.validate/",
            ),
            ("com.amazonaws.service#", ":http://internal.amazon.com/"),
        ]);
        headers.push((
            "x-amzn-errortype".to_owned(),
            format!("{prefix}{name}{suffix}"),
        ));
        // Without a body, botocore looks no further than the status of a server's fault.
        let empty = failure.status < 500 && failure.values.is_empty();
        return if empty && style.once_in(2) {
            Vec::new()
        } else {
            body.to_string().into()
        };
    }
    if let Some(body) = body.as_object_mut() {
        if failure.operation.is_rest() {
            // Members of this name are other codes to services, and the code to botocore.
            body.remove("Code");
            body.remove("code");
        }
        let prefix = style.one(&["", "com.amazonaws.service#"]);
        body.insert("__type".into(), format!("{prefix}{name}").into());
    }
    body.to_string().into()
}

fn structure(shape: Shape, values: &Map<String, Value>, style: &mut Style) -> Value {
    if shape.kind() == "union" && style.once_in(12) {
        return json!({ UNKNOWN: [1] });
    }
    let mut members = Vec::new();
    for member in shape.members() {
        if member.location().is_some() {
            continue;
        }
        match values.get(member.name) {
            Some(value) => members.push((member.wire(), self::value(member.shape, value, style))),
            None if style.once_in(10) => members.push((member.wire(), Value::Null)),
            None => {}
        }
    }
    if style.once_in(4) && shape.kind() != "union" {
        let unknown = [json!(null), json!(1.5), json!({"a": [{}]}), json!("x")];
        let index = style.one(&[0, 1, 2, 3]);
        members.push((UNKNOWN, unknown[index].clone()));
    }
    style.mix(&mut members);
    let members = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(members.collect())
}

/// A value of this shape.
pub fn value(shape: Shape, value: &Value, style: &mut Style) -> Value {
    match (shape.kind(), value) {
        ("structure" | "union", Value::Object(values)) => structure(shape, values, style),
        ("list", Value::Array(items)) => {
            let item = shape.part("member");
            let mut written = Vec::new();
            for value in items {
                written.push(self::value(item, value, style));
                if style.once_in(12) {
                    written.push(Value::Null);
                }
            }
            Value::Array(written)
        }
        ("map", Value::Object(entries)) => {
            let part = shape.part("value");
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), self::value(part, value, style)));
            Value::Object(entries.collect())
        }
        ("timestamp", text @ Value::String(_)) => match shape.text("timestampFormat") {
            Some(format) if !format.eq_ignore_ascii_case("unixTimestamp") => {
                timestamp(format, text).into()
            }
            _ => seconds(text, style),
        },
        // A whole number that is written as a fraction.
        ("integer" | "long", Value::Number(number)) => match number.as_i64() {
            Some(whole) if whole.unsigned_abs() < 1 << 50 && style.once_in(8) => {
                (whole as f64).into()
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

/// The seconds since 1970.
fn seconds(value: &Value, style: &mut Style) -> Value {
    let instant = instant(value);
    match style.one(&[0, 1, 2]) {
        0 => instant.secs().into(),
        // To the millisecond, as services say.
        _ => (instant.as_nanos().div_euclid(1_000_000) as f64 / 1000.0).into(),
    }
}
