//! Requests: what goes out for an input, to the byte.

use insta::assert_snapshot;
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobInput,
};
use smithereen_aws::{Operation, http};
use smithereen_runtime::{ErrorKind, OperationError};
use std::error::Error as _;

/// The request for this ID as it goes over the wire.
fn request(id: &str) -> String {
    let input = DescribeBackupJobInput::builder().backup_job_id(id).build();
    match DescribeBackupJob::request(&input) {
        Ok(request) => text(&request),
        Err(error) => format!("error: {error}"),
    }
}

fn text(request: &http::Request<Vec<u8>>) -> String {
    let mut text = format!(
        "{} {} {:?}",
        request.method(),
        request.uri(),
        request.version()
    );
    for (name, value) in request.headers() {
        text.push_str(&format!("\n{name}: {}", value.as_bytes().escape_ascii()));
    }
    if !request.body().is_empty() {
        text.push_str(&format!("\n\n{}", request.body().escape_ascii()));
    }
    text
}

#[test]
fn an_id_is_the_last_segment_of_the_path() {
    assert_snapshot!(request("1A2B3C4D-5E6F-7081-92A3-B4C5D6E7F809"), @"GET /backup-jobs/1A2B3C4D-5E6F-7081-92A3-B4C5D6E7F809 HTTP/1.1");
}

#[test]
fn a_get_has_no_headers_and_no_body() {
    let input = DescribeBackupJobInput::builder().backup_job_id("x").build();
    let request = DescribeBackupJob::request(&input).unwrap();
    assert!(request.headers().is_empty());
    assert!(request.body().is_empty());
}

#[test]
fn unreserved_characters_go_out_as_they_are() {
    assert_snapshot!(request("AZaz09-._~"), @"GET /backup-jobs/AZaz09-._~ HTTP/1.1");
}

#[test]
fn a_slash_does_not_start_another_segment() {
    assert_snapshot!(request("a/b"), @"GET /backup-jobs/a%2Fb HTTP/1.1");
}

#[test]
fn a_space_is_percent_encoded() {
    assert_snapshot!(request("a b"), @"GET /backup-jobs/a%20b HTTP/1.1");
}

#[test]
fn a_percent_sign_is_encoded_even_if_it_looks_like_an_escape() {
    assert_snapshot!(request("100%25"), @"GET /backup-jobs/100%2525 HTTP/1.1");
}

#[test]
fn a_plus_is_not_a_space() {
    assert_snapshot!(request("a+b"), @"GET /backup-jobs/a%2Bb HTTP/1.1");
}

#[test]
fn unicode_is_percent_encoded_utf_8() {
    assert_snapshot!(request("jöb-日本-🦀"), @"GET /backup-jobs/j%C3%B6b-%E6%97%A5%E6%9C%AC-%F0%9F%A6%80 HTTP/1.1");
}

#[test]
fn a_question_mark_and_a_hash_do_not_end_the_path() {
    assert_snapshot!(request("a?b=c&d#e"), @"GET /backup-jobs/a%3Fb%3Dc%26d%23e HTTP/1.1");
}

#[test]
fn line_breaks_and_control_characters_cannot_reach_the_request_line() {
    assert_snapshot!(request("a\r\nHost: evil\0\u{7f}"), @"GET /backup-jobs/a%0D%0AHost%3A%20evil%00%7F HTTP/1.1");
}

#[test]
fn dots_are_sent_as_they_are() {
    assert_snapshot!(request(".."), @"GET /backup-jobs/.. HTTP/1.1");
    assert_snapshot!(request("../backup-vaults"), @"GET /backup-jobs/..%2Fbackup-vaults HTTP/1.1");
}

#[test]
fn every_ascii_character_but_the_unreserved_ones_is_encoded() {
    for byte in 0..128_u8 {
        let character = char::from(byte);
        let unreserved = character.is_ascii_alphanumeric() || "-._~".contains(character);
        let expected = if unreserved {
            format!("GET /backup-jobs/x{character} HTTP/1.1")
        } else {
            format!("GET /backup-jobs/x%{byte:02X} HTTP/1.1")
        };
        assert_eq!(request(&format!("x{character}")), expected);
    }
}

#[test]
fn an_empty_id_is_an_error_since_it_would_name_another_resource() {
    assert_snapshot!(request(""), @"error: DescribeBackupJob: the request cannot be built: invalid input: BackupJobId was missing: cannot be empty or unset");
}

#[test]
fn an_unset_id_is_an_error_that_names_the_member() {
    let error = DescribeBackupJob::request(&DescribeBackupJobInput::default()).unwrap_err();
    assert_snapshot!(error, @"DescribeBackupJob: the request cannot be built: the required member is not set: BackupJobId");
    assert!(matches!(error.kind(), ErrorKind::Request(_)));
    assert_eq!(error.operation(), "DescribeBackupJob");
    assert_eq!((error.status(), error.request_id()), (None, None));
    assert!(error.as_service_error().is_none());
    assert_snapshot!(error.source().unwrap(), @"the required member is not set: BackupJobId");
}

#[test]
fn an_error_crosses_threads_and_fits_in_a_box() {
    fn takes<E: std::error::Error + Send + Sync + 'static>(error: E) -> String {
        let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
        boxed.to_string()
    }
    fn operation_error<E: OperationError>(_: &smithereen_aws::Error<E>) {}
    let error = DescribeBackupJob::request(&DescribeBackupJobInput::default()).unwrap_err();
    operation_error(&error);
    let text = error.to_string();
    assert_eq!(takes(error), text);
}

#[test]
fn the_same_input_makes_the_same_request() {
    assert_eq!(request("x"), request("x"));
}

#[test]
fn an_input_can_be_set_member_by_member() {
    let mut input = DescribeBackupJobInput::default();
    input.backup_job_id = Some("x".to_owned());
    assert_eq!(
        input,
        DescribeBackupJobInput::builder().backup_job_id("x").build()
    );
}
