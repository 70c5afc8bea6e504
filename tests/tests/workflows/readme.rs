//! The README's way from "AWS changed the model" to a pull request, followed to the letter.

use super::runner::Hub;

/// The first block of commands under a heading of the README.
fn commands(heading: &str) -> Vec<&'static str> {
    let readme = include_str!("../../../README.md");
    let section = readme.split_once(&format!("\n## {heading}\n")).unwrap().1;
    let block = section.split_once("\n```sh\n").unwrap().1;
    let block = block.split_once("\n```").unwrap().0;
    block.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn three_commands_make_a_pull_request() {
    let hub = Hub::new();
    hub.publish("1.0.1", &[(r#""SULKY""#, r#""SULKY", "LOUD""#)]);
    let commands = commands("When AWS changes a model");
    assert_eq!(commands.len(), 3, "{commands:?}");
    let before = hub.project.git(&["rev-parse", "HEAD"]);
    for command in commands {
        let output = hub
            .bash(hub.project.root(), command)
            .env("GIT_AUTHOR_NAME", "Test")
            .env("GIT_AUTHOR_EMAIL", "test@example.com")
            .env("GIT_COMMITTER_NAME", "Test")
            .env("GIT_COMMITTER_EMAIL", "test@example.com")
            .output()
            .unwrap();
        let run = hub.project.finish(output);
        assert_eq!(run.code, Some(0), "{command}:\n{}\n{}", run.out, run.err);
    }
    assert!(
        hub.kept("body")
            .unwrap()
            .contains("- **additive** `Mood.LOUD`: ")
    );
    assert_eq!(hub.kept("labels").unwrap(), "semver:minor\n");
    let files = hub.remote(&["diff", "--name-only", "main", "models-update"]);
    assert!(
        files.contains("aviary/src/parrots/types/mood.rs"),
        "{files}"
    );
    // Whoever runs them is where they were, with the change still theirs to look at.
    assert_eq!(hub.project.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(
        hub.project.git(&["symbolic-ref", "--short", "HEAD"]),
        "main\n"
    );
    assert_eq!(hub.project.git(&["diff", "--cached", "--name-only"]), "");
}
