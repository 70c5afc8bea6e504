//! The service as a whole.

use super::{Lowering, Place, deprecated, docs, owned};
use crate::error::Diagnostic;
use crate::{ir, model};
use std::collections::{BTreeMap, HashMap};

/// Lowers a model; all that is wrong with it, if something is. Diagnostics have JSON paths.
pub(crate) fn lower(
    name: &str,
    model: &model::Service<'_>,
) -> Result<ir::Service, Vec<Diagnostic>> {
    let mut lowering = Lowering {
        model,
        shapes: HashMap::with_capacity(model.shapes.len()),
        protocol: ir::Protocol::RestJson,
        problems: Vec::new(),
    };
    lowering.protocol = lowering.chosen_protocol();
    for (name, shape) in model.shapes.iter() {
        if lowering.shapes.insert(name, shape).is_some() {
            lowering.problem(
                Place::top("shapes").at(name),
                format!("the shape `{name}` is there twice"),
                None,
            );
        }
    }
    let shapes = lowering.all_shapes();
    let operations = lowering.all_operations();
    let metadata = lowering.metadata();
    if !lowering.problems.is_empty() {
        return Err(lowering.problems);
    }
    Ok(ir::Service {
        name: name.to_owned(),
        metadata,
        docs: docs(&model.documentation),
        deprecated: deprecated(model.deprecated, &model.deprecated_message, &None),
        operations,
        shapes,
    })
}

impl Lowering<'_, '_> {
    fn all_shapes(&mut self) -> BTreeMap<String, ir::Shape> {
        let model = self.model;
        model
            .shapes
            .iter()
            .filter_map(|(name, shape)| Some((name.to_string(), self.shape(name, shape)?)))
            .collect()
    }

    fn all_operations(&mut self) -> BTreeMap<String, ir::Operation> {
        let model = self.model;
        let mut operations = BTreeMap::new();
        for (name, operation) in model.operations.iter() {
            let Some(lowered) = self.operation(name, operation) else {
                continue;
            };
            if operations.insert(name.to_string(), lowered).is_some() {
                self.problem(
                    Place::top("operations").at(name),
                    format!("the operation `{name}` is there twice"),
                    None,
                );
            }
        }
        operations
    }

    fn metadata(&mut self) -> ir::Metadata {
        let metadata = &self.model.metadata;
        ir::Metadata {
            api_version: metadata.api_version.to_string(),
            protocol: self.protocol,
            service_id: metadata.service_id.to_string(),
            full_name: metadata.service_full_name.to_string(),
            endpoint_prefix: metadata.endpoint_prefix.to_string(),
            signing_name: metadata
                .signing_name
                .as_ref()
                .unwrap_or(&metadata.endpoint_prefix)
                .to_string(),
            auth: self.auth(),
            target_prefix: owned(&metadata.target_prefix),
            xml_namespace: owned(&metadata.xml_namespace),
            query_compatible: metadata.aws_query_compatible.is_some(),
            uid: owned(&metadata.uid),
        }
    }

    /// How requests are signed; older models say it as the version of the signature only.
    fn auth(&self) -> Vec<String> {
        let metadata = &self.model.metadata;
        if !metadata.auth.is_empty() {
            return metadata.auth.iter().map(ToString::to_string).collect();
        }
        vec![match &*metadata.signature_version {
            "v4" | "s3" | "s3v4" => "aws.auth#sigv4".to_owned(),
            "bearer" => "smithy.api#httpBearerAuth".to_owned(),
            other => format!("aws.auth#sig{other}"),
        }]
    }

    /// The first of botocore's preferences that the service speaks.
    fn chosen_protocol(&mut self) -> ir::Protocol {
        use model::Protocol as P;
        const PREFERENCES: [P; 6] = [
            P::Json,
            P::RestJson,
            P::RestXml,
            P::SmithyRpcV2Cbor,
            P::Query,
            P::Ec2,
        ];
        let metadata = &self.model.metadata;
        let preferred = PREFERENCES
            .into_iter()
            .find(|protocol| metadata.protocols.contains(protocol))
            .unwrap_or(metadata.protocol);
        match preferred {
            P::RestJson => ir::Protocol::RestJson,
            P::RestXml => ir::Protocol::RestXml,
            P::SmithyRpcV2Cbor => ir::Protocol::RpcV2Cbor,
            P::Query => ir::Protocol::Query,
            P::Ec2 => ir::Protocol::Ec2,
            P::Json => match metadata.json_version.as_deref() {
                Some("1.0") => ir::Protocol::Json10,
                Some("1.1") => ir::Protocol::Json11,
                other => {
                    let other = other.unwrap_or("nothing").to_owned();
                    let message =
                        format!("the version of the json protocol is 1.0 or 1.1, not {other}");
                    self.problem(Place::top("metadata").at("jsonVersion"), message, None);
                    ir::Protocol::Json11
                }
            },
        }
    }
}
