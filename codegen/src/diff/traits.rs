//! Which protocols act on which traits: what the rest reads is no change for a caller.

use crate::ir::{Binding, Protocol, TimestampFormat};

/// Whether bodies are XML in either direction: names of elements, flattened lists.
pub(super) fn has_elements(protocol: Protocol) -> bool {
    matches!(
        protocol,
        Protocol::RestXml | Protocol::Query | Protocol::Ec2
    )
}

/// Whether requests have XML bodies: namespaces, attributes, roots.
pub(super) fn writes_xml(protocol: Protocol) -> bool {
    protocol == Protocol::RestXml
}

/// Whether a member's place in the HTTP message counts.
pub(super) fn is_rest(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::RestJson | Protocol::RestXml)
}

/// How a timestamp is written in the end.
pub(super) fn timestamp_format(
    own: Option<TimestampFormat>,
    binding: &Binding,
    protocol: Protocol,
) -> TimestampFormat {
    let by_protocol = match protocol {
        Protocol::RpcV2Cbor => return TimestampFormat::EpochSeconds,
        Protocol::RestJson | Protocol::Json10 | Protocol::Json11 => TimestampFormat::EpochSeconds,
        Protocol::RestXml | Protocol::Query | Protocol::Ec2 => TimestampFormat::DateTime,
    };
    own.unwrap_or(match binding {
        Binding::Header(_) | Binding::PrefixHeaders(_) => TimestampFormat::HttpDate,
        Binding::Query(_) | Binding::QueryParams | Binding::Label => TimestampFormat::DateTime,
        Binding::Body | Binding::Payload | Binding::StatusCode => by_protocol,
    })
}

/// A protocol's name, as Smithy has it.
pub(super) fn protocol_name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RestJson => "restJson1",
        Protocol::Json10 => "awsJson1_0",
        Protocol::Json11 => "awsJson1_1",
        Protocol::RestXml => "restXml",
        Protocol::Query => "awsQuery",
        Protocol::Ec2 => "ec2Query",
        Protocol::RpcV2Cbor => "rpcv2Cbor",
    }
}
