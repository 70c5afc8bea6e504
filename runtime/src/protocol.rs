//! AWS's protocol crates, configured.

/// A protocol, for all operations of all services that speak it.
pub type Shared = &'static dyn aws_smithy_schema::protocol::ClientProtocol;

#[cfg(feature = "rest-json")]
mod rest_json;
#[cfg(feature = "rest-json")]
pub use rest_json::rest_json;
