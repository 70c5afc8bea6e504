//! Every case of the protocol vectors: a request from each input, an output or error from each response.

mod bodies;
mod excused;
mod input;
mod output;

use libtest_mimic::Arguments;
use smithereen_conformance::page::{self, Ran};
use smithereen_conformance::vectors::{Case, Suite, suites};
use smithereen_conformance::{OPERATIONS, Operation, REFUSED};
use std::process::ExitCode;
use std::sync::Arc;

/// What a case comes to.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let ran: Vec<Ran> = match suites() {
        Ok(files) => files
            .iter()
            .flat_map(|(file, suites)| of_file(file, suites))
            .collect(),
        Err(error) => {
            eprintln!("the vectors cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let trials = page::trials(&Arc::new(ran), excused::EXCUSED, "protocols");
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn of_file(file: &str, suites: &[Suite]) -> Vec<Ran> {
    let mut ran = Vec::new();
    for (index, suite) in suites.iter().enumerate() {
        let mut operations = Vec::new();
        for (position, case) in suite.cases.iter().enumerate() {
            if !operations.contains(&&case.given) {
                operations.push(&case.given);
            }
            let operation = operations.iter().position(|given| **given == case.given);
            let id = format!("{file}/{index}/{}", operation.unwrap_or_default());
            let name = match &case.id {
                Some(id) => format!("{file}/{id}"),
                None => format!("{file}/{index}/{position}"),
            };
            ran.push(Ran {
                group: format!("`{file}`"),
                name,
                outcome: outcome(suite, case, &id),
            });
        }
    }
    ran
}

fn outcome(suite: &Suite, case: &Case, id: &str) -> Outcome {
    if let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == id) {
        return Err(format!("not generated: {reason}"));
    }
    let operation = OPERATIONS.iter().find(|(of, _)| *of == id);
    let operation: &dyn Operation = operation.ok_or("there is no such operation")?.1;
    match (&case.serialized, &case.response) {
        (Some(expected), None) => input::check(suite, case, expected, operation),
        (None, Some(response)) => output::check(suite, case, response, operation),
        _ => Err("neither a request nor a response".to_owned()),
    }
}
