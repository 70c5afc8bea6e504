//! Enums: the values that the model names, and a catch-all that keeps what it does not.

use super::structure::list;
use super::{Emitter, File, docs, ident, item};
use crate::error::Diagnostic;
use crate::ir::Shape;
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
        item(quote!(
            use smithereen_runtime as rt;
        ))?,
        definition(shape, &name, &variants, values)?,
    ];
    items.extend(debug(shape, &name)?);
    items.push(table(&name, &variants, values)?);
    items.push(item(quote!(rt::enumeration!(#name);))?);
    let attributes = match shape.deprecated {
        Some(_) => vec![syn::parse_quote!(#![allow(deprecated)])],
        None => Vec::new(),
    };
    let module = emitter.unit.names.module(&shape.name);
    Ok(emitter.file(&format!("types/{module}.rs"), attributes, items))
}

fn definition(
    shape: &Shape,
    name: &syn::Ident,
    variants: &[syn::Ident],
    values: &[String],
) -> Result<syn::Item, Diagnostic> {
    let deprecated = docs::deprecated(shape.deprecated.as_ref());
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
            Unrecognized(String),
        }
    })?;
    let lines = docs::lines(&shape.docs, || format!("The enum `{}`.", shape.name));
    item.attrs.splice(0..0, docs::outer(&lines));
    for (variant, value) in item.variants.iter_mut().zip(values) {
        variant.attrs = docs::outer(&[code(value)]);
    }
    Ok(syn::Item::Enum(item))
}

/// A value as a code span.
fn code(value: &str) -> String {
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
    let known = list(variants.iter().map(|variant| quote!(Self::#variant)));
    item(quote! {
        impl rt::Enumeration for #name {
            const KNOWN: &'static [Self] = &[#known];
            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
    })
}
