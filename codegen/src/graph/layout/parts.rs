//! What is connected with what.

use super::{Line, Plan};
use std::collections::BTreeMap;

/// Boxes that lines connect, in order, and those lines.
pub(super) struct Connected {
    pub boxes: Vec<usize>,
    /// Without lines from a box to itself, which need no place.
    pub lines: Vec<Line>,
}

/// The parts by their first box: those with lines, then single boxes.
pub(super) fn of(plan: &Plan) -> Vec<Connected> {
    let mut leader: Vec<usize> = (0..plan.sizes.len()).collect();
    let lines = || plan.lines.iter().filter(|line| line.from != line.to);
    for line in lines() {
        let (one, other) = (find(&mut leader, line.from), find(&mut leader, line.to));
        // The first box leads.
        if let Some(place) = leader.get_mut(one.max(other)) {
            *place = one.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Connected> = BTreeMap::new();
    let mut part = |leader: usize, boxed: Option<usize>, line: Option<Line>| {
        let part = parts.entry(leader).or_insert(Connected {
            boxes: Vec::new(),
            lines: Vec::new(),
        });
        part.boxes.extend(boxed);
        part.lines.extend(line);
    };
    for index in 0..plan.sizes.len() {
        part(find(&mut leader, index), Some(index), None);
    }
    for line in lines() {
        part(find(&mut leader, line.from), None, Some(*line));
    }
    let mut parts: Vec<Connected> = parts.into_values().collect();
    parts.sort_by_key(|part| part.boxes.len() == 1);
    parts
}

fn find(leader: &mut [usize], mut index: usize) -> usize {
    while let Some(above) = leader.get(index).copied().filter(|above| *above != index) {
        let next = leader.get(above).copied().unwrap_or(above);
        if let Some(place) = leader.get_mut(index) {
            *place = next;
        }
        index = next;
    }
    index
}
