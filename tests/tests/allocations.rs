//! What reading a response costs in allocations: one for each thing that is owned, and no more; and
//! what it costs to find out where a request goes.

use serde_json::Value;
use smithereen_aws::backup::operation::describe_backup_job::DescribeBackupJob;
use smithereen_aws::{Operation, http};
use smithereen_runtime::endpoint::{Endpoints, Params, resolve};

const FULL: &str = include_str!("../data/describe_backup_job.json");

/// Of any response whose body arrives as a `Vec<u8>`: `SdkBody` shares the bytes (1) and keeps
/// the closure that would hand them out again (1), and the protocol boxes its deserializer (1).
const FIXED: u64 = 3;

/// The allocations of reading this body, and how many of them are still there afterwards.
fn allocations(body: &str) -> (u64, i64) {
    let read = || {
        let response = http::Response::new(body.as_bytes().to_vec());
        let mut output = None;
        let info = allocation_counter::measure(|| {
            output = DescribeBackupJob::response(response).ok();
        });
        assert!(output.is_some());
        // The body itself was allocated before and is freed within.
        (info.count_total, info.count_current + 1)
    };
    // The first time builds the schemas, which stay.
    read();
    read()
}

/// The strings among the members, at any depth. Enum values are strings on the wire.
fn strings(value: &Value) -> u64 {
    match value {
        Value::String(_) => 1,
        Value::Object(members) => members.values().map(strings).sum(),
        _ => 0,
    }
}

/// The entries of a map.
fn entries(map: &Value) -> u64 {
    map.as_object().map_or(0, |map| map.len() as u64)
}

/// With serde.
#[cfg(feature = "serde")]
mod by_member_names {
    use super::*;
    use smithereen_aws::backup::operation::describe_backup_job::DescribeBackupJobOutput;

    #[test]
    fn writing_costs_one_allocation_for_each_timestamp() {
        let output: DescribeBackupJobOutput = serde_json::from_str(FULL).unwrap();
        let mut bytes = Vec::with_capacity(4096);
        let info = allocation_counter::measure(|| {
            serde_json::to_writer(&mut bytes, &output).unwrap();
        });
        let timestamps = 5;
        assert_eq!((info.count_total, info.count_current), (timestamps, 0));
    }

    #[test]
    fn reading_costs_what_reading_from_the_wire_costs() {
        // serde_json has a buffer of its own for what has escapes.
        let body = FULL.replace(r#"\u2014 \"all\""#, "all");
        assert!(!body.contains('\\'));
        let read = || {
            let mut output = None;
            let info = allocation_counter::measure(|| {
                output = serde_json::from_str::<DescribeBackupJobOutput>(&body).ok();
            });
            (info.count_total, info.count_current)
        };
        read();
        let (all, kept) = allocations(&body);
        assert_eq!(read(), (all - FIXED, kept));
    }
}

#[test]
fn an_empty_response_costs_what_the_transport_costs() {
    assert_eq!(allocations("{}"), (FIXED, 0));
}

#[test]
fn a_full_response_costs_one_allocation_for_each_string_key_and_map() {
    let sent: Value = serde_json::from_str(FULL).unwrap();
    let (options, states) = (&sent["BackupOptions"], &sent["ChildJobsInState"]);
    // 18 members of the output, 1 of the lifecycle, 8 of the creator, 2 values of the options.
    let strings = strings(&sent);
    assert_eq!(strings, 29);
    // Of maps each key, and one node for up to eleven entries.
    let keys = entries(options) + entries(states);
    assert_eq!(keys, 4);
    let nodes = 2;
    let (all, kept) = allocations(FULL);
    assert_eq!(all, FIXED + strings + keys + nodes);
    // Known enum values need no string once they are recognised: one is the job's state, one the
    // lifecycle's event, two are keys of the states.
    let recognised = 2 + entries(states);
    assert_eq!(kept as u64, strings + keys + nodes - recognised);
}

#[test]
fn numbers_timestamps_booleans_and_structures_cost_nothing() {
    for body in [
        r#"{"BackupSizeInBytes": 1, "BytesTransferred": 1.0}"#,
        r#"{"CreationDate": 1516925490.125, "StartBy": 1516925490}"#,
        r#"{"IsParent": true, "IsEncrypted": false}"#,
        r#"{"RecoveryPointLifecycle": {"DeleteAfterDays": 1}, "CreatedBy": {}}"#,
        r#"{"BackupOptions": {}, "ChildJobsInState": {}}"#,
        r#"{"AccountId": null}"#,
    ] {
        assert_eq!(allocations(body), (FIXED, 0), "{body}");
    }
}

#[test]
fn what_the_model_does_not_know_costs_nothing() {
    let body = r#"{"New": [1, "x", {"a": {"b": ["y", null, true]}}], "Newer": "z"}"#;
    assert_eq!(allocations(body), (FIXED, 0));
}

#[test]
fn an_escaped_string_costs_what_a_plain_one_costs() {
    for body in [
        r#"{"StatusMessage": "x"}"#,
        r#"{"StatusMessage": "\u2014 \"x\""}"#,
    ] {
        assert_eq!(allocations(body), (FIXED + 1, 1), "{body}");
    }
}

#[test]
fn an_unknown_enum_value_costs_its_string() {
    assert_eq!(allocations(r#"{"State": "PAUSED"}"#), (FIXED + 1, 1));
}

/// The allocations of resolving an endpoint of AWS Backup.
fn resolving(params: &Params) -> u64 {
    use smithereen_aws::backup::Service;
    let mut resolved = false;
    let info = allocation_counter::measure(|| {
        let (rules, partitions) = (Service::RULES, <Service as Endpoints>::PARTITIONS);
        resolved = resolve(rules, partitions, params).is_ok();
    });
    assert!(resolved);
    info.count_total
}

#[test]
fn an_endpoint_costs_its_url_and_what_the_rules_remember() {
    let region = |name| Params::default().with("Region", name);
    assert_eq!(resolving(&region("us-east-1")), 2);
    let both = region("eu-west-1")
        .with("UseFIPS", true)
        .with("UseDualStack", true);
    assert_eq!(resolving(&both), 2);
    // Nothing has to be remembered of an endpoint that was configured.
    let configured = region("us-east-1").with("Endpoint", "http://127.0.0.1:5998");
    assert_eq!(resolving(&configured), 1);
    // A region that nobody has heard of needs patterns, which are compiled once.
    resolving(&region("us-east-9"));
    assert!(resolving(&region("us-east-9")) <= 4);
}

#[test]
fn parameters_cost_their_list_and_the_strings_that_are_owned() {
    let region = String::from("us-east-1");
    let info = allocation_counter::measure(|| {
        let mut params = Params::with_capacity(3);
        params.set("Region", region.clone());
        params.set("UseFIPS", false);
        params.set("UseDualStack", false);
    });
    assert_eq!((info.count_total, info.count_current), (2, 0));
}
