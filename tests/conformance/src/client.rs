//! Operations as clients call them, up to the moment before a request goes out.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithereen_runtime::Service;
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::config::{Builder, Credentials, Region};
use smithereen_runtime::client::{Callable, Config, Handle};
use smithereen_runtime::endpoint::Endpoints;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A call of an operation by a client of this configuration.
pub type Call = fn(&Value, Builder) -> Result<Seen, String>;

/// What came of a call that is kept from going out.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What the endpoint rules say.
    pub endpoint: Option<Endpoint>,
    /// The request, signed.
    pub request: Option<Request>,
    /// What the call ended with, if it did before.
    pub error: Option<String>,
    /// The service's name in signatures.
    pub signing_name: &'static str,
}

/// A request that would go out now.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its URL.
    pub url: String,
    /// Its headers; names are in lower case.
    pub headers: BTreeMap<String, String>,
}

/// Calls the operation with this input, which is data.
///
/// # Errors
///
/// If it is no such input.
pub fn call<O>(input: &Value, config: Builder) -> Result<Seen, String>
where
    O: Callable<Input: DeserializeOwned, Service: Endpoints + Service>,
{
    let input = O::Input::deserialize(input).map_err(|error| error.to_string())?;
    let caught = Caught::default();
    let config = config.interceptor(caught.clone()).build();
    let client = Handle::<Blocking>::from_conf::<O::Service>(config);
    let result = client.call().send::<O>(input);
    let mut seen = caught.0.lock().map_err(|error| error.to_string())?;
    let mut seen = std::mem::take(&mut *seen);
    seen.signing_name = O::Service::SIGNING_NAME;
    if seen.request.is_none() {
        seen.error = result.err().map(|error| error.to_string());
    }
    Ok(seen)
}

/// The URL that a client with this endpoint sends the operation's request to.
///
/// # Errors
///
/// What stands in the way of a request.
pub fn send<O>(input: &Value, endpoint: &str) -> Result<String, String>
where
    O: Callable<Input: DeserializeOwned, Service: Endpoints + Service>,
{
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "vectors"))
        .endpoint_url(endpoint);
    let seen = call::<O>(input, config)?;
    match seen.request {
        Some(request) => Ok(request.url),
        None => Err(seen
            .error
            .unwrap_or("an answer without a request".to_owned())),
    }
}

/// Keeps what there is, and the request from going out.
#[derive(Clone, Debug, Default)]
struct Caught(Arc<Mutex<Seen>>);

#[dyn_dispatch_hint]
impl Intercept for Caught {
    fn name(&self) -> &'static str {
        "Caught"
    }

    // The endpoint is there, and whether it can be signed for comes next.
    fn read_before_signing(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut seen = self.0.lock().map_err(|error| error.to_string())?;
        seen.endpoint = config.load::<Endpoint>().cloned();
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let mut seen = self.0.lock().map_err(|error| error.to_string())?;
        seen.request = Some(Request {
            url: request.uri().to_owned(),
            headers: headers.collect(),
        });
        Err("it is not meant to go out".into())
    }
}
