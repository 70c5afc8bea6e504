//! Shapes whose values must not be printed by who holds them: sensitive ones, and lists and maps
//! of such. Structures, unions and enums hide their own secrets.

use super::Unit;
use crate::error::Diagnostic;
use crate::ir;
use std::collections::BTreeSet;

pub(super) fn run(unit: &mut Unit, _: &mut Vec<Diagnostic>) {
    let mut redacted: BTreeSet<String> = unit
        .shapes()
        .filter(|(shape, _)| shape.sensitive)
        .map(|(shape, _)| shape.name.clone())
        .collect();
    // Lists of lists need as many rounds as they are deep.
    loop {
        let more: Vec<String> = unit
            .shapes()
            .filter(|(shape, _)| !redacted.contains(&shape.name) && holds(shape, &redacted))
            .map(|(shape, _)| shape.name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        redacted.extend(more);
    }
    unit.redacted = redacted;
}

fn holds(shape: &ir::Shape, redacted: &BTreeSet<String>) -> bool {
    match &shape.kind {
        ir::Kind::List(list) => redacted.contains(&list.element.target),
        ir::Kind::Map(map) => {
            redacted.contains(&map.key.target) || redacted.contains(&map.value.target)
        }
        _ => false,
    }
}
