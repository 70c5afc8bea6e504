//! Clients against servers that are not ours, and that verify every signature: ministack with code
//! of its own, moto with botocore's.
//!
//! Where the servers are not installed, each test is ignored and says how to install them.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../support/drive.rs"]
mod drive;
#[path = "../support/environment.rs"]
mod environment;
mod ministack;
mod moto;
mod server;

use environment::Shared;
use libtest_mimic::Arguments;
use server::Server;
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::Async;
use std::process::ExitCode;

/// The trials of a server: each test once with an asynchronous client and once with a blocking one.
macro_rules! trials {
    ($server:ident: $($test:ident)*) => {
        [$(
            $server.trial(
                concat!(stringify!($server), "::", stringify!($test), " (async)"),
                |server| server.run($server::$test::<Async>),
            ),
            $server.trial(
                concat!(stringify!($server), "::", stringify!($test), " (blocking)"),
                |server| server.run($server::$test::<Blocking>),
            ),
        )*]
    };
}

fn main() -> ExitCode {
    let ministack = Shared::new(Server::ministack);
    let moto = Shared::new(Server::moto);
    let of_ministack = trials! { ministack:
        a_job_is_started_and_described
        jobs_come_in_pages
        a_job_that_does_not_exist_is_the_error_of_the_model
        a_wrong_secret_is_refused
        an_unknown_key_is_refused
        session_credentials_are_accepted
        session_credentials_without_their_token_are_refused
        session_credentials_with_another_token_are_refused
        awkward_characters_are_signed_as_they_are_sent
        a_header_that_is_changed_before_signing_is_accepted
        a_header_that_is_changed_after_signing_is_refused
        a_path_that_is_changed_after_signing_is_refused
        a_query_that_is_changed_after_signing_is_refused
        a_body_that_is_changed_after_signing_is_refused
        a_presigned_request_is_for_anybody_to_send
        a_presigned_request_with_a_body_is_for_anybody_to_send
        a_presigned_request_that_is_altered_is_refused
        a_presigned_request_that_has_expired_is_refused
        credentials_may_be_of_one_call
    };
    let of_moto = trials! { moto:
        vaults_come_and_go
        plans_come_and_go
        tags_come_and_go
        a_wrong_secret_is_refused
        session_credentials_without_their_token_are_refused
    };
    let trials = of_ministack.into_iter().chain(of_moto).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
