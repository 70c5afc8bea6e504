//! `cargo xtask diff`.

use crate::args::diff::{Diff, FailOn, Format, Shown};
use crate::output::{Failure, Outcome};
use console::{Style, Term};
use indicatif::{ProgressBar, ProgressStyle};
use smithereen_codegen::diff::format::{self, Mark};
use smithereen_codegen::diff::{self, Date, Ignores, Level, Review};
use smithereen_codegen::{Choice, Diagnostic, Error, Model, Side, near_miss};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// Compares two sides, and shows what changed.
pub(crate) fn run(options: &Diff) -> Result<Outcome, Failure> {
    let manifest = options.manifest.path();
    let (old, new, ignores) = all(
        Side::parse(&options.old),
        Side::parse(&options.new),
        ignores(options.ignore.as_deref(), &manifest),
    )?;
    let review = Review::new(compared(options, &manifest, &old, &new)?)
        .between(old.to_string(), new.to_string())
        .of_version(diff::crate_version(&manifest));
    let review = ignores.apply(review, today());
    let worst = review.report.worst();
    let review = match options.level {
        Some(level) => review.from_level(level.into()),
        None => review,
    };
    show(options, &review)?;
    let fails = options
        .fail_on
        .is_some_and(|level| worst >= Some(level.into()));
    Ok(if fails {
        Outcome::Changes
    } else {
        Outcome::Fine
    })
}

/// A report for the terminal, as this command shows it without options.
pub(crate) fn terminal(
    report: diff::Report,
    [old, new]: [&str; 2],
    manifest: &Path,
) -> Result<String, Error> {
    let review = Review::new(report)
        .between(old, new)
        .of_version(diff::crate_version(manifest));
    let review = ignores(None, manifest)?.apply(review, today());
    Ok(format::text(&review, columns(), &paint))
}

/// All three, or everything that is wrong with any.
fn all<A, B, C>(
    one: Result<A, Error>,
    two: Result<B, Error>,
    three: Result<C, Error>,
) -> Result<(A, B, C), Error> {
    match (one, two, three) {
        (Ok(one), Ok(two), Ok(three)) => Ok((one, two, three)),
        (one, two, three) => {
            let errors = [one.err(), two.err(), three.err()];
            let found = errors.iter().flatten().flat_map(Error::diagnostics);
            Err(found.cloned().collect::<Vec<_>>().into())
        }
    }
}

/// What is to be ignored, if anything.
fn ignores(file: Option<&Path>, manifest: &Path) -> Result<Ignores, Error> {
    if let Some(file) = file {
        return Ignores::read(file);
    }
    let file = manifest.with_file_name("diff-ignore.toml");
    if file.exists() {
        Ignores::read(&file)
    } else {
        Ok(Ignores::default())
    }
}

/// The comparison, with a bar where it takes long enough to look at one.
fn compared(
    options: &Diff,
    manifest: &Path,
    old: &Side,
    new: &Side,
) -> Result<diff::Report, Failure> {
    let choice = || match (options.all_services, options.all) {
        (true, _) => Choice::All,
        (false, true) if options.services.is_empty() => Choice::ManifestServices,
        (false, true) => Choice::Services(options.services.clone()),
        (false, false) => Choice::Manifest,
    };
    // Hidden where standard error is no terminal.
    let bar = match options.all_services {
        true => ProgressBar::no_length(),
        false => ProgressBar::hidden(),
    };
    bar.set_style(ProgressStyle::default_spinner());
    bar.set_message("reading the models");
    bar.tick();
    let sides = (
        old.models(manifest, choice()),
        new.models(manifest, choice()),
    );
    let (mut old, mut new, ()) = all(sides.0, sides.1, Ok(()))?;
    if !options.services.is_empty() {
        named(options, &mut old, &mut new)?;
    }
    let services: BTreeSet<&str> = old.iter().chain(&new).map(Model::name).collect();
    bar.set_length(services.len() as u64);
    let template = "{bar:30} {pos}/{len} services {wide_msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let report = diff::compare_telling(&old, &new, |service| {
        bar.set_message(service.to_owned());
        bar.inc(1);
    });
    bar.finish_and_clear();
    Ok(report?)
}

/// Keeps the models of the services that were named on the command line.
fn named(options: &Diff, old: &mut Vec<Model>, new: &mut Vec<Model>) -> Result<(), Error> {
    let known: BTreeSet<&str> = old.iter().chain(&*new).map(Model::name).collect();
    let unknown = options.services.iter();
    let unknown = unknown.filter(|name| !known.contains(name.as_str()));
    let problems: Vec<Diagnostic> = unknown
        .map(|name| match options.all {
            true => Diagnostic::new(format!("no service `{name}` on either side"))
                .help("`cargo xtask list` shows the services with a model here"),
            false => Diagnostic::new(format!("no service `{name}` in the manifest")).help(
                near_miss(name, known.iter().copied()).unwrap_or_else(|| {
                    "--all compares all operations of services that it does not name".to_owned()
                }),
            ),
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let wanted = |model: &Model| options.services.iter().any(|name| name == model.name());
    old.retain(wanted);
    new.retain(wanted);
    Ok(())
}

/// The date, for what is ignored until one.
fn today() -> Date {
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    Date {
        year: u16::try_from(now.year()).unwrap_or(u16::MAX),
        month: part(now.month()),
        day: part(now.day()),
    }
}

/// Prints the report, or writes it into a file.
fn show(options: &Diff, review: &Review) -> Result<(), Failure> {
    let text = match options.format {
        Format::Text if options.output.is_some() => {
            format::text(review, PAGE, &|_, text| text.to_owned())
        }
        Format::Text => format::text(review, columns(), &paint),
        Format::Markdown => format::markdown(review, format::BODY),
        Format::Json => format::json(review),
        Format::Github => format::github(review),
        Format::Bump => format!("{}\n", review.suggestion().bump),
    };
    match &options.output {
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
        Some(file) => std::fs::write(file, text)
            .map_err(|error| Failure::Other(format!("cannot write {}: {error}", file.display())))?,
    }
    Ok(())
}

/// Columns where there is no terminal.
const PAGE: usize = 100;

fn columns() -> usize {
    let size = Term::stdout().size_checked();
    size.map_or(PAGE, |(_, columns)| usize::from(columns))
}

fn paint(mark: Mark, text: &str) -> String {
    let style = match mark {
        Mark::Level(Level::Unhandled) => Style::new().magenta().bold(),
        Mark::Level(Level::Breaking) => Style::new().red().bold(),
        Mark::Level(Level::Behaviour) => Style::new().yellow().bold(),
        Mark::Level(Level::Additive) => Style::new().green(),
        Mark::Level(Level::Docs) => Style::new().blue(),
        Mark::Title => Style::new().bold(),
        Mark::Faint => Style::new().dim(),
    };
    style.apply_to(text).to_string()
}

impl From<FailOn> for Level {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Breaking => Self::Breaking,
            FailOn::Behaviour => Self::Behaviour,
            FailOn::Additive => Self::Additive,
        }
    }
}

impl From<Shown> for Level {
    fn from(level: Shown) -> Self {
        match level {
            Shown::Unhandled => Self::Unhandled,
            Shown::Breaking => Self::Breaking,
            Shown::Behaviour => Self::Behaviour,
            Shown::Additive => Self::Additive,
            Shown::Docs => Self::Docs,
        }
    }
}
