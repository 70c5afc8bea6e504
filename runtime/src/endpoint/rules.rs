//! Rule sets as data, and the words that they are written with.
//!
//! ```
//! use smithereen_runtime::endpoint::rules::*;
//! use smithereen_runtime::endpoint::{Params, resolve};
//!
//! static RULES: RuleSet<'static> = RuleSet {
//!     parameters: &[
//!         string("Region").built_in("AWS::Region"),
//!     ],
//!     rules: &[
//!         when(&[
//!             is_set(&[reference("Region")]),
//!         ]).endpoint(text("https://parrots.{Region}.example.com")),
//!         error(text("Invalid Configuration: Missing Region")),
//!     ],
//! };
//!
//! let endpoint = resolve(&RULES, &[], &Params::default().with("Region", "eu-west-1"))?;
//! assert_eq!(endpoint.url(), "https://parrots.eu-west-1.example.com");
//! let error = resolve(&RULES, &[], &Params::default()).unwrap_err();
//! assert_eq!(error.to_string(), "Invalid Configuration: Missing Region");
//! # Ok::<(), smithereen_runtime::endpoint::ResolveError>(())
//! ```

/// The endpoint rules of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleSet<'a> {
    /// What the rules decide upon.
    pub parameters: &'a [Parameter<'a>],
    /// The rules. The first one whose conditions hold is the one that counts.
    pub rules: &'a [Rule<'a>],
}

/// What rules decide upon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter<'a> {
    /// The name by which the rules know it.
    pub name: &'a str,
    /// What values it has.
    pub kind: ParameterKind,
    /// Whether it has to have one.
    pub required: bool,
    /// The value that it has if nobody says another.
    pub default: Option<DefaultValue<'a>>,
    /// What it is sourced from: `AWS::Region`, `SDK::Endpoint`.
    pub built_in: Option<&'a str>,
}

/// What values a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A boolean.
    Boolean,
    /// A string.
    String,
    /// A list of strings.
    StringArray,
}

/// The value that a parameter has if nobody says another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue<'a> {
    /// A boolean.
    Bool(bool),
    /// A string.
    Text(&'a str),
    /// Strings.
    Texts(&'a [&'a str]),
}

/// A rule: what holds if all conditions do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule<'a> {
    /// The conditions, in order; one may use what an earlier one has assigned.
    pub conditions: &'a [Call<'a>],
    /// What holds.
    pub outcome: Outcome<'a>,
    /// Headers of requests to an endpoint: names and values.
    pub headers: &'a [(&'a str, &'a [Expression<'a>])],
    /// Facts of an endpoint, such as `authSchemes`.
    pub properties: &'a [(&'a str, Expression<'a>)],
}

/// What holds if all conditions of a rule do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome<'a> {
    /// One of these rules; that none of them is for the parameters is an error.
    Rules(&'a [Rule<'a>]),
    /// An endpoint with this URL.
    Endpoint(Expression<'a>),
    /// There is no endpoint, with the reason.
    Error(Expression<'a>),
}

/// A function and what it is called with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call<'a> {
    /// The function.
    pub function: Function,
    /// What it is called with.
    pub arguments: &'a [Expression<'a>],
    /// The name of the result for what comes after, if it has one. Only conditions assign.
    pub assign: Option<&'a str>,
}

/// A value, or how to get it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expression<'a> {
    /// A string. `{Name}` and `{name#attribute}` stand for other strings, `{{` and `}}` for braces.
    Text(&'a str),
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(u32),
    /// The parameter or variable of this name, or an attribute of it: `Name`, `name#attribute`.
    Reference(&'a str),
    /// The result of a function.
    Call(Call<'a>),
    /// A list, in properties.
    List(&'a [Expression<'a>]),
    /// Names and values, in properties.
    Record(&'a [(&'a str, Expression<'a>)]),
}

/// Declares the functions, and a word for calling each.
macro_rules! functions {
    ($($(#[doc = $doc:literal])+ $word:ident = $function:ident/$arity:literal, $name:literal;)+) => {
        /// A function that rules call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function {
            $($(#[doc = $doc])+ $function,)+
        }

        impl Function {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$function),+];

            /// The name in models.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$function => $name,)+ }
            }
        }

        $(
            $(#[doc = $doc])+
            pub const fn $word<'a>(arguments: &'a [Expression<'a>; $arity]) -> Call<'a> {
                Call { function: Function::$function, arguments, assign: None }
            }
        )+
    };
}

functions! {
    /// Whether there is a value.
    is_set = IsSet/1, "isSet";
    /// The other boolean.
    not = Not/1, "not";
    /// Whether two booleans are the same.
    boolean_equals = BooleanEquals/2, "booleanEquals";
    /// Whether two strings are the same.
    string_equals = StringEquals/2, "stringEquals";
    /// A part of a value, by a path such as `resourceId[0]`.
    get_attr = GetAttr/2, "getAttr";
    /// A part of a string, from a start up to an end, counted from the string's end if the last
    /// argument says so. Nothing if the string is too short or is not ASCII.
    substring = Substring/4, "substring";
    /// A string with every byte percent-encoded that is not unreserved (RFC 3986, section 2.3).
    uri_encode = UriEncode/1, "uriEncode";
    /// The parts of a URL; nothing if it is none, or has a query.
    parse_url = ParseUrl/1, "parseURL";
    /// Whether a string can be a label of a host name (RFC 1123), or several with dots between if
    /// the second argument says so.
    is_valid_host_label = IsValidHostLabel/2, "isValidHostLabel";
    /// The partition of a region.
    partition = Partition/1, "aws.partition";
    /// The parts of an ARN; nothing if it is none.
    parse_arn = ParseArn/1, "aws.parseArn";
    /// Whether the name of an S3 bucket can be a label of a host name, or several if the second
    /// argument says so.
    is_virtual_hostable_s3_bucket = IsVirtualHostableS3Bucket/2, "aws.isVirtualHostableS3Bucket";
}

impl<'a> Call<'a> {
    /// Gives the result a name for what comes after.
    #[must_use]
    pub const fn assign(mut self, name: &'a str) -> Self {
        self.assign = Some(name);
        self
    }

    /// The result as a value.
    pub const fn value(self) -> Expression<'a> {
        Expression::Call(self)
    }
}

/// The boolean.
pub const TRUE: Expression<'static> = Expression::Bool(true);

/// The boolean.
pub const FALSE: Expression<'static> = Expression::Bool(false);

/// A string. `{Name}` and `{name#attribute}` stand for other strings, `{{` and `}}` for braces.
pub const fn text(text: &str) -> Expression<'_> {
    Expression::Text(text)
}

/// A number.
pub const fn number(number: u32) -> Expression<'static> {
    Expression::Number(number)
}

/// The parameter or variable of this name, or an attribute of it: `Name`, `name#attribute`.
pub const fn reference(path: &str) -> Expression<'_> {
    Expression::Reference(path)
}

/// A list, in properties.
pub const fn list<'a>(entries: &'a [Expression<'a>]) -> Expression<'a> {
    Expression::List(entries)
}

/// Names and values, in properties.
pub const fn record<'a>(entries: &'a [(&'a str, Expression<'a>)]) -> Expression<'a> {
    Expression::Record(entries)
}

/// Conditions that need an outcome to be a rule.
#[derive(Clone, Copy, Debug)]
pub struct When<'a>(&'a [Call<'a>]);

/// A rule with these conditions.
pub const fn when<'a>(conditions: &'a [Call<'a>]) -> When<'a> {
    When(conditions)
}

impl<'a> When<'a> {
    const fn outcome(self, outcome: Outcome<'a>) -> Rule<'a> {
        Rule {
            conditions: self.0,
            outcome,
            headers: &[],
            properties: &[],
        }
    }

    /// One of these rules holds then.
    pub const fn rules(self, rules: &'a [Rule<'a>]) -> Rule<'a> {
        self.outcome(Outcome::Rules(rules))
    }

    /// The endpoint with this URL is the one then.
    pub const fn endpoint(self, url: Expression<'a>) -> Rule<'a> {
        self.outcome(Outcome::Endpoint(url))
    }

    /// There is no endpoint then, with the reason.
    pub const fn error(self, reason: Expression<'a>) -> Rule<'a> {
        self.outcome(Outcome::Error(reason))
    }
}

/// One of these rules holds, without conditions.
pub const fn rules<'a>(rules: &'a [Rule<'a>]) -> Rule<'a> {
    when(&[]).rules(rules)
}

/// The endpoint with this URL, without conditions.
pub const fn endpoint<'a>(url: Expression<'a>) -> Rule<'a> {
    when(&[]).endpoint(url)
}

/// No endpoint, with the reason, without conditions.
pub const fn error<'a>(reason: Expression<'a>) -> Rule<'a> {
    when(&[]).error(reason)
}

impl<'a> Rule<'a> {
    /// Headers of requests to the endpoint.
    #[must_use]
    pub const fn headers(mut self, headers: &'a [(&'a str, &'a [Expression<'a>])]) -> Self {
        self.headers = headers;
        self
    }

    /// Facts of the endpoint.
    #[must_use]
    pub const fn properties(mut self, properties: &'a [(&'a str, Expression<'a>)]) -> Self {
        self.properties = properties;
        self
    }
}

const fn parameter(name: &str, kind: ParameterKind) -> Parameter<'_> {
    Parameter {
        name,
        kind,
        required: false,
        default: None,
        built_in: None,
    }
}

/// A parameter that is a boolean.
pub const fn boolean(name: &str) -> Parameter<'_> {
    parameter(name, ParameterKind::Boolean)
}

/// A parameter that is a string.
pub const fn string(name: &str) -> Parameter<'_> {
    parameter(name, ParameterKind::String)
}

/// A parameter that is a list of strings.
pub const fn strings(name: &str) -> Parameter<'_> {
    parameter(name, ParameterKind::StringArray)
}

impl<'a> Parameter<'a> {
    /// What it is sourced from.
    #[must_use]
    pub const fn built_in(mut self, source: &'a str) -> Self {
        self.built_in = Some(source);
        self
    }

    /// It has to have a value.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A boolean that it is if nobody says another.
    #[must_use]
    pub const fn or_bool(mut self, value: bool) -> Self {
        self.default = Some(DefaultValue::Bool(value));
        self
    }

    /// A string that it is if nobody says another.
    #[must_use]
    pub const fn or_text(mut self, value: &'a str) -> Self {
        self.default = Some(DefaultValue::Text(value));
        self
    }

    /// Strings that it is if nobody says others.
    #[must_use]
    pub const fn or_texts(mut self, value: &'a [&'a str]) -> Self {
        self.default = Some(DefaultValue::Texts(value));
        self
    }
}
