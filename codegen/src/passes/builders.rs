//! Structures that some request of the service contains: those that callers build.
//!
//! The whole service is asked, not the selection, so that naming one more operation in the manifest
//! changes no type that is there already.

use super::Unit;
use super::select::closure;
use crate::error::Diagnostic;
use crate::ir;
use std::collections::BTreeSet;

pub(super) fn run(unit: &mut Unit, _: &mut Vec<Diagnostic>) {
    let requests: Vec<ir::Operation> = unit
        .service
        .operations
        .values()
        .map(|operation| ir::Operation {
            output: None,
            errors: Vec::new(),
            ..operation.clone()
        })
        .collect();
    unit.built = closure(&unit.service, requests.iter(), &BTreeSet::new())
        .into_iter()
        .filter(|(_, reached)| reached.nested)
        .map(|(name, _)| name)
        .collect();
}
