//! Says how a backup job is doing, with no asynchronous runtime in the program.
//!
//! ```sh
//! AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… \
//!     cargo run -p smithereen-examples --bin describe_backup_job_blocking -- JOB_ID
//! ```
//!
//! `--endpoint-url` names a local server. Credentials come from the environment.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use clap::Parser;
use smithereen_aws::backup::blocking::Client;
use smithereen_aws::backup::operation::describe_backup_job::DescribeBackupJobError;
use smithereen_aws::config::{Config, Region};
use std::error::Error;

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
    let mut config = Config::builder()
        .region(std::env::var("AWS_REGION").ok().map(Region::new))
        .credentials_provider(EnvironmentVariableCredentialsProvider::new());
    if let Some(url) = arguments.endpoint_url {
        config = config.endpoint_url(url);
    }
    let client = Client::from_conf(config.build());

    let job = client
        .describe_backup_job()
        .backup_job_id(arguments.job_id)
        .send();
    match job {
        Ok(job) => println!("{:?}", job.state),
        // The errors that the model names are variants; all have code, message and request ID.
        Err(error)
            if error
                .as_service_error()
                .is_some_and(DescribeBackupJobError::is_resource_not_found_exception) =>
        {
            println!("there is no such job");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
