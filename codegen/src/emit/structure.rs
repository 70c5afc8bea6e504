//! Structures: the type, its table and its accessors.

use super::members::member_traits;
use super::types::Types;
use super::{Emitter, File, Item, builder, docs, errors, ident, nodes, use_runtime};
use crate::error::Diagnostic;
use crate::ir::{self, Kind, Member, Shape};
use crate::render::{Filled, Skeleton, comments, completion, expression, literal, ty as ty_text};
use quote::quote;
use syn::Expr;

/// A structure to generate: a shape, a request, a response or an error.
pub(super) struct Spec<'s> {
    pub name: &'s str,
    /// The name of the shape in the model.
    pub shape: &'s str,
    pub docs: Vec<String>,
    pub members: &'s [Member],
    pub fields: &'s [String],
    pub deprecated: Option<&'s ir::Deprecated>,
    /// Whether nothing of it may be printed.
    pub sensitive: bool,
    pub builder: Option<Builder<'s>>,
    /// What an exception is called on the wire.
    pub code: Option<&'s str>,
}

/// The builder that a structure has.
#[derive(Clone, Copy)]
pub(super) enum Builder<'s> {
    /// One that builds.
    Plain,
    /// One that calls this operation too.
    Input(&'s str),
}

impl<'s> Spec<'s> {
    /// The spec of a shape.
    pub fn of(emitter: &'s Emitter<'_>, shape: &'s Shape, name: &'s str) -> Self {
        let built = emitter.unit.built.contains(&shape.name);
        Self {
            name,
            shape: &shape.name,
            docs: docs::lines(&shape.docs, || format!("The structure `{}`.", shape.name)),
            members: shape.members(),
            fields: emitter.unit.names.items(&shape.name),
            deprecated: shape.deprecated.as_ref(),
            sensitive: shape.sensitive,
            builder: built.then_some(Builder::Plain),
            code: None,
        }
    }

    /// The members with their names in Rust.
    pub fn pairs(&self) -> impl Iterator<Item = (&'s Member, syn::Ident)> {
        let fields = self.fields.iter().map(|name| ident(name));
        self.members.iter().zip(fields)
    }
}

/// The file of a structure that is a shape.
pub(super) fn file(emitter: &Emitter<'_>, shape: &Shape) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, &["super"], &name);
    let spec = Spec::of(emitter, shape, &name);
    let module = emitter.unit.names.module(&shape.name);
    shape_file(emitter, &types, &spec, &format!("types/{module}.rs"))
}

/// The file of a structure that is an error.
pub(super) fn error_file(emitter: &Emitter<'_>, shape: &Shape) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, &["super", "super"], &name);
    let mut spec = Spec::of(emitter, shape, &name);
    spec.builder = None;
    let traits = errors::traits(emitter, &shape.name);
    spec.code = Some(traits.map_or(&shape.name, |traits| &traits.code));
    let module = emitter.unit.names.module(&shape.name);
    shape_file(emitter, &types, &spec, &format!("types/error/{module}.rs"))
}

fn shape_file(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    path: &str,
) -> Result<File, Diagnostic> {
    let mut items = vec![use_runtime()];
    items.extend(self::items(emitter, types, spec));
    let file = emitter.file(path, Vec::new(), items);
    file.allow_deprecated(uses_deprecated(types, spec))
}

/// Whether a structure or what it holds is deprecated.
pub(super) fn uses_deprecated(types: &Types<'_>, spec: &Spec<'_>) -> bool {
    spec.deprecated.is_some() || types.have_deprecated(spec.members)
}

/// All items of a structure.
pub(super) fn items(emitter: &Emitter<'_>, types: &Types<'_>, spec: &Spec<'_>) -> Vec<Item> {
    let mut items = vec![definition(emitter, types, spec)];
    items.extend(debug(emitter, spec));
    items.extend(accessors(emitter, types, spec));
    items.push(table(emitter, spec));
    items.push(match spec.code {
        None => completion("structure", &[spec.name]),
        Some(code) if code == spec.shape => completion("exception", &[spec.name]),
        Some(code) => completion("exception", &[spec.name, &literal(code)]),
    });
    if let Some(builder) = spec.builder {
        items.extend(builder::items(emitter, types, spec, builder));
    }
    items
}

fn definition(emitter: &Emitter<'_>, types: &Types<'_>, spec: &Spec<'_>) -> Item {
    static PLAIN: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct __0 {
                __lines1: ()
            }
        }
    });
    // `Debug` is written out where there are secrets.
    static SECRET: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Clone, Default, PartialEq)]
            #[non_exhaustive]
            pub struct __0 {
                __lines1: ()
            }
        }
    });
    // Streams can be neither copied nor compared.
    static STREAMING: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Debug, Default)]
            #[non_exhaustive]
            pub struct __0 {
                __lines1: ()
            }
        }
    });
    static SECRET_STREAMING: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct __0 {
                __lines1: ()
            }
        }
    });
    let mut fields = Vec::new();
    for (member, field) in spec.pairs() {
        fields.extend(comments(&member_docs(member)));
        fields.extend(docs::deprecated_line(member.deprecated.as_ref()));
        let ty = types.member(member, is_boxed(emitter, spec, member));
        fields.push(format!("pub {field}: {},", ty_text(&ty)));
    }
    let attributes = comments(&spec.docs).chain(docs::deprecated_line(spec.deprecated));
    Item::Filled(Filled {
        skeleton: match (has_secrets(emitter, spec), has_streams(emitter, spec)) {
            (false, false) => &PLAIN,
            (true, false) => &SECRET,
            (false, true) => &STREAMING,
            (true, true) => &SECRET_STREAMING,
        },
        words: vec![spec.name.to_owned()],
        lines: vec![attributes.collect(), fields],
    })
}

/// The documentation of a member.
pub(super) fn member_docs(member: &Member) -> Vec<String> {
    let mut lines = docs::lines(&member.docs, || format!("`{}`.", member.name));
    let note = match (member.idempotency_token, member.required) {
        (true, _) => "A random UUID if it is not set.",
        (false, true) => "Required in requests.",
        (false, false) => return lines,
    };
    lines.extend([String::new(), note.to_owned()]);
    lines
}

pub(super) fn is_boxed(emitter: &Emitter<'_>, spec: &Spec<'_>, member: &Member) -> bool {
    let boxed = &emitter.unit.boxed;
    !boxed.is_empty() && boxed.contains(&(spec.shape.to_owned(), member.name.clone()))
}

fn is_secret(emitter: &Emitter<'_>, spec: &Spec<'_>, member: &Member) -> bool {
    spec.sensitive || emitter.unit.redacted.contains(&member.target)
}

fn has_secrets(emitter: &Emitter<'_>, spec: &Spec<'_>) -> bool {
    spec.sensitive
        || spec
            .members
            .iter()
            .any(|member| is_secret(emitter, spec, member))
}

/// Whether a member comes as it comes.
pub(super) fn has_streams(emitter: &Emitter<'_>, spec: &Spec<'_>) -> bool {
    let service = &emitter.unit.service;
    let mut members = spec.members.iter();
    members.any(|member| service.stream(member).is_some())
}

/// `Debug` of a structure with secrets, which are not printed.
fn debug(emitter: &Emitter<'_>, spec: &Spec<'_>) -> Option<Item> {
    static DEBUG: Skeleton = Skeleton::new(|| {
        quote! {
            impl std::fmt::Debug for __0 {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    let mut debug = f.debug_struct("__0");
                    __lines0;
                    debug.finish()
                }
            }
        }
    });
    static EMPTY: Skeleton = Skeleton::new(|| {
        quote! {
            impl std::fmt::Debug for __0 {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("__0")
                }
            }
        }
    });
    if !has_secrets(emitter, spec) {
        return None;
    }
    let fields = spec.pairs().map(|(member, field)| {
        let label = plain(&field);
        if is_secret(emitter, spec, member) {
            format!("debug.field(\"{label}\", &rt::redacted(&self.{field}));")
        } else {
            format!("debug.field(\"{label}\", &self.{field});")
        }
    });
    Some(Item::Filled(Filled {
        skeleton: if spec.members.is_empty() {
            &EMPTY
        } else {
            &DEBUG
        },
        words: vec![spec.name.to_owned()],
        lines: vec![fields.collect()],
    }))
}

/// Methods of a type, whose text is there already.
pub(super) static METHODS: Skeleton = Skeleton::new(|| {
    quote! {
        impl __0 {
            const __lines0: () = ();
        }
    }
});

/// Lists and maps read as empty where they are absent.
fn accessors(emitter: &Emitter<'_>, types: &Types<'_>, spec: &Spec<'_>) -> Option<Item> {
    static ACCESSOR: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " [`__0`](field@Self::__0), empty if absent."]
            #[comment = "__lines0"]
            pub fn __1(&self) -> __2 {
                rt::__3(&self.__4)
            }
        }
    });
    let accessors = spec.pairs().filter_map(|(member, field)| {
        let shape = emitter.unit.service.shape(&member.target)?;
        let (ty, function) = match &shape.kind {
            Kind::List(list) => {
                let element = types.element(&list.element.target, list.sparse);
                (format!("&[{}]", ty_text(&element)), "list")
            }
            Kind::Map(_) => {
                let map = types.value(&member.target);
                (format!("&{}", ty_text(&map)), "map")
            }
            _ => return None,
        };
        let accessor = Filled {
            skeleton: &ACCESSOR,
            words: vec![
                plain(&field),
                method_name(&field, &["builder"]),
                ty,
                function.to_owned(),
                field.to_string(),
            ],
            lines: vec![not_a_trait(&field, &OPERATORS_OF_REFERENCES)],
        };
        Some(accessor.into_lines())
    });
    let accessors: Vec<String> = accessors.flatten().collect();
    (!accessors.is_empty()).then(|| {
        Item::Filled(Filled {
            skeleton: &METHODS,
            words: vec![spec.name.to_owned()],
            lines: vec![accessors],
        })
    })
}

/// The method of a member, beside those that are called as `taken` says.
pub(super) fn method_name(field: &syn::Ident, taken: &[&str]) -> String {
    if taken.iter().any(|taken| field == taken) {
        format!("{field}_value")
    } else {
        field.to_string()
    }
}

/// Methods of traits of the standard library that an accessor can be taken for.
const OPERATORS_OF_REFERENCES: [&str; 4] = ["as_ref", "borrow", "clone", "deref"];

/// Says that a method called like that of a trait is none, which clippy would like to know.
pub(super) fn not_a_trait(field: &syn::Ident, operators: &[&str]) -> Vec<String> {
    if operators.iter().any(|operator| field == operator) {
        vec!["#[allow(clippy::should_implement_trait)]".to_owned()]
    } else {
        Vec::new()
    }
}

/// A name without the mark of a raw identifier, as rustdoc shows it.
pub(super) fn plain(field: &syn::Ident) -> String {
    field.to_string().trim_start_matches("r#").to_owned()
}

/// The table of members, and the fields in the same order.
fn table(emitter: &Emitter<'_>, spec: &Spec<'_>) -> Item {
    static TABLE: Skeleton = Skeleton::new(|| {
        let mark = crate::render::BREAK;
        quote! {
            impl rt::Structure for __0 {
                const ID: &'static str = __1;
                const MEMBERS: &'static [rt::Member] = &[#[comment = #mark] __lines0];
                fn fields(&self, view: rt::Visit<'_>) {
                    view.fields([#[comment = #mark] __lines1])
                }
                fn fields_mut(&mut self, view: rt::VisitMut<'_>) {
                    view.fields([#[comment = #mark] __lines2])
                }
            }
        }
    });
    let members = spec.members.iter();
    let members =
        members.map(|member| format!("{},", expression(&member_entry(emitter, spec, member))));
    let fields = |before: &str| {
        let fields = spec.fields.iter();
        fields
            .map(|field| format!("{before}self.{field},"))
            .collect()
    };
    Item::Filled(Filled {
        skeleton: &TABLE,
        words: vec![spec.name.to_owned(), literal(&emitter.shape_id(spec.shape))],
        lines: vec![members.collect(), fields("&"), fields("&mut ")],
    })
}

/// `rt::member("BackupJobId").label().required()`.
fn member_entry(emitter: &Emitter<'_>, spec: &Spec<'_>, member: &Member) -> Expr {
    let entry = member_traits(emitter, member);
    if is_secret(emitter, spec, member) {
        nodes::method(entry, "sensitive", [])
    } else {
        entry
    }
}
