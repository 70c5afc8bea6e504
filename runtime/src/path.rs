//! Ways into an input, to what others than the service are told of it: the labels of host names,
//! the parameters of endpoint rules.

/// A step of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of this name.
    Member(&'static str),
    /// To each element of a list.
    Elements,
    /// To each key of a map, where ways end.
    Keys,
    /// Each of these ways, one after the other.
    Each(&'static [&'static [Step]]),
}

/// What is at the end of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'v> {
    /// A string, the value of an enum, or the key of a map.
    Text(&'v str),
    /// A boolean.
    Bool(bool),
}

/// What the endpoint rules are told by an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The parameter of the rules.
    pub parameter: &'static str,
    /// Its value.
    pub value: ContextValue,
}

/// What a parameter of the endpoint rules is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// This string (`staticContextParams`).
    Text(&'static str),
    /// This boolean (`staticContextParams`).
    Bool(bool),
    /// These strings (`staticContextParams`).
    Texts(&'static [&'static str]),
    /// What is at the end of this way (`contextParam`, `operationContextParams`).
    One(&'static [Step]),
    /// All that is at the ends of these ways (`operationContextParams`).
    All(&'static [Step]),
}
