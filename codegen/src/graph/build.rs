//! From the IR to nodes.

use super::{Fact, Graph, Id, Kind, Mark, Member, Node, Role, text};
use crate::input::Operations;
use crate::{ir, passes};
use std::collections::{BTreeMap, BTreeSet};

/// The operations that are wanted, as far as the service has them, and what they need.
pub(super) fn graph(service: &ir::Service, wanted: &Operations) -> Graph {
    let operations = || {
        let all = service.operations.values();
        all.filter(|operation| match wanted {
            Operations::All => true,
            Operations::Named(names) => names.iter().any(|named| named.name == operation.name),
        })
    };
    let mut nodes = BTreeMap::new();
    for operation in operations() {
        let id = Id::Operation(operation.name.clone());
        nodes.insert(id, of_operation(operation));
    }
    // Exceptions that no operation names have no place in a picture of what operations need.
    let closure = passes::closure(service, operations(), &BTreeSet::new());
    for name in closure.into_keys() {
        if let Some(node) = service.shape(&name).and_then(|s| of_shape(service, s)) {
            nodes.insert(Id::Shape(name), node);
        }
    }
    Graph {
        service: service.name.clone(),
        nodes,
        compared: false,
    }
}

fn of_operation(operation: &ir::Operation) -> Node {
    let body = |role, name: &str, body: &ir::Body| Member {
        fact: Fact::Body(Box::new(body.clone())),
        ..leading(role, name, &body.shape)
    };
    let input = operation.input.iter();
    let output = operation.output.iter();
    let errors = operation.errors.iter();
    let members = input
        .map(|input| body(Role::Input, "input", input))
        .chain(output.map(|output| body(Role::Output, "output", output)))
        .chain(errors.map(|error| leading(Role::Error, error, error)));
    let fact = ir::Operation {
        docs: ir::Docs::default(),
        input: None,
        output: None,
        errors: Vec::new(),
        ..operation.clone()
    };
    Node {
        kind: Kind::Operation,
        docs: text::sentence(&operation.docs),
        members: members.collect(),
        fact: Fact::Operation(Box::new(fact)),
        mark: Mark::Same,
    }
}

/// What leads to a shape of this name.
fn leading(role: Role, name: &str, shape: &str) -> Member {
    Member {
        role,
        name: name.to_owned(),
        of: shape.to_owned(),
        was: None,
        required: false,
        docs: String::new(),
        targets: vec![Id::Shape(shape.to_owned())],
        fact: Fact::Plain,
        mark: Mark::Same,
    }
}

/// The node of a shape, if it is one.
fn of_shape(service: &ir::Service, shape: &ir::Shape) -> Option<Node> {
    let kind = kind(shape)?;
    let members = match &shape.kind {
        ir::Kind::Enumeration(values) => values.iter().map(|value| of_value(value)).collect(),
        _ => {
            let members = shape.members().iter();
            members.map(|member| of_member(service, member)).collect()
        }
    };
    let mut fact = bare(shape);
    match &mut fact.kind {
        ir::Kind::Structure(structure) | ir::Kind::Union(structure) => structure.members.clear(),
        ir::Kind::Enumeration(values) => values.clear(),
        _ => {}
    }
    Some(Node {
        kind,
        docs: text::sentence(&shape.docs),
        members,
        fact: Fact::Shape(Box::new(fact)),
        mark: Mark::Same,
    })
}

fn kind(shape: &ir::Shape) -> Option<Kind> {
    match &shape.kind {
        ir::Kind::Structure(structure) if structure.error.is_some() => Some(Kind::Error),
        ir::Kind::Structure(_) => Some(Kind::Structure),
        ir::Kind::Union(_) => Some(Kind::Union),
        ir::Kind::Enumeration(_) => Some(Kind::Enumeration),
        _ => None,
    }
}

fn bare(shape: &ir::Shape) -> ir::Shape {
    ir::Shape {
        docs: ir::Docs::default(),
        ..shape.clone()
    }
}

fn of_value(value: &str) -> Member {
    Member {
        of: String::new(),
        targets: Vec::new(),
        ..leading(Role::Value, value, value)
    }
}

fn of_member(service: &ir::Service, member: &ir::Member) -> Member {
    let mut within = Within::default();
    let of = within.type_of(service, &member.target, 0);
    let fact = ir::Member {
        docs: ir::Docs::default(),
        ..member.clone()
    };
    Member {
        role: Role::Member,
        name: member.name.clone(),
        of: if member.streaming {
            "stream".to_owned()
        } else {
            of
        },
        was: None,
        required: member.required,
        docs: text::sentence(&member.docs),
        targets: within.targets,
        fact: Fact::Member(Box::new(fact), within.folded),
        mark: Mark::Same,
    }
}

/// What is met on the way through lists and maps.
#[derive(Default)]
struct Within {
    /// The nodes at the end of the way.
    targets: Vec<Id>,
    /// Lists, maps and scalars, without their words.
    folded: Vec<ir::Shape>,
}

impl Within {
    /// How a type is written: lists, maps and scalars by what they are, nodes by their name.
    fn type_of(&mut self, service: &ir::Service, target: &str, depth: usize) -> String {
        /// A list may contain itself; what is deeper than this is not generated anyway.
        const DEEPEST: usize = 32;
        let Some(shape) = service.shape(target).filter(|_| depth < DEEPEST) else {
            return "…".to_owned();
        };
        if kind(shape).is_some() {
            let id = Id::Shape(shape.name.clone());
            if !self.targets.contains(&id) {
                self.targets.push(id);
            }
            return shape.name.clone();
        }
        self.folded.push(bare(shape));
        let scalar = match &shape.kind {
            ir::Kind::List(list) => {
                let element = self.type_of(service, &list.element.target, depth + 1);
                return format!("list<{element}>");
            }
            ir::Kind::Map(map) => {
                let key = self.type_of(service, &map.key.target, depth + 1);
                let value = self.type_of(service, &map.value.target, depth + 1);
                return format!("map<{key}, {value}>");
            }
            ir::Kind::Blob {
                streaming: true, ..
            } => "stream",
            ir::Kind::Structure(_) | ir::Kind::Union(_) | ir::Kind::Enumeration(_) => "",
            kind => kind.name(),
        };
        scalar.to_owned()
    }
}
