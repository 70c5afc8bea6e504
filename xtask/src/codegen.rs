//! `cargo xtask codegen`.

use crate::args::Codegen;
use crate::output::{self, Failure, Outcome};
use smithereen_codegen::{Change, Generated, Generator, Status};
use std::io::Write;

/// Writes, checks or prints.
pub(crate) fn run(options: &Codegen) -> Result<Outcome, Failure> {
    let generator = Generator::from_manifest(&options.manifest.path())?;
    let generated = generator.generate()?;
    if let Some(path) = &options.print {
        return print(&generated, path);
    }
    if options.check {
        return check(options, &generated);
    }
    let changes = generated.write()?;
    output::table(&report(&generated, &changes))?;
    Ok(Outcome::Fine)
}

/// One generated file to standard output.
fn print(generated: &Generated, path: &str) -> Result<Outcome, Failure> {
    const SHOWN: usize = 20;
    let found = generated.crates().iter().find_map(|made| {
        // Paths as the shell completes them are as good as those within the crate.
        let full = std::path::absolute(path).ok();
        let root = std::path::absolute(made.root()).ok();
        let below = full.zip(root).and_then(|(full, root)| {
            let below = full.strip_prefix(root).ok()?;
            Some(below.to_string_lossy().replace('\\', "/"))
        });
        made.tree().get(below.as_deref().unwrap_or(path))
    });
    let Some(text) = found else {
        let crates = generated.crates().iter();
        let mut files: Vec<&str> = crates
            .flat_map(|made| made.tree().files())
            .map(|(path, _)| path)
            .collect();
        let more = files.len().saturating_sub(SHOWN);
        files.truncate(SHOWN);
        let mut list = files.join("\n    ");
        if more > 0 {
            list.push_str(&format!("\n    … and {more} more"));
        }
        let message = format!("no generated file `{path}`\n  help: the files are\n    {list}");
        return Err(Failure::Other(message));
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The gate: the writer's own diff, so that the two cannot disagree.
fn check(options: &Codegen, generated: &Generated) -> Result<Outcome, Failure> {
    let changes = generated.diff()?;
    let drifted: Vec<&Change> = changes.iter().filter(|change| change.differs()).collect();
    if drifted.is_empty() {
        writeln!(
            std::io::stdout(),
            "{} generated files are up to date",
            changes.len()
        )?;
        return Ok(Outcome::Fine);
    }
    output::drift(&drifted)?;
    let manifest = match &options.manifest.manifest_path {
        Some(path) => format!(" --manifest-path {}", path.display()),
        None => String::new(),
    };
    writeln!(
        std::io::stdout(),
        "\n{} of {} generated files are not up to date; mend them with\n    cargo xtask codegen{manifest}",
        drifted.len(),
        changes.len(),
    )?;
    Ok(Outcome::Drift)
}

/// A row for each service, and for the root of the crate.
fn report(generated: &Generated, changes: &[Change]) -> Vec<Vec<String>> {
    let header = [
        "service",
        "operations",
        "shapes",
        "files changed",
        "unchanged",
        "removed",
        "ms",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for service in generated.services() {
        let below = format!("{}/", service.module);
        let own =
            |change: &&Change| change.root() == service.root && change.path().starts_with(&below);
        let mut row = vec![
            service.service.clone(),
            service.operations.to_string(),
            service.shapes.to_string(),
        ];
        row.extend(counts(changes.iter().filter(own)));
        row.push(format!("{:.1}", service.time.as_secs_f64() * 1000.0));
        rows.push(row);
    }
    // What belongs to no service: roots, manifests, and what is left of services that are gone.
    let rest = changes.iter().filter(|change| {
        let of = |name: &str| change.path().starts_with(&format!("{name}/"));
        let mut services = generated.services().iter();
        !services.any(|service| change.root() == service.root && of(&service.module))
    });
    let mut row = vec!["(crate)".to_owned(), String::new(), String::new()];
    row.extend(counts(rest));
    rows.push(row);
    rows
}

/// How many files were changed, unchanged and removed.
fn counts<'c>(changes: impl Iterator<Item = &'c Change>) -> [String; 3] {
    let mut counts = [0_usize; 3];
    for change in changes {
        let column = match change.status() {
            Status::Changed | Status::Missing => 0,
            Status::Unchanged => 1,
            Status::Orphaned => 2,
        };
        counts[column] += 1;
    }
    counts.map(|count| count.to_string())
}
