//! The operations and exceptions that the manifest names, and the closure of shapes that they need.

use super::Unit;
use crate::error::{Diagnostic, near_miss};
use crate::ir;
use crate::{Exceptions, Operations};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How a shape came into the closure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The first way to it: `DescribeBackupJobOutput.RecoveryPointLifecycle`.
    pub by: String,
    /// Whether another shape refers to it. The structure of a request or response need not be.
    pub nested: bool,
    /// Whether it is the structure of a request or a response.
    pub message: bool,
    /// Whether it is an error of an operation, or an exception that is asked for.
    pub error: bool,
}

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    let known = &unit.service.operations;
    unit.operations = match &unit.wanted {
        Operations::All => known.keys().cloned().collect(),
        Operations::Named(names) => names
            .iter()
            .filter(|name| {
                let found = known.contains_key(&name.name);
                if !found {
                    problems.push(unknown(&unit.service, name));
                }
                found
            })
            .map(|name| name.name.clone())
            .collect(),
    };
    unit.exceptions = exceptions(unit, problems);
    unit.closure = closure(&unit.service, unit.operations(), &unit.exceptions);
}

/// The exceptions that are asked for.
fn exceptions(unit: &Unit, problems: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    let known = || unit.service.exceptions();
    let names = match (&unit.wanted, &unit.wanted_exceptions) {
        (Operations::Named(_), Exceptions::Named(names)) if names.is_empty() => {
            return BTreeSet::new();
        }
        (_, Exceptions::All) => return known().into_iter().map(str::to_owned).collect(),
        (_, Exceptions::Named(names)) => names,
    };
    let known = known();
    let is_known = |name: &&crate::Named| {
        let found = known.contains(name.name.as_str());
        if !found {
            problems.push(unknown_exception(&unit.service, &known, name));
        }
        found
    };
    let found: Vec<_> = names.iter().filter(is_known).collect();
    match &unit.wanted {
        // All operations come with all exceptions.
        Operations::All => known.iter().map(|name| (*name).to_owned()).collect(),
        Operations::Named(_) => found.into_iter().map(|name| name.name.clone()).collect(),
    }
}

/// What is said of an exception that the service does not have.
fn unknown_exception(
    service: &ir::Service,
    known: &BTreeSet<&str>,
    name: &crate::Named,
) -> Diagnostic {
    let what = match service.shape(&name.name) {
        Some(_) => format!("`{}` of {} is no exception", name.name, service.name),
        None => format!("no exception `{}` in {}", name.name, service.name),
    };
    let all = match known.len() {
        0 => "its model has none".to_owned(),
        _ => format!("its model has {}", sample(known)),
    };
    let near = near_miss(&name.name, known.iter().copied());
    name.diagnostic(what).help(near.unwrap_or(all))
}

/// The first of many names.
fn sample(names: &BTreeSet<&str>) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    let mut text = shown.join(", ");
    if names.len() > SHOWN {
        text.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    text
}

/// What is said of an operation that the service does not have.
pub(crate) fn unknown(service: &ir::Service, name: &crate::Named) -> Diagnostic {
    let message = format!("no operation `{}` in {}", name.name, service.name);
    let near = near_miss(&name.name, service.operations.keys().map(String::as_str));
    let list = format!("`list {}` shows all operations", service.name);
    let mut diagnostic = Diagnostic::new(message).help(near.unwrap_or(list));
    if let Some((file, position)) = &name.place {
        diagnostic = diagnostic.file(file).position(*position);
    }
    diagnostic
}

/// All shapes that the operations and exceptions need, breadth first, so that the first way to a shape is short.
pub(crate) fn closure<'s>(
    service: &'s ir::Service,
    operations: impl Iterator<Item = &'s ir::Operation>,
    exceptions: &BTreeSet<String>,
) -> BTreeMap<String, Reached> {
    let mut closure: BTreeMap<String, Reached> = BTreeMap::new();
    let mut queue = VecDeque::new();
    for operation in operations {
        let input = operation.input.iter().map(|body| (&body.shape, "input"));
        let output = operation.output.iter().map(|body| (&body.shape, "output"));
        let errors = operation.errors.iter().map(|shape| (shape, "error"));
        for (shape, role) in input.chain(output).chain(errors) {
            let reached = closure.entry(shape.clone()).or_insert_with(|| {
                queue.push_back(shape.as_str());
                Reached {
                    by: format!("{} {role}", operation.name),
                    ..Reached::default()
                }
            });
            reached.error |= role == "error";
            reached.message |= role != "error";
        }
    }
    for shape in exceptions.iter().filter_map(|name| service.shape(name)) {
        let reached = closure.entry(shape.name.clone()).or_insert_with(|| {
            queue.push_back(shape.name.as_str());
            Reached {
                by: "exception of the service".to_owned(),
                ..Reached::default()
            }
        });
        reached.error = true;
    }
    while let Some(name) = queue.pop_front() {
        for (step, target) in service.shape(name).iter().flat_map(|s| s.references()) {
            let reached = closure.entry(target.to_owned()).or_insert_with(|| {
                queue.push_back(target);
                let dot = if step.starts_with(['[', '{']) {
                    ""
                } else {
                    "."
                };
                Reached {
                    by: format!("{name}{dot}{step}"),
                    ..Reached::default()
                }
            });
            reached.nested = true;
        }
    }
    closure
}
