//! What changed between two models of a service, and what it means for its callers.
//!
//! The comparison is over the IR of both sides and over the closures of the wanted operations. What
//! the IR does not hold is compared as the JSON stands, so that nothing is passed over: a key on
//! which no client acts is `docs`, one that is not known here is `unhandled`.
//!
//! | module | subject |
//! | --- | --- |
//! | `report` | what a comparison says |
//! | `review`, `ignore`, `version` | what people see of it: without what is ignored, with the version it asks for |
//! | [`mod@format`] | it as text |
//! | `view` | one side: the unit, what reaches what, how things are spelled in Rust |
//! | `service` | facts of the service, endpoint rules |
//! | `operation` | operations and their errors |
//! | `body` | the structures of requests and responses |
//! | `pages` | how operations answer in pages |
//! | `shape` | shapes, and the values of enums |
//! | `structure` | structures and unions as a whole |
//! | `element` | lists and maps |
//! | `member`, `member_traits` | members |
//! | `target` | what members, elements and values refer to |
//! | `traits` | which protocols act on which traits |
//! | `waiters` | waiters, and the partitions of AWS |
//! | `words` | what is said alike of all of these |
//! | `rest` | what none of these has compared |

mod body;
mod construct;
mod element;
pub mod format;
mod found;
mod ignore;
mod member;
mod member_traits;
mod operation;
mod pages;
mod raw;
mod reach;
mod report;
mod rest;
mod review;
mod service;
mod shape;
mod structure;
mod target;
mod traits;
mod version;
mod view;
mod waiters;
mod words;

pub use ignore::Ignores;
pub use report::{Bump, Compared, Entry, Level, Location, PatchInForce, Reach, Report};
pub use review::{Ignored, Review};
pub use toml::value::Date;
pub use version::{Suggestion, crate_version};

use crate::error::{Diagnostic, Error, near_miss};
use crate::input::{Exceptions, Model, Named, Operations};
use crate::ir;
use crate::parallel::{Outcome, parallel, sift};
use crate::passes::Unit;
use found::{Found, Owner, Part};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use view::View;

/// Compares the services of two sides: what the closures of the wanted operations were, and are.
///
/// A service that one side lacks was added or removed.
///
/// # Errors
///
/// Whatever is wrong with the models, and operations that neither side has.
pub fn compare(old: &[Model], new: &[Model]) -> Result<Report, Error> {
    compare_telling(old, new, |_| {})
}

/// The same, and tells the name of each service when it has been compared.
///
/// # Errors
///
/// Those of [`compare`].
pub fn compare_telling(
    old: &[Model],
    new: &[Model],
    compared: impl Fn(&str) + Sync,
) -> Result<Report, Error> {
    let mut pairs: BTreeMap<&str, (Option<&Model>, Option<&Model>)> = BTreeMap::new();
    for model in old {
        pairs.entry(model.name()).or_default().0 = Some(model);
    }
    for model in new {
        pairs.entry(model.name()).or_default().1 = Some(model);
    }
    let pairs: Vec<_> = pairs.into_iter().collect();
    let reports = parallel(&pairs, |(name, (old, new))| {
        let report = match (old, new) {
            (Some(old), Some(new)) => both(old, new),
            (Some(gone), None) => one(name, gone, false),
            (None, Some(come)) => one(name, come, true),
            (None, None) => Ok(Report::default()),
        };
        compared(name);
        report
    });
    let mut whole = Report::default();
    for report in sift(reports)? {
        whole.services.extend(report.services);
        whole.entries.extend(report.entries);
    }
    Ok(whole)
}

/// The corrections that touch what is compared.
fn in_force(unit: &Unit) -> Vec<PatchInForce> {
    let patches = unit
        .applied
        .iter()
        .filter(|patch| unit.is_touched_by(patch));
    let patches = patches.map(|patch| PatchInForce {
        subject: patch.subject.clone(),
        action: patch.action.clone(),
        reason: patch.reason.clone(),
        link: patch.link.clone(),
    });
    patches.collect()
}

/// A service that only one side has.
fn one(name: &str, model: &Model, added: bool) -> Outcome<Report> {
    let view = View::new(model)?;
    let (level, kind, change, consequence) = if added {
        (
            Level::Additive,
            "service-added",
            "only the new side has the service",
            "a new module, if the manifest asks for it",
        )
    } else {
        (
            Level::Breaking,
            "service-removed",
            "only the old side has the service",
            "its module is gone, or can no longer be generated",
        )
    };
    let found = Found::new(level, kind, name, Owner::Service)
        .change(change)
        .consequence(consequence);
    let location = view.raw.location("/metadata");
    let mut entry = entry(name, found, view.reached.all());
    let file = Some(location.file.clone());
    let place = if added {
        &mut entry.new
    } else {
        &mut entry.old
    };
    *place = Some(location);
    let (old, new) = if added { (None, file) } else { (file, None) };
    let compared = Compared {
        service: name.to_owned(),
        old,
        new,
        operations: view.unit.operations.iter().cloned().collect(),
        identical: false,
        patches: Vec::new(),
    };
    Ok(Report {
        services: vec![compared],
        entries: vec![entry],
    })
}

fn both(old: &Model, new: &Model) -> Outcome<Report> {
    let identical = old.files().same(new.files());
    let wanted = |model: &Model| (model.operations().clone(), model.exceptions().clone());
    if identical && wanted(old) == wanted(new) {
        let view = View::new(new)?;
        known(new, (&view, &view))?;
        return Ok(Report {
            services: vec![compared((old, new), (&view, &view), identical)],
            entries: Vec::new(),
        });
    }
    let mut views = sift(parallel(&[old, new], |model| View::new(model)))?.into_iter();
    let (Some(old_view), Some(new_view)) = (views.next(), views.next()) else {
        return Ok(Report::default());
    };
    let views = (old_view, new_view);
    known(new, (&views.0, &views.1))?;
    let mut comparison = Comparison {
        old: &views.0,
        new: &views.1,
        pairs: BTreeSet::new(),
        found: Vec::new(),
    };
    comparison.service();
    comparison.operations();
    comparison.shapes();
    comparison.partitions()?;
    comparison.waiters()?;
    comparison.rest();
    let Comparison { found, .. } = comparison;
    let mut entries: Vec<Entry> = found
        .into_iter()
        .map(|found| placed(&views, found))
        .collect();
    entries.sort_by(|left, right| {
        let key = |entry: &Entry| (std::cmp::Reverse(entry.level), entry.subject.clone());
        let rest = |entry: &Entry| (entry.kind, entry.change.clone());
        key(left)
            .cmp(&key(right))
            .then_with(|| rest(left).cmp(&rest(right)))
    });
    entries.dedup();
    Ok(Report {
        services: vec![compared((old, new), (&views.0, &views.1), identical)],
        entries,
    })
}

/// What was compared.
fn compared(
    (old, new): (&Model, &Model),
    views: (&View<'_>, &View<'_>),
    identical: bool,
) -> Compared {
    let operations = views.0.unit.operations.union(&views.1.unit.operations);
    Compared {
        service: new.name().to_owned(),
        old: Some(old.files().model.file.to_string_lossy().into_owned()),
        new: Some(new.files().model.file.to_string_lossy().into_owned()),
        operations: operations.cloned().collect(),
        identical,
        patches: in_force(&views.1.unit),
    }
}

/// Operations and exceptions that are asked for and that neither side has.
fn known(model: &Model, (old, new): (&View<'_>, &View<'_>)) -> Outcome<()> {
    let (old, new) = (&old.unit.service, &new.unit.service);
    let mut problems = Vec::new();
    if let Operations::Named(names) = model.operations() {
        let of = |service: &ir::Service| service.operations.keys().cloned().collect();
        problems.extend(unknown(model, "operation", names, (of(old), of(new))));
    }
    if let Exceptions::Named(names) = model.exceptions() {
        let of = |service: &ir::Service| {
            let names = service.exceptions().into_iter();
            names.map(str::to_owned).collect()
        };
        problems.extend(unknown(model, "exception", names, (of(old), of(new))));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn unknown(
    model: &Model,
    what: &str,
    names: &[Named],
    (old, new): (BTreeSet<String>, BTreeSet<String>),
) -> Vec<Diagnostic> {
    let unknown = names
        .iter()
        .filter(|name| !old.contains(&name.name) && !new.contains(&name.name));
    let problems = unknown.map(|name| {
        let near = near_miss(&name.name, new.iter().map(String::as_str));
        let service = model.name();
        let message = format!("no {what} `{}` in {service} on either side", name.name);
        name.diagnostic(message).maybe_help(near)
    });
    problems.collect()
}

/// Two sides of a service while they are compared.
struct Comparison<'c, 'm> {
    old: &'c View<'m>,
    new: &'c View<'m>,
    /// Structures of different names that were compared already, as what is in the same place.
    pairs: BTreeSet<(String, String)>,
    found: Vec<Found>,
}

impl Comparison<'_, '_> {
    fn push(&mut self, found: Found) {
        self.found.push(found);
    }
}

/// The entry of a change, with its places and the operations that reach it.
fn placed((old, new): &(View<'_>, View<'_>), found: Found) -> Entry {
    let reached = match &found.owner {
        Owner::Service => union(old.reached.all(), new.reached.all()),
        Owner::Operation(operation, path) => vec![Reach {
            operation: operation.clone(),
            path: path.clone(),
        }],
        Owner::Old(shape, step) => old.reached.ways(shape, step),
        Owner::New(shape, step) => new.reached.ways(shape, step),
    };
    let places = (
        place(old, found.part, found.old.as_deref()),
        place(new, found.part, found.new.as_deref()),
    );
    let mut entry = entry(&new.unit.service.name, found, reached);
    (entry.old, entry.new) = places;
    entry
}

fn place(view: &View<'_>, part: Part, pointer: Option<&str>) -> Option<Location> {
    view.location(part, pointer?)
}

fn union(mut left: Vec<Reach>, right: Vec<Reach>) -> Vec<Reach> {
    for reach in right {
        if !left.contains(&reach) {
            left.push(reach);
        }
    }
    left.sort_by(|one, other| one.operation.cmp(&other.operation));
    left
}

fn entry(service: &str, found: Found, reached: Vec<Reach>) -> Entry {
    Entry {
        level: found.level,
        kind: found.kind,
        service: service.to_owned(),
        fingerprint: fingerprint(service, &found),
        subject: found.subject,
        change: found.change,
        consequence: found.consequence,
        old: None,
        new: None,
        reached,
    }
}

/// Of what changed and how, and of nothing else: not of places, nor of who reaches it.
fn fingerprint(service: &str, found: &Found) -> String {
    const BYTES: usize = 6;
    let mut sum = Sha256::new();
    for part in [
        service,
        found.kind,
        &found.subject,
        &found.change,
        &found.detail,
    ] {
        sum.update(part.as_bytes());
        sum.update([0]);
    }
    let sum = sum.finalize();
    sum.iter()
        .take(BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
