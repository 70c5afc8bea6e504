//! AWS's suite of signatures, through the client: the request of a call is replaced by the suite's, and the
//! client signs it.

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::Request;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use libtest_mimic::Arguments;
use smithereen_conformance::page::{self, Excuse, Ran};
use smithereen_conformance::real::signed::operation::sign::{Sign, SignInput};
use smithereen_conformance::vectors::{PROTOCOLS, files};
use smithereen_runtime::Operation;
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::config::{Credentials, Region, TimeSource};
use smithereen_runtime::client::{Config, Handle};
use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// The cases that do not pass, each with its reason.
const EXCUSED: &[Excuse] = &[(
    "get-space",
    "its path has a space in it, and is no URI; botocore's own test leaves it out too",
)];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match run() {
        Ok(ran) => {
            let trials = page::trials(&Arc::new(ran), EXCUSED, "sigv4");
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Err(error) => {
            eprintln!("the vectors cannot be read: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Vec<Ran>, Box<dyn Error>> {
    let files = files(PROTOCOLS, "tests/unit/auth/aws4_testsuite/")?;
    let text = |path: &str| -> Result<String, Box<dyn Error>> {
        let bytes = files.get(path).ok_or("a file is missing")?;
        Ok(String::from_utf8(bytes.clone())?.replace('\r', ""))
    };
    let mut ran = Vec::new();
    for path in files.keys() {
        let Some(stem) = path.strip_suffix(".req") else {
            continue;
        };
        let (request, signature) = (text(path)?, text(&format!("{stem}.authz"))?);
        let canonical = text(&format!("{stem}.creq"))?;
        ran.push(Ran {
            group: "`tests/unit/auth/aws4_testsuite`".to_owned(),
            name: stem.rsplit('/').next().unwrap_or(stem).to_owned(),
            outcome: check(&request, &canonical, &signature),
        });
    }
    Ok(ran)
}

fn check(request: &str, canonical: &str, expected: &str) -> Result<(), String> {
    let parsed = parse(request).ok_or("it is no request")?;
    // The token is signed in the cases that have it.
    let token = canonical
        .lines()
        .find_map(|line| line.strip_prefix("x-amz-security-token:"));
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        token.map(str::to_owned),
        None,
        "vectors",
    );
    let caught = Caught::default();
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials)
        .endpoint_url("https://example.amazonaws.com")
        .time_source(Then)
        .interceptor(Replace(Arc::new(parsed)))
        .interceptor(caught.clone())
        .build();
    let client = Handle::<Blocking>::from_conf::<<Sign as Operation>::Service>(config);
    let result = client.call().send::<Sign>(SignInput::default());
    let caught = caught.0.lock().map_err(|error| error.to_string())?.take();
    let Some(actual) = caught else {
        return Err(format!("nothing is signed: {:?}", result.err()));
    };
    match actual == expected {
        true => Ok(()),
        false => Err(format!(
            "signature\n  expected {expected}\n  actual   {actual}"
        )),
    }
}

/// A request of the suite.
#[derive(Debug)]
struct Parsed {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    body: String,
}

fn parse(text: &str) -> Option<Parsed> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next()?.split_once(' ')?;
    let (uri, _) = rest.rsplit_once(" HTTP/")?;
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        match line.split_once(':').filter(|_| !line.starts_with(' ')) {
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            // A line that goes on.
            None => {
                let (_, value) = headers.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
            }
        }
    }
    // The signer's own.
    let own = ["x-amz-date", "x-amz-security-token", "host"];
    headers.retain(|(name, _)| !own.contains(&name.to_lowercase().as_str()));
    Some(Parsed {
        method: method.to_owned(),
        uri: uri.to_owned(),
        headers,
        body: body.to_owned(),
    })
}

/// The moment at which the suite signs: 2015-08-30T12:36:00Z.
#[derive(Debug)]
struct Then;

impl TimeSource for Then {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
    }
}

/// Puts the suite's request in the place of the operation's.
#[derive(Clone, Debug)]
struct Replace(Arc<Parsed>);

#[dyn_dispatch_hint]
impl Intercept for Replace {
    fn name(&self) -> &'static str {
        "Replace"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // Clients send the hash of the body along, and sign it. The suite does not.
        let signing = config.load::<SigV4OperationSigningConfig>().cloned();
        let mut signing = signing.ok_or("the client does not sign")?;
        signing.signing_options.content_sha256_header = false;
        config.interceptor_state().store_put(signing);
        let Parsed {
            method,
            uri,
            headers,
            body,
        } = &*self.0;
        let mut request = Request::new(SdkBody::from(body.as_str()));
        request.set_method(method.as_str())?;
        request.set_uri(format!("https://example.amazonaws.com{uri}"))?;
        // Headers that come twice are one with a list.
        let mut joined: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, value) in headers {
            joined.entry(name.to_lowercase()).or_default().push(value);
        }
        for (name, values) in joined {
            request.headers_mut().try_insert(name, values.join(","))?;
        }
        *context.request_mut() = request;
        Ok(())
    }
}

/// Keeps the signature, and the request from going out.
#[derive(Clone, Debug, Default)]
struct Caught(Arc<Mutex<Option<String>>>);

#[dyn_dispatch_hint]
impl Intercept for Caught {
    fn name(&self) -> &'static str {
        "Caught"
    }

    fn read_after_signing(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let signature = context.request().headers().get("authorization");
        *self.0.lock().map_err(|error| error.to_string())? = signature.map(str::to_owned);
        Err("it is not meant to go out".into())
    }
}
