//! What the manifest chooses of exceptions, where the model is the same and where it has lost one.

use insta::assert_snapshot;
use smithereen_codegen::diff::compare;
use smithereen_codegen::{Exceptions, Model, Named, Operations};

const MODEL: &str = include_str!("../../fixtures/service_exceptions.json");

/// One operation, and these exceptions.
fn model(exceptions: Exceptions) -> Model {
    let operations = Operations::Named(vec![Named::from("PutMetric")]);
    Model::new("service_exceptions", MODEL, operations).with_exceptions(exceptions)
}

fn named(names: &[&str]) -> Exceptions {
    Exceptions::Named(names.iter().map(|name| Named::from(*name)).collect())
}

/// What is said of the choice, a line for each entry.
fn said(old: Exceptions, new: Exceptions) -> String {
    let report = compare(&[model(old)], &[model(new)]).unwrap();
    let lines = report.entries.iter().map(|entry| {
        let (level, kind, subject) = (entry.level, entry.kind, &entry.subject);
        let (change, meaning) = (&entry.change, &entry.consequence);
        format!("{level} {kind} {subject}: {change}; {meaning}\n")
    });
    lines.collect()
}

#[test]
fn an_exception_that_is_asked_for_now() {
    assert_snapshot!(said(named(&[]), named(&["SlowDown"])), @"
    additive type-added Limit: something here refers to the shape now; `types::Limit` is new
    additive type-added SlowDown: the manifest asks for the exception now; `types::error::SlowDown` is new
    ");
}

#[test]
fn an_exception_that_is_no_longer_asked_for() {
    assert_snapshot!(said(Exceptions::All, named(&["SlowDown"])), @"
    breaking type-removed DashboardNotFound: the manifest no longer asks for the exception; `types::error::DashboardNotFound` is gone
    breaking type-removed ResourceNotFound: the manifest no longer asks for the exception; `types::error::ResourceNotFound` is gone
    ");
}

#[test]
fn an_exception_that_neither_side_has() {
    let wanted = || model(named(&["SlowDwon"]));
    let error = compare(&[wanted()], &[wanted()]).unwrap_err();
    assert_snapshot!(error.to_string(), @"
    error: no exception `SlowDwon` in service_exceptions on either side
      help: did you mean `SlowDown`?
    ");
}

#[test]
fn an_exception_that_the_model_no_longer_has() {
    let mut json: serde_json::Value = serde_json::from_str(MODEL).unwrap();
    json["shapes"].as_object_mut().unwrap().remove("SlowDown");
    let operations = Operations::Named(vec![Named::from("PutMetric")]);
    let after = Model::new("service_exceptions", json.to_string(), operations);
    let after = after.with_exceptions(named(&["SlowDown"]));
    let report = compare(&[model(named(&["SlowDown"]))], &[after]).unwrap();
    let said = report.entries.iter().map(|entry| {
        let (level, kind, subject) = (entry.level, entry.kind, &entry.subject);
        format!("{level} {kind} {subject}: {}", entry.change)
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            "breaking type-removed Limit: nothing here refers to the shape any more",
            "breaking type-removed SlowDown: the shape is gone from the model",
        ]
    );
}
