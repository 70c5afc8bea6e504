//! Values on the way from parameters to an endpoint, and their parts.

use super::ResolveError;
use super::error::impossible;
use super::functions::{Arn, Url};
use super::partition::Partition;

/// A value on the way.
#[derive(Clone, Copy)]
pub(super) enum Value<'v> {
    /// None, such as a parameter that is not set.
    Empty,
    Bool(bool),
    Number(u32),
    Text(&'v str),
    /// The strings of a parameter.
    Texts(&'v [String]),
    /// The strings of a parameter's default.
    Defaults(&'v [&'v str]),
    /// The resource of an ARN, which is a list too.
    Resource(&'v str),
    Partition(&'v Partition<'v>),
    Arn(Arn<'v>),
    Url(Url<'v>),
}

impl<'v> Value<'v> {
    /// What people call it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Empty => "not set",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Texts(_) | Self::Defaults(_) | Self::Resource(_) => "a list",
            Self::Partition(_) => "a partition",
            Self::Arn(_) => "an ARN",
            Self::Url(_) => "a URL",
        }
    }

    fn of(text: Option<&'v str>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

/// The part of a value at a path: keys with dots between, and an index in brackets at the end.
/// What is not there has no parts.
pub(super) fn attribute<'v>(value: Value<'v>, path: &str) -> Result<Value<'v>, ResolveError> {
    path.split('.').try_fold(value, |value, step| {
        let indexed = step.strip_suffix(']').and_then(|step| step.split_once('['));
        let (key, index) = match indexed {
            Some((key, index)) => (key, index.parse::<usize>().ok()),
            None => (step, None),
        };
        let field = match key {
            "" if indexed.is_some() => value,
            key => field(value, key)?,
        };
        match (indexed, index) {
            (None, _) => Ok(field),
            (Some(_), Some(index)) => item(field, index),
            (Some(_), None) => impossible(format!("`{path}` has an index that is no number")),
        }
    })
}

fn field<'v>(value: Value<'v>, key: &str) -> Result<Value<'v>, ResolveError> {
    let found = match (value, key) {
        (Value::Empty, _) => Value::Empty,
        (Value::Partition(partition), "name") => Value::Text(partition.id),
        (Value::Partition(partition), "dnsSuffix") => Value::Text(partition.dns_suffix),
        (Value::Partition(partition), "dualStackDnsSuffix") => {
            Value::Text(partition.dual_stack_dns_suffix)
        }
        (Value::Partition(partition), "implicitGlobalRegion") => {
            Value::Text(partition.implicit_global_region)
        }
        (Value::Partition(partition), "supportsFIPS") => Value::Bool(partition.supports_fips),
        (Value::Partition(partition), "supportsDualStack") => {
            Value::Bool(partition.supports_dual_stack)
        }
        (Value::Arn(arn), "partition") => Value::Text(arn.partition),
        (Value::Arn(arn), "service") => Value::Text(arn.service),
        (Value::Arn(arn), "region") => Value::Text(arn.region),
        (Value::Arn(arn), "accountId") => Value::Text(arn.account),
        (Value::Arn(arn), "resourceId") => Value::Resource(arn.resource),
        (Value::Url(url), "scheme") => Value::Text(url.scheme),
        (Value::Url(url), "authority") => Value::Text(url.authority),
        (Value::Url(url), "path") => Value::Text(url.path),
        (Value::Url(url), "normalizedPath") => Value::of(url.normalized_path),
        (Value::Url(url), "isIp") => Value::Bool(url.is_ip),
        (other, _) => return impossible(format!("{} has no `{key}`", other.noun())),
    };
    Ok(found)
}

fn item(list: Value<'_>, index: usize) -> Result<Value<'_>, ResolveError> {
    Ok(match list {
        Value::Empty => Value::Empty,
        Value::Texts(texts) => Value::of(texts.get(index).map(String::as_str)),
        Value::Defaults(texts) => Value::of(texts.get(index).copied()),
        Value::Resource(resource) => Value::of(Arn::resource_id(resource, index)),
        other => return impossible(format!("{} is no list", other.noun())),
    })
}
