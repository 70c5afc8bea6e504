//! JSON, as both protocols over it have it.

use super::with_body;
use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_json::deserialize::token::skip_value;
use aws_smithy_json::deserialize::{Token, json_token_iter};
use aws_smithy_runtime_api::http::Response;
use aws_smithy_schema::ShapeId;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;

/// AWS's codec, which also takes whole numbers written as `1.0`.
pub(super) fn codec(protocol: ShapeId<'static>) -> JsonCodec {
    let settings = JsonCodecSettings::builder()
        .use_json_name(true)
        .default_timestamp_format(Format::EpochSeconds)
        .allow_integral_float_numbers(true)
        .protocol_id(protocol);
    JsonCodec::new(settings.build())
}

/// The error with its `__type` in the header that wins over everything else, if it has the one and not
/// the other. AWS's reader would take `code` for the code, which is a member of the error's own then.
pub(super) fn named(response: &Response) -> Option<Response> {
    const HEADER: &str = "x-amzn-errortype";
    let body = response.body().bytes()?;
    let name = type_of(body).filter(|_| !response.headers().contains_key(HEADER))?;
    let mut named = with_body(response, SdkBody::from(body));
    named.headers_mut().try_insert(HEADER, name).ok()?;
    Some(named)
}

/// The `__type` of an object.
fn type_of(body: &[u8]) -> Option<String> {
    let mut tokens = json_token_iter(body).peekable();
    let Token::StartObject { .. } = tokens.next()?.ok()? else {
        return None;
    };
    loop {
        let Token::ObjectKey { key, .. } = tokens.next()?.ok()? else {
            return None;
        };
        match tokens.peek() {
            Some(Ok(Token::ValueString { value, .. })) if key.as_escaped_str() == "__type" => {
                return value.to_unescaped().ok().map(Into::into);
            }
            _ => skip_value(&mut tokens).ok()?,
        }
    }
}
