//! Bodies of CBOR (RFC 8949), in all lengths that it has.

use super::body::Failure;
use super::{Style, UNKNOWN, instant};
use crate::model::Shape;
use aws_smithy_types::base64;
use serde_json::{Map, Value};

/// The body of an output, or of an error with this name.
pub fn body(
    shape: Shape,
    values: &Map<String, Value>,
    name: Option<&str>,
    style: &mut Style,
) -> Vec<u8> {
    let mut out = Vec::new();
    structure(shape, values, name, style, &mut out);
    out
}

/// The body of an error.
pub fn failure(failure: &Failure<'_>, style: &mut Style) -> Vec<u8> {
    let prefix = style.one(&["", "com.amazonaws.service#"]);
    let name = format!("{prefix}{}", failure.name());
    match failure.shape {
        Some(shape) => body(shape, failure.values, Some(&name), style),
        None => {
            let mut out = Vec::new();
            let entries = failure
                .values
                .iter()
                .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
            let entries: Vec<_> = entries.chain([("__type", &*name)]).collect();
            head(5, entries.len() as u64, style, &mut out);
            for (key, value) in entries {
                string(key, style, &mut out);
                string(value, style, &mut out);
            }
            out
        }
    }
}

const NULL: u8 = 0xf6;
const UNDEFINED: u8 = 0xf7;
const BREAK: u8 = 0xff;

/// A major type and its argument, in as few bytes as it needs or in more.
fn head(major: u8, argument: u64, style: &mut Style, out: &mut Vec<u8>) {
    let least = match argument {
        0..24 => 0,
        24..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x1_0000_0000 => 3,
        _ => 4,
    };
    let width = if style.once_in(6) {
        style.one(&[0, 1, 2, 3, 4]).max(least)
    } else {
        least
    };
    let bytes = argument.to_be_bytes();
    match width {
        0 => out.push(major << 5 | bytes[7]),
        width => {
            out.push(major << 5 | (23 + width));
            out.extend(&bytes[8 - (1 << (width - 1))..]);
        }
    }
}

/// The head of an array or a map, and whether it ends with a break.
fn open(major: u8, length: usize, style: &mut Style, out: &mut Vec<u8>) -> bool {
    let indefinite = style.once_in(4);
    match indefinite {
        true => out.push(major << 5 | 31),
        false => head(major, length as u64, style, out),
    }
    indefinite
}

fn string(text: &str, style: &mut Style, out: &mut Vec<u8>) {
    head(3, text.len() as u64, style, out);
    out.extend(text.as_bytes());
}

fn structure(
    shape: Shape,
    values: &Map<String, Value>,
    name: Option<&str>,
    style: &mut Style,
    out: &mut Vec<u8>,
) {
    let mut members: Vec<(&str, Vec<u8>)> = Vec::new();
    let values = match shape.kind() == "union" && style.once_in(12) {
        true => {
            members.push((UNKNOWN, vec![0x01]));
            &Map::new()
        }
        false => values,
    };
    for member in shape.members() {
        let mut written = Vec::new();
        match values.get(member.name) {
            Some(value) => self::value(member.shape, value, style, &mut written),
            None if style.once_in(10) => written.push(style.one(&[NULL, UNDEFINED])),
            None => continue,
        }
        members.push((member.wire(), written));
    }
    if style.once_in(4) && shape.kind() != "union" {
        let unknown: &[&[u8]] = &[
            b"\xf6",
            b"\xa1\x61a\x81\xa0",
            b"\x61x",
            b"\xf9\x3c\x00",
            b"\x7f\x61a\xff",
        ];
        members.push((UNKNOWN, style.one(unknown).to_vec()));
    }
    if let Some(name) = name {
        let mut written = Vec::new();
        string(name, style, &mut written);
        members.push(("__type", written));
    }
    style.mix(&mut members);
    let indefinite = open(5, members.len(), style, out);
    for (name, written) in members {
        string(name, style, out);
        out.extend(written);
    }
    if indefinite {
        out.push(BREAK);
    }
}

fn value(shape: Shape, value: &Value, style: &mut Style, out: &mut Vec<u8>) {
    match (shape.kind(), value) {
        (_, Value::Null) => out.push(NULL),
        ("structure" | "union", Value::Object(values)) => {
            structure(shape, values, None, style, out)
        }
        ("list", Value::Array(items)) => {
            let indefinite = open(4, items.len(), style, out);
            for item in items {
                self::value(shape.part("member"), item, style, out);
            }
            if indefinite {
                out.push(BREAK);
            }
        }
        ("map", Value::Object(entries)) => {
            let indefinite = open(5, entries.len(), style, out);
            for (key, value) in entries {
                string(key, style, out);
                self::value(shape.part("value"), value, style, out);
            }
            if indefinite {
                out.push(BREAK);
            }
        }
        ("blob", Value::String(text)) => {
            let bytes = base64::decode(text).expect("it is base64");
            head(2, bytes.len() as u64, style, out);
            out.extend(bytes);
        }
        ("timestamp", text) => {
            out.push(0xc1);
            let instant = instant(text);
            match instant.subsec_nanos() {
                0 => integer(instant.secs(), style, out),
                _ => double(
                    instant.as_nanos().div_euclid(1_000_000) as f64 / 1000.0,
                    out,
                ),
            }
        }
        ("float" | "double", number) => {
            let number = float(number);
            if number.fract() == 0.0 && number.abs() < 1e9 && style.once_in(8) {
                integer(number as i64, style, out);
                return;
            }
            let narrow = number as f32;
            match style.once_in(2) && (f64::from(narrow) == number || number.is_nan()) {
                true => {
                    out.push(0xfa);
                    out.extend(narrow.to_be_bytes());
                }
                false => double(number, out),
            }
        }
        (_, Value::String(text)) => string(text, style, out),
        (_, Value::Bool(value)) => out.push(if *value { 0xf5 } else { 0xf4 }),
        (_, Value::Number(number)) => integer(number.as_i64().expect("a whole number"), style, out),
        (kind, value) => panic!("there is no `{kind}` like {value}"),
    }
}

/// A number, or what is none.
fn float(value: &Value) -> f64 {
    match value.as_str() {
        Some("NaN") => f64::NAN,
        Some("Infinity") => f64::INFINITY,
        Some(_) => f64::NEG_INFINITY,
        None => value.as_f64().expect("a number"),
    }
}

fn double(number: f64, out: &mut Vec<u8>) {
    out.push(0xfb);
    out.extend(number.to_be_bytes());
}

fn integer(number: i64, style: &mut Style, out: &mut Vec<u8>) {
    match u64::try_from(number) {
        Ok(number) => head(0, number, style, out),
        Err(_) => head(1, !number as u64, style, out),
    }
}
