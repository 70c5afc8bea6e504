//! Error responses: which error it is, what it says, and that nothing of it is lost.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobError,
};
use smithereen_aws::backup::types::error::{
    DependencyFailureException, InvalidParameterValueException, MissingParameterValueException,
    ResourceNotFoundException, ServiceUnavailableException,
};
use smithereen_aws::{Error, Operation, http};
use smithereen_runtime::{ErrorKind, ErrorMeta, Modeled, OperationError};
use std::error::Error as StdError;

const HTML: &str = "<html><body>503 Service Temporarily Unavailable</body></html>";

/// The error that a response with this status, these headers and this body is read into. Every
/// response has a request ID, which no test may lose.
fn error(
    status: u16,
    headers: &[(&'static str, &str)],
    body: impl Into<Vec<u8>>,
) -> Error<DescribeBackupJobError> {
    let mut response = http::Response::builder()
        .status(status)
        .header("x-amzn-RequestId", "1a2b");
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let response = response.body(body.into()).unwrap();
    let error = DescribeBackupJob::response(response).unwrap_err();
    assert_eq!(error.request_id(), Some("1a2b"));
    assert_eq!(error.status(), Some(status));
    assert_eq!(error.operation(), "DescribeBackupJob");
    error
}

/// With the error code in the header that AWS sends it in.
fn typed(status: u16, code: &str, body: impl Into<Vec<u8>>) -> Error<DescribeBackupJobError> {
    error(status, &[("x-amzn-ErrorType", code)], body)
}

/// A body as AWS Backup sends it.
const BODY: &str = r#"{
    "Code": "ERROR_2502",
    "Message": "no such job",
    "Type": "CLIENT",
    "Context": "a context"
}"#;

/// Checks one modelled error: its variant, its members, what every error says, and its texts.
macro_rules! modelled {
    ($test:ident, $name:ident, $status:literal) => {
        #[test]
        fn $test() {
            let error = typed($status, stringify!($name), BODY);
            let Some(service) = error.as_service_error() else {
                panic!("{error:?}");
            };
            let DescribeBackupJobError::$name(exception) = service else {
                panic!("{service:?}");
            };
            let mut expected = $name::default();
            expected.code = Some("ERROR_2502".to_owned());
            expected.message = Some("no such job".to_owned());
            expected.r#type = Some("CLIENT".to_owned());
            expected.context = Some("a context".to_owned());
            assert_eq!(**exception, expected);

            let meta = ErrorMeta::default()
                .with_code(stringify!($name))
                .with_message("no such job")
                .with_status($status)
                .with_request_id("1a2b");
            assert_eq!(exception.meta(), &meta);
            assert_eq!(service.meta(), &meta);
            assert_eq!(error.meta(), Some(&meta));
            assert_eq!(error.code(), Some(stringify!($name)));
            assert_eq!(error.message(), Some("no such job"));

            let text = concat!(
                stringify!($name),
                ": no such job (HTTP ",
                stringify!($status),
                ", request id 1a2b)"
            );
            assert_eq!(exception.to_string(), text);
            assert_eq!(service.to_string(), text);
            assert_eq!(error.to_string(), format!("DescribeBackupJob: {text}"));
        }
    };
}

modelled!(
    a_dependency_failure_is_its_variant,
    DependencyFailureException,
    500
);
modelled!(
    an_invalid_parameter_is_its_variant,
    InvalidParameterValueException,
    400
);
modelled!(
    a_missing_parameter_is_its_variant,
    MissingParameterValueException,
    400
);
modelled!(
    a_resource_not_found_is_its_variant,
    ResourceNotFoundException,
    400
);
modelled!(
    a_service_unavailable_is_its_variant,
    ServiceUnavailableException,
    500
);

fn is_not_found(error: &Error<DescribeBackupJobError>) -> bool {
    let service = error.as_service_error();
    matches!(
        service,
        Some(DescribeBackupJobError::ResourceNotFoundException(_))
    )
}

fn is_unhandled(error: &Error<DescribeBackupJobError>) -> bool {
    let service = error.as_service_error();
    matches!(service, Some(DescribeBackupJobError::Unhandled(_)))
}

mod which_error_it_is {
    use super::*;

    #[test]
    fn the_header_may_have_a_namespace_and_a_uri() {
        for code in [
            "ResourceNotFoundException",
            "ResourceNotFoundException:http://internal.amazon.com/coral/com.amazon.coral.service/",
            "com.amazonaws.backup#ResourceNotFoundException",
            "com.amazonaws.backup#ResourceNotFoundException:http://internal.amazon.com/",
        ] {
            let error = typed(400, code, BODY);
            assert!(is_not_found(&error), "{code}");
            assert_eq!(error.code(), Some("ResourceNotFoundException"), "{code}");
        }
    }

    #[test]
    fn the_header_beats_the_body() {
        let body = r#"{"__type": "ServiceUnavailableException", "code": "ValidationException",
            "Code": "InvalidParameterValueException", "Type": "MissingParameterValueException"}"#;
        let error = typed(400, "ResourceNotFoundException", body);
        assert!(is_not_found(&error));
        assert_eq!(error.code(), Some("ResourceNotFoundException"));
    }

    #[test]
    fn without_a_header_the_body_has_the_code() {
        for body in [
            r#"{"__type": "ResourceNotFoundException"}"#,
            r#"{"__type": "com.amazonaws.backup#ResourceNotFoundException"}"#,
            r#"{"code": "ResourceNotFoundException"}"#,
            r#"{"code": "com.amazonaws.backup#ResourceNotFoundException:http://x/"}"#,
        ] {
            let error = error(400, &[], body);
            assert!(is_not_found(&error), "{body}");
            assert_eq!(error.code(), Some("ResourceNotFoundException"), "{body}");
        }
    }

    #[test]
    fn the_members_code_and_type_are_no_error_codes() {
        let body = r#"{"Code": "ResourceNotFoundException", "Type": "ResourceNotFoundException"}"#;
        let error = error(400, &[], body);
        assert!(is_unhandled(&error));
        assert_eq!(error.code(), Some("400"));
    }

    #[test]
    fn without_any_code_the_status_is_the_code() {
        let error = error(403, &[], r#"{"Message": "no"}"#);
        assert!(is_unhandled(&error));
        assert_eq!(error.code(), Some("403"));
        assert_snapshot!(error, @"DescribeBackupJob: 403: no (HTTP 403, request id 1a2b)");
    }

    #[test]
    fn the_code_decides_whatever_the_status() {
        for status in [300, 400, 404, 418, 500, 503, 599] {
            assert!(is_not_found(&typed(
                status,
                "ResourceNotFoundException",
                "{}"
            )));
        }
    }

    #[test]
    fn the_name_of_the_header_is_of_any_case() {
        for name in ["x-amzn-errortype", "X-Amzn-ErrorType", "X-AMZN-ERRORTYPE"] {
            assert!(is_not_found(&error(
                400,
                &[(name, "ResourceNotFoundException")],
                "{}"
            )));
        }
    }

    #[test]
    fn a_code_is_that_of_the_model_to_the_letter() {
        for code in [
            "resourceNotFoundException",
            "ResourceNotFound",
            "Unhandled",
            "x",
        ] {
            let error = typed(400, code, "{}");
            assert!(is_unhandled(&error), "{code}");
            assert_eq!(error.code(), Some(code));
        }
    }

    #[test]
    fn an_error_that_the_model_does_not_name_keeps_all_that_it_says() {
        let error = typed(
            429,
            "ThrottlingException",
            r#"{"message": "Rate exceeded"}"#,
        );
        let Some(DescribeBackupJobError::Unhandled(meta)) = error.as_service_error() else {
            panic!("{error:?}");
        };
        let expected = ErrorMeta::default()
            .with_code("ThrottlingException")
            .with_message("Rate exceeded")
            .with_status(429)
            .with_request_id("1a2b");
        assert_eq!(meta, &expected);
        assert_snapshot!(error, @"DescribeBackupJob: ThrottlingException: Rate exceeded (HTTP 429, request id 1a2b)");
    }
}

mod what_it_says {
    use super::*;

    #[test]
    fn the_message_is_found_in_either_case() {
        for name in ["message", "Message"] {
            let error = typed(
                400,
                "ResourceNotFoundException",
                format!("{{{name:?}: \"m\"}}"),
            );
            assert_eq!(error.message(), Some("m"), "{name}");
        }
    }

    #[test]
    fn a_message_of_more_than_ascii_is_kept() {
        let error = typed(
            400,
            "ResourceNotFoundException",
            r#"{"Message": "ни\u0447его 🦀"}"#,
        );
        assert_eq!(error.message(), Some("ничего 🦀"));
    }

    #[test]
    fn a_null_message_is_none() {
        let error = typed(
            400,
            "ResourceNotFoundException",
            r#"{"Message": null, "Code": null}"#,
        );
        assert!(is_not_found(&error));
        assert_eq!(error.message(), None);
        assert_snapshot!(error, @"DescribeBackupJob: ResourceNotFoundException (HTTP 400, request id 1a2b)");
    }

    #[test]
    fn the_request_id_is_found_under_both_names() {
        let id = |name: &str| {
            let response = http::Response::builder().status(400).header(name, "3c4d");
            let response = response.body("{}").unwrap();
            let error = DescribeBackupJob::response(response).unwrap_err();
            error.request_id().map(str::to_owned)
        };
        assert_eq!(id("x-amzn-requestid").as_deref(), Some("3c4d"));
        assert_eq!(id("x-amz-request-id").as_deref(), Some("3c4d"));
        assert_eq!(id("x-something-else"), None);
    }

    #[test]
    fn without_a_request_id_none_is_printed() {
        let response = http::Response::builder().status(500).body("").unwrap();
        let error = DescribeBackupJob::response(response).unwrap_err();
        assert_snapshot!(error, @"DescribeBackupJob: 500 (HTTP 500)");
    }
}

mod bodies_that_cannot_be_read {
    use super::*;

    #[test]
    fn html_with_the_header_is_the_error_of_the_header() {
        let error = typed(503, "ServiceUnavailableException", HTML);
        assert_snapshot!(error, @"DescribeBackupJob: ServiceUnavailableException (HTTP 503, request id 1a2b)");
        let Some(DescribeBackupJobError::ServiceUnavailableException(exception)) =
            error.as_service_error()
        else {
            panic!("{error:?}");
        };
        assert_eq!(**exception, ServiceUnavailableException::default());
    }

    #[test]
    fn html_without_the_header_is_the_status() {
        let error = error(503, &[], HTML);
        assert!(is_unhandled(&error));
        assert_snapshot!(error, @"DescribeBackupJob: 503 (HTTP 503, request id 1a2b)");
    }

    #[test]
    fn an_empty_body_with_the_header_is_the_error_of_the_header() {
        let error = typed(400, "ResourceNotFoundException", "");
        assert!(is_not_found(&error));
        assert_snapshot!(error, @"DescribeBackupJob: ResourceNotFoundException (HTTP 400, request id 1a2b)");
    }

    #[test]
    fn an_empty_body_without_the_header_is_the_status() {
        let error = error(500, &[], "");
        assert!(is_unhandled(&error));
        assert_snapshot!(error, @"DescribeBackupJob: 500 (HTTP 500, request id 1a2b)");
    }

    #[test]
    fn a_redirect_is_an_error_and_no_output() {
        let error = error(301, &[("location", "https://example.com")], "");
        assert!(is_unhandled(&error));
        assert_eq!(error.code(), Some("301"));
    }

    #[test]
    fn a_member_of_the_wrong_type_does_not_lose_the_error() {
        let body = r#"{"Code": 7, "Message": "no such job", "Context": {}}"#;
        let error = typed(400, "ResourceNotFoundException", body);
        assert!(is_not_found(&error));
        assert_eq!(error.message(), Some("no such job"));
    }

    #[test]
    fn a_body_that_ends_early_does_not_lose_the_error() {
        for length in 0..BODY.len() {
            let error = typed(400, "ResourceNotFoundException", &BODY.as_bytes()[..length]);
            assert!(is_not_found(&error), "the first {length} bytes");
        }
    }

    #[test]
    fn bodies_of_any_kind_are_an_error_and_no_panic() {
        let deep = "[".repeat(100_000);
        let deep_message = format!("{{\"Message\": {deep}");
        for body in [
            "null",
            "[]",
            "1",
            "\"x\"",
            "{",
            "{\"Message\": 1}",
            &deep,
            &deep_message,
        ] {
            assert!(is_unhandled(&error(400, &[], body)));
            assert!(is_not_found(&typed(400, "ResourceNotFoundException", body)));
        }
        assert!(is_unhandled(&error(400, &[], &b"\xff\xfe{\x80"[..])));
    }

    #[test]
    fn a_code_that_is_not_utf_8_does_not_lose_the_error() {
        let mut response = http::Response::new(BODY);
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        let code = http::HeaderValue::from_bytes(b"\xff").unwrap();
        response.headers_mut().insert("x-amzn-errortype", code);
        let id = http::HeaderValue::from_static("1a2b");
        response.headers_mut().insert("x-amzn-requestid", id);
        let error = DescribeBackupJob::response(response).unwrap_err();
        assert_eq!(error.status(), Some(400));
        assert_snapshot!(error, @"DescribeBackupJob: 400: no such job (HTTP 400, request id 1a2b)");
    }
}

mod errors_as_values {
    use super::*;

    /// The error and its sources, outermost first.
    fn chain(error: &dyn StdError) -> String {
        let mut texts = vec![error.to_string()];
        let mut source = error.source();
        while let Some(inner) = source {
            texts.push(inner.to_string());
            source = inner.source();
        }
        texts.join("\n")
    }

    #[test]
    fn the_source_of_a_service_error_is_the_operation_s_error() {
        let error = typed(400, "ResourceNotFoundException", BODY);
        let source = error.source().unwrap();
        assert!(source.downcast_ref::<DescribeBackupJobError>().is_some());
        assert_snapshot!(chain(&error), @r"
        DescribeBackupJob: ResourceNotFoundException: no such job (HTTP 400, request id 1a2b)
        ResourceNotFoundException: no such job (HTTP 400, request id 1a2b)
        ");
    }

    #[test]
    fn the_source_of_an_unreadable_response_is_what_is_wrong_with_it() {
        let error = DescribeBackupJob::response(http::Response::new("{")).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Response { .. }));
        assert_snapshot!(chain(&error), @r"
        DescribeBackupJob: the response cannot be read: invalid input: unexpected end of input in object (HTTP 200)
        invalid input: unexpected end of input in object
        ");
    }

    #[test]
    fn an_error_is_taken_apart_by_value() {
        let error = typed(400, "ResourceNotFoundException", BODY);
        let ErrorKind::Service(DescribeBackupJobError::ResourceNotFoundException(exception)) =
            error.into_kind()
        else {
            panic!("not the error of the header");
        };
        let exception = exception.into_inner();
        assert_eq!(exception.context.as_deref(), Some("a context"));
    }

    #[test]
    fn a_test_double_makes_the_error_that_a_response_would_be() {
        let mut exception = ResourceNotFoundException::default();
        exception.message = Some("no such job".to_owned());
        let meta = ErrorMeta::default()
            .with_code("ResourceNotFoundException")
            .with_message("no such job")
            .with_status(400)
            .with_request_id("1a2b");
        let by_hand =
            DescribeBackupJobError::ResourceNotFoundException(Modeled::new(exception, meta));
        let body = r#"{"Message": "no such job"}"#;
        let sent = typed(400, "ResourceNotFoundException", body);
        assert_eq!(sent.as_service_error(), Some(&by_hand));

        let whole = Error::new("DescribeBackupJob", ErrorKind::Service(by_hand));
        assert_eq!(whole.to_string(), sent.to_string());
        assert_eq!(format!("{whole:?}"), format!("{sent:?}"));
    }

    #[test]
    fn a_test_double_need_not_say_anything() {
        let silent = DescribeBackupJobError::Unhandled(ErrorMeta::default());
        assert_snapshot!(Error::new("DescribeBackupJob", ErrorKind::Service(silent)), @"DescribeBackupJob: unknown error");
        let modelled: Modeled<ResourceNotFoundException> = Modeled::default();
        assert_snapshot!(modelled, @"unknown error");
        let coded = ErrorMeta::default()
            .with_code("Busy")
            .with_request_id("1a2b");
        assert_snapshot!(coded, @"Busy (request id 1a2b)");
    }

    #[test]
    fn errors_are_compared_and_cloned() {
        let error = typed(400, "ResourceNotFoundException", BODY);
        let service = error.as_service_error().unwrap();
        assert_eq!(service, &service.clone());
        let other = typed(400, "ResourceNotFoundException", "{}");
        assert_ne!(Some(service), other.as_service_error());
    }
}
