//! Documentation and deprecation.

use crate::error::Diagnostic;
use crate::ir::{Deprecated, Docs};
use proc_macro2::TokenStream;
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

/// The same as a node, if there is one.
pub(super) fn deprecated_attribute(
    deprecated: Option<&Deprecated>,
) -> Result<Option<syn::Attribute>, Diagnostic> {
    if deprecated.is_none() {
        return Ok(None);
    }
    let attribute = self::deprecated(deprecated);
    let carrier: syn::ItemStruct = super::item(quote!(#attribute struct Carrier;))?;
    Ok(carrier.attrs.into_iter().next())
}
