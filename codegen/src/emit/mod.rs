//! What to say: the IR to syn items, one module for each kind of thing that is generated.
//!
//! | module | subject |
//! | --- | --- |
//! | [`structure`] | structures: the type, its table, its accessors and its builder |
//! | [`union`] | unions |
//! | [`enumeration`] | enums |
//! | [`operation`] | operations: input, output, and the operation itself |
//! | [`page`] | an operation's page of documentation |
//! | [`errors`] | the enum of an operation's errors |
//! | [`module`] | the files that hold the others together |
//! | [`types`] | how a shape is spelled where it is used |
//! | [`docs`] | documentation as attributes |

mod docs;
mod enumeration;
mod errors;
mod module;
mod operation;
mod page;
mod structure;
mod types;
mod union;

use crate::error::Diagnostic;
use crate::ir::Kind;
use crate::passes::{Unit, rust_name};
use proc_macro2::{Span, TokenStream};

/// A file to be: where it goes and what is in it.
pub(crate) struct File {
    /// Relative to the root, with `/`.
    pub path: String,
    /// The model that it comes from.
    pub source: String,
    /// Documentation and lints of the whole file.
    pub attributes: Vec<syn::Attribute>,
    /// What is in it.
    pub items: Vec<syn::Item>,
}

/// The files of a service, below a folder of its name.
pub(crate) fn service(unit: &Unit, source: &str, crate_name: &str) -> Result<Vec<File>, Diagnostic> {
    let emitter = Emitter {
        unit,
        source,
        crate_name,
    };
    let mut files = vec![
        module::service(&emitter)?,
        module::operations(&emitter)?,
        module::types(&emitter)?,
    ];
    files.extend(module::errors(&emitter)?);
    for operation in unit.operations() {
        files.push(operation::file(&emitter, operation)?);
    }
    for (shape, reached) in unit.shapes() {
        let mut generated = 0;
        if reached.error {
            files.push(structure::error_file(&emitter, shape)?);
            generated += 1;
        }
        if reached.nested {
            let file = match &shape.kind {
                Kind::Structure(structure) => structure::file(&emitter, shape, structure)?,
                Kind::Union(structure) => union::file(&emitter, shape, structure)?,
                Kind::Enumeration(values) => enumeration::file(&emitter, shape, values)?,
                _ => continue,
            };
            files.push(file);
            generated += 1;
        }
        // The structures of requests and responses are in the files of their operations.
        let role = reached.by.rsplit(' ').next().unwrap_or_default();
        if generated == 0 && !matches!(role, "input" | "output") {
            let message = format!("the shape `{}` would be left out", shape.name);
            return Err(Diagnostic::new(message).help("this is a defect of smithereen"));
        }
    }
    Ok(files)
}

/// The file that makes a crate of the services.
pub(crate) fn root(services: &[(String, String)], source: &str) -> Result<File, Diagnostic> {
    module::root(services, source)
}

/// What every emitter needs.
pub(crate) struct Emitter<'u> {
    pub unit: &'u Unit,
    source: &'u str,
    /// The crate's name, as the examples in its documentation import it.
    pub crate_name: &'u str,
}

impl Emitter<'_> {
    fn file(&self, path: &str, attributes: Vec<syn::Attribute>, items: Vec<syn::Item>) -> File {
        File {
            path: format!("{}/{path}", self.unit.service.name),
            source: self.source.to_owned(),
            attributes,
            items,
        }
    }

    /// The ID of a shape of this service.
    fn shape_id(&self, name: &str) -> String {
        format!("com.amazonaws.{}#{name}", self.unit.service.name)
    }
}

/// An identifier from a name that the names pass made.
fn ident(name: &str) -> syn::Ident {
    match name.strip_prefix("r#") {
        Some(raw) => syn::Ident::new_raw(raw, Span::call_site()),
        None => syn::Ident::new(name, Span::call_site()),
    }
}

/// The module of a shape or operation.
fn module_ident(emitter: &Emitter<'_>, name: &str) -> syn::Ident {
    ident(&rust_name(&emitter.unit.names.module(name)))
}

/// An item from tokens that are known to be one; if they are not, a defect is reported, not a
/// panic.
fn item<T: syn::parse::Parse>(tokens: TokenStream) -> Result<T, Diagnostic> {
    let shown = tokens.clone();
    syn::parse2(tokens).map_err(|error| {
        Diagnostic::new(format!("generated code is no Rust: {error}: {shown}"))
            .help("this is a defect of smithereen")
    })
}

/// What makes an array stand one entry a line, so that one more entry is one more line and nothing
/// else: the printer breaks the line after it, and `render` takes it out again.
fn one_a_line() -> TokenStream {
    let marker = crate::render::BREAK;
    quote::quote!(#[comment = #marker])
}
