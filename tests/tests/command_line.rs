//! `cargo xtask`, run as a process in folders of its own: what it prints, what it exits with, and
//! what it leaves on disk.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;
use tempfile::TempDir;

#[path = "support/xtask.rs"]
mod xtask;

use xtask::XTASK;

const PARROTS: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
    "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
  },
  "operations": {
    "Feed": {
      "name": "Feed", "http": {"method": "POST", "requestUri": "/food"},
      "input": {"shape": "FeedInput"}
    },
    "Greet": {
      "name": "Greet", "http": {"method": "GET", "requestUri": "/greeting"},
      "output": {"shape": "GreetOutput"}
    }
  },
  "shapes": {
    "FeedInput": {"type": "structure", "members": {"Seed": {"shape": "Seed"}}},
    "GreetOutput": {"type": "structure", "members": {"Mood": {"shape": "Mood"}}},
    "Mood": {"type": "string", "enum": ["HAPPY", "SULKY"]},
    "Seed": {"type": "structure", "members": {"Grams": {"shape": "Grams"}}},
    "Grams": {"type": "integer"}
  }
}"#;

const MANIFEST: &str = r#"[crate]
path = "aviary"
name = "aviary"

[services.parrots]
operations = ["Feed", "Greet"]
"#;

/// A folder with a manifest and a model.
struct Project {
    folder: TempDir,
}

/// What a run ends with.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Self { folder };
        project.put("codegen.toml", MANIFEST);
        project.put("models/parrots/2020-01-01/service-2.json", PARROTS);
        project
    }

    /// With its files generated.
    fn generated() -> Self {
        let project = Self::new();
        assert_eq!(project.run(&["codegen"]).code, Some(0));
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(old), "{path} does not say {old}");
        self.put(path, &text.replace(old, new));
    }

    /// The command, with no colours and in the folder of the project.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*XTASK);
        command.args(arguments).current_dir(self.folder.path());
        for variable in ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.finish(self.command(arguments).output().unwrap())
    }

    fn finish(&self, output: Output) -> Run {
        let text = |bytes| {
            let folder = self.folder.path().display().to_string();
            String::from_utf8(bytes)
                .unwrap()
                .replace(&folder, "$FOLDER")
                .replace("aviary\\", "aviary/")
        };
        Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// All files below the folder with their contents, and all folders.
    fn disk(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        walk(self.folder.path(), &mut |path, metadata| {
            let text = match metadata.is_file() {
                true => String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
                false => String::new(),
            };
            found.insert(path.to_owned(), text);
        });
        found
    }

    /// When each file was last written.
    fn times(&self) -> BTreeMap<PathBuf, SystemTime> {
        let mut found = BTreeMap::new();
        walk(self.folder.path(), &mut |path, metadata| {
            if metadata.is_file() {
                found.insert(path.to_owned(), metadata.modified().unwrap());
            }
        });
        found
    }
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path, &fs::Metadata)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        visit(&path, &metadata);
        if metadata.is_dir() {
            walk(&path, visit);
        }
    }
}

/// Times in the last column, which differ from run to run.
fn timeless(table: &str) -> String {
    let lines = table.lines().map(|line| match line.rsplit_once(' ') {
        Some((left, time)) if time.parse::<f64>().is_ok() && time.contains('.') => {
            format!("{} …", left.trim_end())
        }
        _ => line.split_whitespace().collect::<Vec<_>>().join(" "),
    });
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

mod codegen {
    use super::*;

    #[test]
    fn writes_the_files_and_says_what_it_did() {
        let project = Project::new();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_snapshot!(timeless(&run.out), @r"
        service operations shapes files changed unchanged removed ms
        parrots 2 5 7 0 0 …
        (crate) 1 0 0
        ");
        let files: Vec<_> = project
            .disk()
            .into_keys()
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .map(|path| {
                path.strip_prefix(project.path("aviary"))
                    .unwrap()
                    .display()
                    .to_string()
            })
            .collect();
        assert_snapshot!(files.join("\n"), @r"
        src/lib.rs
        src/parrots/mod.rs
        src/parrots/operation/feed.rs
        src/parrots/operation/greet.rs
        src/parrots/operation.rs
        src/parrots/types/mood.rs
        src/parrots/types/seed.rs
        src/parrots/types.rs
        ");
    }

    #[test]
    fn columns_of_numbers_end_at_the_same_place() {
        let run = Project::new().run(&["codegen"]);
        let widths: Vec<_> = run.out.lines().map(|line| line.chars().count()).collect();
        assert_eq!(widths[0], widths[1], "{}", run.out);
    }

    #[test]
    fn a_second_run_touches_nothing() {
        let project = Project::generated();
        let times = project.times();
        let run = project.run(&["codegen"]);
        assert_eq!(run.code, Some(0));
        assert_snapshot!(timeless(&run.out), @r"
        service operations shapes files changed unchanged removed ms
        parrots 2 5 0 7 0 …
        (crate) 0 1 0
        ");
        assert_eq!(project.times(), times);
    }

    #[test]
    fn a_change_touches_only_the_files_that_differ() {
        let project = Project::generated();
        let before = project.times();
        project.edit(
            "models/parrots/2020-01-01/service-2.json",
            "\"SULKY\"",
            "\"SULKY\", \"LOUD\"",
        );
        let run = project.run(&["codegen"]);
        assert_snapshot!(timeless(&run.out), @r"
        service operations shapes files changed unchanged removed ms
        parrots 2 5 1 6 0 …
        (crate) 0 1 0
        ");
        let after = project.times();
        let touched: Vec<_> = after
            .iter()
            .filter(|(path, time)| before.get(*path) != Some(time))
            .collect();
        let mood = project.path("aviary/src/parrots/types/mood.rs");
        let model = project.path("models/parrots/2020-01-01/service-2.json");
        assert_eq!(
            touched.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
            [&mood, &model]
        );
    }

    #[test]
    fn a_file_that_is_generated_no_more_is_removed_with_its_folder() {
        let project = Project::generated();
        project.put(
            "models/finches/2020-01-01/service-2.json",
            &PARROTS.replace("arrots", "inches"),
        );
        project.put("codegen.toml", &MANIFEST.replace("parrots", "finches"));
        let run = project.run(&["codegen"]);
        assert_eq!(run.code, Some(0));
        assert_snapshot!(timeless(&run.out), @r"
        service operations shapes files changed unchanged removed ms
        finches 2 5 7 0 0 …
        (crate) 1 0 7
        ");
        assert!(!project.path("aviary/src/parrots").exists());
        assert!(project.path("aviary/src/finches/mod.rs").exists());
    }

    #[test]
    fn a_file_that_somebody_wrote_stays() {
        let project = Project::generated();
        project.put("aviary/src/parrots/by_hand.rs", "// Mine.\n");
        project.put("aviary/src/notes.txt", "Mine too.\n");
        let disk = project.disk();
        assert_eq!(project.run(&["codegen"]).code, Some(0));
        assert_eq!(project.run(&["codegen", "--check"]).code, Some(0));
        assert_eq!(project.disk(), disk);
    }

    #[test]
    fn the_manifest_is_the_nearest_one_above() {
        let project = Project::new();
        let below = project.path("models/parrots");
        let output = project
            .command(&["codegen"])
            .current_dir(below)
            .output()
            .unwrap();
        let run = project.finish(output);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(project.path("aviary/src/lib.rs").exists());
    }

    #[test]
    fn a_manifest_can_be_named_from_anywhere() {
        let project = Project::new();
        let manifest = project.path("codegen.toml").display().to_string();
        let elsewhere = tempfile::tempdir().unwrap();
        let arguments = ["codegen", "--manifest-path", &manifest];
        let output = project
            .command(&arguments)
            .current_dir(elsewhere.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(project.path("aviary/src/lib.rs").exists());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}

mod check {
    use super::*;

    #[test]
    fn is_fine_if_nothing_has_drifted() {
        let project = Project::generated();
        let disk = project.disk();
        let run = project.run(&["codegen", "--check"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_snapshot!(run.out, @"8 generated files are up to date");
        assert_eq!(project.disk(), disk);
    }

    #[test]
    fn shows_changed_missing_and_orphaned_files_at_once_and_mends_none() {
        let project = Project::generated();
        project.edit(
            "aviary/src/parrots/types/mood.rs",
            "    /// `SULKY`\n",
            "    /// Sulky.\n",
        );
        fs::remove_file(project.path("aviary/src/parrots/operation.rs")).unwrap();
        let header = "// Generated by `cargo xtask codegen` from nothing. Do not edit.\n";
        project.put("aviary/src/parrots/types/cage.rs", header);
        let disk = project.disk();
        let run = project.run(&["codegen", "--check"]);
        assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
        assert_snapshot!(run.out, @r"
        missing  aviary/src/parrots/operation.rs
        orphaned aviary/src/parrots/types/cage.rs
        changed  aviary/src/parrots/types/mood.rs

        --- aviary/src/parrots/operation.rs (on disk)
        +++ aviary/src/parrots/operation.rs (generated)
        @@ -0,0 +1,7 @@
        +// Generated by `cargo xtask codegen` from parrots/2020-01-01/service-2.json. Do not edit.
        +//! The operations, a module each.
        +
        +/// `Feed`.
        +pub mod feed;
        +/// `Greet`.
        +pub mod greet;

        --- aviary/src/parrots/types/cage.rs (on disk)
        +++ aviary/src/parrots/types/cage.rs (generated)
        @@ -1 +0,0 @@
        -// Generated by `cargo xtask codegen` from nothing. Do not edit.

        --- aviary/src/parrots/types/mood.rs (on disk)
        +++ aviary/src/parrots/types/mood.rs (generated)
        @@ -8,5 +8,5 @@
             /// `HAPPY`
             Happy,
        -    /// Sulky.
        +    /// `SULKY`
             Sulky,
             /// A value that the model does not name, as it came.

        3 of 9 generated files are not up to date; mend them with
            cargo xtask codegen
        ");
        assert_eq!(project.disk(), disk);

        assert_eq!(project.run(&["codegen"]).code, Some(0));
        assert_eq!(project.run(&["codegen", "--check"]).code, Some(0));
    }

    #[test]
    fn names_the_command_that_mends_with_the_manifest_that_was_named() {
        let project = Project::new();
        let run = project.run(&["codegen", "--check", "--manifest-path", "./codegen.toml"]);
        assert_eq!(run.code, Some(1));
        let end: Vec<_> = run.out.lines().rev().take(2).collect();
        assert_eq!(
            end[0],
            "    cargo xtask codegen --manifest-path ./codegen.toml"
        );
    }

    #[test]
    fn bounds_what_it_shows_and_says_so() {
        let project = Project::generated();
        let mut text = fs::read_to_string(project.path("aviary/src/lib.rs")).unwrap();
        for line in 0..1000 {
            text.push_str(&format!("// {line}\n"));
        }
        project.put("aviary/src/lib.rs", &text);
        let run = project.run(&["codegen", "--check"]);
        assert_eq!(run.code, Some(1));
        assert!(run.out.lines().count() < 60, "{}", run.out);
        assert!(
            run.out.contains("more lines differ in this file"),
            "{}",
            run.out
        );
    }

    #[test]
    fn an_error_is_no_drift() {
        let project = Project::generated();
        project.put("models/parrots/2020-01-01/service-2.json", "{");
        assert_eq!(project.run(&["codegen", "--check"]).code, Some(2));
    }
}

mod print {
    use super::*;

    #[test]
    fn shows_one_file_and_writes_nothing() {
        let project = Project::new();
        let disk = project.disk();
        let run = project.run(&["codegen", "--print", "parrots/types/mood.rs"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(
            run.out
                .starts_with("// Generated by `cargo xtask codegen` from "),
            "{}",
            run.out
        );
        assert!(run.out.contains("pub enum Mood {"), "{}", run.out);
        assert_eq!(project.disk(), disk);
        // As the shell completes it, the path is as good.
        for path in [
            "aviary/src/parrots/types/mood.rs",
            "./aviary/src/parrots/types/mood.rs",
        ] {
            assert_eq!(
                project.run(&["codegen", "--print", path]).out,
                run.out,
                "{path}"
            );
        }
    }

    #[test]
    fn is_what_would_be_written() {
        let project = Project::generated();
        let run = project.run(&["codegen", "--print", "lib.rs"]);
        assert_eq!(
            run.out,
            fs::read_to_string(project.path("aviary/src/lib.rs")).unwrap()
        );
    }

    #[test]
    fn of_an_unknown_path_says_which_there_are() {
        let run = Project::new().run(&["codegen", "--print", "parrots/types/mod.rs"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @r"
        error: no generated file `parrots/types/mod.rs`
          help: the files are
            lib.rs
            parrots/mod.rs
            parrots/operation.rs
            parrots/operation/feed.rs
            parrots/operation/greet.rs
            parrots/types.rs
            parrots/types/mood.rs
            parrots/types/seed.rs
        ");
    }

    #[test]
    fn and_check_exclude_each_other() {
        let run = Project::new().run(&["codegen", "--check", "--print", "lib.rs"]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("cannot be used with"), "{}", run.err);
    }
}

mod list {
    use super::*;

    #[test]
    fn shows_the_services() {
        let run = Project::new().run(&["list"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_snapshot!(run.out, @r"
        service  operations     version  name
        parrots           2  2020-01-01  Parrots
        ");
    }

    #[test]
    fn shows_the_operations_of_a_service() {
        let run = Project::new().run(&["list", "parrots"]);
        assert_eq!(run.code, Some(0));
        assert_snapshot!(run.out, @r"
        operation  method  uri
        Feed       POST    /food
        Greet      GET     /greeting
        ");
    }

    #[test]
    fn shows_the_shapes_that_an_operation_needs_and_why() {
        let run = Project::new().run(&["list", "parrots", "Feed"]);
        assert_eq!(run.code, Some(0));
        assert_snapshot!(run.out, @r"
        shape      type       because of
        FeedInput  structure  Feed input
        Grams      integer    Seed.Grams
        Seed       structure  FeedInput.Seed
        ");
    }

    #[test]
    fn shows_what_describe_backup_job_needs() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../codegen.toml");
        let run = Project::new().run(&[
            "list",
            "backup",
            "DescribeBackupJob",
            "--manifest-path",
            manifest,
        ]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_snapshot!(run.out, @r"
        shape                           type       because of
        ARN                             string     DescribeBackupJobOutput.BackupVaultArn
        AccountId                       string     DescribeBackupJobOutput.AccountId
        BackupJobChildJobsInState       map        DescribeBackupJobOutput.ChildJobsInState
        BackupJobState                  enum       DescribeBackupJobOutput.State
        BackupOptionKey                 string     BackupOptions{key}
        BackupOptionValue               string     BackupOptions{}
        BackupOptions                   map        DescribeBackupJobOutput.BackupOptions
        BackupVaultName                 string     DescribeBackupJobOutput.BackupVaultName
        Boolean                         boolean    Lifecycle.OptInToArchiveForSupportedResources
        DependencyFailureException      error      DescribeBackupJob error
        DescribeBackupJobInput          structure  DescribeBackupJob input
        DescribeBackupJobOutput         structure  DescribeBackupJob output
        IAMRoleArn                      string     DescribeBackupJobOutput.IamRoleArn
        InvalidParameterValueException  error      DescribeBackupJob error
        Lifecycle                       structure  DescribeBackupJobOutput.RecoveryPointLifecycle
        LifecycleDeleteAfterEvent       enum       Lifecycle.DeleteAfterEvent
        Long                            long       DescribeBackupJobOutput.BackupSizeInBytes
        MissingParameterValueException  error      DescribeBackupJob error
        RecoveryPointCreator            structure  DescribeBackupJobOutput.CreatedBy
        ResourceNotFoundException       error      DescribeBackupJob error
        ResourceType                    string     DescribeBackupJobOutput.ResourceType
        ServiceUnavailableException     error      DescribeBackupJob error
        boolean                         boolean    DescribeBackupJobOutput.IsEncrypted
        string                          string     DescribeBackupJobInput.BackupJobId
        timestamp                       timestamp  DescribeBackupJobOutput.CreationDate
        ");
    }

    #[test]
    fn of_a_misspelt_service_has_a_near_miss() {
        let run = Project::new().run(&["list", "parots"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @r"
        error: no model of a service `parots`
          help: did you mean `parrots`?
        ");
    }

    #[test]
    fn of_a_misspelt_operation_has_a_near_miss() {
        let run = Project::new().run(&["list", "parrots", "Fed"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @r"
        error: no operation `Fed` in parrots
          --> models/parrots/2020-01-01/service-2.json
          help: did you mean `Feed`?
        ");
    }
}

mod mistakes {
    use super::*;

    /// Runs `codegen` with one thing changed, which has to fail and change nothing.
    fn mistake(old: &str, new: &str) -> String {
        let project = Project::generated();
        project.edit("codegen.toml", old, new);
        fails(&project)
    }

    fn fails(project: &Project) -> String {
        let (disk, times) = (project.disk(), project.times());
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_eq!(project.disk(), disk);
        assert_eq!(project.times(), times);
        run.err
    }

    #[test]
    fn a_misspelt_service_has_its_place_and_a_near_miss() {
        assert_snapshot!(mistake("services.parrots", "services.parots"), @r"
        error: no model of a service `parots`
          --> codegen.toml:5:11
          help: did you mean `parrots`?
        ");
    }

    #[test]
    fn a_misspelt_operation_has_its_place_and_a_near_miss() {
        assert_snapshot!(mistake("\"Greet\"", "\"Greets\""), @r"
        error: no operation `Greets` in parrots
          --> codegen.toml:6:23
          help: did you mean `Greet`?
        ");
    }

    #[test]
    fn a_misspelt_key_has_its_place_and_a_near_miss() {
        assert_snapshot!(mistake("operations =", "operation ="), @"
        error: unknown key `operation`
          --> codegen.toml:6:1
          help: did you mean `operations`?
        ");
    }

    #[test]
    fn text_that_is_no_toml_has_its_place() {
        assert_snapshot!(mistake("[crate]", "[crate"), @r"
        error: unclosed table, expected `]`
          --> codegen.toml:1:7
        ");
    }

    #[test]
    fn all_mistakes_are_shown_at_once() {
        let project = Project::generated();
        project.edit("codegen.toml", "\"Feed\", \"Greet\"", "\"Fed\", \"Gret\"");
        project.edit("codegen.toml", "name =", "nam =");
        let manifest = fails(&project);
        assert_snapshot!(manifest, @r"
        error: unknown key `nam`
          --> codegen.toml:3:1
          help: did you mean `name`?
        ");
        project.edit("codegen.toml", "nam =", "name =");
        assert_snapshot!(fails(&project), @r"
        error: no operation `Fed` in parrots
          --> codegen.toml:6:15
          help: did you mean `Feed`?

        error: no operation `Gret` in parrots
          --> codegen.toml:6:22
          help: did you mean `Greet`?

        2 errors; nothing was written
        ");
    }

    #[test]
    fn a_manifest_that_is_not_there_has_its_path_and_a_help() {
        let project = Project::new();
        fs::remove_file(project.path("codegen.toml")).unwrap();
        assert_snapshot!(fails(&project), @r"
        error: cannot read the manifest: No such file or directory (os error 2)
          --> codegen.toml
          help: name another one with --manifest-path
        ");
    }

    #[test]
    fn a_model_that_is_not_there_says_which_there_are() {
        let project = Project::generated();
        fs::remove_dir_all(project.path("models/parrots")).unwrap();
        project.put("models/owls/2020-01-01/service-2.json", PARROTS);
        assert_snapshot!(fails(&project), @r"
        error: no model of a service `parrots`
          --> codegen.toml:5:11
          help: the models here are: owls
        ");
    }

    #[test]
    fn a_broken_model_has_its_place_and_leaves_the_disk_as_it_was() {
        let project = Project::generated();
        let model = "models/parrots/2020-01-01/service-2.json";
        project.edit(model, "{\"type\": \"integer\"}", "{\"type\": \"intger\"}");
        assert_snapshot!(fails(&project), @r"
        error: unknown variant `intger`, expected one of `structure`, `list`, `map`, `string`, `character`, `boolean`, `integer`, `long`, `float`, `double`, `timestamp`, `blob`
          --> models/parrots/2020-01-01/service-2.json:22:30 at /shapes/Grams/type
          help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
        ");
    }

    #[test]
    fn a_shape_that_is_not_there_has_its_path() {
        let project = Project::generated();
        let model = "models/parrots/2020-01-01/service-2.json";
        project.edit(model, "{\"shape\": \"Grams\"}", "{\"shape\": \"Gram\"}");
        assert_snapshot!(fails(&project), @r"
        error: the model has no shape `Gram`, to which this refers
          --> models/parrots/2020-01-01/service-2.json:21:66 at /shapes/Seed/members/Grams/shape
          help: did you mean `Grams`?
        ");
    }

    #[test]
    fn an_unknown_command_or_option_is_an_error() {
        let project = Project::new();
        for arguments in [&["codgen"][..], &["codegen", "--chek"], &[]] {
            assert_eq!(project.run(arguments).code, Some(2), "{arguments:?}");
        }
    }
}

mod what_is_in_the_way {
    use super::*;

    #[test]
    fn a_file_that_somebody_wrote_is_refused_and_nothing_is_written() {
        let project = Project::new();
        project.put("aviary/src/parrots/types.rs", "//! Mine.\n");
        let disk = project.disk();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @r"
        error: a file that was not generated is where a generated one has to go
          --> aviary/src/parrots/types.rs
          help: move it, or name another `path` in the manifest
        ");
        assert_eq!(project.disk(), disk);
        assert_eq!(project.run(&["codegen", "--check"]).code, Some(2));
    }

    #[test]
    fn a_folder_where_a_file_must_go_leaves_everything_as_it_was() {
        let project = Project::new();
        fs::create_dir_all(project.path("aviary/src/parrots/types.rs")).unwrap();
        let disk = project.disk();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(
            run.err.contains("aviary/src/parrots/types.rs"),
            "{}",
            run.err
        );
        assert_eq!(project.disk(), disk);
    }

    #[test]
    fn a_file_where_a_folder_must_go_leaves_everything_as_it_was() {
        let project = Project::new();
        project.put("aviary/src/parrots/types", "Mine.\n");
        let disk = project.disk();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains("aviary/src/parrots/types"), "{}", run.err);
        assert_eq!(project.disk(), disk);
    }

    /// What is behind a link could be anything, also if there is nothing behind it yet.
    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_before_anything_is_written() {
        let project = Project::generated();
        project.edit(
            "models/parrots/2020-01-01/service-2.json",
            "\"SULKY\"",
            "\"SULKY\", \"LOUD\"",
        );
        project.edit(
            "models/parrots/2020-01-01/service-2.json",
            "\"Parrots\"",
            "\"Parakeets\"",
        );
        let types = project.path("aviary/src/parrots/types");
        fs::remove_dir_all(&types).unwrap();
        fs::remove_file(project.path("aviary/src/parrots/operation/feed.rs")).unwrap();
        std::os::unix::fs::symlink("nowhere/at/all", &types).unwrap();
        let disk = project.disk();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_snapshot!(run.err, @"
        error: a link is where generated code has to go
          --> aviary/src/parrots/types
          help: remove it: what is behind it could be anything
        ");
        assert_eq!(project.disk(), disk);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_written_leaves_everything_as_it_was() {
        use std::os::unix::fs::PermissionsExt;
        let project = Project::generated();
        project.edit(
            "models/parrots/2020-01-01/service-2.json",
            "\"SULKY\"",
            "\"SULKY\", \"LOUD\"",
        );
        project.edit(
            "models/parrots/2020-01-01/service-2.json",
            "\"Parrots\"",
            "\"Parakeets\"",
        );
        let last = project.path("aviary/src/parrots/types/mood.rs");
        fs::set_permissions(&last, fs::Permissions::from_mode(0o444)).unwrap();
        if fs::OpenOptions::new().write(true).open(&last).is_ok() {
            eprintln!("skipped: this user may write what is read-only");
            return;
        }
        let disk = project.disk();
        let run = project.run(&["codegen"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains("mood.rs"), "{}", run.err);
        assert_eq!(project.disk(), disk);
    }
}

mod colours {
    use super::*;

    fn escapes(command: &mut Command) -> bool {
        let output = command.output().unwrap();
        [output.stdout, output.stderr].concat().contains(&0x1b)
    }

    #[test]
    fn are_off_where_there_is_no_terminal() {
        let project = Project::new();
        for arguments in [&["codegen", "--check"][..], &["list"], &["list", "parots"]] {
            assert!(!escapes(&mut project.command(arguments)), "{arguments:?}");
        }
    }

    #[test]
    fn are_off_with_no_color() {
        let project = Project::new();
        for arguments in [&["codegen", "--check"][..], &["list"], &["list", "parots"]] {
            assert!(
                !escapes(project.command(arguments).env("NO_COLOR", "1")),
                "{arguments:?}"
            );
        }
    }

    #[test]
    fn can_be_forced() {
        let project = Project::new();
        assert!(escapes(
            project.command(&["list"]).env("CLICOLOR_FORCE", "1")
        ));
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error_to_report() {
    let project = Project::new();
    let mut command = project.command(&["codegen", "--print", "lib.rs"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn help_shows_the_exit_codes_and_examples() {
    let project = Project::new();
    let run = project.run(&["codegen", "--help"]);
    assert_eq!(run.code, Some(0));
    for text in [
        "--check",
        "--print <PATH>",
        "--manifest-path <PATH>",
        "Examples:",
        "Exit codes: ",
    ] {
        assert!(run.out.contains(text), "{text}: {}", run.out);
    }
}

#[test]
fn graph_draws_the_operations_of_the_manifest() {
    let project = Project::new();
    let run = project.run(&["graph", "parrots"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("flowchart LR"), "{}", run.out);
    assert!(
        run.out.contains("op_Feed -->|\"input\"| s_FeedInput"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("s_GreetOutput -->|\"Mood\"| s_Mood"),
        "{}",
        run.out
    );
    let one = project.run(&["graph", "parrots", "Greet"]);
    assert!(
        !one.out.contains("Feed") && one.out.contains("Greet"),
        "{}",
        one.out
    );
}

#[test]
fn graph_writes_to_a_file_and_says_what() {
    let project = Project::new();
    let run = project.run(&["graph", "parrots", "--format", "svg", "--output", "it.svg"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.out,
        "it.svg: 2 operations and 4 shapes in 6 boxes with 4 lines\n"
    );
    let svg = fs::read_to_string(project.path("it.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
}

#[test]
fn graph_marks_what_has_changed_since_other_models() {
    let project = Project::new();
    let old = PARROTS.replace(r#", "SULKY""#, "");
    project.put("before/parrots/2020-01-01/service-2.json", &old);
    let run = project.run(&["graph", "parrots", "--old", "before", "--changed"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(
        run.out.contains("HAPPY<br/>+ SULKY\"):::changed"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("Seed"), "{}", run.out);
    let same = project.run(&["graph", "parrots", "--old", "models"]);
    assert_eq!(same.code, Some(0));
    assert_eq!(same.err, "no change to these operations and their shapes\n");
}

#[test]
fn graph_explains_what_it_cannot_draw_or_write() {
    let project = Project::new();
    let error = |arguments: &[&str]| {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        run.err
    };
    let errors = [
        error(&["graph", "parots"]),
        error(&["graph", "parrots", "Gret"]),
        error(&["graph", "parrots", "--output", "no/such/folder.svg"]),
    ];
    assert_snapshot!(errors.concat(), @r##"
    error: no model of a service `parots` in the work tree
      help: did you mean `parrots`?
    error: no operation `Gret` in parrots
      help: did you mean `Greet`?
    error: cannot write: No such file or directory (os error 2)
      --> no/such/folder.svg
    "##);
}
