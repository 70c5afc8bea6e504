//! botocore's vectors, run by the engine over generated rules; and the table of what passes.

use crate::archive::{self, Suite};
use crate::read_back;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::{Document, Number};
use serde_json::{Map, Value, json};
use smithereen_runtime::endpoint::{Param, Params, Partition, ResolveError, RuleSet, resolve};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cases that do not pass, as suite and number in its file, with the reason.
const EXCUSED: &[(&str, usize, &str)] = &[];

pub static PARTITIONS: LazyLock<&[Partition<'static>]> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/partitions.json");
    read_back::partitions(&std::fs::read(path).unwrap())
});

/// A case that was run.
struct Ran {
    suite: String,
    of_service: bool,
    index: usize,
    /// What is wrong, if something is.
    difference: Option<String>,
}

/// All rule sets as data, by path. Two threads read them: it is most of the time of these tests.
pub static RULES: LazyLock<BTreeMap<&'static str, RuleSet<'static>>> = LazyLock::new(|| {
    let sets: Vec<_> = archive::rule_sets().collect();
    let next = AtomicUsize::new(0);
    let read = || {
        let mut done = Vec::new();
        while let Some((path, json)) = sets.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*path, read_back::rule_set(json)));
        }
        done
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(read);
        let mut done = read();
        done.extend(other.join().unwrap());
        done.into_iter().collect()
    })
});

fn run(suite: &Suite, ran: &mut Vec<Ran>) {
    let rules = &RULES[suite.rules.as_str()];
    let cases: Value = serde_json::from_slice(suite.cases).unwrap();
    for (index, case) in cases["testCases"].as_array().unwrap().iter().enumerate() {
        let answer = resolve(rules, &PARTITIONS, &params(&case["params"]));
        let (found, expected) = (found(answer), expected(&case["expect"]));
        let difference = (found != expected).then(|| {
            let doc = case["documentation"].as_str().unwrap_or_default();
            let name = &suite.name;
            format!("{name} {index}: {doc}\n  expected {expected}\n  found    {found}")
        });
        ran.push(Ran {
            suite: suite.name.clone(),
            of_service: suite.of_service,
            index,
            difference,
        });
    }
}

fn params(params: &Value) -> Params {
    let mut set = Params::default();
    for (name, value) in params.as_object().unwrap_or(&Map::new()) {
        let value = match value {
            Value::Bool(value) => Param::from(*value),
            Value::String(text) => Param::from(text.clone()),
            Value::Array(texts) => {
                let texts = texts.iter().map(|text| text.as_str().unwrap().to_owned());
                Param::from(texts.collect::<Vec<_>>())
            }
            other => panic!("{other} is no parameter"),
        };
        set.set(name.clone(), value);
    }
    set
}

/// What is expected, with what may be left out.
fn expected(expect: &Value) -> Value {
    match expect.get("endpoint") {
        Some(endpoint) => {
            let part = |name| endpoint.get(name).cloned().unwrap_or(json!({}));
            json!({
                "url": endpoint["url"],
                "headers": part("headers"),
                "properties": part("properties"),
            })
        }
        None => json!({ "error": expect["error"] }),
    }
}

fn found(answer: Result<Endpoint, ResolveError>) -> Value {
    match answer {
        Ok(endpoint) => {
            let headers = endpoint.headers();
            let headers =
                headers.map(|(name, values)| (name.to_owned(), json!(values.collect::<Vec<_>>())));
            let properties = endpoint.properties().iter();
            let properties = properties.map(|(name, value)| (name.to_string(), document(value)));
            json!({
                "url": endpoint.url(),
                "headers": headers.collect::<Map<_, _>>(),
                "properties": properties.collect::<Map<_, _>>(),
            })
        }
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn document(document: &Document) -> Value {
    match document {
        Document::Object(entries) => {
            let entries = entries.iter();
            Value::Object(
                entries
                    .map(|(name, value)| (name.clone(), self::document(value)))
                    .collect(),
            )
        }
        Document::Array(entries) => entries.iter().map(self::document).collect(),
        Document::Number(Number::PosInt(number)) => json!(number),
        Document::Number(other) => panic!("{other:?} is in no rule"),
        Document::String(text) => json!(text),
        Document::Bool(value) => json!(value),
        Document::Null => Value::Null,
    }
}

fn run_all() -> Vec<Ran> {
    let mut ran = Vec::new();
    for suite in archive::suites() {
        run(&suite, &mut ran);
    }
    ran
}

fn excuse(ran: &Ran) -> Option<&'static str> {
    let excused = EXCUSED
        .iter()
        .find(|(suite, index, _)| *suite == ran.suite && *index == ran.index);
    excused.map(|(_, _, reason)| *reason)
}

#[test]
fn every_vector_passes_or_has_an_excuse() {
    let ran = run_all();
    let failed: Vec<&str> = ran
        .iter()
        .filter(|ran| excuse(ran).is_none())
        .filter_map(|ran| ran.difference.as_deref())
        .collect();
    let shown = failed
        .iter()
        .take(20)
        .copied()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        failed.is_empty(),
        "{} of {} fail\n{shown}",
        failed.len(),
        ran.len()
    );
    let stale = ran
        .iter()
        .filter(|ran| excuse(ran).is_some() && ran.difference.is_none());
    let stale: Vec<_> = stale.map(|ran| (&ran.suite, ran.index)).collect();
    assert!(stale.is_empty(), "these pass and need no excuse: {stale:?}");
    let of_backup = ran
        .iter()
        .filter(|ran| ran.of_service && ran.suite == "backup");
    assert_eq!(of_backup.filter(|ran| ran.difference.is_none()).count(), 44);
    check_page(&table(&ran));
}

/// The table of `docs/conformance.md`.
fn table(ran: &[Ran]) -> String {
    let mut lines = vec![
        "| suite | cases | passed | excused |".to_owned(),
        "| --- | --- | --- | --- |".to_owned(),
    ];
    let mut row = |name: &str, of: &dyn Fn(&Ran) -> bool| {
        let cases: Vec<&Ran> = ran.iter().filter(|ran| of(ran)).collect();
        let passed = cases.iter().filter(|ran| ran.difference.is_none()).count();
        let mut reasons: Vec<&str> = cases.iter().filter_map(|ran| excuse(ran)).collect();
        reasons.dedup();
        let excused = match cases.len() - passed {
            0 => "0".to_owned(),
            count => format!("{count}: {}", reasons.join("; ")),
        };
        lines.push(format!(
            "| {name} | {} | {passed} | {excused} |",
            cases.len()
        ));
    };
    row("`tests/functional/endpoint-rules`: 439 services", &|ran| {
        ran.of_service
    });
    row("... of which AWS Backup", &|ran| {
        ran.of_service && ran.suite == "backup"
    });
    for suite in archive::suites().iter().filter(|suite| !suite.of_service) {
        let name = format!("`tests/unit/data/endpoints`: {}", suite.name);
        row(&name, &|ran| !ran.of_service && ran.suite == suite.name);
    }
    lines.join("\n")
}

/// Compares the table with the one on the page, and puts it there if snapshots are updated.
fn check_page(table: &str) {
    const START: &str = "<!-- endpoints -->\n";
    const END: &str = "\n<!-- end of endpoints -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/conformance.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (current, after) = rest.split_once(END).unwrap();
    if current != table && std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        std::fs::write(path, [before, START, table, END, after].concat()).unwrap();
        return;
    }
    assert_eq!(
        current, table,
        "mend docs/conformance.md with INSTA_UPDATE=always"
    );
}
