//! `cargo xtask`: generate the clients, check that they are up to date, look at the models.

mod args;
mod codegen;
mod list;
mod output;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let outcome = match args.command {
        args::Command::Codegen(options) => codegen::run(&options),
        args::Command::List(options) => list::run(&options),
    };
    match outcome {
        Ok(output::Outcome::Fine) => ExitCode::SUCCESS,
        Ok(output::Outcome::Drift) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(2)
        }
    }
}
