//! One call over asynchronous HTTPS.

use one_operation::backup::Client;
use one_operation::config::{Config, Credentials, Region};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "program"))
        .build();
    let job = Client::from_conf(config)
        .describe_backup_job()
        .backup_job_id("job")
        .send()
        .await?;
    println!("{:?}", job.state);
    Ok(())
}
