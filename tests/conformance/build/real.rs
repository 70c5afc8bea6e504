//! The services of which botocore has responses.

use serde_json::Value;
use smithereen_codegen::{Generator, Model, Operations};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// What the suite of signatures calls.
const SIGNED: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "service", "protocol": "rest-json",
    "serviceFullName": "Signed", "serviceId": "Signed", "signatureVersion": "v4", "signingName": "service"
  },
  "operations": { "Sign": { "name": "Sign", "http": { "method": "GET", "requestUri": "/" } } },
  "shapes": {}
}"#;

/// Its errors have codes of the query protocol that the model does not have.
const COMPATIBLE: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "awsQueryCompatible": {}, "endpointPrefix": "queues", "jsonVersion": "1.0",
    "protocol": "json", "serviceFullName": "Queues", "serviceId": "Queues", "signatureVersion": "v4",
    "targetPrefix": "Queues"
  },
  "operations": {
    "Ask": {
      "name": "Ask", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "Question" },
      "errors": [{ "shape": "NoSuchQueue" }]
    }
  },
  "shapes": {
    "NoSuchQueue": { "type": "structure", "exception": true, "members": { "message": { "shape": "Text" } } },
    "Question": { "type": "structure", "members": { "Token": { "shape": "Text", "idempotencyToken": true } } },
    "Text": { "type": "string" }
  }
}"#;

/// It may answer with an error after the status of a success.
const LATE: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "late", "protocol": "rest-xml",
    "serviceFullName": "Late", "serviceId": "Late", "signatureVersion": "v4"
  },
  "operations": {
    "Complete": {
      "name": "Complete", "http": { "method": "POST", "requestUri": "/" },
      "output": { "shape": "Completed" },
      "errors": [{ "shape": "NoSuchUpload" }]
    },
    "Fetch": {
      "name": "Fetch", "http": { "method": "GET", "requestUri": "/" },
      "output": { "shape": "Fetched" }
    }
  },
  "shapes": {
    "Bytes": { "type": "blob" },
    "Fetched": { "type": "structure", "members": { "Code": { "shape": "Bytes" } }, "payload": "Code" },
    "Completed": { "type": "structure", "members": { "Key": { "shape": "Text" } } },
    "NoSuchUpload": { "type": "structure", "exception": true, "members": {} },
    "Text": { "type": "string" }
  }
}"#;

/// It answers in CBOR.
const MEASURED: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "measured", "protocol": "smithy-rpc-v2-cbor",
    "serviceFullName": "Measured", "serviceId": "Measured", "signatureVersion": "v4", "targetPrefix": "Measured"
  },
  "operations": {
    "Measure": { "name": "Measure", "http": { "method": "POST", "requestUri": "/" }, "output": { "shape": "Measured" } }
  },
  "shapes": {
    "Float": { "type": "float" },
    "Double": { "type": "double" },
    "Measured": {
      "type": "structure",
      "members": {
        "At": { "shape": "Time" }, "Name": { "shape": "Text" }, "Score": { "shape": "Float" },
        "Weight": { "shape": "Double" }
      }
    },
    "Text": { "type": "string" },
    "Time": { "type": "timestamp" }
  }
}"#;

/// Generates the operations that have answered.
pub fn generate(vectors: &Path, models: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in crate::files(vectors, "tests/unit/response_parsing/")?.keys() {
        if let Some((service, operation)) = operation(path) {
            wanted.entry(service).or_default().insert(operation);
        }
    }
    let mut generator = Generator::new("smithereen_conformance::real");
    for (name, model) in [
        ("signed", SIGNED),
        ("compatible", COMPATIBLE),
        ("late", LATE),
        ("measured", MEASURED),
    ] {
        generator = generator.model(Model::new(name, model, Operations::All));
    }
    for (path, json) in crate::files(models, "botocore/data/")? {
        let (service, _) = path.split_once('/').ok_or("no service")?;
        let Some(wanted) = wanted.get(service) else {
            continue;
        };
        let model: Value = serde_json::from_slice(&json)?;
        let operations = model["operations"].as_object().ok_or("no operations")?;
        let names = operations.keys().map(String::as_str);
        let names = names.filter(|name| wanted.contains(&name.to_lowercase()));
        let operations = Operations::Named(names.map(Into::into).collect());
        generator = generator.model(Model::new(service, json, operations));
    }
    let name = |module: &str, operation: &str| {
        let operation = operation.to_lowercase();
        Some((format!("{module}-{operation}"), false))
    };
    crate::write(generator.generate()?.tree(), out, "real", "REAL", name, "")
}

/// `ec2` and `describeinstances` of `xml/responses/ec2-describe-instances#2.xml`.
fn operation(path: &str) -> Option<(String, String)> {
    let (_, file) = path.rsplit_once('/')?;
    let (name, extension) = file.rsplit_once('.')?;
    let response = extension == "xml" || path.starts_with("json/errors/");
    let (service, operation) = name.split_once('-').filter(|_| response)?;
    let operation = operation.split('#').next()?;
    Some((service.to_owned(), operation.replace('-', "")))
}
