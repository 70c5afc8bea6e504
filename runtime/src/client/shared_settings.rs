//! Settings of few services that the environment and the profile have, by the names that their
//! endpoint rules have for them.

use crate::endpoint::RuleSet;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

/// A setting, all of which are booleans to endpoint rules.
struct Setting {
    /// The built-in parameter, or the parameter where that has no other name.
    parameter: &'static str,
    /// The variable of the environment.
    variable: &'static str,
    /// The key in the profile.
    key: &'static str,
    /// The words for false and true.
    words: [&'static str; 2],
}

const YES: [&str; 2] = ["false", "true"];
const GLOBAL: [&str; 2] = ["regional", "legacy"];

/// What AWS's reference of shared configuration has of this kind.
const SETTINGS: [Setting; 6] = [
    Setting {
        parameter: "AWS::S3::UseArnRegion",
        variable: "AWS_S3_USE_ARN_REGION",
        key: "s3_use_arn_region",
        words: YES,
    },
    Setting {
        parameter: "AWS::S3Control::UseArnRegion",
        variable: "AWS_S3_USE_ARN_REGION",
        key: "s3_use_arn_region",
        words: YES,
    },
    Setting {
        parameter: "AWS::S3::DisableMultiRegionAccessPoints",
        variable: "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
        key: "s3_disable_multiregion_access_points",
        words: YES,
    },
    Setting {
        parameter: "AWS::S3::UseGlobalEndpoint",
        variable: "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
        key: "s3_us_east_1_regional_endpoint",
        words: GLOBAL,
    },
    Setting {
        parameter: "AWS::STS::UseGlobalEndpoint",
        variable: "AWS_STS_REGIONAL_ENDPOINTS",
        key: "sts_regional_endpoints",
        words: GLOBAL,
    },
    Setting {
        parameter: "DisableS3ExpressSessionAuth",
        variable: "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH",
        key: "s3_disable_express_session_auth",
        words: YES,
    },
];

/// The settings that are there, by the names that endpoint rules have for them.
#[derive(Clone, Debug)]
pub(super) struct SharedSettings(Vec<(&'static str, bool)>);

impl Storable for SharedSettings {
    type Storer = StoreReplace<Self>;
}

impl SharedSettings {
    /// Those that a service's endpoint rules ask for; `None` if there are none.
    pub fn of(shared: &SdkConfig, id: &str, rules: &RuleSet<'_>) -> Option<Self> {
        let asked = rules.parameters.iter();
        let found = asked.filter_map(|parameter| {
            let name = parameter.built_in.unwrap_or(parameter.name);
            let setting = SETTINGS.iter().find(|setting| setting.parameter == name)?;
            Some((setting.parameter, setting.load(shared, id)?))
        });
        let found: Vec<_> = found.collect();
        (!found.is_empty()).then_some(Self(found))
    }

    /// The setting of this name.
    pub fn get(&self, name: &str) -> Option<bool> {
        let mut settings = self.0.iter();
        settings
            .find(|(of, _)| *of == name)
            .map(|(_, value)| *value)
    }
}

impl Setting {
    /// What the environment says, or else the profile. Another word is as none.
    fn load(&self, shared: &SdkConfig, id: &str) -> Option<bool> {
        let key = ServiceConfigKey::builder()
            .service_id(id)
            .env(self.variable)
            .profile(self.key)
            .build()
            .ok()?;
        let said = shared.service_config()?.load_config(key)?;
        let is = |word: &&str| said.trim().eq_ignore_ascii_case(word);
        self.words.iter().position(is).map(|word| word == 1)
    }
}
