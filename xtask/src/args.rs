//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Smithereen: the piece of an AWS SDK that you use.
///
/// Reads AWS's service models, keeps the operations that `codegen.toml` names, and writes a small
/// typed client crate to check in and review.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 fine, 1 drift (codegen --check) or a change that counts (diff --fail-on), 2 an error.
Colours follow the terminal; NO_COLOR turns them off.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate the clients that the manifest asks for.
    ///
    /// Touches only the files that differ, and removes generated files that are generated no more.
    /// If anything is wrong, nothing on disk changes.
    #[command(after_help = CODEGEN_EXAMPLES)]
    Codegen(Codegen),

    /// Show the services, a service's operations, or the shapes that an operation needs.
    #[command(after_help = LIST_EXAMPLES)]
    List(List),

    /// Show what changed between two sides, and what it means for callers.
    ///
    /// A side is a folder of models, a version of botocore, a git revision, or `work-tree`.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
}

const CODEGEN_EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                    write the files
  cargo xtask codegen --check            fail, with a diff, if they are not up to date (for CI)
  cargo xtask codegen --print backup/types/lifecycle.rs
                                         show one file, write nothing

Exit codes: 0 fine, 1 drift (--check), 2 an error.";

const LIST_EXAMPLES: &str = "\
Examples:
  cargo xtask list                              services
  cargo xtask list backup                       operations of AWS Backup
  cargo xtask list backup DescribeBackupJob     each shape that it needs, and why";

const DIFF_EXAMPLES: &str = "\
Examples:
  cargo xtask diff                            what has changed since the last commit
  cargo xtask diff main --fail-on breaking    since main; exit with 1 if something may break
  cargo xtask diff 1.43.65 1.43.66            between two versions of botocore
  cargo xtask diff 1.43.65 1.43.66 --service sqs --all
                                              all of a service that the manifest does not name
  cargo xtask diff main --format markdown --output body.md
                                              for the body of a pull request

Levels, the worst first:
  unhandled   a change that is not understood here, which may be any of the others
  breaking    source that compiled may not, or a request that was accepted may be refused
  behaviour   the same source does something else on the wire
  additive    something more that can be used
  docs        only documentation

Exit codes: 0 fine, 1 a change of the level of --fail-on or worse, 2 an error.";

#[derive(Debug, ClapArgs)]
pub(crate) struct Diff {
    /// The side before.
    #[arg(default_value = "HEAD")]
    pub old: String,

    /// The side after.
    #[arg(default_value = "work-tree")]
    pub new: String,

    /// Only this service; can be given more than once.
    #[arg(long = "service", value_name = "NAME")]
    pub services: Vec<String>,

    /// All operations of the services, not only those of the manifest.
    #[arg(long)]
    pub all: bool,

    /// Every service of both sides, with all operations.
    #[arg(long, conflicts_with_all = ["services", "all"])]
    pub all_services: bool,

    /// How to show it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,

    /// Into this file, not to standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Exit with 1 if there is a change of this level, or a worse one; `unhandled` is always worse.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Show only changes of this level, and worse ones.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub level: Option<Shown>,

    /// Which changes to ignore, by fingerprint.
    ///
    /// Without this, `diff-ignore.toml` beside the manifest, if it is there.
    #[arg(long, value_name = "FILE")]
    pub ignore: Option<PathBuf>,

    #[command(flatten)]
    pub manifest: Manifest,
}

/// How a comparison is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// For the body of a pull request.
    Markdown,
    /// For programs; docs/diff.schema.json describes it.
    Json,
    /// Annotations, as workflow commands of GitHub.
    Github,
    /// Only how the version should move: major, minor, patch or none.
    Bump,
}

/// What can fail a run.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    Breaking,
    Behaviour,
    Additive,
}

/// What can be asked for alone.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shown {
    Unhandled,
    Breaking,
    Behaviour,
    Additive,
    Docs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Codegen {
    /// Write nothing; fail if a file is changed, missing or orphaned, and show the difference.
    #[arg(long, conflicts_with = "print")]
    pub check: bool,

    /// Write nothing; print this one generated file, named relative to the crate's `src`.
    #[arg(long, value_name = "PATH")]
    pub print: Option<String>,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct List {
    /// A service, to see its operations.
    pub service: Option<String>,

    /// An operation of the service, to see the shapes that it needs.
    pub operation: Option<String>,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Manifest {
    /// The manifest. Paths in it are relative to its folder.
    ///
    /// Without this, the `codegen.toml` of the current folder or the nearest one above.
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
}

impl Manifest {
    /// The manifest's path, which need not exist.
    pub fn path(&self) -> PathBuf {
        const NAME: &str = "codegen.toml";
        if let Some(path) = &self.manifest_path {
            return path.clone();
        }
        let Ok(here) = std::env::current_dir() else {
            return PathBuf::from(NAME);
        };
        if here.join(NAME).is_file() {
            // Relative, so that messages are short.
            return PathBuf::from(NAME);
        }
        let mut above = here.ancestors().map(|folder| folder.join(NAME));
        above
            .find(|path| path.is_file())
            .unwrap_or_else(|| PathBuf::from(NAME))
    }
}
