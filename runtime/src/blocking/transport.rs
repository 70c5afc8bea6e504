//! ureq, as an HTTP client of AWS's runtime.

use super::deadline::{Deadline, Stall};
use crate::client::StreamingOutput;
use crate::stream::ByteStream;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use std::time::Duration;
use ureq::{Agent, AsSendBody, RequestExt, SendBody};

/// Sends requests with ureq, over rustls and ring, and keeps connections. It trusts the
/// certificates that Mozilla trusts.
#[derive(Clone, Debug)]
pub struct UreqHttpClient {
    agent: Agent,
}

impl UreqHttpClient {
    /// With ureq's defaults, and proxies from the environment.
    pub fn new() -> Self {
        Self::from_agent(Agent::new_with_defaults())
    }

    /// With an agent of your own: other certificates, another proxy.
    ///
    /// What the runtime has to see for itself is set for each request: statuses are no errors,
    /// redirects are not followed.
    pub fn from_agent(agent: Agent) -> Self {
        Self { agent }
    }
}

impl Default for UreqHttpClient {
    fn default() -> Self {
        Self::new()
    }
}

impl HttpClient for UreqHttpClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            agent: self.agent.clone(),
            connect_timeout: settings.connect_timeout(),
            read_timeout: settings.read_timeout(),
        })
    }
}

#[derive(Debug)]
struct Connector {
    agent: Agent,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.send(request))
    }
}

impl Connector {
    /// Sends the request and waits for the response: all of it, or its head if the operation's
    /// output streams and it is a success.
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x();
        let request = request.map_err(|error| ConnectorError::user(error.into()))?;
        let (parts, body) = request.into_parts();
        match body.bytes() {
            Some(bytes) => self.run(http::Request::from_parts(parts, bytes)),
            None => {
                let mut reader = ByteStream::new(body).into_reader();
                let body = SendBody::from_reader(&mut reader);
                self.run(http::Request::from_parts(parts, body))
            }
        }
    }

    fn run(&self, request: http::Request<impl AsSendBody>) -> Result<HttpResponse, ConnectorError> {
        let extensions = request.extensions();
        let deadline = extensions.get::<Deadline>().copied();
        let left = deadline.map(|deadline| deadline.left());
        // ureq takes nothing for no limit.
        if let Some((deadline, Duration::ZERO)) = deadline.zip(left) {
            return Err(ConnectorError::timeout(deadline.passed().into()));
        }
        let error = |error| error_of(error, deadline);
        let stall = extensions.get::<Stall>().map(|stall| stall.0);
        let streams = extensions.get::<StreamingOutput>().is_some();
        let mut request = request
            .with_agent(&self.agent)
            .configure()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true);
        // What is not set here is left to the agent.
        if left.is_some() {
            request = request.timeout_global(left);
        }
        if self.connect_timeout.is_some() {
            request = request.timeout_connect(self.connect_timeout);
        }
        if self.read_timeout.is_some() {
            request = request.timeout_recv_response(self.read_timeout);
        }
        if stall.is_some() {
            request = request.timeout_per_read(stall).timeout_per_write(stall);
        }
        let response = request.run().map_err(error)?;
        let (parts, body) = response.into_parts();
        let length = body.content_length();
        let body = body.into_with_config().limit(u64::MAX);
        let body = if streams && parts.status.is_success() {
            ByteStream::from_reader(body.reader(), length).into_inner()
        } else {
            SdkBody::from(body.read_to_vec().map_err(error)?)
        };
        HttpResponse::try_from(http::Response::from_parts(parts, body))
            .map_err(|error| ConnectorError::other(error.into(), Some(ErrorKind::TransientError)))
    }
}

/// ureq's errors, by what a retry can do about them.
fn error_of(error: ureq::Error, deadline: Option<Deadline>) -> ConnectorError {
    match (error, deadline) {
        (ureq::Error::Timeout(ureq::Timeout::Global), Some(deadline)) => {
            ConnectorError::timeout(deadline.passed().into())
        }
        (error @ ureq::Error::Timeout(_), _) => ConnectorError::timeout(error.into()),
        (
            error @ (ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl),
            _,
        ) => ConnectorError::user(error.into()),
        (error, _) => ConnectorError::io(error.into()),
    }
}
