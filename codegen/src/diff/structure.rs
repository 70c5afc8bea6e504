//! Structures and unions as a whole: elements, events, errors.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::report::Level;
use super::traits::writes_xml;
use super::words::namespace;
use crate::ir;

impl Comparison<'_, '_> {
    pub(super) fn structure_traits(
        &mut self,
        name: &str,
        pointer: &str,
        old: &ir::Structure,
        new: &ir::Structure,
    ) {
        let ir::Structure {
            members: _,
            error,
            event,
            wire_name,
            xml_namespace,
        } = old;
        let protocol = self.new.unit.service.metadata.protocol;
        let owner = || Owner::New(name.to_owned(), String::new());
        let in_requests = self.new.reached.direction(name).input;
        let as_root = writes_xml(protocol);
        if *wire_name != new.wire_name {
            let (level, meaning) = if as_root {
                (
                    Level::Breaking,
                    "its element has another name in XML bodies",
                )
            } else {
                (Level::Docs, "none: the protocol does not use it")
            };
            let change = became(
                "`locationName`",
                wire_name.as_deref(),
                new.wire_name.as_deref(),
            );
            let found = Found::new(level, "element-renamed", name, owner());
            let found = found.change(change).consequence(meaning);
            self.push(found.both(format!("{pointer}/locationName")));
        }
        if *xml_namespace != new.xml_namespace {
            let found = namespace(
                name,
                owner(),
                as_root && in_requests,
                (xml_namespace, &new.xml_namespace),
            );
            self.push(found.both(format!("{pointer}/xmlNamespace")));
        }
        if *event != new.event {
            let found = Found::new(Level::Breaking, "event-stream-changed", name, owner())
                .change(became(
                    "its part in event streams",
                    Some(event_name(*event)),
                    Some(event_name(new.event)),
                ))
                .consequence("it is read and written in another way");
            let key = match (event, new.event) {
                (ir::Event::Stream, _) | (_, ir::Event::Stream) => "eventstream",
                _ => "event",
            };
            self.push(found.both(format!("{pointer}/{key}")));
        }
        self.error_traits(name, pointer, error.as_ref(), new.error.as_ref());
    }

    fn error_traits(
        &mut self,
        name: &str,
        pointer: &str,
        old: Option<&ir::ErrorTraits>,
        new: Option<&ir::ErrorTraits>,
    ) {
        let unknown = ir::ErrorTraits {
            code: name.to_owned(),
            ..ir::ErrorTraits::default()
        };
        let owner = || Owner::New(name.to_owned(), String::new());
        if old.is_some() != new.is_some() {
            let (kind, change) = match new {
                Some(_) => ("became-an-error", "`exception` was added"),
                None => ("no-longer-an-error", "`exception` was removed"),
            };
            let found = Found::new(Level::Docs, kind, name, owner())
                .change(change)
                .consequence("none: the operations say what their errors are");
            self.push(found.both(format!("{pointer}/exception")));
        }
        let (old, new) = (old.unwrap_or(&unknown), new.unwrap_or(&unknown));
        let ir::ErrorTraits {
            code,
            status,
            fault,
            retryable,
        } = old;
        if *code != new.code {
            let found = Found::new(Level::Breaking, "error-code-changed", name, owner())
                .change(became("its code", Some(code), Some(&new.code)))
                .consequence(
                    "a client that was generated before no longer recognises the error by its code",
                );
            self.push(found.both(format!("{pointer}/error/code")));
        }
        if *status != new.status {
            let text = |status: Option<u16>| status.map(|status| status.to_string());
            let (old, new) = (text(*status), text(new.status));
            let found = Found::new(Level::Docs, "error-status-changed", name, owner())
                .change(became("its HTTP status", old.as_deref(), new.as_deref()))
                .consequence("none: errors are told by their codes");
            self.push(found.both(format!("{pointer}/error/httpStatusCode")));
        }
        if *fault != new.fault {
            let found = Found::new(Level::Docs, "error-fault-changed", name, owner())
                .change(if new.fault {
                    "it is the service's fault now"
                } else {
                    "it is no longer the service's fault"
                })
                .consequence("none: whether a call is tried again follows from the HTTP status");
            self.push(found.both(format!("{pointer}/fault")));
        }
        if *retryable != new.retryable {
            let text = |retryable: Option<bool>| match retryable {
                None => "not retryable",
                Some(false) => "retryable",
                Some(true) => "retryable as throttling",
            };
            let mut operations = self.new.unit.operations();
            let (level, meaning) = match operations.any(|o| o.errors.iter().any(|e| e == name)) {
                true => (
                    Level::Behaviour,
                    "calls that end with it are tried again by other rules",
                ),
                false => (Level::Docs, "none: no operation here names it"),
            };
            let found = Found::new(level, "retryable-changed", name, owner())
                .change(became(
                    "it",
                    Some(text(*retryable)),
                    Some(text(new.retryable)),
                ))
                .consequence(meaning);
            self.push(found.both(format!("{pointer}/retryable")));
        }
    }
}

fn event_name(event: ir::Event) -> &'static str {
    match event {
        ir::Event::None => "none",
        ir::Event::Stream => "a stream of events",
        ir::Event::Event => "an event",
    }
}
