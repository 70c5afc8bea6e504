//! `check.yml`: the gate, and the report as one comment.

use super::project::MODEL;
use super::runner::{Hub, Job, workflow};

/// Pushes what somebody has changed as the merge that GitHub checks out.
fn merge(hub: &Hub, branch: &str) {
    let project = &hub.project;
    project.git(&["switch", "--quiet", "--create", branch, "main"]);
    project.commit("The change.");
    project.git(&[
        "switch",
        "--quiet",
        "--create",
        &format!("{branch}-merge"),
        "main",
    ]);
    project.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", branch]);
    project.git(&[
        "push",
        "--quiet",
        "origin",
        &format!("{branch}-merge:merge-of-{branch}"),
    ]);
    project.git(&["switch", "--quiet", "main"]);
}

fn report(hub: &Hub, branch: &str) -> Job {
    hub.run(
        &workflow("check.yml"),
        "report",
        &format!("merge-of-{branch}"),
        &[],
    )
}

fn comment(hub: &Hub, report: &Job) -> Job {
    let known = [
        ("github.token", "token"),
        ("github.repository", "somebody/aviary"),
        ("github.event.pull_request.number", "7"),
        (
            "needs.report.outputs.report",
            report.outputs["report"].as_str(),
        ),
    ];
    hub.run(&workflow("check.yml"), "comment", "main", &known)
}

/// A model that says something else, and the client for it.
fn change(hub: &Hub, version: &str, edits: &[(&str, &str)]) {
    hub.publish(version, edits);
    hub.update();
}

#[test]
fn the_report_is_one_comment_that_is_edited() {
    let hub = Hub::new();
    change(&hub, "1.0.1", &[(r#""SULKY""#, r#""SULKY", "LOUD""#)]);
    merge(&hub, "one");
    let job = report(&hub, "one");
    let out = job.fine().out("Say what the change means");
    assert!(
        out.contains(&format!("::notice file={MODEL},line=25,")),
        "{out}"
    );
    assert!(
        job.summary
            .starts_with("**Changes for your operations: 1 additive.**"),
        "{}",
        job.summary
    );
    comment(&hub, &job).fine();
    let body = hub.kept("comment").unwrap();
    assert!(
        body.starts_with(
            "<!-- what the change of models means -->\n**Changes for your operations: 1 additive.**"
        ),
        "{body}"
    );
    assert_eq!(body.matches("`Mood.LOUD`").count(), 1);

    change(&hub, "1.0.2", &[(r#"["HAPPY", "SULKY"]"#, r#"["HAPPY"]"#)]);
    merge(&hub, "two");
    hub.calls("gh");
    comment(&hub, report(&hub, "two").fine()).fine();
    let body = hub.kept("comment").unwrap();
    assert!(
        body.contains("1 breaking") && !body.contains("LOUD"),
        "{body}"
    );
    let calls = hub.calls("gh");
    assert!(!calls.iter().any(|call| call.contains("POST")), "{calls:?}");
}

#[test]
fn a_comment_is_made_of_a_change_only_and_edited_when_it_goes() {
    let hub = Hub::new();
    hub.project.put("notes.txt", "No model.\n");
    merge(&hub, "one");
    let job = report(&hub, "one");
    comment(&hub, job.fine()).fine();
    assert_eq!(hub.kept("comment"), None);
    std::fs::write(hub.path("state/comment"), "of an older change\n").unwrap();
    comment(&hub, &job).fine();
    let body = hub.kept("comment").unwrap();
    assert!(
        body.contains("**No change for your operations.**"),
        "{body}"
    );
}

#[test]
fn a_client_that_has_drifted_fails_and_is_reported_all_the_same() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[(r#""SULKY""#, r#""SULKY", "LOUD""#)]);
    let folder = hub.project.root().to_owned();
    let output = hub
        .bash(&folder, "cargo xtask models update")
        .output()
        .unwrap();
    assert!(output.status.success());
    merge(&hub, "one");
    let job = report(&hub, "one");
    let codes: Vec<_> = job.steps.iter().map(|(_, run)| run.code).collect();
    assert_eq!(codes, [Some(0), Some(1), Some(0)]);
    assert!(job.outputs["report"].contains("1 additive"));
}

#[test]
fn a_model_that_was_edited_by_hand_fails() {
    let hub = Hub::new();
    hub.project.edit(MODEL, "SULKY", "GRUMPY");
    merge(&hub, "one");
    assert_eq!(report(&hub, "one").steps[0].1.code, Some(1));
}

#[test]
fn text_of_a_model_cannot_end_the_output_or_begin_another() {
    let hub = Hub::new();
    let value = r#""SULKY", "report<<EOF`$(touch gotcha)`""#;
    change(&hub, "1.0.1", &[(r#""SULKY""#, value)]);
    merge(&hub, "one");
    let job = report(&hub, "one");
    assert_eq!(job.outputs.keys().collect::<Vec<_>>(), ["report"]);
    assert_eq!(format!("{}\n", job.outputs["report"]), job.summary);
    let done = comment(&hub, &job);
    done.fine();
    assert!(!done.clone.join("gotcha").exists() && !job.clone.join("gotcha").exists());
    assert!(hub.kept("comment").unwrap().contains("touch gotcha"));
}
