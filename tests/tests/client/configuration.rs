//! What is configured, and what becomes of it.

use crate::drive::Drive;
use crate::server::{Reply, Server};
use crate::{config, describe};
use smithereen_runtime::ErrorKind;
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{
    Builder, Credentials, Region, SdkConfig, SharedCredentialsProvider,
};
use smithereen_tests::whole::backup::ClientOf;
use std::fmt;
use std::time::Duration;

both! {
    the_region_decides_the_endpoint
    the_configuration_that_services_share_is_taken_over
    the_endpoint_of_one_service_can_be_configured_apart
    what_the_program_says_of_the_endpoint_has_precedence
    without_a_region_a_call_says_so
    without_credentials_a_call_says_so
    a_region_that_is_no_part_of_a_host_name_is_refused
    an_endpoint_that_is_no_url_is_named
    an_endpoint_with_a_password_is_refused_and_not_shown
    the_endpoint_of_one_service_stays_for_a_call_that_is_customised
    one_call_can_have_another_region
    one_call_can_have_another_header
    one_call_can_be_refused_by_the_program
    a_presigned_request_lasts_from_a_second_to_a_week
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret", None, None, "test")
}

fn somewhere(region: &'static str) -> Builder {
    Config::builder()
        .region(Region::new(region))
        .credentials_provider(credentials())
}

/// The endpoint and the scope of the signature of a request that is not sent.
fn target<M: Drive>(client: &ClientOf<M>) -> (String, String) {
    let call = client.describe_backup_job().backup_job_id("a-job");
    let presigned = M::wait(call.presigned(Duration::from_secs(60))).unwrap();
    let uri = presigned.uri();
    let (endpoint, query) = uri.split_once("/backup-jobs/a-job?").unwrap();
    let mut parameters = query.split('&');
    let credential = parameters.find_map(|p| p.strip_prefix("X-Amz-Credential="));
    let scope = credential.unwrap().split("%2F").skip(2).collect::<Vec<_>>();
    (endpoint.to_owned(), scope.join("/"))
}

fn the_region_decides_the_endpoint<M: Drive>() {
    let of = |config: Builder| target(&ClientOf::<M>::from_conf(config.build())).0;
    assert_eq!(
        of(somewhere("eu-west-1")),
        "https://backup.eu-west-1.amazonaws.com"
    );
    assert_eq!(
        of(somewhere("cn-north-1")),
        "https://backup.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(
        of(somewhere("us-east-1").use_fips(true)),
        "https://backup-fips.us-east-1.amazonaws.com"
    );
    assert_eq!(
        of(somewhere("us-east-1").use_dual_stack(true)),
        "https://backup.us-east-1.api.aws"
    );
    // One that no list has yet.
    assert_eq!(
        of(somewhere("eu-north-99")),
        "https://backup.eu-north-99.amazonaws.com"
    );
}

fn shared() -> aws_types::sdk_config::Builder {
    SdkConfig::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
}

fn the_configuration_that_services_share_is_taken_over<M: Drive>() {
    let client = ClientOf::<M>::new(&shared().use_fips(true).build());
    let (endpoint, scope) = target(&client);
    assert_eq!(endpoint, "https://backup-fips.eu-west-1.amazonaws.com");
    assert_eq!(scope, "eu-west-1/backup/aws4_request");
    let client = ClientOf::<M>::new(&shared().endpoint_url("http://localhost:8000").build());
    assert_eq!(target(&client).0, "http://localhost:8000");
}

/// Has `endpoint_url` of the service in `AWS_ENDPOINT_URL_BACKUP` or in a profile.
struct OfOneService;

impl fmt::Debug for OfOneService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfOneService")
    }
}

impl aws_types::service_config::LoadServiceConfig for OfOneService {
    fn load_config(&self, key: aws_types::service_config::ServiceConfigKey<'_>) -> Option<String> {
        let key = (key.service_id(), key.env(), key.profile());
        let wanted = ("Backup", "AWS_ENDPOINT_URL", "endpoint_url");
        (key == wanted).then(|| "http://localhost:7000".to_owned())
    }
}

fn the_endpoint_of_one_service_can_be_configured_apart<M: Drive>() {
    let shared = shared()
        .endpoint_url("http://localhost:8000")
        .service_config(OfOneService)
        .build();
    assert_eq!(
        target(&ClientOf::<M>::new(&shared)).0,
        "http://localhost:7000"
    );
}

fn what_the_program_says_of_the_endpoint_has_precedence<M: Drive>() {
    let shared = shared().service_config(OfOneService).build();
    let config = Builder::from(&shared).endpoint_url("http://localhost:9000");
    let client = ClientOf::<M>::from_conf(config.build());
    assert_eq!(target(&client).0, "http://localhost:9000");
}

/// What a call that is not sent ends with.
fn refused<M: Drive>(config: Builder) -> String {
    let client = ClientOf::<M>::from_conf(config.build());
    let error = describe(&client).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
    error.to_string()
}

fn without_a_region_a_call_says_so<M: Drive>() {
    let error = refused::<M>(Config::builder().credentials_provider(credentials()));
    assert_eq!(
        error,
        "DescribeBackupJob: the request cannot be built: Invalid Configuration: Missing Region"
    );
}

fn without_credentials_a_call_says_so<M: Drive>() {
    let error = refused::<M>(Config::builder().region(Region::new("us-east-1")));
    assert!(
        error.contains("no credentials are configured: set `credentials_provider`"),
        "{error}"
    );
}

fn a_region_that_is_no_part_of_a_host_name_is_refused<M: Drive>() {
    for region in ["x.evil.example/", "a@b", "", "-a", "a b"] {
        let error = refused::<M>(somewhere(region));
        assert!(
            error.ends_with(&format!(
                "the region `{region}` cannot be a part of a host name"
            )),
            "{error}"
        );
    }
}

fn an_endpoint_with_a_password_is_refused_and_not_shown<M: Drive>() {
    let error = refused::<M>(somewhere("us-east-1").endpoint_url("https://me:hidden@localhost"));
    assert!(error.contains("a user name or a password"), "{error}");
    assert!(!error.contains("hidden"), "{error}");
}

fn the_endpoint_of_one_service_stays_for_a_call_that_is_customised<M: Drive>() {
    let shared = shared()
        .endpoint_url("http://localhost:8000")
        .service_config(OfOneService)
        .build();
    let client = ClientOf::<M>::new(&shared);
    let call = client.describe_backup_job().backup_job_id("a-job");
    let call = call.customize().config_override(Builder::from(&shared));
    let presigned = M::wait(call.presigned(Duration::from_secs(60))).unwrap();
    assert!(presigned.uri().starts_with("http://localhost:7000/"));
}

fn an_endpoint_that_is_no_url_is_named<M: Drive>() {
    let error = refused::<M>(somewhere("us-east-1").endpoint_url("nonsense"));
    assert!(error.contains("nonsense"), "{error}");
    assert!(!error.contains("SdkBody"), "{error}");
}

fn one_call_can_have_another_region<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    let other = Config::builder().region(Region::new("eu-west-1"));
    let call = client.describe_backup_job().backup_job_id("a-job");
    M::wait(call.customize().config_override(other).send()).unwrap();
    let request = server.requests().remove(0);
    let authorization = request.header("authorization");
    assert!(
        authorization.contains("/eu-west-1/backup/"),
        "{authorization}"
    );
}

fn one_call_can_have_another_header<M: Drive>() {
    let server = Server::start([Reply::ok("{}")]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    let call = client.describe_backup_job().backup_job_id("a-job");
    let call = call.customize().mutate_request(|request| {
        request.headers_mut().insert("x-marked", "yes");
    });
    M::wait(call.send()).unwrap();
    let request = server.requests().remove(0);
    assert_eq!(request.header("x-marked"), "yes");
    // It was there before the signature.
    assert!(request.header("authorization").contains("x-marked"));
}

fn one_call_can_be_refused_by_the_program<M: Drive>() {
    let server = Server::start([]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    let call = client.describe_backup_job().backup_job_id("a-job");
    let call = call.customize().map_request(|_| Err(fmt::Error));
    let error = M::wait(call.send()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
    assert!(server.requests().is_empty());
}

fn a_presigned_request_lasts_from_a_second_to_a_week<M: Drive>() {
    let client = ClientOf::<M>::from_conf(somewhere("us-east-1").build());
    for seconds in [0, 7 * 24 * 60 * 60 + 1] {
        let call = client.describe_backup_job().backup_job_id("a-job");
        let error = M::wait(call.presigned(Duration::from_secs(seconds))).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("from a second to a week"), "{text}");
    }
}
