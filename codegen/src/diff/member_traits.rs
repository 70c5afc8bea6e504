//! Traits of members that mean more than that a trait is there: required, tokens, timestamps,
//! flattened lists.

use super::Comparison;
use super::member::Pair;
use super::report::Level;
use super::traits::{has_elements, timestamp_format};
use crate::locate::escape;

impl Comparison<'_, '_> {
    pub(super) fn required(&mut self, pair: &Pair<'_>) {
        let filled = pair.new.idempotency_token && pair.top;
        let (level, kind, change, meaning) = match (pair.new.required, pair.in_requests) {
            (true, true) if filled => (
                Level::Docs,
                "required-added",
                "it is required",
                "none: a token that is not given is filled in",
            ),
            (true, true) => (
                Level::Breaking,
                "required-added",
                "it is required",
                "requests without it are refused before they are sent; the type is `Option` as before",
            ),
            (false, true) => (
                Level::Additive,
                "required-dropped",
                "it is no longer required",
                "requests may leave it out: nothing is checked before they are sent; the type is `Option` as before",
            ),
            (true, false) => (
                Level::Docs,
                "required-added",
                "it is required",
                "none: it is in responses only, whose members are always `Option`",
            ),
            (false, false) => (
                Level::Docs,
                "required-dropped",
                "it is no longer required",
                "none: it is in responses only, whose members are always `Option`",
            ),
        };
        let found = pair.found(level, kind).change(change).consequence(meaning);
        let above = |pointer: &str| {
            let shape = pointer.split("/members/").next().unwrap_or_default();
            format!("{shape}/required")
        };
        self.push(found.old(above(&pair.old_at)).new_at(above(&pair.new_at)));
    }

    pub(super) fn token(&mut self, pair: &Pair<'_>) {
        let new = pair.new.idempotency_token;
        if pair.old.idempotency_token == new {
            return;
        }
        let acts = pair.top && pair.in_requests;
        let demanded = pair.new.required;
        let (level, kind, change, meaning) = match (new, acts) {
            (true, true) => (
                Level::Behaviour,
                "idempotency-token-added",
                "`idempotencyToken` was added",
                "requests without it are sent with a random one",
            ),
            (false, true) if demanded => (
                Level::Breaking,
                "idempotency-token-removed",
                "`idempotencyToken` was removed, and the member is required",
                "requests without it are refused before they are sent",
            ),
            (false, true) => (
                Level::Behaviour,
                "idempotency-token-removed",
                "`idempotencyToken` was removed",
                "requests without it are sent without",
            ),
            (true, false) => (
                Level::Docs,
                "idempotency-token-added",
                "`idempotencyToken` was added",
                "none: only members of an operation's input are filled in",
            ),
            (false, false) => (
                Level::Docs,
                "idempotency-token-removed",
                "`idempotencyToken` was removed",
                "none: only members of an operation's input are filled in",
            ),
        };
        let found = pair.found(level, kind).change(change).consequence(meaning);
        self.push(pair.at(found, "idempotencyToken"));
    }

    pub(super) fn timestamp(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        if old.timestamp_format == new.timestamp_format
            || old.target != new.target && !self.alike_type(pair)
        {
            return;
        }
        let protocols = (
            self.old.unit.service.metadata.protocol,
            self.new.unit.service.metadata.protocol,
        );
        let formats = (
            timestamp_format(old.timestamp_format, &old.binding, protocols.0),
            timestamp_format(new.timestamp_format, &new.binding, protocols.1),
        );
        let change = format!("the format {:?} is now {:?}", formats.0, formats.1);
        let acts = formats.0 != formats.1;
        let (level, meaning) = if acts {
            (Level::Breaking, "it is written in another way")
        } else {
            (Level::Docs, "none: it is written as before")
        };
        let found = pair
            .found(level, "timestamp-format-changed")
            .change(change)
            .consequence(meaning);
        let places = (
            own_or_shared(self.old, &pair.old_at, &old.target, "timestampFormat"),
            own_or_shared(self.new, &pair.new_at, &new.target, "timestampFormat"),
        );
        self.push(found.old(places.0).new_at(places.1));
    }

    /// Whether a member that refers to another shape has the type that it had.
    fn alike_type(&self, pair: &Pair<'_>) -> bool {
        self.old.ty(&pair.old.target) == self.new.ty(&pair.new.target)
    }

    pub(super) fn flattened(&mut self, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        if old.flattened == new.flattened {
            return;
        }
        let direction = self.new.reached.direction(pair.shape);
        let acts = has_elements(self.new.unit.service.metadata.protocol, direction);
        let (level, meaning) = if acts {
            (Level::Breaking, "it has another form on the wire")
        } else {
            (Level::Docs, "none: the protocol does not use it")
        };
        let change = if new.flattened {
            "`flattened` was added"
        } else {
            "`flattened` was removed"
        };
        let found = pair
            .found(level, "flattened-changed")
            .change(change)
            .consequence(meaning);
        let places = (
            own_or_shared(self.old, &pair.old_at, &old.target, "flattened"),
            own_or_shared(self.new, &pair.new_at, &new.target, "flattened"),
        );
        self.push(found.old(places.0).new_at(places.1));
    }
}

/// Where a trait is said: on the member, or on the shape that it refers to.
fn own_or_shared(view: &super::View<'_>, member: &str, target: &str, key: &str) -> String {
    let own = format!("{member}/{key}");
    if view.raw.has(&own) {
        own
    } else {
        format!("/shapes/{}/{key}", escape(target))
    }
}
