//! Responses: what is read from the bytes of a success, and from bytes that are none.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::{assert_debug_snapshot, assert_snapshot};
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobError, DescribeBackupJobOutput,
};
use smithereen_aws::backup::types::{
    BackupJobState, Lifecycle, LifecycleDeleteAfterEvent, RecoveryPointCreator,
};
use smithereen_aws::{DateTime, Error, Operation, http};
use smithereen_runtime::{BTreeMap, ErrorKind, Structure};

const FULL: &str = include_str!("../data/describe_backup_job.json");

/// Reads this body of a success.
#[allow(clippy::result_large_err)]
fn read(
    body: impl Into<Vec<u8>>,
) -> Result<DescribeBackupJobOutput, Error<DescribeBackupJobError>> {
    let mut response = http::Response::new(body.into());
    let id = http::HeaderValue::from_static("1a2b");
    response.headers_mut().insert("x-amzn-RequestId", id);
    DescribeBackupJob::response(response)
}

/// What reading this body fails with.
fn failure(body: impl Into<Vec<u8>>) -> String {
    match read(body) {
        Ok(output) => format!("no error: {output:?}"),
        Err(error) => error.to_string(),
    }
}

/// A body whose one member is this.
fn one(name: &str, value: &str) -> String {
    format!("{{{name:?}: {value}}}")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// What `describe_backup_job.json` says.
fn full() -> DescribeBackupJobOutput {
    let mut creator = RecoveryPointCreator::default();
    creator.backup_plan_id = some("aPlanId");
    creator.backup_plan_arn =
        some("arn:aws:backup:us-east-1:123456789012:plan:8F81F553-3A74-4A3F-B93D-B3360DC80C50");
    creator.backup_plan_name = some("aPlan");
    creator.backup_plan_version = some("aVersion");
    creator.backup_rule_id = some("aRuleId");
    creator.backup_rule_name = some("Täglich");
    creator.backup_rule_cron = some("cron(0 5 ? * * *)");
    creator.backup_rule_timezone = some("Europe/Berlin");

    let mut output = DescribeBackupJobOutput::default();
    output.account_id = some("123456789012");
    output.backup_job_id = some("1A2B3C4D-5E6F-7081-92A3-B4C5D6E7F809");
    output.backup_vault_name = some("aBackupVault");
    output.recovery_point_lifecycle = Some(
        Lifecycle::builder()
            .move_to_cold_storage_after_days(30)
            .delete_after_days(120)
            .opt_in_to_archive_for_supported_resources(true)
            .delete_after_event(LifecycleDeleteAfterEvent::DeleteAfterCopy)
            .build(),
    );
    output.backup_vault_arn =
        some("arn:aws:backup:us-east-1:123456789012:backup-vault:aBackupVault");
    output.vault_type = some("LOGICALLY_AIR_GAPPED_BACKUP_VAULT");
    output.vault_lock_state = some("LOCKED");
    output.recovery_point_arn = some(
        "arn:aws:backup:us-east-1:123456789012:recovery-point:\
         1EB3B5E7-9EB0-435A-A80B-108B488B0D45",
    );
    output.encryption_key_arn = some("arn:aws:kms:us-east-1:123456789012:key/0123abcd");
    output.is_encrypted = Some(true);
    output.resource_arn = some("arn:aws:dynamodb:us-east-1:123456789012:table/aTable");
    output.creation_date = Some(DateTime::from_millis(1_516_925_490_125));
    output.completion_date = Some(DateTime::from_secs(1_516_929_090));
    output.state = Some(BackupJobState::Completed);
    output.status_message = some("Done — \"all\" of it");
    output.percent_done = some("100.0");
    // One more than the whole numbers that a double holds exactly.
    output.backup_size_in_bytes = Some(9_007_199_254_740_993);
    output.iam_role_arn = some("arn:aws:iam::123456789012:role/S3Access");
    output.created_by = Some(creator);
    output.resource_type = some("DynamoDB");
    output.bytes_transferred = Some(4096);
    output.expected_completion_date = Some(DateTime::from_millis(1_516_930_000_500));
    output.start_by = Some(DateTime::from_secs_and_nanos(1_516_954_290, 62_500_000));
    output.backup_options = Some(BTreeMap::from(
        [("BackupACLs", "disabled"), ("WindowsVSS", "enabled")]
            .map(|(option, value)| (option.to_owned(), value.to_owned())),
    ));
    output.backup_type = some("WindowsVSS");
    output.parent_job_id = some("aParentJob");
    output.is_parent = Some(false);
    output.number_of_child_jobs = Some(3);
    output.child_jobs_in_state = Some(BTreeMap::from([
        (BackupJobState::Completed, 2),
        (BackupJobState::Failed, 1),
    ]));
    output.resource_name = some("aTable");
    output.initiation_date = Some(DateTime::from_secs(1_516_925_400));
    output.message_category = some("SUCCESS");
    output
}

/// Values that are wrong for every kind of member but their own.
const VALUES: [&str; 8] = ["\"x\"", "1", "1.5", "true", "[]", "[1]", "{}", "{\"a\": 1}"];

mod what_is_sent {
    use super::*;

    #[test]
    fn a_full_response_is_read_to_the_last_member() {
        assert_eq!(read(FULL).unwrap(), full());
    }

    #[test]
    fn the_full_response_has_every_member_of_the_model() {
        fn names<S: Structure>(value: &serde_json::Value) {
            let sent: Vec<_> = value.as_object().unwrap().keys().collect();
            assert_eq!(sent.len(), S::MEMBERS.len(), "{}", S::ID);
        }
        let sent: serde_json::Value = serde_json::from_str(FULL).unwrap();
        names::<DescribeBackupJobOutput>(&sent);
        names::<Lifecycle>(&sent["RecoveryPointLifecycle"]);
        names::<RecoveryPointCreator>(&sent["CreatedBy"]);
    }

    #[test]
    fn the_order_of_members_and_the_space_between_them_do_not_matter() {
        // `serde_json::Value` sorts the names.
        let sorted: serde_json::Value = serde_json::from_str(FULL).unwrap();
        assert_eq!(read(sorted.to_string()).unwrap(), full());
        let spaced = FULL.replace('\n', " \r\n\t ");
        assert_eq!(read(spaced).unwrap(), full());
    }

    #[test]
    fn space_around_the_body_is_nothing() {
        assert_eq!(read(format!("\r\n\t {FULL} \n")).unwrap(), full());
    }

    #[test]
    fn map_accessors_read_absent_as_empty() {
        let output = read("{}").unwrap();
        assert_eq!(output.backup_options, None);
        assert!(output.backup_options().is_empty());
        assert!(output.child_jobs_in_state().is_empty());
        let output = read(FULL).unwrap();
        assert_eq!(output.backup_options()["WindowsVSS"], "enabled");
        assert_eq!(output.child_jobs_in_state()[&BackupJobState::Failed], 1);
    }

    #[test]
    fn any_2xx_is_a_success() {
        for status in [200, 201, 204, 299] {
            let mut response = http::Response::new("{}");
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            assert!(DescribeBackupJob::response(response).is_ok(), "{status}");
        }
    }

    #[test]
    fn the_content_type_does_not_matter() {
        for content_type in [
            "application/json",
            "text/html",
            "application/x-amz-json-1.1",
        ] {
            let mut response = http::Response::new(FULL);
            let value = http::HeaderValue::from_static(content_type);
            response.headers_mut().insert("content-type", value);
            assert_eq!(DescribeBackupJob::response(response).unwrap(), full());
        }
    }
}

mod what_is_absent {
    use super::*;

    #[test]
    fn an_empty_object_sets_nothing() {
        assert_eq!(read("{}").unwrap(), DescribeBackupJobOutput::default());
    }

    #[test]
    fn an_empty_body_sets_nothing() {
        assert_eq!(read("").unwrap(), DescribeBackupJobOutput::default());
    }

    #[test]
    fn a_null_body_sets_nothing() {
        assert_eq!(read("null").unwrap(), DescribeBackupJobOutput::default());
    }

    #[test]
    fn null_is_absent_for_every_member() {
        let members: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(FULL).unwrap();
        let nulls: Vec<_> = members
            .keys()
            .map(|name| format!("{name:?}: null"))
            .collect();
        let body = format!("{{{}}}", nulls.join(","));
        assert_eq!(read(body).unwrap(), DescribeBackupJobOutput::default());
    }

    #[test]
    fn null_is_absent_inside_members() {
        let output = read(
            r#"{"RecoveryPointLifecycle": {"DeleteAfterDays": null, "DeleteAfterEvent": null},
                "CreatedBy": {"BackupPlanId": null},
                "BackupOptions": {"WindowsVSS": null, "BackupACLs": "disabled"},
                "ChildJobsInState": {"COMPLETED": null}}"#,
        )
        .unwrap();
        assert_eq!(output.recovery_point_lifecycle, Some(Lifecycle::default()));
        assert_eq!(output.created_by, Some(RecoveryPointCreator::default()));
        assert_debug_snapshot!(output.backup_options, @r#"
        Some(
            {
                "BackupACLs": "disabled",
            },
        )
        "#);
        assert_debug_snapshot!(output.child_jobs_in_state, @r"
        Some(
            {},
        )
        ");
    }

    #[test]
    fn an_empty_structure_or_map_is_not_an_absent_one() {
        let output = read(r#"{"CreatedBy": {}, "BackupOptions": {}}"#).unwrap();
        assert_eq!(output.created_by, Some(RecoveryPointCreator::default()));
        assert_eq!(output.backup_options, Some(BTreeMap::new()));
    }
}

mod what_the_model_does_not_know {
    use super::*;

    #[test]
    fn unknown_members_are_passed_over_wherever_they_are() {
        let unknown = r#""New": {"a": [1, {"b": [null, true, "\"}]", -1.5e-3, []]}], "": {}}, "#;
        let mut body = FULL.replace("{\n", &format!("{{\n{unknown}"));
        // Maps are data: a new entry would be an entry.
        for map in ["\"BackupOptions\": {\n", "\"ChildJobsInState\": {\n"] {
            body = body.replace(&format!("{map}{unknown}"), map);
        }
        assert_eq!(body.matches("New").count(), 3);
        assert_eq!(read(body).unwrap(), full());
    }

    #[test]
    fn member_names_are_those_of_the_model_to_the_letter() {
        let body = r#"{"accountId": "1", "ACCOUNTID": "2", "account_id": "3", " AccountId": "4"}"#;
        assert_eq!(read(body).unwrap(), DescribeBackupJobOutput::default());
    }

    #[test]
    fn member_names_may_be_escaped() {
        let output = read(r#"{"\u0041ccountId": "1"}"#).unwrap();
        assert_eq!(output.account_id.as_deref(), Some("1"));
    }

    #[test]
    fn a_type_discriminator_is_passed_over() {
        let output = read(r#"{"__type": "DescribeBackupJobOutput", "AccountId": "1"}"#).unwrap();
        assert_eq!(output.account_id.as_deref(), Some("1"));
    }

    #[test]
    fn an_unknown_enum_value_is_kept() {
        let state = read(one("State", "\"PAUSED\"")).unwrap().state.unwrap();
        assert_eq!(state, BackupJobState::Unrecognized("PAUSED".to_owned()));
        assert_eq!(state.as_str(), "PAUSED");
        assert_eq!(state.to_string(), "PAUSED");
        assert!(!BackupJobState::values().contains(&state));
    }

    #[test]
    fn enum_values_are_those_of_the_model_to_the_letter() {
        for value in ["completed", "", " COMPLETED", "Unrecognized"] {
            let state = read(one("State", &format!("{value:?}")))
                .unwrap()
                .state
                .unwrap();
            assert_eq!(state, BackupJobState::Unrecognized(value.to_owned()));
        }
    }

    #[test]
    fn every_known_enum_value_comes_and_goes_as_the_same_string() {
        for state in BackupJobState::values() {
            let read = read(one("State", &format!("\"{state}\""))).unwrap();
            assert_eq!(read.state.as_ref(), Some(state));
            assert_eq!(&BackupJobState::from(state.as_str()), state);
            assert_eq!(&state.as_str().parse::<BackupJobState>().unwrap(), state);
            assert!(!matches!(state, BackupJobState::Unrecognized(_)));
        }
    }

    #[test]
    fn an_enum_is_a_key_of_a_map_known_or_not() {
        let body = one("ChildJobsInState", r#"{"PAUSED": 4, "COMPLETED": 2}"#);
        let output = read(body).unwrap();
        assert_debug_snapshot!(output.child_jobs_in_state(), @r#"
        {
            Completed: 2,
            Unrecognized(
                "PAUSED",
            ): 4,
        }
        "#);
        let paused = BackupJobState::from("PAUSED");
        assert_eq!(output.child_jobs_in_state()[&paused], 4);
    }
}

mod numbers {
    use super::*;

    fn size(value: &str) -> Option<i64> {
        read(one("BackupSizeInBytes", value))
            .unwrap()
            .backup_size_in_bytes
    }

    #[test]
    fn a_whole_number_may_be_written_as_a_fraction_or_with_an_exponent() {
        assert_eq!(size("1.0"), Some(1));
        assert_eq!(size("1e3"), Some(1000));
        assert_eq!(size("1.5E1"), Some(15));
        assert_eq!(size("-2.0"), Some(-2));
        assert_eq!(size("-0"), Some(0));
        assert_eq!(size("-0.0"), Some(0));
    }

    #[test]
    fn the_whole_range_of_a_long_is_exact() {
        assert_eq!(size("9223372036854775807"), Some(i64::MAX));
        assert_eq!(size("-9223372036854775808"), Some(i64::MIN));
    }

    #[test]
    fn a_number_that_is_no_long_is_an_error() {
        for value in [
            "9223372036854775808",
            "-9223372036854775809",
            "1e19",
            "1e400",
            "0.5",
        ] {
            let text = failure(one("BackupSizeInBytes", value));
            assert!(text.contains("BackupSizeInBytes"), "{value}: {text}");
        }
        assert_snapshot!(failure(one("BackupSizeInBytes", "9223372036854775808")), @"DescribeBackupJob: the response cannot be read: BackupSizeInBytes: invalid input: number too large to fit in target type (HTTP 200, request id 1a2b)");
        assert_snapshot!(failure(one("BackupSizeInBytes", "0.5")), @"DescribeBackupJob: the response cannot be read: BackupSizeInBytes: invalid input: number is fractional or outside integer range (HTTP 200, request id 1a2b)");
    }

    #[test]
    fn what_json_does_not_call_a_number_is_none() {
        for value in [
            "01", "+1", ".5", "1.", "1e", "-", "0x1", "NaN", "Infinity", "1_000",
        ] {
            assert!(read(one("BackupSizeInBytes", value)).is_err(), "{value}");
        }
    }
}

mod timestamps {
    use super::*;

    fn created(value: &str) -> String {
        match read(one("CreationDate", value)) {
            Ok(output) => {
                let date = output.creation_date.unwrap();
                format!("{} s + {} ns", date.secs(), date.subsec_nanos())
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_timestamp_is_seconds_since_1970() {
        assert_snapshot!(created("1516925490"), @"1516925490 s + 0 ns");
        assert_snapshot!(created("0"), @"0 s + 0 ns");
    }

    #[test]
    fn a_timestamp_before_1970_is_negative() {
        assert_snapshot!(created("-1"), @"-1 s + 0 ns");
        assert_snapshot!(created("-0.5"), @"-1 s + 500000000 ns");
    }

    #[test]
    fn a_timestamp_may_have_a_fraction_or_an_exponent() {
        assert_snapshot!(created("1516925490.125"), @"1516925490 s + 125000000 ns");
        assert_snapshot!(created("1.516925490125E9"), @"1516925490 s + 125000000 ns");
    }

    #[test]
    fn a_fraction_is_what_was_written_and_not_the_double_below_it() {
        // The example of AWS's own documentation of `CreationDate`.
        assert_snapshot!(created("1516925490.087"), @"1516925490 s + 87000000 ns");
    }

    #[test]
    fn a_timestamp_may_be_a_string() {
        assert_snapshot!(created("\"2018-01-26T00:11:30.087Z\""), @"1516925490 s + 87000000 ns");
        assert_snapshot!(created("\"1516925490\""), @"DescribeBackupJob: the response cannot be read: CreationDate: invalid timestamp string: invalid date-time: invalid RFC-3339 date-time: a character literal was not valid (HTTP 200, request id 1a2b)");
        assert_snapshot!(created("\"yesterday\""), @"DescribeBackupJob: the response cannot be read: CreationDate: invalid timestamp string: invalid date-time: invalid RFC-3339 date-time: the 'year' component could not be parsed (HTTP 200, request id 1a2b)");
    }

    #[test]
    fn a_timestamp_out_of_range_is_an_error_or_a_far_date_and_no_panic() {
        for value in [
            "9223372036854775807",
            "18446744073709551615",
            "1e300",
            "-1e300",
            "1e999",
        ] {
            if let Ok(output) = read(one("CreationDate", value)) {
                // Printing is where calendars overflow.
                let _ = format!("{output:?}");
            }
        }
    }
}

mod what_cannot_be_read {
    use super::*;

    #[test]
    fn a_wrong_type_is_an_error_that_names_the_member_and_where_it_came_from() {
        let error = read(one("AccountId", "12")).unwrap_err();
        assert_snapshot!(error, @"DescribeBackupJob: the response cannot be read: AccountId: type mismatch: expected string (HTTP 200, request id 1a2b)");
        assert!(matches!(error.kind(), ErrorKind::Response { .. }));
        assert_eq!(error.operation(), "DescribeBackupJob");
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("1a2b"));
        assert_eq!((error.code(), error.message()), (None, None));
        assert!(error.as_service_error().is_none());
    }

    #[test]
    fn a_wrong_type_inside_a_member_is_named_by_the_whole_path() {
        let nested = |member: &str, body: &str| failure(one(member, body));
        assert_snapshot!(nested("CreatedBy", r#"{"BackupPlanId": 1}"#), @"DescribeBackupJob: the response cannot be read: CreatedBy: BackupPlanId: type mismatch: expected string (HTTP 200, request id 1a2b)");
        assert_snapshot!(nested("RecoveryPointLifecycle", r#"{"DeleteAfterDays": "1"}"#), @"DescribeBackupJob: the response cannot be read: RecoveryPointLifecycle: DeleteAfterDays: invalid input: invalid number (HTTP 200, request id 1a2b)");
        assert_snapshot!(nested("ChildJobsInState", r#"{"COMPLETED": "1"}"#), @"DescribeBackupJob: the response cannot be read: ChildJobsInState: invalid input: invalid number (HTTP 200, request id 1a2b)");
        assert_snapshot!(nested("BackupOptions", r#"{"WindowsVSS": 1}"#), @"DescribeBackupJob: the response cannot be read: BackupOptions: type mismatch: expected string (HTTP 200, request id 1a2b)");
    }

    #[test]
    fn every_member_takes_values_of_its_type_and_refuses_the_others_by_name() {
        let members: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(FULL).unwrap();
        for (name, own) in &members {
            let mut taken = 0;
            for value in VALUES {
                match read(one(name, value)) {
                    Ok(_) => taken += 1,
                    Err(error) => {
                        let text = error.to_string();
                        let start =
                            format!("DescribeBackupJob: the response cannot be read: {name}: ");
                        assert!(text.starts_with(&start), "{name} = {value}: {text}");
                        assert!(text.ends_with("(HTTP 200, request id 1a2b)"), "{text}");
                    }
                }
            }
            // Objects are read as structures or maps, fractions as timestamps; the rest is strict.
            let most = if own.is_object() || own.is_number() {
                2
            } else {
                1
            };
            assert!(
                (1..=most).contains(&taken),
                "{name} takes {taken} of the values"
            );
        }
    }

    #[test]
    fn a_body_that_is_no_object_is_an_error() {
        for body in ["[]", "\"x\"", "1", "true", "<html>", "[{}]"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert_snapshot!(failure("<html>busy</html>"), @"DescribeBackupJob: the response cannot be read: type mismatch: expected object (HTTP 200, request id 1a2b)");
        assert_snapshot!(failure("[]"), @"DescribeBackupJob: the response cannot be read: type mismatch: expected object (HTTP 200, request id 1a2b)");
    }

    #[test]
    fn a_body_that_ends_early_is_an_error_at_every_byte() {
        let body = FULL.trim_end();
        for length in 1..body.len() {
            let text = failure(&body.as_bytes()[..length]);
            assert!(
                text.starts_with("DescribeBackupJob: the response cannot be read: ")
                    && text.ends_with("(HTTP 200, request id 1a2b)"),
                "the first {length} bytes: {text}"
            );
        }
        assert!(read(body).is_ok());
    }

    #[test]
    fn a_body_with_any_byte_replaced_is_read_or_an_error_and_no_panic() {
        for at in 0..FULL.len() {
            for byte in [
                0, b'"', b'\\', b'{', b'}', b'[', b',', b'9', b'-', 0x80, 0xff,
            ] {
                let mut body = FULL.as_bytes().to_vec();
                body[at] = byte;
                let _ = read(body);
            }
        }
    }

    #[test]
    fn garbage_is_an_error_and_no_panic() {
        // A linear congruential generator: the same garbage each time.
        let mut state = 1_u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        for length in 1..400 {
            let body: Vec<u8> = (0..length).map(|_| byte()).collect();
            assert!(read(body.clone()).is_err(), "{body:?}");
            let body = [b"{\"AccountId\":", body.as_slice()].concat();
            assert!(read(body.clone()).is_err(), "{body:?}");
        }
    }

    #[test]
    fn text_that_is_not_utf_8_is_an_error() {
        assert_snapshot!(failure(&b"{\"AccountId\": \"\xff\"}"[..]), @"DescribeBackupJob: the response cannot be read: AccountId: invalid input: invalid utf-8 sequence of 1 bytes from index 0 (HTTP 200, request id 1a2b)");
        assert!(read(&b"{\"\xff\": 1}"[..]).is_err());
        assert!(read(&b"\xff\xfe{}"[..]).is_err());
    }

    #[test]
    fn half_a_surrogate_pair_is_an_error() {
        assert_snapshot!(failure(one("AccountId", r#""\ud83e""#)), @"DescribeBackupJob: the response cannot be read: AccountId: invalid input: unexpected end of string (HTTP 200, request id 1a2b)");
        let crab = read(one("AccountId", r#""\ud83e\udd80""#)).unwrap();
        assert_eq!(crab.account_id.as_deref(), Some("🦀"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_panic() {
        let arrays = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects =
            |depth: usize| format!("{}1{}", "{\"CreatedBy\":".repeat(depth), "}".repeat(depth));
        for depth in [200, 100_000] {
            for value in [arrays(depth), objects(depth)] {
                for member in ["New", "CreatedBy", "AccountId", "BackupOptions"] {
                    let _ = read(one(member, &value));
                }
                let _ = read(value);
            }
        }
        assert_snapshot!(failure(one("New", &arrays(200))), @"DescribeBackupJob: the response cannot be read: maximum nesting depth exceeded (HTTP 200, request id 1a2b)");
        assert_snapshot!(failure(one("CreatedBy", &objects(200))), @"DescribeBackupJob: the response cannot be read: CreatedBy: maximum nesting depth exceeded (HTTP 200, request id 1a2b)");
    }

    #[test]
    fn moderate_nesting_of_what_is_unknown_is_no_error() {
        let value = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert!(read(one("New", &value)).is_ok());
    }

    #[test]
    fn of_a_member_that_is_sent_twice_the_last_one_counts() {
        let output = read(r#"{"AccountId": "1", "AccountId": "2"}"#).unwrap();
        assert_eq!(output.account_id.as_deref(), Some("2"));
        let output = read(
            r#"{"CreatedBy": {"BackupPlanId": "1"}, "CreatedBy": {"BackupRuleId": "2"},
                "ChildJobsInState": {"FAILED": 1, "FAILED": 2}}"#,
        )
        .unwrap();
        let creator = output.created_by.clone().unwrap();
        assert_eq!(
            (creator.backup_plan_id, creator.backup_rule_id),
            (None, some("2"))
        );
        assert_eq!(output.child_jobs_in_state()[&BackupJobState::Failed], 2);
    }

    #[test]
    fn what_follows_the_object_does_not_count() {
        assert!(read(format!("{FULL}garbage")).is_err());
    }

    #[test]
    fn a_large_number_of_unknown_members_takes_no_memory_to_speak_of() {
        let entries: Vec<_> = (0..10_000).map(|n| format!("\"New{n}\": {{}}")).collect();
        let output = read(format!("{{{}}}", entries.join(","))).unwrap();
        assert_eq!(output, DescribeBackupJobOutput::default());
    }
}
