//! What a change of the model does to the generated files: a change of its own size and no more.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use smithereen_codegen::{Generator, Model, Named, Operations, Tree};
use std::sync::LazyLock;

const MODEL: &str = include_str!("../../models/backup/2018-11-15/service-2.json");

static UNCHANGED: LazyLock<Tree> = LazyLock::new(|| generate(MODEL));

fn generate(model: &str) -> Tree {
    let wanted = Operations::Named(vec![Named::from("DescribeBackupJob")]);
    let generated = Generator::new("smithereen_aws")
        .model(Model::new("backup", model, wanted))
        .generate();
    generated
        .map(|generated| generated.tree().clone())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Where the object that starts at `from` ends.
fn object_end(text: &str, from: usize) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => continue,
        }
        if depth == 0 && byte == b'}' && !quoted {
            return at;
        }
    }
    panic!("the object never ends");
}

/// The model with the text of one shape replaced by what `edit` makes of it.
fn edited(shape: &str, edit: impl FnOnce(&str) -> String) -> String {
    let start = MODEL.find(&format!("\n    \"{shape}\":{{")).unwrap();
    let end = object_end(MODEL, start);
    let new = edit(&MODEL[start..end]);
    assert_ne!(new, MODEL[start..end]);
    format!("{}{new}{}", &MODEL[..start], &MODEL[end..])
}

const MEMBER: &str =
    r#""AddedMember":{"shape":"string","documentation":"<p>Says one thing. Says another.</p>"}"#;

/// The shape with a member more, as its last one.
fn last(shape: &str) -> String {
    let end = object_end(shape, shape.find("\"members\":{").unwrap());
    format!("{},{MEMBER}{}", &shape[..end], &shape[end..])
}

/// The shape with a member more, before this one.
fn before(shape: &str, member: &str) -> String {
    shape.replacen(
        &format!("\"{member}\":{{"),
        &format!("{MEMBER},\"{member}\":{{"),
        1,
    )
}

/// The one file that differs: its path, its text and what it becomes.
fn changed(model: &str) -> (String, String, String) {
    let (old, new) = (&*UNCHANGED, generate(model));
    let paths = |tree: &Tree| {
        tree.files()
            .map(|(path, _)| path.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(old), paths(&new));
    let differs = |(path, text): &(&str, &str)| new.get(path) != Some(*text);
    let files: Vec<_> = old.files().filter(differs).collect();
    let [(path, text)] = files[..] else {
        let paths: Vec<_> = files.iter().map(|(path, _)| path).collect();
        panic!("not one file changes but {paths:?}");
    };
    let became = new.get(path).unwrap_or_default().to_owned();
    (path.to_owned(), text.to_owned(), became)
}

/// The lines that are added, if none is removed or changed.
///
/// Of lines that are the same, such as `}`, the last ones count as the old ones.
fn added(old: &str, new: &str) -> Vec<String> {
    let mut left: Vec<&str> = old.lines().collect();
    let mut added = Vec::new();
    for line in new.lines().rev() {
        if left.last() == Some(&line) {
            left.pop();
        } else {
            added.push(line.to_owned());
        }
    }
    assert!(
        left.is_empty(),
        "not only added: `{}`\n{new}",
        left.join("\n")
    );
    added.reverse();
    added
}

/// Adds a member to a shape; the path of the one file that changes, and the lines that it gains.
fn gained(shape: &str, edit: impl FnOnce(&str) -> String) -> (String, String) {
    let (path, old, new) = changed(&edited(shape, edit));
    let lines: Vec<_> = added(&old, &new)
        .iter()
        .map(|line| line.trim().to_owned())
        .collect();
    (path, lines.join("\n"))
}

mod a_member {
    use super::*;

    /// Two lines of docs, the field, and an entry in each of the three tables.
    const STRUCTURE: usize = 2 + 1 + 3;
    /// Its docs, its signature, its two statements and its end.
    const SETTER: usize = 5;

    #[test]
    fn last_in_a_structure_without_a_builder() {
        let (path, lines) = gained("RecoveryPointCreator", last);
        assert_eq!(path, "backup/types/recovery_point_creator.rs");
        assert_eq!(lines.lines().count(), STRUCTURE);
        assert_snapshot!(lines, @r#"
        /// Says one thing.
        /// Says another.
        pub added_member: Option<String>,
        rt::member("AddedMember"),
        &self.added_member,
        &mut self.added_member,
        "#);
    }

    #[test]
    fn in_the_middle_of_a_structure_without_a_builder() {
        let (path, lines) = gained("RecoveryPointCreator", |shape| {
            before(shape, "BackupRuleId")
        });
        assert_eq!(path, "backup/types/recovery_point_creator.rs");
        assert_eq!(lines, gained("RecoveryPointCreator", last).1);
    }

    #[test]
    fn last_in_a_structure_with_a_builder() {
        let (path, lines) = gained("Lifecycle", last);
        assert_eq!(path, "backup/types/lifecycle.rs");
        assert_eq!(lines.lines().count(), STRUCTURE + SETTER);
        assert_snapshot!(lines, @r#"
        /// Says one thing.
        /// Says another.
        pub added_member: Option<String>,
        rt::member("AddedMember"),
        &self.added_member,
        &mut self.added_member,
        self
        }
        /// Sets [`added_member`](field@Lifecycle::added_member).
        pub fn added_member(mut self, value: impl Into<String>) -> Self {
        self.0.added_member = Some(value.into());
        "#);
    }

    #[test]
    fn in_the_middle_of_a_structure_with_a_builder() {
        let (path, lines) = gained("Lifecycle", |shape| before(shape, "DeleteAfterDays"));
        assert_eq!(path, "backup/types/lifecycle.rs");
        assert_eq!(lines.lines().count(), STRUCTURE + SETTER);
    }

    #[test]
    fn first_in_a_structure_with_a_builder() {
        let first = |shape: &str| before(shape, "MoveToColdStorageAfterDays");
        let (path, lines) = gained("Lifecycle", first);
        assert_eq!(path, "backup/types/lifecycle.rs");
        assert_eq!(lines.lines().count(), STRUCTURE + SETTER);
    }

    #[test]
    fn last_in_an_output() {
        let (path, lines) = gained("DescribeBackupJobOutput", last);
        assert_eq!(path, "backup/operation/describe_backup_job.rs");
        // And a line on the operation's page.
        assert_eq!(lines.lines().count(), STRUCTURE + 1);
        assert_snapshot!(lines, @r#"
        /// * [`added_member`](field@DescribeBackupJobOutput::added_member): string
        /// Says one thing.
        /// Says another.
        pub added_member: Option<String>,
        rt::member("AddedMember"),
        &self.added_member,
        &mut self.added_member,
        "#);
    }

    #[test]
    fn in_the_middle_of_an_output() {
        let (path, lines) = gained("DescribeBackupJobOutput", |shape| before(shape, "State"));
        assert_eq!(path, "backup/operation/describe_backup_job.rs");
        assert_eq!(lines.lines().count(), STRUCTURE + 1);
    }

    #[test]
    fn in_an_error() {
        let (path, lines) = gained("ResourceNotFoundException", last);
        assert_eq!(path, "backup/types/error/resource_not_found_exception.rs");
        assert_eq!(lines.lines().count(), STRUCTURE);
    }

    #[test]
    fn of_a_map_has_an_accessor_too() {
        let (path, lines) = gained("RecoveryPointCreator", |shape| {
            last(shape).replace("{\"shape\":\"string\"", "{\"shape\":\"BackupOptions\"")
        });
        assert_eq!(path, "backup/types/recovery_point_creator.rs");
        assert_snapshot!(lines, @r#"
        /// Says one thing.
        /// Says another.
        pub added_member: Option<rt::BTreeMap<String, String>>,
        }

        impl RecoveryPointCreator {
        /// [`added_member`](field@Self::added_member), empty if absent.
        pub fn added_member(&self) -> &rt::BTreeMap<String, String> {
        rt::map(&self.added_member)
        }
        rt::member("AddedMember"),
        &self.added_member,
        &mut self.added_member,
        "#);
    }

    #[test]
    fn that_no_operation_of_the_slice_reaches_changes_nothing() {
        let model = edited("BackupVaultListMember", last);
        assert_eq!(generate(&model), *UNCHANGED);
    }
}

mod an_enum_value {
    use super::*;

    fn value(at: &'static str) -> impl Fn(&str) -> String {
        move |shape| shape.replacen(at, &format!("\"PAUSED\",{at}"), 1)
    }

    #[test]
    fn in_the_middle() {
        let (path, lines) = gained("BackupJobState", value("\"COMPLETED\""));
        assert_eq!(path, "backup/types/backup_job_state.rs");
        assert_snapshot!(lines, @r#"
        /// `PAUSED`
        Paused,
        Self::Paused,
        Self::Paused => "PAUSED",
        "#);
    }

    #[test]
    fn first_or_last() {
        let middle = gained("BackupJobState", value("\"COMPLETED\""));
        assert_eq!(gained("BackupJobState", value("\"CREATED\"")), middle);
        let last = |shape: &str| shape.replace("\"PARTIAL\"", "\"PARTIAL\",\"PAUSED\"");
        assert_eq!(gained("BackupJobState", last), middle);
    }
}

mod documentation {
    use super::*;

    /// The lines that differ, as `-` and `+`; both texts have as many.
    fn difference(model: &str) -> String {
        let (path, old, new) = changed(model);
        assert_eq!(old.lines().count(), new.lines().count());
        let lines = old.lines().zip(new.lines()).filter(|(old, new)| old != new);
        let lines = lines.map(|(old, new)| format!("\n- {}\n+ {}", old.trim(), new.trim()));
        path + &lines.collect::<String>()
    }

    #[test]
    fn a_changed_sentence_is_a_changed_line() {
        let model = edited("Lifecycle", |shape| {
            shape.replace("Not valid as an input.", "Valid as an output only.")
        });
        assert_snapshot!(difference(&model), @r"
        backup/types/lifecycle.rs
        - /// Not valid as an input.
        + /// Valid as an output only.
        ");
    }

    #[test]
    fn a_changed_sentence_between_others_is_a_changed_line() {
        let model = edited("DescribeBackupJobOutput", |shape| {
            let old = "The value of <code>CreationDate</code> is accurate to milliseconds.";
            assert!(shape.contains(old));
            shape.replace(old, "It is accurate to milliseconds.")
        });
        assert_snapshot!(difference(&model), @r"
        backup/operation/describe_backup_job.rs
        - /// The value of `CreationDate` is accurate to milliseconds.
        + /// It is accurate to milliseconds.
        ");
    }

    #[test]
    fn an_added_sentence_is_an_added_line() {
        let old = "Uniquely identifies a backup plan.";
        let new = "Uniquely identifies a backup plan. Is never reused.";
        let (path, lines) = gained("RecoveryPointCreator", |shape| shape.replace(old, new));
        assert_eq!(path, "backup/types/recovery_point_creator.rs");
        assert_eq!(lines, "/// Is never reused.");
    }

    #[test]
    fn of_an_operation_is_on_its_page_and_begins_the_method_of_the_client() {
        let old = "<p>Returns backup job details for the specified <code>BackupJobId</code>.</p>";
        assert_eq!(MODEL.matches(old).count(), 1);
        let model = MODEL.replace(old, "<p>Tells how a backup job is doing.</p>");
        assert_snapshot!(difference(&model), @r"
        backup/operation/describe_backup_job.rs
        - /// Returns backup job details for the specified `BackupJobId`.
        + /// Tells how a backup job is doing.
        - /// Returns backup job details for the specified `BackupJobId`.
        + /// Tells how a backup job is doing.
        ");
    }
}

mod other_traits {
    use super::*;

    #[test]
    fn a_member_of_an_output_that_becomes_required_keeps_its_type() {
        let (path, old, new) = changed(&edited("DescribeBackupJobOutput", |shape| {
            shape.replacen("\"members\":{", "\"required\":[\"State\"],\"members\":{", 1)
        }));
        assert_eq!(path, "backup/operation/describe_backup_job.rs");
        assert!(new.contains("    pub state: Option<types::BackupJobState>,\n"));
        let expected = old
            .replace(
                "    /// The current state of a backup job.\n",
                "    /// The current state of a backup job.\n    ///\n    /// Required in requests.\n",
            )
            .replace(
                "rt::member(\"State\"),",
                "rt::member(\"State\").required(),",
            );
        assert_eq!(new, expected);
    }

    #[test]
    fn another_shape_is_other_lines_of_the_same_member() {
        let (path, old, new) = changed(&edited("RecoveryPointCreator", |shape| {
            let at = shape.find("\"BackupRuleCron\"").unwrap();
            let (left, right) = shape.split_at(at);
            format!("{left}{}", right.replacen("\"string\"", "\"Long\"", 1))
        }));
        assert_eq!(path, "backup/types/recovery_point_creator.rs");
        let differ: Vec<_> = old
            .lines()
            .zip(new.lines())
            .filter(|(old, new)| old != new)
            .collect();
        assert_eq!(
            differ,
            [(
                "    pub backup_rule_cron: Option<String>,",
                "    pub backup_rule_cron: Option<i64>,"
            )]
        );
    }

    #[test]
    fn another_error_is_a_variant_and_a_file_more() {
        let old = r#""name":"DescribeBackupJob","#;
        let at = MODEL.find(old).unwrap();
        let (left, right) = MODEL.split_at(at);
        let errors = right.replacen(
            "\"errors\":[",
            "\"errors\":[{\"shape\":\"ConflictException\"},",
            1,
        );
        let (before, after) = (&*UNCHANGED, generate(&format!("{left}{errors}")));
        let file = "backup/types/error/conflict_exception.rs";
        assert!(before.get(file).is_none() && after.get(file).is_some());
        let mut lines = Vec::new();
        for (path, text) in before.files() {
            for line in added(text, after.get(path).unwrap_or_default()) {
                lines.push(format!("{path}: {}", line.trim()));
            }
        }
        assert_snapshot!(lines.join("\n"), @r"
        backup/operation/describe_backup_job.rs: /// * [`ConflictException`](error::ConflictException)
        backup/operation/describe_backup_job.rs: /// Backup can't perform the action that you requested until it finishes performing a previous action.
        backup/operation/describe_backup_job.rs: /// Try again later.
        backup/operation/describe_backup_job.rs: ConflictException(rt::Modeled<error::ConflictException>),
        backup/operation/describe_backup_job.rs: .read(Self::ConflictException)
        backup/operation/describe_backup_job.rs: Self::ConflictException(error) => error.meta(),
        backup/operation/describe_backup_job.rs: ConflictException: is_conflict_exception,
        backup/types/error.rs: mod conflict_exception;
        backup/types/error.rs: pub use conflict_exception::ConflictException;
        ");
    }
}
