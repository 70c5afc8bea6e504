//! A graph cut down to what has changed.

use super::{Graph, Id, Mark};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Marked nodes, and the shortest way from an operation to each of them.
pub(super) fn only(mut graph: Graph) -> Graph {
    let from = parents(&graph);
    let mut kept = BTreeSet::new();
    for (id, node) in &graph.nodes {
        if node.mark == Mark::Same {
            continue;
        }
        let mut way = Some(id);
        // A way that is kept already is kept to its beginning.
        while let Some(id) = way.filter(|id| kept.insert((*id).clone())) {
            way = from.get(id).copied().flatten();
        }
    }
    graph.nodes.retain(|id, _| kept.contains(id));
    for node in graph.nodes.values_mut() {
        for member in &mut node.members {
            member.targets.retain(|target| kept.contains(target));
        }
    }
    graph
}

/// Whence each node is reached first, breadth first from the operations.
fn parents(graph: &Graph) -> BTreeMap<&Id, Option<&Id>> {
    let operations = graph.nodes.keys();
    let operations = operations.filter(|id| matches!(id, Id::Operation(_)));
    let mut from: BTreeMap<&Id, Option<&Id>> = operations.map(|id| (id, None)).collect();
    let mut queue: VecDeque<&Id> = from.keys().copied().collect();
    while let Some(id) = queue.pop_front() {
        let members = graph.nodes.get(id).map_or(&[][..], |node| &node.members);
        for target in members.iter().flat_map(|member| &member.targets) {
            if !from.contains_key(target) {
                from.insert(target, Some(id));
                queue.push_back(target);
            }
        }
    }
    from
}
