//! The cases of endpoint rules that say which operation is called how (`operationInputs`): each is a call by a
//! client that is configured as the case says. Where it would go to, and for what it is signed, has to be
//! what the case expects.

mod configuration;
mod expected;

use libtest_mimic::Arguments;
use serde_json::Value;
use smithereen_conformance::CALLED;
use smithereen_conformance::page::{self, Excuse, Ran};
use smithereen_conformance::vectors::{ENDPOINTS, files};
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

/// The cases that do not pass, each with its reason.
const EXCUSED: &[Excuse] = &[
    ("s3control/13/0", CHECKSUM),
    ("s3control/14/0", CHECKSUM),
    ("s3control/15/0", CHECKSUM),
    ("s3control/37/0", CHECKSUM),
    ("s3control/105/1", CHECKSUM),
];

const CHECKSUM: &str = "its request needs a checksum, which clients cannot compute yet: the call is refused before there is an endpoint";

/// Entries that there are.
const ENTRIES: usize = 656;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match run() {
        Ok(ran) if ran.len() == ENTRIES => {
            let trials = page::trials(&Arc::new(ran), EXCUSED, "calls");
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Ok(ran) => {
            eprintln!("there are {} calls, and should be {ENTRIES}", ran.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("the vectors cannot be read: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Vec<Ran>, Box<dyn Error>> {
    let mut ran = Vec::new();
    for (path, json) in files(ENDPOINTS, "tests/functional/endpoint-rules/")? {
        let (service, _) = path.split_once('/').ok_or("no service")?;
        let suite: Value = serde_json::from_slice(&json)?;
        let cases = suite["testCases"].as_array().ok_or("no cases")?;
        for (index, case) in cases.iter().enumerate() {
            let entries = case["operationInputs"].as_array().into_iter().flatten();
            for (position, entry) in entries.enumerate() {
                ran.push(Ran {
                    group: format!("`operationInputs` of {service}"),
                    name: format!("{service}/{index}/{position}"),
                    outcome: check(service, case, entry),
                });
            }
        }
    }
    Ok(ran)
}

fn check(service: &str, case: &Value, entry: &Value) -> Result<(), String> {
    let operation = entry["operationName"].as_str().unwrap_or_default();
    let name = format!("{service}/{operation}");
    let call = CALLED.iter().find(|(of, _)| *of == name);
    let call = call
        .ok_or_else(|| format!("{name} is not in operations.toml"))?
        .1;
    let told = &entry["builtInParams"];
    let config = configuration::of(told)?;
    let empty = Value::Object(serde_json::Map::new());
    let input = Some(&entry["operationParams"]).filter(|input| !input.is_null());
    let seen = call(input.unwrap_or(&empty), config)?;
    let outcome = expected::check(operation, &case["expect"], told, &seen);
    outcome.map_err(|problem| {
        let documentation = case["documentation"].as_str().unwrap_or_default();
        format!("{documentation}\n  {entry}\n  {problem}")
    })
}
