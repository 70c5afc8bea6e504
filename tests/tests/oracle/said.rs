//! What the parts of a request say, whatever the format: as values of JSON, of which the first difference is found.

use crate::model::Operation;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use ciborium::Value as Cbor;
use roxmltree::{Document, Node};
use serde_json::{Map, Value, json};

/// Path and query: the parameters in the order of their names, those of the same name in their own order.
pub fn uri(text: &str) -> Value {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let path: Vec<String> = path.split('/').map(decoded).collect();
    let mut query = pairs(query);
    query.sort_by(|one, other| one[0].as_str().cmp(&other[0].as_str()));
    json!([path, query])
}

/// The names and values of a query or a form. Without a `=` is with an empty value.
fn pairs(text: &str) -> Vec<Value> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| json!([decoded(name), decoded(value)]))
        .collect()
}

/// The items of a list in a header, with their quotes read.
pub fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut is_quoted = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let item = items.len() - 1;
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' if is_quoted => items[item].extend(rest.next()),
            ',' if !is_quoted => items.push(String::new()),
            ' ' if items[item].is_empty() && !is_quoted => {}
            _ => items[item].push(c),
        }
    }
    items
}

/// Text whose percent signs have been read. What has a plus sign for a space is other text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%');
        let hex = escaped.and_then(|hex| str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The body of a request.
pub fn body(operation: Operation, body: &[u8]) -> Result<Value, String> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    let payload = operation
        .input()
        .and_then(|input| input.member(input.text("payload")?));
    if payload.is_some_and(|member| matches!(member.shape.kind(), "blob" | "string")) {
        return Ok(json!(body));
    }
    let text = || str::from_utf8(body).map_err(|error| error.to_string());
    match operation.protocol {
        "query" | "ec2" => Ok(text()?.replace('+', "%20")).map(|form| pairs(&form).into()),
        "rest-xml" => {
            let document = Document::parse(text()?).map_err(|error| format!("no XML: {error}"))?;
            Ok(element(document.root_element()))
        }
        "smithy-rpc-v2-cbor" => {
            let value: Cbor =
                ciborium::from_reader(body).map_err(|error| format!("no CBOR: {error}"))?;
            Ok(cbor(&value))
        }
        _ => serde_json::from_str(text()?).map_err(|error| format!("no JSON: {error}")),
    }
}

/// An element: its name, its namespace, its attributes, and its elements or its text.
fn element(node: Node<'_, '_>) -> Value {
    let name = node.tag_name();
    let mut attributes = Map::new();
    for attribute in node.attributes() {
        let name = format!(
            "{} {}",
            attribute.namespace().unwrap_or_default(),
            attribute.name()
        );
        attributes.insert(name, attribute.value().into());
    }
    let elements: Vec<Value> = node
        .children()
        .filter(Node::is_element)
        .map(element)
        .collect();
    let contents = match elements.is_empty() {
        true => node.text().unwrap_or_default().into(),
        false => Value::Array(elements),
    };
    json!([name.name(), name.namespace(), attributes, contents])
}

/// A CBOR item: what JSON has no form for under its name.
fn cbor(value: &Cbor) -> Value {
    match value {
        Cbor::Integer(integer) => i64::try_from(*integer).map_or(Value::Null, Value::from),
        Cbor::Float(number) if number.is_finite() => (*number).into(),
        Cbor::Float(number) => json!({ "float": number.to_string() }),
        Cbor::Bytes(bytes) => json!({ "bytes": bytes }),
        Cbor::Text(text) => text.as_str().into(),
        Cbor::Bool(value) => (*value).into(),
        Cbor::Tag(tag, value) => json!({ "tag": tag, "value": cbor(value) }),
        Cbor::Array(items) => items.iter().map(cbor).collect(),
        Cbor::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let key = key
                    .as_text()
                    .map_or_else(|| format!("{key:?}"), str::to_owned);
                (key, cbor(value))
            });
            Value::Object(entries.collect())
        }
        _ => Value::Null,
    }
}

/// The first difference, with its place: none if both say the same.
pub fn difference(ours: &Value, theirs: &Value) -> Option<String> {
    let at =
        |step: &str, ours, theirs| difference(ours, theirs).map(|rest| format!("/{step}{rest}"));
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let mut pairs = ours.iter().zip(theirs).enumerate();
            pairs.find_map(|(index, (ours, theirs))| at(&index.to_string(), ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let of_ours = ours.iter().find_map(|(key, value)| match theirs.get(key) {
                Some(other) => at(key, value, other),
                None => Some(format!("/{key}: only Smithereen has {value}")),
            });
            of_ours.or_else(|| {
                let (key, value) = theirs.iter().find(|(key, _)| !ours.contains_key(*key))?;
                Some(format!("/{key}: only botocore has {value}"))
            })
        }
        _ if is_same(ours, theirs) => None,
        _ => Some(format!(": Smithereen {ours}, botocore {theirs}")),
    }
}

/// Whether both stand for the same number, the same instant or the same text.
fn is_same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::String(ours), Value::String(theirs)) => {
            // Numbers and instants may be written in more than one way.
            let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
            ours == theirs
                || number(ours)
                    .zip(number(theirs))
                    .is_some_and(|(ours, theirs)| ours == theirs)
                || micros(ours)
                    .zip(micros(theirs))
                    .is_some_and(|(ours, theirs)| ours == theirs)
        }
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        _ => ours == theirs,
    }
}

/// The microseconds from 1970 to this instant.
pub fn micros(text: &str) -> Option<i64> {
    let instant = DateTime::from_str(text, Format::DateTimeWithOffset).ok()?;
    i64::try_from(instant.as_nanos() / 1000).ok()
}
