//! What corrections there are, and what they need.

use serde::Deserialize;

/// What a correction does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) enum Action {
    /// Gives the shape, member or value another name in Rust, made from this.
    Rename(String),
    /// Puts these words of documentation into the place of the expected ones.
    Docs(String),
    /// Takes `required` from the member.
    Optional,
    /// Makes the member `required`.
    Required,
    /// Has the member refer to another shape.
    Target(String),
    /// Gives the member another `locationName`: in bodies, a header's, a query parameter's.
    WireName(String),
    /// Writes the member, a timestamp, in another format.
    TimestampFormat(Format),
    /// Has the client fill the member if its caller does not, or not.
    IdempotencyToken(bool),
    /// Makes the shape another scalar.
    Type(Scalar),
    /// Keeps the shape's values from being printed, or not.
    Sensitive(bool),
    /// Adds a value to the enum.
    AddValue(String),
    /// Removes a value from the enum; it can still be received.
    RemoveValue(String),
    /// Adds a member to the structure or union, in bodies.
    AddMember(NewMember),
    /// Gives the error another code on the wire.
    ErrorCode(String),
    /// Gives the operation another URI template, whose labels are names of members.
    Uri(String),
    /// Gives the operation another HTTP method.
    Method(String),
    /// Adds an error to those that the operation answers with.
    AddError(String),
    /// Removes one.
    RemoveError(String),
}

/// A member that a model lacks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NewMember {
    pub name: String,
    pub target: String,
}

/// How a timestamp is written, in the words of models.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Format {
    Iso8601,
    UnixTimestamp,
    Rfc822,
}

/// The types of models without members, elements or streams.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Scalar {
    String,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Timestamp,
}

/// What a correction changes something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Shape,
    Member,
    Value,
    Operation,
}

impl Action {
    /// Its name in the table.
    pub fn name(&self) -> &'static str {
        self.facts().0
    }

    /// What it can change.
    pub fn subjects(&self) -> &'static [Subject] {
        self.facts().1
    }

    /// Whether it puts something into the place of what the model says.
    pub fn expects(&self) -> bool {
        self.facts().2
    }

    fn facts(&self) -> (&'static str, &'static [Subject], bool) {
        use Subject::{Member, Operation, Shape, Value};
        match self {
            Self::Rename(_) => ("rename", &[Shape, Member, Value], false),
            Self::Docs(_) => ("docs", &[Shape, Member, Operation], true),
            Self::Optional => ("optional", &[Member], false),
            Self::Required => ("required", &[Member], false),
            Self::Target(_) => ("target", &[Member], true),
            Self::WireName(_) => ("wire-name", &[Member], true),
            Self::TimestampFormat(_) => ("timestamp-format", &[Member], true),
            Self::IdempotencyToken(_) => ("idempotency-token", &[Member], false),
            Self::Type(_) => ("type", &[Shape], true),
            Self::Sensitive(_) => ("sensitive", &[Shape], false),
            Self::AddValue(_) => ("add-value", &[Shape], false),
            Self::RemoveValue(_) => ("remove-value", &[Shape], false),
            Self::AddMember(_) => ("add-member", &[Shape], false),
            Self::ErrorCode(_) => ("error-code", &[Shape], true),
            Self::Uri(_) => ("uri", &[Operation], true),
            Self::Method(_) => ("method", &[Operation], true),
            Self::AddError(_) => ("add-error", &[Operation], false),
            Self::RemoveError(_) => ("remove-error", &[Operation], false),
        }
    }

    /// What to say if it stands with something else.
    pub fn does_not_belong(&self) -> String {
        let subjects = self.subjects().iter().map(|subject| match subject {
            Subject::Shape => "a shape",
            Subject::Member => "a member",
            Subject::Value => "a value",
            Subject::Operation => "an operation",
        });
        let subjects: Vec<_> = subjects.collect();
        format!("`{}` goes with {}", self.name(), subjects.join(" or "))
    }

    /// What it does, for people.
    pub fn describe(&self, expected: Option<&str>) -> String {
        let name = self.name();
        let to = match self {
            // What is said instead may be long.
            Self::Optional | Self::Required | Self::Docs(_) => return name.to_owned(),
            Self::Sensitive(on) | Self::IdempotencyToken(on) => {
                return if *on {
                    name.to_owned()
                } else {
                    format!("not {name}")
                };
            }
            Self::AddValue(what)
            | Self::RemoveValue(what)
            | Self::AddError(what)
            | Self::RemoveError(what)
            | Self::Rename(what) => return format!("{name} {what}"),
            Self::AddMember(member) => return format!("{name} {}: {}", member.name, member.target),
            Self::Target(to)
            | Self::WireName(to)
            | Self::ErrorCode(to)
            | Self::Uri(to)
            | Self::Method(to) => to.as_str(),
            Self::TimestampFormat(format) => format.name(),
            Self::Type(scalar) => scalar.name(),
        };
        match expected {
            Some(expected) => format!("{name} {expected} -> {to}"),
            None => format!("{name} {to}"),
        }
    }
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Self::Iso8601 => "iso8601",
            Self::UnixTimestamp => "unixTimestamp",
            Self::Rfc822 => "rfc822",
        }
    }
}

impl Scalar {
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Timestamp => "timestamp",
        }
    }
}
