//! Structures: the type, its table, its accessors and its builder.

use super::types::Types;
use super::{Emitter, File, docs, ident, item, one_a_line};
use crate::error::Diagnostic;
use crate::ir::{self, Binding, Kind, Member, Shape, TimestampFormat};
use proc_macro2::TokenStream;
use quote::quote;

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
    pub builder: bool,
}

impl<'s> Spec<'s> {
    /// The spec of a shape.
    pub fn of(emitter: &'s Emitter<'_>, shape: &'s Shape, name: &'s str) -> Self {
        Self {
            name,
            shape: &shape.name,
            docs: docs::lines(&shape.docs, || format!("The structure `{}`.", shape.name)),
            members: shape.members(),
            fields: emitter.unit.names.items(&shape.name),
            deprecated: shape.deprecated.as_ref(),
            sensitive: shape.sensitive,
            builder: emitter.unit.built.contains(&shape.name),
        }
    }

    /// The members with their names in Rust.
    fn pairs(&self) -> impl Iterator<Item = (&'s Member, syn::Ident)> {
        let fields = self.fields.iter().map(|name| ident(name));
        self.members.iter().zip(fields)
    }
}

/// The file of a structure that is a shape.
pub(super) fn file(
    emitter: &Emitter<'_>,
    shape: &Shape,
    _: &ir::Structure,
) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, quote!(super), &name);
    let spec = Spec::of(emitter, shape, &name);
    let module = emitter.unit.names.module(&shape.name);
    shape_file(emitter, &types, &spec, &format!("types/{module}.rs"))
}

/// The file of a structure that is an error.
pub(super) fn error_file(emitter: &Emitter<'_>, shape: &Shape) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, quote!(super::super), &name);
    let mut spec = Spec::of(emitter, shape, &name);
    spec.builder = false;
    let module = emitter.unit.names.module(&shape.name);
    shape_file(emitter, &types, &spec, &format!("types/error/{module}.rs"))
}

fn shape_file(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    path: &str,
) -> Result<File, Diagnostic> {
    let mut items = vec![item(quote!(
        use smithereen_runtime as rt;
    ))?];
    items.extend(self::items(emitter, types, spec)?);
    Ok(emitter.file(path, allow_deprecated(types, spec), items))
}

/// Files that use something deprecated say so, since their own lints are strict.
pub(super) fn allow_deprecated(types: &Types<'_>, spec: &Spec<'_>) -> Vec<syn::Attribute> {
    let deprecated = spec.deprecated.is_some()
        || spec.members.iter().any(|member| {
            member.deprecated.is_some() || types.is_deprecated(&member.target)
        });
    if deprecated {
        vec![syn::parse_quote!(#![allow(deprecated)])]
    } else {
        Vec::new()
    }
}

/// All items of a structure.
pub(super) fn items(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
) -> Result<Vec<syn::Item>, Diagnostic> {
    let name = ident(spec.name);
    let mut items = vec![definition(emitter, types, spec)?];
    items.extend(debug(emitter, spec)?);
    items.extend(methods(emitter, types, spec)?);
    items.push(table(emitter, types, spec)?);
    items.push(item(quote!(rt::structure!(#name);))?);
    if spec.builder {
        items.extend(builder(emitter, types, spec)?);
    }
    Ok(items)
}

fn definition(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
) -> Result<syn::Item, Diagnostic> {
    let name = ident(spec.name);
    let deprecated = docs::deprecated(spec.deprecated);
    let debug = if has_secrets(emitter, spec) {
        TokenStream::new()
    } else {
        quote!(Debug,)
    };
    let fields = spec.pairs().map(|(member, field)| {
        let ty = types.field(&member.target, is_boxed(emitter, spec, member));
        let deprecated = docs::deprecated(member.deprecated.as_ref());
        quote!(#deprecated pub #field: #ty)
    });
    let mut item: syn::ItemStruct = item(quote! {
        #deprecated
        #[derive(Clone, #debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields),*
        }
    })?;
    item.attrs.splice(0..0, docs::outer(&spec.docs));
    for (field, member) in item.fields.iter_mut().zip(spec.members) {
        field.attrs.splice(0..0, docs::outer(&member_docs(member)));
    }
    Ok(syn::Item::Struct(item))
}

/// The documentation of a member.
pub(super) fn member_docs(member: &Member) -> Vec<String> {
    let mut lines = docs::lines(&member.docs, || format!("`{}`.", member.name));
    if member.required {
        lines.extend([String::new(), "Required.".to_owned()]);
    }
    lines
}

fn is_boxed(emitter: &Emitter<'_>, spec: &Spec<'_>, member: &Member) -> bool {
    let key = (spec.shape.to_owned(), member.name.clone());
    !emitter.unit.boxed.is_empty() && emitter.unit.boxed.contains(&key)
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

/// `Debug` of a structure with secrets, which are not printed.
fn debug(emitter: &Emitter<'_>, spec: &Spec<'_>) -> Result<Option<syn::Item>, Diagnostic> {
    if !has_secrets(emitter, spec) {
        return Ok(None);
    }
    let (name, shown) = (ident(spec.name), spec.name);
    let fields = spec.pairs().map(|(member, field)| {
        let label = field.to_string();
        let label = label.trim_start_matches("r#");
        if is_secret(emitter, spec, member) {
            quote!(debug.field(#label, &rt::redacted(&self.#field));)
        } else {
            quote!(debug.field(#label, &self.#field);)
        }
    });
    let body = if spec.members.is_empty() {
        quote!(f.write_str(#shown))
    } else {
        quote! {
            let mut debug = f.debug_struct(#shown);
            #(#fields)*
            debug.finish()
        }
    };
    item(quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #body
            }
        }
    })
    .map(Some)
}

/// Lists and maps read as empty where they are absent.
fn methods(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
) -> Result<Option<syn::Item>, Diagnostic> {
    let name = ident(spec.name);
    let mut methods = Vec::new();
    for (member, field) in spec.pairs() {
        let doc = format!(" [`{}`](field@Self::{field}), empty if absent.", plain(&field));
        let shape = emitter.unit.service.shape(&member.target);
        match shape.map(|shape| &shape.kind) {
            Some(Kind::List(list)) => {
                let element = types.element(&list.element.target, list.sparse);
                methods.push(quote! {
                    #[doc = #doc]
                    pub fn #field(&self) -> &[#element] {
                        rt::list(&self.#field)
                    }
                });
            }
            Some(Kind::Map(_)) => {
                let ty = types.value(&member.target);
                methods.push(quote! {
                    #[doc = #doc]
                    pub fn #field(&self) -> &#ty {
                        rt::map(&self.#field)
                    }
                });
            }
            _ => {}
        }
    }
    if methods.is_empty() {
        return Ok(None);
    }
    item(quote!(impl #name { #(#methods)* })).map(Some)
}

/// A name without the mark of a raw identifier, as rustdoc shows it.
pub(super) fn plain(field: &syn::Ident) -> String {
    field.to_string().trim_start_matches("r#").to_owned()
}

/// The table of members, and the fields in the same order.
fn table(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
) -> Result<syn::Item, Diagnostic> {
    let _ = types;
    let name = ident(spec.name);
    let id = emitter.shape_id(spec.shape);
    let entries = spec
        .members
        .iter()
        .map(|member| member_entry(emitter, spec, member));
    let entries = list(entries);
    let shared = list(spec.pairs().map(|(_, field)| quote!(&self.#field)));
    let exclusive = list(spec.pairs().map(|(_, field)| quote!(&mut self.#field)));
    item(quote! {
        impl rt::Structure for #name {
            const ID: &'static str = #id;
            const MEMBERS: &'static [rt::Member] = &[#entries];
            fn fields(&self, view: rt::Visit<'_>) {
                view.fields([#shared])
            }
            fn fields_mut(&mut self, view: rt::VisitMut<'_>) {
                view.fields([#exclusive])
            }
        }
    })
}

/// The entries of an array, one a line.
pub(super) fn list(entries: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut first = Some(one_a_line());
    let entries = entries.map(|entry| {
        let mark = first.take();
        quote!(#mark #entry,)
    });
    entries.collect()
}

/// `rt::member("BackupJobId").label().required()`.
fn member_entry(emitter: &Emitter<'_>, spec: &Spec<'_>, member: &Member) -> TokenStream {
    let sensitive = is_secret(emitter, spec, member).then(|| quote!(.sensitive()));
    let traits = member_traits(emitter, member);
    quote!(#traits #sensitive)
}

/// A member with the traits that are said of it and of what it holds.
pub(super) fn member_traits(emitter: &Emitter<'_>, member: &Member) -> TokenStream {
    let name = &member.name;
    let mut entry = quote!(rt::member(#name));
    entry.extend(match &member.binding {
        Binding::Body => TokenStream::new(),
        Binding::Label => quote!(.label()),
        Binding::Query(wire) => quote!(.query(#wire)),
        Binding::QueryParams => quote!(.query_params()),
        Binding::Header(wire) => quote!(.header(#wire)),
        Binding::PrefixHeaders(prefix) => quote!(.prefix_headers(#prefix)),
        Binding::StatusCode => quote!(.status_code()),
        Binding::Payload => quote!(.payload()),
    });
    if let Some(wire) = &member.wire_name {
        entry.extend(quote!(.wire_name(#wire)));
    }
    if member.json_value && matches!(member.binding, Binding::Header(_)) {
        entry.extend(quote!(.media_type("application/json")));
    }
    let flags = [
        (member.required, quote!(.required())),
        (member.idempotency_token, quote!(.idempotency_token())),
        (member.host_label, quote!(.host_label())),
        (member.flattened, quote!(.flattened())),
        (member.xml_attribute, quote!(.xml_attribute())),
    ];
    entry.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, call)| call));
    entry.extend(timestamp(member.timestamp_format));
    entry.extend(xml_namespace(member.xml_namespace.as_ref()));
    entry.extend(held(emitter, &member.target));
    entry
}

fn timestamp(format: Option<TimestampFormat>) -> Option<TokenStream> {
    let format = match format? {
        TimestampFormat::DateTime => quote!(DateTime),
        TimestampFormat::EpochSeconds => quote!(EpochSeconds),
        TimestampFormat::HttpDate => quote!(HttpDate),
    };
    Some(quote!(.timestamp(rt::TimestampFormat::#format)))
}

fn xml_namespace(namespace: Option<&ir::XmlNamespace>) -> Option<TokenStream> {
    let namespace = namespace?;
    let uri = &namespace.uri;
    let prefix = match &namespace.prefix {
        Some(prefix) => quote!(Some(#prefix)),
        None => quote!(None),
    };
    Some(quote!(.xml_namespace(#uri, #prefix)))
}

/// The traits of what a list or map holds, if there are any.
fn held(emitter: &Emitter<'_>, target: &str) -> TokenStream {
    let shape = emitter.unit.service.shape(target);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::List(list)) => {
            let element = element(emitter, &list.element, "member");
            element.map_or_else(TokenStream::new, |element| quote!(.element(&#element)))
        }
        Some(Kind::Map(map)) => {
            let key = element(emitter, &map.key, "key").map(|key| quote!(.key(&#key)));
            let value = element(emitter, &map.value, "value");
            let value = value.map(|value| quote!(.element(&#value)));
            quote!(#key #value)
        }
        _ => TokenStream::new(),
    }
}

fn element(emitter: &Emitter<'_>, element: &ir::Element, name: &str) -> Option<TokenStream> {
    let mut traits = TokenStream::new();
    if let Some(wire) = &element.wire_name {
        traits.extend(quote!(.wire_name(#wire)));
    }
    let shape = emitter.unit.service.shape(&element.target);
    if let Some(Kind::Timestamp(format)) = shape.map(|shape| &shape.kind) {
        traits.extend(timestamp(*format));
    }
    traits.extend(xml_namespace(element.xml_namespace.as_ref()));
    traits.extend(held(emitter, &element.target));
    (!traits.is_empty()).then(|| quote!(rt::member(#name) #traits))
}

/// The builder: a setter for each member.
fn builder(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
) -> Result<Vec<syn::Item>, Diagnostic> {
    let name = ident(spec.name);
    let builder = ident(&format!("{}Builder", spec.name));
    let definition = item(quote!(rt::builder!(#name, #builder);))?;
    if spec.members.is_empty() {
        return Ok(vec![definition]);
    }
    let setters = spec
        .pairs()
        .map(|(member, field)| setter(emitter, types, spec, member, &field));
    let methods = item(quote! {
        impl #builder {
            #(#setters)*
        }
    })?;
    Ok(vec![definition, methods])
}

fn setter(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    member: &Member,
    field: &syn::Ident,
) -> TokenStream {
    let doc = format!(" Sets [`{}`]({}::{field}).", plain(field), spec.name);
    // `build` is taken.
    let method = if field == "build" {
        ident("build_value")
    } else {
        field.clone()
    };
    let into = types.prelude("Into");
    let iterator = types.prelude("IntoIterator");
    let shape = emitter.unit.service.shape(&member.target);
    let (argument, value) = match shape.map(|shape| &shape.kind) {
        Some(Kind::List(list)) => {
            let element = types.element(&list.element.target, list.sparse);
            let argument = quote!(impl #iterator<Item = impl #into<#element>>);
            (argument, quote!(rt::value::into_list(value)))
        }
        Some(Kind::Map(map)) => {
            let key = types.value(&map.key.target);
            let element = types.element(&map.value.target, map.sparse);
            let pair = quote!((impl #into<#key>, impl #into<#element>));
            let argument = quote!(impl #iterator<Item = #pair>);
            (argument, quote!(rt::value::into_map(value)))
        }
        // Nothing but a primitive is worth converting into a primitive.
        Some(Kind::Boolean | Kind::Integer | Kind::Long | Kind::Float | Kind::Double) => {
            (types.value(&member.target), quote!(value))
        }
        _ => {
            let ty = types.boxed(&member.target, is_boxed(emitter, spec, member));
            (quote!(impl #into<#ty>), quote!(value.into()))
        }
    };
    let deprecated = docs::deprecated(member.deprecated.as_ref());
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #method(mut self, value: #argument) -> Self {
            self.0.#field = Some(#value);
            self
        }
    }
}
