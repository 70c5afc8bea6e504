//! A place for strings that are made on the way and borrowed until the end.

use std::cell::OnceCell;

/// Strings that stay where they are. Few rules make any, so the chain is short.
#[derive(Default)]
pub(super) struct Kept {
    text: OnceCell<String>,
    next: OnceCell<Box<Kept>>,
}

impl Kept {
    /// Keeps a string for as long as `self` lives.
    pub fn keep(&self, text: String) -> &str {
        let mut link = self;
        while link.text.get().is_some() {
            link = link.next.get_or_init(Box::default);
        }
        link.text.get_or_init(|| text)
    }
}
