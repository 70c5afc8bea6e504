//! Shapes: what they are, their values and elements, their limits.

use super::found::{Found, Owner, became};
use super::report::Level;
use super::view::View;
use super::{Comparison, words};
use crate::ir::{Kind, Shape};
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
            let chosen = here.unit.exceptions.contains(name)
                && there.unit.service.exceptions().contains(name);
            match (in_model, reached, gone) {
                (false, _, true) => "the shape is gone from the model",
                (false, _, false) => "the shape is new",
                (true, false, true) if chosen => "the manifest no longer asks for the exception",
                (true, false, false) if chosen => "the manifest asks for the exception now",
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
            let found = words::documentation(name, owner(), docs, &new.docs);
            self.push(found.both(format!("{pointer}/documentation")));
        }
        let deprecation = (deprecated.as_ref(), new.deprecated.as_ref());
        if let Some(found) = words::deprecation(name, owner(), deprecation) {
            self.push(found.both(words::deprecated_pointer(&pointer)));
        }
        if *sensitive != new.sensitive {
            let found = words::sensitivity(name, owner(), new.sensitive);
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
                self.values((name, name), (&pointer, &pointer), (before, after));
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
                let change = became("its type", Some(before.name()), Some(after.name()));
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

    /// The values of two enums that are in the same place.
    pub(super) fn values(
        &mut self,
        (old_name, name): (&str, &str),
        (old_at, new_at): (&str, &str),
        (old, new): (&[String], &[String]),
    ) {
        let ty = self.new.ty(name);
        for (index, value) in old.iter().enumerate() {
            if !new.contains(value) {
                let variant = self.old.item(old_name, value);
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
                self.push(found.old(format!("{old_at}/enum/{index}")));
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
                self.push(found.new_at(format!("{new_at}/enum/{index}")));
            }
        }
        for value in old.iter().filter(|value| new.contains(value)) {
            let (before, after) = (self.old.item(old_name, value), self.new.item(name, value));
            if before != after {
                self.renamed(&format!("{name}.{value}"), name, (&before, &after), new_at);
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
}

/// Whether an item is the builder of another one.
fn builder(items: &BTreeSet<String>, item: &str) -> bool {
    let built = item.strip_suffix("Builder");
    built.is_some_and(|built| items.contains(built))
}
