//! Code that calls AWS Backup, and its tests, which do not.
//!
//! ```sh
//! cargo test -p smithereen-examples --bin test_double
//! AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… \
//!     cargo run -p smithereen-examples --bin test_double -- JOB_ID
//! ```

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use smithereen_aws::backup::blocking::Client;
use smithereen_aws::backup::operation::describe_backup_job::{
    DescribeBackupJobError, DescribeBackupJobOutput,
};
use smithereen_aws::backup::types::BackupJobState;
use smithereen_aws::config::{Config, Region};

type Answer = Result<DescribeBackupJobOutput, smithereen_aws::Error<DescribeBackupJobError>>;

/// Whether a job has ended well, to be shown to somebody.
fn verdict(answer: Answer) -> String {
    match answer {
        Ok(job) => match job.state {
            Some(BackupJobState::Completed) => "done".to_owned(),
            Some(state) => format!("not done: {state}"),
            None => "nobody knows".to_owned(),
        },
        Err(error) => match error.as_service_error() {
            Some(DescribeBackupJobError::ResourceNotFoundException(_)) => "no such job".to_owned(),
            _ => error.to_string(),
        },
    }
}

fn ask(client: &Client, job_id: &str) -> String {
    verdict(client.describe_backup_job().backup_job_id(job_id).send())
}

fn main() {
    let config = Config::builder()
        .region(std::env::var("AWS_REGION").ok().map(Region::new))
        .credentials_provider(EnvironmentVariableCredentialsProvider::new());
    let client = Client::from_conf(config.build());
    for job_id in std::env::args().skip(1) {
        println!("{job_id}: {}", ask(&client, &job_id));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
    use aws_smithy_types::body::SdkBody;
    use smithereen_aws::backup::types::error::ResourceNotFoundException;
    use smithereen_aws::config::Credentials;
    use smithereen_aws::{ErrorKind, ErrorMeta, Modeled, http};

    /// An output made by hand: no client at all.
    #[test]
    fn a_completed_job_is_done() {
        let mut job = DescribeBackupJobOutput::default();
        job.state = Some(BackupJobState::Completed);
        assert_eq!(verdict(Ok(job)), "done");
    }

    /// An error made by hand.
    #[test]
    fn a_job_that_is_not_there_is_no_such_job() {
        let meta = ErrorMeta::default()
            .with_code("ResourceNotFoundException")
            .with_status(400);
        let error = Modeled::new(ResourceNotFoundException::default(), meta);
        let error = DescribeBackupJobError::ResourceNotFoundException(error);
        let error = smithereen_aws::Error::new("DescribeBackupJob", ErrorKind::Service(error));
        assert_eq!(verdict(Err(error)), "no such job");
    }

    /// The whole client over a replay: requests are made and signed, responses are read, nothing
    /// is sent.
    #[test]
    fn the_job_that_is_asked_for_is_the_one_that_is_answered() {
        let request = http::Request::builder()
            .uri("https://backup.us-east-1.amazonaws.com/backup-jobs/1EB3B5E7")
            .body(SdkBody::empty());
        let response = http::Response::new(SdkBody::from(r#"{ "State": "RUNNING" }"#));
        let replay = StaticReplayClient::new(vec![ReplayEvent::new(request.unwrap(), response)]);
        let config = Config::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(replay.clone())
            .build();

        let verdict = ask(&Client::from_conf(config), "1EB3B5E7");

        assert_eq!(verdict, "not done: RUNNING");
        replay.assert_requests_match(&[]);
    }
}
