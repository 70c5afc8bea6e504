//! What requests carry beside the input.

use crate::drive::Drive;
use crate::server::{Reply, Request, Server};
use crate::{TOKEN, client, config, describe};
use smithereen_runtime::client::config::AppName;
use smithereen_tests::whole::backup::ClientOf;
use std::env;
use std::process::Command;

both! {
    the_hash_of_the_body_is_sent_and_signed
    a_session_token_is_sent_and_signed
    what_is_signed_is_named
    the_user_agent_says_what_calls
    the_length_of_a_body_is_sent
    a_get_has_no_body
    the_trace_of_a_lambda_is_passed_on
    a_path_below_the_endpoint_is_kept
}

fn one<M: Drive>() -> Request {
    let server = Server::start([Reply::ok("{}")]);
    describe(&client::<M>(&server)).unwrap();
    server.requests().remove(0)
}

/// The headers that the signature covers.
fn signed(request: &Request) -> Vec<&str> {
    let authorization = request.header("authorization");
    let (_, rest) = authorization.split_once("SignedHeaders=").unwrap();
    let (signed, _) = rest.split_once(", Signature=").unwrap();
    signed.split(';').collect()
}

fn the_hash_of_the_body_is_sent_and_signed<M: Drive>() {
    let request = one::<M>();
    assert_eq!(
        request.header("x-amz-content-sha256"),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert!(signed(&request).contains(&"x-amz-content-sha256"));
}

fn a_session_token_is_sent_and_signed<M: Drive>() {
    let request = one::<M>();
    assert_eq!(request.header("x-amz-security-token"), TOKEN);
    assert!(signed(&request).contains(&"x-amz-security-token"));
}

fn what_is_signed_is_named<M: Drive>() {
    let request = one::<M>();
    let authorization = request.header("authorization");
    let date = request.header("x-amz-date");
    let scope = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{}/us-east-1/backup/aws4_request, ",
        &date[..8]
    );
    assert!(authorization.starts_with(&scope), "{authorization}");
    let signed = signed(&request);
    assert!(
        signed.contains(&"host") && signed.contains(&"x-amz-date"),
        "{signed:?}"
    );
    // Proxies change these.
    for name in [
        "user-agent",
        "x-amzn-trace-id",
        "content-length",
        "connection",
    ] {
        assert!(!signed.contains(&name), "{name} is signed");
    }
    for name in signed {
        assert_eq!(request.values(name).count(), 1, "{name}");
    }
}

fn the_user_agent_says_what_calls<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let name = AppName::new("tests-of-smithereen").unwrap();
    let client = ClientOf::<M>::from_conf(config(&server.url).app_name(name).build());
    describe(&client).unwrap();
    let requests = server.requests();
    for header in ["user-agent", "x-amz-user-agent"] {
        let agent: Vec<&str> = requests[0].values(header).collect();
        let agent = agent.join(" ");
        for part in [
            "aws-sdk-rust/",
            "api/backup/",
            "lang/rust/",
            "app/tests-of-smithereen",
        ] {
            assert!(agent.contains(part), "no {part} in {header}: {agent}");
        }
    }
}

fn the_length_of_a_body_is_sent<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let call = client::<M>(&server)
        .create_backup_vault()
        .backup_vault_name("a-vault")
        .creator_request_id("mine");
    M::wait(call.send()).unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.method, "PUT");
    assert_eq!(request.uri, "/backup-vaults/a-vault");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.body, br#"{"CreatorRequestId":"mine"}"#);
    assert_eq!(
        request.header("content-length"),
        request.body.len().to_string()
    );
    assert_eq!(request.values("transfer-encoding").count(), 0);
}

fn a_get_has_no_body<M: Drive>() {
    let request = one::<M>();
    assert_eq!(request.method, "GET");
    assert_eq!(request.uri, "/backup-jobs/a-job");
    assert!(request.body.is_empty());
    assert_eq!(request.values("content-type").count(), 0);
    assert_eq!(request.values("transfer-encoding").count(), 0);
}

const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

/// In a process of its own, since the environment is one for all tests.
fn the_trace_of_a_lambda_is_passed_on<M: Drive>() {
    if env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_none() {
        assert_eq!(one::<M>().values("x-amzn-trace-id").count(), 0);
        let mode = if M::NAME == "async" {
            "asynchronous"
        } else {
            "blocking"
        };
        let test = format!("headers::{mode}::the_trace_of_a_lambda_is_passed_on");
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", &test])
            .env("AWS_LAMBDA_FUNCTION_NAME", "a-function")
            .env("_X_AMZN_TRACE_ID", TRACE)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("1 passed"), "{said}");
        return;
    }
    assert_eq!(one::<M>().header("x-amzn-trace-id"), TRACE);
}

fn a_path_below_the_endpoint_is_kept<M: Drive>() {
    for below in ["/below", "/below/"] {
        let server = Server::start([Reply::ok("{}"), Reply::ok("{}")]);
        let url = format!("{}{below}", server.url);
        let client = ClientOf::<M>::from_conf(config(&url).build());
        describe(&client).unwrap();
        M::wait(client.list_backup_jobs().max_results(1).send()).unwrap();
        let requests = server.requests();
        assert_eq!(requests[0].uri, "/below/backup-jobs/a-job");
        assert_eq!(requests[1].uri, "/below/backup-jobs/?maxResults=1");
    }
}
