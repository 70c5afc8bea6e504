//! The builder of a structure: a setter for each member.

use super::structure::{
    Builder, METHODS, Spec, has_streams, is_boxed, method_name, not_a_trait, plain,
};
use super::types::Types;
use super::{Emitter, Item, docs, nodes};
use crate::ir::{Kind, Member};
use crate::render::{Filled, Skeleton, comments, completion, ty as ty_text};
use quote::quote;

/// Methods of traits of the standard library that a setter can be taken for.
const OPERATORS_OF_VALUES: [&str; 10] = [
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// What the builder of an input can do besides.
const CALLS: [&str; 6] = [
    "build",
    "customize",
    "into_paginator",
    "on",
    "presigned",
    "send",
];

/// The setter of a field in the builder of an input.
pub(super) fn setter_name(field: &syn::Ident) -> String {
    method_name(field, &CALLS)
}

/// The items of a builder.
pub(super) fn items(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    builder: Builder<'_>,
) -> Vec<Item> {
    static INPUT_METHODS: Skeleton = Skeleton::new(|| {
        quote! {
            impl<C> __0<C> {
                const __lines0: () = ();
            }
        }
    });
    let name = format!("{}Builder", spec.name);
    let (complete, skeleton, taken) = match builder {
        Builder::Plain => {
            let complete = completion("builder", &[spec.name, &name]);
            (complete, &METHODS, &CALLS[..1])
        }
        Builder::Input(operation) => {
            let mut arguments = vec![operation, spec.name, &name];
            if has_streams(emitter, spec) {
                arguments.push("streaming");
            }
            let complete = completion("input", &arguments);
            (complete, &INPUT_METHODS, &CALLS[..])
        }
    };
    let mut items = vec![complete];
    if !spec.members.is_empty() {
        let setters = spec.pairs();
        let setters =
            setters.flat_map(|(member, field)| setter(emitter, types, spec, member, &field, taken));
        items.push(Item::Filled(Filled {
            skeleton,
            lines: vec![setters.collect()],
            words: vec![name],
        }));
    }
    items
}

fn setter(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    member: &Member,
    field: &syn::Ident,
    taken: &[&str],
) -> Vec<String> {
    static SETTER: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            pub fn __0(mut self, value: __1) -> Self {
                self.0.__2 = Some(__3);
                self
            }
        }
    });
    let shown = plain(field);
    let doc = [format!("Sets [`{shown}`](field@{}::{shown}).", spec.name)];
    let attributes = comments(&doc)
        .chain(docs::deprecated_line(member.deprecated.as_ref()))
        .chain(not_a_trait(field, &OPERATORS_OF_VALUES));
    let (argument, value) = argument(emitter, types, spec, member);
    let filled = Filled {
        skeleton: &SETTER,
        words: vec![
            method_name(field, taken),
            argument,
            field.to_string(),
            value.to_owned(),
        ],
        lines: vec![attributes.collect()],
    };
    filled.into_lines()
}

/// The type of a setter's argument, and how it becomes the member.
fn argument(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    member: &Member,
) -> (String, &'static str) {
    let into = |ty: &syn::Type| {
        let path = nodes::generic(types.prelude("Into"), [ty.clone()]);
        format!("impl {}", ty_text(&path))
    };
    let iterator = ty_text(&nodes::type_of(types.prelude("IntoIterator")));
    let shape = emitter.unit.service.shape(&member.target);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::List(list)) => {
            let element = into(&types.element(&list.element.target, list.sparse));
            let argument = format!("impl {iterator}<Item = {element}>");
            (argument, "rt::value::into_list(value)")
        }
        Some(Kind::Map(map)) => {
            let key = into(&types.value(&map.key.target));
            let element = into(&types.element(&map.value.target, map.sparse));
            let argument = format!("impl {iterator}<Item = ({key}, {element})>");
            (argument, "rt::value::into_map(value)")
        }
        // Nothing but a primitive is worth converting into a primitive.
        Some(Kind::Boolean | Kind::Integer | Kind::Long | Kind::Float | Kind::Double) => {
            (ty_text(&types.value(&member.target)), "value")
        }
        _ => {
            let ty = types.held(member, is_boxed(emitter, spec, member));
            (into(&ty), "value.into()")
        }
    }
}
