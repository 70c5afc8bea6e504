//! One side of a comparison: a service with all that is asked of it.

use super::found::Part;
use super::raw::Raw;
use super::reach::Reached;
use super::report::Location;
use crate::beside::Beside;
use crate::input::Model;
use crate::ir::{Body, Kind, Member, Shape, Stream, Structure};
use crate::model::lenient::Unknown;
use crate::parallel::Outcome;
use crate::passes::Unit;
use std::collections::BTreeSet;

/// One side of a comparison.
pub(super) struct View<'m> {
    pub unit: Unit,
    pub raw: Raw<'m>,
    model: &'m Model,
    /// What the model says and nobody here knows.
    pub unknown: Unknown,
    pub reached: Reached,
}

impl<'m> View<'m> {
    pub fn new(model: &'m Model) -> Outcome<Self> {
        let (unit, unknown) = model.surveyed()?;
        let file = &model.files().model;
        let reached = Reached::new(&unit.service, unit.operations());
        Ok(Self {
            raw: Raw::new(file.file.to_string_lossy().into_owned(), &file.json),
            model,
            reached,
            unit,
            unknown,
        })
    }

    /// A file beside the model.
    pub fn file(&self, part: Part) -> Option<&'m Beside> {
        let files = self.model.files();
        match part {
            Part::Model => Some(&files.model),
            Part::Paginators => files.paginators.as_ref(),
            Part::EndpointRules => files.endpoint_rules.as_ref(),
            Part::Waiters => files.waiters.as_ref(),
            Part::Partitions => files.partitions.as_ref(),
        }
    }

    /// The place of a JSON pointer in a file of the model.
    pub fn location(&self, part: Part, pointer: &str) -> Option<Location> {
        if part == Part::Model {
            return Some(self.raw.location(pointer));
        }
        let file = self.file(part)?;
        let name = file.file.to_string_lossy().into_owned();
        Some(Raw::new(name, &file.json).location(pointer))
    }

    /// A shape of the closure.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        let in_closure = self.unit.closure.contains_key(name);
        self.unit.service.shape(name).filter(|_| in_closure)
    }

    /// How the value of a member is spelled in Rust.
    pub fn member_type(&self, shape: &str, member: &Member) -> String {
        let ty = self.ty(&member.target);
        match self.unit.service.stream(member) {
            Some(Stream::Bytes) => return "ByteStream".to_owned(),
            Some(Stream::Events) => return format!("EventStream<{ty}>"),
            None => {}
        }
        let key = (shape.to_owned(), member.name.clone());
        if self.unit.boxed.contains(&key) {
            format!("Box<{ty}>")
        } else {
            ty
        }
    }

    /// Whether a structure holds a stream, and for that is neither `Clone` nor `PartialEq`.
    pub fn has_streams(&self, structure: &Structure) -> bool {
        let mut members = structure.members.iter();
        members.any(|member| self.unit.service.stream(member).is_some())
    }

    /// How the value of a shape is spelled in Rust.
    pub fn ty(&self, name: &str) -> String {
        self.ty_within(name, 0)
    }

    fn ty_within(&self, name: &str, depth: usize) -> String {
        /// Deeper than lists and maps are nested; a model can be wrong.
        const DEEPEST: usize = 32;
        let Some(shape) = self.unit.service.shape(name).filter(|_| depth < DEEPEST) else {
            return name.to_owned();
        };
        let inner = |target: &str, sparse: bool| {
            let ty = self.ty_within(target, depth + 1);
            if sparse { format!("Option<{ty}>") } else { ty }
        };
        match &shape.kind {
            Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_) => {
                format!("types::{}", self.unit.names.ty(name))
            }
            Kind::List(list) => format!("Vec<{}>", inner(&list.element.target, list.sparse)),
            Kind::Map(map) => {
                let (key, value) = (&map.key.target, &map.value.target);
                format!(
                    "BTreeMap<{}, {}>",
                    inner(key, false),
                    inner(value, map.sparse)
                )
            }
            Kind::String => "String".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Integer => "i32".to_owned(),
            Kind::Long => "i64".to_owned(),
            Kind::Float => "f32".to_owned(),
            Kind::Double => "f64".to_owned(),
            Kind::Timestamp(_) => "DateTime".to_owned(),
            Kind::Blob { .. } => "Blob".to_owned(),
            Kind::Document => "Document".to_owned(),
        }
    }

    /// The public items that a shape of the closure is in Rust, as the closure uses it.
    pub fn items(&self, name: &str) -> BTreeSet<String> {
        let mut items = BTreeSet::new();
        let (Some(shape), Some(reached)) = (self.shape(name), self.unit.closure.get(name)) else {
            return items;
        };
        let ty = self.unit.names.ty(name);
        let structure = matches!(shape.kind, Kind::Structure(_));
        let named = structure || matches!(shape.kind, Kind::Union(_) | Kind::Enumeration(_));
        if named && reached.nested {
            items.insert(format!("types::{ty}"));
            if structure && self.unit.built.contains(name) {
                items.insert(format!("types::{ty}Builder"));
            }
        }
        if reached.error {
            items.insert(format!("types::error::{ty}"));
        }
        items
    }

    /// What holds the members of a structure or union in Rust: `types::Lifecycle`, or the first of
    /// the inputs and outputs that it is.
    pub fn holder(&self, name: &str) -> String {
        if let Some(item) = self.items(name).into_iter().next() {
            return item;
        }
        let is = |body: &Option<Body>| body.as_ref().is_some_and(|body| body.shape == name);
        let mut roles = self.unit.operations().filter_map(|operation| {
            let role = match (is(&operation.input), is(&operation.output)) {
                (true, _) => "Input",
                (false, true) => "Output",
                (false, false) => return None,
            };
            Some(format!("{}{role}", self.unit.names.ty(&operation.name)))
        });
        roles.next().unwrap_or_else(|| name.to_owned())
    }

    /// Whether a structure is the input of an operation.
    pub fn is_input(&self, shape: &str) -> bool {
        let mut operations = self.unit.operations();
        operations.any(|operation| operation.input.as_ref().is_some_and(|b| b.shape == shape))
    }

    /// The Rust name of a member or value.
    pub fn item(&self, shape: &str, name: &str) -> String {
        let position = self
            .unit
            .service
            .shape(shape)
            .and_then(|shape| match &shape.kind {
                Kind::Enumeration(values) => values.iter().position(|value| value == name),
                _ => {
                    let mut members = shape.members().iter();
                    members.position(|member| member.name == name)
                }
            });
        let items = self.unit.names.items(shape);
        let item = position.and_then(|position| items.get(position));
        item.map_or_else(|| name.to_owned(), String::clone)
    }
}
