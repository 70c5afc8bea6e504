//! What cannot be generated is an error that says why, never a silent gap.

use super::Unit;
use crate::error::Diagnostic;
use crate::ir;
use crate::locate::escape;

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    for operation in unit.operations() {
        for (key, what) in unsupported_operation(operation) {
            let path = format!("/operations/{}/{key}", escape(&operation.name));
            problems.push(cannot(&format!("`{}`", operation.name), what, path));
        }
    }
    problems.extend(unit.shapes().filter_map(|(shape, _)| too_deep(unit, shape)));
    for (shape, reached) in unit.shapes() {
        for (key, what) in unsupported_shape(shape) {
            let path = format!("/shapes/{}{key}", escape(&shape.name));
            let because = format!(", reached by {},", reached.by);
            problems.push(cannot(&format!("`{}`{because}", shape.name), what, path));
        }
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

fn cannot(who: &str, what: &str, path: String) -> Diagnostic {
    Diagnostic::new(format!("{who} {what}, which cannot be generated as yet"))
        .json_path(path)
        .help("leave the operations out that need it")
}

fn unsupported_operation(operation: &ir::Operation) -> Vec<(&'static str, &'static str)> {
    let checks = [
        (
            operation.host_prefix.is_some(),
            "endpoint/hostPrefix",
            "has a host prefix",
        ),
        (
            operation.checksum.is_some(),
            "httpChecksum",
            "has checksums",
        ),
        (
            !operation.compression.is_empty(),
            "requestcompression",
            "compresses requests",
        ),
        (
            operation.endpoint_discovery == Some(true),
            "endpointdiscovery",
            "requires endpoint discovery",
        ),
    ];
    checks
        .into_iter()
        .filter(|(present, ..)| *present)
        .map(|(_, key, what)| (key, what))
        .collect()
}

fn unsupported_shape(shape: &ir::Shape) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if let ir::Kind::Structure(structure) | ir::Kind::Union(structure) = &shape.kind {
        if structure.event != ir::Event::None {
            found.push((String::new(), "is part of an event stream"));
        }
        for member in structure.members.iter().filter(|member| member.streaming) {
            let key = format!("/members/{}", escape(&member.name));
            found.push((key, "has a member that streams"));
        }
    }
    found
}
