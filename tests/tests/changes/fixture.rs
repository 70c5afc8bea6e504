//! The fixtures of changes: `fixtures/diff/*.json`.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use smithereen_codegen::diff::{Report, compare};
use smithereen_codegen::{Model, Named, Operations};
use std::path::PathBuf;
use std::sync::LazyLock;

/// A change, and what is to be said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    /// The name of the file.
    #[serde(skip)]
    pub name: String,
    /// The rule of smithy-diff that looks at such changes, if there is one.
    pub rule: Option<String>,
    /// The worst level, or `none`: decided by who wrote the fixture, not by what came out.
    pub level: String,
    /// Whether it counts on the wire, and nothing is generated from it yet.
    #[serde(default)]
    pub not_generated: bool,
    /// Why, where it does not go without saying.
    #[serde(rename = "note")]
    _note: Option<String>,
    /// Where it happened, if it did.
    pub source: Option<String>,
    /// The operations that are compared; all, if it does not say.
    operations: Option<Vec<String>>,
    /// The model before, without the metadata that all have.
    old: Value,
    /// The model after, whole.
    new: Option<Value>,
    /// What is different after, as a JSON merge patch (RFC 7396).
    change: Option<Value>,
    /// The paginators before.
    old_paginators: Option<Value>,
    /// The paginators after.
    new_paginators: Option<Value>,
}

/// All of them, by name.
pub static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", "diff"]
        .iter()
        .collect();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut fixtures: Vec<Fixture> = files
        .map(|file| {
            let text = std::fs::read_to_string(&file).unwrap();
            let fixture = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            Fixture {
                name: file.file_stem().unwrap().to_str().unwrap().to_owned(),
                ..fixture
            }
        })
        .collect();
    fixtures.sort_by(|left, right| left.name.cmp(&right.name));
    fixtures
});

impl Fixture {
    /// The model before.
    pub fn before(&self) -> Model {
        self.model(self.old.clone(), self.old_paginators.as_ref())
    }

    /// The model after.
    pub fn after(&self) -> Model {
        let json = match (&self.new, &self.change) {
            (Some(new), None) => new.clone(),
            (None, Some(change)) => {
                let mut json = self.old.clone();
                merge(&mut json, change);
                json
            }
            _ => panic!("{} has either `new` or `change`", self.name),
        };
        self.model(json, self.new_paginators.as_ref())
    }

    /// What is said of it.
    pub fn report(&self) -> Report {
        compare(&[self.before()], &[self.after()])
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    fn model(&self, json: Value, paginators: Option<&Value>) -> Model {
        let operations = match &self.operations {
            None => Operations::All,
            Some(names) => Operations::Named(
                names
                    .iter()
                    .map(|name| Named::from(name.as_str()))
                    .collect(),
            ),
        };
        let model = Model::new(&self.name, whole(json).to_string(), operations);
        match paginators {
            Some(paginators) => {
                model.with_paginators(json!({ "pagination": paginators }).to_string())
            }
            None => model,
        }
    }
}

/// The model with the metadata that all have, where it says nothing else.
fn whole(model: Value) -> Value {
    let mut whole = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
            "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4",
        },
    });
    merge(&mut whole, &model);
    whole
}

/// A JSON merge patch (RFC 7396).
fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = Map::new().into();
    }
    let fields = into.as_object_mut().unwrap();
    for (name, value) in patch {
        if value.is_null() {
            fields.shift_remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}
