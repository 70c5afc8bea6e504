//! The public surface of the generated crate, a line per item: what a new model means for its users.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{
    Expr, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReceiverKind, ReturnType, Type,
};
use syn::{TypeParamBound, UseTree, Visibility};

#[test]
fn the_public_surface_of_the_generated_crate() {
    let mut surface = Surface::default();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    surface.module("", &source.join("lib.rs"), &source, None);
    let lines: Vec<_> = surface.lines.into_iter().collect();
    assert_snapshot!(lines.join("\n"));
}

#[derive(Default)]
struct Surface {
    lines: BTreeSet<String>,
}

impl Surface {
    fn line(&mut self, line: String) {
        self.lines.insert(line);
    }

    /// Adds a module's items under `path`: the public ones, of a private module those that its
    /// parent re-exports.
    fn module(&mut self, path: &str, file: &Path, folder: &Path, exported: Option<&[String]>) {
        let text = fs::read_to_string(file).unwrap();
        let items = syn::parse_file(&text).unwrap().items;
        let exports: Vec<String> = items.iter().flat_map(exports).collect();
        for item in &items {
            if let (Some(exported), Some(name)) = (exported, name(item)) {
                assert!(exported.contains(&name), "{path}{name} is not exported");
            }
            self.item(path, item, folder, &exports);
        }
    }

    fn item(&mut self, path: &str, item: &Item, folder: &Path, exports: &[String]) {
        match item {
            Item::Mod(module) => {
                let name = module.ident.to_string();
                let (file, inner) = source(folder, &name);
                if public(&module.vis) {
                    self.line(format!("mod {path}{name}"));
                    self.module(&format!("{path}{name}::"), &file, &inner, None);
                } else {
                    self.module(path, &file, &inner, Some(exports));
                }
            }
            Item::Struct(shape) => {
                let path = format!("{path}{}", shape.ident);
                self.line(format!(
                    "{}struct {path}{}",
                    marks(&shape.attrs),
                    derives(&shape.attrs)
                ));
                for field in shape.fields.iter().filter(|field| public(&field.vis)) {
                    let name = field.ident.as_ref().unwrap();
                    self.line(format!("{path}::{name}: {}", ty(&field.ty)));
                }
            }
            Item::Enum(shape) => {
                let path = format!("{path}{}", shape.ident);
                self.line(format!(
                    "{}enum {path}{}",
                    marks(&shape.attrs),
                    derives(&shape.attrs)
                ));
                for variant in &shape.variants {
                    let fields = variant.fields.iter().map(|field| ty(&field.ty));
                    let fields: Vec<_> = fields.collect();
                    let fields = match fields[..] {
                        [] => String::new(),
                        _ => format!("({})", fields.join(", ")),
                    };
                    self.line(format!("{path}::{}{fields}", variant.ident));
                }
            }
            Item::Impl(block) => {
                let path = format!("{path}{}", ty(&block.self_ty));
                if let Some((of, _)) = &block.trait_ {
                    self.line(format!("impl {} for {path}", path_text(of)));
                }
                for item in &block.items {
                    self.member(&path, item, block.trait_.is_some());
                }
            }
            Item::Macro(call) => {
                let of = tokens(&call.mac.tokens);
                self.line(format!("{}!({path}{of})", path_text(&call.mac.path)));
            }
            Item::Use(import) if public(&import.vis) => {
                if let UseTree::Path(tree) = &import.tree
                    && tree.ident == "smithereen_runtime"
                {
                    for name in exports {
                        self.line(format!("use {path}{name}"));
                    }
                }
            }
            Item::Use(_) => {}
            // Data of the service, which is read through what implements the runtime's traits.
            Item::Static(data) if !public(&data.vis) => {}
            _ => panic!("an item of a kind that the surface does not know, in {path}"),
        }
    }

    /// Public functions, and what a trait's implementation says in words of the API.
    fn member(&mut self, path: &str, item: &ImplItem, of_trait: bool) {
        match item {
            ImplItem::Fn(function) if public(&function.vis) => {
                let signature = &function.sig;
                let arguments = signature.inputs.iter().map(|argument| match argument {
                    FnArg::Receiver(receiver) if !matches!(receiver.kind, ReceiverKind::Value) => {
                        "&self".to_owned()
                    }
                    FnArg::Receiver(_) => "self".to_owned(),
                    FnArg::Typed(argument) => ty(&argument.ty),
                });
                let arguments: Vec<_> = arguments.collect();
                let returns = match &signature.output {
                    ReturnType::Type(_, returns) => format!(" -> {}", ty(returns)),
                    ReturnType::Default => String::new(),
                };
                let (name, arguments) = (&signature.ident, arguments.join(", "));
                self.line(format!("fn {path}::{name}({arguments}){returns}"));
            }
            ImplItem::Const(constant) if of_trait => {
                if let Expr::Lit(literal) = &constant.expr
                    && let syn::Lit::Str(text) = &literal.lit
                {
                    self.line(format!(
                        "const {path}::{} = {:?}",
                        constant.ident,
                        text.value()
                    ));
                }
            }
            ImplItem::Type(associated) => {
                self.line(format!(
                    "type {path}::{} = {}",
                    associated.ident,
                    ty(&associated.ty)
                ));
            }
            _ => {}
        }
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The file of a module that is declared in a file whose modules are in `folder`, and the folder
/// of its own modules.
fn source(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let inner = folder.join(name);
    let beside = folder.join(format!("{name}.rs"));
    let within = inner.join("mod.rs");
    (if beside.is_file() { beside } else { within }, inner)
}

/// The name of a public struct or enum.
fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(shape) if public(&shape.vis) => Some(shape.ident.to_string()),
        Item::Enum(shape) if public(&shape.vis) => Some(shape.ident.to_string()),
        _ => None,
    }
}

/// The names that a `pub use` gives.
fn exports(item: &Item) -> Vec<String> {
    fn names(tree: &UseTree, found: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => names(&path.tree, found),
            UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
            UseTree::Name(name) => found.push(name.ident.to_string()),
            UseTree::Rename(rename) => found.push(rename.rename.to_string()),
            _ => panic!("the generated crate re-exports everything of something"),
        }
    }
    let mut found = Vec::new();
    if let Item::Use(import) = item
        && public(&import.vis)
    {
        names(&import.tree, &mut found);
    }
    found
}

fn marks(attributes: &[syn::Attribute]) -> &'static str {
    let marked = attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"));
    if marked { "#[non_exhaustive] " } else { "" }
}

fn derives(attributes: &[syn::Attribute]) -> String {
    let lists = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("derive") => Some(tokens(&list.tokens)),
            _ => None,
        });
    lists.map(|list| format!(": {list}")).collect()
}

/// The text of a list of names.
fn tokens(list: &impl ToString) -> String {
    list.to_string().replace(" ,", ",")
}

/// A type as it is written. Only the kinds that generated signatures have.
fn ty(of: &Type) -> String {
    match of {
        Type::Path(of) => path_text(&of.path),
        Type::Reference(of) => format!(
            "&{}{}",
            if of.mutability.is_some() { "mut " } else { "" },
            ty(&of.elem)
        ),
        Type::Slice(of) => format!("[{}]", ty(&of.elem)),
        Type::Tuple(of) => format!(
            "({})",
            of.elems.iter().map(ty).collect::<Vec<_>>().join(", ")
        ),
        Type::ImplTrait(of) => {
            let bounds = of.bounds.iter().map(|bound| match bound {
                TypeParamBound::Trait(bound) => path_text(&bound.path),
                _ => "?".to_owned(),
            });
            format!("impl {}", bounds.collect::<Vec<_>>().join(" + "))
        }
        _ => panic!("a type of a kind that the surface does not know"),
    }
}

fn path_text(path: &syn::Path) -> String {
    let segments = path.segments.iter().map(|segment| {
        let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
            return segment.ident.to_string();
        };
        let arguments = arguments.args.iter().map(|argument| match argument {
            GenericArgument::Type(of) => ty(of),
            GenericArgument::AssocType(of) => format!("{} = {}", of.ident, ty(&of.ty)),
            _ => "_".to_owned(),
        });
        format!(
            "{}<{}>",
            segment.ident,
            arguments.collect::<Vec<_>>().join(", ")
        )
    });
    segments.collect::<Vec<_>>().join("::")
}
