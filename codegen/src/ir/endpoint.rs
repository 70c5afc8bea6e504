//! Endpoint rules: plain data whose references resolve, whose functions exist and are called with
//! what they take.

/// The endpoint rules of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// What the rules decide upon, in the order of the model.
    pub parameters: Vec<Parameter>,
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// What rules decide upon.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name by which the rules know it.
    pub name: String,
    /// What values it has.
    pub kind: ParameterKind,
    /// Whether it has to have one.
    pub required: bool,
    /// The value that it has if nobody says another; it is of the parameter's kind.
    pub default: Option<Default>,
    /// What it is sourced from.
    pub built_in: Option<String>,
}

/// What values a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ParameterKind {
    Boolean,
    String,
    StringArray,
}

/// The value that a parameter has if nobody says another.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Default {
    Bool(bool),
    Text(String),
    Texts(Vec<String>),
}

/// A rule: what holds if all conditions do.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The conditions, in order.
    pub conditions: Vec<Call>,
    /// What holds.
    pub outcome: Outcome,
}

/// What holds if all conditions of a rule do.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// One of these rules.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Endpoint),
    /// There is none, with the reason.
    Error(Value),
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Where requests go.
    pub url: Value,
    /// Headers of requests, in the order of the model.
    pub headers: Vec<(String, Vec<Value>)>,
    /// Facts, in the order of the model.
    pub properties: Vec<(String, Property)>,
}

/// A fact of an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum Property {
    /// A string.
    Text(Template),
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(u32),
    /// A list.
    List(Vec<Property>),
    /// Names and values, in the order of the model.
    Record(Vec<(String, Property)>),
}

/// A function and what it is called with.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub function: Function,
    /// What it is called with: as many as it takes.
    pub arguments: Vec<Value>,
    /// The name of the result for what comes after.
    pub assign: Option<String>,
}

/// A value, or how to get it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(Template),
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(u32),
    /// A parameter or variable, or an attribute of it.
    Reference(Reference),
    /// The result of a function.
    Call(Call),
}

/// A string with places to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(pub Vec<Part>);

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it stands.
    Text(String),
    /// What has to be filled in.
    Reference(Reference),
}

/// A parameter or variable, or an attribute of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: String,
    /// The path of the attribute.
    pub attribute: Option<String>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    /// Whatever it is.
    Any,
    Boolean,
    String,
    Number,
    Strings,
    Partition,
    Arn,
    Url,
}

/// A function that rules call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Function {
    IsSet,
    Not,
    BooleanEquals,
    StringEquals,
    GetAttr,
    Substring,
    UriEncode,
    ParseUrl,
    IsValidHostLabel,
    Partition,
    ParseArn,
    IsVirtualHostableS3Bucket,
}

/// What is known of a function.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// The function.
    pub function: Function,
    /// Its name in models.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static [Kind],
    /// What it gives, if it gives something.
    pub gives: Kind,
}

const fn signature(
    function: Function,
    name: &'static str,
    takes: &'static [Kind],
    gives: Kind,
) -> Signature {
    Signature {
        function,
        name,
        takes,
        gives,
    }
}

/// All functions: Smithy's [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html)
/// and [AWS's](https://smithy.io/2.0/aws/rules-engine/library-functions.html), as far as AWS's
/// models call them.
pub const FUNCTIONS: &[Signature] = &[
    signature(Function::IsSet, "isSet", &[Kind::Any], Kind::Boolean),
    signature(Function::Not, "not", &[Kind::Boolean], Kind::Boolean),
    signature(
        Function::BooleanEquals,
        "booleanEquals",
        &[Kind::Boolean, Kind::Boolean],
        Kind::Boolean,
    ),
    signature(
        Function::StringEquals,
        "stringEquals",
        &[Kind::String, Kind::String],
        Kind::Boolean,
    ),
    signature(
        Function::GetAttr,
        "getAttr",
        &[Kind::Any, Kind::String],
        Kind::Any,
    ),
    signature(
        Function::Substring,
        "substring",
        &[Kind::String, Kind::Number, Kind::Number, Kind::Boolean],
        Kind::String,
    ),
    signature(
        Function::UriEncode,
        "uriEncode",
        &[Kind::String],
        Kind::String,
    ),
    signature(Function::ParseUrl, "parseURL", &[Kind::String], Kind::Url),
    signature(
        Function::IsValidHostLabel,
        "isValidHostLabel",
        &[Kind::String, Kind::Boolean],
        Kind::Boolean,
    ),
    signature(
        Function::Partition,
        "aws.partition",
        &[Kind::String],
        Kind::Partition,
    ),
    signature(
        Function::ParseArn,
        "aws.parseArn",
        &[Kind::String],
        Kind::Arn,
    ),
    signature(
        Function::IsVirtualHostableS3Bucket,
        "aws.isVirtualHostableS3Bucket",
        &[Kind::String, Kind::Boolean],
        Kind::Boolean,
    ),
];

/// A group of regions that share their host names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its ID.
    pub id: String,
    /// What the names of its regions look like.
    pub region_regex: String,
    /// The domain of its services.
    pub dns_suffix: String,
    /// The domain of its services where they answer over IPv6 too.
    pub dual_stack_dns_suffix: String,
    /// The region in which requests to services without regions are signed; empty in old files,
    /// beside which no rules ask for it.
    pub implicit_global_region: String,
    /// Whether there are endpoints under FIPS 140.
    pub supports_fips: bool,
    /// Whether there are endpoints that answer over IPv6 too.
    pub supports_dual_stack: bool,
    /// The regions that are known by name, in the order of the file.
    pub regions: Vec<String>,
}

impl RuleSet {
    /// Whether the rules ask for partitions.
    pub fn asks_for_partitions(&self) -> bool {
        self.rules.iter().any(Rule::asks_for_partitions)
    }
}

impl Rule {
    fn asks_for_partitions(&self) -> bool {
        let within = match &self.outcome {
            Outcome::Rules(rules) => rules.iter().any(Self::asks_for_partitions),
            Outcome::Error(value) => value.asks_for_partitions(),
            Outcome::Endpoint(endpoint) => {
                let headers = endpoint.headers.iter();
                endpoint.url.asks_for_partitions()
                    || headers
                        .flat_map(|(_, values)| values)
                        .any(Value::asks_for_partitions)
            }
        };
        within || self.conditions.iter().any(Call::asks_for_partitions)
    }
}

impl Call {
    fn asks_for_partitions(&self) -> bool {
        self.function == Function::Partition
            || self.arguments.iter().any(Value::asks_for_partitions)
    }
}

impl Value {
    fn asks_for_partitions(&self) -> bool {
        matches!(self, Self::Call(call) if call.asks_for_partitions())
    }
}
