//! What a caller says, for the rules to decide upon.

use std::borrow::Cow;

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// A boolean.
    Bool(bool),
    /// A string.
    Text(Cow<'static, str>),
    /// Strings.
    Texts(Vec<String>),
}

/// Parameters by name: few, so they stand in a list.
///
/// ```
/// use smithereen_runtime::endpoint::Params;
///
/// let params = Params::default()
///     .with("Region", "eu-west-1")
///     .with("UseFIPS", false);
/// assert_eq!(params.get("Region"), Some(&"eu-west-1".into()));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(Cow<'static, str>, Param)>);

impl Params {
    /// With room for this many.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Sets a parameter. What the rules do not declare has no effect.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Param>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The same, for chains.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Param>) -> Self {
        self.set(name, value);
        self
    }

    /// The value of a parameter, if it is set.
    pub fn get(&self, name: &str) -> Option<&Param> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// All that is set, in the order of setting.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

/// The order of setting does not count.
impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        let same = |(name, value)| other.get(name) == Some(value);
        self.0.len() == other.0.len() && self.iter().all(same)
    }
}

impl Eq for Params {}

impl From<bool> for Param {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&'static str> for Param {
    fn from(value: &'static str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl From<Cow<'static, str>> for Param {
    fn from(value: Cow<'static, str>) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<String>> for Param {
    fn from(value: Vec<String>) -> Self {
        Self::Texts(value)
    }
}
