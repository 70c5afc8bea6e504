//! Says how a backup job is doing, with requests that the program signs and sends itself: no
//! client, no runtime, only ureq.
//!
//! ```sh
//! AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… \
//!     cargo run -p smithereen-examples --bin any_http_client -- JOB_ID
//! ```
//!
//! `--endpoint-url` names a local server.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use clap::Parser;
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJob, DescribeBackupJobInput,
};
use smithereen_aws::{Operation, http};
use std::error::Error;
use std::time::SystemTime;

#[derive(Parser)]
struct Arguments {
    /// The job's ID.
    job_id: String,
    /// The server to call instead of AWS.
    #[arg(long)]
    endpoint_url: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let region = std::env::var("AWS_REGION")?;
    let endpoint = arguments
        .endpoint_url
        .unwrap_or_else(|| format!("https://backup.{region}.amazonaws.com"));

    let input = DescribeBackupJobInput::builder()
        .backup_job_id(arguments.job_id)
        .build();
    let mut request = DescribeBackupJob::request(&input)?;
    let endpoint = endpoint.trim_end_matches('/');
    *request.uri_mut() = format!("{endpoint}{}", request.uri()).parse()?;
    sign_request(&mut request, &region)?;

    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut response = agent.run(request)?;
    let body = response.body_mut().read_to_vec()?;
    let job = DescribeBackupJob::response(response.map(|_| body))?;
    println!("{:?}", job.state);
    Ok(())
}

/// Adds the signature (SigV4) to the headers.
fn sign_request(request: &mut http::Request<Vec<u8>>, region: &str) -> Result<(), Box<dyn Error>> {
    let credentials = Credentials::new(
        std::env::var("AWS_ACCESS_KEY_ID")?,
        std::env::var("AWS_SECRET_ACCESS_KEY")?,
        std::env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let identity = credentials.into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("backup")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?;
    let uri = request.uri().to_string();
    let headers = request.headers().iter();
    let headers = headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let body = SignableBody::Bytes(request.body());
    let signable = SignableRequest::new(request.method().as_str(), &uri, headers, body)?;
    let (instructions, _signature) = sign(signable, &params.into())?.into_parts();
    instructions.apply_to_request_http1x(request);
    Ok(())
}
