//! What the protocol of an operation needs to know of it besides its members.

use super::Emitter;
use crate::ir::{Body, Operation, Protocol, XmlNamespace};
use crate::render::literal;

/// The constants of an operation that differ from what they are for most.
pub(super) fn lines(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let protocol = emitter.unit.service.metadata.protocol;
    let mut lines = Vec::new();
    if operation.input.is_none() && protocol == Protocol::RpcV2Cbor {
        lines.push("const HAS_INPUT: bool = false;".to_owned());
    }
    let root = operation.input.as_ref().and_then(root);
    if let Some(root) = root.filter(|_| protocol == Protocol::RestXml) {
        lines.push(format!(
            "const ROOT: Option<rt::operation::Root> = Some({root});"
        ));
    }
    let wrapper = operation
        .output
        .as_ref()
        .and_then(|output| output.result_wrapper.as_ref());
    if let Some(wrapper) = wrapper.filter(|_| protocol == Protocol::Query) {
        let wrapper = literal(wrapper);
        lines.push(format!(
            "const RESULT_WRAPPER: Option<&'static str> = Some({wrapper});"
        ));
    }
    lines
}

/// The element around the input.
fn root(input: &Body) -> Option<String> {
    let name = literal(input.wire_name.as_ref()?);
    let namespace = option(input.xml_namespace.as_ref().map(namespace));
    Some(format!(
        "rt::operation::Root {{ name: {name}, namespace: {namespace} }}"
    ))
}

fn namespace(namespace: &XmlNamespace) -> String {
    let prefix = option(namespace.prefix.as_deref().map(literal));
    format!("({}, {prefix})", literal(&namespace.uri))
}

fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
