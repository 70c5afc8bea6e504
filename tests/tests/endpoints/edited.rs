//! What a change of the rules or the regions does to the generated files: lines are added, and
//! nothing else happens.

use crate::archive::FILES;
use smithereen_codegen::stages;

/// The lines that are new, if all others are as they were.
fn added(old: &str, new: &str) -> Vec<String> {
    let mut old = old.lines().peekable();
    let mut added = Vec::new();
    for line in new.lines() {
        match old.next_if_eq(&line) {
            Some(_) => {}
            None => added.push(line.trim().to_owned()),
        }
    }
    assert_eq!(old.next(), None, "a line is gone or changed:\n{new}");
    added
}

fn rules(json: &str) -> String {
    stages::endpoint_rules(json.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"))
}

/// The lines that are added to the rules of AWS Backup if `new` is put before the first `old`.
fn before(old: &str, new: &str) -> Vec<String> {
    let path = "botocore/data/backup/2018-11-15/endpoint-rule-set-1.json";
    let json: serde_json::Value = serde_json::from_slice(&FILES[path]).unwrap();
    let json = json.to_string();
    let edited = json.replacen(old, &format!("{new},{old}"), 1);
    assert_ne!(edited, json);
    added(&rules(&json), &rules(&edited))
}

#[test]
fn a_parameter_a_condition_and_a_rule_are_added_lines() {
    let parameter = before(r#""Endpoint":{"#, r#""Tier":{"type":"string"}"#);
    assert_eq!(parameter, [r#"string("Tier"),"#]);
    let condition = before(
        r#"{"fn":"booleanEquals""#,
        r#"{"fn":"isSet","argv":[{"ref":"Region"}]}"#,
    );
    assert_eq!(condition, [r#"is_set(&[reference("Region")]),"#]);
    let rule = before(
        r#"{"conditions":[],"error":"Invalid Configuration: Missing Region""#,
        r#"{"conditions":[{"fn":"isSet","argv":[{"ref":"Endpoint"}]}],"error":"No","type":"error"}"#,
    );
    assert_eq!(
        rule,
        [
            "when(&[",
            r#"is_set(&[reference("Endpoint")]),"#,
            r#"]).error(text("No")),"#
        ]
    );
}

#[test]
fn a_region_is_an_added_line() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/partitions.json");
    let json = std::fs::read_to_string(path).unwrap();
    let old = r#""us-east-2" : {"#;
    let edited = json.replacen(old, &format!(r#""us-central-1" : {{}}, {old}"#), 1);
    assert_ne!(edited, json);
    let text = |json: &str| stages::partitions(json.as_bytes()).unwrap();
    assert_eq!(added(&text(&json), &text(&edited)), [r#""us-central-1","#]);
}
