//! Members in the tables of structures and unions: names and wire traits.

use super::{Emitter, nodes};
use crate::ir::{self, Binding, Kind, Member, Protocol, TimestampFormat};
use syn::Expr;

/// A member with the traits that are said of it and of what it holds.
pub(super) fn member_traits(emitter: &Emitter<'_>, member: &Member) -> Expr {
    let mut entry = new_member(&member.name);
    let one = |entry, method, wire: &str| nodes::method(entry, method, [nodes::string(wire)]);
    entry = match &member.binding {
        Binding::Body => entry,
        Binding::Label => nodes::method(entry, "label", []),
        Binding::Query(wire) => one(entry, "query", wire),
        Binding::QueryParams => nodes::method(entry, "query_params", []),
        Binding::Header(wire) => one(entry, "header", wire),
        Binding::PrefixHeaders(prefix) => one(entry, "prefix_headers", prefix),
        Binding::StatusCode => nodes::method(entry, "status_code", []),
        Binding::Payload => nodes::method(entry, "payload", []),
    };
    if let Some(wire) = &member.wire_name {
        entry = one(entry, "wire_name", wire);
    }
    if let Some(other) = &member.other_name {
        entry = one(entry, "other_name", other);
    }
    if let Some(query) = ec2_name(emitter, member) {
        entry = one(entry, "query_name", &query);
    }
    if member.json_value && matches!(member.binding, Binding::Header(_)) {
        entry = one(entry, "media_type", "application/json");
    }
    let shape = emitter.unit.service.shape(&member.target);
    let requires_length = shape.is_some_and(|shape| {
        let streams = member.stream(shape).is_some();
        matches!(&shape.kind, Kind::Blob { requires_length, .. } if *requires_length && streams)
    });
    let flags = [
        (member.required, "required"),
        (member.idempotency_token, "idempotency_token"),
        (member.host_label, "host_label"),
        (requires_length, "requires_length"),
        (member.flattened, "flattened"),
        (member.xml_attribute, "xml_attribute"),
    ];
    for (_, flag) in flags.into_iter().filter(|(set, _)| *set) {
        entry = nodes::method(entry, flag, []);
    }
    entry = timestamp(entry, member.timestamp_format);
    entry = xml_namespace(entry, member.xml_namespace.as_ref());
    held(emitter, entry, &member.target, member.flattened)
}

/// `rt::member("name")`.
fn new_member(name: &str) -> Expr {
    nodes::call(nodes::path_expr(&["rt", "member"]), [nodes::string(name)])
}

/// The name in ec2 requests, if it is not the one in responses: the model's, else that with a capital.
fn ec2_name(emitter: &Emitter<'_>, member: &Member) -> Option<String> {
    if emitter.unit.service.metadata.protocol != Protocol::Ec2 {
        return None;
    }
    let wire = member.wire_name.as_ref().unwrap_or(&member.name);
    let capitalised = || {
        let mut rest = wire.chars();
        let first = rest.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(rest).collect()
    };
    let name = member.query_name.clone().unwrap_or_else(capitalised);
    (name != *wire).then_some(name)
}

fn timestamp(entry: Expr, format: Option<TimestampFormat>) -> Expr {
    let format = match format {
        None => return entry,
        Some(TimestampFormat::DateTime) => "DateTime",
        Some(TimestampFormat::EpochSeconds) => "EpochSeconds",
        Some(TimestampFormat::HttpDate) => "HttpDate",
    };
    let format = nodes::path_expr(&["rt", "TimestampFormat", format]);
    nodes::method(entry, "timestamp", [format])
}

fn xml_namespace(entry: Expr, namespace: Option<&ir::XmlNamespace>) -> Expr {
    let Some(namespace) = namespace else {
        return entry;
    };
    let prefix = match &namespace.prefix {
        Some(prefix) => nodes::call(nodes::path_expr(&["Some"]), [nodes::string(prefix)]),
        None => nodes::path_expr(&["None"]),
    };
    nodes::method(
        entry,
        "xml_namespace",
        [nodes::string(&namespace.uri), prefix],
    )
}

/// Adds the traits of what a list or map holds, if there are any. The elements of a flattened list have
/// its name.
fn held(emitter: &Emitter<'_>, entry: Expr, target: &str, flattened: bool) -> Expr {
    let add = |entry, method, element: Option<Expr>| match element {
        Some(element) => nodes::method(entry, method, [nodes::reference(element, false)]),
        None => entry,
    };
    let shape = emitter.unit.service.shape(target);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::List(list)) => add(entry, "element", element(emitter, &list.element, flattened)),
        Some(Kind::Map(map)) => {
            let entry = add(entry, "key", element(emitter, &map.key, false));
            add(entry, "element", element(emitter, &map.value, false))
        }
        _ => entry,
    }
}

fn element(emitter: &Emitter<'_>, element: &ir::Element, nameless: bool) -> Option<Expr> {
    let mut entry = nodes::call(nodes::path_expr(&["rt", "element"]), []);
    if let Some(wire) = element.wire_name.as_ref().filter(|_| !nameless) {
        entry = nodes::method(entry, "wire_name", [nodes::string(wire)]);
    }
    let shape = emitter.unit.service.shape(&element.target);
    if let Some(Kind::Timestamp(format)) = shape.map(|shape| &shape.kind) {
        entry = timestamp(entry, *format);
    }
    entry = xml_namespace(entry, element.xml_namespace.as_ref());
    entry = held(emitter, entry, &element.target, false);
    // A method was called on it, or there is nothing to say.
    matches!(entry, Expr::MethodCall(_)).then_some(entry)
}
