//! How operations answer in pages.

use super::Comparison;
use super::found::{Part, became};
use super::operation::Call;
use super::report::Level;
use crate::ir::Pagination;
use crate::locate::escape;

impl Comparison<'_, '_> {
    pub(super) fn pagination(
        &mut self,
        call: &Call<'_>,
        old: Option<&Pagination>,
        new: Option<&Pagination>,
    ) {
        let found = match (old, new) {
            (None, None) => return,
            (Some(old), Some(new)) if old == new => return,
            (None, Some(_)) => call
                .found(Level::Additive, "pagination-added")
                .change("it answers in pages")
                .consequence("`into_paginator` is new"),
            (Some(_), None) => call
                .found(Level::Breaking, "pagination-removed")
                .change("it no longer answers in pages")
                .consequence("`into_paginator` is gone"),
            (Some(old), Some(new)) => {
                let pages = (page(old, self.old), page(new, self.new));
                let (level, change, meaning) = match &pages {
                    (now, then) if now == then && old.limit != new.limit => (
                        Level::Behaviour,
                        became(
                            "the limit of its pages",
                            old.limit.as_deref(),
                            new.limit.as_deref(),
                        ),
                        "`page_size` sets another member, or none",
                    ),
                    (now, then) if now == then => (
                        Level::Behaviour,
                        "its pages are asked for in another way".to_owned(),
                        "the paginator sends other tokens, or ends by another rule",
                    ),
                    ((tokens, None), (others, Some(items))) if tokens == others => (
                        Level::Additive,
                        format!("its pages have items: `{items}`"),
                        "`into_paginator().items()` is new",
                    ),
                    ((_, items), (_, others)) => (
                        Level::Breaking,
                        became(
                            "the items of its pages",
                            items.as_deref(),
                            others.as_deref(),
                        ),
                        "`into_paginator().items()` has other items, or is gone",
                    ),
                };
                let found = call.found(level, "pagination-changed");
                found.change(change).consequence(meaning)
            }
        };
        let found = found.detail(format!("{old:?}\0{new:?}"));
        let pointer = format!("/pagination/{}", escape(call.name));
        let found = found.part(Part::Paginators);
        self.push(match (old, new) {
            (None, _) => found.new_at(pointer),
            (_, None) => found.old(pointer),
            _ => found.both(pointer),
        });
    }
}

/// How many tokens say where a page begins, and the type of what is on it, if that is one list.
fn page(pagination: &Pagination, view: &super::View<'_>) -> (usize, Option<String>) {
    let items = match pagination.items.as_slice() {
        [one] => Some(view.ty(&one.target)),
        _ => None,
    };
    (pagination.tokens.len(), items)
}
