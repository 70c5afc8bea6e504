//! Which protocols act on which traits: what the rest reads is no change for a caller.

use super::reach::Direction;
use crate::ir::{Binding, Member, Protocol, TimestampFormat};

/// Whether names of elements, and whether lists are flattened, count where a shape occurs.
///
/// Requests of ec2 number their elements and know no flattened lists.
pub(super) fn has_elements(protocol: Protocol, direction: Direction) -> bool {
    match protocol {
        Protocol::RestXml | Protocol::Query => true,
        Protocol::Ec2 => direction.output,
        _ => false,
    }
}

/// What a member is called in bodies of requests, and of responses.
pub(super) fn names(member: &Member, protocol: Protocol) -> (String, String) {
    let wire = member.wire_name.as_deref();
    let named = wire.unwrap_or(&member.name).to_owned();
    match protocol {
        // Whatever the model says.
        Protocol::RpcV2Cbor => (member.name.clone(), member.name.clone()),
        // The body is the value itself.
        Protocol::RestJson if member.binding == Binding::Payload => Default::default(),
        Protocol::Ec2 => {
            let mut rest = named.chars();
            let first = rest.next().map(|first| first.to_ascii_uppercase());
            let capitalised = first.into_iter().chain(rest).collect();
            (member.query_name.clone().unwrap_or(capitalised), named)
        }
        _ => (named.clone(), named),
    }
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
