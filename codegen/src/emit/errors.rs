//! The enum of an operation's errors: one variant for each that the model names, one for the rest.

use super::types::Types;
use super::{Emitter, Item, docs, ident};
use crate::ir::{Kind, Operation};
use crate::render::{Filled, Skeleton, comments, completion, literal, ty as ty_text};
use quote::quote;

/// The enum and what makes it an error.
pub(super) fn items(emitter: &Emitter<'_>, types: &Types<'_>, operation: &Operation) -> [Item; 3] {
    let operation_name = emitter.unit.names.ty(&operation.name);
    let name = format!("{operation_name}Error");
    let mut errors: Vec<&str> = operation.errors.iter().map(String::as_str).collect();
    errors.sort_unstable();
    let complete = completion("operation_error", &[&name]);
    let table = table(emitter, &errors, &name);
    [
        definition(emitter, types, &errors, [name, operation_name]),
        table,
        complete,
    ]
}

fn definition(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    errors: &[&str],
    words: [String; 2],
) -> Item {
    static DEFINITION: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " The errors of [`__1`]."]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum __0 {
                __lines0,
                #[doc = " An error that the model does not name for this operation."]
                Unhandled(rt::ErrorMeta),
            }
        }
    });
    let mut variants = Vec::new();
    for error in errors {
        if let Some(shape) = emitter.unit.service.shape(error) {
            let lines = docs::lines(&shape.docs, || format!("`{error}`."));
            variants.extend(comments(&lines));
        }
        let variant = emitter.unit.names.ty(error);
        let ty = ty_text(&types.error(error));
        variants.push(format!("{variant}(rt::Modeled<{ty}>),"));
    }
    Item::Filled(Filled {
        skeleton: &DEFINITION,
        words: Vec::from(words),
        lines: vec![variants],
    })
}

/// Asks for each error in turn.
fn table(emitter: &Emitter<'_>, errors: &[&str], name: &str) -> Item {
    static TABLE: Skeleton = Skeleton::new(|| {
        // Long enough that the printer gives each call a line.
        let long = ident("a_placeholder_that_together_with_the_call_after_it_does_not_fit");
        quote! {
            impl rt::OperationError for __0 {
                fn read(response: rt::ErrorResponse<'_, Self>) -> Self {
                    response.__lines0(#long).or(Self::Unhandled)
                }
                fn meta(&self) -> &rt::ErrorMeta {
                    match self {
                        __lines1 => (),
                        Self::Unhandled(meta) => meta,
                    }
                }
            }
        }
    });
    let variants = errors
        .iter()
        .map(|error| (error, emitter.unit.names.ty(error)));
    let reads = variants.clone().map(|(error, variant)| {
        match code(emitter, error) {
            // The name of the shape, which it has already.
            code if code == *error => format!(".read(Self::{variant})"),
            code => format!(".read_code({}, Self::{variant})", literal(code)),
        }
    });
    let metas = variants.map(|(_, variant)| format!("Self::{variant}(error) => error.meta(),"));
    Item::Filled(Filled {
        skeleton: &TABLE,
        words: vec![name.to_owned()],
        lines: vec![reads.collect(), metas.collect()],
    })
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
