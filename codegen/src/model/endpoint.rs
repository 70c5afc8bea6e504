//! What AWS wrote of endpoints: strict mirrors of `endpoint-rule-set-1.json` and `partitions.json`.

use super::{Entries, Text};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A whole `endpoint-rule-set-1.json`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct RuleSet<'a> {
    /// The version of the format.
    pub version: Text<'a>,
    /// For people.
    pub documentation: Option<IgnoredAny>,
    /// The service that the rules are for, which the file's place says too.
    pub service_id: Option<IgnoredAny>,
    /// What the rules decide upon, by name.
    pub parameters: Entries<'a, Parameter<'a>>,
    /// The rules, in order.
    pub rules: Vec<Rule<'a>>,
}

/// What rules decide upon.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Parameter<'a> {
    /// What values it has.
    #[serde(rename = "type")]
    pub kind: ParameterKind,
    /// What it is sourced from.
    pub built_in: Option<Text<'a>>,
    /// The value that it has if nobody says another.
    pub default: Option<Default<'a>>,
    /// Whether it has to have one.
    #[serde(default)]
    pub required: bool,
    /// For people.
    pub documentation: Option<IgnoredAny>,
    /// For people.
    pub deprecated: Option<IgnoredAny>,
}

/// `parameter.type`, which AWS spells in two ways.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum ParameterKind {
    #[serde(alias = "Boolean")]
    Boolean,
    #[serde(alias = "String")]
    String,
    #[serde(alias = "StringArray")]
    StringArray,
}

/// `parameter.default`.
#[derive(Debug, Deserialize)]
#[serde(untagged, bound(deserialize = "'de: 'a"))]
#[allow(missing_docs)]
pub enum Default<'a> {
    Bool(bool),
    Text(Text<'a>),
    Texts(Vec<Text<'a>>),
}

/// A rule. Which of the last three it has is what its type says.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Rule<'a> {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: RuleKind,
    /// For people.
    pub documentation: Option<IgnoredAny>,
    /// What has to hold.
    #[serde(default)]
    pub conditions: Vec<Call<'a>>,
    /// Of a tree: rules, one of which holds.
    pub rules: Option<Vec<Rule<'a>>>,
    /// Of an endpoint.
    pub endpoint: Option<Endpoint<'a>>,
    /// Of an error: the reason.
    pub error: Option<Value<'a>>,
}

/// `rule.type`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum RuleKind {
    Tree,
    Endpoint,
    Error,
}

/// `rule.endpoint`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Endpoint<'a> {
    /// Where requests go.
    pub url: Value<'a>,
    /// Headers of requests.
    #[serde(default)]
    pub headers: Entries<'a, Vec<Value<'a>>>,
    /// Facts, such as how requests are signed.
    #[serde(default)]
    pub properties: Entries<'a, Property<'a>>,
}

/// A condition, or a function in a place of a value.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Call<'a> {
    /// The function.
    #[serde(rename = "fn")]
    pub function: Text<'a>,
    /// What it is called with.
    pub argv: Vec<Value<'a>>,
    /// The name of the result. Only conditions have one.
    pub assign: Option<Text<'a>>,
    /// For people.
    pub documentation: Option<IgnoredAny>,
}

/// A value, or how to get it.
#[derive(Debug)]
pub enum Value<'a> {
    /// A string, which may be a template.
    Text(Text<'a>),
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(u64),
    /// `{"ref": …}`.
    Reference(Text<'a>),
    /// `{"fn": …}`.
    Call(Call<'a>),
    /// A list, which no function takes.
    List(Vec<Value<'a>>),
}

/// A fact of an endpoint.
#[derive(Debug)]
pub enum Property<'a> {
    /// A string, which may be a template.
    Text(Text<'a>),
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(u64),
    /// A list.
    List(Vec<Property<'a>>),
    /// Names and values.
    Record(Entries<'a, Property<'a>>),
}

/// What an object in the place of a value can say. Both or neither is an error later.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
struct ValueObject<'a> {
    #[serde(rename = "ref")]
    reference: Option<Text<'a>>,
    #[serde(rename = "fn")]
    function: Option<Text<'a>>,
    argv: Option<Vec<Value<'a>>>,
    assign: Option<Text<'a>>,
    documentation: Option<IgnoredAny>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a boolean, a number, a list, a `ref` or a `fn`")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(text.to_owned().into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        elements(list).map(Value::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let object = ValueObject::deserialize(MapAccessDeserializer::new(map))?;
        match object {
            ValueObject {
                reference: Some(reference),
                function: None,
                argv: None,
                assign: None,
                ..
            } => Ok(Value::Reference(reference)),
            ValueObject {
                reference: None,
                function: Some(function),
                argv: Some(argv),
                assign,
                documentation,
            } => Ok(Value::Call(Call {
                function,
                argv,
                assign,
                documentation,
            })),
            _ => Err(serde::de::Error::custom(
                "an object is `ref`, or `fn` and `argv`",
            )),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Property<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PropertyVisitor)
    }
}

struct PropertyVisitor;

impl<'de> Visitor<'de> for PropertyVisitor {
    type Value = Property<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a boolean, a number, a list or an object")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Property::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Property::Text(text.to_owned().into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Property::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Property::Number(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        elements(list).map(Property::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Entries::deserialize(MapAccessDeserializer::new(map)).map(Property::Record)
    }
}

fn elements<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(mut list: A) -> Result<Vec<T>, A::Error> {
    let mut elements = Vec::new();
    while let Some(element) = list.next_element()? {
        elements.push(element);
    }
    Ok(elements)
}

/// A whole `partitions.json`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Partitions<'a> {
    /// The version of the format.
    pub version: Text<'a>,
    /// The partitions, in order.
    pub partitions: Vec<Partition<'a>>,
}

/// A group of regions that share their host names.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Partition<'a> {
    /// Its ID.
    pub id: Text<'a>,
    /// What the names of its regions look like.
    pub region_regex: Text<'a>,
    /// The regions that are known, by name.
    pub regions: Entries<'a, Region>,
    /// What the rules can ask.
    pub outputs: Outputs<'a>,
}

/// A region. It cannot say anything of its own that rules can ask.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// For people.
    pub description: Option<IgnoredAny>,
}

/// `partition.outputs`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Outputs<'a> {
    /// The domain of its services.
    pub dns_suffix: Text<'a>,
    /// The domain of its services where they answer over IPv6 too.
    pub dual_stack_dns_suffix: Text<'a>,
    /// The region in which requests to services without regions are signed.
    pub implicit_global_region: Option<Text<'a>>,
    /// Its ID once more.
    pub name: Text<'a>,
    /// Whether there are endpoints that answer over IPv6 too.
    pub supports_dual_stack: bool,
    /// Whether there are endpoints under FIPS 140.
    #[serde(rename = "supportsFIPS")]
    pub supports_fips: bool,
}
