//! A program that uses everything public of a generated service: every field by its type, every variant, every
//! function, every trait. It compiles against another version of the service if and only if that one breaks nobody's
//! source.
//!
//! What there is with the feature `client` follows from the operations, and is left out.

use quote::{ToTokens, quote};
use smithereen_codegen::Tree;
use std::fmt::Write;
use syn::{FnArg, ImplItem, Item, ReceiverKind, ReturnType, Visibility};

/// The text of a module that uses all of this service of the crate `aws`.
///
/// Types are written as they are in the generated files, so the modules here are nested and import as those do.
pub fn program(tree: &Tree, service: &str) -> String {
    // A service without errors has no module for them.
    let has_errors = tree.get(&format!("{service}/types/error.rs")).is_some();
    let scope = if has_errors {
        "{error, rt, types}"
    } else {
        "{rt, types}"
    };
    let [mut operations, mut types, mut errors] = [const { String::new() }; 3];
    for (path, text) in tree.files() {
        let Some(path) = path
            .strip_prefix(service)
            .and_then(|path| path.strip_prefix('/'))
        else {
            continue;
        };
        let Some(path) = path.strip_suffix(".rs") else {
            continue;
        };
        let (into, from) = match path.split('/').collect::<Vec<_>>()[..] {
            ["operation", name] => (
                &mut operations,
                format!("aws::{service}::operation::{name}"),
            ),
            ["types", "error", _] => (&mut errors, format!("aws::{service}::types::error")),
            ["types", _] => (&mut types, format!("aws::{service}::types")),
            // The rest says what there is in these.
            _ => continue,
        };
        let items = syn::parse_file(text).unwrap().items;
        let names: Vec<String> = items.iter().flat_map(names).collect();
        let uses: String = items
            .iter()
            .flat_map(of_item)
            .map(|text| format!("const _: () = {{ {text} }};\n"))
            .collect();
        let (module, names) = (path.replace('/', "_"), names.join(", "));
        writeln!(
            into,
            "mod uses_{module} {{\nuse super::{scope};\nuse {from}::{{{names}}};\n{uses}}}"
        )
        .unwrap();
    }
    let mut imports = format!("use smithereen_runtime as rt;\nuse aws::{service}::types;\n");
    if has_errors {
        writeln!(imports, "use aws::{service}::types::error;").unwrap();
        let own = format!("pub use aws::{service}::types::error::*;");
        errors = format!("mod in_error {{\n{imports}{own}\n{errors}}}\n");
    }
    format!(
        "{imports}{operations}mod in_types {{\n{imports}pub use aws::{service}::types::*;\n{types}{errors}}}\n"
    )
}

/// The names of the types in a file.
fn names(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(shape) if is_public(&shape.vis) => vec![shape.ident.to_string()],
        Item::Enum(shape) if is_public(&shape.vis) => vec![shape.ident.to_string()],
        Item::Macro(call) => {
            let kind = call.mac.path.segments.last().unwrap().ident.to_string();
            let tokens = call.mac.tokens.to_string();
            let mut names = tokens.split(',').map(str::trim);
            let builder = names.rfind(|name| *name != "streaming");
            let builder = builder.unwrap().to_owned();
            if kind == "builder" || kind == "input" {
                vec![builder]
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

fn of_item(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(shape) if is_public(&shape.vis) => {
            let name = &shape.ident;
            let mut uses = vec![derives(name, &shape.attrs)];
            for field in shape.fields.iter().filter(|field| is_public(&field.vis)) {
                let (field, ty) = (&field.ident, &field.ty);
                uses.push(
                    quote!(fn field(of: #name) -> #ty { let value: #ty = of.#field; value })
                        .to_string(),
                );
            }
            uses
        }
        Item::Enum(shape) if is_public(&shape.vis) => {
            let name = &shape.ident;
            let mut uses = vec![derives(name, &shape.attrs)];
            for variant in &shape.variants {
                let (variant, fields) = (&variant.ident, &variant.fields);
                let tys: Vec<_> = fields.iter().map(|field| &field.ty).collect();
                uses.push(match tys[..] {
                    [] => quote!(fn variant(of: #name) -> bool { let _ = #name::#variant; matches!(of, #name::#variant) }),
                    _ => quote!(fn variant(of: #name) { let _: fn(#(#tys),*) -> #name = #name::#variant; if let #name::#variant(value) = of { #(let _: #tys = value;)* } }),
                }.to_string());
            }
            uses
        }
        Item::Impl(block) if always(&block.attrs) => of_impl(block),
        Item::Macro(call) if always(&call.attrs) => of_macro(&call.mac),
        _ => Vec::new(),
    }
}

fn of_impl(block: &syn::ItemImpl) -> Vec<String> {
    let (of, generics) = (&block.self_ty, &block.generics);
    if let Some((interface, _)) = &block.trait_ {
        let mut uses = Vec::new();
        // `Debug` is written out where there are secrets, and asked for with the derives.
        if interface
            .segments
            .first()
            .is_some_and(|first| first.ident == "rt")
        {
            uses.push(quote!(fn has<T: #interface>() {} fn asks() { has::<#of>() }).to_string());
            for item in &block.items {
                if let ImplItem::Type(associated) = item
                    && associated.ident != "Service"
                {
                    let (name, ty) = (&associated.ident, &associated.ty);
                    uses.push(
                        quote!(fn is(value: <#of as #interface>::#name) -> #ty { value })
                            .to_string(),
                    );
                }
            }
        }
        return uses;
    }
    let functions = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(&function.sig),
        _ => None,
    });
    let functions = functions.map(|signature| {
        let name = &signature.ident;
        let mut parameters = Vec::new();
        let mut arguments = Vec::new();
        for (index, input) in signature.inputs.iter().enumerate() {
            let argument = quote::format_ident!("argument{index}");
            let ty = match input {
                FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Value) => {
                    of.to_token_stream()
                }
                FnArg::Receiver(_) => quote!(&#of),
                FnArg::Typed(typed) => typed.ty.to_token_stream(),
            };
            parameters.push(quote!(#argument: #ty));
            arguments.push(argument);
        }
        let returns = match &signature.output {
            ReturnType::Type(_, ty) if ty.to_token_stream().to_string() == "Self" => quote!(-> #of),
            returns => returns.to_token_stream(),
        };
        // Called on the type, so that it is this function and no other.
        let path = match &**of {
            syn::Type::Path(path) => &path.path.segments.last().unwrap().ident,
            _ => panic!("a type of a kind that is not generated"),
        };
        quote!(fn calls #generics (#(#parameters),*) #returns { #path::#name(#(#arguments),*) })
            .to_string()
    });
    functions.collect()
}

/// What the macros of the runtime make of a type.
fn of_macro(call: &syn::Macro) -> Vec<String> {
    let kind = call.path.segments.last().unwrap().ident.to_string();
    let tokens = call.tokens.to_string();
    let names: Vec<&str> = tokens
        .split([',', '{', '}', ':'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    match (kind.as_str(), &names[..]) {
        ("builder", [name, builder]) => {
            vec![format!(
                "fn builds() -> {name} {{ let builder: {builder} = {name}::builder(); builder.build() }}"
            )]
        }
        ("input", [_, name, builder] | [_, name, builder, "streaming"]) => vec![
            format!(
                "fn builds() -> {name} {{ let builder: {builder} = {name}::builder(); builder.build() }}"
            ),
            format!("fn builds<C>(builder: {builder}<C>) -> {name} {{ builder.build() }}"),
        ],
        ("enumeration", [name]) => vec![
            format!(
                "fn text(of: &{name}) -> &str {{ let _: String = of.to_string(); of.as_str() }}"
            ),
            format!("fn parsed(text: &str) -> {name} {{ {name}::from(text) }}"),
            format!(
                "fn owned(text: String) -> {name} {{ let _: &'static [{name}] = {name}::values(); {name}::from(text) }}"
            ),
        ],
        ("operation_error", [name, pairs @ ..]) => {
            let predicates = pairs.chunks(2).filter_map(|pair| pair.get(1));
            predicates
                .map(|is| format!("fn is(of: &{name}) -> bool {{ of.{is}() }}"))
                .collect()
        }
        ("exception", [name, ..]) => vec![format!(
            "fn asks(of: &smithereen_runtime::ErrorMeta) -> Option<{name}> {{ of.exception() }}"
        )],
        // What these make says nothing of its own.
        ("structure" | "union" | "operation" | "paginated", _) => Vec::new(),
        _ => panic!("`{kind}!` makes something that the program does not use"),
    }
}

/// Asks for what a type derives; `Debug` is there even if it is not derived.
fn derives(name: &syn::Ident, attributes: &[syn::Attribute]) -> String {
    let mut traits = vec!["core::fmt::Debug".to_owned()];
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        if let syn::Meta::List(list) = &attribute.meta {
            let names = list.tokens.to_string();
            let names = names.split(',').map(|name| match name.trim() {
                "Debug" => "core::fmt::Debug".to_owned(),
                "Hash" => "core::hash::Hash".to_owned(),
                name => name.to_owned(),
            });
            traits.extend(names);
        }
    }
    format!(
        "fn has<T: {}>() {{}} fn asks() {{ has::<{name}>() }}",
        traits.join(" + ")
    )
}

/// Whether it is there without any feature.
fn always(attributes: &[syn::Attribute]) -> bool {
    !attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg"))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
