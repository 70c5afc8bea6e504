//! An operation's page of documentation: what it does, what goes in, what comes out, how it fails,
//! and an example that compiles.

use super::{Emitter, builder, call, client, docs, ident};
use crate::ir::{Body, Kind, Member, Operation, Stream};

/// The lines of the page.
pub(super) fn lines(emitter: &Emitter<'_>, operation: &Operation, name: &str) -> Vec<String> {
    let mut lines = docs::lines(&operation.docs, || {
        format!("The operation `{}`.", operation.name)
    });
    let remarks = call::remarks(emitter, operation);
    if !remarks.is_empty() {
        lines.extend(section("Not yet"));
        lines.extend(remarks);
    }
    lines.extend(section("Request"));
    lines.push(format!("`{} {}`", operation.method, operation.uri));
    lines.extend(members(
        emitter,
        operation.input.as_ref(),
        &format!("{name}Input"),
    ));
    lines.extend(section("Response"));
    let response = members(emitter, operation.output.as_ref(), &format!("{name}Output"));
    lines.extend(listed(&format!("{name}Output"), response));
    lines.extend(section("Errors"));
    let errors = operation.errors.iter().map(|error| {
        let ty = emitter.unit.names.ty(error);
        format!("* [`{ty}`](error::{ty})")
    });
    lines.extend(listed(&format!("{name}Error"), errors.collect()));
    lines.extend(section("Example"));
    lines.extend(example(emitter, operation));
    lines
}

fn section(title: &str) -> [String; 2] {
    [String::new(), format!("# {title}")]
}

/// A type, and what there is of it.
fn listed(ty: &str, parts: Vec<String>) -> Vec<String> {
    let mark = if parts.is_empty() { "." } else { ":" };
    let mut lines = vec![format!("[`{ty}`]{mark}")];
    lines.extend(parts);
    lines
}

/// A bullet for each member, with links to its documentation and its type.
fn members(emitter: &Emitter<'_>, body: Option<&Body>, owner: &str) -> Vec<String> {
    let Some(body) = body else {
        return Vec::new();
    };
    let Some(shape) = emitter.unit.service.shape(&body.shape) else {
        return Vec::new();
    };
    let fields = emitter.unit.names.items(&body.shape);
    let members = shape.members().iter().zip(fields);
    members
        .map(|(member, field)| {
            let shown = field.trim_start_matches("r#");
            let ty = type_link(emitter, &member.target);
            let ty = match emitter.unit.service.stream(member) {
                Some(Stream::Bytes) => "stream of bytes".to_owned(),
                Some(Stream::Events) => format!("stream of {ty}"),
                None => ty,
            };
            // Responses may lack what is required of them.
            let is_request = owner.ends_with("Input");
            let required = if member.required && is_request {
                ", required"
            } else {
                ""
            };
            format!("* [`{shown}`](field@{owner}::{shown}): {ty}{required}")
        })
        .collect()
}

/// The type of a member in words, with a link to where it is documented.
fn type_link(emitter: &Emitter<'_>, target: &str) -> String {
    let Some(shape) = emitter.unit.service.shape(target) else {
        return String::new();
    };
    match &shape.kind {
        Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_) => {
            let ty = emitter.unit.names.ty(target);
            format!("[`{ty}`](types::{ty})")
        }
        Kind::List(list) => format!("list of {}", type_link(emitter, &list.element.target)),
        Kind::Map(map) => format!(
            "map of {} to {}",
            type_link(emitter, &map.key.target),
            type_link(emitter, &map.value.target)
        ),
        Kind::String => "string".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Long => "long".to_owned(),
        Kind::Float => "float".to_owned(),
        Kind::Double => "double".to_owned(),
        Kind::Timestamp(_) => "timestamp".to_owned(),
        Kind::Blob { .. } => "blob".to_owned(),
        Kind::Document => "document".to_owned(),
    }
}

/// A call with the required members.
fn example(emitter: &Emitter<'_>, operation: &Operation) -> Vec<String> {
    let krate = emitter.crate_name;
    let service = crate::passes::rust_name(&emitter.unit.names.service);
    let method = client::method_name(emitter, operation);
    let setters = setters(emitter, operation).unwrap_or_default();
    vec![
        "```".to_owned(),
        "# #[cfg(feature = \"client\")]".to_owned(),
        format!(
            "# async fn example(client: {krate}::{service}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
        ),
        format!("let output = client.{method}(){setters}.send().await?;"),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]
}

/// Calls that set the required members, if all of them have a sample.
fn setters(emitter: &Emitter<'_>, operation: &Operation) -> Option<String> {
    let Some(body) = &operation.input else {
        return Some(String::new());
    };
    let fields = emitter.unit.names.items(&body.shape);
    let shape = emitter.unit.service.shape(&body.shape);
    let members = shape.iter().flat_map(|shape| shape.members());
    members
        .zip(fields)
        .filter(|(member, _)| member.required && !member.idempotency_token)
        .map(|(member, field)| {
            let value = sample(emitter, member)?;
            let setter = builder::setter_name(&ident(field));
            Some(format!(".{setter}({value})"))
        })
        .collect()
}

/// A value for an example, where one can be written down without more types.
fn sample(emitter: &Emitter<'_>, member: &Member) -> Option<String> {
    let shape = emitter.unit.service.shape(&member.target)?;
    let value = match &shape.kind {
        Kind::String => format!("{:?}", member.name),
        Kind::Enumeration(values) => format!("{:?}", values.first()?),
        Kind::Boolean => "true".to_owned(),
        Kind::Integer | Kind::Long => "1".to_owned(),
        Kind::Float | Kind::Double => "1.0".to_owned(),
        _ => return None,
    };
    Some(value)
}
