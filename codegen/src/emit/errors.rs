//! The enum of an operation's errors: one variant for each that the model names, one for the rest.

use super::types::Types;
use super::{Emitter, Item, docs, ident};
use crate::ir::{ErrorTraits, Kind, Operation};
use crate::render::{Filled, Skeleton, comments, completion, ty as ty_text};
use quote::quote;

/// The enum and what makes it an error.
pub(super) fn items(emitter: &Emitter<'_>, types: &Types<'_>, operation: &Operation) -> [Item; 3] {
    let operation_name = emitter.unit.names.ty(&operation.name);
    let name = format!("{operation_name}Error");
    let mut errors: Vec<&str> = operation.errors.iter().map(String::as_str).collect();
    errors.sort_unstable();
    let complete = complete(emitter, &errors, &name);
    let table = table(emitter, &errors, &name);
    [
        definition(emitter, types, operation, &errors, [name, operation_name]),
        table,
        complete,
    ]
}

/// `Display`, `Error`, and a question for each variant.
fn complete(emitter: &Emitter<'_>, errors: &[&str], name: &str) -> Item {
    let questions: Vec<String> = errors
        .iter()
        .map(|error| {
            let (variant, module) = (
                emitter.unit.names.ty(error),
                emitter.unit.names.module(error),
            );
            format!("    {variant}: is_{},", module.trim_end_matches('_'))
        })
        .collect();
    if questions.is_empty() {
        return completion("operation_error", &[name]);
    }
    let argument = format!("{name} {{\n{}\n}}", questions.join("\n"));
    completion("operation_error", &[&argument])
}

fn definition(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    operation: &Operation,
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
            let said = operation.error_docs.get(*error);
            let said = said.filter(|said| **said != shape.docs);
            variants.extend(comments(&docs::all(lines, [said])));
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
                const __lines2: () = ();
            }
        }
    });
    let variants = errors.iter().map(|error| emitter.unit.names.ty(error));
    let reads = variants
        .clone()
        .map(|variant| format!(".read(Self::{variant})"));
    let metas = variants.map(|variant| format!("Self::{variant}(error) => error.meta(),"));
    Item::Filled(Filled {
        skeleton: &TABLE,
        words: vec![name.to_owned()],
        lines: vec![reads.collect(), metas.collect(), retryable(emitter, errors)],
    })
}

/// Which errors may go away by themselves, if the model says so of any.
fn retryable(emitter: &Emitter<'_>, errors: &[&str]) -> Vec<String> {
    let arms = errors.iter().filter_map(|error| {
        let throttling = traits(emitter, error)?.retryable?;
        let variant = emitter.unit.names.ty(error);
        Some(format!("        Self::{variant}(_) => Some({throttling}),"))
    });
    let arms: Vec<String> = arms.collect();
    if arms.is_empty() {
        return Vec::new();
    }
    let before = ["fn retryable(&self) -> Option<bool> {", "    match self {"];
    let after = ["        _ => None,", "    }", "}"];
    let lines = before.map(str::to_owned).into_iter().chain(arms);
    lines.chain(after.map(str::to_owned)).collect()
}

/// What the model says of an error as such.
pub(super) fn traits<'u>(emitter: &Emitter<'u>, error: &str) -> Option<&'u ErrorTraits> {
    match &emitter.unit.service.shape(error)?.kind {
        Kind::Structure(structure) => structure.error.as_ref(),
        _ => None,
    }
}
