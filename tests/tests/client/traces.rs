//! What is traced and logged, at all levels, has no secrets in it.

use crate::drive::Drive;
use crate::secrets::{SENSITIVE, failing, without, without_secrets};
use crate::server::{Reply, Server};
use crate::{SECRET, config, describe};
use smithereen_runtime::client::config::Credentials;
use smithereen_tests::whole::backup::ClientOf;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

both! {
    calls_show_no_secrets
    presigning_shows_no_secrets
}

/// What everything in this process has traced and logged, at all levels.
#[derive(Clone, Default)]
struct Traces(Arc<Mutex<Vec<u8>>>);

impl Traces {
    fn text(&self) -> String {
        let traces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&traces).into_owned()
    }
}

impl Write for Traces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut traces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        traces.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Traces {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Collects from now on. Connections have threads of their own, so all threads are listened to.
fn collect() -> &'static Traces {
    static TRACES: OnceLock<Traces> = OnceLock::new();
    TRACES.get_or_init(|| {
        let traces = Traces::default();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(traces.clone())
            // Of the crate `log` too, in which ureq and rustls write.
            .init();
        traces
    })
}

fn calls_show_no_secrets<M: Drive>() {
    let traces = collect();
    let server = Server::start([
        Reply::error(500, "InternalFailure", "no"),
        Reply::ok(r#"{"BackupJobId":"a-job"}"#),
        Reply::ok("{}"),
        Reply::ok("{}"),
        Reply::ok(&format!("{{\"Tags\":{{\"key\":\"{SENSITIVE}\"}}}}")),
    ]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    describe(&client).unwrap();
    let call = client
        .start_backup_job()
        .backup_vault_name("vault")
        .resource_arn("arn:aws:dynamodb:us-east-1:123456789012:table/t")
        .iam_role_arn("arn:aws:iam::123456789012:role/r");
    M::wait(call.send()).unwrap();
    let call = client
        .start_restore_job()
        .recovery_point_arn("an-arn")
        .metadata([("key", SENSITIVE)]);
    M::wait(call.send()).unwrap();
    let tags = M::wait(client.list_tags().resource_arn("an-arn").send()).unwrap();
    without_secrets(&format!("{tags:?}"));
    failing::<M>();

    let text = traces.text();
    assert!(text.contains("DescribeBackupJob"), "nothing was traced");
    assert!(text.contains("TRACE"), "too little was traced");
    without_secrets(&text);
}

fn presigning_shows_no_secrets<M: Drive>() {
    const TOKEN: &str = "FwoGZXIvYXdzPRESIGNEDONLYFORATEST";
    let traces = collect();
    let key = Credentials::new("AKIDEXAMPLE", SECRET, Some(TOKEN.into()), None, "test");
    let config = config("http://localhost").credentials_provider(key);
    let client = ClientOf::<M>::from_conf(config.build());
    let call = client.describe_backup_job().backup_job_id("a-job");
    M::wait(call.presigned(Duration::from_secs(60))).unwrap();
    without(&traces.text(), TOKEN);
}
