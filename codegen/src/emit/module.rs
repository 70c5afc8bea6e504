//! The files that hold the others together.

use super::{Emitter, File, Item, client, docs, ident, item, module_name, nodes};
use crate::error::Diagnostic;
use crate::ir::{Kind, Metadata, Protocol, Shape};
use crate::passes::{Reached, Unit};
use crate::render::{self, comments, import};
use proc_macro2::TokenStream;
use quote::quote;

/// What only clients need.
const CLIENT: &str = "#[cfg(feature = \"client\")]";

/// A service as a module of its crate.
#[derive(Debug)]
pub(crate) struct Module {
    /// What it is called.
    pub name: String,
    /// What it is, in Markdown.
    docs: String,
    /// The feature that it is behind, if it is behind one.
    pub feature: Option<String>,
    /// The feature of the runtime for the protocol that it speaks.
    pub protocol: &'static str,
    /// Whether it asks for the partitions of AWS.
    pub partitions: bool,
}

impl Module {
    /// The module of a service; with features, it is behind one of the service's name.
    pub fn of(unit: &Unit, features: bool) -> Self {
        let metadata = &unit.service.metadata;
        Self {
            name: unit.names.service.clone(),
            docs: format!("{}.", docs::plain(&metadata.full_name)),
            feature: features.then(|| unit.service.name.clone()),
            protocol: protocol_feature(metadata.protocol),
            partitions: unit.asks_for_partitions(),
        }
    }
}

/// The crate: what all services share, and a module for each.
pub(super) fn root(modules: &[Module], source: &str) -> Result<File, Diagnostic> {
    // Short, since the formatter reads this file, and may break lines that are long.
    let exports = [
        ("client", "client::{Async, Presigned, config}"),
        ("blocking", "blocking::{Blocking, UreqHttpClient}"),
        ("rustls", "client::rustls::http_client"),
    ];
    let mut items = vec![
        import("pub use smithereen_runtime::{Blob, DateTime, Document, Operation, http}"),
        import("pub use smithereen_runtime::{ByteStream, EventStream}"),
        import(
            "pub use smithereen_runtime::{Error, ErrorKind, ErrorMeta, Modeled, OperationError}",
        ),
        import("pub use smithereen_runtime::{IdempotencyTokens, Paginated, PaginatedItems}"),
    ];
    items.extend(exports.map(|(feature, path)| {
        import(&format!(
            "\n#[cfg(feature = \"{feature}\")]\npub use smithereen_runtime::{path}"
        ))
    }));
    items.extend(partitions(modules));
    let mut blocks = Vec::new();
    for module in modules {
        let name = ident(&crate::passes::rust_name(&module.name));
        let feature = module.feature.iter();
        let mut item: syn::ItemMod = item(quote! {
            #(#[cfg(feature = #feature)])*
            #[rustfmt::skip]
            pub mod #name;
        })?;
        item.attrs.insert(
            0,
            nodes::comment(&render::block(blocks.len()), syn::AttrStyle::Outer),
        );
        blocks.push(vec![module.docs.clone()]);
        items.push(syn::Item::Mod(item).into());
    }
    Ok(File {
        path: "lib.rs".to_owned(),
        source: source.to_owned(),
        docs: vec!["AWS clients, the piece that is used.".to_owned()],
        attributes: Vec::new(),
        items,
        blocks,
    })
}

/// The module of the partitions, there for the clients of the services that ask for them.
fn partitions(modules: &[Module]) -> Option<Item> {
    let asking: Vec<&Module> = modules.iter().filter(|module| module.partitions).collect();
    let features: Option<Vec<&str>> = asking.iter().map(|asks| asks.feature.as_deref()).collect();
    let condition = match features.as_deref() {
        _ if asking.is_empty() => return None,
        None => CLIENT.to_owned(),
        Some([feature]) => {
            format!("#[cfg(all(feature = \"client\", feature = \"{feature}\"))]")
        }
        Some(features) => {
            let features = features.iter();
            let lines: String = features
                .map(|feature| format!("    feature = \"{feature}\",\n"))
                .collect();
            format!("#[cfg(all(feature = \"client\", any(\n{lines})))]")
        }
    };
    let module = format!("{condition}\n#[rustfmt::skip]\nmod partitions");
    Some(import(&module))
}

/// The service: its documentation, its facts and its parts.
pub(super) fn service(emitter: &Emitter<'_>) -> Result<File, Diagnostic> {
    let service = &emitter.unit.service;
    let (id, version) = (&service.metadata.service_id, &service.metadata.api_version);
    let user_agent = id.to_lowercase().replace(' ', "");
    let protocol = ident(protocol(service.metadata.protocol));
    let facts = facts(&service.metadata);
    let name = docs::plain(&service.metadata.full_name);
    let doc = format!("{name}, version {} of its API.", docs::plain(version));
    let doc = emitter.docs(vec![doc]);
    let signing_name = &service.metadata.signing_name;
    let endpoint_rules = emitter.unit.endpoint_rules.as_ref();
    let rules = match endpoint_rules {
        Some(_) => quote!(endpoint::RULES),
        None => quote!(rt::endpoint::CONFIGURED),
    };
    let partitions = match endpoint_rules {
        Some(endpoint) if endpoint.rules.asks_for_partitions() => {
            quote!(super::partitions::PARTITIONS)
        }
        _ => quote!(&[]),
    };
    let signature = service.metadata.signature_version.as_str();
    let signs_like_s3 = matches!(signature, "s3" | "s3v4").then(|| {
        quote!(
            const SIGNS_LIKE_S3: bool = true;
        )
    });
    let items = [
        quote!(
            use smithereen_runtime as rt;
        ),
        quote!(
            pub mod operation;
        ),
        quote!(
            pub mod types;
        ),
        quote! {
            #doc
            #[derive(Clone, Copy, Debug)]
            pub struct Service;
        },
        quote! {
            impl rt::Service for Service {
                const ID: &'static str = #id;
                const USER_AGENT_ID: &'static str = #user_agent;
                const API_VERSION: &'static str = #version;
                #signs_like_s3
                #(#facts)*
                fn protocol() -> rt::protocol::Shared {
                    rt::protocol::#protocol()
                }
            }
        },
        quote! {
            #[cfg(feature = "client")]
            impl rt::endpoint::Endpoints for Service {
                const RULES: &'static rt::endpoint::RuleSet<'static> = &#rules;
                const PARTITIONS: &'static [rt::endpoint::Partition<'static>] = #partitions;
                const SIGNING_NAME: &'static str = #signing_name;
            }
        },
    ];
    let items = items
        .into_iter()
        .map(|tokens| item::<syn::Item>(tokens).map(Item::from));
    let mut items = items.collect::<Result<Vec<_>, _>>()?;
    items.extend(client::definitions(&name));
    items.extend(client::settings(emitter, &name));
    if endpoint_rules.is_some() {
        items.insert(1, import(&format!("{CLIENT}\nmod endpoint")));
    }
    let lines = docs::lines(&service.docs, || format!("{name}."));
    Ok(emitter.file("mod.rs", lines, items))
}

/// The function of `smithereen_runtime::protocol` that gives the protocol.
fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RestJson => "rest_json",
        Protocol::Json10 => "aws_json_1_0",
        Protocol::Json11 => "aws_json_1_1",
        Protocol::RestXml => "rest_xml",
        Protocol::Query => "aws_query",
        Protocol::Ec2 => "ec2_query",
        Protocol::RpcV2Cbor => "rpc_v2_cbor",
    }
}

/// The feature of the runtime for a protocol.
fn protocol_feature(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RestJson => "rest-json",
        Protocol::Json10 | Protocol::Json11 => "aws-json",
        Protocol::RestXml => "rest-xml",
        Protocol::Query => "aws-query",
        Protocol::Ec2 => "ec2-query",
        Protocol::RpcV2Cbor => "rpc-v2-cbor",
    }
}

/// What some protocols need to know of the service.
fn facts(metadata: &Metadata) -> Vec<TokenStream> {
    let by_name = matches!(
        metadata.protocol,
        Protocol::Json10 | Protocol::Json11 | Protocol::RpcV2Cbor
    );
    let target = metadata.target_prefix.iter().filter(|_| by_name);
    let target = target.map(|target| quote!(const TARGET: &'static str = #target;));
    let compatible = (by_name && metadata.query_compatible).then(|| {
        quote!(
            const QUERY_COMPATIBLE: bool = true;
        )
    });
    target.chain(compatible).collect()
}

/// The operations, a module each.
pub(super) fn operations(emitter: &Emitter<'_>) -> File {
    let modules = emitter.unit.operations().map(|operation| {
        let module = module_name(emitter, &operation.name);
        let docs: Vec<String> = comments(&[format!("`{}`.", operation.name)]).collect();
        import(&format!("{}\npub mod {module}", docs.join("\n")))
    });
    let docs = vec!["The operations, a module each.".to_owned()];
    emitter.file("operation.rs", docs, modules.collect())
}

/// The shapes that requests, responses and errors contain.
pub(super) fn types(emitter: &Emitter<'_>) -> File {
    let mut items = Vec::new();
    if emitter.unit.shapes().any(|(_, reached)| reached.error) {
        items.push(import("pub mod error"));
    }
    for (shape, reached) in emitter.unit.shapes() {
        let named = matches!(
            shape.kind,
            Kind::Structure(_) | Kind::Union(_) | Kind::Enumeration(_)
        );
        if named && reached.nested {
            let structure = matches!(shape.kind, Kind::Structure(_));
            let built = structure && emitter.unit.built.contains(&shape.name);
            items.extend(export(emitter, shape, built));
        }
    }
    let docs = vec!["The types that requests and responses contain.".to_owned()];
    emitter.file("types.rs", docs, items)
}

/// The errors.
pub(super) fn errors(emitter: &Emitter<'_>) -> File {
    let is_error = |(_, reached): &(&Shape, &Reached)| reached.error;
    let mut items = Vec::new();
    for (shape, _) in emitter.unit.shapes().filter(is_error) {
        items.extend(export(emitter, shape, false));
    }
    let docs = vec!["The errors that the model describes.".to_owned()];
    emitter.file("types/error.rs", docs, items)
}

/// A private module and what it is there for.
fn export(emitter: &Emitter<'_>, shape: &Shape, built: bool) -> [Item; 2] {
    let module = module_name(emitter, &shape.name);
    let name = emitter.unit.names.ty(&shape.name);
    let allow = match shape.deprecated {
        Some(_) => "#[allow(deprecated)]\n",
        None => "",
    };
    let exports = if built {
        format!("{allow}pub use {module}::{{{name}, {name}Builder}}")
    } else {
        format!("{allow}pub use {module}::{name}")
    };
    [import(&format!("mod {module}")), import(&exports)]
}
