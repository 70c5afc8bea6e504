//! What is tried again, what is not, and what stays the same between attempts.

use crate::drive::Drive;
use crate::server::{Reply, Server};
use crate::{client, config, describe};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use smithereen_runtime::client::config::RetryConfig;
use smithereen_tests::whole::backup::ClientOf;
use smithereen_tests::whole::backup::operation::describe_backup_job::DescribeBackupJobError;
use smithereen_tests::whole::backup::types::error::{
    AlreadyExistsException, LimitExceededException,
};
use std::time::{Duration, SystemTime};

both! {
    a_server_error_is_tried_again
    the_third_server_error_is_the_result
    throttling_is_tried_again
    a_connection_that_is_cut_is_tried_again
    an_exception_that_the_operation_does_not_name_has_its_members
    a_connection_that_is_cut_in_a_body_is_tried_again
    an_error_of_the_model_is_not_tried_again
    an_error_that_cannot_be_read_is_not_tried_again
    retries_can_be_switched_off
    attempts_are_numbered_and_share_an_id
    each_call_has_an_id_of_its_own
    all_attempts_have_the_same_token
    a_given_token_is_sent
    a_wrong_clock_is_corrected
    a_wrong_clock_is_left_alone_if_that_is_configured
    a_client_asks_again_over_the_same_connection
}

const JOB: &str = r#"{"BackupJobId":"a-job","State":"RUNNING"}"#;

fn a_server_error_is_tried_again<M: Drive>() {
    let server = Server::start([
        Reply::error(500, "InternalFailure", "oh"),
        Reply::new(503, &[], ""),
        Reply::ok(JOB),
    ]);
    let output = describe(&client::<M>(&server)).unwrap();
    assert_eq!(output.backup_job_id.as_deref(), Some("a-job"));
    assert_eq!(server.requests().len(), 3);
}

fn the_third_server_error_is_the_result<M: Drive>() {
    let server =
        Server::start((1..=4).map(|n| Reply::error(500, "InternalFailure", &n.to_string())));
    let error = describe(&client::<M>(&server)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "DescribeBackupJob: InternalFailure: 3 (HTTP 500, request id 1a2b)"
    );
    assert_eq!(server.requests().len(), 3);
}

fn throttling_is_tried_again<M: Drive>() {
    let server = Server::start([
        Reply::error(400, "ThrottlingException", "slowly"),
        Reply::error(429, "TooManyRequestsException", "slower"),
        Reply::ok(JOB),
    ]);
    describe(&client::<M>(&server)).unwrap();
    assert_eq!(server.requests().len(), 3);
}

fn a_connection_that_is_cut_is_tried_again<M: Drive>() {
    let server = Server::start([
        Reply::Closed(Vec::new()),
        Reply::Closed(b"HTTP/1.1 200 OK\r\ncontent-".to_vec()),
        Reply::ok(JOB),
    ]);
    describe(&client::<M>(&server)).unwrap();
    // A connection that closes without a word may be tried again by the transport too.
    assert!(server.requests().len() >= 3);
}

fn a_connection_that_is_cut_in_a_body_is_tried_again<M: Drive>() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"BackupJobId\":";
    let server = Server::start([Reply::Closed(cut.to_vec()), Reply::ok(JOB)]);
    describe(&client::<M>(&server)).unwrap();
    assert_eq!(server.requests().len(), 2);
}

fn an_exception_that_the_operation_does_not_name_has_its_members<M: Drive>() {
    let server = Server::start([Reply::error(400, "AlreadyExistsException", "there is one")]);
    let error = describe(&client::<M>(&server)).unwrap_err();
    assert!(matches!(
        error.as_service_error(),
        Some(DescribeBackupJobError::Unhandled(_))
    ));
    let there: AlreadyExistsException = error.exception().unwrap();
    assert_eq!(there.message.as_deref(), Some("there is one"));
    assert_eq!(error.exception::<LimitExceededException>(), None);
    assert_eq!(server.requests().len(), 1);
}

fn an_error_of_the_model_is_not_tried_again<M: Drive>() {
    let server = Server::start([Reply::error(
        400,
        "ResourceNotFoundException",
        "no such job",
    )]);
    let error = describe(&client::<M>(&server)).unwrap_err();
    assert!(
        error
            .as_service_error()
            .unwrap()
            .is_resource_not_found_exception()
    );
    assert_eq!(
        error.to_string(),
        "DescribeBackupJob: ResourceNotFoundException: no such job (HTTP 400, request id 1a2b)"
    );
    assert_eq!(server.requests().len(), 1);
}

fn an_error_that_cannot_be_read_is_not_tried_again<M: Drive>() {
    let server = Server::start([Reply::new(404, &[], "<html>not here</html>")]);
    let error = describe(&client::<M>(&server)).unwrap_err();
    assert_eq!(error.status(), Some(404), "{error}");
    assert_eq!(server.requests().len(), 1);
}

fn retries_can_be_switched_off<M: Drive>() {
    let server = Server::start([Reply::error(500, "InternalFailure", "oh"), Reply::ok(JOB)]);
    let config = config(&server.url).retry_config(RetryConfig::disabled());
    let client = ClientOf::<M>::from_conf(config.build());
    describe(&client).unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

fn attempts_are_numbered_and_share_an_id<M: Drive>() {
    let server = Server::start([
        Reply::error(500, "InternalFailure", "oh"),
        Reply::error(500, "InternalFailure", "oh"),
        Reply::ok(JOB),
    ]);
    describe(&client::<M>(&server)).unwrap();
    let requests = server.requests();
    let id = requests[0].header("amz-sdk-invocation-id");
    assert_eq!(id.len(), 36);
    for (index, request) in requests.iter().enumerate() {
        let info = request.header("amz-sdk-request");
        assert!(
            info.contains(&format!("attempt={}; max=3", index + 1)),
            "{info}"
        );
        assert_eq!(request.header("amz-sdk-invocation-id"), id);
    }
}

fn each_call_has_an_id_of_its_own<M: Drive>() {
    let server = Server::start([Reply::ok(JOB), Reply::ok(JOB)]);
    let client = client::<M>(&server);
    describe(&client).unwrap();
    describe(&client).unwrap();
    let requests = server.requests();
    let id = |index: usize| requests[index].header("amz-sdk-invocation-id");
    assert_ne!(id(0), id(1));
}

fn start<M: Drive>(client: &ClientOf<M>, token: Option<&str>) {
    let call = client
        .start_backup_job()
        .backup_vault_name("vault")
        .resource_arn("arn:aws:dynamodb:us-east-1:123456789012:table/t")
        .iam_role_arn("arn:aws:iam::123456789012:role/r");
    let call = match token {
        Some(token) => call.idempotency_token(token),
        None => call,
    };
    M::wait(call.send()).unwrap();
}

fn all_attempts_have_the_same_token<M: Drive>() {
    let fault = || Reply::error(500, "InternalFailure", "oh");
    let server = Server::start([fault(), fault(), Reply::ok("{}"), Reply::ok("{}")]);
    let client = client::<M>(&server);
    start(&client, None);
    start(&client, None);
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    let tokens: Vec<String> = requests
        .iter()
        .map(|request| {
            request.json()["IdempotencyToken"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(tokens[0].len(), 36);
    assert_eq!(tokens[0], tokens[1]);
    assert_eq!(tokens[0], tokens[2]);
    assert_ne!(tokens[0], tokens[3]);
}

fn a_given_token_is_sent<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    start(&client::<M>(&server), Some("mine"));
    assert_eq!(server.requests()[0].json()["IdempotencyToken"], "mine");
}

/// An error for a signature that is an hour old, by the server's clock.
fn skewed() -> Reply {
    let now = DateTime::from(SystemTime::now() + Duration::from_secs(3600));
    let date = now.fmt(Format::HttpDate).unwrap();
    let headers = [
        ("x-amzn-errortype", "RequestTimeTooSkewed"),
        ("date", &*date),
    ];
    Reply::new(403, &headers, r#"{"message":"Signature expired"}"#)
}

/// When the requests say that they were signed, in seconds after the first.
fn signed(server: &Server) -> Vec<i64> {
    let requests = server.requests();
    let dates = requests.iter().map(|request| {
        let date = request.header("x-amz-date");
        let (year, rest) = date.split_at(4);
        let text = format!(
            "{year}-{}-{}T{}:{}:{}Z",
            &rest[..2],
            &rest[2..4],
            &rest[5..7],
            &rest[7..9],
            &rest[9..11]
        );
        DateTime::from_str(&text, Format::DateTime).unwrap().secs()
    });
    let dates: Vec<i64> = dates.collect();
    dates.iter().map(|date| date - dates[0]).collect()
}

fn a_wrong_clock_is_corrected<M: Drive>() {
    let server = Server::start([skewed(), Reply::ok(JOB)]);
    describe(&client::<M>(&server)).unwrap();
    let [0, later] = signed(&server)[..] else {
        panic!("two requests: {:?}", server.requests());
    };
    assert!((later - 3600).abs() < 60, "signed {later} s later");
}

fn a_wrong_clock_is_left_alone_if_that_is_configured<M: Drive>() {
    let server = Server::start([skewed(), Reply::ok(JOB)]);
    let config = config(&server.url).disable_clock_skew_correction(true);
    let client = ClientOf::<M>::from_conf(config.build());
    let error = describe(&client).unwrap_err();
    assert_eq!(error.code(), Some("RequestTimeTooSkewed"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

fn a_client_asks_again_over_the_same_connection<M: Drive>() {
    let server = Server::start([Reply::ok(JOB), Reply::ok(JOB), Reply::ok(JOB)]);
    let client = client::<M>(&server);
    for _ in 0..3 {
        describe(&client).unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 1);
}
