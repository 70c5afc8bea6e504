//! Settings of single services that come with an `SdkConfig`, on their way to endpoint rules.
#![allow(clippy::panic, clippy::unwrap_used)]

use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::sdk_config::SharedCredentialsProvider;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use serde_json::{Value, json};
use smithereen_conformance::called::dynamodb::operation::list_tables::ListTables;
use smithereen_conformance::called::s3::ConfigExt;
use smithereen_conformance::called::s3::operation::get_object::GetObject;
use smithereen_conformance::called::s3::operation::list_objects::ListObjects;
use smithereen_conformance::called::s3control::operation::get_access_point::GetAccessPoint;
use smithereen_conformance::called::sts::operation::get_caller_identity::GetCallerIdentity;
use smithereen_conformance::client::{Call, call};
use smithereen_runtime::client::config::{Builder, Credentials, Region, SdkConfig};

/// The environment and the profile: a variable or a key with its value.
#[derive(Debug)]
struct Said(&'static str, &'static str);

impl LoadServiceConfig for Said {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = [key.env(), key.profile()].contains(&self.0);
        asked.then(|| self.1.to_owned())
    }
}

fn shared(region: &'static str) -> aws_types::sdk_config::Builder {
    let credentials = Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("secret")
        .account_id("111122223333")
        .provider_name("test");
    SdkConfig::builder()
        .region(Region::from_static(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials.build()))
}

fn said(region: &'static str, name: &'static str, value: &'static str) -> Builder {
    let shared = shared(region).service_config(Said(name, value)).build();
    Builder::from(&shared)
}

/// Where the call goes, or why it goes nowhere.
fn goes_to(call: Call, input: &Value, config: Builder) -> String {
    let seen = call(input, config).unwrap();
    match (seen.endpoint, seen.error) {
        (Some(endpoint), _) => endpoint.url().to_owned(),
        (None, error) => error.unwrap(),
    }
}

const ACCESS_POINT: &str = "arn:aws:s3:us-west-2:123456789012:accesspoint:myendpoint";
const REGIONAL: &str = "https://myendpoint-123456789012.s3-accesspoint.us-west-2.amazonaws.com";

#[test]
fn the_region_of_an_arn_is_as_the_environment_or_the_profile_says() {
    let input = json!({ "Bucket": ACCESS_POINT, "Key": "key" });
    let to = |name, value| goes_to(call::<GetObject>, &input, said("us-east-1", name, value));
    assert_eq!(to("AWS_S3_USE_ARN_REGION", "true"), REGIONAL);
    assert_eq!(to("s3_use_arn_region", " True "), REGIONAL);
    let refused = to("AWS_S3_USE_ARN_REGION", "false");
    assert!(
        refused.contains("does not match client region"),
        "{refused}"
    );
    // What is no such word is as if it were not there.
    assert_eq!(to("AWS_S3_USE_ARN_REGION", "never"), REGIONAL);
}

#[test]
fn what_the_program_says_has_precedence() {
    let input = json!({ "Bucket": ACCESS_POINT, "Key": "key" });
    let config = said("us-east-1", "AWS_S3_USE_ARN_REGION", "false").use_arn_region(true);
    assert_eq!(goes_to(call::<GetObject>, &input, config), REGIONAL);
}

#[test]
fn s3_control_has_the_setting_of_s3() {
    let name =
        "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:accesspoint:mine";
    let input = json!({ "Name": name, "AccountId": "123456789012" });
    let config = said("us-east-1", "AWS_S3_USE_ARN_REGION", "false");
    let refused = goes_to(call::<GetAccessPoint>, &input, config);
    assert!(
        refused.contains("does not match client region"),
        "{refused}"
    );
    let config = said("us-east-1", "AWS_S3_USE_ARN_REGION", "true");
    assert_eq!(
        goes_to(call::<GetAccessPoint>, &input, config),
        "https://s3-outposts.us-west-2.amazonaws.com"
    );
}

#[test]
fn access_points_of_many_regions_can_be_disabled() {
    let bucket = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap";
    let input = json!({ "Bucket": bucket, "Key": "key" });
    let config = said(
        "us-east-1",
        "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
        "true",
    );
    let refused = goes_to(call::<GetObject>, &input, config);
    assert!(
        refused.contains("Multi-Region Access Point ARNs are disabled"),
        "{refused}"
    );
}

#[test]
fn the_global_endpoint_of_s3_is_for_who_wants_the_old_one() {
    let input = json!({ "Bucket": "bucket" });
    let to = |value| {
        let config = said("us-east-1", "s3_us_east_1_regional_endpoint", value);
        goes_to(call::<ListObjects>, &input, config)
    };
    assert_eq!(to("legacy"), "https://bucket.s3.amazonaws.com");
    assert_eq!(to("regional"), "https://bucket.s3.us-east-1.amazonaws.com");
}

#[test]
fn the_global_endpoint_of_sts_is_for_who_wants_the_old_one() {
    let to = |value| {
        let config = said("us-west-2", "AWS_STS_REGIONAL_ENDPOINTS", value);
        goes_to(call::<GetCallerIdentity>, &json!({}), config)
    };
    assert_eq!(to("legacy"), "https://sts.amazonaws.com");
    assert_eq!(to("regional"), "https://sts.us-west-2.amazonaws.com");
}

#[test]
fn sessions_of_s3_express_can_be_disabled() {
    let input = json!({ "Bucket": "mybucket--use1-az1--x-s3", "Key": "key" });
    let config = said("us-east-1", "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true");
    let seen = call::<GetObject>(&input, config).unwrap();
    assert!(seen.request.is_some(), "{seen:?}");
    let config = said("us-east-1", "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "false");
    let error = call::<GetObject>(&input, config).unwrap().error.unwrap();
    assert!(error.contains("sigv4-s3express"), "{error}");
}

#[test]
fn the_account_of_the_credentials_is_in_the_endpoint_as_its_mode_says() {
    let to = |config: SdkConfig| goes_to(call::<ListTables>, &json!({}), Builder::from(&config));
    let with_account = "https://111122223333.ddb.us-east-1.amazonaws.com";
    let mode = |mode| shared("us-east-1").account_id_endpoint_mode(mode);
    assert_eq!(to(shared("us-east-1").build()), with_account);
    assert_eq!(
        to(mode(AccountIdEndpointMode::Preferred).build()),
        with_account
    );
    assert_eq!(
        to(mode(AccountIdEndpointMode::Disabled).build()),
        "https://dynamodb.us-east-1.amazonaws.com"
    );
    let nobodys = Credentials::new("AKID", "secret", None, None, "test");
    let required = mode(AccountIdEndpointMode::Required)
        .credentials_provider(SharedCredentialsProvider::new(nobodys));
    let refused = to(required.build());
    assert!(
        refused.contains("AccountIdEndpointMode is required"),
        "{refused}"
    );
}
