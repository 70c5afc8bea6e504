//! The same input through botocore and through the client: the same request. The same response
//! through both: the same answer. Every operation of AWS Backup, with random inputs and responses.
//!
//! The random numbers are the same in every run. `SMITHEREEN_ORACLE_SEED` makes them others, and
//! `SMITHEREEN_ORACLE_CASES` is the number of inputs and of responses of an operation, 8 unless it
//! is set. A difference is shrunk to a smallest one, and shown with both sides.
//!
//! What is different, and stays so:
//!
//! | | botocore | here | because |
//! | --- | --- | --- | --- |
//! | fractions of a second in a query | always six digits | as many as say something | RFC 3339 has any number |
//! | null in a list or a map of responses | None, False for a boolean, an exception for a number | passed over | Smithy: neither is sparse |
//! | an error without a message | an empty message | none | there is none |
//! | a fault of the server without a body | named by its status | named by its header | Smithy: the header names it |
//!
//! The first three are made equal in `compare`; `random` leaves out what the second raises, and the last.

// What tests may do, their helpers may do too.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod botocore;
mod compare;
#[path = "../support/environment.rs"]
mod environment;
mod model;
mod operations;
mod random;

use botocore::Botocore;
use environment::Shared;
use libtest_mimic::{Arguments, Failed};
use model::Model;
use operations::{Entry, OPERATIONS};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::env;
use std::fmt::Debug;
use std::process::ExitCode;

/// Both sides of every comparison, and the model.
struct Bench {
    botocore: Botocore,
    model: Model,
}

fn main() -> ExitCode {
    let bench = Shared::new(|python| {
        Ok(Bench {
            botocore: Botocore::start(python)?,
            model: Model::read(),
        })
    });
    let mut trials = Vec::new();
    for entry in OPERATIONS {
        let name = entry.name;
        trials.push(bench.trial(format!("requests::{name}"), |bench| requests(bench, entry)));
        trials.push(bench.trial(format!("responses::{name}"), |bench| {
            responses(bench, entry)
        }));
    }
    trials.push(bench.trial("every_operation_is_here", |bench| {
        let here: Vec<&str> = OPERATIONS.iter().map(|entry| entry.name).collect();
        assert_eq!(here, bench.model.operations());
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The same input, the same request.
fn requests(bench: &Bench, entry: &Entry) -> Result<(), Failed> {
    let inputs = random::input(&bench.model, entry.name);
    run(entry.name, inputs, |input| {
        let ours = (entry.request)(input.clone())?;
        let theirs = bench.botocore.request(entry.name, &input)?;
        compare::requests(&bench.model, entry.name, &ours, &theirs)
            .map_err(|difference| format!("{difference}\nfor the input\n{input:#}"))
    })
}

/// The same response, the same answer.
fn responses(bench: &Bench, entry: &Entry) -> Result<(), Failed> {
    let responses = random::response(&bench.model, entry.name);
    run(entry.name, responses, |response| {
        let ours = (entry.response)(response.http());
        let theirs = bench.botocore.response(entry.name, &response)?;
        compare::answers(&bench.model, entry.name, &ours, &theirs)
            .map_err(|difference| format!("{difference}\nfor the response\n{response}"))
    })
}

/// Runs a comparison of an operation with random values.
fn run<T: Debug>(
    operation: &str,
    values: impl Strategy<Value = T>,
    comparison: impl Fn(T) -> Result<(), String>,
) -> Result<(), Failed> {
    let config = Config {
        cases: number("SMITHEREEN_ORACLE_CASES").unwrap_or(8),
        failure_persistence: None,
        ..Config::default()
    };
    // Each operation has numbers of its own, whichever others run.
    let mut seed = [0; 32];
    for (index, byte) in operation.bytes().enumerate() {
        seed[index % 28] ^= byte.rotate_left(u32::try_from(index / 28)?);
    }
    let variation = number("SMITHEREEN_ORACLE_SEED").unwrap_or(0);
    seed[28..].copy_from_slice(&variation.to_be_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&values, |value| {
        comparison(value).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => Ok(()),
        // The reason shows the value, and better than its `Debug`.
        Err(TestError::Fail(reason, _)) => Err(reason.message().into()),
        Err(TestError::Abort(reason)) => Err(format!("given up: {reason}").into()),
    }
}

/// The number in this variable, if it is set.
fn number(variable: &str) -> Option<u32> {
    let value = env::var(variable).ok()?;
    let number = value.parse();
    Some(number.unwrap_or_else(|_| panic!("{variable} is `{value}`, and not a number")))
}
