//! `models.yml`: from what AWS has changed to one pull request.

use super::runner::{Expressions, Hub, Job, workflow};

const KNOWN: Expressions<'_> = &[("secrets.MODELS_TOKEN || github.token", "token")];
const LOUD: (&str, &str) = (r#""SULKY""#, r#""SULKY", "LOUD""#);
const NO_GRAMS: (&str, &str) = (
    r#""members": {"Grams": {"shape": "Grams"}}"#,
    r#""members": {}"#,
);

fn run(hub: &Hub) -> Job {
    hub.run(&workflow("models.yml"), "update", "main", KNOWN)
}

/// The files that the branch changes.
fn pushed(hub: &Hub) -> Vec<String> {
    let files = hub.remote(&["diff", "--name-only", "main", "models-update"]);
    files.lines().map(str::to_owned).collect()
}

#[test]
fn a_change_becomes_a_pull_request() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[LOUD]);
    run(&hub).fine();
    assert_eq!(
        pushed(&hub),
        [
            "aviary/src/parrots/types/mood.rs",
            "models/models.lock",
            "models/parrots/2020-01-01/service-2.json",
            "surface.snap",
        ]
    );
    assert_eq!(hub.kept("branches").unwrap(), "models-update into main\n");
    let body = hub.kept("body").unwrap();
    let start = "**Changes for your operations: 1 additive.** Suggested version: **minor, which below \
                 1.0.0 is 0.4.2 → 0.4.3**. Compared: `HEAD` with `the work tree`.\n";
    assert!(body.starts_with(start), "{body}");
    assert!(body.contains("- **additive** `Mood.LOUD`: "), "{body}");
    assert_eq!(hub.kept("labels").unwrap(), "semver:minor\n");
    // One commit on top of main, by whom the workflow says.
    let author = hub.remote(&["log", "--format=%an: %s", "main..models-update"]);
    assert_eq!(author, "github-actions[bot]: Update AWS's models\n");
}

#[test]
fn a_second_run_refreshes_it_and_pushes_only_what_is_new() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[LOUD]);
    run(&hub).fine();
    let first = hub.remote(&["rev-parse", "models-update"]);
    run(&hub).fine();
    assert_eq!(hub.remote(&["rev-parse", "models-update"]), first);

    hub.calls("gh");
    hub.publish("1.0.2", &[LOUD, NO_GRAMS]);
    run(&hub).fine();
    assert_ne!(hub.remote(&["rev-parse", "models-update"]), first);
    assert!(
        !hub.calls("gh")
            .iter()
            .any(|call| call.starts_with("pr create"))
    );
    let body = hub.kept("body").unwrap();
    assert!(body.contains("1 breaking, 1 additive"), "{body}");
    assert_eq!(hub.kept("labels").unwrap(), "semver:major\n");
    let commits = hub.remote(&["rev-list", "--count", "main..models-update"]);
    assert_eq!(commits, "1\n");
}

#[test]
fn labels_of_others_stay() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[LOUD]);
    run(&hub).fine();
    std::fs::write(hub.path("state/labels"), "semver:minor\nhelp wanted\n").unwrap();
    hub.publish("1.0.2", &[NO_GRAMS]);
    run(&hub).fine();
    assert_eq!(hub.kept("labels").unwrap(), "help wanted\nsemver:major\n");
}

#[test]
fn without_a_change_there_is_no_pull_request() {
    let hub = Hub::new();
    // A new version, and the same models.
    hub.publish("1.0.1", &[]);
    let job = run(&hub);
    job.fine();
    let last = "Open or refresh the pull request";
    assert_eq!(job.out(last), "No model of a service here has changed.\n");
    assert_eq!(hub.kept("body"), None);
    assert_eq!(hub.remote(&["branch", "--list", "models-update"]), "");
    assert!(
        !hub.calls("cargo")
            .iter()
            .any(|call| call.starts_with("test"))
    );
}

#[test]
fn a_change_elsewhere_is_a_pull_request_that_says_so() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[("Feathers", "Plumage")]);
    run(&hub).fine();
    let body = hub.kept("body").unwrap();
    assert!(
        body.starts_with("**No change for your operations.**"),
        "{body}"
    );
    assert_eq!(hub.kept("labels").unwrap(), "semver:none\n");
}

#[test]
fn what_cannot_be_fetched_fails_and_pushes_nothing() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[LOUD]);
    std::fs::remove_file(hub.path("pypi/botocore-1.0.1.tar.gz")).unwrap();
    let job = run(&hub);
    assert_eq!(job.steps.len(), 1);
    assert_eq!(job.steps[0].1.code, Some(2));
    assert_eq!(hub.remote(&["branch", "--list", "models-update"]), "");
}
