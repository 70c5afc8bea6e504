//! One call with the official client, as its documentation has it.

use aws_sdk_backup::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_backup::{Client, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "program"))
        .build();
    let job = Client::from_conf(config)
        .describe_backup_job()
        .backup_job_id("job")
        .send()
        .await?;
    println!("{:?}", job.state());
    Ok(())
}
