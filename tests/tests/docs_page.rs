//! What AWS's own page about the operation says is in the docs of the generated crate.
//!
//! The page is boto3's, whose facts stand in `data`; it and the vendored model need not be of the
//! same release.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use smithereen_aws::backup::types::{BackupJobState, LifecycleDeleteAfterEvent};
use std::fs;
use std::path::{Path, PathBuf};

const SENTENCES: &str = include_str!("../data/describe_backup_job_sentences.txt");
const RESPONSE: &str = include_str!("../data/describe_backup_job.json");

const ERRORS: [&str; 5] = [
    "ResourceNotFoundException",
    "InvalidParameterValueException",
    "MissingParameterValueException",
    "ServiceUnavailableException",
    "DependencyFailureException",
];

fn backup() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src/backup")
}

/// The doc comments of a Rust file, or of all that are below a folder.
fn docs(path: &Path) -> String {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        let texts = entries.map(|entry| docs(&entry.unwrap().path()));
        return texts.collect();
    }
    let text = fs::read_to_string(path).unwrap();
    let mut docs = String::new();
    for line in text.lines().map(str::trim_start) {
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(doc) => docs.push_str(doc.trim_start().trim_start_matches("* ")),
            // Docs of different items do not make one sentence.
            None => docs.push('|'),
        }
        docs.push('\n');
    }
    docs
}

/// Without code marks and link targets, words a space apart.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("](") {
        text.push_str(before);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    let text = text.replace(['`', '[', ']', '\\'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn operation_page() -> String {
    let text = fs::read_to_string(backup().join("operation/describe_backup_job.rs")).unwrap();
    let page = text.split("pub struct DescribeBackupJob;").next();
    page.unwrap_or_default().to_owned()
}

/// The names of the members of this part of a response.
fn members(pointer: &str) -> Vec<String> {
    let response: serde_json::Value = serde_json::from_str(RESPONSE).unwrap();
    let part = response.pointer(pointer).unwrap();
    part.as_object().unwrap().keys().cloned().collect()
}

/// A member's name in Rust. That the names are as AWS's own SDK has them is tested elsewhere.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[test]
fn every_sentence_of_the_page_is_in_the_docs() {
    let docs = plain(&docs(&backup()));
    let sentences = SENTENCES.lines().filter(|line| !line.starts_with('#'));
    let (found, missing): (Vec<_>, Vec<_>) =
        sentences.partition(|line| docs.contains(&plain(line)));
    assert!(
        missing.is_empty(),
        "not in the docs:\n{}",
        missing.join("\n")
    );
    assert!(found.len() > 80);
}

#[test]
fn every_member_of_the_response_is_linked_from_the_page_of_the_operation() {
    let page = operation_page();
    let names = members("");
    assert_eq!(names.len(), 32);
    for name in names {
        let name = snake(&name);
        let link = format!("/// * [`{name}`](field@DescribeBackupJobOutput::{name}): ");
        assert!(page.contains(&link), "{link}");
    }
}

#[test]
fn the_member_of_the_request_is_linked_and_marked_required() {
    let page = operation_page();
    let link =
        "/// * [`backup_job_id`](field@DescribeBackupJobInput::backup_job_id): string, required\n";
    assert!(page.contains(link), "{page}");
}

#[test]
fn every_error_of_the_page_is_linked_from_the_page_of_the_operation() {
    let page = operation_page();
    for error in ERRORS {
        let link = format!("/// * [`{error}`](error::{error})\n");
        assert!(page.contains(&link), "{link}");
    }
    assert_eq!(page.matches("](error::").count(), ERRORS.len());
}

#[test]
fn every_type_of_the_response_is_linked_from_the_page_of_the_operation() {
    let page = operation_page();
    for name in ["Lifecycle", "RecoveryPointCreator", "BackupJobState"] {
        assert!(
            page.contains(&format!("[`{name}`](types::{name})")),
            "{name}"
        );
    }
}

#[test]
fn every_nested_member_is_a_documented_field_in_the_order_of_the_page() {
    for (pointer, file) in [
        ("/RecoveryPointLifecycle", "types/lifecycle.rs"),
        ("/CreatedBy", "types/recovery_point_creator.rs"),
    ] {
        let text = fs::read_to_string(backup().join(file)).unwrap();
        let mut last = "";
        let mut fields = 0;
        for line in text.lines().map(str::trim) {
            if line.starts_with("pub ") && line.ends_with(',') {
                assert!(last.starts_with("/// "), "{line} has no docs");
                fields += 1;
            }
            last = line;
        }
        let names = members(pointer);
        assert_eq!(fields, names.len());
        for name in names {
            assert!(
                text.contains(&format!("    pub {}: Option<", snake(&name))),
                "{name}"
            );
        }
    }
}

#[test]
fn every_enum_value_of_the_page_is_in_the_docs_of_its_variant() {
    let values = [
        "CREATED",
        "PENDING",
        "RUNNING",
        "ABORTING",
        "ABORTED",
        "COMPLETED",
        "FAILED",
        "EXPIRED",
        "PARTIAL",
    ];
    let docs = docs(&backup().join("types"));
    for value in values.iter().chain(&["DELETE_AFTER_COPY"]) {
        assert!(docs.contains(&format!("`{value}`\n")), "{value}");
    }
    let known: Vec<_> = BackupJobState::values()
        .iter()
        .map(BackupJobState::as_str)
        .collect();
    assert_eq!(known, values);
    assert_eq!(LifecycleDeleteAfterEvent::values().len(), 1);
}

#[test]
fn the_list_of_the_page_is_a_list() {
    let text = fs::read_to_string(backup().join("operation/describe_backup_job.rs")).unwrap();
    let items = text
        .lines()
        .filter(|line| line.trim_start().starts_with("/// * Amazon "));
    assert_eq!(items.count(), 3);
}

#[test]
fn the_links_of_the_page_are_links() {
    let operation = fs::read_to_string(backup().join("operation/describe_backup_job.rs")).unwrap();
    let monitoring =
        "[Monitoring](https://docs.aws.amazon.com/aws-backup/latest/devguide/monitoring.html)";
    assert!(operation.contains(monitoring));
    let lifecycle = fs::read_to_string(backup().join("types/lifecycle.rs")).unwrap();
    let feature = "[Feature availability by resource](https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html#features-by-resource)";
    assert!(lifecycle.contains(feature));
}
