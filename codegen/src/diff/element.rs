//! Lists and maps, and what is said of their elements.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::reach::Direction;
use super::report::Level;
use super::traits::{has_elements, writes_xml};
use super::words::namespace;
use crate::ir;

impl Comparison<'_, '_> {
    pub(super) fn list(&mut self, name: &str, pointer: &str, old: &ir::List, new: &ir::List) {
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

    pub(super) fn map(&mut self, name: &str, pointer: &str, old: &ir::Map, new: &ir::Map) {
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
