//! What cannot be generated is an error that says why, never a silent gap.

use super::{Reached, Unit};
use crate::error::Diagnostic;
use crate::ir;
use crate::locate::escape;

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    problems.extend(unit.shapes().filter_map(|(shape, _)| too_deep(unit, shape)));
    for (shape, reached) in unit.shapes() {
        problems.extend(stray_streams(unit, shape, reached));
    }
}

/// Lists and maps of each other without end, or as good as.
fn too_deep(unit: &Unit, shape: &ir::Shape) -> Option<Diagnostic> {
    const DEEPEST: usize = 32;
    let mut within = shape;
    for _ in 0..DEEPEST {
        let target = match &within.kind {
            ir::Kind::List(list) => &list.element.target,
            ir::Kind::Map(map) => &map.value.target,
            _ => return None,
        };
        within = unit.service.shape(target)?;
    }
    let message = format!(
        "`{}` contains itself with no structure between, or {DEEPEST} lists and maps deep",
        shape.name
    );
    Some(Diagnostic::new(message).json_path(format!("/shapes/{}", escape(&shape.name))))
}

/// A payload of a request or response may stream, and nothing else: nowhere else is there a way to
/// give it.
fn stray_streams(unit: &Unit, shape: &ir::Shape, reached: &Reached) -> Vec<Diagnostic> {
    let is_payload = |member: &ir::Member| {
        let events = unit.service.stream(member) == Some(ir::Stream::Events);
        member.binding == ir::Binding::Payload || events
    };
    let place = reached.message && !reached.nested && !reached.error;
    let strays = shape.members().iter().filter(|member| {
        let streams = unit.service.stream(member).is_some();
        streams && !(place && is_payload(member))
    });
    let message = |member: &ir::Member| {
        let (shape, name) = (escape(&shape.name), escape(&member.name));
        Diagnostic::new(format!(
            "`{}`, reached by {}, has the member `{}` that streams and is no payload of a request \
             or response",
            shape, reached.by, member.name
        ))
        .json_path(format!("/shapes/{shape}/members/{name}"))
        .help("leave the operations out that need it")
    };
    strays.map(message).collect()
}
