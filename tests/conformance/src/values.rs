//! Values as the vectors write them, in the form that generated shapes have as data.
//!
//! | | vectors | data |
//! | --- | --- | --- |
//! | blob | text | base64 of it |
//! | timestamp | seconds since 1970, or as on the wire | RFC 3339 |
//! | JSON in text | any value | its text |
//! | null | a member that is not set, an element of a list | the same |

use aws_smithy_types::DateTime;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value, json};

/// The value of a shape in the form of data. Members that the model does not know stay as they are.
pub fn to_data(shapes: &Map<String, Value>, shape: &str, value: &Value) -> Value {
    let Some(definition) = shapes.get(shape) else {
        return value.clone();
    };
    let target = |reference: &Value| reference["shape"].as_str().unwrap_or_default().to_owned();
    match (definition["type"].as_str().unwrap_or_default(), value) {
        ("structure", value) if definition["document"] == true => value.clone(),
        // A member that the model does not know: there is none that the client does.
        ("structure", Value::Object(members)) if members.contains_key(UNKNOWN) => json!({}),
        ("structure", Value::Object(members)) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let members = members.map(|(name, value)| {
                let member = &definition["members"][name];
                (name.clone(), member_to_data(shapes, member, value))
            });
            Value::Object(members.collect())
        }
        ("list", Value::Array(elements)) => {
            let element = target(&definition["member"]);
            let elements = elements.iter();
            elements
                .map(|value| to_data(shapes, &element, value))
                .collect()
        }
        ("map", Value::Object(entries)) => {
            let element = target(&definition["value"]);
            let entries = entries.iter();
            let entries =
                entries.map(|(key, value)| (key.clone(), to_data(shapes, &element, value)));
            Value::Object(entries.collect())
        }
        ("blob", Value::String(text)) => Value::String(base64::encode(text)),
        ("timestamp", Value::Number(seconds)) => timestamp(seconds),
        ("timestamp", Value::String(text)) => timestamp_of_text(text),
        // Integers that the vectors write with a fraction are integers all the same.
        ("float" | "double", Value::Number(number)) => number
            .as_f64()
            .and_then(serde_json::Number::from_f64)
            .map_or(value.clone(), Value::Number),
        _ => value.clone(),
    }
}

/// What botocore puts into a union of which it knows no member.
const UNKNOWN: &str = "SDK_UNKNOWN_MEMBER";

/// The value of a member: JSON in text is text to the client, and names of headers have no case.
fn member_to_data(shapes: &Map<String, Value>, member: &Value, value: &Value) -> Value {
    if member["jsonvalue"] == true && !value.is_string() {
        return Value::String(value.to_string());
    }
    if let (true, Value::Object(headers)) = (member["location"] == "headers", value) {
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.clone()));
        return Value::Object(headers.collect());
    }
    to_data(shapes, member["shape"].as_str().unwrap_or_default(), value)
}

fn timestamp(seconds: &serde_json::Number) -> Value {
    let time = match seconds.as_i64() {
        Some(whole) => DateTime::from_secs(whole),
        None => {
            // The vectors have milliseconds.
            let millis = seconds.as_f64().unwrap_or_default() * 1000.0;
            DateTime::from_millis(millis.round() as i64)
        }
    };
    let text = time.fmt(Format::DateTime);
    text.map_or(Value::Null, Value::String)
}

/// What stands on the wire, in any format.
fn timestamp_of_text(text: &str) -> Value {
    let formats = [
        Format::DateTimeWithOffset,
        Format::HttpDate,
        Format::EpochSeconds,
    ];
    let mut times = formats
        .into_iter()
        .filter_map(|format| DateTime::from_str(text, format).ok());
    let time = times
        .next()
        .and_then(|time| time.fmt(Format::DateTime).ok());
    time.map_or(Value::Null, Value::String)
}

/// Whether both say the same; 1 and 1.0 do.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let equal = |(key, value)| other.get(key).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(equal)
        }
        _ => one == other,
    }
}
