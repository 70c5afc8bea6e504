//! Enums: the values that the model names, and a catch-all that keeps what it does not.

use super::types::Types;
use super::{Emitter, File, Item, docs, ident, item, nodes, use_runtime};
use crate::error::Diagnostic;
use crate::ir::Shape;
use crate::render::completion;
use proc_macro2::TokenStream;
use quote::quote;

/// The file of an enum.
pub(super) fn file(
    emitter: &Emitter<'_>,
    shape: &Shape,
    values: &[String],
) -> Result<File, Diagnostic> {
    let name = ident(&emitter.unit.names.ty(&shape.name));
    let variants: Vec<syn::Ident> = emitter
        .unit
        .names
        .items(&shape.name)
        .iter()
        .map(|variant| ident(variant))
        .collect();
    let mut items = vec![
        use_runtime(),
        definition(emitter, shape, &name, &variants, values)?.into(),
    ];
    items.extend(debug(shape, &name)?.map(Item::from));
    items.push(table(&name, &variants, values)?.into());
    items.push(completion("enumeration", &[&name.to_string()]));
    let module = emitter.unit.names.module(&shape.name);
    let file = emitter.file(&format!("types/{module}.rs"), Vec::new(), items);
    file.allow_deprecated(shape.deprecated.is_some())
}

fn definition(
    emitter: &Emitter<'_>,
    shape: &Shape,
    name: &syn::Ident,
    variants: &[syn::Ident],
    values: &[String],
) -> Result<syn::Item, Diagnostic> {
    let deprecated = docs::deprecated(shape.deprecated.as_ref());
    let hidden = name.to_string();
    let string = Types::new(emitter, &["super"], &hidden).prelude("String");
    let debug = if shape.sensitive {
        TokenStream::new()
    } else {
        quote!(Debug,)
    };
    let mut item: syn::ItemEnum = item(quote! {
        #deprecated
        #[derive(Clone, #debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the model does not name, as it came."]
            Unrecognized(#string),
        }
    })?;
    let lines = docs::lines(&shape.docs, || format!("The enum `{}`.", shape.name));
    item.attrs.insert(0, emitter.docs(lines));
    for (variant, value) in item.variants.iter_mut().zip(values) {
        variant.attrs = vec![emitter.docs(vec![code(value)])];
    }
    Ok(syn::Item::Enum(item))
}

/// A value as a code span.
fn code(value: &str) -> String {
    let value = &value.replace(char::is_control, "\u{fffd}");
    if value.contains('`') {
        format!("`` {value} ``")
    } else {
        format!("`{value}`")
    }
}

fn debug(shape: &Shape, name: &syn::Ident) -> Result<Option<syn::Item>, Diagnostic> {
    if !shape.sensitive {
        return Ok(None);
    }
    let shown = format!("{name}(** redacted **)");
    item(quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(#shown)
            }
        }
    })
    .map(Some)
}

fn table(
    name: &syn::Ident,
    variants: &[syn::Ident],
    values: &[String],
) -> Result<syn::Item, Diagnostic> {
    let known = variants.iter().map(|variant| variant.to_string());
    let known = nodes::array(known.map(|variant| nodes::path_expr(&["Self", &variant])));
    item(quote! {
        impl rt::Enumeration for #name {
            const KNOWN: &'static [Self] = &#known;
            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
    })
}
