//! Where requests go, by what operations and their inputs say.

use crate::capture::Capture;
use crate::config;
use crate::drive::Drive;
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{Builder, Credentials, Region, TimeSource};
use smithereen_runtime::{ErrorKind, Operation};
use smithereen_tests::fixtures::endpoint_context::types::{Item, Sort, Table};
use smithereen_tests::fixtures::endpoint_context::{self, ConfigExt};
use smithereen_tests::fixtures::host_prefixes::operation::labelled::{Labelled, LabelledInput};
use smithereen_tests::fixtures::host_prefixes::{self, operation::fixed};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

both! {
    a_prefix_stands_before_the_host
    labels_of_the_prefix_are_members_that_go_where_they_say_too
    a_label_that_has_no_place_in_a_host_is_refused
    prefixes_can_be_left_out
    a_prefix_that_the_endpoint_rules_know_of_is_theirs
    a_first_segment_that_the_endpoint_rules_know_of_is_theirs
    the_path_of_an_endpoint_stays
    constants_of_an_operation_come_first
    members_come_before_ways_and_these_before_the_client
    what_is_configured_for_a_service_is_told
    what_is_configured_for_a_call_comes_before_the_client
    ways_lead_through_structures_lists_and_maps
    paths_are_signed_as_they_stand_where_signatures_are_those_of_s3
}

/// A client of the fixture with host prefixes, for an endpoint that does not exist.
fn prefixed<M: Drive>(
    capture: &Capture,
    change: fn(Builder) -> Builder,
) -> host_prefixes::ClientOf<M> {
    let config = config("https://x.test").http_client(capture.clone());
    host_prefixes::ClientOf::from_conf(change(config).build())
}

fn a_prefix_stands_before_the_host<M: Drive>() {
    let capture = Capture::default();
    M::wait(prefixed::<M>(&capture, |c| c).fixed().send()).unwrap();
    assert_eq!(capture.uri(), "https://data-x.test/fixed");
    let prefix = fixed::Fixed::host_prefix(&fixed::FixedInput::default());
    assert_eq!(prefix.unwrap().as_deref(), Some("data-"));
}

fn labels_of_the_prefix_are_members_that_go_where_they_say_too<M: Drive>() {
    let capture = Capture::default();
    let call = prefixed::<M>(&capture, |c| c).labelled();
    M::wait(call.account_id("0123").graph("g-1.a").send()).unwrap();
    let request = capture.request();
    assert_eq!(request.uri(), "https://0123.data-g-1.a.x.test/labelled");
    assert_eq!(Capture::header(&request, "x-account"), Some("0123"));
    assert_eq!(request.body().bytes(), Some(&br#"{"Graph":"g-1.a"}"#[..]));
}

fn a_label_that_has_no_place_in_a_host_is_refused<M: Drive>() {
    let error = |graph: Option<&str>| {
        let capture = Capture::default();
        let mut call = prefixed::<M>(&capture, |c| c).labelled().account_id("0123");
        if let Some(graph) = graph {
            call = call.graph(graph);
        }
        let error = M::wait(call.send()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error}");
        let mut input = LabelledInput::builder().account_id("0123").build();
        input.graph = graph.map(str::to_owned);
        let same = Labelled::host_prefix(&input).unwrap_err();
        assert_eq!(same.to_string(), error.to_string());
        error.to_string()
    };
    let unset = "Labelled: the request cannot be built: \
        Graph: the value is not set, and becomes a part of the host's name";
    assert_eq!(error(None), unset);
    assert_eq!(error(Some("")), unset);
    for bad in ["a_b", "a/b", "é", "a@b", "a b"] {
        assert_eq!(
            error(Some(bad)),
            "Labelled: the request cannot be built: Graph: the value cannot be a part of the \
             host's name: letters, digits, `-` and `.` can"
        );
    }
}

fn prefixes_can_be_left_out<M: Drive>() {
    let capture = Capture::default();
    let client = prefixed::<M>(&capture, |config| config.disable_host_prefix(true));
    M::wait(client.labelled().account_id("0123").send()).unwrap();
    assert_eq!(capture.uri(), "https://x.test/labelled");
}

fn a_prefix_that_the_endpoint_rules_know_of_is_theirs<M: Drive>() {
    let capture = Capture::default();
    let call = prefixed::<M>(&capture, |c| c).told().account_id("0123");
    M::wait(call.send()).unwrap();
    assert_eq!(capture.uri(), "https://x.test/told");
}

fn the_path_of_an_endpoint_stays<M: Drive>() {
    let capture = Capture::default();
    let client = prefixed::<M>(&capture, |c| c.endpoint_url("https://x.test/base/path/"));
    M::wait(client.fixed().send()).unwrap();
    assert_eq!(capture.uri(), "https://data-x.test/base/path/fixed");
}

/// A client of the fixture whose rules are told everything.
fn told<M: Drive>(
    capture: &Capture,
    change: fn(Builder) -> Builder,
) -> endpoint_context::ClientOf<M> {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("a", "b", None, None, "test"))
        .http_client(capture.clone());
    endpoint_context::ClientOf::from_conf(change(config).build())
}

fn constants_of_an_operation_come_first<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config.kind("of-the-client"));
    M::wait(client.constant().send()).unwrap();
    assert_eq!(capture.uri(), "https://constant.kind.test/");
    M::wait(client.constants().send()).unwrap();
    assert_eq!(capture.uri(), "https://one.two.names.test/");
    let client = told::<M>(&capture, |config| config.fast(false));
    M::wait(client.of_both().bucket("b").send()).unwrap();
    assert_eq!(capture.uri(), "https://b.fast.test/");
}

fn members_come_before_ways_and_these_before_the_client<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config.kind("of-the-client"));
    M::wait(client.of_member().kind(Sort::Good).send()).unwrap();
    assert_eq!(capture.uri(), "https://good.kind.test/");
    M::wait(client.of_member().send()).unwrap();
    assert_eq!(capture.uri(), "https://of-the-client.kind.test/");
    M::wait(client.of_both().bucket("b").other("o").send()).unwrap();
    assert_eq!(capture.uri(), "https://b.fast.test/");
    M::wait(client.of_both().other("o").send()).unwrap();
    assert_eq!(capture.uri(), "https://o.fast.test/");
}

fn a_first_segment_that_the_endpoint_rules_know_of_is_theirs<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config);
    M::wait(client.in_bucket().bucket("b").key("a/k").send()).unwrap();
    assert_eq!(capture.uri(), "https://b.bucket.test/a/k?kind=x");
    M::wait(client.of_bucket().bucket("b").send()).unwrap();
    assert_eq!(capture.uri(), "https://b.bucket.test/?list");
}

fn what_is_configured_for_a_service_is_told<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config.fast(true).kind("k"));
    M::wait(client.of_member().bucket("b").send()).unwrap();
    assert_eq!(capture.uri(), "https://b.fast.test/");
    M::wait(client.plain().send()).unwrap();
    assert_eq!(capture.uri(), "https://k.kind.test/");
    let client = told::<M>(&capture, |config| config);
    M::wait(client.plain().send()).unwrap();
    assert_eq!(capture.uri(), "https://plain.test/base/");
}

fn what_is_configured_for_a_call_comes_before_the_client<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config.kind("k").fast(true));
    let own = Config::builder().kind("x").kind("of-the-call");
    M::wait(client.plain().customize().config_override(own).send()).unwrap();
    assert_eq!(capture.uri(), "https://of-the-call.kind.test/");
    // What it does not say is the client's.
    let own = Config::builder().kind("x");
    let call = client.of_member().bucket("b").customize();
    M::wait(call.config_override(own).send()).unwrap();
    assert_eq!(capture.uri(), "https://b.fast.test/");
}

fn ways_lead_through_structures_lists_and_maps<M: Drive>() {
    let capture = Capture::default();
    let client = told::<M>(&capture, |config| config);
    let table = |name: &str| Table::builder().name(name).build();
    let tables = BTreeMap::from([("b", table("y")), ("a", table("x"))]);
    M::wait(client.of_keys().tables(tables).send()).unwrap();
    assert_eq!(capture.uri(), "https://a.b.names.test/");
    M::wait(client.of_depth().table(table("deep")).send()).unwrap();
    assert_eq!(capture.uri(), "https://deep.deep.test/");
    let items = [
        Item::builder().get(table("g1")).put(table("p1")).build(),
        Item::builder().get(table("g2")).build(),
    ];
    M::wait(client.of_elements().items(items.clone()).send()).unwrap();
    assert_eq!(capture.uri(), "https://g1.g2.names.test/");
    M::wait(client.of_several().items(items).send()).unwrap();
    assert_eq!(capture.uri(), "https://p1.g1.names.test/");
    M::wait(client.of_keys().send()).unwrap();
    assert_eq!(capture.uri(), "https://plain.test/base/");
}

/// A clock that stands still.
#[derive(Debug)]
struct Stopped;

impl TimeSource for Stopped {
    fn now(&self) -> SystemTime {
        // 2015-08-30T12:36:00Z.
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
    }
}

fn paths_are_signed_as_they_stand_where_signatures_are_those_of_s3<M: Drive>() {
    let client = told::<M>(&Capture::default(), |config| config.time_source(Stopped));
    let call = client.by_path().key("b/../c d");
    let presigned = M::wait(call.presigned(Duration::from_secs(60))).unwrap();
    // Computed from the canonical request of the documentation of Signature Version 4: the path as
    // it is sent, `UNSIGNED-PAYLOAD` for the body.
    let signature = "a51af116effa6439c5bb21d698a3ccddd5600f912afdb9339781b169fd63393c";
    let uri = presigned.uri();
    assert!(
        uri.starts_with("https://plain.test/base/a/b/../c%20d?"),
        "{uri}"
    );
    assert!(
        uri.ends_with(&format!("X-Amz-Signature={signature}")),
        "{uri}"
    );
}
