//! Structures that contain themselves.
//!
//! A list or map breaks a cycle, a member does not. Every edge inside a strongly connected
//! component is boxed, so that the choice depends on no order.

use super::Unit;
use crate::error::Diagnostic;
use crate::ir;
use std::collections::HashMap;

pub(super) fn run(unit: &mut Unit, _: &mut Vec<Diagnostic>) {
    let graph = Graph::new(unit);
    let components = graph.components();
    let boxed = graph
        .edges
        .iter()
        .enumerate()
        .flat_map(|(from, edges)| edges.iter().map(move |(member, to)| (from, member, *to)))
        .filter(|(from, _, to)| components[*from] == components[*to])
        .map(|(from, member, _)| (graph.names[from].to_owned(), (*member).to_owned()))
        .collect();
    unit.boxed = boxed;
}

/// The structures and unions of the closure, and the members that hold one directly.
struct Graph<'u> {
    names: Vec<&'u str>,
    edges: Vec<Vec<(&'u str, usize)>>,
}

impl<'u> Graph<'u> {
    fn new(unit: &'u Unit) -> Self {
        let nodes: Vec<&ir::Shape> = unit
            .shapes()
            .map(|(shape, _)| shape)
            .filter(|shape| matches!(shape.kind, ir::Kind::Structure(_) | ir::Kind::Union(_)))
            .collect();
        let index: HashMap<&str, usize> = nodes
            .iter()
            .enumerate()
            .map(|(index, shape)| (shape.name.as_str(), index))
            .collect();
        let edges = nodes
            .iter()
            .map(|shape| {
                let members = shape.members().iter();
                members
                    .filter_map(|member| {
                        let to = index.get(member.target.as_str())?;
                        Some((member.name.as_str(), *to))
                    })
                    .collect()
            })
            .collect();
        Self {
            names: nodes.iter().map(|shape| shape.name.as_str()).collect(),
            edges,
        }
    }

    /// The strongly connected component of each node: Tarjan's algorithm, with a stack of its own
    /// because models choose the depth. A node that is alone has a component that no edge is in,
    /// unless it holds itself.
    fn components(&self) -> Vec<usize> {
        let mut search = Search {
            graph: self,
            index: vec![None; self.names.len()],
            low: vec![0; self.names.len()],
            component: vec![None; self.names.len()],
            open: Vec::new(),
            next: 0,
        };
        for node in 0..self.names.len() {
            if search.index[node].is_none() {
                search.from(node);
            }
        }
        search
            .component
            .into_iter()
            .enumerate()
            .map(|(node, component)| component.unwrap_or(node))
            .collect()
    }
}

struct Search<'g, 'u> {
    graph: &'g Graph<'u>,
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    component: Vec<Option<usize>>,
    open: Vec<usize>,
    next: usize,
}

impl Search<'_, '_> {
    fn from(&mut self, root: usize) {
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            let Some((_, to)) = self.graph.edges[node].get(*edge) else {
                path.pop();
                self.leave(node);
                if let Some((parent, _)) = path.last() {
                    self.low[*parent] = self.low[*parent].min(self.low[node]);
                }
                continue;
            };
            *edge += 1;
            match self.index[*to] {
                None => {
                    self.enter(*to);
                    path.push((*to, 0));
                }
                Some(index) if self.component[*to].is_none() => {
                    self.low[node] = self.low[node].min(index);
                }
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.next);
        self.low[node] = self.next;
        self.next += 1;
        self.open.push(node);
    }

    /// Closes the component whose first node this is.
    fn leave(&mut self, node: usize) {
        if self.index[node] != Some(self.low[node]) {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member] = Some(node);
            if member == node {
                break;
            }
        }
    }
}
