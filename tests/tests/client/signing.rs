//! Operations that are not signed as most are.

use crate::capture::Capture;
use crate::config;
use crate::drive::Drive;
use crate::server::{Reply, Request, Server};
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{
    BehaviorVersion, Builder, Region, SdkConfig, SharedTokenProvider, Token,
};
use smithereen_tests::fixtures::signing::ClientOf;

both! {
    an_operation_that_is_not_signed_needs_no_credentials
    a_body_can_stay_out_of_the_signature_where_the_connection_protects_it
    of_several_schemes_the_first_that_has_an_identity_is_taken
    a_token_that_is_not_there_is_an_error_before_anything_is_sent
    the_token_of_the_shared_configuration_is_taken
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

fn a_body_can_stay_out_of_the_signature_where_the_connection_protects_it<M: Drive>() {
    let hash = |url: &str| {
        let capture = Capture::default();
        let config = config(url).http_client(capture.clone());
        let client = ClientOf::<M>::from_conf(config.build());
        M::wait(client.body_left_out().text("a text").send()).unwrap();
        let request = capture.request();
        assert_eq!(request.body().bytes(), Some(&br#"{"Text":"a text"}"#[..]));
        let hash = Capture::header(&request, "x-amz-content-sha256");
        hash.unwrap().to_owned()
    };
    assert_eq!(hash("https://x.test"), "UNSIGNED-PAYLOAD");
    // sha256 of the body.
    assert_eq!(
        hash("http://x.test"),
        "8d83d0860e7ace2fb552d29f2d7fcbd4f60863c359620ba02c3788ce8194670b"
    );
}

/// A configuration without any identity.
fn nobody(url: &str) -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
}

fn authorization(server: &Server) -> String {
    let request = server.requests().remove(0);
    request.header("authorization").to_owned()
}

fn of_several_schemes_the_first_that_has_an_identity_is_taken<M: Drive>() {
    let signed = |config: Builder| {
        let client = ClientOf::<M>::from_conf(config.build());
        M::wait(client.signed().send()).map_err(|error| error.to_string())
    };
    let server = Server::start([Reply::ok("{}")]);
    signed(config(&server.url)).unwrap();
    let of_credentials = authorization(&server);
    assert!(
        of_credentials.starts_with("AWS4-HMAC-SHA256 "),
        "{of_credentials}"
    );

    let server = Server::start([Reply::ok("{}")]);
    signed(config(&server.url).token_provider(Token::new("t0ken", None))).unwrap();
    assert_eq!(authorization(&server), "Bearer t0ken");

    let server = Server::start([]);
    assert_eq!(
        signed(nobody(&server.url)).unwrap_err(),
        "Signed: the request cannot be built: no token is configured: set `token_provider`; \
         no credentials are configured: set `credentials_provider`"
    );
    assert!(server.requests().is_empty());
}

fn a_token_that_is_not_there_is_an_error_before_anything_is_sent<M: Drive>() {
    let server = Server::start([]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    let error = M::wait(client.bearer().send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Bearer: the request cannot be built: no token is configured: set `token_provider`"
    );
    assert!(server.requests().is_empty());
}

fn the_token_of_the_shared_configuration_is_taken<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let shared = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url)
        .token_provider(SharedTokenProvider::new(Token::new("shared", None)))
        .behavior_version(BehaviorVersion::latest())
        .build();
    let client = ClientOf::<M>::new(&shared);
    M::wait(client.bearer().send()).unwrap();
    assert_eq!(authorization(&server), "Bearer shared");
}
