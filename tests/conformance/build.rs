//! Generates a client of each suite of protocol vectors, which is a service of one operation.

use flate2::read::GzDecoder;
use serde_json::{Map, Value, json};
use smithereen_codegen::{Generator, Model, Operations};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the clients cannot be generated\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let archive = root.join("../vectors/protocols.tar.gz");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", archive.display());
    suites(&archive, &out)
}

/// A service of one operation, and the cases that it is for.
struct Service {
    /// `input/rest-json/12/0`: the file, the suite, and the operation among those of the suite.
    id: String,
    module: String,
    model: String,
}

fn suites(archive: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
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
    let all = generator.generate()?;
    let tree = all.tree();
    tree.write(&out.join("suites"))?;
    let mut table = String::new();
    let mut errors = String::new();
    for (path, text) in tree.files() {
        let Some((module, operation)) = path.split_once("/operation/") else {
            continue;
        };
        let service = generated.iter().find(|service| service.module == module);
        let id = &service.ok_or("an operation of no suite")?.id;
        let file = operation.strip_suffix(".rs").ok_or("no Rust")?;
        let (_, name) = text.split_once("impl rt::Operation for ").ok_or("none")?;
        let (name, _) = name.split_once(' ').ok_or("no name")?;
        let path = format!("suites::{module}::operation::{file}::{name}");
        writeln!(table, "    ({id:?}, &Of::<{path}>::NEW),")?;
        let variants: Vec<&str> = text.lines().filter_map(variant).collect();
        writeln!(errors, "    {path}Error [{}]", variants.join(", "))?;
    }
    let lib = out.join("suites/lib.rs");
    let text = format!(
        "/// The clients of all suites.\n#[path = {lib:?}]\npub mod suites;\n\n\
         /// The operations, by suite.\npub const OPERATIONS: &[(&str, &dyn Operation)] = &[\n{table}];\n\n\
         /// The suites that are refused, and why.\npub const REFUSED: &[(&str, &str)] = &[\n{refused}];\n\n\
         errors! {{\n{errors}}}\n"
    );
    fs::write(out.join("suites.rs"), text)?;
    Ok(())
}

/// The variant of an error that a line of the table of errors is for.
fn variant(line: &str) -> Option<&str> {
    let line = line.trim();
    let call = line
        .strip_prefix(".read(")
        .or_else(|| line.strip_prefix(".read_code("))?;
    let (_, variant) = call.split_once("Self::")?;
    variant.split_once(')').map(|(variant, _)| variant)
}

/// The services of all suites, in the order of files and suites.
fn services(archive: &Path) -> Result<Vec<Service>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let name = path.strip_prefix("tests/unit/protocols/");
        let Some(name) = name.and_then(|name| name.strip_suffix(".json")) else {
            continue;
        };
        let mut json = Vec::new();
        entry.read_to_end(&mut json)?;
        files.insert(name.to_owned(), json);
    }
    let mut services = Vec::new();
    for (name, json) in files {
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
        Ok(Service { id, module, model })
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
