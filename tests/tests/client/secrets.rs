//! Secrets stay out of everything that is for people to read.

use crate::drive::Drive;
use crate::server::{Reply, Server};
use crate::{SECRET, TOKEN, config, describe};
use smithereen_runtime::client::config::{RetryConfig, TimeoutConfig};
use smithereen_tests::whole::backup::ClientOf;
use std::time::Duration;

both! {
    a_client_shows_no_secrets
    errors_show_no_secrets
    presigned_requests_show_no_secrets
}

/// What the model says is sensitive.
pub const SENSITIVE: &str = "hunter2-and-nobody-else";

#[track_caller]
pub fn without_secrets(text: &str) {
    for secret in [SECRET, TOKEN, SENSITIVE] {
        without(text, secret);
    }
}

/// That nothing of the secret is there, since what dumps bytes has them in rows of sixteen.
#[track_caller]
pub fn without(text: &str, secret: &str) {
    const ENOUGH: usize = 9;
    for piece in secret.as_bytes().windows(ENOUGH) {
        let piece = std::str::from_utf8(piece).unwrap();
        if let Some(at) = text.find(piece) {
            let before = text[..at].char_indices().rev();
            let start = before.take(300).last().map_or(0, |(index, _)| index);
            panic!(
                "a part of a secret is in: …{}",
                &text[start..at + piece.len()]
            );
        }
    }
}

fn a_client_shows_no_secrets<M: Drive>() {
    let builder = config("http://localhost");
    without_secrets(&format!("{builder:?} {builder:#?}"));
    let config = builder.build();
    without_secrets(&format!("{config:?} {config:#?}"));
    let client = ClientOf::<M>::from_conf(config);
    without_secrets(&format!("{client:?} {client:#?}"));
    let call = client.describe_backup_job().backup_job_id("a-job");
    without_secrets(&format!("{call:?} {call:#?}"));
    let call = call.customize();
    without_secrets(&format!("{call:?} {call:#?}"));
    let pages = client.list_backup_jobs().into_paginator();
    without_secrets(&format!("{pages:?} {pages:#?}"));
    let pages = pages.send();
    without_secrets(&format!("{pages:?} {pages:#?}"));
}

/// Replies that each end a call in another way.
fn replies() -> Vec<Reply> {
    vec![
        Reply::error(403, "InvalidSignatureException", "no"),
        Reply::error(400, "ResourceNotFoundException", "no"),
        Reply::error(500, "InternalFailure", "no"),
        Reply::new(502, &[], "<html></html>"),
        Reply::ok("{"),
        Reply::Closed(Vec::new()),
        Reply::Closed(b"nonsense".to_vec()),
        Reply::new(307, &[("location", "http://localhost/")], ""),
        Reply::Silent(Vec::new()),
    ]
}

pub fn failing<M: Drive>() -> Vec<crate::Described> {
    let results = replies().into_iter().map(|reply| {
        let server = Server::start([reply]);
        let timeouts = TimeoutConfig::builder()
            .operation_timeout(Duration::from_millis(300))
            .build();
        let config = config(&server.url)
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts);
        describe(&ClientOf::<M>::from_conf(config.build()))
    });
    results.collect()
}

fn errors_show_no_secrets<M: Drive>() {
    for result in failing::<M>() {
        let error = result.unwrap_err();
        let mut text = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            text.push_str(&format!(" {error} {error:?} {error:#?}"));
            source = error.source();
        }
        without_secrets(&text);
    }
    // Nothing that can be signed, nothing that can be called.
    let config = config("nonsense").retry_config(RetryConfig::disabled());
    let error = describe(&ClientOf::<M>::from_conf(config.build())).unwrap_err();
    without_secrets(&format!("{error} {error:?} {error:#?}"));
}

fn presigned_requests_show_no_secrets<M: Drive>() {
    let client = ClientOf::<M>::from_conf(config("http://localhost").build());
    let call = client.describe_backup_job().backup_job_id("a-job");
    let presigned = M::wait(call.presigned(Duration::from_secs(60))).unwrap();
    // The token has to be in the URL: that is for `uri` to say.
    assert!(presigned.uri().contains(TOKEN));
    let text = format!("{presigned:?} {presigned:#?}");
    without(&text, TOKEN);
    assert!(!text.contains("X-Amz-Signature"), "{text}");
}
