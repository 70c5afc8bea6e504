//! HTTPS for asynchronous clients: hyper and rustls, with ring for the cryptography.

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::sdk_config::SharedHttpClient;

/// The client that [`Async`](super::Async) clients have if none is configured. It trusts the
/// certificates that the system trusts.
pub fn http_client() -> SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}
