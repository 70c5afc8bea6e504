//! How an operation is called, where it is unlike most.

use super::Emitter;
use crate::ir::{Binding, Body, Operation, Stream};
use crate::render::literal;

/// The constants of an operation that differ from what most have.
pub(super) fn facts(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(signing(emitter, operation));
    facts.extend(unsupported_fact(emitter, operation));
    facts
}

/// How its requests are signed, if not as most are.
fn signing(emitter: &Emitter<'_>, operation: &Operation) -> Option<String> {
    const SIGV4: &str = "aws.auth#sigv4";
    let own = operation.auth.as_slice();
    let schemes = if own.is_empty() {
        emitter.unit.service.metadata.auth.as_slice()
    } else {
        own
    };
    let is_none = operation.unsigned || schemes.first().is_some_and(|s| s == "smithy.api#noAuth");
    let signing = if is_none {
        "None".to_owned()
    } else if !schemes.iter().any(|scheme| scheme == SIGV4) {
        format!("Unsupported({})", literal(&schemes.join(", ")))
    } else if operation.unsigned_payload {
        "UnsignedPayload".to_owned()
    } else {
        return None;
    };
    Some(format!(
        "const SIGNING: rt::Signing = rt::Signing::{signing};"
    ))
}

/// What of an operation cannot be done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// It sends or receives events.
    EventStream,
    /// Its requests need a checksum.
    RequiredChecksum,
    /// Its requests have a checksum if this header asks for one.
    OptionalChecksum(String),
    /// Its endpoint has to be discovered.
    EndpointDiscovery,
}

/// All that cannot be done yet.
pub(crate) fn unsupported(emitter: &Emitter<'_>, operation: &Operation) -> Vec<Unsupported> {
    let service = &emitter.unit.service;
    let members = |body: &Option<Body>| {
        let shape = body.as_ref().and_then(|body| service.shape(&body.shape));
        shape.map_or(&[][..], |shape| shape.members())
    };
    let (input, output) = (members(&operation.input), members(&operation.output));
    let mut found = Vec::new();
    let mut all = input.iter().chain(output);
    if all.any(|member| service.stream(member) == Some(Stream::Events)) {
        found.push(Unsupported::EventStream);
    }
    if let Some(checksum) = &operation.checksum {
        let algorithm = input
            .iter()
            .find(|member| checksum.algorithm_member.as_ref() == Some(&member.name));
        if checksum.required {
            found.push(Unsupported::RequiredChecksum);
        } else if let Some(Binding::Header(header)) = algorithm.map(|member| &member.binding) {
            found.push(Unsupported::OptionalChecksum(header.clone()));
        }
    }
    if operation.endpoint_discovery == Some(true) {
        found.push(Unsupported::EndpointDiscovery);
    }
    found
}

fn unsupported_fact(emitter: &Emitter<'_>, operation: &Operation) -> Option<String> {
    let unsupported = unsupported(emitter, operation);
    let kinds = unsupported.iter().map(|unsupported| match unsupported {
        Unsupported::EventStream => "rt::Unsupported::EventStream".to_owned(),
        Unsupported::RequiredChecksum => "rt::Unsupported::RequiredChecksum".to_owned(),
        Unsupported::OptionalChecksum(header) => {
            format!("rt::Unsupported::OptionalChecksum({})", literal(header))
        }
        Unsupported::EndpointDiscovery => "rt::Unsupported::EndpointDiscovery".to_owned(),
    });
    let kinds: Vec<String> = kinds.collect();
    (!kinds.is_empty()).then(|| {
        format!(
            "const UNSUPPORTED: &'static [rt::Unsupported] = &[{}];",
            kinds.join(", ")
        )
    })
}

/// What the page of an operation says about it.
pub(super) fn remarks(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let remark = |unsupported| match unsupported {
        Unsupported::EventStream => {
            "Calls are refused as yet: clients cannot do streams of events.".to_owned()
        }
        Unsupported::RequiredChecksum => "Calls are refused as yet, unless the input has a \
            checksum: clients cannot compute the one that requests need."
            .to_owned(),
        Unsupported::OptionalChecksum(header) => format!(
            "Calls that ask for a checksum (`{header}`) are refused as yet, unless the input has \
             it: clients cannot compute any."
        ),
        Unsupported::EndpointDiscovery => "Calls are refused as yet, unless an endpoint URL is \
            configured: clients cannot discover the endpoint."
            .to_owned(),
    };
    unsupported(emitter, operation)
        .into_iter()
        .map(remark)
        .collect()
}
