//! Operations: how they are called, with what, and what they answer.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::report::Level;
use super::traits::is_rest;
use super::words::{deprecated_pointer, deprecation, documentation};
use crate::ir::{self, Checksum, Context, Operation};
use crate::locate::escape;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_, '_> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (&self.old.unit, &self.new.unit);
        let names: BTreeSet<&String> = old.operations.union(&new.operations).collect();
        for name in names {
            let sides = (
                old.operations
                    .contains(name)
                    .then(|| &old.service.operations[name]),
                new.operations
                    .contains(name)
                    .then(|| &new.service.operations[name]),
            );
            match sides {
                (Some(before), Some(after)) => self.operation(before, after),
                (None, Some(after)) => self.operation_came(after, true),
                (Some(before), None) => self.operation_came(before, false),
                (None, None) => {}
            }
        }
    }

    fn operation_came(&mut self, operation: &Operation, added: bool) {
        let name = &operation.name;
        let pointer = format!("/operations/{}", escape(name));
        let owner = Owner::Operation(name.clone(), String::new());
        let other = if added { self.old } else { self.new };
        let is_there = other.unit.service.operations.contains_key(name);
        let found = if added && is_there {
            Found::new(Level::Additive, "operation-selected", name, owner)
                .change("the manifest asks for the operation now")
                .consequence("a module and a method of the client more")
                .new_at(pointer)
        } else if is_there {
            Found::new(Level::Breaking, "operation-deselected", name, owner)
                .change("the manifest no longer asks for the operation")
                .consequence("its module and the method of the client are gone")
                .old(pointer)
        } else if added {
            Found::new(Level::Additive, "operation-added", name, owner)
                .change("the operation was added")
                .consequence("a module and a method of the client more")
                .new_at(pointer)
        } else {
            Found::new(Level::Breaking, "operation-removed", name, owner)
                .change("the operation was removed")
                .consequence("its module and the method of the client can no longer be generated")
                .old(pointer)
        };
        self.push(found);
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        // Everything by name, so that what the IR gets is compared or does not compile.
        let Operation {
            name,
            method: _,
            uri: _,
            status,
            input,
            output,
            errors,
            docs,
            deprecated,
            host_prefix,
            auth: _,
            unsigned: _,
            unsigned_payload: _,
            idempotent,
            readonly,
            checksum,
            compression,
            endpoint_discovery,
            endpoint_operation,
            // Of no consequence to anybody.
            error_docs: _,
            context,
            pagination,
        } = old;
        let call = Call {
            name,
            at: format!("/operations/{}", escape(name)),
        };
        self.http(&call, old, new);
        if *status != new.status {
            let text = |status: Option<u16>| status.map(|status| status.to_string());
            let (old, new) = (text(*status), text(new.status));
            let found = call
                .found(Level::Docs, "status-changed")
                .change(became(
                    "the status of a success",
                    old.as_deref(),
                    new.as_deref(),
                ))
                .consequence("none: every status from 200 to 299 is a success");
            self.push(found.both(format!("{}/http/responseCode", call.at)));
        }
        self.body(&call, "input", (input.as_ref(), new.input.as_ref()));
        self.body(&call, "output", (output.as_ref(), new.output.as_ref()));
        self.errors(&call, errors, &new.errors);
        if *docs != new.docs {
            let found = documentation(name, call.owner(""), docs, &new.docs);
            self.push(found.both(format!("{}/documentation", call.at)));
        }
        let deprecation_of = (deprecated.as_ref(), new.deprecated.as_ref());
        if let Some(found) = deprecation(name, call.owner(""), deprecation_of) {
            self.push(found.both(deprecated_pointer(&call.at)));
        }
        if *host_prefix != new.host_prefix {
            let (old, new) = (host_prefix.as_deref(), new.host_prefix.as_deref());
            let change = became("the host prefix", old, new);
            let meaning = "requests go to another host";
            self.behaviour(&call, "host-prefix-changed", "endpoint", change, meaning);
        }
        self.signing(&call, old, new);
        self.hints(
            &call,
            (*idempotent, new.idempotent),
            (*readonly, new.readonly),
        );
        if *checksum != new.checksum {
            let (old, new) = (checksum_text(checksum), checksum_text(&new.checksum));
            let change = became("the checksums", old.as_deref(), new.as_deref());
            let meaning = "requests and responses are checked in another way";
            let key = self.checksum_key(&call);
            self.behaviour(&call, "checksum-changed", key, change, meaning);
        }
        if *compression != new.compression {
            let text = |list: &[String]| Some(list.join(", ")).filter(|text| !text.is_empty());
            let (old, new) = (text(compression), text(&new.compression));
            let change = became("the compression", old.as_deref(), new.as_deref());
            let meaning = "requests are compressed in another way";
            self.behaviour(
                &call,
                "compression-changed",
                "requestcompression",
                change,
                meaning,
            );
        }
        if *endpoint_discovery != new.endpoint_discovery {
            let text = |discovery: Option<bool>| {
                discovery.map(|required| if required { "required" } else { "optional" })
            };
            let (old, new) = (text(*endpoint_discovery), text(new.endpoint_discovery));
            let change = became("endpoint discovery", old, new);
            let meaning = "the endpoint is found in another way";
            self.behaviour(
                &call,
                "endpoint-discovery-changed",
                "endpointdiscovery",
                change,
                meaning,
            );
        }
        if *endpoint_operation != new.endpoint_operation {
            let verb = if new.endpoint_operation {
                "added"
            } else {
                "removed"
            };
            let change = format!("`endpointoperation` was {verb}");
            let meaning = "endpoints are discovered by another operation";
            self.behaviour(
                &call,
                "endpoint-discovery-changed",
                "endpointoperation",
                change,
                meaning,
            );
        }
        self.context(&call, context, &new.context);
        self.pagination(&call, pagination.as_ref(), new.pagination.as_ref());
    }

    fn behaviour(
        &mut self,
        call: &Call<'_>,
        kind: &'static str,
        key: &str,
        change: String,
        meaning: &str,
    ) {
        let found = call.found(Level::Behaviour, kind);
        let found = found.change(change).consequence(meaning);
        self.push(found.both(format!("{}/{key}", call.at)));
    }

    /// Two keys say it.
    fn checksum_key(&self, call: &Call<'_>) -> &'static str {
        let own = format!("{}/httpChecksumRequired", call.at);
        if self.old.raw.has(&own) != self.new.raw.has(&own) {
            "httpChecksumRequired"
        } else {
            "httpChecksum"
        }
    }

    fn http(&mut self, call: &Call<'_>, old: &Operation, new: &Operation) {
        let rest = is_rest(self.new.unit.service.metadata.protocol);
        let level = if rest {
            Level::Breaking
        } else {
            Level::Behaviour
        };
        if old.method != new.method {
            let found = call
                .found(level, "method-changed")
                .change(became("the method", Some(&old.method), Some(&new.method)))
                .consequence("requests of a client that was generated before may be refused");
            self.push(found.both(format!("{}/http/method", call.at)));
        }
        let pointer = format!("{}/http/requestUri", call.at);
        if old.uri != new.uri {
            let found = call
                .found(level, "uri-changed")
                .change(became("the URI", Some(&old.uri), Some(&new.uri)))
                .consequence("requests of a client that was generated before may be refused");
            self.push(found.both(pointer));
            return;
        }
        if self.old.raw.operation(call.name) == self.new.raw.operation(call.name) {
            return;
        }
        let uris = (self.old.raw.value(&pointer), self.new.raw.value(&pointer));
        if uris.0 != uris.1 {
            let found = call
                .found(Level::Docs, "labels-renamed")
                .change("labels of the URI have other names in the model")
                .consequence("none: requests have the values of the same members there")
                .detail(format!("{uris:?}"));
            self.push(found.both(pointer));
        }
    }

    fn errors(&mut self, call: &Call<'_>, old: &[String], new: &[String]) {
        let all = format!("{}/errors", call.at);
        let variant = |view: &super::View<'_>, error: &str| {
            format!("{}Error::{}", call.name, view.unit.names.ty(error))
        };
        for error in old.iter().filter(|error| !new.contains(error)) {
            let found = call
                .found_at(Level::Breaking, "error-removed", &format!("error {error}"))
                .change(format!("the error `{error}` was removed"))
                .consequence(format!("`{}` is gone", variant(self.old, error)));
            self.push(found.old(all.clone()));
        }
        for error in new.iter().filter(|error| !old.contains(error)) {
            let found = call
                .found_at(Level::Additive, "error-added", &format!("error {error}"))
                .change(format!("the error `{error}` was added"))
                .consequence(format!(
                    "`{}`, which was `Unhandled`",
                    variant(self.new, error)
                ));
            self.push(found.new_at(all.clone()));
        }
    }

    fn signing(&mut self, call: &Call<'_>, old: &Operation, new: &Operation) {
        let meaning = "requests are signed in another way";
        if old.auth != new.auth {
            let text = |auth: &[String]| Some(auth.join(", ")).filter(|text| !text.is_empty());
            let (old, new) = (text(&old.auth), text(&new.auth));
            let change = became("`auth`", old.as_deref(), new.as_deref());
            self.behaviour(call, "auth-changed", "auth", change, meaning);
        }
        if old.unsigned != new.unsigned {
            let verb = if new.unsigned { "not signed" } else { "signed" };
            let change = format!("requests are {verb}");
            self.behaviour(call, "auth-changed", "authtype", change, meaning);
        }
        if old.unsigned_payload != new.unsigned_payload {
            let verb = if new.unsigned_payload {
                "not signed"
            } else {
                "signed"
            };
            let change = format!("the body is {verb}");
            let key = "unsignedPayload";
            let own = format!("{}/{key}", call.at);
            let key = if self.old.raw.has(&own) || self.new.raw.has(&own) {
                key
            } else {
                "authtype"
            };
            self.behaviour(call, "auth-changed", key, change, meaning);
        }
    }

    fn hints(&mut self, call: &Call<'_>, idempotent: (bool, bool), readonly: (bool, bool)) {
        for ((old, new), key) in [(idempotent, "idempotent"), (readonly, "readonly")] {
            if old != new {
                let verb = if new { "added" } else { "removed" };
                let found = call
                    .found(Level::Docs, "hint-changed")
                    .change(format!("`{key}` was {verb}"))
                    .consequence("none: calls are tried again by their errors");
                self.push(found.both(format!("{}/{key}", call.at)));
            }
        }
    }

    fn context(
        &mut self,
        call: &Call<'_>,
        old: &BTreeMap<String, Context>,
        new: &BTreeMap<String, Context>,
    ) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names
            .into_iter()
            .filter(|name| old.get(*name) != new.get(*name))
        {
            let text = |context: Option<&Context>| match context? {
                Context::Static(value) => Some(value.clone()),
                Context::Path(path) => Some(path.clone()),
            };
            let values = (text(old.get(name)), text(new.get(name)));
            let change = became(
                &format!("the endpoint parameter `{name}`"),
                values.0.as_deref(),
                values.1.as_deref(),
            );
            let key = match old.get(name).or(new.get(name)) {
                Some(Context::Path(_)) => "operationContextParams",
                _ => "staticContextParams",
            };
            let meaning = "the endpoint rules are told something else";
            let key = format!("{key}/{}", escape(name));
            self.behaviour(call, "context-param-changed", &key, change, meaning);
        }
    }
}

/// An operation that both sides have.
pub(super) struct Call<'c> {
    pub name: &'c str,
    /// The JSON pointer to it.
    pub at: String,
}

impl Call<'_> {
    pub fn owner(&self, path: &str) -> Owner {
        Owner::Operation(self.name.to_owned(), path.to_owned())
    }

    pub fn found(&self, level: Level, kind: &'static str) -> Found {
        Found::new(level, kind, self.name, self.owner(""))
    }

    pub fn found_at(&self, level: Level, kind: &'static str, path: &str) -> Found {
        Found::new(
            level,
            kind,
            format!("{} {path}", self.name),
            self.owner(path),
        )
    }
}

fn checksum_text(checksum: &Option<Checksum>) -> Option<String> {
    let ir::Checksum {
        required,
        algorithm_member,
        mode_member,
        response_algorithms,
    } = checksum.as_ref()?;
    let mut parts = Vec::new();
    parts.extend(required.then(|| "required".to_owned()));
    parts.extend(algorithm_member.iter().map(|member| format!("by {member}")));
    parts.extend(
        mode_member
            .iter()
            .map(|member| format!("asked for by {member}")),
    );
    if !response_algorithms.is_empty() {
        parts.push(format!("answered with {}", response_algorithms.join(", ")));
    }
    Some(parts.join(", "))
}
