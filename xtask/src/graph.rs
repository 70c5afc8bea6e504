//! `cargo xtask graph`.

use crate::args::Manifest;
use crate::output::{Failure, Outcome};
use clap::{Args, ValueEnum};
use smithereen_codegen::graph::{self, Picture};
use smithereen_codegen::{Catalogue, Error, Model, Named, Operations, Side};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) const EXAMPLES: &str = "\
Examples:
  cargo xtask graph backup                      the operations that the manifest names, as Mermaid
  cargo xtask graph backup DescribeBackupJob --format svg --output closure.svg
  cargo xtask graph backup --old HEAD --changed
                                                what a change of the model touches, for a PR

How much is shown follows the size: all members up to 40 operations and shapes, those that lead to
another shape up to 120, names and counts beyond. GitHub draws Mermaid of at most 50,000 characters
and 500 edges: what would be larger is shown in less detail, and a warning says if that is not
enough.

Exit codes: 0 fine, 2 an error.";

#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// The service.
    pub service: String,

    /// Its operations. Without any, those that the manifest names, or all if it does not name the
    /// service.
    #[arg(conflicts_with = "all")]
    pub operations: Vec<String>,

    /// All operations of the service.
    #[arg(long)]
    pub all: bool,

    /// What to write: text for Markdown, text for Graphviz, or a picture.
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    pub format: Format,

    /// How much to show of what shapes consist of; without this, as much as the size allows.
    #[arg(long, value_enum)]
    pub members: Option<Members>,

    /// Mark what has changed since these models: a folder, a version of botocore, a git revision.
    #[arg(long, value_name = "SIDE")]
    pub old: Option<String>,

    /// Draw these models, and not those of the work tree.
    #[arg(long, value_name = "SIDE")]
    pub new: Option<String>,

    /// Only what has changed, and a way from an operation to it.
    #[arg(long, requires = "old")]
    pub changed: bool,

    /// Write to this file and not to standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub manifest: Manifest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Mermaid,
    Dot,
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Members {
    /// All members with their types, and the values of enums.
    All,
    /// Those that lead to another shape.
    Edges,
    /// Changed ones only; else counts.
    None,
}

impl From<Format> for graph::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Mermaid => Self::Mermaid,
            Format::Dot => Self::Dot,
            Format::Svg => Self::Svg,
        }
    }
}

impl From<Members> for graph::Members {
    fn from(members: Members) -> Self {
        match members {
            Members::All => Self::All,
            Members::Edges => Self::Edges,
            Members::None => Self::None,
        }
    }
}

/// Draws.
pub(crate) fn run(options: &Graph) -> Result<Outcome, Failure> {
    let graph = graph(options)?;
    if options.old.is_some() && graph.changes() == 0 {
        eprintln!("no change to these operations and their shapes");
    }
    let picture = graph.picture(options.format.into(), options.members.map(Into::into));
    write(options.output.as_deref(), &picture.text)?;
    warn(options, &picture);
    if let Some(path) = &options.output {
        let (operations, shapes) = graph.size();
        writeln!(
            std::io::stdout(),
            "{}: {operations} operations and {shapes} shapes in {} boxes with {} lines",
            path.display(),
            picture.boxes,
            picture.links
        )?;
    }
    Ok(Outcome::Fine)
}

fn graph(options: &Graph) -> Result<graph::Graph, Error> {
    let manifest = options.manifest.path();
    let catalogue = Catalogue::open(&manifest)?;
    let named = options.operations.iter();
    let named: Vec<Named> = named.map(|name| Named::from(name.as_str())).collect();
    let operations = match catalogue.wanted(&options.service) {
        _ if !named.is_empty() => Operations::Named(named),
        Some(wanted) if !options.all => wanted.clone(),
        _ => Operations::All,
    };
    let side = |text: &Option<String>| -> Result<Model, Error> {
        let side = match text {
            Some(text) => Side::parse(text)?,
            None => Side::work_tree(),
        };
        side.model(&manifest, &options.service)
    };
    let new = side(&options.new)?;
    let graph = match &options.old {
        Some(_) => graph::Graph::compare(&side(&options.old)?, &new, &operations)?,
        None => graph::Graph::new(&new, &operations)?,
    };
    Ok(if options.changed {
        graph.only_changed()
    } else {
        graph
    })
}

fn write(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    match path {
        None => Ok(std::io::stdout().lock().write_all(text.as_bytes())?),
        Some(path) => std::fs::write(path, text).map_err(|error| {
            Failure::Other(format!("cannot write: {error}\n  --> {}", path.display()))
        }),
    }
}

fn warn(options: &Graph, picture: &Picture) {
    let Some(why) = &picture.too_large else {
        return;
    };
    let mut remedies = Vec::new();
    if picture.members != graph::Members::None {
        remedies.push("leave --members out");
    }
    if options.old.is_some() && !options.changed {
        remedies.push("show only what has changed with --changed");
    }
    remedies.push("name fewer operations");
    remedies.push("write --format svg");
    eprintln!(
        "warning: GitHub will not draw this: {why}\n  help: {}",
        remedies.join(", or ")
    );
}
