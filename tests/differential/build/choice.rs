//! Which operations of which services.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;

/// The operations of each service, by the service and the protocol that is spoken with it.
pub type Choice = BTreeMap<(String, String), BTreeSet<String>>;

/// What is drawn from: protocols that few services speak are drawn more often than their services are.
const PROTOCOLS: &[&str] = &[
    "ec2",
    "json",
    "json",
    "query",
    "query",
    "rest-json",
    "rest-json",
    "rest-xml",
    "rest-xml",
    "smithy-rpc-v2-cbor",
];

/// Draws operations: the same ones for the same seed.
pub fn choose(models: &BTreeMap<String, Value>, seed: u64, operations: usize) -> Choice {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut choice = Choice::new();
    let mut chosen = 0;
    // There may be fewer than are wanted.
    for _ in 0..operations * 20 {
        if chosen == operations {
            break;
        }
        let Some(protocol) = rng.choice(PROTOCOLS) else {
            continue;
        };
        let services: Vec<_> = models
            .iter()
            .filter(|(_, model)| speaks(model, protocol))
            .collect();
        let Some((service, model)) = rng.choice(services) else {
            continue;
        };
        let names: Vec<&String> = model["operations"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, operation)| !has_events(model, operation))
            .map(|(name, _)| name)
            .collect();
        if let Some(name) = rng.choice(names) {
            let key = (service.clone(), (*protocol).to_owned());
            chosen += usize::from(choice.entry(key).or_default().insert(name.clone()));
        }
    }
    choice
}

/// Whether a service speaks a protocol.
fn speaks(model: &Value, protocol: &str) -> bool {
    match model["metadata"]["protocols"].as_array() {
        Some(protocols) => protocols.iter().any(|one| one == protocol),
        None => model["metadata"]["protocol"] == protocol,
    }
}

/// Whether an operation has a stream of events, which cannot be called yet.
fn has_events(model: &Value, operation: &Value) -> bool {
    let shape = |reference: &Value| &model["shapes"][reference["shape"].as_str().unwrap_or("")];
    ["input", "output"].into_iter().any(|side| {
        let members = shape(&operation[side])["members"].as_object();
        let mut members = members.into_iter().flatten();
        members.any(|(_, member)| shape(member)["eventstream"] == true)
    })
}

/// Reads a choice: a table for each service, with a protocol for each operation.
pub fn read(text: &str) -> Result<Choice, Box<dyn Error>> {
    let services: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text)?;
    let mut choice = Choice::new();
    for (service, operations) in services {
        for (operation, protocol) in operations {
            choice
                .entry((service.clone(), protocol))
                .or_default()
                .insert(operation);
        }
    }
    Ok(choice)
}

/// Writes a choice, an operation in the first of its protocols.
pub fn write(choice: &Choice) -> String {
    let mut services: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for ((service, protocol), operations) in choice {
        for operation in operations {
            let operations = services.entry(service).or_default();
            operations.entry(operation).or_insert(protocol);
        }
    }
    let mut text = String::new();
    for (service, operations) in services {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "[{service}]");
        for (operation, protocol) in operations {
            let _ = writeln!(text, "{operation} = {protocol:?}");
        }
    }
    text
}
