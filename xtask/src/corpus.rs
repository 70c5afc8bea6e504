//! `cargo xtask corpus`.

mod compile;

use crate::args;
use crate::output::{self, Failure, Outcome};
use compile::{Compiled, Compiler};
use indicatif::{ProgressBar, ProgressStyle};
use smithereen_codegen::{Corpus, CorpusModel, CorpusRow};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Generates the models, and compiles them if asked to.
pub(crate) fn run(options: &args::Corpus) -> Result<Outcome, Failure> {
    let manifest = options.manifest.path();
    let patches = manifest.with_file_name("models");
    let corpus = Corpus::open(&options.botocore, Some(&patches))?;
    let models = chosen(&corpus, options)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = options.jobs.filter(|jobs| *jobs > 0);
    let start = Instant::now();
    let bar = progress(models.len());
    let rows = corpus.generate(&models, Some(&options.out), jobs.unwrap_or(cores), &|row| {
        if row.written > 0 {
            compile::forget(&options.out, &row.model);
        }
        bar.set_message(row.model.service.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    let elapsed = start.elapsed();
    let mut compiled = Vec::new();
    if options.compile {
        let project = match manifest.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let compiler = Compiler::new(&options.out, project)?;
        compiled = compile_all(&compiler, &rows, jobs.unwrap_or(1));
    }
    output::table(&table(&rows, &compiled))?;
    let failed = failures(&rows, &compiled)?;
    writeln!(
        std::io::stdout(),
        "\n{} models of {} services in {:.2} s: {} operations, {} shapes, {} members; \
         {} lines in {} files, of which {} were written; {failed} failed",
        rows.len(),
        rows.iter().filter(|row| row.model.newest).count(),
        elapsed.as_secs_f64(),
        sum(&rows, |row| row.contents.operations),
        sum(&rows, |row| row.contents.shapes),
        sum(&rows, |row| row.contents.members),
        sum(&rows, |row| row.contents.lines),
        sum(&rows, |row| row.contents.files),
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
        if !corpus
            .models()
            .iter()
            .any(|model| model.service == *service)
        {
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

/// What has become of the crates, in the order of the rows; nothing of those that were not
/// generated.
type CompiledRows = Vec<Option<Result<Compiled, Failure>>>;

/// Compiles what was generated, the largest first and so many at a time.
fn compile_all(compiler: &Compiler, rows: &[CorpusRow], jobs: usize) -> CompiledRows {
    let mut order: Vec<usize> = (0..rows.len())
        .filter(|index| rows[*index].error.is_none())
        .collect();
    order.sort_by_key(|index| std::cmp::Reverse(rows[*index].contents.lines));
    let bar = progress(order.len());
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    let next = AtomicUsize::new(0);
    let results: Mutex<CompiledRows> = Mutex::new(rows.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for job in 0..jobs {
            let (order, next, results, bar) = (&order, &next, &results, &bar);
            scope.spawn(move || {
                while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let model = &rows[*index].model;
                    bar.set_message(model.folder());
                    let result = compiler.compile(model, job);
                    if let Ok(mut results) = results.lock() {
                        results[*index] = Some(result);
                    }
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    results.into_inner().unwrap_or_default()
}

/// The cells of a crate: CPU seconds of the three steps, and the largest of their processes.
fn compiled_cells(compiled: &Compiled) -> Vec<String> {
    const MEBIBYTE: u64 = 1024 * 1024;
    let steps = [compiled.build, compiled.lint, compiled.document];
    let mut cells: Vec<String> = steps.map(|step| format!("{:.1}", step.cpu_seconds)).into();
    let peak = steps.map(|step| step.peak_bytes).into_iter().max();
    cells.push((peak.unwrap_or_default() / MEBIBYTE).to_string());
    cells
}

fn table(rows: &[CorpusRow], compiled: &CompiledRows) -> Vec<Vec<String>> {
    let mut header = vec![
        "service",
        "version",
        "protocol",
        "operations",
        "shapes",
        "lines",
        "ms",
    ];
    if !compiled.is_empty() {
        header.extend(["build s", "lint s", "doc s", "MiB"]);
    }
    header.push("result");
    let header = header.into_iter().map(str::to_owned).collect();
    let rows = rows.iter().enumerate().map(|(index, row)| {
        let compiled = compiled.get(index).map(Option::as_ref);
        let mut cells = vec![
            row.model.service.clone(),
            row.model.version.clone(),
            row.contents
                .protocol
                .map_or("?", |protocol| protocol.name())
                .to_owned(),
            row.contents.operations.to_string(),
            row.contents.shapes.to_string(),
            row.contents.lines.to_string(),
            format!("{:.1}", row.time.as_secs_f64() * 1000.0),
        ];
        match compiled {
            Some(Some(Ok(compiled))) => cells.extend(compiled_cells(compiled)),
            Some(_) => cells.extend((0..4).map(|_| "-".to_owned())),
            None => {}
        }
        cells.push(match (&row.error, compiled) {
            (None, Some(Some(Err(_)))) => "does not compile".to_owned(),
            (None, _) => "ok".to_owned(),
            (Some(error), _) => match error.diagnostics().len() {
                1 => "1 error".to_owned(),
                errors => format!("{errors} errors"),
            },
        });
        cells
    });
    std::iter::once(header).chain(rows).collect()
}

/// Prints why models fail; how many do.
fn failures(rows: &[CorpusRow], compiled: &CompiledRows) -> Result<usize, Failure> {
    let mut failed = 0;
    for (index, row) in rows.iter().enumerate() {
        let why = match (&row.error, compiled.get(index)) {
            (Some(error), _) => error.to_string(),
            (None, Some(Some(Err(failure)))) => failure.to_string(),
            _ => continue,
        };
        failed += 1;
        let CorpusModel {
            service, version, ..
        } = &row.model;
        writeln!(std::io::stdout(), "\n{service} {version}\n{why}")?;
    }
    Ok(failed)
}
