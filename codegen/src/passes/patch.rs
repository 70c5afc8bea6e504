//! Corrections to a model, as data: `patches.toml` beside it.
//!
//! Each has a reason and a link, and says what it expects to find. One that no longer applies is an
//! error, so that the table holds nothing that AWS has mended.

use super::Unit;
use crate::error::{Diagnostic, Position, near_miss};
use crate::ir;
use crate::source::Patches;
use serde::Deserialize;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;

/// One correction.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    entry: Entry,
    file: PathBuf,
    position: Position,
    /// Whether it is passed over where it does not apply.
    lenient: bool,
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
pub(crate) fn parse(patches: &Patches) -> Result<Vec<Patch>, Diagnostic> {
    let Patches {
        file,
        text,
        lenient,
    } = patches;
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
        lenient: *lenient,
    });
    Ok(patches.collect())
}

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    for patch in std::mem::take(&mut unit.patches) {
        let wrong = match patch.entry.mistake() {
            Some(mistake) => Some(Diagnostic::new(mistake)),
            None if patch.lenient => {
                // Written for another model of the service.
                let _ = patch.entry.apply(unit);
                None
            }
            None => patch.entry.apply(unit).err().map(|(message, near)| {
                let mended = || "if AWS has mended the model, remove the patch".to_owned();
                Diagnostic::new(format!("this patch no longer applies: {message}"))
                    .help(near.unwrap_or_else(mended))
            }),
        };
        problems.extend(wrong.map(|wrong| wrong.file(&patch.file).position(patch.position)));
        unit.patches.push(patch);
    }
}

/// What is not as the patch expects, and a near miss.
type Mismatch = (String, Option<String>);

impl Entry {
    /// What is wrong with the patch itself.
    fn mistake(&self) -> Option<&'static str> {
        if self.reason.trim().is_empty() {
            return Some("a patch needs a reason");
        }
        if self.link.trim().is_empty() {
            return Some("a patch needs a link");
        }
        match (&self.action, &self.member, &self.value) {
            (_, Some(_), Some(_)) => Some("a patch has a member or a value, not both"),
            (Action::Optional, None, _) => Some("`optional` goes with a member"),
            _ => None,
        }
    }

    fn apply(&self, unit: &mut Unit) -> Result<(), Mismatch> {
        let shapes = &mut unit.service.shapes;
        let Some(shape) = shapes.get_mut(&self.shape) else {
            let near = near_miss(&self.shape, shapes.keys().map(String::as_str));
            return Err((format!("there is no shape `{}`", self.shape), near));
        };
        let item = match (&self.action, &self.member, &self.value) {
            (Action::Optional, Some(member), _) => return optional(shape, member),
            (_, Some(member), _) => {
                find_member(shape, member)?;
                Some(member)
            }
            (_, None, Some(value)) => {
                find_value(shape, value)?;
                Some(value)
            }
            (_, None, None) => None,
        };
        if let Action::Rename(to) = &self.action {
            unit.names.rename(&self.shape, item.map(String::as_str), to);
        }
        Ok(())
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
