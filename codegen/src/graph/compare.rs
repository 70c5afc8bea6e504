//! What two graphs have in common and what not.

use super::{Graph, Mark, Member, Node};
use std::collections::BTreeMap;

/// Everything that either has, marked.
pub(super) fn graphs(mut old: Graph, new: Graph) -> Graph {
    let mut nodes = BTreeMap::new();
    for (id, node) in new.nodes {
        let node = match old.nodes.remove(&id) {
            Some(old) => both(old, node),
            None => all(node, Mark::Added),
        };
        nodes.insert(id, node);
    }
    let gone = old.nodes.into_iter();
    nodes.extend(gone.map(|(id, node)| (id, all(node, Mark::Removed))));
    Graph {
        nodes,
        compared: true,
        ..new
    }
}

/// A node that only one has. Its members are as new or as gone as it is: marking them says nothing.
fn all(node: Node, mark: Mark) -> Node {
    Node { mark, ..node }
}

fn both(old: Node, new: Node) -> Node {
    let alike = old.kind == new.kind && old.fact == new.fact;
    let members = members(old.members, new.members);
    let same = alike && members.iter().all(|member| member.mark == Mark::Same);
    Node {
        members,
        mark: if same { Mark::Same } else { Mark::Changed },
        ..new
    }
}

/// In the order of the new ones; what is gone stands where it stood.
fn members(old: Vec<Member>, new: Vec<Member>) -> Vec<Member> {
    let is = |one: &Member, other: &Member| one.role == other.role && one.name == other.name;
    let mut members: Vec<Member> = new
        .into_iter()
        .map(|new| match old.iter().find(|old| is(old, &new)) {
            Some(old) => counterpart(old, new),
            None => Member {
                mark: Mark::Added,
                ..new
            },
        })
        .collect();
    let mut place = 0;
    for gone in old {
        match members.iter().position(|member| is(member, &gone)) {
            Some(index) => place = index + 1,
            None => {
                let mark = Mark::Removed;
                members.insert(place, Member { mark, ..gone });
                place += 1;
            }
        }
    }
    members
}

fn counterpart(old: &Member, new: Member) -> Member {
    let same = old.of == new.of && old.fact == new.fact;
    Member {
        mark: if same { Mark::Same } else { Mark::Changed },
        was: Some(old.of.clone()).filter(|was| *was != new.of),
        ..new
    }
}
