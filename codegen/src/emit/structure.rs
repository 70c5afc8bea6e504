//! Structures: the type, its table, its accessors and its builder.

use super::types::Types;
use super::{Emitter, File, docs, ident, item, nodes};
use crate::error::Diagnostic;
use crate::ir::{self, Binding, Kind, Member, Shape, TimestampFormat};
use proc_macro2::TokenStream;
use quote::quote;
use std::cell::OnceCell;
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
    let file = emitter.file(path, Vec::new(), items);
    file.allow_deprecated(uses_deprecated(types, spec))
}

/// Whether a structure or what it holds is deprecated.
pub(super) fn uses_deprecated(types: &Types<'_>, spec: &Spec<'_>) -> bool {
    let member =
        |member: &Member| member.deprecated.is_some() || types.is_deprecated(&member.target);
    spec.deprecated.is_some() || spec.members.iter().any(member)
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
    items.push(table(emitter, spec)?);
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
    let mut item: syn::ItemStruct = item(quote! {
        #deprecated
        #[derive(Clone, #debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {}
    })?;
    item.attrs.insert(0, emitter.docs(spec.docs.clone()));
    if let syn::Fields::Named(fields) = &mut item.fields {
        for (member, field) in spec.pairs() {
            fields
                .named
                .push(self::field(emitter, types, spec, member, field)?);
        }
    }
    Ok(syn::Item::Struct(item))
}

fn field(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    spec: &Spec<'_>,
    member: &Member,
    field: syn::Ident,
) -> Result<syn::Field, Diagnostic> {
    let mut attrs = vec![emitter.docs(member_docs(member))];
    attrs.extend(docs::deprecated_attribute(member.deprecated.as_ref())?);
    Ok(syn::Field {
        attrs,
        vis: syn::Visibility::Public(Default::default()),
        modifiers: Default::default(),
        ident: Some(field),
        colon_token: Some(Default::default()),
        ty: types.field(&member.target, is_boxed(emitter, spec, member)),
        default: None,
    })
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
        let doc = format!(
            " [`{}`](field@Self::{field}), empty if absent.",
            plain(&field)
        );
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
fn table(emitter: &Emitter<'_>, spec: &Spec<'_>) -> Result<syn::Item, Diagnostic> {
    thread_local! {
        // Parsed once a thread: it is the same for all structures but for what is put in below.
        static SKELETON: OnceCell<syn::ItemImpl> = const { OnceCell::new() };
    }
    let mut skeleton = match SKELETON.with(|skeleton| skeleton.get().cloned()) {
        Some(skeleton) => skeleton,
        None => {
            let parsed: syn::ItemImpl = item(quote! {
                impl rt::Structure for Name {
                    const ID: &'static str = "";
                    const MEMBERS: &'static [rt::Member] = &[];
                    fn fields(&self, view: rt::Visit<'_>) {}
                    fn fields_mut(&mut self, view: rt::VisitMut<'_>) {}
                }
            })?;
            SKELETON.with(|skeleton| skeleton.get_or_init(|| parsed).clone())
        }
    };
    *skeleton.self_ty = nodes::path_type(&[spec.name]);
    let members = spec.members.iter();
    let members = nodes::array(members.map(|member| member_entry(emitter, spec, member)));
    let mut constants = [
        nodes::string(&emitter.shape_id(spec.shape)),
        nodes::reference(members, false),
    ]
    .into_iter();
    let mut mutable = [false, true].into_iter();
    for part in &mut skeleton.items {
        match part {
            syn::ImplItem::Const(part) => {
                if let Some(constant) = constants.next() {
                    part.expr = constant;
                }
            }
            syn::ImplItem::Fn(part) => {
                let mutable = mutable.next().unwrap_or_default();
                let field = |(_, field)| nodes::reference(nodes::self_field(&field), mutable);
                let fields = nodes::array(spec.pairs().map(field));
                let call = nodes::method(nodes::path_expr(&["view"]), "fields", [fields]);
                part.block.stmts = vec![syn::Stmt::Expr(call, None)];
            }
            _ => {}
        }
    }
    Ok(syn::Item::Impl(skeleton))
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

/// A member with the traits that are said of it and of what it holds.
pub(super) fn member_traits(emitter: &Emitter<'_>, member: &Member) -> Expr {
    let mut entry = new_member(&member.name);
    let one = |entry, method, wire: &str| nodes::method(entry, method, [nodes::string(wire)]);
    entry = match &member.binding {
        Binding::Body => entry,
        Binding::Label => nodes::method(entry, "label", []),
        Binding::Query(wire) => one(entry, "query", wire),
        Binding::QueryParams => nodes::method(entry, "query_params", []),
        Binding::Header(wire) => one(entry, "header", wire),
        Binding::PrefixHeaders(prefix) => one(entry, "prefix_headers", prefix),
        Binding::StatusCode => nodes::method(entry, "status_code", []),
        Binding::Payload => nodes::method(entry, "payload", []),
    };
    if let Some(wire) = &member.wire_name {
        entry = one(entry, "wire_name", wire);
    }
    if member.json_value && matches!(member.binding, Binding::Header(_)) {
        entry = one(entry, "media_type", "application/json");
    }
    let flags = [
        (member.required, "required"),
        (member.idempotency_token, "idempotency_token"),
        (member.host_label, "host_label"),
        (member.flattened, "flattened"),
        (member.xml_attribute, "xml_attribute"),
    ];
    for (_, flag) in flags.into_iter().filter(|(set, _)| *set) {
        entry = nodes::method(entry, flag, []);
    }
    entry = timestamp(entry, member.timestamp_format);
    entry = xml_namespace(entry, member.xml_namespace.as_ref());
    held(emitter, entry, &member.target)
}

/// `rt::member("name")`.
fn new_member(name: &str) -> Expr {
    nodes::call(nodes::path_expr(&["rt", "member"]), [nodes::string(name)])
}

fn timestamp(entry: Expr, format: Option<TimestampFormat>) -> Expr {
    let format = match format {
        None => return entry,
        Some(TimestampFormat::DateTime) => "DateTime",
        Some(TimestampFormat::EpochSeconds) => "EpochSeconds",
        Some(TimestampFormat::HttpDate) => "HttpDate",
    };
    let format = nodes::path_expr(&["rt", "TimestampFormat", format]);
    nodes::method(entry, "timestamp", [format])
}

fn xml_namespace(entry: Expr, namespace: Option<&ir::XmlNamespace>) -> Expr {
    let Some(namespace) = namespace else {
        return entry;
    };
    let prefix = match &namespace.prefix {
        Some(prefix) => nodes::call(nodes::path_expr(&["Some"]), [nodes::string(prefix)]),
        None => nodes::path_expr(&["None"]),
    };
    nodes::method(
        entry,
        "xml_namespace",
        [nodes::string(&namespace.uri), prefix],
    )
}

/// Adds the traits of what a list or map holds, if there are any.
fn held(emitter: &Emitter<'_>, entry: Expr, target: &str) -> Expr {
    let add = |entry, method, element: Option<Expr>| match element {
        Some(element) => nodes::method(entry, method, [nodes::reference(element, false)]),
        None => entry,
    };
    let shape = emitter.unit.service.shape(target);
    match shape.map(|shape| &shape.kind) {
        Some(Kind::List(list)) => {
            let element = element(emitter, &list.element, "member");
            add(entry, "element", element)
        }
        Some(Kind::Map(map)) => {
            let entry = add(entry, "key", element(emitter, &map.key, "key"));
            add(entry, "element", element(emitter, &map.value, "value"))
        }
        _ => entry,
    }
}

fn element(emitter: &Emitter<'_>, element: &ir::Element, name: &str) -> Option<Expr> {
    let mut entry = new_member(name);
    if let Some(wire) = &element.wire_name {
        entry = nodes::method(entry, "wire_name", [nodes::string(wire)]);
    }
    let shape = emitter.unit.service.shape(&element.target);
    if let Some(Kind::Timestamp(format)) = shape.map(|shape| &shape.kind) {
        entry = timestamp(entry, *format);
    }
    entry = xml_namespace(entry, element.xml_namespace.as_ref());
    entry = held(emitter, entry, &element.target);
    // A method was called on it, or there is nothing to say.
    matches!(entry, Expr::MethodCall(_)).then_some(entry)
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
            let ty = types.value(&member.target);
            (quote!(#ty), quote!(value))
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
