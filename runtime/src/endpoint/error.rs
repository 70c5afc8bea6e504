//! Why there is no endpoint.

use std::fmt;

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveError {
    /// A rule says that there is none; the text is the rule's, for people.
    Refused(String),

    /// A parameter that the rules need has no value.
    Missing {
        /// The name of the parameter.
        parameter: String,
        /// What it is sourced from, `AWS::Region`, if the rules say.
        built_in: Option<String>,
    },

    /// A parameter has a value of another type than the rules say.
    Mistyped {
        /// The name of the parameter.
        parameter: String,
        /// The type that the rules say.
        expected: &'static str,
    },

    /// No rule is for these parameters.
    Exhausted,

    /// The endpoint has a URL with nothing in it, as one that was configured can.
    EmptyUrl,

    /// The rules say what cannot be done. Generated rules are checked, and do not.
    Impossible(String),
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(text) => f.write_str(text),
            Self::Missing {
                parameter,
                built_in,
            } => {
                write!(f, "the endpoint depends on `{parameter}`, which is not set")?;
                match built_in {
                    Some(built_in) => write!(f, " ({built_in})"),
                    None => Ok(()),
                }
            }
            Self::Mistyped {
                parameter,
                expected,
            } => write!(
                f,
                "the endpoint parameter `{parameter}` has to be {expected}"
            ),
            Self::Exhausted => f.write_str("the service has no endpoint for this configuration"),
            Self::EmptyUrl => f.write_str("the URL of the endpoint is empty: set another"),
            Self::Impossible(text) => write!(f, "the endpoint rules cannot be followed: {text}"),
        }
    }
}

impl std::error::Error for ResolveError {}

/// The error of rules that say what cannot be done.
pub(super) fn impossible<T>(message: impl Into<String>) -> Result<T, ResolveError> {
    Err(ResolveError::Impossible(message.into()))
}
