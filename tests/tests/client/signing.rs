//! Operations that are not signed as most are.

use crate::config;
use crate::drive::Drive;
use crate::server::{Reply, Request, Server};
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::Region;
use smithereen_tests::fixtures::signing::ClientOf;

both! {
    an_operation_that_is_not_signed_needs_no_credentials
    a_body_can_stay_out_of_the_signature
    of_several_schemes_the_one_that_there_is_is_taken
    a_scheme_that_there_is_not_is_an_error_before_anything_is_sent
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let headers = request.headers.iter();
    let mut found = headers.filter(|(known, _)| known == name);
    found.next().map(|(_, value)| value.as_str())
}

fn an_operation_that_is_not_signed_needs_no_credentials<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url);
    let client = ClientOf::<M>::from_conf(config.build());
    M::wait(client.anonymous().send()).unwrap();
    let request = server.requests().remove(0);
    assert_eq!(header(&request, "authorization"), None);
    assert_eq!(header(&request, "x-amz-date"), None);
}

fn a_body_can_stay_out_of_the_signature<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    M::wait(client.body_left_out().text("a text").send()).unwrap();
    let request = server.requests().remove(0);
    let hash = header(&request, "x-amz-content-sha256");
    assert_eq!(hash, Some("UNSIGNED-PAYLOAD"));
    assert_eq!(request.body, br#"{"Text":"a text"}"#);
}

fn of_several_schemes_the_one_that_there_is_is_taken<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    M::wait(client.signed().send()).unwrap();
    let request = server.requests().remove(0);
    let authorization = header(&request, "authorization").unwrap_or_default();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 "),
        "{authorization}"
    );
}

fn a_scheme_that_there_is_not_is_an_error_before_anything_is_sent<M: Drive>() {
    let server = Server::start([]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    let error = M::wait(client.bearer().send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Bearer: the request cannot be built: it has to be signed by smithy.api#httpBearerAuth, which clients cannot do yet"
    );
    assert!(server.requests().is_empty());
}
