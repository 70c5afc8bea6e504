//! The height of everything: where its lines are straight, as far as the order allows.

use super::order::Items;
use std::collections::BTreeMap;

/// How often the layers are gone through, right and left again.
const SWEEPS: usize = 9;

pub(super) fn set(items: &mut Items) {
    let last = items.layers.len();
    for sweep in 0..SWEEPS {
        if sweep % 2 == 0 {
            (1..last).for_each(|layer| align(items, layer, true));
        } else {
            (0..last.saturating_sub(1))
                .rev()
                .for_each(|layer| align(items, layer, false));
        }
    }
}

/// Moves the items of a layer to where their lines on one side are straight on average, least
/// squares over the whole layer, without touching their order.
fn align(items: &mut Items, layer: usize, by_left: bool) {
    let mut wishes: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for piece in &items.pieces {
        let (item, wish) = if by_left {
            let from = items.y(piece.left) + piece.leaves;
            (piece.right, from - piece.arrives)
        } else {
            let to = items.y(piece.right) + piece.arrives;
            (piece.left, to - piece.leaves)
        };
        if items.all.get(item).is_some_and(|item| item.layer == layer) {
            let sum = wishes.entry(item).or_default();
            *sum = (sum.0 + wish, sum.1 + 1.0);
        }
    }
    let order = items.layers.get(layer).cloned().unwrap_or_default();
    // Without the room that they need at least, heights only have to rise.
    let (mut room, mut above) = (0.0, None);
    let mut rooms = Vec::with_capacity(order.len());
    let mut groups: Vec<Group> = Vec::new();
    for item in &order {
        room += above.map_or(0.0, |above| items.distance(above, *item));
        above = Some(*item);
        rooms.push(room);
        let (wish, weight) = match wishes.get(item) {
            Some((sum, count)) => (sum / count, *count),
            None => (items.y(*item), 0.1),
        };
        groups.push(Group {
            wish: wish - room,
            weight,
            count: 1,
        });
        Group::settle(&mut groups);
    }
    let heights = groups
        .iter()
        .flat_map(|group| std::iter::repeat_n(group.wish, group.count));
    for ((item, room), height) in order.iter().zip(rooms).zip(heights) {
        if let Some(item) = items.all.get_mut(*item) {
            item.y = height + room;
        }
    }
}

/// Neighbours that would get into each other's way and therefore move together.
struct Group {
    wish: f64,
    weight: f64,
    count: usize,
}

impl Group {
    /// Joins the last ones until wishes rise.
    fn settle(groups: &mut Vec<Self>) {
        while let [.., above, below] = groups.as_mut_slice() {
            if above.wish <= below.wish {
                return;
            }
            let weight = above.weight + below.weight;
            above.wish = (above.wish * above.weight + below.wish * below.weight) / weight;
            above.weight = weight;
            above.count += below.count;
            groups.pop();
        }
    }
}
