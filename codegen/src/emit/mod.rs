//! What to say: the IR to syn items, one module for each kind of thing that is generated.
//!
//! | module | subject |
//! | --- | --- |
//! | [`structure`] | structures: the type, its table and its accessors |
//! | [`builder`] | the builders of structures |
//! | [`members`] | members in tables: names and wire traits |
//! | [`union`] | unions |
//! | [`enumeration`] | enums |
//! | [`client`] | the client, and what each operation adds to it |
//! | [`operation`] | operations: input, output, and the operation itself |
//! | [`call`] | how an operation is called, where it is unlike most |
//! | [`paginator`] | where an operation's pages begin, and what is on them |
//! | [`page`] | an operation's page of documentation |
//! | [`endpoint`] | endpoint rules and partitions |
//! | [`errors`] | the enum of an operation's errors |
//! | [`module`] | the files that hold the others together |
//! | [`types`] | how a shape is spelled where it is used |
//! | [`docs`] | documentation and deprecation |
//! | [`nodes`] | syntax that repeats |

mod builder;
mod call;
mod client;
mod docs;
mod endpoint;
mod enumeration;
mod errors;
mod facts;
mod members;
mod module;
mod nodes;
mod operation;
mod page;
mod paginator;
mod structure;
mod types;
mod union;

use crate::error::Diagnostic;
use crate::ir::{self, Kind};
use crate::passes::{EndpointRules, Reached, Unit, rust_name};
use crate::render::Filled;
use proc_macro2::{Span, TokenStream};
use std::cell::RefCell;

/// A file to be: where it goes and what is in it.
pub(crate) struct File {
    /// Relative to the root, with `/`.
    pub path: String,
    /// The model that it comes from.
    pub source: String,
    /// Documentation of the file as a whole, in lines of Markdown.
    pub docs: Vec<String>,
    /// Attributes of the file as a whole.
    pub attributes: Vec<syn::Attribute>,
    /// What is in it.
    pub items: Vec<Item>,
    /// The documentation of the items, where they say so.
    pub blocks: Vec<Vec<String>>,
}

/// An item of a file.
pub(crate) enum Item {
    /// One of many that differ only in what is put in.
    Filled(Filled),
    /// One of its own kind.
    Syn(Box<syn::Item>),
    /// A line of its own.
    Line(Line, String),
}

/// What a line is.
#[derive(Clone, Copy)]
pub(crate) enum Line {
    /// A module or an import.
    Declaration,
    /// A macro of the runtime that completes the item before it.
    Completion,
}

impl From<syn::Item> for Item {
    fn from(item: syn::Item) -> Self {
        Self::Syn(Box::new(item))
    }
}

/// A file to make. All can be made side by side.
pub(crate) enum Job<'u> {
    /// The service and its facts.
    Service,
    /// Where its requests go.
    Endpoint(&'u EndpointRules),
    /// The list of operations.
    Operations,
    /// The list of shapes.
    Types,
    /// The list of errors.
    Errors,
    /// An operation with its input, output and errors.
    Operation(&'u ir::Operation),
    /// An error.
    Error(&'u ir::Shape),
    /// A structure that is no error.
    Structure(&'u ir::Shape),
    /// A union.
    Union(&'u ir::Shape, &'u ir::Structure),
    /// An enum.
    Enumeration(&'u ir::Shape, &'u [String]),
}

/// The files of a service. Every shape of the closure is in one of them, or spelled where it is
/// used, or it is an error why not.
pub(crate) fn jobs(unit: &Unit) -> Result<Vec<Job<'_>>, Diagnostic> {
    let mut jobs = vec![Job::Service, Job::Operations, Job::Types];
    if unit.shapes().any(|(_, reached)| reached.error) {
        jobs.push(Job::Errors);
    }
    jobs.extend(unit.endpoint_rules.iter().map(Job::Endpoint));
    jobs.extend(unit.operations().map(Job::Operation));
    for (shape, reached) in unit.shapes() {
        let before = jobs.len();
        if reached.error {
            jobs.push(Job::Error(shape));
        }
        match &shape.kind {
            Kind::Structure(_) if reached.nested => jobs.push(Job::Structure(shape)),
            Kind::Union(union) if reached.nested => jobs.push(Job::Union(shape, union)),
            Kind::Enumeration(values) if reached.nested => {
                jobs.push(Job::Enumeration(shape, values));
            }
            _ => {}
        }
        if jobs.len() == before && !is_spelled_in_place(shape, reached) {
            let message = format!("the shape `{}` would be left out", shape.name);
            return Err(Diagnostic::new(message).help("this is a defect of smithereen"));
        }
    }
    Ok(jobs)
}

/// Whether a shape has no file: requests and responses are in the files of their operations, lists,
/// maps and scalars are types of Rust.
fn is_spelled_in_place(shape: &ir::Shape, reached: &Reached) -> bool {
    match &shape.kind {
        Kind::Structure(_) => reached.message,
        Kind::Union(_) | Kind::Enumeration(_) => false,
        _ => true,
    }
}

/// Makes a file of a service, below a folder of its name.
pub(crate) fn file(
    unit: &Unit,
    source: &str,
    crate_name: &str,
    job: &Job<'_>,
) -> Result<File, Diagnostic> {
    let emitter = Emitter {
        unit,
        source,
        crate_name,
        blocks: RefCell::default(),
    };
    match job {
        Job::Service => module::service(&emitter),
        Job::Endpoint(endpoint) => {
            let EndpointRules { rules, source } = endpoint;
            Ok(endpoint::rules(&unit.names.service, rules, source))
        }
        Job::Operations => Ok(module::operations(&emitter)),
        Job::Types => Ok(module::types(&emitter)),
        Job::Errors => Ok(module::errors(&emitter)),
        Job::Operation(operation) => operation::file(&emitter, operation),
        Job::Error(shape) => structure::error_file(&emitter, shape),
        Job::Structure(shape) => structure::file(&emitter, shape),
        Job::Union(shape, union) => union::file(&emitter, shape, union),
        Job::Enumeration(shape, values) => enumeration::file(&emitter, shape, values),
    }
}

/// The file that makes a crate of the services.
pub(crate) fn root(modules: &[Module], source: &str) -> Result<File, Diagnostic> {
    module::root(modules, source)
}

pub(crate) use endpoint::{partitions, rules as endpoint_rules};
pub(crate) use module::Module;

/// What is needed to make a file.
pub(crate) struct Emitter<'u> {
    pub unit: &'u Unit,
    source: &'u str,
    /// The crate's name, as the examples in its documentation import it.
    pub crate_name: &'u str,
    blocks: RefCell<Vec<Vec<String>>>,
}

impl Emitter<'_> {
    fn file(&self, path: &str, docs: Vec<String>, items: Vec<Item>) -> File {
        File {
            path: format!("{}/{path}", self.unit.names.service),
            source: self.source.to_owned(),
            docs,
            attributes: Vec::new(),
            items,
            blocks: self.blocks.take(),
        }
    }

    /// Documentation of an item. It is half of all output, so the items have only a mark of it, and
    /// `render` puts the lines there.
    fn docs(&self, lines: Vec<String>) -> syn::Attribute {
        let mut blocks = self.blocks.borrow_mut();
        let mark = crate::render::block(blocks.len());
        blocks.push(lines);
        nodes::comment(&mark, syn::AttrStyle::Outer)
    }

    /// The ID of a shape of this service.
    fn shape_id(&self, name: &str) -> String {
        format!("com.amazonaws.{}#{name}", self.unit.service.name)
    }
}

impl File {
    /// Files that use something deprecated say so, since their own lints are strict.
    fn allow_deprecated(mut self, uses: bool) -> Result<Self, Diagnostic> {
        if uses {
            let inner: InnerAttributes = item(quote::quote!(#![allow(deprecated)]))?;
            self.attributes.extend(inner.0);
        }
        Ok(self)
    }
}

/// What every file but the lists starts with.
fn use_runtime() -> Item {
    crate::render::import("use smithereen_runtime as rt")
}

struct InnerAttributes(Vec<syn::Attribute>);

impl syn::parse::Parse for InnerAttributes {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        input.call(syn::Attribute::parse_inner).map(Self)
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
fn module_name(emitter: &Emitter<'_>, name: &str) -> String {
    rust_name(&emitter.unit.names.module(name))
}

/// An item from tokens that are known to be one; if they are not, a defect is reported, not a
/// panic.
fn item<T: syn::parse::Parse>(tokens: TokenStream) -> Result<T, Diagnostic> {
    syn::parse2(tokens).map_err(|error| {
        Diagnostic::new(format!("generated code is no Rust: {error}"))
            .help("this is a defect of smithereen")
    })
}
