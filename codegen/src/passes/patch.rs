//! Corrections to a model, as data: `patches.toml` beside it.
//!
//! Each has a reason and a link, and says what it expects to find. One that no longer applies is an
//! error, so that the table holds nothing that AWS has mended.

use super::Unit;
use crate::error::{Diagnostic, Position, near_miss};
use crate::ir;
use serde::Deserialize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// One correction.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    entry: Entry,
    file: PathBuf,
    position: Position,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    patch: Vec<Spanned<Entry>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The shape that it changes something of.
    shape: String,
    /// The member that it changes.
    member: Option<String>,
    /// The value of an enum that it changes.
    value: Option<String>,
    /// What it does.
    action: Action,
    /// Why.
    reason: String,
    /// Where to read more.
    link: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum Action {
    /// Gives the shape, member or value another name in Rust, made from this.
    Rename(String),
    /// Takes `required` from the member.
    Optional,
}

/// Reads a table of patches.
pub(crate) fn parse(file: &Path, text: &str) -> Result<Vec<Patch>, Diagnostic> {
    let at = |span: Range<usize>| Position::of_offset(text, span.start);
    let table: Table = toml::from_str(text).map_err(|error| {
        let diagnostic = Diagnostic::new(error.message()).file(file).help(
            "a patch has a shape, a member or value, an action (`{ rename = \"…\" }` or \
             \"optional\"), a reason and a link",
        );
        match error.span() {
            Some(span) => diagnostic.position(at(span)),
            None => diagnostic,
        }
    })?;
    let patches = table.patch.into_iter().map(|entry| Patch {
        position: at(entry.span()),
        entry: entry.into_inner(),
        file: file.to_owned(),
    });
    Ok(patches.collect())
}

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    for patch in std::mem::take(&mut unit.patches) {
        if let Err((message, near)) = patch.entry.apply(unit) {
            let diagnostic =
                Diagnostic::new(format!("this patch no longer applies: {message}"))
                    .file(&patch.file)
                    .position(patch.position)
                    .help(near.unwrap_or_else(|| {
                        "if AWS has mended the model, remove the patch".to_owned()
                    }));
            problems.push(diagnostic);
        }
        unit.patches.push(patch);
    }
}

/// What is not as the patch expects, and a near miss.
type Mismatch = (String, Option<String>);

impl Entry {
    fn apply(&self, unit: &mut Unit) -> Result<(), Mismatch> {
        for (key, text) in [("reason", &self.reason), ("link", &self.link)] {
            if text.trim().is_empty() {
                return Err((format!("its `{key}` is empty"), None));
            }
        }
        let shapes = &mut unit.service.shapes;
        let Some(shape) = shapes.get_mut(&self.shape) else {
            let near = near_miss(&self.shape, shapes.keys().map(String::as_str));
            return Err((format!("there is no shape `{}`", self.shape), near));
        };
        match (&self.action, &self.member, &self.value) {
            (Action::Optional, Some(member), None) => optional(shape, member),
            (Action::Rename(to), Some(member), None) => {
                find_member(shape, member)?;
                unit.names.rename(&self.shape, Some(member), to);
                Ok(())
            }
            (Action::Rename(to), None, Some(value)) => {
                find_value(shape, value)?;
                unit.names.rename(&self.shape, Some(value), to);
                Ok(())
            }
            (Action::Rename(to), None, None) => {
                unit.names.rename(&self.shape, None, to);
                Ok(())
            }
            _ => {
                let message =
                    "`optional` goes with a member; `rename` with a member, a value or neither";
                Err((message.to_owned(), None))
            }
        }
    }
}

fn find_member<'s>(shape: &'s mut ir::Shape, name: &str) -> Result<&'s mut ir::Member, Mismatch> {
    let (ir::Kind::Structure(structure) | ir::Kind::Union(structure)) = &mut shape.kind else {
        return Err((format!("`{}` has no members", shape.name), None));
    };
    let names = structure.members.iter().map(|member| member.name.as_str());
    let near = near_miss(name, names);
    let found = structure
        .members
        .iter_mut()
        .find(|member| member.name == name);
    found.ok_or_else(|| (format!("`{}` has no member `{name}`", shape.name), near))
}

fn find_value(shape: &ir::Shape, value: &str) -> Result<(), Mismatch> {
    let ir::Kind::Enumeration(values) = &shape.kind else {
        return Err((format!("`{}` is no enum", shape.name), None));
    };
    if values.iter().any(|known| known == value) {
        return Ok(());
    }
    let near = near_miss(value, values.iter().map(String::as_str));
    Err((format!("`{}` has no value `{value}`", shape.name), near))
}

fn optional(shape: &mut ir::Shape, name: &str) -> Result<(), Mismatch> {
    let member = find_member(shape, name)?;
    if !member.required {
        return Err((format!("`{name}` is not required"), None));
    }
    member.required = false;
    Ok(())
}
