//! How a shape is spelled where it is used.

use super::{Emitter, ident};
use crate::ir::{Kind, Shape};
use proc_macro2::TokenStream;
use quote::quote;
use std::cell::Cell;

/// Spells types for one file.
pub(super) struct Types<'e> {
    emitter: &'e Emitter<'e>,
    /// From the file to the module of the shapes.
    path: TokenStream,
    /// The types of the file itself, which hide those of the prelude.
    local: &'e str,
    used: Cell<bool>,
}

impl<'e> Types<'e> {
    /// For a file whose type is `local` and from which the shapes are at `path`.
    pub fn new(emitter: &'e Emitter<'e>, path: TokenStream, local: &'e str) -> Self {
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

    /// A type of the prelude, in full if the file has one of the same name.
    pub fn prelude(&self, name: &str) -> TokenStream {
        let short = ident(name);
        if name != self.local {
            return quote!(#short);
        }
        let module = match name {
            "Option" => quote!(option),
            "Vec" => quote!(vec),
            "Box" => quote!(boxed),
            "String" => quote!(string),
            "IntoIterator" => quote!(iter),
            "Into" => quote!(convert),
            _ => quote!(result),
        };
        quote!(::std::#module::#short)
    }

    /// The type of a member: optional, whatever the model says.
    pub fn field(&self, target: &str, boxed: bool) -> TokenStream {
        let option = self.prelude("Option");
        let ty = self.boxed(target, boxed);
        quote!(#option<#ty>)
    }

    /// The type of a value of this shape, in a box if it contains itself.
    pub fn boxed(&self, target: &str, boxed: bool) -> TokenStream {
        let ty = self.value(target);
        if boxed {
            let name = self.prelude("Box");
            quote!(#name<#ty>)
        } else {
            ty
        }
    }

    /// The type of a value of this shape.
    pub fn value(&self, target: &str) -> TokenStream {
        match self.emitter.unit.service.shape(target) {
            Some(shape) => self.of(shape),
            // Lowering has resolved all references.
            None => self.prelude("String"),
        }
    }

    fn of(&self, shape: &Shape) -> TokenStream {
        match &shape.kind {
            Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_) => self.named(shape),
            Kind::List(list) => {
                let vec = self.prelude("Vec");
                let element = self.element(&list.element.target, list.sparse);
                quote!(#vec<#element>)
            }
            Kind::Map(map) => {
                let key = self.value(&map.key.target);
                let value = self.element(&map.value.target, map.sparse);
                quote!(rt::BTreeMap<#key, #value>)
            }
            Kind::String => self.prelude("String"),
            Kind::Boolean => quote!(bool),
            Kind::Integer => quote!(i32),
            Kind::Long => quote!(i64),
            Kind::Float => quote!(f32),
            Kind::Double => quote!(f64),
            Kind::Timestamp(_) => quote!(rt::DateTime),
            Kind::Blob { .. } => quote!(rt::Blob),
            Kind::Document => quote!(rt::Document),
        }
    }

    /// What a list or map holds.
    pub fn element(&self, target: &str, sparse: bool) -> TokenStream {
        if sparse {
            self.field(target, false)
        } else {
            self.value(target)
        }
    }

    fn named(&self, shape: &Shape) -> TokenStream {
        self.used.set(true);
        let path = &self.path;
        let name = ident(&self.emitter.unit.names.ty(&shape.name));
        quote!(#path::#name)
    }

    /// The type of an error.
    pub fn error(&self, name: &str) -> TokenStream {
        let name = ident(&self.emitter.unit.names.ty(name));
        quote!(error::#name)
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
