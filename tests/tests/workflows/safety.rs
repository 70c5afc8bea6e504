//! What holds for every workflow: least permissions, no foreign text in scripts, no foreign actions.

use super::runner::workflow;
use serde_json::{Value, json};

const WORKFLOWS: [&str; 2] = ["check.yml", "models.yml"];

fn jobs(workflow: &Value) -> impl Iterator<Item = (&String, &Value)> {
    workflow["jobs"].as_object().unwrap().iter()
}

fn steps(workflow: &Value) -> impl Iterator<Item = &Value> {
    jobs(workflow).flat_map(|(_, job)| job["steps"].as_array().unwrap())
}

#[test]
fn nothing_is_pasted_into_a_script() {
    for name in WORKFLOWS {
        let workflow = workflow(name);
        let scripts: Vec<&str> = steps(&workflow)
            .filter_map(|step| step["run"].as_str())
            .collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            assert!(!script.contains("${{"), "{script}");
        }
    }
}

#[test]
fn the_only_action_is_checkout_and_it_leaves_no_token_behind() {
    for name in WORKFLOWS {
        for step in steps(&workflow(name)) {
            let Some(action) = step["uses"].as_str() else {
                continue;
            };
            let major = action.strip_prefix("actions/checkout@v").unwrap();
            assert!(major.bytes().all(|byte| byte.is_ascii_digit()), "{action}");
            assert_eq!(step["with"]["persist-credentials"], json!(false));
        }
    }
}

#[test]
fn permissions_are_named_job_by_job() {
    let mut found = Vec::new();
    for name in WORKFLOWS {
        let workflow = workflow(name);
        assert_eq!(workflow["permissions"], json!({}));
        found.extend(jobs(&workflow).map(|(job, it)| (job.clone(), it["permissions"].clone())));
    }
    let expected = [
        ("comment", json!({"pull-requests": "write"})),
        ("report", json!({"contents": "read"})),
        (
            "update",
            json!({"contents": "write", "pull-requests": "write"}),
        ),
    ];
    found.sort_by(|left, right| left.0.cmp(&right.0));
    let expected = expected.map(|(job, permissions)| (job.to_owned(), permissions));
    assert_eq!(found, expected);
}

#[test]
fn what_can_write_runs_no_code_of_a_pull_request() {
    let workflow = workflow("check.yml");
    assert_eq!(workflow["on"], "pull_request");
    let comment = &workflow["jobs"]["comment"];
    let own = "github.event.pull_request.head.repo.full_name == github.repository";
    assert!(comment["if"].as_str().unwrap().contains(own));
    for step in comment["steps"].as_array().unwrap() {
        assert!(step["uses"].is_null(), "{step}");
        assert!(!step["run"].as_str().unwrap().contains("cargo"), "{step}");
    }
}
