//! Operations: what a request is made from, what a response is read into, and the two together.

use super::structure::{self, Spec, uses_deprecated};
use super::types::Types;
use super::{Emitter, File, docs, errors, ident, item, page};
use crate::error::Diagnostic;
use crate::ir::{Body, Operation};
use quote::quote;

/// The file of an operation.
pub(super) fn file(emitter: &Emitter<'_>, operation: &Operation) -> Result<File, Diagnostic> {
    let names = &emitter.unit.names;
    let name = names.ty(&operation.name);
    let types = Types::new(emitter, &["types"], "");
    let (input_name, output_name) = (format!("{name}Input"), format!("{name}Output"));
    let mut input = spec(emitter, operation.input.as_ref(), &input_name);
    input.builder = true;
    input.docs = vec![format!("What a request of [`{name}`] is made from.")];
    let mut output = spec(emitter, operation.output.as_ref(), &output_name);
    output.docs = vec![format!("What a response of [`{name}`] is read into.")];
    let mut items = Vec::from(operation_items(emitter, operation, &name)?);
    items.extend(structure::items(emitter, &types, &input)?);
    items.extend(structure::items(emitter, &types, &output)?);
    items.extend(errors::items(emitter, &types, operation)?);
    let mut uses = vec![item(quote!(
        use smithereen_runtime as rt;
    ))?];
    if !operation.errors.is_empty() {
        uses.insert(
            0,
            item(quote!(
                use super::super::types::error;
            ))?,
        );
    }
    if types.used() {
        uses.insert(
            0,
            item(quote!(
                use super::super::types;
            ))?,
        );
    }
    items.splice(0..0, uses);
    let deprecated = operation.deprecated.is_some()
        || operation
            .errors
            .iter()
            .any(|error| types.is_deprecated(error))
        || uses_deprecated(&types, &input)
        || uses_deprecated(&types, &output);
    let path = format!("operation/{}.rs", names.module(&operation.name));
    let file = emitter.file(&path, Vec::new(), items);
    file.allow_deprecated(deprecated)
}

/// A request or response: its structure, or an empty one if the model has none.
fn spec<'s>(emitter: &'s Emitter<'_>, body: Option<&'s Body>, name: &'s str) -> Spec<'s> {
    let shape = body.and_then(|body| emitter.unit.service.shape(&body.shape));
    match shape {
        Some(shape) => Spec {
            builder: false,
            deprecated: None,
            ..Spec::of(emitter, shape, name)
        },
        None => Spec {
            name,
            shape: name,
            docs: Vec::new(),
            members: &[],
            fields: &[],
            deprecated: None,
            sensitive: false,
            builder: false,
        },
    }
}

fn operation_items(
    emitter: &Emitter<'_>,
    operation: &Operation,
    name: &str,
) -> Result<[syn::Item; 3], Diagnostic> {
    let input = ident(&format!("{name}Input"));
    let output = ident(&format!("{name}Output"));
    let error = ident(&format!("{name}Error"));
    let ty = ident(name);
    let (wire, method, uri) = (&operation.name, &operation.method, &operation.uri);
    let deprecated = docs::deprecated(operation.deprecated.as_ref());
    let mut definition: syn::ItemStruct = item(quote! {
        #deprecated
        #[derive(Clone, Copy, Debug)]
        pub struct #ty;
    })?;
    let lines = page::lines(emitter, operation, name);
    definition.attrs.insert(0, emitter.docs(lines));
    let facts = item(quote! {
        impl rt::Operation for #ty {
            const NAME: &'static str = #wire;
            const METHOD: &'static str = #method;
            const URI: &'static str = #uri;
            type Service = super::super::Service;
            type Input = #input;
            type Output = #output;
            type Error = #error;
        }
    })?;
    let complete = item(quote!(rt::operation!(#ty);))?;
    Ok([syn::Item::Struct(definition), facts, complete])
}
