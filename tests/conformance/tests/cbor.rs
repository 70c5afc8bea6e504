//! CBOR in all its forms, through the decoder that responses of rpcv2Cbor are read with.

use aws_smithy_cbor::codec::{CborCodec, CborCodecSettings};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::prelude::{BLOB, BOOLEAN, DOCUMENT, DOUBLE, FLOAT, LONG, STRING, TIMESTAMP};
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use libtest_mimic::Arguments;
use serde::Deserialize;
use serde_json::Value;
use smithereen_conformance::page::{self, Excuse, Ran};
use smithereen_conformance::vectors::{PROTOCOLS, files};
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

const TAG: &str = "no protocol has a meaning for the tag";

/// The cases that do not pass, each with its reason.
const EXCUSED: &[Excuse] = &[
    ("decode-success/tag - 0/min", TAG),
    ("decode-success/tag - 0/max", TAG),
    ("decode-success/tag - 1/min", TAG),
    ("decode-success/tag - 1/max", TAG),
    ("decode-success/tag - 2/min", TAG),
    ("decode-success/tag - 2/max", TAG),
    ("decode-success/tag - 4/min", TAG),
    ("decode-success/tag - 4/max", TAG),
    ("decode-success/tag - 8/min", TAG),
    ("decode-success/tag - 8/max", TAG),
];

#[derive(Deserialize)]
struct Case {
    description: String,
    input: String,
    expect: Option<Value>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match run() {
        Ok(ran) => {
            let trials = page::trials(&Arc::new(ran), EXCUSED, "cbor");
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Err(error) => {
            eprintln!("the vectors cannot be read: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Vec<Ran>, Box<dyn Error>> {
    let mut ran = Vec::new();
    for (file, json) in files(PROTOCOLS, "tests/unit/cbor/")? {
        let cases: Vec<Case> = serde_json::from_slice(&json)?;
        let group = file.trim_end_matches("-tests.json");
        for case in cases {
            let input = bytes(&case.input)?;
            let outcome = match &case.expect {
                Some(expect) => is(&input, expect),
                None => is_none(&input),
            };
            ran.push(Ran {
                group: format!("`tests/unit/cbor`: {group}"),
                name: format!("{group}/{}", case.description),
                outcome,
            });
        }
    }
    Ok(ran)
}

fn bytes(hex: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let digits = hex.as_bytes().chunks(2);
    let bytes = digits.map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?));
    bytes.collect()
}

/// The item is what is expected.
fn is(input: &[u8], expect: &Value) -> Result<(), String> {
    let codec = CborCodec::new(CborCodecSettings::default());
    let mut decoder = codec.create_deserializer(input);
    item(&mut decoder, expect).map_err(|error| error.to_string())
}

/// One item, read as what is expected.
fn item(from: &mut dyn ShapeDeserializer, expect: &Value) -> Result<(), SerdeError> {
    let mut kinds = expect.as_object().into_iter().flatten();
    let (kind, value) = kinds.next().ok_or_else(|| wrong("nothing is expected"))?;
    let found = match kind.as_str() {
        // More than a long holds.
        "uint" | "negint" if value.as_i64().is_none() => {
            let found: Result<f64, _> = from.read_big_integer(&LONG)?.as_ref().parse();
            found.ok() == value.as_f64()
        }
        "uint" | "negint" => from.read_long(&LONG)? as f64 == value.as_f64().unwrap_or(f64::NAN),
        "bool" => Some(from.read_boolean(&BOOLEAN)?) == value.as_bool(),
        "string" => Some(from.read_string(&STRING)?.as_str()) == value.as_str(),
        "bytestring" => {
            let expected: Vec<u8> = serde_json::from_value(value.clone()).unwrap_or_default();
            from.read_blob(&BLOB)?.as_ref() == expected
        }
        "float32" => {
            let expected = f32::from_bits(value.as_u64().unwrap_or_default() as u32);
            let found = from.read_float(&FLOAT)?;
            found == expected || (found.is_nan() && expected.is_nan())
        }
        "float64" => {
            let expected = f64::from_bits(value.as_u64().unwrap_or_default());
            let found = from.read_double(&DOUBLE)?;
            found == expected || (found.is_nan() && expected.is_nan())
        }
        "null" => {
            let null = from.is_null();
            from.read_null()?;
            null
        }
        "list" => list(from, value)?,
        "map" => map(from, value)?,
        "tag" if value["id"] == 1 => {
            let seconds = from.read_timestamp(&TIMESTAMP)?.as_secs_f64();
            Some(seconds) == value["value"]["uint"].as_f64()
        }
        _ => return Err(wrong("there is no such kind of item in the data model")),
    };
    match found {
        true => Ok(()),
        false => Err(wrong(&format!("it is not {expect}"))),
    }
}

fn list(from: &mut dyn ShapeDeserializer, expect: &Value) -> Result<bool, SerdeError> {
    let expected = expect.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut read = 0;
    from.read_list(&DOCUMENT, &mut |from| {
        let expect = expected
            .get(read)
            .ok_or_else(|| wrong("an item too many"))?;
        read += 1;
        item(from, expect)
    })?;
    Ok(read == expected.len())
}

fn map(from: &mut dyn ShapeDeserializer, expect: &Value) -> Result<bool, SerdeError> {
    let mut read = 0;
    from.read_map(&DOCUMENT, &mut |key, from| {
        let expect = expect.get(&key).ok_or_else(|| wrong("a key too many"))?;
        read += 1;
        item(from, expect)
    })?;
    Ok(Some(read) == expect.as_object().map(|map| map.len()))
}

fn wrong(what: &str) -> SerdeError {
    SerdeError::custom(what)
}

/// The item is an error, and nothing worse: read as what its first byte says that it is, and skipped.
fn is_none(input: &[u8]) -> Result<(), String> {
    let codec = CborCodec::new(CborCodecSettings::default());
    let first = input.first().copied().unwrap_or_default();
    let mut from = codec.create_deserializer(input);
    let read = match first >> 5 {
        0 | 1 => from.read_long(&LONG).map(drop),
        2 => from.read_blob(&BLOB).map(drop),
        3 => from.read_string(&STRING).map(drop),
        4 => from.read_list(&DOCUMENT, &mut |from| from.skip_value()),
        5 => from.read_map(&DOCUMENT, &mut |_, from| from.skip_value()),
        6 => from.read_timestamp(&TIMESTAMP).map(drop),
        _ => from.read_double(&DOUBLE).map(drop),
    };
    let skipped = codec.create_deserializer(input).skip_value();
    match (read, skipped) {
        (Err(_), _) => Ok(()),
        (Ok(()), Ok(())) => Err("it is read and skipped without an error".to_owned()),
        (Ok(()), Err(_)) => Err("it is read without an error".to_owned()),
    }
}
