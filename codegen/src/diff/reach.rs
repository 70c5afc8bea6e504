//! Which operations reach a shape, by what way, and whether in requests or in responses.

use super::report::Reach;
use crate::ir;
use std::collections::{HashMap, VecDeque};

/// The ways from operations to shapes.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// By operation, in order: the shapes that it reaches, each with the step that led there.
    operations: Vec<(String, HashMap<String, From>)>,
    /// By shape: where it occurs.
    directions: HashMap<String, Direction>,
}

/// Where a shape occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Direction {
    /// In requests.
    pub input: bool,
    /// In responses and errors.
    pub output: bool,
}

#[derive(Debug)]
enum From {
    Root(String),
    Step(String, String),
}

impl Reached {
    pub fn new<'s>(
        service: &'s ir::Service,
        operations: impl Iterator<Item = &'s ir::Operation>,
    ) -> Self {
        let mut reached = Self::default();
        for operation in operations {
            let mut ways = HashMap::new();
            let input = operation.input.iter();
            let input = input.map(|body| (body.shape.as_str(), "input".to_owned()));
            for name in walk(service, input.collect(), &mut ways) {
                reached.directions.entry(name).or_default().input = true;
            }
            // A second walk, since what a request reaches may be in the response too.
            let output = operation.output.iter();
            let output = output.map(|body| (body.shape.as_str(), "output".to_owned()));
            let errors = operation.errors.iter();
            let errors = errors.map(|error| (error.as_str(), format!("error {error}")));
            let mut others = HashMap::new();
            for name in walk(service, output.chain(errors).collect(), &mut others) {
                reached.directions.entry(name).or_default().output = true;
            }
            for (name, from) in others {
                ways.entry(name).or_insert(from);
            }
            reached.operations.push((operation.name.clone(), ways));
        }
        reached
    }

    /// Where a shape occurs; nowhere, if nothing reaches it.
    pub fn direction(&self, shape: &str) -> Direction {
        self.directions.get(shape).copied().unwrap_or_default()
    }

    /// The operations that reach a shape, each with a way there and `step` at its end.
    pub fn ways(&self, shape: &str, step: &str) -> Vec<Reach> {
        let found = self.operations.iter().filter_map(|(operation, ways)| {
            let mut path = way(ways, shape)?;
            path.push_str(step);
            Some(Reach {
                operation: operation.clone(),
                path,
            })
        });
        found.collect()
    }

    /// All operations.
    pub fn all(&self) -> Vec<Reach> {
        let all = self.operations.iter().map(|(operation, _)| Reach {
            operation: operation.clone(),
            path: String::new(),
        });
        all.collect()
    }
}

/// Breadth first, so that the first way to a shape is a short one; the shapes that were found.
fn walk(
    service: &ir::Service,
    roots: Vec<(&str, String)>,
    ways: &mut HashMap<String, From>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = VecDeque::new();
    for (shape, role) in roots {
        if !ways.contains_key(shape) {
            ways.insert(shape.to_owned(), From::Root(role));
            found.push(shape.to_owned());
            queue.push_back(shape.to_owned());
        }
    }
    while let Some(name) = queue.pop_front() {
        let Some(shape) = service.shape(&name) else {
            continue;
        };
        for (step, target) in shape.references() {
            if !ways.contains_key(target) {
                ways.insert(target.to_owned(), From::Step(name.clone(), step.to_owned()));
                found.push(target.to_owned());
                queue.push_back(target.to_owned());
            }
        }
    }
    found
}

/// `output.BackupJobs[].State`.
fn way(ways: &HashMap<String, From>, shape: &str) -> Option<String> {
    /// Steps that are shown: those at the end, of a path that is longer than any of AWS's.
    const LONGEST: usize = 24;
    let mut steps: Vec<&str> = Vec::new();
    let mut cut = false;
    let mut at = shape;
    loop {
        match ways.get(at)? {
            From::Root(role) => {
                let mut path = role.clone();
                if cut {
                    path.push_str(".…");
                }
                for step in steps.iter().rev() {
                    push(&mut path, step);
                }
                return Some(path);
            }
            From::Step(from, step) => {
                if steps.len() < LONGEST {
                    steps.push(step.as_str());
                } else {
                    cut = true;
                }
                at = from;
            }
        }
    }
}

/// Adds a step as `ir::Shape::references` spells it.
pub(super) fn push(path: &mut String, step: &str) {
    if !step.starts_with(['[', '{']) {
        path.push('.');
    }
    path.push_str(step);
}
