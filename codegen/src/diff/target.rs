//! What members and elements refer to, where that is another shape than before, and the limits of
//! shapes.

use super::Comparison;
use super::found::{Found, Owner, became};
use super::report::Level;
use super::words::{deprecation, documentation, sensitivity};
use crate::ir::{Constraints, Kind, Shape};

impl Comparison<'_, '_> {
    /// A reference that leads to another shape.
    pub(super) fn retargeted(
        &mut self,
        subject: &str,
        (old, new): (&str, &str),
        (before, after): (String, String),
        pointer: &str,
        owner: &dyn Fn() -> Owner,
    ) {
        let pointer = format!("{pointer}/shape");
        let change = became("the shape", Some(old), Some(new));
        if before != after {
            let found = Found::new(Level::Breaking, "type-changed", subject, owner())
                .change(change)
                .consequence(format!("what was `{before}` is now `{after}`"))
                .detail(format!("{before}\0{after}"));
            self.push(found.both(pointer));
            return;
        }
        let found = Found::new(Level::Docs, "retargeted", subject, owner())
            .change(change)
            .consequence(format!("none: it is `{after}` as before"));
        self.push(found.both(pointer));
        self.alike(subject, (old, new), owner, 0);
    }

    /// Two shapes of different names that are the same in Rust: aliases, whose traits may differ.
    fn alike(
        &mut self,
        subject: &str,
        (old, new): (&str, &str),
        owner: &dyn Fn() -> Owner,
        depth: usize,
    ) {
        /// Deeper than lists and maps are nested; a model can be wrong.
        const DEEPEST: usize = 32;
        let shapes = (
            self.old.unit.service.shape(old),
            self.new.unit.service.shape(new),
        );
        let (Some(before), Some(after)) = shapes else {
            return;
        };
        // The same shape is compared as such.
        if old == new || depth > DEEPEST {
            return;
        }
        let at = |name: &str| format!("/shapes/{}", crate::locate::escape(name));
        let (old_at, new_at) = (at(old), at(new));
        let place = |found: Found, key: &str| {
            found
                .old(format!("{old_at}/{key}"))
                .new_at(format!("{new_at}/{key}"))
        };
        if before.docs != after.docs {
            let found = documentation(subject, owner(), &before.docs, &after.docs);
            self.push(place(found, "documentation"));
        }
        let deprecated = (before.deprecated.as_ref(), after.deprecated.as_ref());
        if let Some(found) = deprecation(subject, owner(), deprecated) {
            self.push(place(found, "deprecated"));
        }
        if before.sensitive != after.sensitive {
            let found = sensitivity(subject, owner(), after.sensitive);
            self.push(place(found, "sensitive"));
        }
        self.limits(subject, &new_at, (before, after), owner);
        match (&before.kind, &after.kind) {
            // Names of the model that differ in what Rust does not tell apart.
            (Kind::Structure(one), Kind::Structure(other))
            | (Kind::Union(one), Kind::Union(other))
                if self.pairs.insert((old.to_owned(), new.to_owned())) =>
            {
                self.members((old, one), (new, other));
            }
            (Kind::Enumeration(one), Kind::Enumeration(other))
                if self.pairs.insert((old.to_owned(), new.to_owned())) =>
            {
                self.values((old, new), (&old_at, &new_at), (one, other));
            }
            (Kind::List(one), Kind::List(other)) => {
                let elements = (&one.element, &other.element);
                let at = (format!("{old_at}/member"), format!("{new_at}/member"));
                let subject = format!("{subject}[]");
                self.element_traits(&subject, (old, new), at, elements, owner);
                let targets = (one.element.target.as_str(), other.element.target.as_str());
                self.alike(&subject, targets, owner, depth + 1);
            }
            (Kind::Map(one), Kind::Map(other)) => {
                let parts = [
                    ("{key}", "key", &one.key, &other.key),
                    ("{}", "value", &one.value, &other.value),
                ];
                for (step, key, one, other) in parts {
                    let at = (format!("{old_at}/{key}"), format!("{new_at}/{key}"));
                    let subject = format!("{subject}{step}");
                    self.element_traits(&subject, (old, new), at, (one, other), owner);
                    let targets = (one.target.as_str(), other.target.as_str());
                    self.alike(&subject, targets, owner, depth + 1);
                }
            }
            (Kind::Timestamp(one), Kind::Timestamp(other)) if depth > 0 && one != other => {
                let found = Found::new(
                    Level::Breaking,
                    "timestamp-format-changed",
                    subject,
                    owner(),
                )
                .change(format!("the format {one:?} is now {other:?}"))
                .consequence("timestamps are written in another way");
                self.push(place(found, "timestampFormat"));
            }
            _ => {}
        }
    }

    /// The limits of a shape, which the service checks and a client does not.
    pub(super) fn limits(
        &mut self,
        subject: &str,
        pointer: &str,
        (old, new): (&Shape, &Shape),
        owner: &dyn Fn() -> Owner,
    ) {
        if old.constraints == new.constraints {
            return;
        }
        let Constraints { min, max, pattern } = &old.constraints;
        let in_requests = self.new.reached.direction(&new.name).input;
        let is_length = !matches!(
            new.kind,
            Kind::Integer | Kind::Long | Kind::Float | Kind::Double
        );
        let limits = [
            (
                "min",
                min,
                &new.constraints.min,
                bound(
                    lower(min, is_length),
                    lower(&new.constraints.min, is_length),
                ),
            ),
            (
                "max",
                max,
                &new.constraints.max,
                bound(-upper(max), -upper(&new.constraints.max)),
            ),
            (
                "pattern",
                pattern,
                &new.constraints.pattern,
                match (pattern, &new.constraints.pattern) {
                    (_, None) => Bound::Looser,
                    _ => Bound::Tighter,
                },
            ),
        ];
        for (key, before, after, bound) in limits {
            if before == after {
                continue;
            }
            let (level, kind, meaning) = match (bound, in_requests) {
                (Bound::Same, _) => (Level::Docs, "constraint-changed", "none: it says the same"),
                (_, false) => (
                    Level::Docs,
                    "constraint-changed",
                    "none: it is in no request",
                ),
                (Bound::Tighter, true) => (
                    Level::Behaviour,
                    "constraint-tightened",
                    "the service may refuse values that it accepted",
                ),
                (Bound::Looser, true) => (
                    Level::Additive,
                    "constraint-loosened",
                    "the service accepts values that it refused",
                ),
            };
            let change = became(&format!("`{key}`"), before.as_deref(), after.as_deref());
            let found = Found::new(level, kind, subject, owner());
            let old_pointer = format!("/shapes/{}/{key}", crate::locate::escape(&old.name));
            let found = found.change(change).consequence(meaning).old(old_pointer);
            self.push(found.new_at(format!("{pointer}/{key}")));
        }
    }
}

/// What became of a limit.
#[derive(Clone, Copy)]
enum Bound {
    Tighter,
    Looser,
    Same,
}

/// What became of a lower bound. An upper one is the same with the other sign.
fn bound(old: f64, new: f64) -> Bound {
    match old.total_cmp(&new) {
        std::cmp::Ordering::Less => Bound::Tighter,
        std::cmp::Ordering::Greater => Bound::Looser,
        std::cmp::Ordering::Equal => Bound::Same,
    }
}

/// No length is below zero, so that is no limit.
fn lower(limit: &Option<String>, is_length: bool) -> f64 {
    let none = if is_length { 0.0 } else { f64::NEG_INFINITY };
    number(limit, none)
}

fn upper(limit: &Option<String>) -> f64 {
    number(limit, f64::INFINITY)
}

fn number(limit: &Option<String>, none: f64) -> f64 {
    let limit = limit.as_ref();
    limit.map_or(none, |text| text.parse().unwrap_or(none))
}
