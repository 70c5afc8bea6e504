//! Responses that AWS has really sent, as botocore keeps them, through the clients of the services that
//! sent them.

use libtest_mimic::Arguments;
use serde_json::Value;
use smithereen_conformance::page::{self, Excuse, Ran};
use smithereen_conformance::values::{same, to_data};
use smithereen_conformance::vectors::{MODELS, PROTOCOLS, files};
use smithereen_conformance::{Failure, Operation, REAL};
use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

const PLACEHOLDER: &str = "it has `YYYY-MM-DDTHH:MM:SS.000Z` for a time";
const BEYOND: &str = "the service does more than its model says, and botocore has code for it; its own test leaves it out too";

/// The cases that do not pass, each with its reason.
const EXCUSED: &[Excuse] = &[
    ("xml/responses/cloudformation-get-template.xml", BEYOND),
    ("xml/responses/s3-get-bucket-location.xml", BEYOND),
    ("xml/responses/ec2-attach-volume.xml", PLACEHOLDER),
    ("xml/responses/ec2-create-snapshot.xml", PLACEHOLDER),
    ("xml/responses/ec2-create-volume.xml", PLACEHOLDER),
    (
        "xml/responses/ec2-describe-spot-instance-requests.xml",
        PLACEHOLDER,
    ),
    ("xml/responses/ec2-detach-volume.xml", PLACEHOLDER),
    ("xml/responses/ec2-get-password-data.xml", PLACEHOLDER),
    ("xml/responses/ec2-request-spot-instances.xml", PLACEHOLDER),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let ran = match run() {
        Ok(ran) => Arc::new(ran),
        Err(error) => {
            eprintln!("the responses cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let trials = page::trials(&ran, EXCUSED, "responses");
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run() -> Result<Vec<Ran>, Box<dyn Error>> {
    let responses = files(PROTOCOLS, "tests/unit/response_parsing/")?;
    let mut models: BTreeMap<String, Value> = BTreeMap::new();
    for (path, json) in files(MODELS, "botocore/data/")? {
        let (service, _) = path.split_once('/').ok_or("no service")?;
        models.insert(service.to_owned(), serde_json::from_slice(&json)?);
    }
    let mut ran = Vec::new();
    for (path, body) in &responses {
        let error = path.contains("errors/");
        let is_response = path.ends_with(".xml") || path.starts_with("json/errors/");
        if !is_response {
            continue;
        }
        let (folder, file) = path.rsplit_once('/').ok_or("no folder")?;
        let (name, _) = file.rsplit_once('.').ok_or("no extension")?;
        let folder = folder.replace("json/errors", "json/expected");
        let expected = responses
            .get(&format!("{folder}/{name}.json"))
            .ok_or("nothing is expected")?;
        let expected: Value = serde_json::from_slice(expected)?;
        let (service, operation) = name.split_once('-').ok_or("no operation")?;
        let model = models.get(service).ok_or("no model")?;
        let outcome = check(model, service, operation, body, &expected, error);
        ran.push(Ran {
            group: "`tests/unit/response_parsing`".to_owned(),
            name: path.clone(),
            outcome,
        });
    }
    Ok(ran)
}

fn check(
    model: &Value,
    service: &str,
    operation: &str,
    body: &[u8],
    expected: &Value,
    error: bool,
) -> Result<(), String> {
    let name = operation
        .split('#')
        .next()
        .unwrap_or_default()
        .replace('-', "");
    let id = format!("{service}-{name}");
    let found = REAL.iter().find(|(of, _)| *of == id);
    let client: &dyn Operation = found.ok_or("there is no such operation")?.1;
    let status = if error { 400 } else { 200 };
    let response = http::Response::builder().status(status);
    let response = response
        .body(body.to_vec())
        .map_err(|error| error.to_string())?;
    let actual = client.response(response);
    if error {
        return error_is(expected, body, actual);
    }
    let actual = actual.map_err(|failure| format!("{failure:?}"))?;
    let operations = model["operations"].as_object().ok_or("no operations")?;
    let operation = operations
        .iter()
        .find(|(key, _)| key.to_lowercase() == name);
    let shape = operation.ok_or("no operation")?.1["output"]["shape"]
        .as_str()
        .unwrap_or_default();
    let shapes = model["shapes"].as_object().ok_or("no shapes")?;
    let mut expected = expected.clone();
    if let Some(members) = expected.as_object_mut() {
        // Of the response, and no member of the output.
        members.remove("ResponseMetadata");
    }
    let expected = to_data(shapes, shape, &expected);
    match same(&actual, &expected) {
        true => Ok(()),
        false => Err(format!(
            "output\n  expected {expected}\n  actual   {actual}"
        )),
    }
}

/// Compares what every error has; botocore puts members beside it, under their names on the wire.
fn error_is(expected: &Value, body: &[u8], actual: Result<Value, Failure>) -> Result<(), String> {
    let meta = match actual {
        Err(Failure::Service(meta, _)) => meta,
        other => return Err(format!("no error of the service: {other:?}")),
    };
    let of = |value: &Value| value.as_str().map(str::to_owned);
    let mut request_id = of(&expected["ResponseMetadata"]["RequestId"]);
    if request_id.is_none() {
        // Botocore looks for it in the headers of S3 only, where these have none.
        let body = String::from_utf8_lossy(body);
        let found = meta
            .request_id()
            .filter(|id| body.contains(&format!("<RequestId>{id}<")));
        request_id = found.map(str::to_owned);
    }
    let expected = [
        of(&expected["Error"]["Code"]),
        of(&expected["Error"]["Message"]),
        request_id,
    ];
    let actual = [meta.code(), meta.message(), meta.request_id()];
    let actual = actual.map(|text| text.map(str::to_owned));
    match actual == expected {
        true => Ok(()),
        false => Err(format!(
            "error\n  expected {expected:?}\n  actual   {actual:?}"
        )),
    }
}
