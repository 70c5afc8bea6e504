//! The model as it is written, which says what random values may be.

use crate::environment::workspace;
use serde_json::Value;
use std::fs;

/// The model's path in the workspace.
pub const PATH: &str = "models/backup/2018-11-15/service-2.json";

pub struct Model(Value);

/// A shape, with its name.
#[derive(Clone, Copy)]
pub struct Shape<'m> {
    pub model: &'m Model,
    json: &'m Value,
}

/// A member of a structure.
#[derive(Clone, Copy)]
pub struct Member<'m> {
    pub name: &'m str,
    pub required: bool,
    pub shape: Shape<'m>,
    reference: &'m Value,
}

impl Model {
    pub fn read() -> Self {
        let text = fs::read_to_string(workspace().join(PATH)).expect("the model is there");
        Self(serde_json::from_str(&text).expect("the model is JSON"))
    }

    /// The operations, by name.
    pub fn operations(&self) -> Vec<&str> {
        let operations = self.0["operations"].as_object();
        let mut names: Vec<&str> = operations
            .into_iter()
            .flatten()
            .map(|(name, _)| &**name)
            .collect();
        names.sort_unstable();
        names
    }

    pub fn shape(&self, name: &str) -> Shape<'_> {
        let json = &self.0["shapes"][name];
        assert!(json.is_object(), "the model has no shape `{name}`");
        Shape { model: self, json }
    }

    /// The shape that a reference names.
    fn target(&self, reference: &Value) -> Option<Shape<'_>> {
        Some(self.shape(reference["shape"].as_str()?))
    }

    pub fn input(&self, operation: &str) -> Option<Shape<'_>> {
        self.target(&self.0["operations"][operation]["input"])
    }

    pub fn output(&self, operation: &str) -> Option<Shape<'_>> {
        self.target(&self.0["operations"][operation]["output"])
    }

    /// The names of the shapes of an operation's errors.
    pub fn errors(&self, operation: &str) -> Vec<&str> {
        let errors = self.0["operations"][operation]["errors"].as_array();
        let names = errors
            .into_iter()
            .flatten()
            .map(|error| error["shape"].as_str());
        names
            .collect::<Option<_>>()
            .expect("an error names its shape")
    }

    /// The status of an operation's success.
    pub fn status(&self, operation: &str) -> u16 {
        let status = self.0["operations"][operation]["http"]["responseCode"].as_u64();
        status.map_or(200, |status| u16::try_from(status).expect("a status"))
    }
}

impl<'m> Shape<'m> {
    pub fn kind(self) -> &'m str {
        self.json["type"].as_str().expect("a shape has a type")
    }

    pub fn members(self) -> Vec<Member<'m>> {
        let required = self.json["required"].as_array();
        let required: Vec<&Value> = required.into_iter().flatten().collect();
        let members = self.json["members"].as_object();
        let members = members
            .into_iter()
            .flatten()
            .map(|(name, reference)| Member {
                name,
                required: required.iter().any(|required| *required == name),
                shape: self.model.target(reference).expect("a member has a shape"),
                reference,
            });
        members.collect()
    }

    /// The shape of a list's items or of a map's keys or values, by the name of the reference.
    pub fn part(self, name: &str) -> Shape<'m> {
        self.model
            .target(&self.json[name])
            .expect("the part has a shape")
    }

    /// The values of an enum.
    pub fn values(self) -> Vec<&'m str> {
        let values = self.json["enum"].as_array();
        values
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

impl<'m> Member<'m> {
    /// The member's name on the wire.
    pub fn wire(self) -> &'m str {
        self.reference["locationName"].as_str().unwrap_or(self.name)
    }

    /// Where the member goes, if not into the body.
    pub fn location(self) -> Option<&'m str> {
        self.reference["location"].as_str()
    }

    pub fn is_token(self) -> bool {
        self.reference["idempotencyToken"] == true
    }
}
