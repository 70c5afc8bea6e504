//! Shapes: what they are, their values and elements, their limits.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::reach::Direction;
use super::report::Level;
use super::traits::{has_elements, writes_xml};
use super::view::View;
use crate::ir::{self, Deprecated, Docs, Kind, Shape};
use crate::locate::escape;
use std::collections::BTreeSet;

impl Comparison<'_, '_> {
    /// All shapes that either side reaches.
    pub(super) fn shapes(&mut self) {
        let (old, new) = (self.old, self.new);
        let closures = old.unit.closure.keys().chain(new.unit.closure.keys());
        let names: BTreeSet<&String> = closures.collect();
        let all = |view: &View<'_>| -> BTreeSet<String> {
            let names = view.unit.closure.keys();
            names.flat_map(|name| view.items(name)).collect()
        };
        // A shape may have another name in the model and the same in Rust.
        let all = (all(old), all(new));
        for name in names {
            self.items(name, &all);
            if let (Some(before), Some(after)) = (old.shape(name), new.shape(name)) {
                self.shape(before, after);
            }
        }
    }

    /// The types of Rust that come and go with a shape.
    fn items(&mut self, name: &str, (all_old, all_new): &(BTreeSet<String>, BTreeSet<String>)) {
        let (before, after) = (self.old.items(name), self.new.items(name));
        let mut pointer = format!("/shapes/{}", escape(name));
        if self.old.shape(name).is_some() && self.new.shape(name).is_some() {
            // What is different inside is for others to say.
            pointer.push_str("/type");
        }
        let why = |there: &View<'_>, here: &View<'_>, gone: bool| {
            let in_model = there.unit.service.shape(name).is_some();
            let reached = here.shape(name).is_some() && there.shape(name).is_some();
            match (in_model, reached, gone) {
                (false, _, true) => "the shape is gone from the model",
                (false, _, false) => "the shape is new",
                (true, false, true) => "nothing here refers to the shape any more",
                (true, false, false) => "something here refers to the shape now",
                (true, true, true) => "the shape is no longer used in this way",
                (true, true, false) => "the shape is used in a further way",
            }
        };
        for item in before.difference(all_new) {
            let found = Found::new(
                Level::Breaking,
                if builder(&before, item) {
                    "builder-removed"
                } else {
                    "type-removed"
                },
                name,
                Owner::Old(name.to_owned(), String::new()),
            );
            let change = why(self.new, self.old, true);
            let found = found.change(change).detail(item);
            self.push(found.consequence(format!("`{item}` is gone")).old(&pointer));
        }
        for item in after.difference(all_old) {
            let found = Found::new(
                Level::Additive,
                if builder(&after, item) {
                    "builder-added"
                } else {
                    "type-added"
                },
                name,
                Owner::New(name.to_owned(), String::new()),
            );
            let change = why(self.old, self.new, false);
            let found = found.change(change).detail(item);
            self.push(
                found
                    .consequence(format!("`{item}` is new"))
                    .new_at(&pointer),
            );
        }
    }

    fn shape(&mut self, old: &Shape, new: &Shape) {
        let Shape {
            name,
            kind,
            docs,
            deprecated,
            sensitive,
            constraints: _,
        } = old;
        let pointer = format!("/shapes/{}", escape(name));
        let owner = || Owner::New(name.clone(), String::new());
        if *docs != new.docs {
            let found = documentation(name, owner(), docs, &new.docs);
            self.push(found.both(format!("{pointer}/documentation")));
        }
        let deprecation = (deprecated.as_ref(), new.deprecated.as_ref());
        if let Some(found) = self::deprecation(name, owner(), deprecation) {
            self.push(found.both(deprecated_pointer(&pointer)));
        }
        if *sensitive != new.sensitive {
            let found = sensitivity(name, owner(), new.sensitive);
            self.push(found.both(format!("{pointer}/sensitive")));
        }
        self.limits(name, &pointer, (old, new), &owner);
        match (kind, &new.kind) {
            (Kind::Structure(before), Kind::Structure(after))
            | (Kind::Union(before), Kind::Union(after)) => {
                self.structure_traits(name, &pointer, before, after);
                self.members((name, before), (name, after));
            }
            (Kind::Enumeration(before), Kind::Enumeration(after)) => {
                self.values(name, &pointer, before, after);
            }
            (Kind::List(before), Kind::List(after)) => self.list(name, &pointer, before, after),
            (Kind::Map(before), Kind::Map(after)) => self.map(name, &pointer, before, after),
            // Formats and streams are a matter of the members that have this shape.
            (Kind::Timestamp(_), Kind::Timestamp(_)) => {}
            (
                Kind::Blob {
                    requires_length, ..
                },
                Kind::Blob {
                    requires_length: after,
                    ..
                },
            ) => {
                if requires_length != after {
                    let found =
                        Found::new(Level::Behaviour, "stream-length-changed", name, owner());
                    let (change, meaning) = if *after {
                        (
                            "`requiresLength` was added",
                            "a stream whose length is not known is refused",
                        )
                    } else {
                        (
                            "`requiresLength` was removed",
                            "streams of unknown length are taken",
                        )
                    };
                    let found = found.change(change).consequence(meaning);
                    self.push(found.both(format!("{pointer}/requiresLength")));
                }
            }
            (before, after) if std::mem::discriminant(before) == std::mem::discriminant(after) => {}
            (before, after) => {
                let change = became("its type", Some(type_name(before)), Some(type_name(after)));
                let (before, after) = (self.old.ty(name), self.new.ty(name));
                let meaning = if before == after {
                    format!("`{after}` is of another kind")
                } else {
                    format!("what was `{before}` is now `{after}`, wherever it is used")
                };
                let found = Found::new(Level::Breaking, "shape-type-changed", name, owner());
                // Whatever else is different is so because it is another type.
                self.push(found.change(change).consequence(meaning).both(&pointer));
            }
        }
    }

    fn structure_traits(
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
            let found = Found::new(Level::Behaviour, "retryable-changed", name, owner())
                .change(became(
                    "it",
                    Some(text(*retryable)),
                    Some(text(new.retryable)),
                ))
                .consequence("calls that end with it are tried again by other rules");
            self.push(found.both(format!("{pointer}/retryable")));
        }
    }

    pub(super) fn values(&mut self, name: &str, pointer: &str, old: &[String], new: &[String]) {
        let ty = self.new.ty(name);
        for (index, value) in old.iter().enumerate() {
            if !new.contains(value) {
                let variant = self.old.item(name, value);
                let found = Found::new(
                    Level::Breaking,
                    "enum-value-removed",
                    format!("{name}.{value}"),
                    Owner::New(name.to_owned(), String::new()),
                );
                let found = found
                    .change(format!("the value `{value}` was removed"))
                    .consequence(format!(
                        "`{ty}::{variant}` is gone; the service may refuse the value"
                    ));
                self.push(found.old(format!("{pointer}/enum/{index}")));
            }
        }
        for (index, value) in new.iter().enumerate() {
            if !old.contains(value) {
                let variant = self.new.item(name, value);
                let found = Found::new(
                    Level::Additive,
                    "enum-value-added",
                    format!("{name}.{value}"),
                    Owner::New(name.to_owned(), String::new()),
                );
                let found = found
                    .change(format!("the value `{value}` was added"))
                    .consequence(format!(
                        "`{ty}::{variant}`; a client generated before reads it as `Unrecognized`"
                    ));
                self.push(found.new_at(format!("{pointer}/enum/{index}")));
            }
        }
        for value in old.iter().filter(|value| new.contains(value)) {
            let (before, after) = (self.old.item(name, value), self.new.item(name, value));
            if before != after {
                self.renamed(&format!("{name}.{value}"), name, (&before, &after), pointer);
            }
        }
    }

    /// Something that has another name in Rust though the model calls it the same.
    pub(super) fn renamed(
        &mut self,
        subject: &str,
        shape: &str,
        (old, new): (&str, &str),
        pointer: &str,
    ) {
        let owner = Owner::New(shape.to_owned(), String::new());
        let found = Found::new(Level::Breaking, "renamed-in-rust", subject, owner)
            .change(became("its name in Rust", Some(old), Some(new)))
            .consequence(format!("source that says `{old}` does not compile"));
        self.push(found.both(pointer));
    }

    fn list(&mut self, name: &str, pointer: &str, old: &ir::List, new: &ir::List) {
        let ir::List {
            element,
            sparse,
            // A matter of the members that have this shape, which it is overlaid with.
            flattened: _,
        } = old;
        self.sparse(name, pointer, *sparse, new.sparse);
        let subject = format!("{name}[]");
        self.element(
            name,
            &subject,
            &format!("{pointer}/member"),
            (element, &new.element),
        );
    }

    fn map(&mut self, name: &str, pointer: &str, old: &ir::Map, new: &ir::Map) {
        let ir::Map {
            key,
            value,
            sparse,
            flattened: _,
        } = old;
        self.sparse(name, pointer, *sparse, new.sparse);
        let subject = format!("{name}{{key}}");
        self.element(name, &subject, &format!("{pointer}/key"), (key, &new.key));
        let subject = format!("{name}{{}}");
        self.element(
            name,
            &subject,
            &format!("{pointer}/value"),
            (value, &new.value),
        );
    }

    fn sparse(&mut self, name: &str, pointer: &str, old: bool, new: bool) {
        if old == new {
            return;
        }
        let owner = Owner::New(name.to_owned(), String::new());
        let (before, after) = (self.old.ty(name), self.new.ty(name));
        let found = Found::new(Level::Breaking, "sparse-changed", name, owner)
            .change(if new {
                "`sparse` was added: elements may be null"
            } else {
                "`sparse` was removed: elements are never null"
            })
            .consequence(format!("what was `{before}` is now `{after}`"));
        self.push(found.both(format!("{pointer}/sparse")));
    }

    fn element(
        &mut self,
        shape: &str,
        subject: &str,
        pointer: &str,
        (old, new): (&ir::Element, &ir::Element),
    ) {
        let owner = || Owner::New(shape.to_owned(), String::new());
        if old.target != new.target {
            let types = (self.old.ty(&old.target), self.new.ty(&new.target));
            let targets = (old.target.as_str(), new.target.as_str());
            self.retargeted(subject, targets, types, pointer, &owner);
        }
        let at = (pointer.to_owned(), pointer.to_owned());
        self.element_traits(subject, (shape, shape), at, (old, new), &owner);
    }

    /// What is said of the elements of two lists or maps, besides their shapes.
    pub(super) fn element_traits(
        &mut self,
        subject: &str,
        (old_shape, new_shape): (&str, &str),
        (old_at, new_at): (String, String),
        (old, new): (&ir::Element, &ir::Element),
        owner: &dyn Fn() -> Owner,
    ) {
        let ir::Element {
            target: _,
            wire_name,
            xml_namespace,
        } = old;
        let protocol = self.new.unit.service.metadata.protocol;
        let directions = (
            self.old.reached.direction(old_shape),
            self.new.reached.direction(new_shape),
        );
        let direction = Direction {
            input: directions.0.input && directions.1.input,
            output: directions.0.output && directions.1.output,
        };
        if *wire_name != new.wire_name {
            let (level, meaning) = if has_elements(protocol, direction) {
                (Level::Breaking, "elements have another name on the wire")
            } else {
                (Level::Docs, "none: the protocol does not use it")
            };
            let change = became(
                "`locationName`",
                wire_name.as_deref(),
                new.wire_name.as_deref(),
            );
            let found = Found::new(level, "element-renamed", subject, owner());
            let found = found.change(change).consequence(meaning);
            let found = found.old(format!("{old_at}/locationName"));
            self.push(found.new_at(format!("{new_at}/locationName")));
        }
        if *xml_namespace != new.xml_namespace {
            let acts = writes_xml(protocol) && direction.input;
            let namespaces = (xml_namespace, &new.xml_namespace);
            let found = namespace(subject, owner(), acts, namespaces);
            let found = found.old(format!("{old_at}/xmlNamespace"));
            self.push(found.new_at(format!("{new_at}/xmlNamespace")));
        }
    }
}

/// Whether an item is the builder of another one.
fn builder(items: &BTreeSet<String>, item: &str) -> bool {
    let built = item.strip_suffix("Builder");
    built.is_some_and(|built| items.contains(built))
}

/// The name of a type of shapes, as the format spells it.
fn type_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure(_) => "structure",
        Kind::Union(_) => "union",
        Kind::Enumeration(_) => "enum",
        Kind::List(_) => "list",
        Kind::Map(_) => "map",
        Kind::String => "string",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Long => "long",
        Kind::Float => "float",
        Kind::Double => "double",
        Kind::Timestamp(_) => "timestamp",
        Kind::Blob { .. } => "blob",
        Kind::Document => "document",
    }
}

fn event_name(event: ir::Event) -> &'static str {
    match event {
        ir::Event::None => "none",
        ir::Event::Stream => "a stream of events",
        ir::Event::Event => "an event",
    }
}

/// Where a deprecation is said.
pub(super) fn deprecated_pointer(pointer: &str) -> String {
    format!("{pointer}/deprecated")
}

/// Documentation that says something else.
pub(super) fn documentation(subject: &str, owner: Owner, old: &Docs, new: &Docs) -> Found {
    let change = match (old.0.is_empty(), new.0.is_empty()) {
        (true, false) => "it has documentation",
        (false, true) => "it has no documentation any more",
        _ => "the documentation says something else",
    };
    Found::new(Level::Docs, "docs-changed", subject, owner)
        .change(change)
        .consequence("comments only")
        .detail(format!("{}\0{}", old.0, new.0))
}

/// A deprecation that came, went, or says something else.
pub(super) fn deprecation(
    subject: &str,
    owner: Owner,
    (old, new): (Option<&Deprecated>, Option<&Deprecated>),
) -> Option<Found> {
    if old == new {
        return None;
    }
    let text = |deprecated: &Deprecated| {
        let parts = [deprecated.message.as_deref(), deprecated.since.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join("; since ")
    };
    Some(match (old, new) {
        (_, None) => Found::new(Level::Docs, "deprecation-removed", subject, owner)
            .change("it is no longer deprecated")
            .consequence("its use compiles without a warning"),
        (None, Some(new)) => Found::new(Level::Additive, "deprecated", subject, owner)
            .change(format!("it is deprecated: {}", text(new)))
            .consequence("its use compiles with a warning"),
        (Some(old), Some(new)) => Found::new(Level::Docs, "deprecation-changed", subject, owner)
            .change(became(
                "the deprecation",
                Some(&text(old)),
                Some(&text(new)),
            ))
            .consequence("the warning says something else"),
    })
}

pub(super) fn sensitivity(subject: &str, owner: Owner, new: bool) -> Found {
    let (change, meaning) = if new {
        (
            "`sensitive` was added",
            "`Debug` no longer shows its values",
        )
    } else {
        ("`sensitive` was removed", "`Debug` shows its values")
    };
    Found::new(Level::Behaviour, "sensitive-changed", subject, owner)
        .change(change)
        .consequence(meaning)
}

pub(super) fn namespace(
    subject: &str,
    owner: Owner,
    acts: bool,
    (old, new): (&Option<ir::XmlNamespace>, &Option<ir::XmlNamespace>),
) -> Found {
    let text = |namespace: &Option<ir::XmlNamespace>| {
        let namespace = namespace.as_ref()?;
        Some(match &namespace.prefix {
            Some(prefix) => format!("xmlns:{prefix}={}", namespace.uri),
            None => namespace.uri.clone(),
        })
    };
    let (level, meaning) = if acts {
        (
            Level::Breaking,
            "its element is in another namespace in requests",
        )
    } else {
        (Level::Docs, "none: it is in no request of this protocol")
    };
    let (old, new) = (text(old), text(new));
    Found::new(level, "xml-namespace-changed", subject, owner)
        .change(became("`xmlNamespace`", old.as_deref(), new.as_deref()))
        .consequence(meaning)
}
