//! The suites of protocol vectors, each of which is a service of one operation.

use serde_json::{Map, Value, json};
use smithereen_codegen::{Generator, Model, Operations};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

/// A service of one operation, and the cases that it is for.
struct Service {
    /// `input/rest-json/12/0`: the file, the suite, and the operation among those of the suite.
    id: String,
    module: String,
    model: String,
    /// Whether the suite is of requests that clients send somewhere.
    sent: bool,
}

/// Generates all suites; those that cannot be are in a table with the reason.
pub fn generate(archive: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let services = services(archive)?;
    let mut generator = Generator::new("smithereen_conformance::suites");
    let mut refused = String::new();
    let mut generated = Vec::new();
    for service in &services {
        let model = || Model::new(&service.module, service.model.as_str(), Operations::All);
        // Each alone first, since one that is refused would be the end of all.
        match Generator::new("alone").model(model()).generate() {
            Ok(_) => {
                generator = generator.model(model());
                generated.push(service);
            }
            Err(error) => {
                let error = error.to_string();
                writeln!(refused, "    ({:?}, {error:?}),", service.id)?;
            }
        }
    }
    let refused = format!(
        "/// The suites that are refused, and why.\npub const REFUSED: &[(&str, &str)] = &[\n{refused}];\n"
    );
    let name = |module: &str, _: &str| {
        let mut services = generated.iter();
        let service = services.find(|service| service.module == module);
        service.map(|service| (service.id.clone(), service.sent))
    };
    crate::write(
        generator.generate()?.tree(),
        out,
        "suites",
        "OPERATIONS",
        name,
        &refused,
    )
}

/// The services of all suites, in the order of files and suites.
fn services(archive: &Path) -> Result<Vec<Service>, Box<dyn Error>> {
    let mut services = Vec::new();
    for (path, json) in crate::files(archive, "tests/unit/protocols/")? {
        let Some(name) = path.strip_suffix(".json") else {
            continue;
        };
        // The list of ignored cases is no list of suites.
        let Value::Array(suites) = serde_json::from_slice(&json)? else {
            continue;
        };
        for (index, suite) in suites.iter().enumerate() {
            services.extend(of_suite(&format!("{name}/{index}"), suite)?);
        }
    }
    Ok(services)
}

/// The services of a suite: one for each operation, all of which may have the same name.
fn of_suite(id: &str, suite: &Value) -> Result<Vec<Service>, Box<dyn Error>> {
    let mut operations: Vec<&Value> = Vec::new();
    for case in suite["cases"].as_array().into_iter().flatten() {
        if !operations.contains(&&case["given"]) {
            operations.push(&case["given"]);
        }
    }
    let services = operations.into_iter().enumerate().map(|(index, given)| {
        let id = format!("{id}/{index}");
        let module = id.replace(['/', '-'], "_");
        let model = serde_json::to_string(&model(suite, given)?)?;
        let sent = suite.get("clientEndpoint").is_some();
        Ok(Service {
            id,
            module,
            model,
            sent,
        })
    });
    services.collect()
}

/// A whole model: suites leave out what a test of the wire does not need.
fn model(suite: &Value, given: &Value) -> Result<Value, Box<dyn Error>> {
    let object = |value: &Value| value.as_object().cloned().ok_or("no object");
    let mut metadata = object(&suite["metadata"])?;
    for (key, value) in [
        ("apiVersion", "2020-01-01"),
        ("endpointPrefix", "suite"),
        ("jsonVersion", "1.1"),
        ("serviceFullName", "Suite"),
        ("serviceId", "Suite"),
        ("signatureVersion", "v4"),
    ] {
        metadata.entry(key).or_insert(json!(value));
    }
    // What botocore's test serializes with, whatever else the suite lists.
    metadata.remove("protocols");
    let mut shapes = object(&suite["shapes"])?;
    for shape in shapes.values_mut().filter_map(Value::as_object_mut) {
        // No model has these there, and botocore does not look at them.
        shape.remove("resultWrapper");
        if shape["type"] == "string" {
            shape.remove("key");
            shape.remove("value");
        }
        if let Some(element) = shape.get_mut("member").and_then(Value::as_object_mut) {
            element.remove("LocationName");
        }
    }
    locations(&mut shapes);
    let mut operation = object(given)?;
    let name = operation["name"].as_str().unwrap_or_default().to_owned();
    let http = operation.entry("http").or_insert(json!({}));
    if let Some(http) = http.as_object_mut() {
        http.entry("method").or_insert(json!("POST"));
        http.entry("requestUri").or_insert(json!("/"));
    }
    payload(&mut shapes, &mut operation);
    result_wrapper(&name, &metadata, &shapes, &mut operation);
    let operations = Map::from_iter([(name, Value::Object(operation))]);
    Ok(json!({ "metadata": metadata, "operations": operations, "shapes": shapes }))
}

/// Results of the query protocol are in an element that models name and suites do not.
fn result_wrapper(
    name: &str,
    metadata: &Map<String, Value>,
    shapes: &Map<String, Value>,
    operation: &mut Map<String, Value>,
) {
    let Some(output) = operation.get_mut("output").and_then(Value::as_object_mut) else {
        return;
    };
    let shape = output["shape"].as_str().and_then(|name| shapes.get(name));
    let members = shape.and_then(|shape| shape["members"].as_object());
    if metadata["protocol"] == "query" && members.is_some_and(|members| !members.is_empty()) {
        output.insert("resultWrapper".to_owned(), json!(format!("{name}Result")));
    }
}

/// Older suites say of a shape where it is, models of a member.
fn locations(shapes: &mut Map<String, Value>) {
    let mut located = BTreeMap::new();
    for (name, shape) in shapes.iter_mut() {
        if let Some(location) = shape
            .as_object_mut()
            .and_then(|shape| shape.remove("location"))
        {
            let name_there = shape
                .as_object_mut()
                .and_then(|shape| shape.remove("locationName"));
            located.insert(name.clone(), (location, name_there));
        }
    }
    let members = shapes
        .values_mut()
        .filter_map(|shape| shape["members"].as_object_mut());
    for member in members
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        let target = member["shape"]
            .as_str()
            .and_then(|target| located.get(target));
        let Some((location, name)) = target else {
            continue;
        };
        member.entry("location").or_insert(location.clone());
        if let Some(name) = name {
            member.entry("locationName").or_insert(name.clone());
        }
    }
}

/// Older suites say of the reference what its payload is, models of the structure.
fn payload(shapes: &mut Map<String, Value>, operation: &mut Map<String, Value>) {
    let Some(input) = operation.get_mut("input").and_then(Value::as_object_mut) else {
        return;
    };
    let Some(payload) = input.remove("payload") else {
        return;
    };
    let shape = input["shape"]
        .as_str()
        .and_then(|name| shapes.get_mut(name));
    if let Some(shape) = shape.and_then(Value::as_object_mut) {
        shape.insert("payload".to_owned(), payload);
    }
}
