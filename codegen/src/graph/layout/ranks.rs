//! A layer for each box: after all that lead to it.

use super::Plan;
use super::parts::Connected;
use std::collections::{BTreeMap, BTreeSet};

/// The layers of the boxes of a part.
pub(super) struct Ranks {
    pub of: BTreeMap<usize, usize>,
    /// Pairs whose lines close a cycle and therefore lead back.
    pub back: BTreeSet<(usize, usize)>,
}

pub(super) fn of(plan: &Plan, part: &Connected) -> Ranks {
    let mut next: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for line in &part.lines {
        next.entry(line.from).or_default().insert(line.to);
    }
    let (finished, back) = depth_first(plan, part, &next);
    let mut of: BTreeMap<usize, usize> = part.boxes.iter().map(|index| (*index, 0)).collect();
    // What is finished last leads to all the rest.
    for from in finished.into_iter().rev() {
        let rank = of.get(&from).copied().unwrap_or_default();
        for to in next.get(&from).into_iter().flatten() {
            if !back.contains(&(from, *to)) {
                let place = of.entry(*to).or_default();
                *place = (*place).max(rank + 1);
            }
        }
    }
    Ranks { of, back }
}

/// The boxes in the order in which all that they lead to is done, and what closes cycles.
fn depth_first(
    plan: &Plan,
    part: &Connected,
    next: &BTreeMap<usize, BTreeSet<usize>>,
) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![NEW; plan.sizes.len()];
    let set = |state: &mut Vec<u8>, index: usize, value| {
        if let Some(place) = state.get_mut(index) {
            *place = value;
        }
    };
    let targets = |index: usize| -> Vec<usize> {
        let targets = next.get(&index).into_iter().flatten();
        targets.rev().copied().collect()
    };
    // What nothing leads to comes first, so that a cycle is cut where it is entered.
    let reached: BTreeSet<usize> = next.values().flatten().copied().collect();
    let entered = part.boxes.iter().filter(|index| !reached.contains(index));
    let starts = entered.chain(&part.boxes);
    let (mut finished, mut back) = (Vec::new(), BTreeSet::new());
    for start in starts {
        if state.get(*start) != Some(&NEW) {
            continue;
        }
        set(&mut state, *start, OPEN);
        let mut stack = vec![(*start, targets(*start))];
        while let Some((index, left)) = stack.last_mut() {
            let from = *index;
            match left.pop() {
                None => {
                    set(&mut state, from, DONE);
                    finished.push(from);
                    stack.pop();
                }
                Some(to) => match state.get(to).copied() {
                    Some(NEW) => {
                        set(&mut state, to, OPEN);
                        stack.push((to, targets(to)));
                    }
                    Some(OPEN) => {
                        back.insert((from, to));
                    }
                    _ => {}
                },
            }
        }
    }
    (finished, back)
}
