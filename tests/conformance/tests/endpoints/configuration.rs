//! The configuration of a client that tells endpoint rules what a case says.

use serde_json::{Map, Value};
use smithereen_conformance::called::{s3, s3control};
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{Builder, Credentials, Region};

/// The configuration in which the built-in parameters have these values.
pub fn of(told: &Value) -> Result<Builder, String> {
    let none = Map::new();
    let told = told.as_object().unwrap_or(&none);
    let account = told.get("AWS::Auth::AccountId").and_then(Value::as_str);
    let mut credentials = Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("secret")
        .provider_name("vectors");
    if let Some(account) = account {
        credentials = credentials.account_id(account);
    }
    // What stands before the host is not the rules' matter; botocore's own test leaves it out too.
    let mut config = Config::builder()
        .credentials_provider(credentials.build())
        .disable_host_prefix(true);
    for (name, value) in told {
        config = with(config, name, value)
            .ok_or_else(|| format!("there is no place for {name} = {value}"))?;
    }
    Ok(config)
}

fn with(config: Builder, name: &str, value: &Value) -> Option<Builder> {
    Some(match name {
        "AWS::Region" => config.region(Region::new(value.as_str()?.to_owned())),
        "AWS::UseFIPS" => config.use_fips(value.as_bool()?),
        "AWS::UseDualStack" => config.use_dual_stack(value.as_bool()?),
        "SDK::Endpoint" => config.endpoint_url(value.as_str()?),
        // It is in the credentials.
        "AWS::Auth::AccountId" => config,
        "AWS::Auth::AccountIdEndpointMode" => {
            config.account_id_endpoint_mode(value.as_str()?.parse().ok()?)
        }
        "AWS::S3::Accelerate" => s3::ConfigExt::accelerate(config, value.as_bool()?),
        "AWS::S3::ForcePathStyle" => s3::ConfigExt::force_path_style(config, value.as_bool()?),
        "AWS::S3::UseArnRegion" => s3::ConfigExt::use_arn_region(config, value.as_bool()?),
        "AWS::S3::DisableMultiRegionAccessPoints" => {
            s3::ConfigExt::disable_multi_region_access_points(config, value.as_bool()?)
        }
        "AWS::S3Control::UseArnRegion" => {
            s3control::ConfigExt::use_arn_region(config, value.as_bool()?)
        }
        "AWS::S3::UseGlobalEndpoint" | "AWS::STS::UseGlobalEndpoint" => {
            config.endpoint_parameter("UseGlobalEndpoint", value.as_bool()?)
        }
        _ => return None,
    })
}
