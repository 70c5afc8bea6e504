//! `docs/diff.schema.json` describes what `--format json` prints.

use super::sample;
use jsonschema::Validator;
use serde_json::{Value, json};
use smithereen_codegen::diff::{Date, Ignores, Report, Review, format};
use std::path::Path;

/// The published schema.
pub fn schema() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff.schema.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

/// A report as JSON that the schema has accepted.
pub fn valid(review: &Review) -> Value {
    let value: Value = serde_json::from_str(&format::json(review)).unwrap();
    let schema = schema();
    let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
    value
}

fn ignoring() -> Review {
    let file = Path::new("diff-ignore.toml");
    let toml =
        "[[ignore]]\nfingerprint = 'member-removed-10'\nreason = 'why not'\nuntil = 9999-12-31\n";
    let today = Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    Ignores::parse(file, toml)
        .unwrap()
        .apply(sample::review(), today)
}

#[test]
fn every_report_is_valid() {
    valid(&Review::default());
    valid(&Review::new(Report::new(
        vec![sample::parrots()],
        Vec::new(),
    )));
    let value = valid(&sample::review());
    assert_eq!(
        value["bump"],
        json!({"suggested": "major", "from": "0.3.1", "to": "0.4.0"})
    );
    assert_eq!(value["entries"].as_array().unwrap().len(), 5);
}

#[test]
fn what_is_ignored_is_listed_with_its_reason() {
    let value = valid(&ignoring());
    assert_eq!(value["entries"].as_array().unwrap().len(), 4);
    let ignored = &value["ignored"][0];
    assert_eq!(
        (&ignored["reason"], &ignored["until"]),
        (&json!("why not"), &json!("9999-12-31"))
    );
    assert_eq!(ignored["entry"]["subject"], "Seed.Grams");
}

#[test]
fn a_field_that_the_schema_does_not_know_is_refused_everywhere() {
    let value = valid(&ignoring());
    let schema = schema();
    let mut objects = Vec::new();
    walk(&value, String::new(), &mut objects);
    assert!(objects.len() > 20, "{objects:?}");
    for path in objects {
        let mut edited = value.clone();
        edited.pointer_mut(&path).unwrap()["plumage"] = json!(1);
        assert!(!schema.is_valid(&edited), "{path} takes an unknown field");
    }
}

#[test]
fn a_field_that_is_missing_or_of_another_type_is_refused() {
    let value = valid(&ignoring());
    let schema = schema();
    let mut objects = Vec::new();
    walk(&value, String::new(), &mut objects);
    for path in objects {
        for key in value.pointer(&path).unwrap().as_object().unwrap().keys() {
            let mut edited = value.clone();
            edited
                .pointer_mut(&path)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            assert!(!schema.is_valid(&edited), "{path} does without {key}");
            let mut edited = value.clone();
            edited.pointer_mut(&path).unwrap()[key] = json!([[1.5]]);
            assert!(!schema.is_valid(&edited), "{path} takes anything for {key}");
        }
    }
}

/// The paths of all objects.
fn walk(value: &Value, path: String, objects: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                walk(member, format!("{path}/{key}"), objects);
            }
            objects.push(path);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{path}/{index}"), objects);
            }
        }
        _ => {}
    }
}
