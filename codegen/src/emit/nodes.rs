//! Syntax that repeats, built as nodes: parsing it anew for every member would be most of the work.

use super::ident;
use proc_macro2::Span;
use syn::{Expr, Path, PathSegment, Type};

/// `a::b::c`.
pub(super) fn path(segments: &[&str]) -> Path {
    Path {
        leading_colon: None,
        segments: segments
            .iter()
            .map(|segment| PathSegment::from(ident(segment)))
            .collect(),
    }
}

/// `a::b::c` as a type.
pub(super) fn path_type(segments: &[&str]) -> Type {
    type_of(path(segments))
}

/// A path as a type.
pub(super) fn type_of(path: Path) -> Type {
    Type::Path(syn::TypePath {
        attrs: Vec::new(),
        qself: None,
        path,
    })
}

/// `a::b<T, U>`.
pub(super) fn generic(mut path: Path, arguments: impl IntoIterator<Item = Type>) -> Type {
    let args = arguments.into_iter().map(syn::GenericArgument::Type);
    if let Some(last) = path.segments.last_mut() {
        last.arguments = syn::PathArguments::AngleBracketed(syn::AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: Default::default(),
            args: args.collect(),
            gt_token: Default::default(),
        });
    }
    type_of(path)
}

/// `a::b` as an expression.
pub(super) fn path_expr(segments: &[&str]) -> Expr {
    expression(path(segments))
}

/// A path as an expression.
pub(super) fn expression(path: Path) -> Expr {
    Expr::Path(syn::ExprPath {
        attrs: Vec::new(),
        qself: None,
        path,
    })
}

/// `"text"`.
pub(super) fn string(text: &str) -> Expr {
    Expr::Lit(syn::ExprLit {
        attrs: Vec::new(),
        lit: syn::Lit::Str(syn::LitStr::new(text, Span::call_site())),
    })
}

/// `function(arguments)`.
pub(super) fn call(function: Expr, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(syn::ExprCall {
        attrs: Vec::new(),
        func: Box::new(function),
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `receiver.method(arguments)`.
pub(super) fn method(
    receiver: Expr,
    method: &str,
    arguments: impl IntoIterator<Item = Expr>,
) -> Expr {
    Expr::MethodCall(syn::ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Default::default(),
        method: ident(method),
        turbofish: None,
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `&value` or `&mut value`.
pub(super) fn reference(value: Expr, mutable: bool) -> Expr {
    Expr::Reference(syn::ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability: mutable.then(Default::default),
        expr: Box::new(value),
    })
}

/// A comment, which `render` makes something else of.
pub(super) fn comment(text: &str, style: syn::AttrStyle) -> syn::Attribute {
    syn::Attribute {
        pound_token: Default::default(),
        style,
        bracket_token: Default::default(),
        meta: syn::Meta::NameValue(syn::MetaNameValue {
            path: ident("comment").into(),
            eq_token: Default::default(),
            value: string(text),
        }),
    }
}
