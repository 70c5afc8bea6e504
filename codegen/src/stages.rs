//! The stages one by one, for benchmarks and tests. No part of the library's interface.

use crate::beside::Beside;
use crate::error::Diagnostic;
use crate::input::Operations;
use crate::passes::{self, Unit};
use crate::{emit, ir, lower, model, render};
use std::path::Path;

/// JSON to the strict mirror: the number of its shapes.
pub fn parse(json: &[u8]) -> Result<usize, Diagnostic> {
    model::read(Path::new("model"), json).map(|model: model::Service<'_>| model.shapes.len())
}

/// The same, and to the IR.
pub fn lowered(json: &[u8]) -> Result<ir::Service, Vec<Diagnostic>> {
    let model: model::Service<'_> =
        model::read(Path::new("model"), json).map_err(|problem| vec![problem])?;
    lower::lower("service", &model, None)
}

/// Endpoint rules in the format of `endpoint-rule-set-1.json` to the file of their Rust.
pub fn endpoint_rules(json: &[u8]) -> Result<String, Vec<Diagnostic>> {
    let source = "endpoint-rule-set-1.json";
    let rules = Beside::new(source, json).rules()?;
    Ok(render::file(emit::endpoint_rules(
        "service", &rules, source,
    )))
}

/// Partitions in the format of `partitions.json` to the file of their Rust.
pub fn partitions(json: &[u8]) -> Result<String, Vec<Diagnostic>> {
    let source = "partitions.json";
    let partitions = Beside::new(source, json).partitions()?;
    Ok(render::file(emit::partitions(&partitions, source)))
}

/// A service after the passes.
pub struct Passed(Unit);

/// The IR through the passes.
pub fn passed(service: ir::Service, operations: Operations) -> Result<Passed, Vec<Diagnostic>> {
    let mut unit = Unit::new(service, operations, Vec::new());
    passes::run(&mut unit)?;
    Ok(Passed(unit))
}

/// Items, not yet text.
pub struct Emitted(Vec<emit::File>);

impl Passed {
    /// To items.
    pub fn emit(&self) -> Result<Emitted, Diagnostic> {
        let files = emit::jobs(&self.0)?;
        let files = files
            .iter()
            .map(|job| emit::file(&self.0, "model", "aws", job));
        files.collect::<Result<_, _>>().map(Emitted)
    }
}

impl Emitted {
    /// To text: its length in bytes.
    pub fn render(self) -> usize {
        self.0
            .into_iter()
            .map(|file| render::file(file).len())
            .sum()
    }
}
