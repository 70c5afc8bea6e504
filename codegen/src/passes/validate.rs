//! What cannot be generated is an error that says why, never a silent gap.

use super::{Reached, Unit};
use crate::error::{Diagnostic, near_miss};
use crate::ir;
use crate::locate::escape;

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    for operation in unit.operations() {
        problems.extend(host_labels(unit, operation));
        problems.extend(context(unit, operation));
    }
    problems.extend(unit.shapes().filter_map(|(shape, _)| too_deep(unit, shape)));
    for (shape, reached) in unit.shapes() {
        problems.extend(stray_streams(unit, shape, reached));
    }
}

fn input<'u>(unit: &'u Unit, operation: &ir::Operation) -> Option<&'u ir::Shape> {
    let body = operation.input.as_ref()?;
    unit.service.shape(&body.shape)
}

/// Labels of the host's prefix that no member can fill.
fn host_labels(unit: &Unit, operation: &ir::Operation) -> Vec<Diagnostic> {
    let prefix = operation.host_prefix.as_deref().unwrap_or_default();
    let members = input(unit, operation).map_or(&[][..], ir::Shape::members);
    let path = format!(
        "/operations/{}/endpoint/hostPrefix",
        escape(&operation.name)
    );
    let labels = prefix.split('{').skip(1);
    let labels = labels.map(|part| part.split_once('}').map_or(part, |(label, _)| label));
    let unknown = labels.filter(|label| !members.iter().any(|member| member.name == *label));
    unknown
        .map(|label| {
            let message =
                format!("the label `{{{label}}}` of `{prefix}` is no member of the input");
            let near = near_miss(label, members.iter().map(|member| member.name.as_str()));
            let help = near.unwrap_or("labels are `{Member}`".to_owned());
            Diagnostic::new(message).json_path(&*path).help(help)
        })
        .collect()
}

/// What endpoint rules would be told, and cannot be understood.
fn context(unit: &Unit, operation: &ir::Operation) -> Vec<Diagnostic> {
    let empty = ir::Shape::empty();
    let input = input(unit, operation).unwrap_or(&empty);
    let mut problems = Vec::new();
    for (parameter, value) in &operation.context {
        let (key, problem) = match value {
            ir::Context::Path(path) => (
                "operationContextParams",
                ir::context::parse(&unit.service, input, path)
                    .err()
                    .map(|problem| format!("the way `{path}` cannot be followed: {problem}")),
            ),
            ir::Context::Static(json) => (
                "staticContextParams",
                ir::context::constant(json).is_none().then(|| {
                    format!(
                        "`{json}` is no boolean, string or list of strings, which parameters are"
                    )
                }),
            ),
        };
        if let Some(problem) = problem {
            let (operation, parameter) = (escape(&operation.name), escape(parameter));
            let path = format!("/operations/{operation}/{key}/{parameter}");
            problems.push(Diagnostic::new(problem).json_path(path));
        }
    }
    problems
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
