//! Clients against servers that are not ours, and that verify every signature: ministack with code
//! of its own, moto with botocore's. AWS Backup is called at both; `live` has the other protocols.
//!
//! Where the servers are not installed, each test is ignored and says how to install them.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../support/drive.rs"]
mod drive;
#[path = "../support/environment.rs"]
mod environment;
mod live;
mod ministack;
mod moto;
mod server;

use environment::Shared;
use libtest_mimic::{Arguments, Trial};
use live::{cloudwatch, dynamodb, ec2, iam, kms, lambda, s3, sqs, sts};
use server::Server;
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::Async;
use std::process::ExitCode;
use std::sync::Arc;

/// The trials of a server: each test of a module once with an asynchronous client and once with a
/// blocking one.
macro_rules! trials {
    ($name:literal, $server:ident, $module:ident: $($test:ident)*) => {
        [$(
            $server.trial(
                concat!($name, "::", stringify!($test), " (async)"),
                |server| server.run($module::$test::<Async>),
            ),
            $server.trial(
                concat!($name, "::", stringify!($test), " (blocking)"),
                |server| server.run($module::$test::<Blocking>),
            ),
        )*]
    };
}

fn main() -> ExitCode {
    let ministack = Shared::new(Server::ministack);
    let moto = Shared::new(Server::moto);
    let of_ministack = trials! { "ministack", ministack, ministack:
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
    let of_moto = trials! { "moto", moto, moto:
        vaults_come_and_go
        plans_come_and_go
        tags_come_and_go
        a_wrong_secret_is_refused
        session_credentials_without_their_token_are_refused
    };
    let trials = of_ministack
        .into_iter()
        .chain(of_moto)
        .chain(live_at_ministack(&ministack))
        .chain(live_at_moto(&moto))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The other protocols, all of which ministack speaks.
fn live_at_ministack(ministack: &Arc<Shared<Server>>) -> Vec<Trial> {
    let mut trials = Vec::new();
    trials.extend(trials! { "ministack::dynamodb", ministack, dynamodb:
        items_are_kept
        a_wrong_secret_is_refused
        a_table_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::sqs", ministack, sqs:
        messages_are_received
        a_wrong_secret_is_refused
        a_queue_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::kms", ministack, kms:
        what_is_encrypted_is_decrypted
        a_wrong_secret_is_refused
        a_key_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::sts", ministack, sts:
        callers_are_identified
        a_wrong_secret_is_refused
        a_policy_that_is_none_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::iam", ministack, iam:
        users_are_created
        a_wrong_secret_is_refused
        a_user_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::ec2", ministack, ec2:
        groups_are_described
        a_wrong_secret_is_refused
        errors_have_their_codes
    });
    trials.extend(trials! { "ministack::s3", ministack, s3:
        objects_are_kept
        objects_come_in_pages
        large_objects_go_in_constant_memory
        a_wrong_secret_is_refused
        a_key_that_does_not_exist_is_the_error_of_the_model
        a_bucket_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::cloudwatch", ministack, cloudwatch:
        metrics_are_listed
        a_wrong_secret_is_refused
        a_dashboard_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "ministack::lambda", ministack, lambda:
        functions_are_listed
        the_account_has_settings
        a_wrong_secret_is_refused
        a_function_that_does_not_exist_is_the_error_of_the_model
    });
    trials
}

/// The other protocols at moto, which has no rpcv2Cbor. It refuses signatures in XML, whatever the
/// protocol, takes any policy for a session, and has no settings of accounts: the tests of these are
/// for ministack.
fn live_at_moto(moto: &Arc<Shared<Server>>) -> Vec<Trial> {
    let mut trials = Vec::new();
    trials.extend(trials! { "moto::dynamodb", moto, dynamodb:
        items_are_kept
        a_table_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "moto::sqs", moto, sqs:
        messages_are_received
        a_queue_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "moto::kms", moto, kms:
        what_is_encrypted_is_decrypted
        a_key_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "moto::sts", moto, sts:
        callers_are_identified
        a_wrong_secret_is_refused
    });
    trials.extend(trials! { "moto::iam", moto, iam:
        users_are_created
        a_wrong_secret_is_refused
        a_user_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "moto::ec2", moto, ec2:
        groups_are_described
        a_wrong_secret_is_refused
        errors_have_their_codes
    });
    trials.extend(trials! { "moto::s3", moto, s3:
        objects_are_kept
        objects_come_in_pages
        large_objects_go_in_constant_memory
        a_wrong_secret_is_refused
        a_key_that_does_not_exist_is_the_error_of_the_model
        a_bucket_that_does_not_exist_is_the_error_of_the_model
    });
    trials.extend(trials! { "moto::lambda", moto, lambda:
        functions_are_listed
        a_function_that_does_not_exist_is_the_error_of_the_model
    });
    trials
}
