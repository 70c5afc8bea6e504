//! What is kept of a service, and what is known of it before any Rust is made.
//!
//! The passes are [`PASSES`], in order. Each finds all that is wrong in its part and goes on, so
//! that one run reports everything.

mod builders;
mod cycles;
mod names;
pub(crate) mod patch;
mod select;
mod sensitivity;
mod validate;

pub(crate) use names::{Names, field_name, rust_name};
pub use patch::AppliedPatch;
pub(crate) use patch::Patch;
pub(crate) use select::{Reached, closure, unknown as unknown_operation};

use crate::error::Diagnostic;
use crate::ir;
use crate::{Exceptions, Operations};
use std::collections::{BTreeMap, BTreeSet};

/// A service on its way through the passes, and what they found out.
#[derive(Debug)]
pub(crate) struct Unit {
    /// The service. Nothing but patches changes it.
    pub service: ir::Service,
    /// What the manifest asks for.
    pub wanted: Operations,
    /// The exceptions that it asks for.
    pub wanted_exceptions: Exceptions,
    /// Where its requests go, if the model says.
    pub endpoint_rules: Option<EndpointRules>,
    /// Corrections to the model that are still to be applied.
    pub patches: Vec<Patch>,
    /// Those that are in force, in the order of their table.
    pub applied: Vec<AppliedPatch>,
    /// The operations to generate, by name.
    pub operations: BTreeSet<String>,
    /// The exceptions to generate that those may not name.
    pub exceptions: BTreeSet<String>,
    /// The shapes that all these need, each with the way by which it was reached first.
    pub closure: BTreeMap<String, Reached>,
    /// Members that hold their target in a box, as (shape, member).
    pub boxed: BTreeSet<(String, String)>,
    /// Shapes whose values must not be printed by who holds them.
    pub redacted: BTreeSet<String>,
    /// Structures that some request of the service contains, which therefore get a builder.
    pub built: BTreeSet<String>,
    /// What everything is called in Rust.
    pub names: Names,
}

/// Endpoint rules, which no pass changes.
#[derive(Debug)]
pub(crate) struct EndpointRules {
    /// The file that they come from, for its header.
    pub source: String,
    /// The rules.
    pub rules: ir::endpoint::RuleSet,
}

impl Unit {
    pub fn new(service: ir::Service, wanted: Operations, patches: Vec<Patch>) -> Self {
        Self {
            service,
            wanted,
            wanted_exceptions: Exceptions::default(),
            endpoint_rules: None,
            patches,
            applied: Vec::new(),
            operations: BTreeSet::new(),
            exceptions: BTreeSet::new(),
            closure: BTreeMap::new(),
            boxed: BTreeSet::new(),
            redacted: BTreeSet::new(),
            built: BTreeSet::new(),
            names: Names::default(),
        }
    }

    /// Whether the endpoint rules need the partitions of AWS.
    pub fn asks_for_partitions(&self) -> bool {
        let rules = self.endpoint_rules.as_ref();
        rules.is_some_and(|endpoint| endpoint.rules.asks_for_partitions())
    }

    /// The operations to generate.
    pub fn operations(&self) -> impl Iterator<Item = &ir::Operation> {
        let operations = &self.service.operations;
        self.operations
            .iter()
            .filter_map(|name| operations.get(name))
    }

    /// Whether a correction is to something that is generated.
    pub fn is_touched_by(&self, patch: &AppliedPatch) -> bool {
        let shape = patch.shape.as_ref();
        let operation = patch.operation.as_ref();
        shape.is_some_and(|shape| self.closure.contains_key(shape))
            || operation.is_some_and(|operation| self.operations.contains(operation))
    }

    /// The shapes to generate.
    pub fn shapes(&self) -> impl Iterator<Item = (&ir::Shape, &Reached)> {
        let shapes = &self.service.shapes;
        self.closure
            .iter()
            .filter_map(|(name, reached)| Some((shapes.get(name)?, reached)))
    }
}

/// A step from the IR to a unit that is ready to emit. Name and reason are for who reads the list.
#[allow(dead_code)]
pub(crate) struct Pass {
    /// What it is called.
    pub name: &'static str,
    /// Why it stands where it stands.
    pub reason: &'static str,
    /// Does it.
    pub run: fn(&mut Unit, &mut Vec<Diagnostic>),
}

/// All passes, in order.
pub(crate) const PASSES: &[Pass] = &[
    Pass {
        name: "patch",
        reason: "first, so that nothing sees the model uncorrected",
        run: patch::run,
    },
    Pass {
        name: "select",
        reason: "before all that looks at the closure only",
        run: select::run,
    },
    Pass {
        name: "cycles",
        reason: "a structure that contains itself needs a box, wherever it is reached from",
        run: cycles::run,
    },
    Pass {
        name: "sensitivity",
        reason: "what holds a secret has to know, through lists and maps",
        run: sensitivity::run,
    },
    Pass {
        name: "builders",
        reason: "asks the whole service, so that the manifest never changes a type",
        run: builders::run,
    },
    Pass {
        name: "names",
        reason: "the one place where Rust names are made; needs the closure and the patches",
        run: names::run,
    },
    Pass {
        name: "validate",
        reason: "last: what is left and cannot be generated is an error, never a silent gap",
        run: validate::run,
    },
];

/// Corrects the service; everything that does not apply, if something does not.
pub(crate) fn correct(unit: &mut Unit) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    patch::run(unit, &mut problems);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Runs the passes that choose shapes; everything that they found wrong, if they did.
pub(crate) fn choose(unit: &mut Unit) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    patch::run(unit, &mut problems);
    select::run(unit, &mut problems);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Runs what a comparison needs. Operations that are not there are the comparison's to judge, and
/// names that meet are the generator's to refuse.
pub(crate) fn survey(unit: &mut Unit) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    patch::run(unit, &mut problems);
    let mut ignored = Vec::new();
    for pass in [
        select::run,
        cycles::run,
        sensitivity::run,
        builders::run,
        names::run,
    ] {
        pass(unit, &mut ignored);
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Runs all passes; everything that they found wrong, if they did.
pub(crate) fn run(unit: &mut Unit) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    for pass in PASSES {
        (pass.run)(unit, &mut problems);
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}
