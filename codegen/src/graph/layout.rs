//! Where boxes stand and lines run: layers from left to right, by `dagre`.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, Point, RankDir};
use std::collections::BTreeMap;

/// What is laid out.
pub(super) struct Plan {
    /// Width and height of each box.
    pub sizes: Vec<(f64, f64)>,
    /// The pairs of boxes that lines connect, each once, from and to.
    pub pairs: Vec<(usize, usize)>,
}

/// Where everything is, in the units of the sizes.
pub(super) struct Layout {
    /// The left upper corner of each box.
    pub corners: Vec<(f64, f64)>,
    /// What each pair's line passes between its boxes: a stretch across each layer, as the `x` where
    /// it comes in, the `x` where it goes out, and `y`.
    pub passes: BTreeMap<(usize, usize), Vec<(f64, f64, f64)>>,
    /// Left and right edge of the layer of each box.
    pub layers: Vec<(f64, f64)>,
    pub width: f64,
    pub height: f64,
}

/// Space between layers, between boxes in one, and between a line and its neighbours.
const BETWEEN_LAYERS: f64 = 90.0;
const BETWEEN_BOXES: f64 = 14.0;
const BETWEEN_LINES: f64 = 10.0;

pub(super) fn layout(plan: &Plan) -> Layout {
    let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: false,
        compound: false,
    });
    // Names that sort as the numbers do.
    let name = |index: usize| format!("{index:06}");
    for (index, (width, height)) in plan.sizes.iter().enumerate() {
        let label = NodeLabel {
            width: *width,
            height: *height,
            ..NodeLabel::default()
        };
        graph.set_node(name(index), Some(label));
    }
    for (from, to) in plan.pairs.iter().filter(|(from, to)| from != to) {
        graph.set_edge(name(*from), name(*to), Some(EdgeLabel::default()), None);
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        ranksep: BETWEEN_LAYERS,
        nodesep: BETWEEN_BOXES,
        edgesep: BETWEEN_LINES,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    let centre = |index: usize| {
        let label = graph.node(&name(index));
        label.and_then(|label| Some((label.x?, label.y?))).unwrap_or_default()
    };
    let layers = Layers::of(plan, &centre);
    let sizes = || plan.sizes.iter().enumerate();
    let corners: Vec<(f64, f64)> = sizes()
        .map(|(index, (width, height))| {
            let (x, y) = centre(index);
            (x - width / 2.0, y - height / 2.0)
        })
        .collect();
    let passes = plan.pairs.iter().map(|(from, to)| {
        let label = graph.edge(&name(*from), &name(*to), None);
        let points = label.map_or(&[][..], |label| &label.points);
        ((*from, *to), layers.passed(points, centre(*from).0, centre(*to).0))
    });
    let passes: BTreeMap<_, Vec<(f64, f64, f64)>> = passes.collect();
    let right = layers.0.values().map(|(_, right)| *right);
    let bottom = sizes().zip(&corners).map(|((_, (_, height)), (_, y))| y + height);
    let lowest = passes.values().flatten().map(|(_, _, y)| *y);
    Layout {
        width: right.fold(0.0, f64::max),
        height: bottom.chain(lowest).fold(0.0, f64::max),
        layers: sizes().map(|(index, _)| layers.at(centre(index).0)).collect(),
        corners,
        passes,
    }
}

/// Left and right edge of each layer, by the place of its middle in hundredths.
struct Layers(BTreeMap<i64, (f64, f64)>);

impl Layers {
    fn of(plan: &Plan, centre: &impl Fn(usize) -> (f64, f64)) -> Self {
        let mut layers: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for (index, (width, _)) in plan.sizes.iter().enumerate() {
            let (x, _) = centre(index);
            let layer = layers.entry(key(x)).or_insert((x, x));
            layer.0 = layer.0.min(x - width / 2.0);
            layer.1 = layer.1.max(x + width / 2.0);
        }
        Self(layers)
    }

    fn at(&self, x: f64) -> (f64, f64) {
        self.0.get(&key(x)).copied().unwrap_or((x, x))
    }

    /// The layers strictly between two, with the `y` of the line there, in the line's direction.
    fn passed(&self, points: &[Point], from: f64, to: f64) -> Vec<(f64, f64, f64)> {
        let (low, high) = (key(from.min(to)), key(from.max(to)));
        let inner = points.iter().filter(|point| {
            let place = key(point.x);
            low < place && place < high && self.0.contains_key(&place)
        });
        let passed = inner.map(|point| {
            let (left, right) = self.at(point.x);
            if from < to { (left, right, point.y) } else { (right, left, point.y) }
        });
        passed.collect()
    }
}

#[allow(clippy::cast_possible_truncation)]
fn key(x: f64) -> i64 {
    (x * 100.0).round() as i64
}
