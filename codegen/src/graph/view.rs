//! What is shown of a graph: boxes, rows in them, and links, at one of three levels of detail.
//!
//! Errors are many and alike, so they are rows of one box. Where not all members are shown, what
//! only one operation takes or returns has its rows in the box of that operation.

use super::picture::Members;
use super::{Graph, Id, Kind, Mark, Member, Node, Role, text};
use std::collections::{BTreeMap, BTreeSet};

/// What is shown.
#[derive(Debug)]
pub(super) struct View {
    pub title: String,
    /// Whether it is of two models, so that marks mean something.
    pub compared: bool,
    /// Operations, shapes, and last the errors.
    pub boxes: Vec<Boxed>,
    /// By where they come from.
    pub links: Vec<Link>,
}

/// A box.
#[derive(Debug)]
pub(super) struct Boxed {
    /// An identifier, which depends on the kind and the name alone.
    pub id: String,
    pub kind: Kind,
    pub title: String,
    /// What is not shown in rows.
    pub note: String,
    pub rows: Vec<Row>,
    pub mark: Mark,
    /// What there is to say about it.
    pub tip: String,
}

/// A line in a box.
#[derive(Debug)]
pub(super) struct Row {
    pub text: String,
    pub mark: Mark,
    pub tip: String,
    /// Whether there is a link from it, which says the same.
    pub leads: bool,
}

/// A line between boxes.
#[derive(Debug)]
pub(super) struct Link {
    pub from: usize,
    pub from_row: Option<usize>,
    pub to: usize,
    pub to_row: Option<usize>,
    /// The member; empty if it stands for all.
    pub label: String,
    pub mark: Mark,
}

/// The most members of a structure and values of an enum in one box; changed ones are always shown.
const MOST_MEMBERS: usize = 40;
const MOST_VALUES: usize = 16;

/// The most operations with a line to the box of the errors.
const MOST_TO_ERRORS: usize = 6;

pub(super) fn view(graph: &Graph, members: Members) -> View {
    let mut viewer = Viewer {
        graph,
        members,
        folded: folded(graph, members),
        boxes: Vec::new(),
        places: BTreeMap::new(),
        pending: Vec::new(),
    };
    viewer.operations();
    viewer.shapes();
    viewer.errors();
    View {
        title: title(graph),
        compared: graph.compared,
        links: viewer.links(),
        boxes: viewer.boxes,
    }
}

fn title(graph: &Graph) -> String {
    const NAMED: usize = 3;
    let operations: Vec<&str> = graph.operations().collect();
    let what = match operations.len() {
        0..=NAMED => operations.join(", "),
        many => text::count(many, "operation"),
    };
    format!("{}: {what}", graph.service)
}

/// Structures that stand in the box of the only operation that refers to them.
fn folded(graph: &Graph, members: Members) -> BTreeSet<&Id> {
    if members == Members::All {
        return BTreeSet::new();
    }
    let all = || graph.nodes.values().flat_map(|node| &node.members);
    let mut referred: BTreeMap<&Id, usize> = BTreeMap::new();
    for target in all().flat_map(|member| &member.targets) {
        *referred.entry(target).or_default() += 1;
    }
    let messages = all().filter(|member| matches!(member.role, Role::Input | Role::Output));
    let alone = messages.flat_map(|member| &member.targets).filter(|id| {
        let node = graph.nodes.get(id);
        referred.get(id) == Some(&1) && node.is_some_and(|node| node.kind == Kind::Structure)
    });
    alone.collect()
}

struct Viewer<'g> {
    graph: &'g Graph,
    members: Members,
    folded: BTreeSet<&'g Id>,
    boxes: Vec<Boxed>,
    /// The box, and maybe the row, of each node.
    places: BTreeMap<&'g Id, (usize, Option<usize>)>,
    /// Links to nodes that need not have a place yet: box, row, node, label, mark.
    pending: Vec<(usize, Option<usize>, &'g Id, String, Mark)>,
}

impl<'g> Viewer<'g> {
    fn operations(&mut self) {
        let graph = self.graph;
        let alone = graph.operations().count() <= MOST_TO_ERRORS;
        for (id, node) in &graph.nodes {
            if node.kind != Kind::Operation {
                continue;
            }
            let index = self.open(id, "op", node);
            for member in &node.members {
                match member.role {
                    Role::Error if member.mark != Mark::Same => {
                        let text = format!("error: {}", member.name);
                        self.row(index, text, member);
                    }
                    Role::Error => {}
                    _ => self.message(index, member),
                }
            }
            self.errors_of(index, node, alone);
        }
    }

    /// Input or output: a row that leads to it, or that its own rows follow.
    fn message(&mut self, index: usize, member: &'g Member) {
        let Some(id) = member.targets.first() else {
            return;
        };
        let message = self.graph.nodes.get(id);
        let Some(message) = message.filter(|_| self.folded.contains(id)) else {
            let text = format!("{}: {}", member.name, member.of);
            self.leading(index, text, member);
            return;
        };
        // Of the two marks the one that says more.
        let mark = match member.mark {
            Mark::Same => message.mark,
            mark => mark,
        };
        let text = match message.members.len() {
            0 => format!("{}: {}", member.name, member.of),
            many => format!(
                "{}: {} · {}",
                member.name,
                member.of,
                text::count(many, "member")
            ),
        };
        let row = self.push(index, text, mark, &message.docs, false);
        self.places.insert(id, (index, Some(row)));
        self.rows(index, message, Some(row));
    }

    /// How many errors it has, with their names for who asks.
    fn errors_of(&mut self, index: usize, node: &'g Node, linked: bool) {
        let errors = || {
            let members = node.members.iter();
            members.filter(|member| member.role == Role::Error)
        };
        if errors().next().is_none() {
            return;
        }
        // All of them are in one box, so that one line is enough.
        let target = errors().flat_map(|error| &error.targets).next();
        let target = target.filter(|_| linked);
        let names: Vec<&str> = errors()
            .filter(|error| error.mark != Mark::Removed)
            .map(|error| error.name.as_str())
            .collect();
        let text = text::count(names.len(), "error");
        let row = self.push(
            index,
            text.clone(),
            Mark::Same,
            &names.join(", "),
            target.is_some(),
        );
        if let Some(target) = target {
            self.pending
                .push((index, Some(row), target, text, Mark::Same));
        }
    }

    fn shapes(&mut self) {
        for (id, node) in &self.graph.nodes {
            if matches!(node.kind, Kind::Operation | Kind::Error) || self.folded.contains(id) {
                continue;
            }
            let index = self.open(id, "s", node);
            self.places.insert(id, (index, None));
            self.rows(index, node, None);
        }
    }

    /// One box for all errors, with a row for each.
    fn errors(&mut self) {
        let errors = self.graph.nodes.iter();
        let errors: Vec<_> = errors
            .filter(|(_, node)| node.kind == Kind::Error)
            .collect();
        if errors.is_empty() {
            return;
        }
        let there = errors.iter().filter(|(_, node)| node.mark != Mark::Removed);
        let there = there.count();
        let index = self.boxes.len();
        self.boxes.push(Boxed {
            id: "errors".to_owned(),
            kind: Kind::Error,
            title: text::count(there, "error"),
            note: String::new(),
            rows: Vec::new(),
            mark: Mark::Same,
            tip: String::new(),
        });
        for (id, node) in errors {
            let row = self.push(index, id.name().to_owned(), node.mark, &tip(node), false);
            self.places.insert(id, (index, Some(row)));
            for member in &node.members {
                if member.mark != Mark::Same || !member.targets.is_empty() {
                    self.leading(index, format!("  {}", written(member)), member);
                }
            }
        }
    }

    fn open(&mut self, id: &Id, prefix: &str, node: &Node) -> usize {
        self.boxes.push(Boxed {
            id: text::identifier(prefix, id.name()),
            kind: node.kind,
            title: id.name().to_owned(),
            note: String::new(),
            rows: Vec::new(),
            mark: node.mark,
            tip: tip(node),
        });
        self.boxes.len() - 1
    }

    /// The rows of a structure, union or enum, which may stand below a row of its own, and a note
    /// on what is left out.
    fn rows(&mut self, index: usize, node: &'g Node, below: Option<usize>) {
        let indent = if below.is_some() { "  " } else { "" };
        let (what, most) = match node.kind {
            Kind::Enumeration => ("value", MOST_VALUES),
            _ => ("member", MOST_MEMBERS),
        };
        let (mut shown, mut hidden) = (0, 0);
        for member in &node.members {
            let wanted = match self.members {
                Members::All => shown < most,
                Members::Edges => !member.targets.is_empty(),
                Members::None => false,
            };
            if wanted || member.mark != Mark::Same {
                shown += 1;
                self.leading(index, format!("{indent}{}", written(member)), member);
                continue;
            }
            hidden += 1;
            for target in &member.targets {
                // One line for all that lead there, which needs no label.
                self.pending
                    .push((index, below, target, String::new(), Mark::Same));
            }
        }
        // A message within another box says how many it has anyway.
        if hidden > 0 && below.is_none() {
            let more = if shown == 0 { "" } else { "more " };
            let note = text::count(hidden, &format!("{more}{what}"));
            if let Some(boxed) = self.boxes.get_mut(index) {
                boxed.note = note;
            }
        }
    }

    /// A row, and its links if it has some.
    fn leading(&mut self, index: usize, text: String, member: &'g Member) {
        let row = self.row(index, text, member);
        for target in &member.targets {
            let label = label(member);
            self.pending
                .push((index, Some(row), target, label, member.mark));
        }
    }

    fn row(&mut self, index: usize, text: String, member: &Member) -> usize {
        let leads = !member.targets.is_empty() && member.role != Role::Error;
        self.push(index, text, member.mark, &member.docs, leads)
    }

    fn push(&mut self, index: usize, text: String, mark: Mark, tip: &str, leads: bool) -> usize {
        let Some(boxed) = self.boxes.get_mut(index) else {
            return 0;
        };
        boxed.rows.push(Row {
            text,
            mark,
            tip: tip.to_owned(),
            leads,
        });
        boxed.rows.len() - 1
    }

    /// Each link once; those without a row are one for both ends.
    fn links(&mut self) -> Vec<Link> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for (from, from_row, target, label, mark) in std::mem::take(&mut self.pending) {
            let Some((to, to_row)) = self.places.get(target).copied() else {
                continue;
            };
            // All errors of an operation are one link to their box.
            let of_operation =
                self.boxes.get(from).map(|boxed| boxed.kind) == Some(Kind::Operation);
            let to_errors = self.boxes.get(to).map(|boxed| boxed.kind) == Some(Kind::Error);
            let to_row = to_row.filter(|_| !(of_operation && to_errors));
            if seen.insert((from, from_row, to, to_row)) {
                links.push(Link {
                    from,
                    from_row,
                    to,
                    to_row,
                    label,
                    mark,
                });
            }
        }
        links.sort_by_key(|link| (link.from, link.from_row, link.to, link.to_row));
        links
    }
}

/// A member with its type, and what has become of it.
fn written(member: &Member) -> String {
    let mut text = member.name.clone();
    if !member.of.is_empty() {
        text.push_str(&format!(": {}", member.of));
    }
    if member.required {
        text.push_str(" (required)");
    }
    if let Some(was) = &member.was {
        text.push_str(&format!(" (was {was})"));
    }
    text
}

/// A member on a line that leads to its type: the name, and whether there are many.
fn label(member: &Member) -> String {
    match member.of.split_once('<') {
        Some((of, _)) if member.role == Role::Member => format!("{}: {of}", member.name),
        _ => member.name.clone(),
    }
}

fn tip(node: &Node) -> String {
    let what = match node.kind {
        Kind::Operation => "",
        kind => kind.word(),
    };
    match (what, node.docs.as_str()) {
        ("", docs) => docs.to_owned(),
        (what, "") => what.to_owned(),
        (what, docs) => format!("{what}: {docs}"),
    }
}
