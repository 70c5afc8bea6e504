//! How a shape is spelled where it is used.

use super::{Emitter, nodes};
use crate::ir::{Kind, Member, Shape, Stream};
use std::cell::Cell;
use syn::{Path, Type};

/// Spells types for one file.
pub(super) struct Types<'e> {
    emitter: &'e Emitter<'e>,
    /// From the file to the module of the shapes.
    path: &'e [&'e str],
    /// The types of the file itself, which hide those of the prelude.
    local: &'e str,
    used: Cell<bool>,
}

impl<'e> Types<'e> {
    /// For a file whose type is `local` and from which the shapes are at `path`.
    pub fn new(emitter: &'e Emitter<'e>, path: &'e [&'e str], local: &'e str) -> Self {
        Self {
            emitter,
            path,
            local,
            used: Cell::new(false),
        }
    }

    /// Whether a shape was spelled by its path.
    pub fn used(&self) -> bool {
        self.used.get()
    }

    /// The path of a type of the prelude, in full if the file has one of the same name.
    pub fn prelude(&self, name: &str) -> Path {
        if name != self.local {
            return nodes::path(&[name]);
        }
        let module = match name {
            "Option" => "option",
            "Vec" => "vec",
            "Box" => "boxed",
            "String" => "string",
            "IntoIterator" => "iter",
            "Into" => "convert",
            _ => "result",
        };
        let mut path = nodes::path(&["std", module, name]);
        path.leading_colon = Some(Default::default());
        path
    }

    /// `String`.
    pub fn string(&self) -> Type {
        nodes::type_of(self.prelude("String"))
    }

    /// The type of a member of a structure: optional, whatever the model says.
    pub fn member(&self, member: &Member, boxed: bool) -> Type {
        nodes::generic(self.prelude("Option"), [self.held(member, boxed)])
    }

    /// The type of what a member of a structure holds.
    pub fn held(&self, member: &Member, boxed: bool) -> Type {
        match self.emitter.unit.service.stream(member) {
            Some(Stream::Bytes) => nodes::path_type(&["rt", "ByteStream"]),
            Some(Stream::Events) => {
                let event = self.value(&member.target);
                nodes::generic(nodes::path(&["rt", "EventStream"]), [event])
            }
            None => self.boxed(&member.target, boxed),
        }
    }

    /// The type of a value that may be absent.
    pub fn field(&self, target: &str, boxed: bool) -> Type {
        nodes::generic(self.prelude("Option"), [self.boxed(target, boxed)])
    }

    /// The type of a value of this shape, in a box if it contains itself.
    pub fn boxed(&self, target: &str, boxed: bool) -> Type {
        let ty = self.value(target);
        if boxed {
            nodes::generic(self.prelude("Box"), [ty])
        } else {
            ty
        }
    }

    /// The type of a value of this shape.
    pub fn value(&self, target: &str) -> Type {
        match self.emitter.unit.service.shape(target) {
            Some(shape) => self.of(shape),
            // Lowering has resolved all references.
            None => self.string(),
        }
    }

    fn of(&self, shape: &Shape) -> Type {
        match &shape.kind {
            Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_) => self.named(shape),
            Kind::List(list) => {
                let element = self.element(&list.element.target, list.sparse);
                nodes::generic(self.prelude("Vec"), [element])
            }
            Kind::Map(map) => {
                let key = self.value(&map.key.target);
                let value = self.element(&map.value.target, map.sparse);
                nodes::generic(nodes::path(&["rt", "BTreeMap"]), [key, value])
            }
            Kind::String => self.string(),
            Kind::Boolean => nodes::path_type(&["bool"]),
            Kind::Integer => nodes::path_type(&["i32"]),
            Kind::Long => nodes::path_type(&["i64"]),
            Kind::Float => nodes::path_type(&["f32"]),
            Kind::Double => nodes::path_type(&["f64"]),
            Kind::Timestamp(_) => nodes::path_type(&["rt", "DateTime"]),
            Kind::Blob { .. } => nodes::path_type(&["rt", "Blob"]),
            Kind::Document => nodes::path_type(&["rt", "Document"]),
        }
    }

    /// What a list or map holds.
    pub fn element(&self, target: &str, sparse: bool) -> Type {
        if sparse {
            self.field(target, false)
        } else {
            self.value(target)
        }
    }

    fn named(&self, shape: &Shape) -> Type {
        self.used.set(true);
        let name = self.emitter.unit.names.ty(&shape.name);
        let mut path = self.path.to_vec();
        path.push(&name);
        nodes::path_type(&path)
    }

    /// The type of an error.
    pub fn error(&self, name: &str) -> Type {
        let name = self.emitter.unit.names.ty(name);
        nodes::path_type(&["error", &name])
    }

    /// Whether members, or what they hold, are deprecated.
    pub fn have_deprecated(&self, members: &[Member]) -> bool {
        members
            .iter()
            .any(|member| member.deprecated.is_some() || self.is_deprecated(&member.target))
    }

    /// Whether the use of a shape is the use of something deprecated.
    pub fn is_deprecated(&self, target: &str) -> bool {
        let shape = self.emitter.unit.service.shape(target);
        shape.is_some_and(|shape| match &shape.kind {
            Kind::List(list) => self.is_deprecated(&list.element.target),
            Kind::Map(map) => {
                self.is_deprecated(&map.key.target) || self.is_deprecated(&map.value.target)
            }
            Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_) => {
                shape.deprecated.is_some()
            }
            _ => false,
        })
    }
}
