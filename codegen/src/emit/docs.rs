//! Documentation and deprecation.

use crate::ir::{Deprecated, Docs};
use crate::render::literal;

/// The lines of some documentation, or of its substitute if there is none.
pub(super) fn lines(docs: &Docs, substitute: impl FnOnce() -> String) -> Vec<String> {
    let lines = crate::docs::markdown(&docs.0);
    if lines.is_empty() {
        vec![substitute()]
    } else {
        lines
    }
}

/// Some lines and more documentation, where there is any, with blank lines between.
pub(super) fn all<'d>(
    lines: impl IntoIterator<Item = String>,
    more: impl IntoIterator<Item = Option<&'d Docs>>,
) -> Vec<String> {
    let mut lines: Vec<String> = lines.into_iter().collect();
    for docs in more.into_iter().flatten() {
        let more = crate::docs::markdown(&docs.0);
        if !more.is_empty() && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(more);
    }
    lines
}

/// The attribute of something that should not be used any more, if it is such a thing.
pub(super) fn deprecated_line(deprecated: Option<&Deprecated>) -> Option<String> {
    Some(match note(deprecated)? {
        None => "#[deprecated]".to_owned(),
        Some(note) => format!("#[deprecated(note = {})]", literal(&note)),
    })
}

/// What the attribute says. `since` is free text in models, so it goes into the note.
fn note(deprecated: Option<&Deprecated>) -> Option<Option<String>> {
    let deprecated = deprecated?;
    let message = deprecated.message.as_deref().map(|text| text.trim());
    let since = deprecated.since.as_ref();
    let since = since.map(|since| format!("deprecated since {since}"));
    Some(match (message, since) {
        (Some(message), Some(since)) => Some(format!("{message} ({since})")),
        (Some(message), None) => Some(message.to_owned()),
        (None, since) => since,
    })
}

/// Text that is no HTML, as Markdown that means just that text.
pub(crate) fn plain(text: &str) -> String {
    let html = text.replace('&', "&amp;").replace('<', "&lt;");
    crate::docs::markdown(&html).join(" ")
}
