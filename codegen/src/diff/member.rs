//! Members of structures and unions.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::report::Level;
use super::traits::{has_elements, is_rest, names, writes_xml};
use super::words::{deprecated_pointer, deprecation, documentation, namespace};
use crate::ir::{Binding, Kind, Member, Structure};
use crate::locate::escape;

/// A member on both sides, and where it is.
pub(super) struct Pair<'p> {
    /// The structure of the new side.
    pub shape: &'p str,
    pub subject: String,
    /// JSON pointers to the member.
    pub old_at: String,
    pub new_at: String,
    pub old: &'p Member,
    pub new: &'p Member,
    /// Whether it is in requests on both sides: what a caller sets.
    pub in_requests: bool,
    /// Whether it is a member of an operation's input itself.
    pub top: bool,
}

impl Pair<'_> {
    pub fn owner(&self) -> Owner {
        let mut step = String::new();
        super::reach::push(&mut step, &self.new.name);
        Owner::New(self.shape.to_owned(), step)
    }

    pub fn found(&self, level: Level, kind: &'static str) -> Found {
        Found::new(level, kind, &self.subject, self.owner())
    }

    /// At a key of the member.
    pub fn at(&self, found: Found, key: &str) -> Found {
        found
            .old(format!("{}/{key}", self.old_at))
            .new_at(format!("{}/{key}", self.new_at))
    }
}

impl Comparison<'_, '_> {
    /// The members of two structures that are in the same place. Order does not count.
    pub(super) fn members(
        &mut self,
        (old_name, old): (&str, &Structure),
        (new_name, new): (&str, &Structure),
    ) {
        let requests = (
            self.old.reached.direction(old_name).input,
            self.new.reached.direction(new_name).input,
        );
        let in_requests = requests.0 && requests.1;
        let find = |members: &[Member], name: &str| members.iter().position(|m| m.name == name);
        for member in &old.members {
            if find(&new.members, &member.name).is_none() {
                self.member_removed(old_name, member);
            }
        }
        for member in &new.members {
            let Some(position) = find(&old.members, &member.name) else {
                self.member_added(new_name, member, (old, new), in_requests);
                continue;
            };
            let at = |shape: &str| {
                let (shape, member) = (escape(shape), escape(&member.name));
                format!("/shapes/{shape}/members/{member}")
            };
            let pair = Pair {
                shape: new_name,
                subject: format!("{new_name}.{}", member.name),
                old_at: at(old_name),
                new_at: at(new_name),
                old: &old.members[position],
                new: member,
                in_requests,
                top: self.new.is_input(new_name) && self.old.is_input(old_name),
            };
            self.member(old_name, &pair);
        }
    }

    fn member_removed(&mut self, shape: &str, member: &Member) {
        let mut step = String::new();
        super::reach::push(&mut step, &member.name);
        let holder = self.old.holder(shape);
        let name = self.old.item(shape, &member.name);
        let separator = if self.is_union(shape) { "::" } else { "." };
        let found = Found::new(
            Level::Breaking,
            "member-removed",
            format!("{shape}.{}", member.name),
            Owner::Old(shape.to_owned(), step),
        );
        let pointer = format!("/shapes/{}/members/{}", escape(shape), escape(&member.name));
        let found = found
            .change("the member was removed")
            .consequence(format!("`{holder}{separator}{name}` is gone"));
        self.push(found.old(pointer));
    }

    fn member_added(
        &mut self,
        shape: &str,
        member: &Member,
        (before, structure): (&Structure, &Structure),
        in_requests: bool,
    ) {
        let holder = self.new.holder(shape);
        let name = self.new.item(shape, &member.name);
        let ty = self.new.member_type(shape, member);
        let union = self.is_union(shape);
        let item = if union {
            format!("`{holder}::{name}({ty})`")
        } else {
            format!("`{holder}.{name}: Option<{ty}>`")
        };
        let token = member.idempotency_token && self.new.is_input(shape);
        let mut others = before.members.iter();
        let takes_the_body = member.binding == Binding::Payload
            && others.any(|other| other.binding == Binding::Body);
        let (level, kind, meaning) = if member.required && in_requests && !token && !union {
            (
                Level::Breaking,
                "required-member-added",
                format!("{item}; requests without it are refused before they are sent"),
            )
        } else if self.new.has_streams(structure) && !self.old.has_streams(before) {
            (
                Level::Breaking,
                "stream-added",
                format!("{item}; `{holder}` is no longer `Clone` and `PartialEq`"),
            )
        } else if takes_the_body {
            (
                Level::Breaking,
                "payload-added",
                format!("{item}, which is the whole body now"),
            )
        } else if token {
            (
                Level::Behaviour,
                "idempotency-token-added",
                format!("{item}; requests without it are sent with a random one"),
            )
        } else if union {
            (
                Level::Additive,
                "union-member-added",
                format!("{item}; a client generated before reads it as `Unrecognized`"),
            )
        } else {
            (Level::Additive, "member-added", item)
        };
        let mut step = String::new();
        super::reach::push(&mut step, &member.name);
        let found = Found::new(
            level,
            kind,
            format!("{shape}.{}", member.name),
            Owner::New(shape.to_owned(), step),
        );
        let change = if member.required {
            "the member was added, and is required"
        } else {
            "the member was added"
        };
        let pointer = format!("/shapes/{}/members/{}", escape(shape), escape(&member.name));
        let found = found.change(change).consequence(meaning).detail(ty);
        self.push(found.new_at(pointer));
    }

    fn is_union(&self, shape: &str) -> bool {
        [self.old, self.new].into_iter().any(|view| {
            let shape = view.unit.service.shape(shape);
            shape.is_some_and(|shape| matches!(shape.kind, Kind::Union(_)))
        })
    }

    fn member(&mut self, old_shape: &str, pair: &Pair<'_>) {
        // Everything by name, so that what the IR gets is compared or does not compile.
        let Member {
            name,
            target: _,
            binding,
            wire_name,
            // It follows from the elements' name, which is compared.
            other_name: _,
            query_name,
            docs,
            required,
            idempotency_token: _,
            deprecated,
            timestamp_format: _,
            json_value,
            streaming: _,
            host_label,
            flattened: _,
            xml_attribute,
            xml_namespace,
            event_header,
            event_payload,
            context_param,
        } = pair.old;
        let new = pair.new;
        self.member_type(old_shape, pair);
        if *binding != new.binding {
            self.binding(pair);
        }
        let protocol = self.new.unit.service.metadata.protocol;
        let names = (names(pair.old, protocol), names(new, protocol));
        let direction = self.new.reached.direction(pair.shape);
        let acts = (direction.input && names.0.0 != names.1.0)
            || (direction.output && names.0.1 != names.1.1);
        let keys = [
            (wire_name, &new.wire_name, "locationName"),
            (query_name, &new.query_name, "queryName"),
        ];
        for (old, new, key) in keys {
            if old != new {
                let change = became(&format!("`{key}`"), old.as_deref(), new.as_deref());
                let meaning = "it has another name on the wire";
                self.wire(pair, acts, ("wire-name-changed", key), change, meaning);
            }
        }
        if *required != new.required {
            self.required(pair);
        }
        self.token(pair);
        if *docs != new.docs {
            let found = documentation(&pair.subject, pair.owner(), docs, &new.docs);
            self.push(pair.at(found, "documentation"));
        }
        let deprecation_of = (deprecated.as_ref(), new.deprecated.as_ref());
        if let Some(found) = deprecation(&pair.subject, pair.owner(), deprecation_of) {
            let places = (
                deprecated_pointer(&pair.old_at),
                deprecated_pointer(&pair.new_at),
            );
            self.push(found.old(places.0).new_at(places.1));
        }
        self.timestamp(pair);
        self.flattened(pair);
        let flag = |what: &str, new: bool| {
            let verb = if new { "added" } else { "removed" };
            format!("`{what}` was {verb}")
        };
        let in_header = matches!(new.binding, Binding::Header(_));
        let flags = [
            (
                (*json_value, new.json_value),
                in_header,
                "jsonvalue",
                "the header is base64 of JSON, or no longer",
            ),
            (
                (*xml_attribute, new.xml_attribute),
                has_elements(protocol, direction),
                "xmlAttribute",
                "it is an attribute of its parent's element, or no longer",
            ),
            (
                (*event_header, new.event_header),
                true,
                "eventheader",
                "it is a header of the event, or no longer",
            ),
            (
                (*event_payload, new.event_payload),
                true,
                "eventpayload",
                "it is the payload of the event, or no longer",
            ),
        ];
        for ((old, new), acts, key, meaning) in flags {
            if old != new {
                self.wire(pair, acts, ("trait-changed", key), flag(key, new), meaning);
            }
        }
        if *host_label != new.host_label {
            let found = pair
                .found(Level::Behaviour, "host-label-changed")
                .change(flag("hostLabel", new.host_label))
                .consequence("requests go to another host");
            self.push(pair.at(found, "hostLabel"));
        }
        if *xml_namespace != new.xml_namespace {
            let acts = writes_xml(protocol) && pair.in_requests;
            let namespaces = (xml_namespace, &new.xml_namespace);
            let found = namespace(&pair.subject, pair.owner(), acts, namespaces);
            self.push(pair.at(found, "xmlNamespace"));
        }
        if *context_param != new.context_param {
            let (old, new) = (context_param.as_deref(), new.context_param.as_deref());
            let found = pair
                .found(Level::Behaviour, "context-param-changed")
                .change(became("`contextParam`", old, new))
                .consequence("the endpoint rules are told something else");
            self.push(pair.at(found, "contextParam"));
        }
        let names = (
            self.old.item(old_shape, name),
            self.new.item(pair.shape, name),
        );
        if names.0 != names.1 {
            let names = (names.0.as_str(), names.1.as_str());
            self.renamed(&pair.subject, pair.shape, names, &pair.new_at);
        }
    }

    /// What a member is, and what it refers to.
    fn member_type(&mut self, old_shape: &str, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        let types = (
            self.old.member_type(old_shape, old),
            self.new.member_type(pair.shape, new),
        );
        if old.target != new.target {
            let targets = (old.target.as_str(), new.target.as_str());
            let owner = || pair.owner();
            self.retargeted(&pair.subject, targets, types, &pair.new_at, &owner);
        } else if old.streaming != new.streaming {
            let found = pair
                .found(Level::Breaking, "streaming-changed")
                .change(if new.streaming {
                    "`streaming` was added"
                } else {
                    "`streaming` was removed"
                })
                .consequence(format!("what was `{}` is now `{}`", types.0, types.1));
            self.push(pair.at(found, "streaming"));
        } else if types.0.starts_with("Box<") != types.1.starts_with("Box<") {
            let found = pair
                .found(Level::Breaking, "recursion-changed")
                .change("whether the shape contains itself")
                .consequence(format!("what was `{}` is now `{}`", types.0, types.1));
            self.push(pair.at(found, "shape"));
        }
    }

    fn binding(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.binding, &pair.new.binding);
        let key = match (old, new) {
            (Binding::Payload, _) | (_, Binding::Payload) => "payload",
            (Binding::Header(_), Binding::Header(_))
            | (Binding::PrefixHeaders(_), Binding::PrefixHeaders(_))
            | (Binding::Query(_), Binding::Query(_)) => "locationName",
            _ => "location",
        };
        let same_header = match (old, new) {
            (Binding::Header(old), Binding::Header(new)) => old.eq_ignore_ascii_case(new),
            (Binding::PrefixHeaders(old), Binding::PrefixHeaders(new)) => {
                old.eq_ignore_ascii_case(new)
            }
            _ => false,
        };
        let acts = is_rest(self.new.unit.service.metadata.protocol) && !same_header;
        let change = became("its place", Some(&place(old)), Some(&place(new)));
        let (level, meaning) = if acts {
            (Level::Breaking, "it goes elsewhere in the HTTP message")
        } else if same_header {
            (Level::Docs, "none: names of headers have no case")
        } else {
            (Level::Docs, "none: the protocol does not use it")
        };
        let found = pair.found(level, "binding-changed");
        let found = found.change(change).consequence(meaning);
        let found = if key == "payload" {
            // The structure says which member is its payload.
            let above = |pointer: &str| {
                let shape = pointer.split("/members/").next().unwrap_or_default();
                format!("{shape}/payload")
            };
            found.old(above(&pair.old_at)).new_at(above(&pair.new_at))
        } else {
            // A place and the name there go together.
            found.old(&pair.old_at).new_at(&pair.new_at)
        };
        self.push(found);
    }

    /// A trait that some protocols act on.
    fn wire(
        &mut self,
        pair: &Pair<'_>,
        acts: bool,
        (kind, key): (&'static str, &str),
        change: String,
        meaning: &str,
    ) {
        let (level, meaning) = if acts {
            (Level::Breaking, meaning)
        } else {
            (Level::Docs, "none: nothing here uses it")
        };
        let found = pair.found(level, kind).change(change).consequence(meaning);
        self.push(pair.at(found, key));
    }
}

/// Where in an HTTP message, in words.
fn place(binding: &Binding) -> String {
    match binding {
        Binding::Body => "the body".to_owned(),
        Binding::Label => "the URI".to_owned(),
        Binding::Query(name) => format!("the query parameter {name}"),
        Binding::QueryParams => "the query parameters".to_owned(),
        Binding::Header(name) => format!("the header {name}"),
        Binding::PrefixHeaders(prefix) => format!("the headers {prefix}…"),
        Binding::StatusCode => "the status".to_owned(),
        Binding::Payload => "the whole body".to_owned(),
    }
}
