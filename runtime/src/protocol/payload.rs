//! What the HTTP bindings of AWS's runtime leave open where the body is one member.

use aws_smithy_runtime_api::http::Request;
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::body::SdkBody;

/// The member that is the body.
pub(super) fn member<'s>(schema: &'s Schema<'_>) -> Option<&'s Schema<'s>> {
    let mut members = schema.members().iter();
    members
        .find(|member| member.http_payload().is_some())
        .copied()
}

/// Gives bytes and text the type of their contents, and a member that is not set the body that stands
/// for it: `unset` for a structure (`{}` in JSON), nothing for all else.
pub(super) fn finish(request: &mut Request, schema: &Schema<'_>, unset: &'static str) {
    let Some(member) = member(schema) else {
        return;
    };
    let empty = request.body().bytes().is_some_and(<[u8]>::is_empty);
    let headers = request.headers_mut();
    let default = match member.shape_type() {
        ShapeType::Blob => Some("application/octet-stream"),
        ShapeType::String => Some("text/plain"),
        _ => None,
    };
    match default {
        Some(default) if headers.get("content-type").is_none() => {
            headers.insert("content-type", default);
        }
        None if empty && member.shape_type() == ShapeType::Structure && !unset.is_empty() => {
            headers.insert("content-length", unset.len().to_string());
            *request.body_mut() = SdkBody::from(unset);
        }
        None if empty => {
            headers.remove("content-type");
            headers.remove("content-length");
        }
        _ => {}
    }
}
