//! The command line of `cargo xtask models`.

use super::Manifest;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
Examples:
  cargo xtask models status                        what is vendored, and whether there is something newer
  cargo xtask models update                        to the newest botocore
  cargo xtask models add dynamodb GetItem PutItem  two operations of another service
  cargo xtask models verify                        fail if a file is not what was vendored (for CI)

Models come from botocore's sdist on PyPI, through `python3 -m pip` or the program that SMITHEREEN_PIP
names. Sdists are kept in SMITHEREEN_CACHE, else in `smithereen` below XDG_CACHE_HOME or ~/.cache.";

const STATUS_EXAMPLES: &str = "\
Examples:
  cargo xtask models status
  cargo xtask models status --offline    do not ask PyPI

Exit codes: 0 every file is what was vendored (a newer botocore is no fault), 1 one is not, 2 an error.";

const UPDATE_EXAMPLES: &str = "\
Examples:
  cargo xtask models update                         to the newest
  cargo xtask models update --botocore 1.44.5       to this one, older or newer
  cargo xtask models update --from ../botocore-1.44.5.tar.gz
                                                    from an sdist that is here, packed or unpacked
  cargo xtask models update --dry-run               say what would change

Then `cargo xtask codegen` brings the change into the client.
Exit codes: 0 fine, also if nothing is new, 2 an error; then all is as it was.";

const ADD_EXAMPLES: &str = "\
Examples:
  cargo xtask models add backup StartBackupJob      one more operation
  cargo xtask models add dynamodb GetItem PutItem   operations of another service
  cargo xtask models add sso-oidc                   another service, all of it

The model comes from the botocore that is locked already; `update` changes that for all services.
Then `cargo xtask codegen` writes the client.
Exit codes: 0 fine, also if all is there already, 2 an error; then all is as it was.";

const REMOVE_EXAMPLES: &str = "\
Examples:
  cargo xtask models remove backup ListBackupJobs   one operation
  cargo xtask models remove dynamodb                a service

Then `cargo xtask codegen` removes what was generated for it.
Exit codes: 0 fine, 2 an error; then all is as it was.";

const VERIFY_EXAMPLES: &str = "\
Exit codes: 0 every file is what was vendored, 1 one is not, 2 an error.";

const FETCH_EXAMPLES: &str = "\
Examples:
  ls \"$(cargo xtask models fetch)/botocore/data\"

Exit codes: 0 fine, 2 an error.";

#[derive(Debug, ClapArgs)]
pub(crate) struct Models {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What is vendored, from where, and whether it still is what was vendored.
    #[command(after_help = STATUS_EXAMPLES)]
    Status(Status),

    /// Vendor another version of botocore's models, for all services at once.
    ///
    /// Everything is read and checked before the first file is written, and either all of it is
    /// written or nothing. Corrections in `patches.toml` stay, and have to fit the new models.
    #[command(after_help = UPDATE_EXAMPLES)]
    Update(Update),

    /// Add operations, or a service, to the manifest, and vendor its model.
    #[command(after_help = ADD_EXAMPLES)]
    Add(Choice),

    /// Remove operations, or a service and its model.
    #[command(after_help = REMOVE_EXAMPLES)]
    Remove(Choice),

    /// Compare every file with its SHA-256 in models.lock. Needs no network.
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),

    /// Fetch the locked version's sdist, check it, unpack it, and print its folder.
    #[command(after_help = FETCH_EXAMPLES)]
    Fetch(Fetch),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Status {
    /// Do not ask PyPI whether there is something newer.
    #[arg(long)]
    pub offline: bool,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Update {
    /// The version; the newest, if left out.
    #[arg(long, value_name = "VERSION", conflicts_with = "from")]
    pub botocore: Option<String>,

    /// An sdist of botocore on disk: the archive, or the folder that it was unpacked into.
    #[arg(long, value_name = "PATH")]
    pub from: Option<PathBuf>,

    /// Say what would change, and write nothing.
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Choice {
    /// The service, a folder of botocore's data.
    pub service: String,

    /// Its operations; the whole service, if none is named.
    #[arg(value_name = "OPERATION")]
    pub operations: Vec<String>,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Fetch {
    #[command(flatten)]
    pub manifest: Manifest,
}
