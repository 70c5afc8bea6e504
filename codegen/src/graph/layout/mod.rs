//! Where boxes stand and lines run: layers from left to right, in Sugiyama's steps. Lines begin and
//! end at rows of boxes, and all steps look at the rows, which is why no library does this.
//!
//! | step | module |
//! | --- | --- |
//! | what is connected is laid out by itself | `parts` |
//! | cycles are cut, and everything gets a layer | `ranks` |
//! | places for lines across layers; what stands above what | `order` |
//! | heights, as near as can be to what a box is connected with | `heights` |

mod heights;
mod order;
mod parts;
mod ranks;

use std::collections::BTreeMap;

/// What is laid out.
pub(super) struct Plan {
    /// Width and height of each box.
    pub sizes: Vec<(f64, f64)>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line between boxes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub from: usize,
    /// How far below the top of its box it leaves.
    pub leaves: f64,
    pub to: usize,
    /// How far below the top of its box it arrives.
    pub arrives: f64,
}

/// Where everything is, in the units of the sizes.
pub(super) struct Layout {
    /// The left upper corner of each box.
    pub corners: Vec<(f64, f64)>,
    /// Left and right edge of the layer of each box.
    pub layers: Vec<(f64, f64)>,
    /// The layers that lines from one box to another pass, one after the other.
    pub passes: BTreeMap<(usize, usize), Vec<Pass>>,
    pub width: f64,
    pub height: f64,
}

/// The way of a line across a layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pass {
    /// The `x` where it comes in.
    pub enters: f64,
    /// The `x` where it goes out.
    pub exits: f64,
    pub y: f64,
}

/// Space between layers, between boxes, and around a line that passes between them.
const BETWEEN_LAYERS: f64 = 80.0;
const BETWEEN_BOXES: f64 = 16.0;
const AROUND_LINES: f64 = 9.0;
const BETWEEN_PARTS: f64 = 28.0;

/// Parts stand beside each other up to this width, or that of the widest.
const WIDTH: f64 = 1_500.0;

pub(super) fn layout(plan: &Plan) -> Layout {
    let count = plan.sizes.len();
    let mut layout = Layout {
        corners: vec![(0.0, 0.0); count],
        layers: vec![(0.0, 0.0); count],
        passes: BTreeMap::new(),
        width: 0.0,
        height: 0.0,
    };
    let parts: Vec<Part> = parts::of(plan).iter().map(|part| lay(plan, part)).collect();
    let widest = parts.iter().map(|part| part.width).fold(WIDTH, f64::max);
    let (mut x, mut y, mut tallest) = (0.0, 0.0, 0.0_f64);
    for part in parts {
        if x > 0.0 && x + part.width > widest {
            (x, y, tallest) = (0.0, y + tallest + BETWEEN_PARTS, 0.0);
        }
        layout.place(&part, x, y);
        tallest = tallest.max(part.height);
        x += part.width + BETWEEN_PARTS;
    }
    layout
}

/// A part whose left upper corner is at zero.
struct Part {
    boxes: Vec<Placed>,
    passes: BTreeMap<(usize, usize), Vec<Pass>>,
    width: f64,
    height: f64,
}

/// A box with its left upper corner and the edges of its layer.
struct Placed {
    index: usize,
    corner: (f64, f64),
    layer: (f64, f64),
}

impl Layout {
    fn place(&mut self, part: &Part, x: f64, y: f64) {
        for boxed in &part.boxes {
            let (corner, layer) = (boxed.corner, boxed.layer);
            if let Some(place) = self.corners.get_mut(boxed.index) {
                *place = (corner.0 + x, corner.1 + y);
            }
            if let Some(place) = self.layers.get_mut(boxed.index) {
                *place = (layer.0 + x, layer.1 + x);
            }
        }
        for (pair, passed) in &part.passes {
            let moved = passed.iter().map(|pass| Pass {
                enters: pass.enters + x,
                exits: pass.exits + x,
                y: pass.y + y,
            });
            self.passes.insert(*pair, moved.collect());
        }
        self.width = self.width.max(x + part.width);
        self.height = self.height.max(y + part.height);
    }
}

fn lay(plan: &Plan, part: &parts::Connected) -> Part {
    let ranks = ranks::of(plan, part);
    let mut items = order::items(plan, part, &ranks);
    order::arrange(&mut items);
    heights::set(&mut items);
    let top = items
        .all
        .iter()
        .map(|item| item.y)
        .fold(f64::INFINITY, f64::min);
    let bottom = items.all.iter().map(|item| item.y + item.height);
    let bottom = bottom.fold(f64::NEG_INFINITY, f64::max);
    let mut x = 0.0;
    let edges: Vec<(f64, f64)> = items
        .layers
        .iter()
        .map(|layer| {
            let boxes = layer.iter().filter_map(|item| items.all.get(*item)?.of);
            let widths = boxes
                .filter_map(|index| plan.sizes.get(index))
                .map(|size| size.0);
            let left = x;
            let right = left + widths.fold(0.0, f64::max);
            x = right + BETWEEN_LAYERS;
            (left, right)
        })
        .collect();
    let edge = |layer: usize| edges.get(layer).copied().unwrap_or_default();
    let boxes = items.all.iter().filter_map(|item| {
        let layer = edge(item.layer);
        Some(Placed {
            index: item.of?,
            corner: (layer.0, item.y - top),
            layer,
        })
    });
    let passes = items.ways.iter().map(|(pair, way)| {
        let passed = way.items.iter().filter_map(|item| items.all.get(*item));
        let passed = passed.map(|item| {
            let (left, right) = edge(item.layer);
            let (enters, exits) = if way.reversed {
                (right, left)
            } else {
                (left, right)
            };
            let y = item.y - top + item.height / 2.0;
            Pass { enters, exits, y }
        });
        (*pair, passed.collect())
    });
    Part {
        boxes: boxes.collect(),
        passes: passes.collect(),
        width: x - BETWEEN_LAYERS,
        height: bottom - top,
    }
}
