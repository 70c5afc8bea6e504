//! A transport that goes nowhere and keeps what it was given.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use smithereen_runtime::client::config::HttpClient;
use std::sync::{Arc, Mutex};

/// Answers every request with a success that has nothing in it.
#[derive(Clone, Debug, Default)]
pub struct Capture(Arc<Mutex<Vec<HttpRequest>>>);

impl Capture {
    /// The one request that was made.
    #[track_caller]
    pub fn request(&self) -> HttpRequest {
        let mut requests = self.0.lock().unwrap();
        assert_eq!(requests.len(), 1);
        requests.remove(0)
    }

    /// The URI of the one request that was made.
    #[track_caller]
    pub fn uri(&self) -> String {
        self.request().uri().to_owned()
    }

    /// A header of a request.
    pub fn header<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
        request.headers().get(name)
    }
}

impl HttpConnector for Capture {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request);
        let response = http::Response::new(SdkBody::from("{}"));
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).unwrap()))
    }
}

impl HttpClient for Capture {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
