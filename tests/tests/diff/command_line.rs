//! `cargo xtask diff`, run as a process: what it prints, writes, and exits with.

use super::project::{MODEL, Project};
use super::schema::schema;
use insta::assert_snapshot;
use serde_json::Value;

/// One with a change of this text in its model, which is not committed.
fn changed(old: &str, new: &str) -> Project {
    let project = Project::new();
    project.edit(MODEL, old, new);
    project
}

fn additive() -> Project {
    changed(r#""SULKY""#, r#""SULKY", "LOUD""#)
}

fn breaking() -> Project {
    changed(
        r#""members": {"Grams": {"shape": "Grams"}}"#,
        r#""members": {}"#,
    )
}

#[test]
fn without_a_change_there_is_a_line_for_each_service() {
    let run = Project::new().run(&["diff"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out, @r"
    finches: no change for your operations; the model is the same
    parrots: no change for your operations; the model is the same
    ");
}

#[test]
fn a_change_that_no_operation_reaches_is_elsewhere() {
    let run = changed("Feathers", "Plumage").run(&["diff"]);
    assert_snapshot!(run.out, @r"
    finches: no change for your operations; the model is the same
    parrots: no change for your operations; the model changed elsewhere
    ");
}

#[test]
fn the_default_is_from_the_last_commit_to_the_work_tree() {
    let project = additive();
    let run = project.run(&["diff"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out);
    project.commit("The second.");
    assert!(project.run(&["diff"]).out.contains("parrots: no change"));
    assert_eq!(project.run(&["diff", "HEAD~1"]).out, run.out);
    let between = project.run(&["diff", "HEAD~1", "HEAD"]);
    assert!(
        between.out.contains("parrots: 1 additive"),
        "{}",
        between.out
    );
    let back = project.run(&["diff", "HEAD", "HEAD~1"]);
    assert!(back.out.contains("parrots: 1 breaking"), "{}", back.out);
}

#[test]
fn a_side_can_be_a_folder() {
    let project = additive();
    let elsewhere = Project::new();
    let models = elsewhere.path("models").display().to_string();
    let run = project.run(&["diff", &models]);
    assert!(run.out.contains("parrots: 1 additive"), "{}", run.out);
}

#[test]
fn what_fails_is_what_fail_on_says_or_worse() {
    let code = |project: &Project, level: &str| project.run(&["diff", "--fail-on", level]).code;
    let project = additive();
    assert_eq!(code(&project, "breaking"), Some(0));
    assert_eq!(code(&project, "behaviour"), Some(0));
    assert_eq!(code(&project, "additive"), Some(1));
    let project = breaking();
    assert_eq!(code(&project, "breaking"), Some(1));
    assert_eq!(code(&project, "additive"), Some(1));
    assert_eq!(project.run(&["diff"]).code, Some(0));
}

#[test]
fn what_is_not_understood_fails_at_every_level() {
    let project = changed(
        r#""signatureVersion": "v4""#,
        r#""signatureVersion": "v4", "plumage": {}"#,
    );
    for level in ["breaking", "behaviour", "additive"] {
        let run = project.run(&["diff", "--fail-on", level]);
        assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
        assert!(run.out.contains("1 unhandled"), "{}", run.out);
    }
}

#[test]
fn docs_alone_never_fail() {
    let project = changed(
        r#""Mood": {"shape": "Mood"}"#,
        r#""Mood": {"shape": "Mood", "documentation": "<p>How it is.</p>"}"#,
    );
    let run = project.run(&["diff", "--fail-on", "additive"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("1 docs"), "{}", run.out);
}

#[test]
fn lesser_levels_can_be_hidden_and_still_fail() {
    let run = additive().run(&["diff", "--level", "breaking", "--fail-on", "additive"]);
    assert_eq!(run.code, Some(1));
    assert_snapshot!(run.out, @r"
    finches: no change of level breaking or worse for your operations; the model is the same
    parrots: no change of level breaking or worse for your operations; the model changed
    note: 1 change below breaking is not shown
    ");
}

#[test]
fn services_are_chosen_by_name() {
    let project = additive();
    let run = project.run(&["diff", "--service", "finches"]);
    assert_eq!(
        run.out,
        "finches: no change for your operations; the model is the same\n"
    );
    let run = project.run(&["diff", "--service", "parrots", "--service", "finches"]);
    assert!(
        run.out.contains("parrots: 1 additive") && run.out.contains("finches"),
        "{}",
        run.out
    );
}

#[test]
fn all_operations_are_compared_if_asked_for() {
    let project = changed("Feathers", "Plumage");
    for arguments in [
        &["diff", "--all"][..],
        &["diff", "--all", "--service", "parrots"],
        &["diff", "--all-services"],
    ] {
        let run = project.run(arguments);
        // No bar where standard error is no terminal.
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(
            run.out.contains("breaking MoultInput.Feathers"),
            "{}",
            run.out
        );
    }
}

#[test]
fn every_format_is_printed_or_written() {
    let project = breaking();
    let formats = ["text", "markdown", "json", "github", "bump"];
    for format in formats {
        let printed = project.run(&["diff", "--format", format]);
        assert_eq!((printed.code, printed.err.as_str()), (Some(0), ""));
        let written = project.run(&["diff", "--format", format, "--output", "report"]);
        assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
        assert_eq!(project.read("report"), printed.out);
    }
    let run = project.run(&["diff", "--format", "bump"]);
    assert_eq!(run.out, "major\n");
    let json: Value =
        serde_json::from_str(&project.run(&["diff", "--format", "json"]).out).unwrap();
    assert!(schema().is_valid(&json), "{json:#}");
    assert_eq!(json["bump"]["to"], "0.5.0");
    let github = project.run(&["diff", "--format", "github"]).out;
    let start = format!("::error file={MODEL},title=breaking%3A parrots Seed.Grams::");
    assert!(github.starts_with(&start), "{github}");
}

#[test]
fn the_version_of_the_workspace_is_the_crates() {
    let project = additive();
    let inherited = "[package]\nname = 'aviary'\nversion.workspace = true\n";
    project.put("aviary/Cargo.toml", inherited);
    let root = "[workspace]\nmembers = ['aviary']\n[workspace.package]\nversion = '2.1.0'\n";
    project.put("Cargo.toml", root);
    let run = project.run(&["diff"]);
    assert!(
        run.out
            .ends_with("suggested version: minor: 2.1.0 → 2.2.0\n"),
        "{}",
        run.out
    );
    project.put("aviary/Cargo.toml", "nonsense");
    let run = project.run(&["diff"]);
    assert!(
        run.out.ends_with("suggested version: minor\n"),
        "{}",
        run.out
    );
}

#[test]
fn colours_are_for_those_who_ask() {
    let project = breaking();
    let out = |name: &str| {
        let mut command = project.command(&["diff"]);
        project.finish(command.env(name, "1").output().unwrap()).out
    };
    assert!(out("CLICOLOR_FORCE").contains("\u{1b}["));
    assert!(!out("NO_COLOR").contains('\u{1b}'));
    assert!(!project.run(&["diff"]).out.contains('\u{1b}'));
}

mod ignored {
    use super::*;

    fn fingerprint(project: &Project) -> String {
        let run = project.run(&["diff", "--format", "json"]);
        let json: Value = serde_json::from_str(&run.out).unwrap();
        json["entries"][0]["fingerprint"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    fn rule(project: &Project, until: &str) -> String {
        let fingerprint = fingerprint(project);
        format!("[[ignore]]\nfingerprint = '{fingerprint}'\nreason = 'we feed no seeds'\n{until}")
    }

    #[test]
    fn changes_are_counted_and_do_not_fail() {
        let project = breaking();
        project.put("diff-ignore.toml", &rule(&project, "until = 9999-12-31"));
        let run = project.run(&["diff", "--fail-on", "additive"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_snapshot!(run.out, @r"
        finches: no change for your operations; the model is the same
        parrots: no change for your operations; 1 change ignored
        1 change ignored (1 breaking)
        ");
    }

    #[test]
    fn changes_count_again_when_their_time_is_over() {
        let project = breaking();
        project.put("elsewhere.toml", &rule(&project, "until = 2001-01-01"));
        let arguments = [
            "diff",
            "--ignore",
            "elsewhere.toml",
            "--fail-on",
            "breaking",
        ];
        let run = project.run(&arguments);
        assert_eq!(run.code, Some(1));
        assert!(run.out.contains("note: elsewhere.toml:1: "), "{}", run.out);
        assert!(
            run.out
                .contains(" was ignored until 2001-01-01, and counts again\n"),
            "{}",
            run.out
        );
    }

    #[test]
    fn a_file_with_mistakes_stops_the_run() {
        let project = breaking();
        project.put(
            "diff-ignore.toml",
            "[[ignore]]\nfingerprint = 'a'\nreson = 'b'\n",
        );
        let run = project.run(&["diff"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @r"
        error: unknown key `reson`
          --> diff-ignore.toml:3:1
          help: did you mean `reason`?
        ");
    }

    #[test]
    fn a_file_that_is_named_has_to_be_there() {
        let run = Project::new().run(&["diff", "--ignore", "nowhere.toml"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(
            run.err.starts_with("error: cannot read what to ignore: "),
            "{}",
            run.err
        );
    }
}

mod errors {
    use super::*;

    fn error(project: &Project, arguments: &[&str]) -> String {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
        run.err
    }

    #[test]
    fn a_service_that_is_misspelt() {
        let project = Project::new();
        assert_snapshot!(error(&project, &["diff", "--service", "parots"]), @r"
        error: no service `parots` in the manifest
          help: did you mean `parrots`?
        ");
        assert_snapshot!(error(&project, &["diff", "--service", "eagles"]), @r"
        error: no service `eagles` in the manifest
          help: --all compares all operations of services that it does not name
        ");
        assert_snapshot!(error(&project, &["diff", "--service", "eagles", "--all"]), @r"
        error: no service `eagles` on either side
          help: `cargo xtask list` shows the services with a model here
        ");
    }

    #[test]
    fn a_revision_that_is_not_there() {
        let error = error(&Project::new(), &["diff", "nowhere"]);
        assert!(
            error.starts_with("error: ") && error.contains("nowhere"),
            "{error}"
        );
    }

    #[test]
    fn a_folder_without_models() {
        let project = Project::new();
        let error = error(&project, &["diff", "path:aviary"]);
        assert!(error.contains("there is no model in the folder"), "{error}");
    }

    #[test]
    fn a_model_that_is_broken() {
        let project = changed(r#""type": "integer""#, r#""type": "integre""#);
        let error = error(&project, &["diff"]);
        assert!(
            error.contains("integre") && error.contains(&format!("{MODEL}:")),
            "{error}"
        );
    }

    #[test]
    fn a_model_that_is_no_json() {
        let project = Project::new();
        project.put(MODEL, "{\n  \"operations\": oops\n}\n");
        let error = error(&project, &["diff"]);
        assert!(error.contains(&format!("--> {MODEL}:2:")), "{error}");
    }

    #[test]
    fn a_version_of_botocore_that_cannot_be_fetched() {
        // The program that stands for pip fails, as without a network.
        let error = error(&Project::new(), &["diff", "1.2.3"]);
        assert!(
            error.contains("pip cannot download botocore 1.2.3"),
            "{error}"
        );
        assert!(error.contains("is there a network?"), "{error}");
    }

    #[test]
    fn a_file_that_cannot_be_written() {
        let error = error(&Project::new(), &["diff", "--output", "nowhere/report"]);
        assert!(
            error.starts_with("error: cannot write nowhere/report: "),
            "{error}"
        );
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let project = Project::new();
        project.put("diff-ignore.toml", "[[ignored]]\n");
        let error = error(&project, &["diff", "botocore:x", ""]);
        assert!(error.contains("`x` is no version of botocore"), "{error}");
        assert!(error.contains("`` names no models"), "{error}");
        assert!(error.contains("unknown key `ignored`"), "{error}");
        assert!(
            error.ends_with("3 errors; nothing was written\n"),
            "{error}"
        );
    }

    #[test]
    fn services_and_all_of_them_exclude_each_other() {
        let run = Project::new().run(&["diff", "--all-services", "--service", "parrots"]);
        assert_eq!(run.code, Some(2));
    }
}
