//! The same input through botocore and through the client: the same request. The same response
//! through both: the same answer. Every operation of AWS Backup, and random operations of random services in all
//! protocols, with random inputs and responses.
//!
//! The random numbers are the same in every run. `SMITHEREEN_ORACLE_SEED` makes them others, and
//! `SMITHEREEN_ORACLE_CASES` is the number of inputs and of responses of an operation, 8 unless it
//! is set. A difference is shrunk to a smallest one, and shown with its place.
//!
//! The operations are those of `tests/differential`; `docs/conformance.md` has how others are compared, and what is
//! different and stays so. That is made equal in `compare` and `said`; `random` and `response` leave out what botocore
//! raises an exception for.

// What tests may do, their helpers may do too.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod botocore;
mod compare;
#[path = "../support/environment.rs"]
mod environment;
mod model;
mod random;
mod response;
mod said;

use botocore::Botocore;
use environment::Shared;
use libtest_mimic::{Arguments, Failed};
use model::Model;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use smithereen_differential::{Entry, OPERATIONS, operations};
use std::env;
use std::fmt::Debug;
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/operations.rs"));

fn main() -> ExitCode {
    let botocore = Shared::new(Botocore::start);
    let mut trials = Vec::new();
    for entry in BACKUP.iter().chain(OPERATIONS) {
        let name = format!("{}::{}::{}", entry.service, entry.protocol, entry.name);
        if random::has_inputs(Model::operation_of(entry)) {
            let test = |botocore: &Botocore| requests(botocore, entry);
            trials.push(botocore.trial(format!("requests::{name}"), test));
        }
        let test = |botocore: &Botocore| responses(botocore, entry);
        trials.push(botocore.trial(format!("responses::{name}"), test));
    }
    trials.push(botocore.trial("every_operation_of_backup_is_here", |_| {
        let here: Vec<&str> = BACKUP.iter().map(|entry| entry.name).collect();
        assert_eq!(here, Model::read(BACKUP[0].model).operations());
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The same input, the same request.
fn requests(botocore: &Botocore, entry: &'static Entry) -> Result<(), Failed> {
    let operation = Model::operation_of(entry);
    run(entry, random::input(operation), |input| {
        let ours = (entry.request)(&input);
        let theirs = botocore.request(entry, operation.key, &input);
        ours.and_then(|ours| compare::requests(operation, &ours, &theirs?))
            .map_err(|difference| format!("{difference}\nfor the input\n{input:#}"))
    })
}

/// The same response, the same answer.
fn responses(botocore: &Botocore, entry: &'static Entry) -> Result<(), Failed> {
    let operation = Model::operation_of(entry);
    run(entry, response::response(operation), |response| {
        let ours = (entry.response)(response.http());
        let theirs = botocore.response(entry, operation.key, &response);
        theirs
            .and_then(|theirs| compare::answers(operation, &ours, &theirs))
            .map_err(|difference| format!("{difference}\nfor the response\n{response}"))
    })
}

/// Runs a comparison of an operation with random values.
fn run<T: Debug>(
    entry: &Entry,
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
    let bytes = [entry.service, entry.protocol, entry.name].map(str::bytes);
    for (index, byte) in bytes.into_iter().flatten().enumerate() {
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
