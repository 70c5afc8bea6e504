//! JSON, as both protocols over it have it.

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::ShapeId;
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
