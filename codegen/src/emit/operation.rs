//! Operations: what a request is made from, what a response is read into, and the two together.

use super::structure::{self, Builder, Spec, uses_deprecated};
use super::types::Types;
use super::{Emitter, File, Item, call, client, docs, errors, facts, page, paginator, use_runtime};
use crate::error::Diagnostic;
use crate::ir::{Body, Operation};
use crate::render::{Filled, Skeleton, comments, completion, import, literal};
use quote::quote;

/// The file of an operation.
pub(super) fn file(emitter: &Emitter<'_>, operation: &Operation) -> Result<File, Diagnostic> {
    let names = &emitter.unit.names;
    let name = names.ty(&operation.name);
    let types = Types::new(emitter, &["types"], &name);
    let (input_name, output_name) = (format!("{name}Input"), format!("{name}Output"));
    let mut input = spec(emitter, operation.input.as_ref(), &input_name);
    input.builder = Some(Builder::Input(&name));
    input.docs = body_docs(
        emitter,
        operation.input.as_ref(),
        format!("What a request of [`{name}`] is made from."),
    );
    let mut output = spec(emitter, operation.output.as_ref(), &output_name);
    output.docs = body_docs(
        emitter,
        operation.output.as_ref(),
        format!("What a response of [`{name}`] is read into."),
    );
    let mut items = operation_items(emitter, operation, &name);
    items.push(client::method(emitter, operation, &name));
    items.extend(structure::items(emitter, &types, &input));
    items.extend(structure::items(emitter, &types, &output));
    items.extend(paginator::items(emitter, &types, operation, &name));
    items.extend(errors::items(emitter, &types, operation));
    let mut uses = Vec::new();
    if types.used() {
        uses.push(import("use super::super::types"));
    }
    if !operation.errors.is_empty() {
        uses.push(import("use super::super::types::error"));
    }
    uses.push(use_runtime());
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
            builder: None,
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
            builder: None,
            code: None,
        },
    }
}

/// What a request or response is, and what the model says of it.
fn body_docs(emitter: &Emitter<'_>, body: Option<&Body>, what: String) -> Vec<String> {
    let Some(body) = body else {
        return vec![what];
    };
    let shape = emitter.unit.service.shape(&body.shape);
    let shape = shape
        .map(|shape| &shape.docs)
        .filter(|docs| **docs != body.docs);
    docs::all(std::iter::once(what), [Some(&body.docs), shape])
}

/// The type that stands for the operation, and its facts.
fn operation_items(emitter: &Emitter<'_>, operation: &Operation, name: &str) -> Vec<Item> {
    static DEFINITION: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Clone, Copy, Debug)]
            pub struct __0;
        }
    });
    static FACTS: Skeleton = Skeleton::new(|| {
        quote! {
            impl rt::Operation for __0 {
                const NAME: &'static str = __1;
                const METHOD: &'static str = __2;
                const URI: &'static str = __3;
                type Service = super::super::Service;
                type Input = __4;
                type Output = __5;
                type Error = __6;
                const __lines0: () = ();
            }
        }
    });
    let lines = page::lines(emitter, operation, name);
    let deprecated = docs::deprecated_line(operation.deprecated.as_ref());
    let definition = Filled {
        skeleton: &DEFINITION,
        words: vec![name.to_owned()],
        lines: vec![comments(&lines).chain(deprecated).collect()],
    };
    let facts = Filled {
        skeleton: &FACTS,
        words: vec![
            name.to_owned(),
            literal(&operation.name),
            literal(&operation.method),
            literal(&call::uri(emitter, operation)),
            format!("{name}Input"),
            format!("{name}Output"),
            format!("{name}Error"),
        ],
        lines: vec![
            call::facts(emitter, operation)
                .into_iter()
                .chain(facts::lines(emitter, operation))
                .collect(),
        ],
    };
    vec![
        Item::Filled(definition),
        Item::Filled(facts),
        completion("operation", &[name]),
    ]
}
