//! Forms of XML and CBOR that services may use, and of which no vector is.
#![allow(clippy::panic, clippy::unwrap_used)]

use aws_smithy_types::DateTime;
use smithereen_conformance::real::late::operation::complete::Complete;
use smithereen_conformance::real::late::operation::fetch::Fetch;
use smithereen_conformance::real::measured::operation::measure::{Measure, MeasureOutput};
use smithereen_runtime::{ErrorKind, Operation};

#[test]
fn text_of_xml_goes_on_after_comments_and_cdata_sections() {
    let body = "<!-- a --><CompleteResult><Key>a<![CDATA[<b>&amp;]]><!-- </Key> -->c&lt;</Key></CompleteResult>";
    let output = Complete::response(http::Response::new(body)).unwrap();
    assert_eq!(output.key.as_deref(), Some("a<b>&amp;c<"));
}

#[test]
fn what_is_no_xml_in_a_body_is_left_alone() {
    let body = "<!-- a --><Error><![CDATA[<b>]]></Error>";
    let output = Fetch::response(http::Response::new(body)).unwrap();
    assert_eq!(output.code.unwrap().as_ref(), body.as_bytes());
}

#[test]
fn comments_that_do_not_end_are_an_error_and_take_no_time() {
    for open in ["<!--", "<![CDATA[", "<!"] {
        let body = format!("<CompleteResult><Key>{}", open.repeat(300_000));
        let error = Complete::response(http::Response::new(body)).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Response { .. }),
            "{error}"
        );
    }
}

#[test]
fn a_message_may_be_a_cdata_section() {
    let body = "<ErrorResponse><Error><Code>Busy</Code><Message><![CDATA[at <9>]]></Message></Error></ErrorResponse>";
    let response = http::Response::builder().status(503).body(body).unwrap();
    let error = Complete::response(response).unwrap_err();
    assert_eq!(error.message(), Some("at <9>"));
}

/// An output of these members, which are CBOR.
fn measured(members: &[&[u8]]) -> MeasureOutput {
    let mut body = vec![0xbf];
    body.extend(members.concat());
    body.push(0xff);
    Measure::response(http::Response::new(body)).unwrap()
}

#[test]
fn times_of_cbor_keep_their_milliseconds() {
    // The nearest double is a little less than that.
    let seconds = 1_571_210_993.665_f64.to_be_bytes();
    let output = measured(&[b"\x62At\xc1\xfb", &seconds]);
    assert_eq!(output.at, Some(DateTime::from_millis(1_571_210_993_665)));
    let seconds = (-0.335_f64).to_be_bytes();
    let output = measured(&[b"\x62At\xc1\xfb", &seconds]);
    assert_eq!(output.at, Some(DateTime::from_millis(-335)));
}

#[test]
fn undefined_is_null_in_cbor() {
    let output = measured(&[b"\x64Name\xf7", b"\x67Unknown\xf7", b"\x65Score\xf7"]);
    assert_eq!(output, MeasureOutput::default());
    // Text that has the same byte is text.
    let output = measured(&[b"\x64Name\x78\x01\x7f"]);
    assert_eq!(output.name.as_deref(), Some("\u{7f}"));
}

#[test]
fn numbers_of_cbor_are_read_in_any_width() {
    let half = 0.5_f64.to_be_bytes();
    let output = measured(&[b"\x65Score\xfb", &half, b"\x66Weight\x03"]);
    assert_eq!((output.score, output.weight), (Some(0.5), Some(3.0)));
    let output = measured(&[b"\x65Score\x20", b"\x66Weight\xf9\x38\x00"]);
    assert_eq!((output.score, output.weight), (Some(-1.0), Some(0.5)));
}
