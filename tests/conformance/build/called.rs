//! The operations that cases of endpoint rules call, with the rules of their services.

use smithereen_codegen::{Generator, Model, Operations};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Generates the operations, and a table of them by the names of service and operation.
pub fn generate(
    models: &Path,
    endpoints: &Path,
    partitions: &Path,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut rules = BTreeMap::new();
    // Of several versions the last one counts.
    for (path, json) in crate::files(endpoints, "botocore/data/")? {
        let (service, _) = path.split_once('/').ok_or("no service")?;
        rules.insert(service.to_owned(), json);
    }
    let name = "smithereen_conformance::called";
    let mut generator = Generator::new(name).partitions(fs::read(partitions)?);
    for (path, json) in crate::files(models, "")? {
        let (Some((service, _)), true) = (path.split_once('/'), path.ends_with("service-2.json"))
        else {
            continue;
        };
        let rules = rules.remove(service).ok_or("a service has no rules")?;
        let model = Model::new(service, json, Operations::All).with_endpoint_rules(rules);
        generator = generator.model(model);
    }
    let generated = generator.generate()?;
    let root = out.join("called");
    generated.tree().write(&root)?;
    let mut table = String::new();
    for (path, text) in generated.tree().files() {
        let Some((service, operation)) = path.split_once("/operation/") else {
            continue;
        };
        let file = operation.strip_suffix(".rs").ok_or("no Rust")?;
        let (_, ty) = text.split_once("impl rt::Operation for ").ok_or("none")?;
        let (ty, _) = ty.split_once(' ').ok_or("no name")?;
        let operation = format!("called::{service}::operation::{file}::{ty}");
        writeln!(
            table,
            "    (\"{service}/{ty}\", client::call::<{operation}>),"
        )?;
    }
    let lib = root.join("lib.rs");
    let text = format!(
        "/// The operations that cases of endpoint rules call.\n#[path = {lib:?}]\npub mod called;\n\n\
         /// How each is called, by the names of service and operation.\n\
         #[cfg(feature = \"blocking\")]\npub const CALLED: &[(&str, client::Call)] = &[\n{table}];\n"
    );
    fs::write(out.join("called.rs"), text)?;
    Ok(())
}
