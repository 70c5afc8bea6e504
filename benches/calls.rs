//! One `DescribeBackupJob` from memory, through the official client and through ours: allocations,
//! size of the future, and with `calls WHICH N`, N calls for valgrind to count instructions of.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use smithereen_aws::Operation;
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobInput,
};
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

const BODY: &str = include_str!("../tests/data/describe_backup_job.json");
const JOB: &str = "1EB3B5E7-9EB0-435A-A80B-108B488B0D45";

/// Answers everything with the full response of `DescribeBackupJob`.
#[derive(Debug)]
struct Memory;

impl HttpConnector for Memory {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let response = http::Response::builder()
            .header("x-amzn-requestid", "b1c2")
            .body(SdkBody::from(BODY))
            .expect("a response");
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).expect("a response")))
    }
}

fn memory() -> SharedHttpClient {
    let connector = SharedHttpConnector::new(Memory);
    SharedHttpClient::new(http_client_fn(move |_, _| connector.clone()))
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench")
}

fn official() -> aws_sdk_backup::Client {
    use aws_sdk_backup::config::{BehaviorVersion, Region};
    let config = aws_sdk_backup::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials())
        .http_client(memory());
    aws_sdk_backup::Client::from_conf(config.build())
}

fn config() -> smithereen_aws::config::Config {
    use smithereen_aws::config::{Config, Region};
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials())
        .sleep_impl(aws_smithy_async_tokio::sleep())
        .http_client(memory())
        .build()
}

/// The way to sleep that the official client has by default.
mod aws_smithy_async_tokio {
    pub fn sleep() -> smithereen_aws::config::SharedAsyncSleep {
        aws_smithy_async::rt::sleep::default_async_sleep().expect("tokio's")
    }
}

/// Request, signature and response, with nothing else around them.
fn sans_io(identity: &aws_smithy_runtime_api::client::identity::Identity) {
    let input = DescribeBackupJobInput::builder().backup_job_id(JOB).build();
    let mut request = DescribeBackupJob::request(&input).expect("a request");
    let path = request.uri().path();
    let uri = ["https://backup.us-east-1.amazonaws.com", path].concat();
    let shared = http::Uri::from_maybe_shared(uri.clone().into_bytes());
    *request.uri_mut() = shared.expect("a URI");
    let params = aws_sigv4::sign::v4::SigningParams::builder()
        .identity(identity)
        .region("us-east-1")
        .name("backup")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .expect("parameters");
    let signable = SignableRequest::new(
        request.method().as_str(),
        &uri,
        request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII"))),
        SignableBody::Bytes(request.body()),
    );
    let (instructions, _) = sign(signable.expect("signable"), &params.into())
        .expect("a signature")
        .into_parts();
    instructions.apply_to_request_http1x(&mut request);
    black_box(&request);
    let output = DescribeBackupJob::response(http::Response::new(BODY)).expect("an output");
    black_box(output);
}

/// A way to make the call: its name, and one call.
type Way = (&'static str, Box<dyn FnMut()>);

fn ways() -> Vec<Way> {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().build().expect("a runtime")
    };
    let (official, a) = (official(), runtime());
    let (client, b) = (
        smithereen_aws::backup::Client::from_conf(config()),
        runtime(),
    );
    let blocking = smithereen_aws::backup::blocking::Client::from_conf(config());
    let identity = credentials().into();
    vec![
        (
            "official",
            Box::new(move || {
                let call = official.describe_backup_job().backup_job_id(JOB).send();
                black_box(a.block_on(call).expect("an output"));
            }),
        ),
        (
            "client",
            Box::new(move || {
                let call = client.describe_backup_job().backup_job_id(JOB).send();
                black_box(b.block_on(call).expect("an output"));
            }),
        ),
        (
            "blocking",
            Box::new(move || {
                let call = blocking.describe_backup_job().backup_job_id(JOB).send();
                black_box(call.expect("an output"));
            }),
        ),
        ("sans-io", Box::new(move || sans_io(&identity))),
    ]
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    if let (Some(which), Some(calls)) = (arguments.next(), arguments.next()) {
        let calls: usize = calls.parse().expect("a number");
        let mut ways = ways();
        let way = ways.iter_mut().find(|(name, _)| *name == which);
        let (_, call) = way.expect("official, client, blocking or sans-io");
        (0..calls).for_each(|_| call());
        return;
    }
    let official = official().describe_backup_job().backup_job_id(JOB).send();
    let client = smithereen_aws::backup::Client::from_conf(config());
    let client = client.describe_backup_job().backup_job_id(JOB).send();
    println!("future of official: {} bytes", size_of_val(&official));
    println!("future of client: {} bytes", size_of_val(&client));
    drop((official, client));
    for (name, mut call) in ways() {
        // The first calls fill caches.
        (0..10).for_each(|_| call());
        let counted = allocation_counter::measure(&mut call);
        let start = Instant::now();
        (0..2_000).for_each(|_| call());
        let each: Duration = start.elapsed() / 2_000;
        println!(
            "{name}: {} allocations, {} bytes in all, {each:?}",
            counted.count_total, counted.bytes_total
        );
    }
}
