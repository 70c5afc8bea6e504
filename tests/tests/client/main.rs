//! Clients on the wire, against a server on the loopback that replies what a test says: retries,
//! timeouts, failures of every kind, headers, TLS, and secrets.
//!
//! Every test runs with an asynchronous client and with a blocking one, each over its own transport.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

/// Each test once with an asynchronous client and once with a blocking one.
macro_rules! both {
    ($($test:ident)*) => {
        mod asynchronous {
            $(
                #[test]
                fn $test() {
                    super::$test::<smithereen_runtime::client::Async>();
                }
            )*
        }

        mod blocking {
            $(
                #[test]
                fn $test() {
                    super::$test::<smithereen_runtime::blocking::Blocking>();
                }
            )*
        }
    };
}

mod capture;
mod configuration;
#[path = "../support/drive.rs"]
mod drive;
mod failures;
mod headers;
mod hosts;
mod not_yet;
mod pages;
mod retries;
mod secrets;
mod server;
mod signing;
mod streams;
mod timeouts;
mod tls;
mod traces;

use drive::Drive;
use server::Server;
use smithereen_runtime::Error;
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{
    Builder, Credentials, Region, RetryConfig, RetryPartition,
};
use smithereen_tests::whole::backup::ClientOf;
use smithereen_tests::whole::backup::operation::describe_backup_job::{
    DescribeBackupJobError, DescribeBackupJobOutput,
};
use std::time::{Duration, Instant};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

/// A configuration for this endpoint that tries three times and hardly waits between.
fn config(url: &str) -> Builder {
    let retries = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(5));
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            SECRET,
            Some(TOKEN.into()),
            None,
            "test",
        ))
        .retry_config(retries)
        // Tests do not use up each other's retries.
        .retry_partition(RetryPartition::new(url.to_owned()))
}

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(config(&server.url).build())
}

type Described = Result<DescribeBackupJobOutput, Error<DescribeBackupJobError>>;

/// The result of a call, which nothing of what these servers do may keep waiting for long.
fn describe<M: Drive>(client: &ClientOf<M>) -> Described {
    let start = Instant::now();
    let result = M::wait(client.describe_backup_job().backup_job_id("a-job").send());
    let elapsed = start.elapsed();
    assert!(
        elapsed < Duration::from_secs(20),
        "it took {elapsed:?}: {result:?}"
    );
    result
}

#[test]
fn clients_calls_and_pages_go_from_thread_to_thread() {
    fn sent<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let client = smithereen_tests::whole::backup::Client::from_conf(config("http://x").build());
    shared(&client);
    shared(client.config());
    sent(&client.describe_backup_job().send());
    sent(&client.list_backup_jobs().into_paginator().send());
    sent(&client.list_backup_jobs().into_paginator().items().send());
    let call = client.describe_backup_job().send();
    assert_eq!(size_of_val(&call), 2 * size_of::<usize>());
}
