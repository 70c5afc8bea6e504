//! What stands above what in a layer: as the average of what it is connected with does.

use super::parts::Connected;
use super::ranks::Ranks;
use super::{AROUND_LINES, BETWEEN_BOXES, Plan};
use std::collections::BTreeMap;

/// What stands in layers, and how it is connected from layer to layer.
pub(super) struct Items {
    pub all: Vec<Item>,
    /// Items from top to bottom.
    pub layers: Vec<Vec<usize>>,
    /// Pieces of lines, from a layer to the next.
    pub pieces: Vec<Piece>,
    /// What lines between boxes pass on their way.
    pub ways: BTreeMap<(usize, usize), Way>,
}

/// A box, or the place of lines that pass.
pub(super) struct Item {
    pub of: Option<usize>,
    pub layer: usize,
    pub height: f64,
    /// Where its top is.
    pub y: f64,
}

/// The items that a line passes, in its direction.
pub(super) struct Way {
    pub items: Vec<usize>,
    /// Whether it leads back.
    pub reversed: bool,
}

/// A piece of a line between two items, with how far below their tops it ends.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub left: usize,
    pub leaves: f64,
    pub right: usize,
    pub arrives: f64,
}

/// How often the layers are gone through, right and left again.
const SWEEPS: usize = 12;

/// Boxes, and places for lines where they pass layers. Lines to one box share them.
pub(super) fn items(plan: &Plan, part: &Connected, ranks: &Ranks) -> Items {
    let rank = |index: usize| ranks.of.get(&index).copied().unwrap_or_default();
    let mut items = Items {
        all: Vec::new(),
        layers: Vec::new(),
        pieces: Vec::new(),
        ways: BTreeMap::new(),
    };
    let mut boxes = BTreeMap::new();
    for index in &part.boxes {
        let height = plan.sizes.get(*index).map_or(0.0, |size| size.1);
        boxes.insert(*index, items.push(Some(*index), rank(*index), height));
    }
    let mut shared: BTreeMap<(usize, bool, usize), usize> = BTreeMap::new();
    for line in &part.lines {
        let reversed = ranks.back.contains(&(line.from, line.to));
        let (left, leaves, right, arrives) = if reversed {
            (line.to, line.arrives, line.from, line.leaves)
        } else {
            (line.from, line.leaves, line.to, line.arrives)
        };
        let (Some(start), Some(end)) = (boxes.get(&left), boxes.get(&right)) else {
            continue;
        };
        let mut way: Vec<usize> = (rank(left) + 1..rank(right))
            .map(|layer| {
                let place = shared.entry((right, reversed, layer));
                *place.or_insert_with(|| items.push(None, layer, 2.0))
            })
            .collect();
        let mut at = (*start, leaves);
        for item in &way {
            items.connect(at, (*item, 1.0));
            at = (*item, 1.0);
        }
        items.connect(at, (*end, arrives));
        if reversed {
            way.reverse();
        }
        let way = Way {
            items: way,
            reversed,
        };
        items.ways.insert((line.from, line.to), way);
    }
    items
}

impl Items {
    fn push(&mut self, of: Option<usize>, layer: usize, height: f64) -> usize {
        let index = self.all.len();
        self.all.push(Item {
            of,
            layer,
            height,
            y: 0.0,
        });
        if self.layers.len() <= layer {
            self.layers.resize(layer + 1, Vec::new());
        }
        if let Some(layer) = self.layers.get_mut(layer) {
            layer.push(index);
        }
        index
    }

    /// Pieces that several lines share count as often as there are lines.
    fn connect(&mut self, (left, leaves): (usize, f64), (right, arrives): (usize, f64)) {
        self.pieces.push(Piece {
            left,
            leaves,
            right,
            arrives,
        });
    }

    /// How far the tops of an item and the one below it are apart at least.
    pub fn distance(&self, above: usize, below: usize) -> f64 {
        let (above, below) = (self.all.get(above), self.all.get(below));
        let boxes = above.is_some_and(|i| i.of.is_some()) && below.is_some_and(|i| i.of.is_some());
        let space = if boxes { BETWEEN_BOXES } else { AROUND_LINES };
        above.map_or(0.0, |item| item.height) + space
    }

    pub fn y(&self, item: usize) -> f64 {
        self.all.get(item).map_or(0.0, |item| item.y)
    }

    /// One directly below the other.
    fn stack(&mut self, layer: usize) {
        let layer = self.layers.get(layer).cloned().unwrap_or_default();
        let (mut y, mut above) = (0.0, None);
        for index in layer {
            y += above.map_or(0.0, |above| self.distance(above, index));
            if let Some(item) = self.all.get_mut(index) {
                item.y = y;
            }
            above = Some(index);
        }
    }

    /// How many pieces cross.
    fn crossings(&self) -> usize {
        let mut between: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
        for piece in &self.pieces {
            let layer = self.all.get(piece.left).map_or(0, |item| item.layer);
            let ends = (
                self.y(piece.left) + piece.leaves,
                self.y(piece.right) + piece.arrives,
            );
            between.entry(layer).or_default().push(ends);
        }
        between.into_values().map(crossings).sum()
    }
}

fn crossings(mut ends: Vec<(f64, f64)>) -> usize {
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut crossings = 0;
    for (index, (left, right)) in ends.iter().enumerate() {
        let before = ends.iter().take(index);
        crossings += before.filter(|(l, r)| l < left && r > right).count();
    }
    crossings
}

/// Sorts the layers, one after the other and back, and keeps what crosses least.
pub(super) fn arrange(items: &mut Items) {
    let last = items.layers.len();
    for layer in 0..last {
        items.stack(layer);
    }
    let mut best = (items.crossings(), items.layers.clone());
    for sweep in 0..SWEEPS {
        if sweep % 2 == 0 {
            (1..last).for_each(|layer| sort(items, layer, true));
        } else {
            (0..last.saturating_sub(1))
                .rev()
                .for_each(|layer| sort(items, layer, false));
        }
        let crossings = items.crossings();
        if crossings < best.0 {
            best = (crossings, items.layers.clone());
        }
    }
    items.layers = best.1;
    for layer in 0..last {
        items.stack(layer);
    }
}

/// Sorts a layer by where lines come from on the left, or where they go on the right. What has none
/// stays where it is.
fn sort(items: &mut Items, layer: usize, by_left: bool) {
    let mut ends: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for piece in &items.pieces {
        let (item, other, at) = if by_left {
            (piece.right, piece.left, piece.leaves)
        } else {
            (piece.left, piece.right, piece.arrives)
        };
        if items.all.get(item).is_some_and(|item| item.layer == layer) {
            let sum = ends.entry(item).or_default();
            *sum = (sum.0 + items.y(other) + at, sum.1 + 1.0);
        }
    }
    let key = |item: usize| match ends.get(&item) {
        Some((sum, count)) => sum / count,
        None => items.y(item),
    };
    let mut sorted: Vec<(f64, usize)> = items
        .layers
        .get(layer)
        .into_iter()
        .flatten()
        .map(|item| (key(*item), *item))
        .collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    if let Some(place) = items.layers.get_mut(layer) {
        *place = sorted.into_iter().map(|(_, item)| item).collect();
    }
    items.stack(layer);
}
