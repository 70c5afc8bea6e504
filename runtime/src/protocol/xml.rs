//! XML, as the protocols over it have it: the codec, and the envelopes of errors.

use super::REQUEST_ID;
#[cfg(feature = "aws-query")]
use super::{Reading, lenient::Lenient};
use aws_smithy_runtime_api::http::Response;
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::serde::SerdeError;
#[cfg(feature = "aws-query")]
use aws_smithy_schema::serde::ShapeDeserializer;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_xml::codec::{
    XmlCodec, XmlCodecSettings, XmlDeserializer, find_depth2_element_slice_by,
};
use aws_smithy_xml::decode::{Document, try_data};

/// AWS's codec.
pub(super) fn codec() -> XmlCodec {
    let settings = XmlCodecSettings::builder().default_timestamp_format(Format::DateTime);
    XmlCodec::new(settings.build())
}

/// The bytes of a body, none if it is a stream.
pub(super) fn body(response: &Response) -> &[u8] {
    response.body().bytes().unwrap_or_default()
}

/// The body of a success. None at all is an element without contents.
pub(super) fn output(response: &Response) -> &[u8] {
    match body(response).trim_ascii() {
        [] => b"<Empty/>",
        body => body,
    }
}

/// What is read from this element.
pub(super) fn reading<'x>(codec: &XmlCodec, element: &'x [u8]) -> XmlDeserializer<'x> {
    codec.create_deserializer(element)
}

/// The same with timestamps in any format.
#[cfg(feature = "aws-query")]
pub(super) fn lenient<'x>(codec: &XmlCodec, element: &'x [u8]) -> Reading<'x> {
    let reading: Box<dyn ShapeDeserializer + 'x> = Box::new(reading(codec, element));
    Ok(Box::new(Lenient::xml(reading)))
}

/// The element of this name: the root, or one right below it.
pub(super) fn element<'x>(body: &'x [u8], name: &str) -> Option<&'x [u8]> {
    find_depth2_element_slice_by(body, |local| local == name)
}

/// Whether the root element has this name.
#[cfg(feature = "rest-xml")]
pub(super) fn root_is(body: &[u8], name: &str) -> bool {
    let Ok(mut document) = Document::try_from(body) else {
        return false;
    };
    let root = document.root_element();
    root.is_ok_and(|root| root.start_el().local() == name)
}

/// The error in a body: `<ErrorResponse><Error>`, `<Response><Errors><Error>`, or `<Error>`.
pub(super) fn error(body: &[u8]) -> Option<&[u8]> {
    element(body, "Error").or_else(|| element(element(body, "Errors")?, "Error"))
}

/// The code, the message and the request's ID of an error.
pub(super) fn error_metadata(response: &Response) -> Result<ErrorMetadata, SerdeError> {
    let body = body(response);
    let error = error(body).ok_or_else(|| SerdeError::invalid_input("there is no <Error>"))?;
    let mut builder = ErrorMetadata::builder();
    for (name, text) in children(error)? {
        builder = match name.as_str() {
            "Code" => builder.code(text),
            "Message" | "message" => builder.message(text),
            "RequestId" => builder.custom(REQUEST_ID, text),
            _ => builder,
        };
    }
    for (name, text) in children(body)? {
        if matches!(name.as_str(), "RequestId" | "RequestID") {
            builder = builder.custom(REQUEST_ID, text);
        }
    }
    Ok(builder.build())
}

/// The elements right below the root that hold text alone, and their text.
fn children(element: &[u8]) -> Result<Vec<(String, String)>, SerdeError> {
    let invalid = |error| SerdeError::invalid_input(format!("{error}"));
    let mut document = Document::try_from(element).map_err(invalid)?;
    let mut root = document.root_element().map_err(invalid)?;
    let mut found = Vec::new();
    while let Some(mut child) = root.next_tag() {
        let name = child.start_el().local().to_owned();
        if let Ok(text) = try_data(&mut child) {
            found.push((name, text.into_owned()));
        }
    }
    Ok(found)
}

/// A body without comments and with the text of its CDATA sections escaped, if it has such: AWS's
/// reader of text takes what is before the first of them.
pub(super) fn plain(body: &[u8]) -> Option<Vec<u8>> {
    const FORMS: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>")];
    let find = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|part| part == what);
    let mut plain = Vec::new();
    let mut rest = body;
    while let Some(at) = find(rest, b"<!") {
        let (before, from) = rest.split_at(at);
        let mut forms = FORMS.iter();
        let Some((open, close)) = forms.find(|(open, _)| from.starts_with(open)) else {
            let (before, after) = rest.split_at(at + b"<!".len());
            plain.extend(before);
            rest = after;
            continue;
        };
        let inside = &from[open.len()..];
        // What does not end, the reader refuses.
        let Some(end) = find(inside, close) else {
            break;
        };
        plain.extend(before);
        if open.ends_with(b"[") {
            escape(&inside[..end], &mut plain);
        }
        rest = &inside[end + close.len()..];
    }
    if rest.len() == body.len() {
        return None;
    }
    plain.extend(rest);
    Some(plain)
}

/// Writes text as it stands in an element.
fn escape(text: &[u8], to: &mut Vec<u8>) {
    for byte in text {
        match byte {
            b'&' => to.extend(b"&amp;"),
            b'<' => to.extend(b"&lt;"),
            b'>' => to.extend(b"&gt;"),
            _ => to.push(*byte),
        }
    }
}
