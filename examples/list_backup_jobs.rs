//! Lists all backup jobs, a page at a time.
//!
//! ```sh
//! cargo run -p smithereen-examples --bin list_backup_jobs -- --page-size 10
//! ```
//!
//! `--endpoint-url` names a local server. Credentials and region come from where the AWS CLI has
//! them.

use aws_config::BehaviorVersion;
use clap::Parser;
use smithereen_aws::backup::Client;
use std::error::Error;

#[derive(Parser)]
struct Arguments {
    /// At most so many jobs in one answer.
    #[arg(long, default_value_t = 100)]
    page_size: i32,
    /// The server to call instead of AWS.
    #[arg(long)]
    endpoint_url: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut config =
        aws_config::defaults(BehaviorVersion::latest()).http_client(smithereen_aws::http_client());
    if let Some(url) = arguments.endpoint_url {
        config = config.endpoint_url(url);
    }
    let client = Client::new(&config.load().await);

    // A stream; without `.items()`, one of pages.
    let mut jobs = client
        .list_backup_jobs()
        .into_paginator()
        .page_size(arguments.page_size)
        .items()
        .send();
    while let Some(job) = jobs.next().await {
        let job = job?;
        let state = job.state.map_or(String::new(), |state| state.to_string());
        println!("{} {state}", job.backup_job_id.unwrap_or_default());
    }
    Ok(())
}
