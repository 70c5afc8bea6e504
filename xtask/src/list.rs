//! `cargo xtask list`.

use crate::args::List;
use crate::output::{self, Failure, Outcome};
use smithereen_codegen::Catalogue;

/// Services, operations, or the shapes that an operation needs.
pub(crate) fn run(options: &List) -> Result<Outcome, Failure> {
    let catalogue = Catalogue::open(&options.manifest.path())?;
    let rows = match (&options.service, &options.operation) {
        (None, _) => services(&catalogue)?,
        (Some(service), None) => operations(&catalogue, service)?,
        (Some(service), Some(operation)) => shapes(&catalogue, service, operation)?,
    };
    output::table(&rows)?;
    Ok(Outcome::Fine)
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
