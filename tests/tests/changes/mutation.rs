//! A model that has every trait there is, and everything in it changed, one thing at a time: nothing is passed over.

use serde_json::{Value, json};
use smithereen_codegen::diff::{Level, Report, compare};
use smithereen_codegen::{Error, Model, Operations, stages};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const MODEL: &str = include_str!("../../fixtures/everything/model.json");
const PAGINATORS: &str = include_str!("../../fixtures/everything/paginators.json");

const PROTOCOLS: [&str; 6] = [
    "rest-json",
    "json",
    "rest-xml",
    "smithy-rpc-v2-cbor",
    "query",
    "ec2",
];

static PAGES: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(PAGINATORS).unwrap());

/// The model in one of the protocols.
fn everything(protocol: &str) -> Value {
    let mut model: Value = serde_json::from_str(MODEL).unwrap();
    model["metadata"]["protocol"] = protocol.into();
    model["metadata"]["protocols"] = json!([protocol]);
    model
}

/// What changes from one model to another, each with its paginators.
fn changes(old: [&Value; 2], new: [&Value; 2]) -> Result<Report, Error> {
    let [old, new] = [old, new].map(|[model, pages]| {
        Model::new("everything", model.to_string(), Operations::All)
            .with_paginators(pages.to_string())
    });
    compare(&[old], &[new])
}

/// A way to change a value, and what it is called.
type Mutation = (String, Value);

/// All models that differ from this one in a single thing.
fn mutations(of: &Value) -> Vec<Mutation> {
    let mut found = Vec::new();
    walk(of, "", &mut |pointer| {
        let value = of.pointer(pointer).unwrap();
        for (how, other) in others(pointer, value) {
            let mut mutated = of.clone();
            *mutated.pointer_mut(pointer).unwrap() = other;
            found.push((format!("{pointer} {how}"), mutated));
        }
        if let Some(mutated) = without(of, pointer) {
            found.push((format!("{pointer} removed"), mutated));
        }
    });
    found
}

/// Calls `visit` for everything below a value, by JSON pointers.
fn walk(value: &Value, pointer: &str, visit: &mut dyn FnMut(&str)) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        let pointer = format!("{pointer}/{step}");
        visit(&pointer);
        walk(value, &pointer, visit);
    }
}

/// Values of a few keys, of which each may become each other one.
const KNOWN: [(&str, &[&str]); 3] = [
    (
        "location",
        &["uri", "querystring", "header", "headers", "statusCode"],
    ),
    ("timestampFormat", &["iso8601", "unixTimestamp", "rfc822"]),
    (
        "type",
        &[
            "structure",
            "list",
            "map",
            "string",
            "character",
            "boolean",
            "integer",
            "long",
            "float",
            "double",
            "timestamp",
            "blob",
        ],
    ),
];

/// What else could stand where this value does.
fn others(pointer: &str, value: &Value) -> Vec<Mutation> {
    let (_, key) = pointer.rsplit_once('/').unwrap();
    match value {
        Value::Bool(flag) => vec![("flipped".to_owned(), json!(!flag))],
        Value::Number(number) => vec![("raised".to_owned(), json!(number.as_f64().unwrap() + 1.0))],
        Value::String(text) => {
            let mut others = vec![("changed".to_owned(), json!(format!("{text}x")))];
            let known = KNOWN
                .iter()
                .filter(|(name, _)| *name == key)
                .flat_map(|(_, values)| *values);
            others.extend(
                known
                    .filter(|other| *other != text)
                    .map(|other| (format!("to {other}"), json!(other))),
            );
            others
        }
        _ => Vec::new(),
    }
}

/// The model without what is at a pointer.
fn without(of: &Value, pointer: &str) -> Option<Value> {
    let (around, key) = pointer.rsplit_once('/')?;
    let mut mutated = of.clone();
    match mutated.pointer_mut(around)? {
        Value::Object(fields) => {
            drop(fields.shift_remove(&key.replace("~1", "/").replace("~0", "~"))?)
        }
        Value::Array(elements) => drop(elements.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some(mutated)
}

/// The mutations in one protocol of which nothing is said: all of them and both ways, or one of so many.
fn silent(protocol: &str, one_of: usize) -> Vec<String> {
    let model = everything(protocol);
    let mut silent = Vec::new();
    let mut check = |what: String, report: Result<Report, Error>| {
        // A model that is refused has not been passed over.
        if report.is_ok_and(|report| report.entries.is_empty()) {
            silent.push(format!("{protocol}: {what}"));
        }
    };
    for (what, mutated) in mutations(&model).into_iter().step_by(one_of) {
        if one_of == 1 {
            check(
                format!("{what}, undone"),
                changes([&mutated, &PAGES], [&model, &PAGES]),
            );
        }
        check(what, changes([&model, &PAGES], [&mutated, &PAGES]));
    }
    for (what, mutated) in mutations(&PAGES) {
        check(
            format!("{what}, undone"),
            changes([&model, &mutated], [&model, &PAGES]),
        );
        check(what, changes([&model, &PAGES], [&model, &mutated]));
    }
    silent
}

/// All mutations in all protocols take a minute; where this is set they are made.
const ALL: &str = "SMITHEREEN_ALL_MUTATIONS";

#[test]
fn nothing_that_changes_is_passed_over_in_any_protocol() {
    let one_of = if std::env::var_os(ALL).is_some() {
        1
    } else {
        10
    };
    let silent: Vec<String> = std::thread::scope(|scope| {
        let protocols = PROTOCOLS.map(|protocol| {
            let one_of = if protocol == PROTOCOLS[0] { 1 } else { one_of };
            scope.spawn(move || silent(protocol, one_of))
        });
        protocols
            .into_iter()
            .flat_map(|protocol| protocol.join().unwrap())
            .collect()
    });
    assert!(
        silent.is_empty(),
        "{} are passed over:\n{}",
        silent.len(),
        silent.join("\n")
    );
}

#[test]
fn nothing_is_said_where_nothing_changes() {
    for protocol in PROTOCOLS {
        let model = everything(protocol);
        let report = changes([&model, &PAGES], [&model, &PAGES]).unwrap();
        assert_eq!(report.entries, [], "{protocol}");
    }
}

/// Objects whose keys the format gives, and not the model.
fn is_of_the_format(pointer: &str) -> bool {
    const CHOSEN: [&str; 7] = [
        "members",
        "operations",
        "shapes",
        "clientContextParams",
        "operationContextParams",
        "staticContextParams",
        "examples",
    ];
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    // A member may be called as a key of the format is.
    let named_by_the_model =
        steps.len() % 2 == 1 && steps.last().is_some_and(|last| CHOSEN.contains(last));
    // The settings of protocols have whatever keys they have.
    let free = pointer.starts_with("/examples") || pointer == "/metadata/protocolSettings";
    !named_by_the_model && !free
}

#[test]
fn a_key_that_nobody_knows_is_unhandled_wherever_it_is() {
    let model = everything("rest-json");
    let mut pointers = vec![String::new()];
    walk(&model, "", &mut |pointer| {
        let object = model.pointer(pointer).is_some_and(Value::is_object);
        if object && is_of_the_format(pointer) {
            pointers.push(pointer.to_owned());
        }
    });
    assert_eq!(pointers.len(), 132);
    let mut wrong = Vec::new();
    for pointer in pointers {
        let mut mutated = model.clone();
        mutated.pointer_mut(&pointer).unwrap()["newlyInvented"] = json!(true);
        let worst = changes([&model, &PAGES], [&mutated, &PAGES]).map(|report| report.worst());
        if !matches!(worst, Ok(Some(Level::Unhandled))) {
            wrong.push(format!("{pointer}: {worst:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The keys that the reader of models knows in the object at a pointer.
fn keys_of_the_format(model: &Value, pointer: &str) -> Option<Vec<String>> {
    let mut mutated = model.clone();
    mutated.pointer_mut(pointer)?["newlyInvented"] = json!(true);
    let error = stages::parse(mutated.to_string().as_bytes())
        .err()?
        .to_string();
    let (_, expected) = error.lines().next()?.split_once(", expected ")?;
    Some(
        expected
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect(),
    )
}

#[test]
fn the_model_has_every_key_of_the_format() {
    let model = everything("rest-json");
    let (mut references, mut shapes) = (BTreeSet::new(), BTreeSet::new());
    walk(&model, "", &mut |pointer| {
        let fields = model.pointer(pointer).and_then(Value::as_object);
        let keys = fields.into_iter().flatten().map(|(key, _)| key.clone());
        if fields.is_some_and(|fields| fields.get("shape").is_some_and(Value::is_string)) {
            references.extend(keys);
        } else if pointer.starts_with("/shapes/") && pointer.matches('/').count() == 2 {
            shapes.extend(keys);
        }
    });
    let own = |pointer: &str| {
        let fields = model.pointer(pointer).and_then(Value::as_object).unwrap();
        fields.keys().cloned().collect::<BTreeSet<_>>()
    };
    let objects = [
        "",
        "/metadata",
        "/operations/Teach",
        "/operations/Teach/http",
        "/operations/Teach/endpoint",
        "/operations/Teach/endpointdiscovery",
        "/operations/Teach/httpChecksum",
        "/operations/Teach/requestcompression",
        "/shapes/Busy/error",
        "/shapes/Busy/retryable",
    ];
    let mut has: Vec<(&str, BTreeSet<String>)> =
        objects.map(|pointer| (pointer, own(pointer))).into();
    has.push(("/shapes/TeachInput/members/Name", references));
    has.push(("/shapes/Bird", shapes));
    let mut missing = Vec::new();
    for (pointer, has) in has {
        let known = keys_of_the_format(&model, pointer)
            .unwrap_or_else(|| panic!("{pointer} takes any key"));
        let lacking = known.into_iter().filter(|key| !has.contains(key));
        missing.extend(lacking.map(|key| format!("{pointer}/{key}")));
    }
    assert!(missing.is_empty(), "{missing:?}");
}
