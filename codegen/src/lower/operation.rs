//! Operations and their URI templates.

use super::{Lowering, Place, deprecated, docs, owned, xml_namespace};
use crate::error::near_miss;
use crate::{ir, model};
use std::collections::BTreeMap;

impl Lowering<'_, '_> {
    pub(super) fn operation(
        &mut self,
        name: &str,
        operation: &model::Operation<'_>,
    ) -> Option<ir::Operation> {
        let operations = Place::top("operations");
        let place = operations.at(name);
        let input = self.body(operation.input.as_ref(), place.at("input"));
        let output = self.body(operation.output.as_ref(), place.at("output"));
        let errors = self.errors(operation, place);
        let uri = self.uri(operation, place);
        Some(ir::Operation {
            name: name.to_owned(),
            method: operation.http.method.to_string(),
            uri: uri?,
            status: operation.http.response_code,
            input: input?,
            output: output?,
            errors,
            error_docs: error_docs(operation),
            docs: docs(&operation.documentation),
            deprecated: deprecated(
                operation.deprecated,
                &operation.deprecated_message,
                &operation.deprecated_since,
            ),
            host_prefix: operation
                .endpoint
                .as_ref()
                .map(|endpoint| endpoint.host_prefix.to_string()),
            auth: operation.auth.iter().map(ToString::to_string).collect(),
            unsigned: operation.authtype.as_deref() == Some("none"),
            unsigned_payload: operation.unsigned_payload
                || operation.authtype.as_deref() == Some("v4-unsigned-body"),
            idempotent: operation.idempotent,
            readonly: operation.readonly,
            checksum: checksum(operation),
            compression: operation
                .requestcompression
                .iter()
                .flat_map(|compression| &compression.encodings)
                .map(ToString::to_string)
                .collect(),
            endpoint_discovery: operation
                .endpointdiscovery
                .as_ref()
                .map(|discovery| discovery.required),
            endpoint_operation: operation.endpointoperation,
            context: context(operation),
            pagination: None,
        })
    }

    /// The structure of a request or response; `None` if it is wrong.
    fn body(
        &mut self,
        reference: Option<&model::Ref<'_>>,
        place: Place<'_>,
    ) -> Option<Option<ir::Body>> {
        let Some(reference) = reference else {
            return Some(None);
        };
        let target = self.target(&reference.shape, place)?;
        if target.kind != model::ShapeType::Structure {
            let message = format!(
                "`{}` is no structure, which requests and responses are",
                reference.shape
            );
            self.problem(place.at("shape"), message, None);
            return None;
        }
        Some(Some(ir::Body {
            shape: reference.shape.to_string(),
            // A structure's own name wins over the one that the operation gives it.
            wire_name: owned(&target.location_name).or_else(|| owned(&reference.location_name)),
            xml_namespace: xml_namespace(
                reference
                    .xml_namespace
                    .as_ref()
                    .or(target.xml_namespace.as_ref()),
            ),
            result_wrapper: owned(&reference.result_wrapper),
            docs: docs(&reference.documentation),
        }))
    }

    /// The errors, once each: models list some twice.
    fn errors(&mut self, operation: &model::Operation<'_>, place: Place<'_>) -> Vec<String> {
        let mut errors: Vec<String> = Vec::with_capacity(operation.errors.len());
        let all = place.at("errors");
        for (index, error) in operation.errors.iter().enumerate() {
            let place = all.index(index);
            let Some(target) = self.target(&error.shape, place) else {
                continue;
            };
            if target.kind != model::ShapeType::Structure {
                let message = format!("`{}` is no structure, which errors are", error.shape);
                self.problem(place.at("shape"), message, None);
            } else if !errors.iter().any(|name| **name == *error.shape) {
                errors.push(error.shape.to_string());
            }
        }
        errors
    }

    /// The URI template with members for labels: in the model labels are `locationName`s.
    fn uri(&mut self, operation: &model::Operation<'_>, place: Place<'_>) -> Option<String> {
        let template = &*operation.http.request_uri;
        let http = place.at("http");
        let method = &operation.http.method;
        if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let message = format!("`{method}` is no HTTP method");
            self.problem(http.at("method"), message, None);
        }
        let place = http.at("requestUri");
        if !template.starts_with('/') || template.starts_with("//") {
            let message = format!("the URI `{template}` does not start with one `/`");
            self.problem(place, message, None);
        }
        let labels = self.labels(operation);
        let mut used = Vec::new();
        let mut uri = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((label, after)) = after.split_once('}') else {
                let message = format!("the label in `{template}` has no end");
                self.problem(place, message, Some("labels are `{name}`".to_owned()));
                return None;
            };
            let name = label.strip_suffix('+').unwrap_or(label);
            let Some(member) = labels.iter().find(|(wire, _)| *wire == name) else {
                let help = near_miss(name, labels.iter().map(|(wire, _)| wire.as_str()));
                let message = format!("the label `{{{name}}}` is no member of the input");
                self.problem(place, message, help);
                return None;
            };
            used.push(name);
            let greedy = &label[name.len()..];
            uri.extend([before, "{", member.1.as_str(), greedy, "}"]);
            rest = after;
        }
        uri.push_str(rest);
        for (wire, member) in &labels {
            if !used.contains(&wire.as_str()) {
                let message =
                    format!("the URI `{template}` has no label for the member `{member}`");
                self.problem(place, message, Some(format!("it would be `{{{wire}}}`")));
            }
        }
        Some(uri)
    }

    /// The members of the input that are labels: name on the wire, name in the model.
    fn labels(&self, operation: &model::Operation<'_>) -> Vec<(String, String)> {
        operation
            .input
            .iter()
            .filter_map(|input| self.shapes.get(&*input.shape))
            .filter_map(|shape| shape.members.as_ref())
            .flat_map(|members| members.iter())
            .filter(|(_, member)| member.location == Some(model::Location::Uri))
            .map(|(name, member)| {
                let wire = member.location_name.as_ref().unwrap_or(name);
                (wire.to_string(), name.to_string())
            })
            .collect()
    }
}

fn checksum(operation: &model::Operation<'_>) -> Option<ir::Checksum> {
    let checksum = operation.http_checksum.as_ref();
    if checksum.is_none() && !operation.http_checksum_required {
        return None;
    }
    Some(ir::Checksum {
        required: operation.http_checksum_required
            || checksum.is_some_and(|checksum| checksum.request_checksum_required),
        algorithm_member: checksum.and_then(|checksum| owned(&checksum.request_algorithm_member)),
        mode_member: checksum.and_then(|checksum| owned(&checksum.request_validation_mode_member)),
        response_algorithms: checksum
            .iter()
            .flat_map(|checksum| &checksum.response_algorithms)
            .map(ToString::to_string)
            .collect(),
    })
}

fn context(operation: &model::Operation<'_>) -> BTreeMap<String, ir::Context> {
    let constants = operation.static_context_params.iter().flatten();
    let paths = operation.operation_context_params.iter().flatten();
    let constants = constants.map(|(name, param)| {
        let value = ir::Context::Static(param.value.to_string());
        (name.to_string(), value)
    });
    let paths = paths.map(|(name, param)| {
        let value = ir::Context::Path(param.path.to_string());
        (name.to_string(), value)
    });
    constants.chain(paths).collect()
}

/// What an operation says of its errors.
fn error_docs(operation: &model::Operation<'_>) -> BTreeMap<String, ir::Docs> {
    let errors = operation.errors.iter();
    let said = errors.filter(|error| error.documentation.is_some());
    said.map(|error| (error.shape.to_string(), docs(&error.documentation)))
        .collect()
}
