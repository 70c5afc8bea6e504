//! Calls that would wait for ever.

use crate::drive::Drive;
use crate::server::{Reply, Server};
use crate::{config, describe};
use smithereen_runtime::ErrorKind;
use smithereen_runtime::client::config::RetryConfig;
use smithereen_runtime::client::config::{StalledStreamProtectionConfig, TimeoutConfig};
use smithereen_tests::whole::backup::ClientOf;
use std::time::{Duration, Instant};

both! {
    a_reply_that_never_comes_ends_with_the_call
    a_reply_that_never_comes_ends_with_the_attempt
    an_attempt_that_takes_too_long_is_tried_again
    a_reply_that_never_ends_ends_with_the_call
    a_reply_that_stops_ends_with_the_call
    a_reply_that_stops_is_given_up_with_no_timeout_at_all
    a_reply_that_does_not_start_in_time_is_a_timeout
    a_wait_between_attempts_ends_with_the_call
    a_call_in_time_is_no_timeout
}

const SHORT: Duration = Duration::from_millis(200);
/// What a test may take: much more than it should, and much less than for ever.
const LONG: Duration = Duration::from_secs(10);

/// Calls, and expects a timeout. What its error says.
fn timeout<M: Drive>(server: &Server, timeouts: TimeoutConfig, retries: RetryConfig) -> String {
    let config = config(&server.url)
        .timeout_config(timeouts)
        .retry_config(retries);
    let client = ClientOf::<M>::from_conf(config.build());
    let start = Instant::now();
    let error = describe(&client).unwrap_err();
    let elapsed = start.elapsed();
    assert!(elapsed < LONG, "it took {elapsed:?}");
    assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "{error:?}");
    assert_eq!(error.status(), None);
    let text = error.to_string();
    assert!(text.contains(&server.url), "{text}");
    let lower = text.to_lowercase();
    assert!(
        lower.contains("timeout") || lower.contains("timed out"),
        "{text}"
    );
    text
}

fn operation() -> TimeoutConfig {
    TimeoutConfig::builder().operation_timeout(SHORT).build()
}

fn attempt() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(SHORT)
        .build()
}

fn a_reply_that_never_comes_ends_with_the_call<M: Drive>() {
    let server = Server::start([Reply::Silent(Vec::new())]);
    timeout::<M>(&server, operation(), RetryConfig::standard());
    assert!(server.requests().len() <= 1);
}

fn a_reply_that_never_comes_ends_with_the_attempt<M: Drive>() {
    let server = Server::start([Reply::Silent(Vec::new())]);
    timeout::<M>(&server, attempt(), RetryConfig::disabled());
    assert!(server.requests().len() <= 1);
}

fn an_attempt_that_takes_too_long_is_tried_again<M: Drive>() {
    let server = Server::start([Reply::Silent(Vec::new()), Reply::ok("{}")]);
    // Long enough for the second attempt, even where much else is going on.
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(2));
    let config = config(&server.url).timeout_config(timeouts.build());
    describe(&ClientOf::<M>::from_conf(config.build())).unwrap();
    assert_eq!(server.requests().len(), 2);
}

fn a_reply_that_never_ends_ends_with_the_call<M: Drive>() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n";
    let server = Server::start([Reply::Endless(head.to_vec())]);
    timeout::<M>(&server, operation(), RetryConfig::disabled());
}

fn a_reply_that_stops_ends_with_the_call<M: Drive>() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"BackupJobId\": ";
    let server = Server::start([Reply::Silent(head.to_vec())]);
    timeout::<M>(&server, operation(), RetryConfig::disabled());
}

fn a_reply_that_stops_is_given_up_with_no_timeout_at_all<M: Drive>() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"BackupJobId\": ";
    let server = Server::start([Reply::Silent(head.to_vec())]);
    let protection = StalledStreamProtectionConfig::enabled().grace_period(SHORT);
    let config = config(&server.url)
        .retry_config(RetryConfig::disabled())
        .stalled_stream_protection(protection.build());
    describe(&ClientOf::<M>::from_conf(config.build())).unwrap_err();
}

fn a_reply_that_does_not_start_in_time_is_a_timeout<M: Drive>() {
    let server = Server::start([Reply::Silent(Vec::new())]);
    let timeouts = TimeoutConfig::builder().read_timeout(SHORT).build();
    timeout::<M>(&server, timeouts, RetryConfig::disabled());
}

fn a_wait_between_attempts_ends_with_the_call<M: Drive>() {
    let server = Server::start([Reply::error(503, "ServiceUnavailable", "later")]);
    // The wait is a random part of this, and hardly ever one that ends before the call does.
    let year = Duration::from_secs(365 * 24 * 60 * 60);
    let retries = RetryConfig::standard()
        .with_initial_backoff(year)
        .with_max_backoff(year);
    timeout::<M>(&server, operation(), retries);
    assert!(server.requests().len() <= 1);
}

fn a_call_in_time_is_no_timeout<M: Drive>() {
    let server = Server::start([Reply::ok("{}"), Reply::ok("{}")]);
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(LONG)
        .read_timeout(LONG)
        .operation_attempt_timeout(LONG)
        .operation_timeout(LONG)
        .build();
    let config = config(&server.url).timeout_config(timeouts);
    let client = ClientOf::<M>::from_conf(config.build());
    describe(&client).unwrap();
    describe(&client).unwrap();
}
