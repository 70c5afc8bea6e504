//! How an operation is called, where it is unlike most.

use super::Emitter;
use crate::ir::{self, Binding, Member, Operation, Stream, context};
use crate::render::literal;

/// The constants of an operation that differ from what most have.
pub(super) fn facts(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(auth(emitter, operation));
    if operation.unsigned_payload {
        facts.push("const UNSIGNED_PAYLOAD: bool = true;".to_owned());
    }
    if let Some(prefix) = host_prefix(emitter, operation) {
        let prefix = literal(prefix);
        facts.push(format!(
            "const HOST_PREFIX: Option<&'static str> = Some({prefix});"
        ));
    }
    facts.extend(array("CONTEXT", "Context", &context(emitter, operation)));
    let unsupported = unsupported_kinds(emitter, operation);
    facts.extend(array("UNSUPPORTED", "Unsupported", &unsupported));
    facts
}

/// A constant that is a list, an entry a line; nothing if it is empty.
fn array(name: &str, ty: &str, entries: &[String]) -> Vec<String> {
    if entries.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("const {name}: &'static [rt::{ty}] = &[")];
    lines.extend(entries.iter().map(|entry| format!("    {entry},")));
    lines.push("];".to_owned());
    lines
}

/// How its requests may be signed, if not as most are.
fn auth(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    const NONE: &str = "smithy.api#noAuth";
    let schemes: Vec<&str> = if operation.unsigned {
        vec![NONE]
    } else if operation.auth.is_empty() {
        let service = &emitter.unit.service.metadata.auth;
        service.iter().map(String::as_str).collect()
    } else {
        operation.auth.iter().map(String::as_str).collect()
    };
    let schemes: Vec<String> = schemes
        .into_iter()
        .map(|scheme| match scheme {
            "aws.auth#sigv4" => "rt::Auth::SigV4".to_owned(),
            "smithy.api#httpBearerAuth" => "rt::Auth::Bearer".to_owned(),
            NONE => "rt::Auth::None".to_owned(),
            other => format!("rt::Auth::Unsupported({})", literal(other)),
        })
        .collect();
    if schemes == ["rt::Auth::SigV4"] {
        return Vec::new();
    }
    array("AUTH", "Auth", &schemes)
}

/// The prefix of the host's name. One that is nothing but a member that the endpoint rules are told
/// of is theirs to put there.
fn host_prefix<'o>(emitter: &Emitter<'_>, operation: &'o Operation) -> Option<&'o str> {
    let prefix = operation.host_prefix.as_deref()?;
    let only = prefix.strip_prefix('{').and_then(|p| p.strip_suffix("}."));
    let told = only.is_some_and(|label| {
        let mut input = input(emitter, operation).iter();
        input.any(|member| member.name == label && member.context_param.is_some())
    });
    (!told).then_some(prefix)
}

/// The template of the URI. A first segment that is a member of which the endpoint rules are told
/// is theirs to put into the endpoint, be it into the host or into the path.
pub(super) fn uri(emitter: &Emitter<'_>, operation: &Operation) -> String {
    let whole = operation.uri.as_str();
    let segment = whole
        .strip_prefix("/{")
        .and_then(|rest| rest.split_once('}'));
    let Some((label, rest)) = segment else {
        return whole.to_owned();
    };
    let mut input = input(emitter, operation).iter();
    let told = input.any(|member| member.name == label && member.context_param.is_some());
    match rest.chars().next() {
        Some('/') if told => rest.to_owned(),
        None | Some('?') if told => format!("/{rest}"),
        _ => whole.to_owned(),
    }
}

/// The members of the input.
fn input<'e>(emitter: &Emitter<'e>, operation: &Operation) -> &'e [Member] {
    let body = operation.input.as_ref();
    let shape = body.and_then(|body| emitter.unit.service.shape(&body.shape));
    shape.map_or(&[], |shape| shape.members())
}

/// What the endpoint rules are told, what has precedence last.
fn context(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let service = &emitter.unit.service;
    let body = operation.input.as_ref();
    let input_shape = body.and_then(|body| service.shape(&body.shape));
    let mut told = Vec::new();
    for (parameter, value) in &operation.context {
        if let (ir::Context::Path(path), Some(shape)) = (value, input_shape) {
            // Validation has refused what cannot be understood.
            let steps = context::parse(service, shape, path).unwrap_or_default();
            let plural = context::is_plural(&steps);
            told.push((parameter, ways(&steps, if plural { "All" } else { "One" })));
        }
    }
    for member in input(emitter, operation) {
        if let Some(parameter) = &member.context_param {
            let step = context::Step::Member(member.name.clone());
            told.push((parameter, ways(&[step], "One")));
        }
    }
    for (parameter, value) in &operation.context {
        if let ir::Context::Static(json) = value {
            let value = context::constant(json).map(constant);
            told.extend(value.map(|value| (parameter, value)));
        }
    }
    told.into_iter()
        .map(|(parameter, value)| {
            let parameter = literal(parameter);
            format!("rt::Context {{ parameter: {parameter}, value: rt::ContextValue::{value} }}")
        })
        .collect()
}

/// A constant that endpoint rules are told.
fn constant(constant: context::Constant) -> String {
    match constant {
        context::Constant::Bool(value) => format!("Bool({value})"),
        context::Constant::Text(text) => format!("Text({})", literal(&text)),
        context::Constant::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
            format!("Texts(&[{}])", texts.join(", "))
        }
    }
}

fn ways(steps: &[context::Step], kind: &str) -> String {
    format!("{kind}({})", steps_text(steps))
}

fn steps_text(steps: &[context::Step]) -> String {
    let steps = steps.iter().map(|step| match step {
        context::Step::Member(name) => format!("rt::Step::Member({})", literal(name)),
        context::Step::Elements => "rt::Step::Elements".to_owned(),
        context::Step::Keys => "rt::Step::Keys".to_owned(),
        context::Step::Each(ways) => {
            let ways: Vec<String> = ways.iter().map(|way| steps_text(way)).collect();
            format!("rt::Step::Each(&[{}])", ways.join(", "))
        }
    });
    format!("&[{}]", steps.collect::<Vec<_>>().join(", "))
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
    let input = input(emitter, operation);
    let output = operation.output.as_ref();
    let output = output.and_then(|body| service.shape(&body.shape));
    let output = output.map_or(&[][..], |shape| shape.members());
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

fn unsupported_kinds(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let unsupported = unsupported(emitter, operation);
    let kinds = unsupported.iter().map(|unsupported| match unsupported {
        Unsupported::EventStream => "rt::Unsupported::EventStream".to_owned(),
        Unsupported::RequiredChecksum => "rt::Unsupported::RequiredChecksum".to_owned(),
        Unsupported::OptionalChecksum(header) => {
            format!("rt::Unsupported::OptionalChecksum({})", literal(header))
        }
        Unsupported::EndpointDiscovery => "rt::Unsupported::EndpointDiscovery".to_owned(),
    });
    kinds.collect()
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
