//! Facts of the service as a whole: protocol, signing, endpoint rules, configuration.

use super::found::{Found, Owner, Part, became};
use super::report::Level;
use super::traits::{protocol_name, writes_xml};
use super::{Comparison, words};
use crate::ir::endpoint::{Parameter, RuleSet};
use crate::ir::{self, Protocol};
use crate::locate::escape;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_, '_> {
    pub(super) fn service(&mut self) {
        let (old, new) = (&self.old.unit.service, &self.new.unit.service);
        // Everything by name, so that what the IR gets is compared or does not compile.
        let ir::Service {
            name: _,
            metadata,
            docs,
            deprecated,
            client_context,
            operations: _,
            shapes: _,
        } = old;
        self.metadata(metadata, &new.metadata);
        let subject = &new.name;
        if *docs != new.docs {
            let found = words::documentation(subject, Owner::Service, docs, &new.docs);
            self.push(found.both("/documentation"));
        }
        let deprecation = (deprecated.as_ref(), new.deprecated.as_ref());
        if let Some(found) = words::deprecation(subject, Owner::Service, deprecation) {
            self.push(found.both("/deprecated"));
        }
        self.client_context(client_context, &new.client_context);
        self.endpoint_rules();
    }

    fn metadata(&mut self, old: &ir::Metadata, new: &ir::Metadata) {
        let ir::Metadata {
            api_version,
            protocol,
            protocols,
            http2,
            service_id,
            full_name,
            endpoint_prefix,
            signing_name,
            auth,
            signature_version,
            target_prefix,
            xml_namespace,
            query_compatible,
            uid,
        } = old;
        self.protocol(*protocol, new);
        self.other_protocols(*protocol, protocols, new);
        // Where only one side uses it, that is part of the change of protocol.
        let names_operations = [*protocol, new.protocol].into_iter().all(|protocol| {
            matches!(
                protocol,
                Protocol::Json10 | Protocol::Json11 | Protocol::RpcV2Cbor
            )
        });
        let changed = |level, meaning| (level, meaning);
        let facts = [
            (
                "apiVersion",
                Some(api_version),
                Some(&new.api_version),
                changed(
                    Level::Behaviour,
                    "requests of the query protocols and the user agent say the new version",
                ),
            ),
            (
                "protocolSettings",
                http2.as_ref(),
                new.http2.as_ref(),
                changed(
                    Level::Behaviour,
                    "operations may need another version of HTTP",
                ),
            ),
            (
                "serviceId",
                Some(service_id),
                Some(&new.service_id),
                changed(
                    Level::Behaviour,
                    "the user agent and the keys of shared configuration have another name",
                ),
            ),
            (
                "serviceFullName",
                Some(full_name),
                Some(&new.full_name),
                changed(Level::Docs, "none but in documentation"),
            ),
            (
                "endpointPrefix",
                Some(endpoint_prefix),
                Some(&new.endpoint_prefix),
                changed(
                    Level::Docs,
                    "none: the endpoint rules say where requests go",
                ),
            ),
            (
                "signingName",
                Some(signing_name),
                Some(&new.signing_name),
                changed(Level::Behaviour, "requests are signed for another name"),
            ),
            (
                "signatureVersion",
                Some(signature_version),
                Some(&new.signature_version),
                changed(Level::Behaviour, "paths may be signed otherwise"),
            ),
            (
                "targetPrefix",
                target_prefix.as_ref(),
                new.target_prefix.as_ref(),
                if names_operations {
                    changed(Level::Breaking, "requests name their operation otherwise")
                } else {
                    changed(
                        Level::Docs,
                        "none by itself: the protocol does not use it, or did not",
                    )
                },
            ),
            (
                "xmlNamespace",
                xml_namespace.as_ref(),
                new.xml_namespace.as_ref(),
                if writes_xml(new.protocol) {
                    changed(Level::Behaviour, "XML bodies are in another namespace")
                } else {
                    changed(Level::Docs, "none: the protocol does not use it")
                },
            ),
            (
                "uid",
                uid.as_ref(),
                new.uid.as_ref(),
                changed(Level::Docs, "none but for links into AWS's documentation"),
            ),
        ];
        for (key, old, new, (level, meaning)) in facts {
            if old != new {
                let text = |value: Option<&String>| value.map(String::as_str).map(str::to_owned);
                let (old, new) = (text(old), text(new));
                let change = became(&format!("`{key}`"), old.as_deref(), new.as_deref());
                self.fact(level, "metadata-changed", key, change, meaning.to_owned());
            }
        }
        self.auth(auth, &new.auth);
        self.query_compatible(*query_compatible, new.query_compatible);
    }

    fn auth(&mut self, old: &[String], new: &[String]) {
        if old != new {
            let change = became("`auth`", Some(&old.join(", ")), Some(&new.join(", ")));
            let meaning = "requests are signed in another way".to_owned();
            self.fact(Level::Behaviour, "auth-changed", "auth", change, meaning);
        }
    }

    fn query_compatible(&mut self, old: bool, new: bool) {
        let (change, meaning) = match (old, new) {
            (false, true) => (
                "`awsQueryCompatible` was added",
                "requests ask for the codes of the query protocol, and errors have them",
            ),
            (true, false) => (
                "`awsQueryCompatible` was removed",
                "errors have the codes of the protocol that is spoken",
            ),
            _ => return,
        };
        let (kind, key) = ("query-compatible-changed", "awsQueryCompatible");
        let (change, meaning) = (change.to_owned(), meaning.to_owned());
        self.fact(Level::Behaviour, kind, key, change, meaning);
    }

    /// Protocols that are listed and not spoken here.
    fn other_protocols(&mut self, protocol: Protocol, protocols: &[Protocol], new: &ir::Metadata) {
        if protocols != new.protocols && protocol == new.protocol {
            let list = |protocols: &[Protocol]| {
                let names = protocols.iter().map(|protocol| protocol_name(*protocol));
                names.collect::<Vec<_>>().join(", ")
            };
            let change = became(
                "the protocols that it speaks:",
                Some(&list(protocols)),
                Some(&list(&new.protocols)),
            );
            let meaning = format!("none: requests are written in {}", protocol_name(protocol));
            self.fact(
                Level::Docs,
                "protocols-changed",
                "protocols",
                change,
                meaning,
            );
        }
    }

    fn protocol(&mut self, old: Protocol, new: &ir::Metadata) {
        if old == new.protocol {
            return;
        }
        let (from, to) = (protocol_name(old), protocol_name(new.protocol));
        let change = became("the protocol", Some(from), Some(to));
        let (level, meaning) = if new.protocols.contains(&old) {
            let meaning = format!(
                "requests are written in {to}; a client that still speaks {from} is understood"
            );
            (Level::Behaviour, meaning)
        } else {
            let meaning = format!(
                "requests are written in {to}; a client that still speaks {from} may be refused"
            );
            (Level::Breaking, meaning)
        };
        let json = [Protocol::Json10, Protocol::Json11];
        let key = if json.contains(&old) && json.contains(&new.protocol) {
            "jsonVersion"
        } else {
            "protocol"
        };
        self.fact(level, "protocol-changed", key, change, meaning);
    }

    /// A fact of the service, below its metadata.
    fn fact(
        &mut self,
        level: Level,
        kind: &'static str,
        key: &str,
        change: String,
        meaning: String,
    ) {
        let name = &self.new.unit.service.name;
        let found = Found::new(level, kind, format!("{name}.{key}"), Owner::Service)
            .change(change)
            .consequence(meaning);
        self.push(found.both(format!("/metadata/{key}")));
    }

    fn client_context(
        &mut self,
        old: &BTreeMap<String, ir::ClientContext>,
        new: &BTreeMap<String, ir::ClientContext>,
    ) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let pointer = format!("/clientContextParams/{}", escape(name));
            let subject = format!("{}.{name}", self.new.unit.service.name);
            let found = |level, kind| Found::new(level, kind, &subject, Owner::Service);
            let found = match (old.get(name), new.get(name)) {
                (None, Some(_)) => found(Level::Additive, "client-context-added")
                    .change("the client has this parameter of its endpoint rules")
                    .consequence("a setter more in the client's configuration")
                    .new_at(pointer),
                (Some(_), None) => found(Level::Breaking, "client-context-removed")
                    .change("the client no longer has this parameter of its endpoint rules")
                    .consequence("the setter in the client's configuration is gone")
                    .old(pointer),
                (Some(old), Some(new)) if old.kind != new.kind => {
                    found(Level::Breaking, "client-context-changed")
                        .change(became("its type", Some(&old.kind), Some(&new.kind)))
                        .consequence("the setter in the client's configuration takes another type")
                        .both(pointer)
                }
                (Some(old), Some(new)) if old.docs != new.docs => {
                    words::documentation(&subject, Owner::Service, &old.docs, &new.docs)
                        .both(pointer)
                }
                _ => continue,
            };
            self.push(found);
        }
    }

    fn endpoint_rules(&mut self) {
        let rules = |view: &super::View<'_>| {
            let rules = view.unit.endpoint_rules.as_ref();
            rules.map(|endpoint| endpoint.rules.clone())
        };
        let (old, new) = (rules(self.old), rules(self.new));
        let (change, meaning) = match (&old, &new) {
            (None, None) => return,
            (Some(old), Some(new)) if old == new => return,
            (None, Some(_)) => (
                "the service has endpoint rules".to_owned(),
                "requests go where the rules say",
            ),
            (Some(_), None) => (
                "the service has no endpoint rules any more".to_owned(),
                "the endpoint has to be configured",
            ),
            (Some(old), Some(new)) => (
                rules_change(old, new),
                "requests may go to another endpoint, or be refused for want of one",
            ),
        };
        let name = &self.new.unit.service.name;
        let subject = format!("{name}.endpointRules");
        let detail = format!("{old:?}\0{new:?}");
        let found = Found::new(
            Level::Behaviour,
            "endpoint-rules-changed",
            subject,
            Owner::Service,
        );
        let found = found.change(change).consequence(meaning).detail(detail);
        self.push(found.part(Part::EndpointRules).both("/rules"));
    }
}

/// What is different in endpoint rules, as far as it can be said in a line.
fn rules_change(old: &RuleSet, new: &RuleSet) -> String {
    let mut changes = Vec::new();
    let known = |rules: &RuleSet, name: &str| -> Option<Parameter> {
        let mut parameters = rules.parameters.iter();
        parameters.find(|parameter| parameter.name == name).cloned()
    };
    for parameter in &new.parameters {
        match known(old, &parameter.name) {
            None => changes.push(format!("the parameter `{}` was added", parameter.name)),
            Some(before) if before != *parameter => {
                changes.push(format!("the parameter `{}` is another", parameter.name));
            }
            Some(_) => {}
        }
    }
    for parameter in &old.parameters {
        if known(new, &parameter.name).is_none() {
            changes.push(format!("the parameter `{}` was removed", parameter.name));
        }
    }
    if old.rules != new.rules {
        changes.push("the endpoint rules are others".to_owned());
    }
    changes.join("; ")
}
