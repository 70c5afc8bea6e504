//! The command line.

pub(crate) mod diff;
pub(crate) mod models;

use clap::{Args as ClapArgs, Parser, Subcommand};
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
Exit codes: 0 fine, 1 something is not as it should be (codegen --check, models status and verify,
diff --fail-on), 2 an error.
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

    /// Generate every model of a botocore, all operations of each, to see that it can be done.
    #[command(after_help = CORPUS_EXAMPLES)]
    Corpus(Corpus),

    /// Show what changed between two sides, and what it means for callers.
    ///
    /// A side is a folder of models, a version of botocore, a git revision, or `work-tree`.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Diff),
    /// Where the models come from: look, verify, update, add, remove.
    #[command(after_help = models::EXAMPLES)]
    Models(models::Models),

    /// Draw operations, the shapes that they need, and the members that connect them.
    ///
    /// Boxes are operations, structures, unions and enums; lists, maps and scalars are types of
    /// members. With --old, what is added, removed or changed is marked.
    #[command(after_help = crate::graph::EXAMPLES)]
    Graph(crate::graph::Graph),
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

const CORPUS_EXAMPLES: &str = "\
Examples:
  cargo xtask corpus --botocore botocore-1.44.5
                                      generate all models into target/corpus
  cargo xtask corpus --botocore botocore-1.44.5 --service ec2 --service s3 --newest --compile
                                      and compile, lint and document these two

Exit codes: 0 fine, 1 a model fails, 2 an error.";

#[derive(Debug, ClapArgs)]
pub(crate) struct Corpus {
    /// An unpacked source distribution of botocore, or `botocore/data` in it.
    #[arg(long, value_name = "PATH")]
    pub botocore: PathBuf,

    /// Only this service, as its folder is called; may be given more than once.
    #[arg(long = "service", value_name = "NAME")]
    pub services: Vec<String>,

    /// Only the newest version of each service.
    #[arg(long)]
    pub newest: bool,

    /// Build, lint and document each as well, by the lints of this project, to which any warning
    /// is an error. What has passed is not compiled again until something in its crate changes.
    #[arg(long)]
    pub compile: bool,

    /// The folder to generate into, a crate for each model.
    #[arg(long, value_name = "PATH", default_value = "target/corpus")]
    pub out: PathBuf,

    /// How many at a time; as many as there are cores if left out, and one with `--compile`.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

    #[command(flatten)]
    pub manifest: Manifest,
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
