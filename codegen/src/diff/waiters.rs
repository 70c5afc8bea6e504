//! What stands beside a model and is compared as it stands there: waiters, and the partitions of
//! AWS.

use super::found::{Found, Owner, Part};
use super::report::Level;
use super::{Comparison, View};
use crate::error::Diagnostic;
use crate::ir::endpoint::Partition;
use crate::locate::escape;
use crate::parallel::Outcome;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A whole `waiters-2.json`.
#[derive(Default, Deserialize)]
struct Waiters {
    waiters: Map<String, Value>,
}

impl Comparison<'_, '_> {
    /// Waiters of the wanted operations.
    pub(super) fn waiters(&mut self) -> Outcome<()> {
        let (old, new) = (waiters(self.old)?, waiters(self.new)?);
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let sides = (old.get(name), new.get(name));
            if sides.0 == sides.1 {
                continue;
            }
            let operation = sides
                .1
                .or(sides.0)
                .and_then(|waiter| waiter.get("operation"));
            let operation = operation.and_then(Value::as_str).unwrap_or_default();
            let wanted = |view: &View<'_>| view.unit.operations.contains(operation);
            if !wanted(self.old) && !wanted(self.new) {
                continue;
            }
            let owner = Owner::Operation(operation.to_owned(), String::new());
            let pointer = format!("/waiters/{}", escape(name));
            let found = |level, kind| Found::new(level, kind, name, owner).part(Part::Waiters);
            self.push(match sides {
                (None, _) => found(Level::Additive, "waiter-added")
                    .change(format!("a waiter of `{operation}` was added"))
                    .consequence("none yet: nothing is generated from waiters")
                    .new_at(pointer),
                (_, None) => found(Level::Breaking, "waiter-removed")
                    .change(format!("the waiter of `{operation}` was removed"))
                    .consequence("who waits by it can no longer; nothing is generated from it yet")
                    .old(pointer),
                (Some(old), Some(new)) => found(Level::Behaviour, "waiter-changed")
                    .change(format!("the waiter of `{operation}` is another"))
                    .consequence("it polls otherwise, or ends at another state")
                    .detail(format!("{old}\0{new}"))
                    .both(pointer),
            });
        }
        Ok(())
    }

    /// The partitions of AWS, if the endpoint rules ask for them.
    pub(super) fn partitions(&mut self) -> Outcome<()> {
        let asks = |view: &View<'_>| {
            let rules = view.unit.endpoint_rules.as_ref();
            rules.is_some_and(|endpoint| endpoint.rules.asks_for_partitions())
        };
        let same = json(self.old) == json(self.new);
        // A side without a file says nothing of it.
        let known = json(self.old).is_some() && json(self.new).is_some();
        if same || !known || !(asks(self.old) || asks(self.new)) {
            return Ok(());
        }
        let (old, new) = (partitions(self.old)?, partitions(self.new)?);
        let subject = format!("{}.partitions", self.new.unit.service.name);
        for (kind, level, change, meaning) in changes(&old, &new) {
            let found = Found::new(level, kind, &subject, Owner::Service)
                .change(change)
                .consequence(meaning)
                .part(Part::Partitions);
            self.push(found.both("/partitions"));
        }
        Ok(())
    }
}

fn json<'m>(view: &View<'m>) -> Option<&'m [u8]> {
    view.file(Part::Partitions).map(|file| file.json.as_slice())
}

fn waiters(view: &View<'_>) -> Outcome<Map<String, Value>> {
    let Some(file) = view.file(Part::Waiters) else {
        return Ok(Map::new());
    };
    let parsed: Result<Waiters, _> = serde_json::from_slice(&file.json);
    parsed.map(|parsed| parsed.waiters).map_err(|error| {
        let message = format!("these are no waiters: {error}");
        vec![Diagnostic::new(message).file(&file.file)]
    })
}

fn partitions(view: &View<'_>) -> Outcome<Vec<Partition>> {
    view.file(Part::Partitions)
        .map_or(Ok(Vec::new()), |file| file.partitions())
}

type Change = (&'static str, Level, String, &'static str);

/// What is different in the partitions: what they are for a client, and which regions are known.
fn changes(old: &[Partition], new: &[Partition]) -> Vec<Change> {
    let mut changes = Vec::new();
    let regions = |partitions: &[Partition]| -> BTreeSet<String> {
        let regions = partitions
            .iter()
            .flat_map(|partition| partition.regions.clone());
        regions.collect()
    };
    let (before, after) = (regions(old), regions(new));
    let list = |regions: Vec<&String>| {
        let names: Vec<&str> = regions.into_iter().map(String::as_str).collect();
        names.join(", ")
    };
    let added = list(after.difference(&before).collect());
    if !added.is_empty() {
        let change = format!("regions were added: {added}");
        let meaning = "they are known by name, and no longer by what names of regions look like";
        changes.push(("regions-added", Level::Additive, change, meaning));
    }
    let removed = list(before.difference(&after).collect());
    if !removed.is_empty() {
        let change = format!("regions were removed: {removed}");
        let meaning = "requests to them go where their names say by pattern, if any does";
        changes.push(("regions-removed", Level::Behaviour, change, meaning));
    }
    let facts = |partitions: &[Partition]| -> Vec<Partition> {
        let facts = partitions.iter().map(|partition| Partition {
            regions: Vec::new(),
            ..partition.clone()
        });
        facts.collect()
    };
    if facts(old) != facts(new) {
        let change = "partitions have other facts, or are others".to_owned();
        let meaning = "requests may go to another endpoint";
        changes.push(("partitions-changed", Level::Behaviour, change, meaning));
    }
    changes
}
