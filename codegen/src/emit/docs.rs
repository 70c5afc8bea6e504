//! Documentation as attributes, a line each.

use crate::ir::{Deprecated, Docs};
use proc_macro2::{Span, TokenStream};
use quote::quote;

/// The lines of some documentation, or of its substitute if there is none.
pub(super) fn lines(docs: &Docs, substitute: impl FnOnce() -> String) -> Vec<String> {
    let lines = crate::docs::markdown(&docs.0);
    if lines.is_empty() {
        vec![substitute()]
    } else {
        lines
    }
}

/// Outer `#[doc]` attributes, built as nodes: they are half of all output.
pub(super) fn outer<S: AsRef<str>>(lines: &[S]) -> Vec<syn::Attribute> {
    attributes(lines, syn::AttrStyle::Outer)
}

/// Inner `#[doc]` attributes, for a file as a whole.
pub(super) fn inner<S: AsRef<str>>(lines: &[S]) -> Vec<syn::Attribute> {
    attributes(
        lines,
        syn::AttrStyle::Inner(syn::Token![!](Span::call_site())),
    )
}

fn attributes<S: AsRef<str>>(lines: &[S], style: syn::AttrStyle) -> Vec<syn::Attribute> {
    lines
        .iter()
        .map(|line| {
            let line = line.as_ref();
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            let literal = syn::Lit::Str(syn::LitStr::new(&text, Span::call_site()));
            syn::Attribute {
                pound_token: Default::default(),
                style,
                bracket_token: Default::default(),
                meta: syn::Meta::NameValue(syn::MetaNameValue {
                    path: syn::Ident::new("doc", Span::call_site()).into(),
                    eq_token: Default::default(),
                    value: syn::Expr::Lit(syn::ExprLit {
                        attrs: Vec::new(),
                        lit: literal,
                    }),
                }),
            }
        })
        .collect()
}

/// The attribute of something that should not be used any more. `since` is free text in models, so
/// it goes into the note.
pub(super) fn deprecated(deprecated: Option<&Deprecated>) -> TokenStream {
    let Some(deprecated) = deprecated else {
        return TokenStream::new();
    };
    let message = deprecated.message.as_deref().map(|text| text.trim());
    let since = deprecated.since.as_ref();
    let since = since.map(|since| format!("deprecated since {since}"));
    let note = match (message, since) {
        (Some(message), Some(since)) => format!("{message} ({since})"),
        (Some(message), None) => message.to_owned(),
        (None, Some(since)) => since,
        (None, None) => return quote!(#[deprecated]),
    };
    quote!(#[deprecated(note = #note)])
}
