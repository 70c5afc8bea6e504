//! `cargo xtask list`.

use crate::args::List;
use crate::output::{self, Failure, Outcome};
use smithereen_codegen::{AppliedPatch, Catalogue};
use std::io::Write;

/// Services, operations, or the shapes that an operation needs.
pub(crate) fn run(options: &List) -> Result<Outcome, Failure> {
    let catalogue = Catalogue::open(&options.manifest.path())?;
    let (rows, patches) = match (&options.service, &options.operation) {
        (None, _) => (services(&catalogue)?, Vec::new()),
        (Some(service), None) => (
            operations(&catalogue, service)?,
            catalogue.patches(service)?,
        ),
        (Some(service), Some(operation)) => (
            shapes(&catalogue, service, operation)?,
            catalogue.patches_of(service, operation)?,
        ),
    };
    output::table(&rows)?;
    if !patches.is_empty() {
        writeln!(std::io::stdout())?;
        output::table(&corrections(patches))?;
    }
    Ok(Outcome::Fine)
}

/// A row for each correction that is in force.
fn corrections(patches: Vec<AppliedPatch>) -> Vec<Vec<String>> {
    let header = row(["correction of", "what it does", "why", "see"]);
    let rows = patches.into_iter().map(|patch| {
        let reason = patch
            .reason
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        vec![patch.subject, patch.action, reason, patch.link]
    });
    std::iter::once(header).chain(rows).collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn services(catalogue: &Catalogue) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = vec![row(["service", "operations", "version", "name"])];
    for name in catalogue.services()? {
        rows.push(match catalogue.service(&name) {
            Ok(service) => vec![
                name,
                service.operations.len().to_string(),
                service.metadata.api_version,
                service.metadata.full_name,
            ],
            // The rest is worth seeing all the same.
            Err(_) => {
                let hint = format!("cannot be read: `list {name}` says why");
                vec![name, "?".to_owned(), "?".to_owned(), hint]
            }
        });
    }
    Ok(rows)
}

fn operations(catalogue: &Catalogue, service: &str) -> Result<Vec<Vec<String>>, Failure> {
    let service = catalogue.service(service)?;
    let mut rows = vec![row(["operation", "method", "uri"])];
    rows.extend(service.operations.values().map(|operation| {
        vec![
            operation.name.clone(),
            operation.method.clone(),
            operation.uri.clone(),
        ]
    }));
    Ok(rows)
}

fn shapes(
    catalogue: &Catalogue,
    service: &str,
    operation: &str,
) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = vec![row(["shape", "type", "because of"])];
    let shapes = catalogue.closure(service, operation)?;
    rows.extend(
        shapes
            .into_iter()
            .map(|shape| vec![shape.name, shape.kind.to_owned(), shape.by]),
    );
    Ok(rows)
}
