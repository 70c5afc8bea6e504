//! The service as a whole.

use super::{Lowering, Place, deprecated, docs, owned};
use crate::error::Diagnostic;
use crate::input::Named;
use crate::ir;
use crate::model::{self, Text};
use std::collections::{BTreeMap, HashMap};

/// Of several protocols the first of these is used, as botocore does.
const PREFERENCES: [model::Protocol; 6] = [
    model::Protocol::Json,
    model::Protocol::RestJson,
    model::Protocol::RestXml,
    model::Protocol::SmithyRpcV2Cbor,
    model::Protocol::Query,
    model::Protocol::Ec2,
];

/// Lowers a model, to the protocol that is wanted, if one is; all that is wrong with it, if
/// something is. Diagnostics have JSON paths.
pub(crate) fn lower(
    name: &str,
    model: &model::Service<'_>,
    wanted: Option<&Named>,
) -> Result<ir::Service, Vec<Diagnostic>> {
    let mut lowering = Lowering {
        model,
        shapes: HashMap::with_capacity(model.shapes.len()),
        protocol: ir::Protocol::RestJson,
        problems: Vec::new(),
    };
    lowering.protocol = lowering.chosen_protocol(wanted);
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
        client_context: client_context(model),
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
            protocols: self.protocols(),
            http2: metadata.protocol_settings.as_ref().and_then(http2),
            service_id: metadata.service_id.to_string(),
            full_name: metadata.service_full_name.to_string(),
            endpoint_prefix: metadata.endpoint_prefix.to_string(),
            signing_name: metadata
                .signing_name
                .as_ref()
                .unwrap_or(&metadata.endpoint_prefix)
                .to_string(),
            auth: self.auth(),
            signature_version: metadata.signature_version.to_string(),
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

    /// The protocol that is wanted, or the first of botocore's preferences that the service speaks.
    fn chosen_protocol(&mut self, wanted: Option<&Named>) -> ir::Protocol {
        let listed = self.listed_protocols();
        let preferred = PREFERENCES.into_iter().find(|known| listed.contains(known));
        let mut chosen = preferred.unwrap_or(self.model.metadata.protocol);
        if let Some(wanted) = wanted {
            let found = listed.iter().find(|listed| listed.name() == wanted.name);
            match found {
                Some(found) => chosen = *found,
                None => {
                    let message = format!("the service does not speak `{}`", wanted.name);
                    let names: Vec<&str> = listed.iter().map(|listed| listed.name()).collect();
                    let help = format!("it speaks {}", names.join(", "));
                    self.problems.push(wanted.diagnostic(message).help(help));
                }
            }
        }
        let json = self.json_protocol();
        if chosen == model::Protocol::Json && json.is_none() {
            let version = self.model.metadata.json_version.as_deref();
            let version = version.unwrap_or("nothing");
            let message = format!("the version of the json protocol is 1.0 or 1.1, not {version}");
            self.problem(Place::top("metadata").at("jsonVersion"), message, None);
        }
        protocol(chosen, json)
    }

    /// All protocols that the model lists; older models name one.
    fn listed_protocols(&self) -> Vec<model::Protocol> {
        let metadata = &self.model.metadata;
        match metadata.protocols.is_empty() {
            true => vec![metadata.protocol],
            false => metadata.protocols.clone(),
        }
    }

    /// All protocols that the model lists.
    fn protocols(&self) -> Vec<ir::Protocol> {
        let json = self.json_protocol();
        let listed = self.listed_protocols().into_iter();
        listed.map(|listed| protocol(listed, json)).collect()
    }

    /// The version of the json protocol, if it is one of the two that there are.
    fn json_protocol(&self) -> Option<ir::Protocol> {
        match self.model.metadata.json_version.as_deref() {
            Some("1.0") => Some(ir::Protocol::Json10),
            Some("1.1") => Some(ir::Protocol::Json11),
            _ => None,
        }
    }
}

fn protocol(protocol: model::Protocol, json: Option<ir::Protocol>) -> ir::Protocol {
    match protocol {
        model::Protocol::Json => json.unwrap_or(ir::Protocol::Json11),
        model::Protocol::RestJson => ir::Protocol::RestJson,
        model::Protocol::RestXml => ir::Protocol::RestXml,
        model::Protocol::SmithyRpcV2Cbor => ir::Protocol::RpcV2Cbor,
        model::Protocol::Query => ir::Protocol::Query,
        model::Protocol::Ec2 => ir::Protocol::Ec2,
    }
}

fn http2(settings: &BTreeMap<Text<'_>, Text<'_>>) -> Option<String> {
    settings.get(&Text::from("h2")).map(ToString::to_string)
}

fn client_context(model: &model::Service<'_>) -> BTreeMap<String, ir::ClientContext> {
    let params = model.client_context_params.iter().flatten();
    let params = params.map(|(name, param)| {
        let lowered = ir::ClientContext {
            kind: param.kind.to_string(),
            docs: docs(&param.documentation),
        };
        (name.to_string(), lowered)
    });
    params.collect()
}
