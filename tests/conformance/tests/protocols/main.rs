//! Every case of the protocol vectors: a request from each input, an output or error from each response.

mod bodies;
mod excused;
mod input;
mod output;
mod page;

use libtest_mimic::{Arguments, Failed, Trial};
use smithereen_conformance::vectors::{Case, Suite, suites};
use smithereen_conformance::{OPERATIONS, Operation, REFUSED};
use std::process::ExitCode;
use std::sync::Arc;

/// What a case comes to.
type Outcome = Result<(), String>;

/// A case that has run.
struct Ran {
    /// The file of its suite.
    file: String,
    /// `input/rest-xml/BodyWithXmlName`, or with the positions of suite and case.
    name: String,
    outcome: Outcome,
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Other harnesses take it, and it changes nothing here.
    arguments.nocapture = false;
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
    let ran = Arc::new(ran);
    let mut trials: Vec<Trial> = (0..ran.len())
        .map(|index| {
            let all = Arc::clone(&ran);
            Trial::test(ran[index].name.clone(), move || verdict(&all[index]))
        })
        .collect();
    trials.push(Trial::test("every_excuse_is_of_a_case", {
        let ran = Arc::clone(&ran);
        move || excused::all_are_of_cases(&ran).map_err(Failed::from)
    }));
    trials.push(Trial::test("the_page_has_the_table", move || {
        page::check(&ran).map_err(Failed::from)
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A case passes, or it is excused and does not.
fn verdict(ran: &Ran) -> Result<(), Failed> {
    match (&ran.outcome, excused::reason(&ran.name)) {
        (Ok(()), None) | (Err(_), Some(_)) => Ok(()),
        (Err(problem), None) => Err(problem.into()),
        (Ok(()), Some(_)) => Err("it passes: take it off the list of excuses".into()),
    }
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
            let file = file.to_owned();
            let outcome = outcome(suite, case, &id);
            ran.push(Ran {
                file,
                name,
                outcome,
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
