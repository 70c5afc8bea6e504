//! The arguments of `cargo xtask diff`.

use super::Manifest;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
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
