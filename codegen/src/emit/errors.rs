//! The enum of an operation's errors: one variant for each that the model names, one for the rest.

use super::types::Types;
use super::{Emitter, docs, ident, item, nodes};
use crate::error::Diagnostic;
use crate::ir::{Kind, Operation};
use quote::quote;

/// The enum and what makes it an error.
pub(super) fn items(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    operation: &Operation,
) -> Result<[syn::Item; 3], Diagnostic> {
    let unit = emitter.unit;
    let name = ident(&format!("{}Error", unit.names.ty(&operation.name)));
    let doc = format!(" The errors of [`{}`].", unit.names.ty(&operation.name));
    let mut errors = operation.errors.clone();
    errors.sort();
    let variants: Vec<syn::Ident> = errors.iter().map(|e| ident(&unit.names.ty(e))).collect();
    let types: Vec<_> = errors.iter().map(|error| types.error(error)).collect();
    let read = read(emitter, &errors);
    let mut definition: syn::ItemEnum = item(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants(rt::Modeled<#types>),)*
            #[doc = " An error that the model does not name for this operation."]
            Unhandled(rt::ErrorMeta),
        }
    })?;
    for (variant, error) in definition.variants.iter_mut().zip(&errors) {
        if let Some(shape) = unit.service.shape(error) {
            let lines = docs::lines(&shape.docs, || format!("`{error}`."));
            variant.attrs = vec![emitter.docs(lines)];
        }
    }
    let table = item(quote! {
        impl rt::OperationError for #name {
            fn read(response: rt::ErrorResponse<'_, Self>) -> Self {
                #read
            }
            fn meta(&self) -> &rt::ErrorMeta {
                match self {
                    #(Self::#variants(error) => error.meta(),)*
                    Self::Unhandled(meta) => meta,
                }
            }
        }
    })?;
    let complete = item(quote!(rt::operation_error!(#name);))?;
    Ok([syn::Item::Enum(definition), table, complete])
}

/// Asks for each error in turn, a line each.
fn read(emitter: &Emitter<'_>, errors: &[String]) -> syn::Expr {
    let variant = |name: &str| nodes::path_expr(&["Self", name]);
    let mut chain = nodes::path_expr(&["response"]);
    for error in errors {
        let own = variant(&emitter.unit.names.ty(error));
        chain = match code(emitter, error) {
            // The name of the shape, which it has already.
            code if code == error => nodes::method(chain, "read", [own]),
            code => nodes::method(chain, "read_code", [nodes::string(code), own]),
        };
    }
    let mut chain = nodes::method(chain, "or", [variant("Unhandled")]);
    nodes::break_before(&mut chain);
    chain
}

/// The error's code on the wire.
fn code<'u>(emitter: &Emitter<'u>, error: &'u str) -> &'u str {
    let shape = emitter.unit.service.shape(error);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::Structure(structure)) => structure
            .error
            .as_ref()
            .map_or(error, |traits| traits.code.as_str()),
        _ => error,
    }
}
