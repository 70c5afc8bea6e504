//! What cannot be done yet is an error of the call, and all that is right without it is done.

use crate::config;
use crate::drive::Drive;
use crate::server::{Reply, Server};
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{Credentials, Region};
use smithereen_runtime::{Error, ErrorKind, OperationError};
use smithereen_tests::fixtures::not_yet::ClientOf;

both! {
    a_request_that_needs_a_checksum_is_refused_unless_it_has_one
    a_request_that_asks_for_a_checksum_is_refused_unless_it_has_it
    an_endpoint_that_has_to_be_discovered_can_be_configured
    a_request_that_may_be_compressed_is_sent_as_it_is
    a_signature_that_clients_cannot_make_is_refused
}

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(config(&server.url).build())
}

/// What a call says that was refused.
#[track_caller]
fn refused<T: std::fmt::Debug, E: OperationError>(result: Result<T, Error<E>>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error}");
    error.to_string()
}

fn a_request_that_needs_a_checksum_is_refused_unless_it_has_one<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let client = client::<M>(&server);
    let checked = || client.checked().text("a text");
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused(M::wait(checked().send())), @"Checked: the request cannot be built: its request needs a checksum, which clients cannot compute yet; one that the input has is sent");
    }
    refused(M::wait(checked().checksum_type("COMPOSITE").send()));
    assert!(server.requests().is_empty());
    M::wait(checked().md5("bQ==").send()).unwrap();
    assert_eq!(server.requests()[0].header("content-md5"), "bQ==");
}

fn a_request_that_asks_for_a_checksum_is_refused_unless_it_has_it<M: Drive>() {
    let server = Server::start([Reply::ok("{}"), Reply::ok("{}")]);
    let client = client::<M>(&server);
    M::wait(client.checkable().text("a text").send()).unwrap();
    let asking = || client.checkable().algorithm("CRC32");
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused(M::wait(asking().send())), @"Checkable: the request cannot be built: the input asks for a checksum, which clients cannot compute yet; one that the input has is sent");
    }
    M::wait(asking().crc32("AAAAAA==").send()).unwrap();
    assert_eq!(server.requests().len(), 2);
}

fn an_endpoint_that_has_to_be_discovered_can_be_configured<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    M::wait(client::<M>(&server).discovered().send()).unwrap();
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("a", "b", None, None, "test"));
    let client = ClientOf::<M>::from_conf(config.build());
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused(M::wait(client.discovered().send())), @"Discovered: the request cannot be built: its endpoint has to be discovered, which clients cannot do yet: set an endpoint URL");
    }
}

fn a_request_that_may_be_compressed_is_sent_as_it_is<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let text = "a".repeat(20_000);
    M::wait(client::<M>(&server).compressed().text(&*text).send()).unwrap();
    assert_eq!(server.requests()[0].json()["Text"], text);
}

fn a_signature_that_clients_cannot_make_is_refused<M: Drive>() {
    let server = Server::start([]);
    let result = M::wait(client::<M>(&server).signed_in_another_way().send());
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused(result), @"SignedInAnotherWay: the request cannot be built: it has to be signed by aws.auth#sigv4a, which clients cannot do yet");
    }
    assert!(server.requests().is_empty());
}
