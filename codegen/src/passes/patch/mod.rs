//! Corrections to a model, as data: `patches.toml` beside it.
//!
//! Each has a reason and a link, and says what it expects to find. One that no longer applies is an
//! error, so that the table holds nothing that AWS has mended.
//!
//! | module | subject |
//! | --- | --- |
//! | [`action`] | what corrections there are, and what they need |
//! | [`shape`], [`member`], [`operation`] | what they do |

mod action;
mod member;
mod operation;
mod shape;

use super::Unit;
use crate::error::{Diagnostic, Position, near_miss};
use crate::ir;
use crate::source::Patches;
use action::{Action, Subject};
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

/// A correction that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppliedPatch {
    /// The shape that it changes something of, if it is one.
    pub shape: Option<String>,
    /// The operation that it changes something of, if it is one.
    pub operation: Option<String>,
    /// What it changes, for people: `Shape.Member`.
    pub subject: String,
    /// What it does, for people: `type: "timestamp" -> "string"`.
    pub action: String,
    /// Why.
    pub reason: String,
    /// Where to read more.
    pub link: String,
    /// The file that it is in.
    pub file: PathBuf,
    /// The place in it.
    pub position: Position,
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
    shape: Option<String>,
    /// Or the operation.
    operation: Option<String>,
    /// The member of the shape that it changes.
    member: Option<String>,
    /// The value of an enum that it changes.
    value: Option<String>,
    /// What it does.
    action: Action,
    /// What the model says today, where the action puts something in its place; left out if it says
    /// nothing.
    expect: Option<String>,
    /// Why.
    reason: String,
    /// Where to read more.
    link: String,
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
            "a patch has a shape, a member or value, or an operation, and an action, a reason and a \
             link: docs/patches.md has them all",
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
            None => match patch.entry.apply(unit) {
                Ok(()) => {
                    unit.applied.push(patch.applied());
                    None
                }
                // Written for another model of the service.
                Err(_) if patch.lenient => None,
                Err((message, near)) => {
                    let mended = || "if AWS has mended the model, remove the patch".to_owned();
                    let message = format!("this patch no longer applies: {message}");
                    Some(Diagnostic::new(message).help(near.unwrap_or_else(mended)))
                }
            },
        };
        problems.extend(wrong.map(|wrong| wrong.file(&patch.file).position(patch.position)));
    }
}

/// What is not as the patch expects, and a near miss.
type Mismatch = (String, Option<String>);

/// What an action ends with.
type Applied = Result<(), Mismatch>;

/// A mismatch of which no near miss is known.
fn mismatch<T>(message: impl Into<String>) -> Result<T, Mismatch> {
    Err((message.into(), None))
}

impl Patch {
    fn applied(&self) -> AppliedPatch {
        let entry = &self.entry;
        AppliedPatch {
            shape: entry.shape.clone(),
            operation: entry.operation.clone(),
            subject: entry.subject_text(),
            action: entry.action.describe(entry.expect.as_deref()),
            reason: entry.reason.trim().to_owned(),
            link: entry.link.trim().to_owned(),
            file: self.file.clone(),
            position: self.position,
        }
    }
}

impl Entry {
    /// What is wrong with the patch itself.
    fn mistake(&self) -> Option<String> {
        if self.reason.trim().is_empty() {
            return Some("a patch needs a reason".to_owned());
        }
        if self.link.trim().is_empty() {
            return Some("a patch needs a link".to_owned());
        }
        if self.member.is_some() && self.value.is_some() {
            return Some("a patch has a member or a value, not both".to_owned());
        }
        let subject = match (&self.shape, &self.operation) {
            (Some(_), None) if self.member.is_some() => Subject::Member,
            (Some(_), None) if self.value.is_some() => Subject::Value,
            (Some(_), None) => Subject::Shape,
            (None, Some(_)) if self.member.is_none() && self.value.is_none() => Subject::Operation,
            _ => {
                let message = "a patch has a shape, with a member or value of it, or an operation";
                return Some(message.to_owned());
            }
        };
        if !self.action.subjects().contains(&subject) {
            return Some(self.action.does_not_belong());
        }
        if self.expect.is_some() && !self.action.expects() {
            let name = self.action.name();
            return Some(format!("`{name}` says by itself what it expects"));
        }
        None
    }

    /// What it changes, for people.
    fn subject_text(&self) -> String {
        let whole = self.shape.as_deref().or(self.operation.as_deref());
        let whole = whole.unwrap_or_default();
        match (&self.member, &self.value) {
            (Some(member), _) => format!("{whole}.{member}"),
            (None, Some(value)) => format!("{whole} {value:?}"),
            (None, None) => whole.to_owned(),
        }
    }

    fn apply(&self, unit: &mut Unit) -> Applied {
        if let Some(name) = &self.operation {
            return self.to_operation(unit, name);
        }
        let name = self.shape.as_deref().unwrap_or_default();
        let shapes = &unit.service.shapes;
        if !shapes.contains_key(name) {
            let near = near_miss(name, shapes.keys().map(String::as_str));
            return Err((format!("there is no shape `{name}`"), near));
        }
        if let Action::Rename(to) = &self.action {
            return self.rename(unit, name, to);
        }
        match &self.member {
            Some(member) => self.to_member(&mut unit.service, name, member),
            None => self.to_shape(&mut unit.service, name),
        }
    }

    fn rename(&self, unit: &mut Unit, shape: &str, to: &str) -> Applied {
        if let Some(member) = &self.member {
            find_member(&mut unit.service, shape, member)?;
        }
        if let (Some(value), Some(shape)) = (&self.value, unit.service.shape(shape)) {
            shape::find_value(shape, value)?;
        }
        let item = self.member.as_deref().or(self.value.as_deref());
        unit.names.rename(shape, item, to);
        Ok(())
    }

    /// Whether the model says what the patch expects, and not yet what it wants.
    fn replaces(&self, what: &str, today: Option<&str>, wanted: &str) -> Applied {
        let said = |text: Option<&str>| match text {
            Some(text) => format!("`{text}`"),
            None => "nothing".to_owned(),
        };
        if today == Some(wanted) {
            return mismatch(format!("{what} is {} already", said(today)));
        }
        if today == self.expect.as_deref() {
            return Ok(());
        }
        let expected = self.expect.as_deref();
        let message = format!(
            "{what} is {}, and {} was expected",
            said(today),
            said(expected)
        );
        mismatch(message)
    }
}

fn find_member<'s>(
    service: &'s mut ir::Service,
    shape: &str,
    name: &str,
) -> Result<&'s mut ir::Member, Mismatch> {
    let kind = service.shapes.get_mut(shape).map(|shape| &mut shape.kind);
    let Some(ir::Kind::Structure(structure) | ir::Kind::Union(structure)) = kind else {
        return mismatch(format!("`{shape}` has no members"));
    };
    let names = structure.members.iter().map(|member| member.name.as_str());
    let near = near_miss(name, names);
    let mut members = structure.members.iter_mut();
    let found = members.find(|member| member.name == name);
    found.ok_or_else(|| (format!("`{shape}` has no member `{name}`"), near))
}

/// Puts words of documentation into the place of others, which have to be there once; where there
/// is no documentation, none are expected.
fn correct_docs(docs: &mut ir::Docs, expected: Option<&str>, wanted: &str) -> Applied {
    let Some(expected) = expected.filter(|expected| !expected.is_empty()) else {
        if !docs.0.is_empty() {
            return mismatch("there is documentation, and none was expected");
        }
        docs.0 = wanted.to_owned();
        return Ok(());
    };
    match docs.0.matches(expected).count() {
        1 => {
            docs.0 = docs.0.replacen(expected, wanted, 1);
            Ok(())
        }
        0 => mismatch(format!("the documentation does not say `{expected}`")),
        count => mismatch(format!(
            "the documentation says `{expected}` {count} times, not once"
        )),
    }
}
