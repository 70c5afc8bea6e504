//! Where requests go: endpoint rules and the engine that reads them.
//!
//! A service's rules are constant data in the generated crate, in the terms of Smithy's [rules
//! engine]; [`resolve`] is the one engine for all of them. Nothing here does I/O.
//!
//! | module | subject |
//! | --- | --- |
//! | [`rules`] | rule sets as data, and the words that they are written with |
//! | [`partition`] | partitions: groups of regions that share their host names |
//! | [`params`] | what a caller says: the region, whether FIPS is wanted, and so on |
//! | `resolve` | the engine |
//! | `value` | values on the way, and their parts |
//! | `functions` | the functions that rules call |
//!
//! [rules engine]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html

mod error;
pub(crate) mod functions;
mod kept;
pub mod params;
pub mod partition;
mod resolve;
pub mod rules;
mod value;

pub use error::ResolveError;
pub use params::{Param, Params};
pub use partition::Partition;
pub use resolve::resolve;
pub use rules::RuleSet;

use rules::{error, is_set, reference, string, text, when};

/// Where the requests of a service go, and in whose name they are signed.
///
/// Written by the generator.
pub trait Endpoints: 'static {
    /// The rules (`endpoint-rule-set-1.json`); [`CONFIGURED`] if the service has none.
    const RULES: &'static RuleSet<'static>;

    /// The partitions, if the rules ask for them (`partitions.json`).
    const PARTITIONS: &'static [Partition<'static>];

    /// The service's name in signatures (`metadata.signingName`, or else
    /// `metadata.endpointPrefix`). An endpoint may say another.
    const SIGNING_NAME: &'static str;
}

/// The rules of a service that has none: the endpoint is the one that was configured.
pub static CONFIGURED: RuleSet<'static> = RuleSet {
    parameters: &[string("Endpoint").built_in("SDK::Endpoint")],
    rules: &[
        when(&[is_set(&[reference("Endpoint")])]).endpoint(reference("Endpoint")),
        error(text(
            "the model of this service does not say where requests go: set an endpoint URL",
        )),
    ],
};
