//! What people see.

use console::{Style, measure_text_width, pad_str};
use similar::{ChangeTag, TextDiff};
use smithereen_codegen::{Change, Error, Status};
use std::fmt;
use std::io::{self, Write};

/// How a command ends, if it does not fail.
pub(crate) enum Outcome {
    /// All is as it should be.
    Fine,
    /// Generated files are not what would be generated.
    Drift,
    /// Models have changed in a way that was to fail.
    Changes,
}

/// Why a command fails.
pub(crate) enum Failure {
    /// Something in the manifest or the models.
    Codegen(Error),
    /// Something else, in words.
    Other(String),
    /// Output that could not be written.
    Io(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Codegen(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Codegen(error) => write!(f, "{error}"),
            Self::Other(message) => writeln!(f, "error: {message}"),
            Self::Io(error) => writeln!(f, "error: cannot read or write: {error}"),
        }
    }
}

/// Prints why a command fails.
pub(crate) fn failure(failure: &Failure) {
    // A reader that has seen enough is no failure to report.
    if matches!(failure, Failure::Io(error) if error.kind() == io::ErrorKind::BrokenPipe) {
        return;
    }
    let text = failure.to_string();
    let (red, cyan) = (
        Style::new().for_stderr().red().bold(),
        Style::new().for_stderr().cyan(),
    );
    let mut errors = 0;
    for line in text.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            errors += 1;
            eprintln!("{} {message}", red.apply_to("error:"));
        } else if let Some(help) = line.strip_prefix("  help: ") {
            eprintln!("  {} {help}", cyan.apply_to("help:"));
        } else {
            eprintln!("{line}");
        }
    }
    if errors > 1 {
        eprintln!("\n{errors} errors; nothing was written");
    }
}

/// Prints rows of cells, the first row bold; numbers to the right.
pub(crate) fn table(rows: &[Vec<String>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| measure_text_width(cell))
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let numeric: Vec<bool> = (0..columns)
        .map(|column| {
            let mut cells = rows.iter().skip(1).filter_map(|row| row.get(column));
            cells.all(|cell| cell.starts_with(|first: char| first.is_ascii_digit()))
        })
        .collect();
    let mut out = io::stdout().lock();
    for (index, row) in rows.iter().enumerate() {
        let cells = row
            .iter()
            .zip(&widths)
            .zip(&numeric)
            .map(|((cell, width), numeric)| {
                let alignment = if *numeric {
                    console::Alignment::Right
                } else {
                    console::Alignment::Left
                };
                pad_str(cell, *width, alignment, None).into_owned()
            });
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        if index == 0 {
            writeln!(out, "{}", Style::new().bold().apply_to(line))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Lines of difference that are shown for one file, and for all.
const PER_FILE: usize = 40;
const IN_ALL: usize = 200;

/// Prints every file that has drifted, with a bounded diff.
pub(crate) fn drift(changes: &[&Change]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let bold = Style::new().bold();
    for change in changes {
        let what = match change.status() {
            Status::Changed => "changed ",
            Status::Missing => "missing ",
            Status::Orphaned => "orphaned",
            Status::Unchanged => continue,
        };
        writeln!(out, "{} {}", bold.apply_to(what), change.file().display())?;
    }
    let mut left = IN_ALL;
    for change in changes {
        if left == 0 {
            writeln!(out, "\n… more files differ than are shown")?;
            break;
        }
        writeln!(out)?;
        left -= diff(&mut out, change, left.min(PER_FILE))?;
    }
    Ok(())
}

/// Prints a unified diff of at most `most` lines; how many it was.
fn diff(out: &mut impl Write, change: &Change, most: usize) -> io::Result<usize> {
    let (old, new) = (
        change.on_disk().unwrap_or_default(),
        change.generated().unwrap_or_default(),
    );
    let path = change.file();
    let diff = TextDiff::from_lines(old, new);
    writeln!(out, "--- {} (on disk)", path.display())?;
    writeln!(out, "+++ {} (generated)", path.display())?;
    let (red, green, cyan) = (
        Style::new().red(),
        Style::new().green(),
        Style::new().cyan(),
    );
    let mut shown = 0;
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        if shown < most {
            writeln!(out, "{}", cyan.apply_to(hunk.header()))?;
        }
        for line in hunk.iter_changes() {
            if shown < most {
                let text = line.value().trim_end_matches('\n');
                match line.tag() {
                    ChangeTag::Delete => writeln!(out, "{}", red.apply_to(format!("-{text}")))?,
                    ChangeTag::Insert => writeln!(out, "{}", green.apply_to(format!("+{text}")))?,
                    ChangeTag::Equal => writeln!(out, " {text}")?,
                }
            }
            shown += 1;
        }
    }
    if shown > most {
        writeln!(out, "… {} more lines differ in this file", shown - most)?;
    }
    Ok(shown.min(most))
}
