//! `cargo xtask corpus`.

use crate::args;
use crate::output::{self, Failure, Outcome};
use indicatif::{ProgressBar, ProgressStyle};
use smithereen_codegen::{Corpus, CorpusModel, CorpusRow};
use std::io::Write;
use std::time::Instant;

/// Generates the models, and compiles them if asked to.
pub(crate) fn run(options: &args::Corpus) -> Result<Outcome, Failure> {
    let manifest = options.manifest.path();
    let patches = manifest.with_file_name("models");
    let corpus = Corpus::open(&options.botocore, Some(&patches))?;
    let models = chosen(&corpus, options)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let bar = progress(models.len());
    let rows = corpus.generate(
        &models,
        Some(&options.out),
        options.jobs.unwrap_or(cores),
        &|row| {
            bar.set_message(row.model.service.clone());
            bar.inc(1);
        },
    );
    bar.finish_and_clear();
    let elapsed = start.elapsed();
    output::table(&table(&rows))?;
    let failed = failures(&rows)?;
    writeln!(
        std::io::stdout(),
        "\n{} models of {} services in {:.2} s: {} operations, {} shapes, {} members; \
         {} lines in {} files, of which {} were written; {failed} failed",
        rows.len(),
        rows.iter().filter(|row| row.model.newest).count(),
        elapsed.as_secs_f64(),
        sum(&rows, |row| row.operations),
        sum(&rows, |row| row.shapes),
        sum(&rows, |row| row.members),
        sum(&rows, |row| row.lines),
        sum(&rows, |row| row.files),
        sum(&rows, |row| row.written),
    )?;
    Ok(if failed == 0 {
        Outcome::Fine
    } else {
        Outcome::Drift
    })
}

fn sum(rows: &[CorpusRow], of: impl Fn(&CorpusRow) -> usize) -> usize {
    rows.iter().map(of).sum()
}

/// The models that are asked for.
fn chosen(corpus: &Corpus, options: &args::Corpus) -> Result<Vec<CorpusModel>, Failure> {
    for service in &options.services {
        if !corpus.models().iter().any(|model| model.service == *service) {
            let message = format!("no model of a service `{service}` in this botocore");
            return Err(Failure::Other(message));
        }
    }
    let wanted = |model: &&CorpusModel| {
        let named = options.services.is_empty() || options.services.contains(&model.service);
        named && (model.newest || !options.newest)
    };
    Ok(corpus.models().iter().filter(wanted).cloned().collect())
}

/// A bar on standard error, where that is a terminal.
pub(crate) fn progress(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    match ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn table(rows: &[CorpusRow]) -> Vec<Vec<String>> {
    let header = [
        "service",
        "version",
        "protocol",
        "operations",
        "shapes",
        "lines",
        "ms",
        "result",
    ];
    let header = header.map(str::to_owned).to_vec();
    let rows = rows.iter().map(|row| {
        vec![
            row.model.service.clone(),
            row.model.version.clone(),
            row.protocol.map_or("?", |protocol| protocol.name()).to_owned(),
            row.operations.to_string(),
            row.shapes.to_string(),
            row.lines.to_string(),
            format!("{:.1}", row.time.as_secs_f64() * 1000.0),
            match &row.error {
                None => "ok".to_owned(),
                Some(error) => match error.diagnostics().len() {
                    1 => "1 error".to_owned(),
                    errors => format!("{errors} errors"),
                },
            },
        ]
    });
    std::iter::once(header).chain(rows).collect()
}

/// Prints why models fail; how many do.
fn failures(rows: &[CorpusRow]) -> Result<usize, Failure> {
    let mut failed = 0;
    for row in rows {
        if let Some(error) = &row.error {
            failed += 1;
            write!(
                std::io::stdout(),
                "\n{} {}\n{error}",
                row.model.service,
                row.model.version
            )?;
        }
    }
    Ok(failed)
}
