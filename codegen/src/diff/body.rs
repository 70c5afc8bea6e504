//! The structures of requests and responses.

use super::Comparison;
use super::found::became;
use super::operation::Call;
use super::report::Level;
use super::traits::writes_xml;
use super::words::namespace;
use crate::ir::{Body, Kind, Protocol, Structure};
use crate::locate::escape;

impl Comparison<'_, '_> {
    pub(super) fn body(
        &mut self,
        call: &Call<'_>,
        role: &'static str,
        (old, new): (Option<&Body>, Option<&Body>),
    ) {
        let pointer = format!("{}/{role}", call.at);
        let shapes = (
            old.map(|body| body.shape.as_str()),
            new.map(|body| body.shape.as_str()),
        );
        if shapes.0 != shapes.1 {
            let found = call
                .found_at(Level::Docs, "body-retargeted", role)
                .change(became(&format!("its {role}"), shapes.0, shapes.1))
                .consequence("none by itself: members that are different are listed");
            self.push(found.both(pointer.clone()));
            self.other_body(call, role, shapes);
        }
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        let Body {
            shape: _,
            wire_name,
            xml_namespace,
            result_wrapper,
            // Of no consequence to anybody.
            docs: _,
        } = old;
        let protocol = self.new.unit.service.metadata.protocol;
        let in_request = writes_xml(protocol) && role == "input";
        if *wire_name != new.wire_name {
            let (level, meaning) = if in_request {
                (Level::Breaking, "the body's element has another name")
            } else {
                (Level::Docs, "none: the protocol does not use it")
            };
            let (old, new) = (wire_name.as_deref(), new.wire_name.as_deref());
            let found = call
                .found_at(level, "element-renamed", role)
                .change(became("`locationName`", old, new))
                .consequence(meaning);
            self.push(found.both(format!("{pointer}/locationName")));
        }
        if *xml_namespace != new.xml_namespace {
            let owner = call.owner(role);
            let namespaces = (xml_namespace, &new.xml_namespace);
            let subject = format!("{} {role}", call.name);
            let found = namespace(&subject, owner, in_request, namespaces);
            self.push(found.both(format!("{pointer}/xmlNamespace")));
        }
        if *result_wrapper != new.result_wrapper {
            let (level, meaning) = if protocol == Protocol::Query && role == "output" {
                (Level::Breaking, "responses are read from another element")
            } else {
                (Level::Docs, "none: the protocol does not use it")
            };
            let (old, new) = (result_wrapper.as_deref(), new.result_wrapper.as_deref());
            let found = call
                .found_at(level, "element-renamed", role)
                .change(became("`resultWrapper`", old, new))
                .consequence(meaning);
            self.push(found.both(format!("{pointer}/resultWrapper")));
        }
    }

    /// An input or output that is another structure. In Rust it is called by the operation, so only
    /// the members count.
    fn other_body(
        &mut self,
        call: &Call<'_>,
        role: &str,
        (old, new): (Option<&str>, Option<&str>),
    ) {
        let empty = Structure::default();
        let structure = |view: &'_ super::View<'_>, name: Option<&str>| -> Option<Structure> {
            let shape = view.unit.service.shape(name?)?;
            match &shape.kind {
                Kind::Structure(structure) => Some(structure.clone()),
                _ => None,
            }
        };
        let before = structure(self.old, old);
        let after = structure(self.new, new);
        // Two names make one pair; what has no name is empty.
        let names = (
            old.unwrap_or(new.unwrap_or_default()).to_owned(),
            new.unwrap_or(old.unwrap_or_default()).to_owned(),
        );
        if before.is_none() && role == "input" {
            self.first_input(call, &names.1, after.as_ref().unwrap_or(&empty));
            return;
        }
        // What is new or gone is so for each operation, and is said of each.
        let both = before.is_some() && after.is_some();
        if both && !self.pairs.insert(names.clone()) {
            return;
        }
        self.members(
            (&names.0, before.as_ref().unwrap_or(&empty)),
            (&names.1, after.as_ref().unwrap_or(&empty)),
        );
    }

    /// An operation that had no input: what is required of one now was not before.
    fn first_input(&mut self, call: &Call<'_>, shape: &str, structure: &Structure) {
        for member in &structure.members {
            let level = if member.required && !member.idempotency_token {
                Level::Breaking
            } else if member.idempotency_token {
                Level::Behaviour
            } else {
                Level::Additive
            };
            let kind = match level {
                Level::Breaking => "required-member-added",
                Level::Behaviour => "idempotency-token-added",
                _ => "member-added",
            };
            let pointer = format!("/shapes/{}/members/{}", escape(shape), escape(&member.name));
            let ty = self.new.member_type(shape, member);
            let item = self.new.item(shape, &member.name);
            let found = call
                .found_at(level, kind, &format!("input.{}", member.name))
                .change("the member was added")
                .consequence(format!("`{}Input.{item}: Option<{ty}>`", call.name));
            self.push(found.new_at(pointer));
        }
    }
}
