//! `cargo xtask models`.

use crate::args::models::{Choice, Command, Fetch, Models, Status, Update, Verify};
use crate::diff;
use crate::output::{self, Failure, Outcome};
use console::Style;
use smithereen_codegen::Error;
use smithereen_codegen::diff::{Report, compare};
use smithereen_codegen::vendor::{
    self, FileChange, FileState, Origin, Plan, Source, Vendor, VendoredFile,
};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Looks, or changes what is vendored.
pub(crate) fn run(options: &Models) -> Result<Outcome, Failure> {
    match &options.command {
        Command::Status(options) => status(options),
        Command::Update(options) => update(options),
        Command::Add(options) => add(options),
        Command::Remove(options) => remove(options),
        Command::Verify(options) => verify(options),
        Command::Fetch(options) => fetch(options),
    }
}

fn status(options: &Status) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    let files = vendor.files()?;
    let mut out = io::stdout().lock();
    match vendor.source() {
        Some(source) => writeln!(out, "{}", from(source))?,
        None => writeln!(
            out,
            "There is no models.lock, so nobody knows where the models are from."
        )?,
    }
    writeln!(out)?;
    output::table(&services(&files))?;
    writeln!(out)?;
    let outcome = states(&mut out, &vendor, &files)?;
    if !options.offline {
        newest(&mut out, vendor.source())?;
    }
    Ok(outcome)
}

/// `botocore 1.44.5, SHA-256 …`.
fn from(source: &Source) -> String {
    let Source {
        name,
        version,
        sha256,
    } = source;
    match sha256 {
        Some(sum) => format!("{name} {version}, whose sdist has the SHA-256 {sum}"),
        None => format!("{name} {version}, from a folder: no sdist was seen"),
    }
}

/// A row for each version of a service.
fn services(files: &[VendoredFile]) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for file in files {
        let mut steps = file.path.splitn(3, '/');
        if let (Some(service), Some(version), Some(_)) = (steps.next(), steps.next(), steps.next())
        {
            *counts.entry([service, version]).or_default() += 1;
        }
    }
    let header = ["service", "version", "files"].map(str::to_owned).to_vec();
    let rows = counts.into_iter().map(|([service, version], files)| {
        vec![service.to_owned(), version.to_owned(), files.to_string()]
    });
    std::iter::once(header).chain(rows).collect()
}

/// Names the files that are not as they should be.
fn states(
    out: &mut impl Write,
    vendor: &Vendor,
    files: &[VendoredFile],
) -> Result<Outcome, Failure> {
    let mut wrong = 0;
    let bold = Style::new().bold();
    for file in files {
        let what = match file.state {
            FileState::Same => continue,
            FileState::Changed => "changed ",
            FileState::Missing => "missing ",
            FileState::Unlocked => "unlocked",
        };
        wrong += 1;
        let path = vendor.folder().join(&file.path);
        writeln!(out, "{} {}", bold.apply_to(what), path.display())?;
    }
    if wrong == 0 {
        writeln!(out, "{} files are what was vendored.", files.len())?;
        return Ok(Outcome::Fine);
    }
    let help = match vendor.source() {
        Some(source) => format!(
            "`cargo xtask models update --botocore {}` vendors them again; a file that is unlocked \
             and not botocore's has no place there",
            source.version
        ),
        None => "`cargo xtask models update` vendors the newest, and locks it".to_owned(),
    };
    writeln!(
        out,
        "\n{wrong} of {} files are not what was vendored.\n{help}.",
        files.len()
    )?;
    Ok(Outcome::Drift)
}

/// Says whether there is something newer; not to know is no failure.
fn newest(out: &mut impl Write, source: Option<&Source>) -> io::Result<()> {
    match (Vendor::newest(), source) {
        (Ok(newest), Some(source)) if vendor::is_newer(&newest, &source.version) => writeln!(
            out,
            "botocore {newest} is newer: `cargo xtask models update` brings it."
        ),
        (Ok(newest), Some(_)) => writeln!(out, "botocore {newest} is the newest."),
        (Ok(newest), None) => writeln!(
            out,
            "botocore {newest} is the newest: `cargo xtask models update` brings it."
        ),
        (Err(error), _) => {
            let text = error.to_string();
            let reason = text.lines().next().unwrap_or_default();
            let reason = reason.trim_start_matches("error: ");
            writeln!(
                out,
                "Whether there is something newer is not known: {reason}"
            )
        }
    }
}

fn update(options: &Update) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    let origin = match (&options.botocore, &options.from) {
        (Some(version), _) => Origin::version(version)?,
        (None, Some(path)) => Origin::Path(path.clone()),
        (None, None) => Origin::version(&Vendor::newest()?)?,
    };
    if let Origin::Version(version) = &origin
        && vendor.has_to_fetch(version)?
    {
        fetching(version);
    }
    let plan = vendor.update(&origin)?;
    let compared = compare(plan.old(), plan.new_models());
    if !options.dry_run {
        plan.apply()?;
    }
    let mut out = io::stdout().lock();
    let new = plan.source().map_or("", |source| source.version.as_str());
    match vendor.source() {
        Some(old) if old.version != new => writeln!(out, "botocore {} -> {new}", old.version)?,
        _ => writeln!(out, "botocore {new}")?,
    }
    files(&mut out, &plan)?;
    if plan.files().is_empty() {
        return Ok(Outcome::Fine);
    }
    writeln!(out)?;
    let old = vendor.source().map_or("nothing".to_owned(), |source| {
        format!("botocore {}", source.version)
    });
    let sides = [old.as_str(), &format!("botocore {new}")];
    report(&mut out, compared, sides, &options.manifest.path())?;
    let next = match options.dry_run {
        true => "Nothing was written.",
        false => CODEGEN,
    };
    writeln!(out, "\n{next}")?;
    Ok(Outcome::Fine)
}

/// What to do next.
const CODEGEN: &str = "`cargo xtask codegen` brings it into the client.";

/// What the new models mean for callers. They have been checked, so if that cannot be said it is
/// because of what was there before, or of what is to be ignored.
fn report(
    out: &mut impl Write,
    compared: Result<Report, Error>,
    sides: [&str; 2],
    manifest: &Path,
) -> io::Result<()> {
    let text = compared.and_then(|report| diff::terminal(report, sides, manifest));
    match text {
        Ok(text) => write!(out, "{text}"),
        Err(error) => write!(out, "What it means for callers cannot be said:\n{error}"),
    }
}

/// What takes a few seconds says so.
fn fetching(version: &str) {
    eprintln!("fetching botocore {version} …");
}

fn add(options: &Choice) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    if let Some(source) = vendor.source()
        && !vendor.has(&options.service)
        && !Vendor::is_cached(&source.version)
    {
        fetching(&source.version);
    }
    change(&vendor.add(&options.service, &options.operations)?)
}

fn remove(options: &Choice) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    change(&vendor.remove(&options.service, &options.operations)?)
}

/// Carries out a change to the manifest, and says what it was.
fn change(plan: &Plan) -> Result<Outcome, Failure> {
    plan.apply()?;
    let mut out = io::stdout().lock();
    for note in plan.notes() {
        writeln!(out, "{note}")?;
    }
    if !plan.files().is_empty() {
        files(&mut out, plan)?;
        writeln!(out, "{CODEGEN}")?;
    }
    Ok(Outcome::Fine)
}

/// Names the files that change.
fn files(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    let bold = Style::new().bold();
    for file in plan.files() {
        let what = match file.change {
            FileChange::Added => "added  ",
            FileChange::Changed => "changed",
            FileChange::Removed => "removed",
        };
        writeln!(out, "{} {}", bold.apply_to(what), file.path.display())?;
    }
    if plan.files().is_empty() {
        writeln!(out, "nothing changes")?;
    }
    Ok(())
}

fn verify(options: &Verify) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    let files = vendor.files()?;
    states(&mut io::stdout().lock(), &vendor, &files)
}

fn fetch(options: &Fetch) -> Result<Outcome, Failure> {
    let vendor = Vendor::open(&options.manifest.path())?;
    if let Some(source) = vendor.source()
        && !Vendor::is_cached(&source.version)
    {
        fetching(&source.version);
    }
    let folder = vendor.fetch()?;
    writeln!(io::stdout(), "{}", folder.display())?;
    Ok(Outcome::Fine)
}
