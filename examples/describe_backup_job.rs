//! Says how a backup job is doing.
//!
//! ```sh
//! cargo run -p smithereen-examples --bin describe_backup_job -- JOB_ID
//! cargo run -p smithereen-examples --bin describe_backup_job -- JOB_ID --endpoint-url http://127.0.0.1:5998
//! ```
//!
//! Credentials and region come from where the AWS CLI has them: the environment, `~/.aws`.

use aws_config::BehaviorVersion;
use clap::Parser;
use smithereen_aws::backup::Client;
use std::error::Error;

#[derive(Parser)]
struct Arguments {
    /// The job's ID.
    job_id: String,
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

    let job = client
        .describe_backup_job()
        .backup_job_id(arguments.job_id)
        .send()
        .await?;
    let state = job
        .state
        .map_or("in no state".to_owned(), |s| s.to_string());
    println!("{state}, {} % done", job.percent_done.unwrap_or_default());
    Ok(())
}
