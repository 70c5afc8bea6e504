//! `cargo xtask`: generate the clients, check that they are up to date, look at the models.

mod args;
mod codegen;
mod corpus;
mod diff;
mod graph;
mod list;
mod models;
mod output;

use clap::Parser;
use std::process::ExitCode;

/// Generating is making many small strings; this takes a seventh off the time of all of AWS.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Whatever else asks for colours.
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        console::set_colors_enabled(false);
        console::set_colors_enabled_stderr(false);
    }
    let args = args::Args::parse();
    let outcome = match args.command {
        args::Command::Codegen(options) => codegen::run(&options),
        args::Command::List(options) => list::run(&options),
        args::Command::Corpus(options) => corpus::run(&options),
        args::Command::Diff(options) => diff::run(&options),
        args::Command::Models(options) => models::run(&options),
        args::Command::Graph(options) => graph::run(&options),
    };
    match outcome {
        Ok(output::Outcome::Fine) => ExitCode::SUCCESS,
        Ok(output::Outcome::Drift | output::Outcome::Changes) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(2)
        }
    }
}
