//! How operations answer in pages: expressions resolved to members.

use super::Place;
use crate::error::{Diagnostic, near_miss};
use crate::ir::{self, Kind, Pagination, Path, Step};
use crate::model::Text;
use crate::model::paginators::{Paginator, Paginators};

/// Adds to the operations how they answer in pages; all that is wrong with it, if something is.
pub(crate) fn paginate(
    service: &mut ir::Service,
    paginators: &Paginators<'_>,
) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    for (name, paginator) in paginators.pagination.iter() {
        let all = Place::top("pagination");
        let place = all.at(name);
        let Some(operation) = service.operations.get(&**name) else {
            let message = format!("the model has no operation `{name}`, which this is about");
            let near = near_miss(name, service.operations.keys().map(String::as_str));
            problems.push(problem(place, message).maybe_help(near));
            continue;
        };
        let mut lowering = Lowering {
            service,
            input: operation.input.as_ref().map(|body| body.shape.as_str()),
            output: operation.output.as_ref().map(|body| body.shape.as_str()),
            problems: &mut problems,
        };
        let pagination = lowering.pagination(paginator, place);
        if let Some(operation) = service.operations.get_mut(&**name) {
            operation.pagination = pagination;
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

struct Lowering<'s> {
    service: &'s ir::Service,
    input: Option<&'s str>,
    output: Option<&'s str>,
    problems: &'s mut Vec<Diagnostic>,
}

fn problem(place: Place<'_>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(message).json_path(place.pointer())
}

impl Lowering<'_> {
    fn pagination(&mut self, paginator: &Paginator<'_>, place: Place<'_>) -> Option<Pagination> {
        let before = self.problems.len();
        let inputs = paginator.input_token.as_slice();
        let outputs = paginator.output_token.as_slice();
        if inputs.len() != outputs.len() {
            let message = format!(
                "there are {} input tokens and {} output tokens, which belong together",
                inputs.len(),
                outputs.len()
            );
            self.problems.push(problem(place, message));
        }
        let mut tokens = Vec::new();
        for (input, output) in inputs.iter().zip(outputs) {
            tokens.extend(self.token(input, output, place));
        }
        let mut items = Vec::new();
        for key in paginator.result_key.as_slice() {
            items.extend(self.path(self.output, key, place.at("result_key")));
        }
        let limit = paginator.limit_key.as_ref();
        let limit = limit.and_then(|key| self.member(key, place.at("limit_key")));
        let more = paginator.more_results.as_ref();
        let more = more.and_then(|key| self.path(self.output, key, place.at("more_results")));
        (self.problems.len() == before).then_some(Pagination {
            tokens,
            items,
            limit,
            more,
            non_aggregate: paginator
                .non_aggregate_keys
                .iter()
                .map(ToString::to_string)
                .collect(),
        })
    }

    /// A member of the input, and where its next value stands in the output.
    fn token(
        &mut self,
        input: &Text<'_>,
        output: &Text<'_>,
        place: Place<'_>,
    ) -> Option<ir::PageToken> {
        let member = self.member(input, place.at("input_token"));
        let place = place.at("output_token");
        let mut output_paths = Vec::new();
        for alternative in output.split("||") {
            output_paths.push(self.path(self.output, alternative.trim(), place)?);
        }
        let member = member?;
        let target = |path: &Path| self.kind(&path.target);
        let wanted = self
            .input
            .and_then(|shape| member_of(self.service, shape, &member))
            .and_then(|member| self.kind(&member.target));
        let other = output_paths.iter().find(|path| target(path) != wanted);
        if let Some(other) = other {
            let message = format!(
                "the token `{input}` of the input is not of the type of `{output}`, a `{}`",
                other.target
            );
            self.problems.push(problem(place, message));
            return None;
        }
        Some(ir::PageToken {
            input: member,
            output: output_paths,
        })
    }

    /// The kind of a shape, as far as types of Rust differ by it.
    fn kind(&self, target: &str) -> Option<std::mem::Discriminant<Kind>> {
        let shape = self.service.shape(target)?;
        Some(std::mem::discriminant(&shape.kind))
    }

    /// A member of the input.
    fn member(&mut self, name: &str, place: Place<'_>) -> Option<String> {
        let path = self.path(self.input, name, place)?;
        match path.steps.as_slice() {
            [Step::Member(name)] => Some(name.clone()),
            _ => {
                let message = format!("`{name}` is no member of the input itself");
                self.problems.push(problem(place, message));
                None
            }
        }
    }

    /// Follows `a.b[-1].c` from a structure, member by member.
    fn path(&mut self, from: Option<&str>, text: &str, place: Place<'_>) -> Option<Path> {
        let mut target = from;
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, is_last) = match part.strip_suffix("[-1]") {
                Some(name) => (name, true),
                None => (part, false),
            };
            let Some(member) = target.and_then(|shape| member_of(self.service, shape, name)) else {
                let shape = target.and_then(|shape| self.service.shape(shape));
                let members = shape.map_or(&[][..], ir::Shape::members);
                let near = near_miss(name, members.iter().map(|member| member.name.as_str()));
                let message = format!("`{text}` leads nowhere: there is no member `{name}`");
                self.problems.push(problem(place, message).maybe_help(near));
                return None;
            };
            steps.push(Step::Member(member.name.clone()));
            let mut next = member.target.as_str();
            if is_last {
                let Some(Kind::List(list)) = self.service.shape(next).map(|shape| &shape.kind)
                else {
                    let message = format!("`{name}` in `{text}` is no list");
                    self.problems.push(problem(place, message));
                    return None;
                };
                steps.push(Step::Last);
                next = list.element.target.as_str();
            }
            target = Some(next);
        }
        Some(Path {
            steps,
            target: target?.to_owned(),
        })
    }
}

fn member_of<'s>(service: &'s ir::Service, shape: &str, name: &str) -> Option<&'s ir::Member> {
    let members = service.shape(shape)?.members();
    members.iter().find(|member| member.name == name)
}
