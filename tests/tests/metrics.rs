//! Metrics of calls go where the program says. What it says counts for the whole process, so this
//! test is alone in its own.

#![allow(clippy::unwrap_used)]

use aws_smithy_observability::global::set_telemetry_provider;
use aws_smithy_observability::meter::{Meter, ProvideMeter};
use aws_smithy_observability::{Attributes, TelemetryProvider};
use smithereen_aws::backup::blocking::Client;
use smithereen_aws::config::{Config, Credentials, Region};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Keeps for what it was asked for meters, and gives some that measure nothing.
#[derive(Clone, Debug, Default)]
struct Meters(Arc<Mutex<Vec<&'static str>>>);

impl ProvideMeter for Meters {
    fn get_meter(&self, scope: &'static str, attributes: Option<&Attributes>) -> Meter {
        self.0.lock().unwrap().push(scope);
        let noop = TelemetryProvider::noop();
        noop.meter_provider().get_meter(scope, attributes)
    }
}

fn call() {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "test"));
    let client = Client::from_conf(config.build());
    let call = client.describe_backup_job().backup_job_id("a-job");
    call.presigned(Duration::from_secs(60)).unwrap();
}

#[test]
fn a_client_that_is_built_after_a_provider_is_set_is_measured() {
    call();
    let meters = Meters::default();
    let provider = TelemetryProvider::builder().meter_provider(Arc::new(meters.clone()));
    set_telemetry_provider(provider.build()).unwrap();
    call();
    let asked = meters.0.lock().unwrap();
    assert!(asked.contains(&"smithereen-runtime"), "{asked:?}");
}
