//! Shapes in the formats of serde, by the API's member names.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]
#![cfg(feature = "serde")]

use insta::assert_snapshot;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobInput, DescribeBackupJobOutput,
};
use smithereen_aws::backup::types::{BackupJobState, Lifecycle};
use smithereen_aws::{Blob, DateTime, Document, Operation, http};
use smithereen_tests::fixtures::{
    direct_recursion, float_blob_document, headers, lists_and_maps, payloads, sensitive_member,
    sensitive_shapes, timestamp_formats, union, unknown_value, wire_names,
};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use direct_recursion::types::Tree;
use float_blob_document::operation::echo::EchoInput as Values;
use lists_and_maps::operation::echo::EchoInput as Holder;
use timestamp_formats::operation::echo::EchoInput as Times;
use union::operation::draw::DrawInput as Drawing;
use union::types::{Circle, Figure, Only};

const FULL: &str = include_str!("../data/describe_backup_job.json");

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn from_json<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

/// What reading this fails with.
fn failure<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

/// Writes a value and reads it again, in two formats, from everything that they read from.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = to_json(value);
    assert_eq!(&from_json::<T>(&text), value, "{text}");
    assert_eq!(
        &serde_json::from_slice::<T>(text.as_bytes()).unwrap(),
        value
    );
    assert_eq!(
        &serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(),
        value
    );
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(tree, from_json::<Value>(&text));
    assert_eq!(&T::deserialize(&tree).unwrap(), value);
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    assert_eq!(&ciborium::from_reader::<T, _>(&*bytes).unwrap(), value);
}

/// The full response, read from the wire.
fn full() -> DescribeBackupJobOutput {
    DescribeBackupJob::response(http::Response::new(FULL)).unwrap()
}

mod the_full_response {
    use super::*;

    #[test]
    fn goes_from_the_wire_to_json_and_back() {
        let output = full();
        round_trip(&output);
        assert_snapshot!(serde_json::to_string_pretty(&output).unwrap());
    }

    #[test]
    fn can_be_read_as_it_is_on_the_wire() {
        assert_eq!(from_json::<DescribeBackupJobOutput>(FULL), full());
    }

    #[test]
    fn is_written_with_the_length_that_some_formats_want_first() {
        // In CBOR b8 begins a map of so many entries; bf would begin one of unknown length.
        let mut bytes = Vec::new();
        ciborium::into_writer(&full(), &mut bytes).unwrap();
        let members = full_members();
        assert_eq!(bytes[..2], [0xb8, members]);
    }

    fn full_members() -> u8 {
        let sent: serde_json::Map<String, Value> = from_json(FULL);
        sent.len().try_into().unwrap()
    }

    #[test]
    fn can_be_read_from_toml() {
        let output: DescribeBackupJobOutput = toml::from_str(
            r#"
            AccountId = "123456789012"
            CreationDate = "2018-01-26T00:11:30.125Z"
            State = "COMPLETED"
            Unknown = { a = [1, 2] }

            [RecoveryPointLifecycle]
            DeleteAfterDays = 120

            [ChildJobsInState]
            FAILED = 1
            "#,
        )
        .unwrap();
        let expected = from_json::<DescribeBackupJobOutput>(
            r#"{"AccountId": "123456789012", "CreationDate": 1516925490.125,
                    "State": "COMPLETED", "RecoveryPointLifecycle": {"DeleteAfterDays": 120},
                    "ChildJobsInState": {"FAILED": 1}}"#,
        );
        assert_eq!(output, expected);
    }
}

mod structures {
    use super::*;

    #[test]
    fn go_by_the_names_of_the_model_and_not_of_the_wire() {
        use wire_names::operation::echo::{Echo, EchoInput};
        use wire_names::types::Inner;

        let input = EchoInput::builder()
            .full_name("a")
            .inners([Inner::builder().value("b").build()])
            .same("c")
            .id2x("d")
            .build();
        assert_snapshot!(to_json(&input), @r#"{"FullName":"a","Inners":[{"Value":"b"}],"same":"c","ID2x":"d"}"#);
        let wire = Echo::request(&input).unwrap();
        assert_snapshot!(String::from_utf8_lossy(wire.body()), @r#"{"full.name":"a","the_inners":[{"inner-value":"b"}],"same":"c","ID2x":"d"}"#);
        round_trip(&input);
        assert_eq!(
            from_json::<EchoInput>(r#"{"full.name": "a"}"#),
            EchoInput::default()
        );
    }

    #[test]
    fn are_whole_wherever_their_members_go_on_the_wire() {
        use headers::operation::tag::TagInput as Headers;
        use payloads::operation::{
            put_blob::PutBlobInput, put_choice::PutChoiceInput, put_part::PutPartInput,
        };
        use payloads::types::{Choice, Part};

        let id = DescribeBackupJobInput::builder().backup_job_id("1").build();
        assert_eq!(to_json(&id), r#"{"BackupJobId":"1"}"#);
        round_trip(&id);
        let part = Part::builder().name("n").build();
        let part = PutPartInput::builder().tag("t").part(part).build();
        assert_eq!(to_json(&part), r#"{"Tag":"t","Part":{"Name":"n"}}"#);
        round_trip(&part);
        let choice = PutChoiceInput::builder().choice(Choice::A("a".to_owned()));
        let choice = choice.build();
        assert_eq!(to_json(&choice), r#"{"Choice":{"A":"a"}}"#);
        round_trip(&choice);
        let blob = PutBlobInput::builder().r#type("t").data(Blob::new("x"));
        assert_eq!(to_json(&blob.build()), r#"{"Type":"t","Data":"eA=="}"#);
        round_trip(&Headers::default());
    }

    #[test]
    fn leave_out_what_is_absent() {
        assert_eq!(to_json(&DescribeBackupJobOutput::default()), "{}");
        let output: DescribeBackupJobOutput = from_json("{}");
        assert_eq!(output, DescribeBackupJobOutput::default());
        round_trip(&Lifecycle::builder().delete_after_days(1).build());
    }

    #[test]
    fn read_null_as_absent() {
        let names: serde_json::Map<String, Value> = from_json(FULL);
        let nulls: Value = names.keys().map(|key| (key.clone(), Value::Null)).collect();
        let output = DescribeBackupJobOutput::deserialize(nulls).unwrap();
        assert_eq!(output, DescribeBackupJobOutput::default());
    }

    #[test]
    fn ignore_members_that_the_model_does_not_know() {
        let text = r#"{"New": {"a": [1, {"b": null}]}, "DeleteAfterDays": 7, "deleteAfterDays": 8, "": []}"#;
        let expected = Lifecycle::builder().delete_after_days(7).build();
        assert_eq!(from_json::<Lifecycle>(text), expected);
    }

    #[test]
    fn take_the_last_of_a_name_that_comes_twice() {
        let text = r#"{"DeleteAfterDays": 7, "DeleteAfterDays": 8}"#;
        let expected = Lifecycle::builder().delete_after_days(8).build();
        assert_eq!(from_json::<Lifecycle>(text), expected);
        let text = r#"{"ByColor": {"RED": 1, "RED": 2}}"#;
        assert_eq!(from_json::<Holder>(text).by_color().len(), 1);
        assert_eq!(from_json::<Holder>(text).by_color()[&"RED".into()], 2);
    }

    #[test]
    fn that_are_errors_are_data_too() {
        use smithereen_aws::backup::types::error::ResourceNotFoundException;

        let error: ResourceNotFoundException = from_json(r#"{"Message": "no such job"}"#);
        assert_eq!(to_json(&error), r#"{"Message":"no such job"}"#);
    }

    #[test]
    fn can_be_read_from_values_that_know_no_options() {
        use serde::de::value::{Error, MapDeserializer};

        let days = MapDeserializer::<_, Error>::new([("DeleteAfterDays", 7)].into_iter());
        let expected = Lifecycle::builder().delete_after_days(7).build();
        assert_eq!(Lifecycle::deserialize(days).unwrap(), expected);
        let texts = [("AccountId", "1"), ("State", "FAILED"), ("New", "2")];
        let texts = MapDeserializer::<_, Error>::new(texts.into_iter());
        let output = DescribeBackupJobOutput::deserialize(texts).unwrap();
        assert_eq!(to_json(&output), r#"{"AccountId":"1","State":"FAILED"}"#);
    }

    #[test]
    fn are_fields_of_derived_ones_flattened_or_untagged() {
        #[derive(Debug, Deserialize, PartialEq, Serialize)]
        struct Row {
            at: u64,
            job: Option<DescribeBackupJobOutput>,
            #[serde(flatten)]
            lifecycle: Lifecycle,
        }

        #[derive(Debug, Deserialize, PartialEq, Serialize)]
        #[serde(untagged)]
        enum Either {
            Number(u64),
            Values(Box<Values>),
            State(BackupJobState),
        }

        round_trip(&Row {
            at: 1,
            job: Some(full()),
            lifecycle: Lifecycle::builder().delete_after_days(7).build(),
        });
        let job: Row = from_json(r#"{"at": 1, "job": null, "DeleteAfterDays": null}"#);
        assert_eq!(job.job, None);
        round_trip(&Either::Values(Box::new(values())));
        round_trip(&Either::State("PAUSED".into()));
    }
}

mod unions {
    use super::*;

    #[test]
    fn are_objects_of_one_key() {
        let circle = Figure::Circle(Circle::builder().radius(2).build());
        let group = Figure::Group(vec![circle, Figure::Name("dot".to_owned())]);
        let figure = Figure::Mirrored(Box::new(group));
        let text = r#"{"Mirrored":{"Group":[{"Circle":{"Radius":2}},{"Name":"dot"}]}}"#;
        assert_eq!(to_json(&figure), text);
        round_trip(&figure);
        round_trip(&Drawing::builder().figure(figure).only(Only::One(1)).build());
    }

    #[test]
    fn of_a_member_that_the_model_does_not_know_are_the_catch_all() {
        for text in [
            r#"{"Two": {"deep": [1]}}"#,
            r#"{"One": null, "Two": 2}"#,
            "{}",
        ] {
            assert_eq!(from_json::<Only>(text), Only::Unrecognized, "{text}");
        }
        let only: Only = from_json(r#"{"Two": null, "One": 1, "Three": 3}"#);
        assert_eq!(only, Only::One(1));
        assert_eq!(to_json(&Only::Unrecognized), "{}");
        round_trip(&Drawing::builder().only(Only::Unrecognized).build());
    }

    #[test]
    fn of_two_members_are_refused() {
        assert_snapshot!(failure::<Drawing>(r#"{"Figure": {"Name": "dot", "Circle": {"Radius": 1}}}"#), @"Figure: invalid input: the union com.amazonaws.union#Figure has more than one member set");
    }
}

mod enums {
    use super::*;

    #[test]
    fn are_strings_and_unknown_ones_are_kept() {
        for (state, text) in [
            (BackupJobState::Completed, r#""COMPLETED""#),
            (
                BackupJobState::Unrecognized("PAUSED".to_owned()),
                r#""PAUSED""#,
            ),
        ] {
            assert_eq!(to_json(&state), text);
            round_trip(&state);
        }
        let state: unknown_value::types::LightState = from_json(r#""Unknown""#);
        assert_eq!(state, unknown_value::types::LightState::Unknown);
    }

    #[test]
    fn are_keys_of_maps() {
        let counts = BTreeMap::from([(BackupJobState::Failed, 1), ("PAUSED".into(), 2)]);
        assert_eq!(to_json(&counts), r#"{"FAILED":1,"PAUSED":2}"#);
        round_trip(&counts);
    }
}

/// A value of every kind.
fn values() -> Values {
    Values::builder()
        .float(0.5)
        .double(-1e300)
        .long(i64::MAX)
        .boolean(false)
        .blob(Blob::new(b"\xff\x00"))
        .blobs([Blob::new("a"), Blob::new("")])
        .document(document())
        .build()
}

fn document() -> Document {
    let numbers = [1_u64.into(), (-1_i64).into(), 0.5.into(), u64::MAX.into()];
    Document::Object(HashMap::from([
        (
            "z".to_owned(),
            Document::Array(vec![Document::Null, true.into()]),
        ),
        ("a".to_owned(), Document::Array(numbers.into())),
        ("m".to_owned(), "text".into()),
        ("e".to_owned(), HashMap::new().into()),
    ]))
}

mod scalars {
    use super::*;

    #[test]
    fn of_every_kind_round_trip() {
        assert_snapshot!(to_json(&values()), @r#"{"Float":0.5,"Double":-1e+300,"Long":9223372036854775807,"Boolean":false,"Blob":"/wA=","Blobs":["YQ==",""],"Document":{"a":[1,-1,0.5,18446744073709551615],"e":{},"m":"text","z":[null,true]}}"#);
        round_trip(&values());
    }

    #[test]
    fn blobs_are_base64() {
        let values: Values = from_json(r#"{"Blob": "/wA=", "Blobs": [""]}"#);
        assert_eq!(values.blob, Some(Blob::new(b"\xff\x00")));
        assert_eq!(values.blobs(), [Blob::new("")]);
        assert_snapshot!(failure::<Values>(r#"{"Blobs": ["YQ==", "?"]}"#), @"Blobs: 1: invalid value: another string, expected a string of base64 at line 1 column 22");
        assert_snapshot!(failure::<Values>(r#"{"Blob": 7}"#), @"Blob: invalid type: integer `7`, expected a string of base64 at line 1 column 10");
    }

    #[test]
    fn floats_that_json_has_no_number_for_are_strings() {
        for (float, text) in [
            (f64::INFINITY, r#""Infinity""#),
            (f64::NEG_INFINITY, r#""-Infinity""#),
        ] {
            let values = Values::builder().float(float as f32).double(float).build();
            assert_eq!(
                to_json(&values),
                format!(r#"{{"Float":{text},"Double":{text}}}"#)
            );
            round_trip(&values);
        }
        let values = Values::builder().float(f32::NAN).double(f64::NAN).build();
        assert_eq!(to_json(&values), r#"{"Float":"NaN","Double":"NaN"}"#);
        let values: Values = from_json(&to_json(&values));
        assert!(values.float.is_some_and(f32::is_nan));
        assert!(values.double.is_some_and(f64::is_nan));
        assert_snapshot!(failure::<Values>(r#"{"Double": "nan"}"#), @r#"Double: invalid value: string "nan", expected a number, "NaN", "Infinity" or "-Infinity" at line 1 column 16"#);
    }

    #[test]
    fn integers_may_be_written_as_floats_are() {
        let values: Values = from_json(r#"{"Long": 7.0, "Double": 7}"#);
        assert_eq!(values.long, Some(7));
        assert_eq!(values.double, Some(7.0));
        assert_snapshot!(failure::<Values>(r#"{"Long": 7.5}"#), @"Long: invalid value: floating point `7.5`, expected an integer of 64 bits at line 1 column 12");
        assert_snapshot!(failure::<Values>(r#"{"Long": 9223372036854775808}"#), @"Long: invalid value: integer `9223372036854775808`, expected an integer of 64 bits at line 1 column 28");
        assert_snapshot!(failure::<Circle>(r#"{"Radius": 2147483648}"#), @"Radius: invalid value: integer `2147483648`, expected an integer from -2147483648 to 2147483647 at line 1 column 21");
    }

    #[test]
    fn documents_are_as_they_are() {
        for text in [
            r#"{"a":{"b":[null,true,-1,1.5,"x"]}}"#,
            "[]",
            "null",
            "18446744073709551615",
            r#""x""#,
        ] {
            let text = format!(r#"{{"Document":{text}}}"#);
            let values: Values = from_json(&text);
            assert_eq!(to_json(&values), text);
            round_trip(&values);
        }
    }

    #[test]
    fn numbers_may_come_as_the_maps_that_serde_json_can_make_of_them() {
        // As with serde_json's feature `arbitrary_precision`, which any crate may turn on.
        let digits = |digits: &str| json!({ "$serde_json::private::Number": digits });
        let values = json!({ "Double": digits("0.5"), "Document": [digits("-7"), digits("1e2")] });
        let values = Values::deserialize(values).unwrap();
        assert_eq!(values.double, Some(0.5));
        let numbers = vec![Document::from(-7_i64), Document::from(100.0)];
        assert_eq!(values.document, Some(numbers.into()));
        let times = Times::deserialize(json!({ "Body": digits("1500000000.5") })).unwrap();
        assert_eq!(times.body, Some(DateTime::from_millis(1_500_000_000_500)));
    }
}

mod timestamps {
    use super::*;

    #[test]
    fn are_rfc_3339_whatever_the_wire_says() {
        let time = DateTime::from_millis(1_500_000_000_500);
        let times = Times::builder()
            .body(time)
            .body_http(time)
            .header(time)
            .query_unix(time)
            .list([time])
            .map([("a", DateTime::from_secs(-1))])
            .build();
        assert_snapshot!(to_json(&times), @r#"{"Body":"2017-07-14T02:40:00.5Z","BodyHttp":"2017-07-14T02:40:00.5Z","List":["2017-07-14T02:40:00.5Z"],"Map":{"a":"1969-12-31T23:59:59Z"},"Header":"2017-07-14T02:40:00.5Z","QueryUnix":"2017-07-14T02:40:00.5Z"}"#);
        round_trip(&times);
    }

    #[test]
    fn may_have_an_offset_or_be_numbers() {
        let time = DateTime::from_millis(1_516_925_490_087);
        for text in [
            r#""2018-01-26T00:11:30.087Z""#,
            r#""2018-01-26T00:11:30.087000+00:00""#,
            r#""2018-01-25T19:11:30.087-05:00""#,
            "1516925490.087",
        ] {
            let times: Times = from_json(&format!(r#"{{"Body": {text}}}"#));
            assert_eq!(times.body, Some(time), "{text}");
        }
        let times: Times = from_json(r#"{"Body": 1516925490, "BodyIso": -1}"#);
        assert_eq!(times.body, Some(DateTime::from_secs(1_516_925_490)));
        assert_eq!(times.body_iso, Some(DateTime::from_secs(-1)));
    }

    #[test]
    fn that_are_none_are_refused() {
        assert_snapshot!(failure::<Times>(r#"{"List": [0, "yesterday"]}"#), @r#"List: 1: invalid value: string "yesterday", expected a timestamp: 2018-01-26T00:11:30Z or seconds since 1970 at line 1 column 24"#);
        assert_snapshot!(failure::<Times>(r#"{"Map": {"a": 1e300}}"#), @"Map: {}: invalid value: floating point `1e+300`, expected a timestamp: 2018-01-26T00:11:30Z or seconds since 1970 at line 1 column 19");
        assert_snapshot!(failure::<Times>(r#"{"Body": true}"#), @"Body: invalid type: boolean `true`, expected a timestamp: 2018-01-26T00:11:30Z or seconds since 1970 at line 1 column 13");
        let late = DateTime::from_secs(i64::MAX);
        let times = Times::builder()
            .list([DateTime::from_secs(0), late])
            .build();
        assert_snapshot!(serde_json::to_string(&times).unwrap_err(), @"List: 1: 9223372036854775807 seconds since 1970 are not in the years 1 to 9999 that RFC 3339 has");
    }
}

mod aggregates {
    use super::*;

    #[test]
    fn nest() {
        let text = r#"{"ByColor":{"GREEN":2,"BLUE":3},"Matrix":[[1,2],[]],"Lists":{"a":["b"]}}"#;
        let holder: Holder = from_json(text);
        assert_eq!(holder.matrix(), [vec![1, 2], vec![]]);
        assert_eq!(to_json(&holder), text);
        round_trip(&holder);
    }

    #[test]
    fn keep_nulls_where_they_are_sparse_only() {
        let text = r#"{"Plain":["a",null],"Sparse":["a",null],"SparseMap":{"a":null,"b":1},"Lists":{"a":null}}"#;
        let holder: Holder = from_json(text);
        assert_snapshot!(to_json(&holder), @r#"{"Plain":["a"],"Sparse":["a",null],"SparseMap":{"a":null,"b":1},"Lists":{}}"#);
        round_trip(&holder);
    }
}

mod errors {
    use super::*;

    #[test]
    fn say_where_and_what_was_expected() {
        let failures = [
            r#"{"CreatedBy": {"BackupPlanId": 1}}"#,
            r#"{"CreatedBy": "x"}"#,
            r#"{"ChildJobsInState": {"FAILED": "x"}}"#,
            r#"{"BackupOptions": []}"#,
            r#"{"State": 1}"#,
            r#"{"IsParent": "yes"}"#,
            "null",
            "[]",
        ]
        .map(failure::<DescribeBackupJobOutput>);
        assert_snapshot!(failures.join("\n"), @r#"
        CreatedBy: BackupPlanId: invalid type: integer `1`, expected a string at line 1 column 32
        CreatedBy: invalid type: a string, expected an object (com.amazonaws.backup#RecoveryPointCreator) at line 1 column 17
        ChildJobsInState: {}: invalid type: string "x", expected an integer of 64 bits at line 1 column 35
        BackupOptions: invalid type: sequence, expected an object (a map) at line 1 column 20
        State: invalid type: integer `1`, expected a string at line 1 column 11
        IsParent: invalid type: string "yes", expected a boolean at line 1 column 18
        invalid type: null, expected an object (com.amazonaws.backup#DescribeBackupJobOutput) at line 1 column 4
        invalid type: sequence, expected an object (com.amazonaws.backup#DescribeBackupJobOutput) at line 1 column 2
        "#);
        let text = r#"{"Figure": {"Group": [{"Name": "a"}, {"Circle": {"Radius": "x"}}]}}"#;
        assert_snapshot!(failure::<Drawing>(text), @r#"Figure: Group: 1: Circle: Radius: invalid type: string "x", expected an integer from -2147483648 to 2147483647 at line 1 column 62"#);
        let tree: Value = from_json(text);
        assert_snapshot!(Drawing::deserialize(tree).unwrap_err(), @r#"Figure: Group: 1: Circle: Radius: invalid type: string "x", expected an integer from -2147483648 to 2147483647"#);
        assert_snapshot!(failure::<Holder>(r#"{"Matrix": [[1], [2, true]]}"#), @"Matrix: 1: 1: invalid type: boolean `true`, expected an integer from -2147483648 to 2147483647 at line 1 column 25");
    }

    #[test]
    fn say_where_the_format_ends() {
        let failures = [
            "{",
            r#"{"CreatedBy": {"BackupPlanId": }}"#,
            r#"{"CreatedBy": {"BackupPlanId": "#,
            r#"{"CreatedBy": {"BackupPlanId"#,
        ]
        .map(failure::<DescribeBackupJobOutput>);
        assert_snapshot!(failures.join("\n"), @"
        EOF while parsing an object at line 1 column 1
        CreatedBy: BackupPlanId: expected value at line 1 column 32
        CreatedBy: BackupPlanId: EOF while parsing a value at line 1 column 31
        CreatedBy: EOF while parsing a string at line 1 column 28
        ");
        assert_snapshot!(failure::<Holder>(r#"{"Matrix": [[1], [2,"#), @"Matrix: 1: 1: EOF while parsing a value at line 1 column 20");
    }

    #[test]
    fn do_not_show_what_is_sensitive() {
        use sensitive_member::operation::log_in::LogInInput;
        use sensitive_shapes::operation::echo_patient::EchoPatientInput;

        let mut failures = Vec::from(
            [
                r#"{"Pin": "hunter2"}"#,
                r#"{"Credentials": "hunter2"}"#,
                r#"{"Credentials": {"type": {"hunter2": 1}}}"#,
                r#"{"Credentials": {"type": "hunter2"#,
            ]
            .map(failure::<LogInInput>),
        );
        failures.extend(
            [
                r#"{"BloodTypes": ["A", {"hunter2": 1}]}"#,
                r#"{"Diagnosis": {"Name": ["hunter2"]}}"#,
                r#"{"Note": {"Secret": ["hunter2"]}}"#,
                r#"{"Note": "hunter2"}"#,
            ]
            .map(failure::<EchoPatientInput>),
        );
        let failures = failures.join("\n");
        assert!(!failures.contains("hunter2"), "{failures}");
        assert_snapshot!(failures, @"
        Pin: not a valid integer; the value is sensitive and not shown
        Credentials: invalid type: a string, expected an object (com.amazonaws.sensitive_member#Credentials) at line 1 column 25
        Credentials: type: not a valid string; the value is sensitive and not shown
        Credentials: type: not a valid string; the value is sensitive and not shown
        BloodTypes: not a valid list; the value is sensitive and not shown
        Diagnosis: not a valid structure; the value is sensitive and not shown
        Note: Secret: not a valid string; the value is sensitive and not shown
        Note: invalid type: a string, expected an object (com.amazonaws.sensitive_shapes#Note) at line 1 column 18
        ");
    }

    #[test]
    fn of_the_format_stay_what_they_are_when_writing() {
        struct Full(usize);

        impl std::io::Write for Full {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 = self
                    .0
                    .checked_sub(bytes.len())
                    .ok_or(std::io::ErrorKind::BrokenPipe)?;
                Ok(bytes.len())
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        let length = to_json(&full()).len();
        for room in [0, 1, 200, length - 1] {
            let error = serde_json::to_writer(Full(room), &full()).unwrap_err();
            let kind = error.io_error_kind();
            assert_eq!(kind, Some(std::io::ErrorKind::BrokenPipe), "{room}");
        }
        serde_json::to_writer(Full(length), &full()).unwrap();
    }
}

#[test]
fn what_is_sensitive_is_written() {
    use sensitive_member::operation::log_in::LogInInput;

    let input = LogInInput::builder().session("hunter2").pin(1234).build();
    assert_eq!(to_json(&input), r#"{"Session":"hunter2","Pin":1234}"#);
    round_trip(&input);
}

mod depth {
    use super::*;

    /// A tree of this many levels.
    fn tree(levels: usize) -> String {
        format!(
            r#"{}{{}}{}"#,
            r#"{"Left": "#.repeat(levels),
            "}".repeat(levels)
        )
    }

    #[test]
    fn is_what_the_format_allows() {
        let deep: Tree = from_json(&tree(126));
        round_trip(&deep);
        let error = failure::<Tree>(&tree(127));
        assert!(
            error.ends_with("recursion limit exceeded at line 1 column 1144"),
            "{error}"
        );
        let documents = format!(r#"{{"Document": {}1{}}}"#, "[".repeat(200), "]".repeat(200));
        assert!(failure::<Values>(&documents).contains("recursion limit"));
        // One that would be quoted at each level.
        let mut bytes = vec![0xa1, 0x64];
        bytes.extend(b"Left");
        let mut bytes = bytes.repeat(200);
        bytes.extend([0xa1, 0x64]);
        bytes.extend(b"Name\x07");
        let error = ciborium::from_reader::<Tree, _>(&*bytes).unwrap_err();
        let text = error.to_string();
        assert!(text.len() < 3000, "{}", text.len());
        // As deep as can be.
        let error =
            ciborium::from_reader::<Tree, _>(&*b"\xa1\x64Left".repeat(100_000)).unwrap_err();
        assert!(
            matches!(error, ciborium::de::Error::Semantic(..)),
            "{error:?}"
        );
    }

    #[test]
    fn and_size_are_not_believed() {
        // CBOR that tells of 2^62 elements or entries, and ends.
        for start in [&b"\xa1\x66Matrix\x9b\x40"[..], b"\xa1\x65Lists\xbb\x40"] {
            let mut bytes = start.to_vec();
            bytes.extend([0; 7]);
            assert!(ciborium::from_reader::<Holder, _>(&*bytes).is_err());
        }
    }
}
