//! The model as it is written, which says what random values may be and how they are written.

use crate::environment::workspace;
use serde_json::Value;
use smithereen_differential::Entry;
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

/// The models that have been read. Strategies of random values refer to them for as long as the process runs.
static MODELS: Mutex<BTreeMap<&'static str, &'static Model>> = Mutex::new(BTreeMap::new());

#[derive(Debug)]
pub struct Model {
    json: Value,
}

/// A shape, with what refers to it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    model: &'static Model,
    json: &'static Value,
    reference: &'static Value,
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
}

/// An operation, and what it refers to.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    model: &'static Model,
    json: &'static Value,
    /// The protocol that is spoken.
    pub protocol: &'static str,
    /// Its key in the model, which is its name to botocore.
    pub key: &'static str,
}

impl Model {
    /// The model in this file.
    pub fn read(path: &'static str) -> &'static Self {
        let mut models = MODELS.lock().unwrap_or_else(PoisonError::into_inner);
        models.entry(path).or_insert_with(|| {
            let text = fs::read_to_string(workspace().join(path)).expect("the model is there");
            let json = serde_json::from_str(&text).expect("the model is JSON");
            Box::leak(Box::new(Self { json }))
        })
    }

    /// The operation of an entry.
    pub fn operation_of(entry: &'static Entry) -> Operation {
        Self::read(entry.model).operation(entry.name, entry.protocol)
    }

    /// The operation with this name, which some models have another key for.
    fn operation(&'static self, name: &str, protocol: &'static str) -> Operation {
        let operations = self.json["operations"]
            .as_object()
            .expect("the model has operations");
        let mut named = operations.iter().filter(|(_, json)| json["name"] == name);
        let found = operations.get_key_value(name).or_else(|| named.next());
        let (key, json) = found.expect("the model has the operation");
        Operation {
            model: self,
            json,
            protocol,
            key,
        }
    }

    /// The names of all operations, in order.
    pub fn operations(&self) -> Vec<&str> {
        let operations = self.json["operations"].as_object();
        let names = operations.into_iter().flatten().map(|(name, _)| &**name);
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names
    }

    /// Whether errors have codes of the query protocol beside their own.
    pub fn is_query_compatible(&self) -> bool {
        self.json["metadata"].get("awsQueryCompatible").is_some()
    }

    /// The shape that a reference names.
    fn target(&'static self, reference: &'static Value) -> Option<Shape> {
        let name = reference["shape"].as_str()?;
        let json = &self.json["shapes"][name];
        assert!(json.is_object(), "the model has no shape `{name}`");
        Some(Shape {
            model: self,
            json,
            reference,
        })
    }
}

impl Operation {
    pub fn model(self) -> &'static Model {
        self.model
    }

    pub fn name(self) -> &'static str {
        self.json["name"].as_str().expect("an operation has a name")
    }

    pub fn input(self) -> Option<Shape> {
        self.model.target(&self.json["input"])
    }

    pub fn output(self) -> Option<Shape> {
        self.model.target(&self.json["output"])
    }

    pub fn errors(self) -> Vec<Shape> {
        let errors = self.json["errors"].as_array();
        let errors = errors.into_iter().flatten();
        let errors = errors.map(|error| self.model.target(error));
        errors
            .map(|error| error.expect("an error names its shape"))
            .collect()
    }

    /// The status of a success.
    pub fn status(self) -> u16 {
        let status = self.json["http"]["responseCode"].as_u64();
        status.map_or(200, |status| u16::try_from(status).expect("a status"))
    }

    /// Whether a request is refused without a checksum, which clients cannot compute yet.
    pub fn needs_checksum(self) -> bool {
        self.json["httpChecksumRequired"] == true
            || self.json["httpChecksum"]["requestChecksumRequired"] == true
    }

    /// Whether a member asks for a checksum.
    pub fn asks_for_checksum(self, member: Member) -> bool {
        self.json["httpChecksum"]["requestAlgorithmMember"] == member.name
    }

    /// The template of its URI.
    pub fn uri(self) -> &'static str {
        self.json["http"]["requestUri"].as_str().unwrap_or("/")
    }

    /// What its host's name starts with.
    pub fn host_prefix(self) -> &'static str {
        self.json["endpoint"]["hostPrefix"]
            .as_str()
            .unwrap_or_default()
    }

    /// Whether a label is a member that the endpoint rules are told of.
    pub fn is_told(self, label: &str) -> bool {
        let members = self.input().map(Shape::members);
        let mut members = members.into_iter().flatten();
        members.any(|member| {
            [member.name, member.wire()].contains(&label)
                && !member.shape.get("contextParam").is_null()
        })
    }

    /// Whether members of its input and output go to places of HTTP.
    pub fn is_rest(self) -> bool {
        self.protocol.starts_with("rest")
    }

    /// Whether bodies of responses are XML.
    pub fn answers_xml(self) -> bool {
        matches!(self.protocol, "rest-xml" | "query" | "ec2")
    }
}

impl Shape {
    pub fn kind(self) -> &'static str {
        match self.json["type"].as_str().expect("a shape has a type") {
            "structure" if self.is("document") => "document",
            "structure" if self.is("union") => "union",
            kind => kind,
        }
    }

    pub fn name(self) -> &'static str {
        self.reference["shape"]
            .as_str()
            .expect("a reference names its shape")
    }

    /// A trait of the reference or of the shape; the reference has precedence.
    pub fn get(self, name: &str) -> &'static Value {
        match self.reference.get(name) {
            Some(value) => value,
            None => &self.json[name],
        }
    }

    /// Whether a trait is on.
    pub fn is(self, name: &str) -> bool {
        self.get(name) == true
    }

    /// The text of a trait.
    pub fn text(self, name: &str) -> Option<&'static str> {
        self.get(name).as_str()
    }

    /// The text of a trait of the reference itself.
    pub fn own_text(self, name: &str) -> Option<&'static str> {
        self.reference[name].as_str()
    }

    pub fn members(self) -> Vec<Member> {
        let required = self.json["required"].as_array();
        let required: Vec<&Value> = required.into_iter().flatten().collect();
        let members = self.json["members"].as_object();
        let members = members.into_iter().flatten();
        let members = members.map(|(name, reference)| Member {
            name,
            required: required.iter().any(|required| *required == name),
            shape: self.model.target(reference).expect("a member has a shape"),
        });
        members.collect()
    }

    pub fn member(self, name: &str) -> Option<Member> {
        self.members()
            .into_iter()
            .find(|member| member.name == name)
    }

    /// The shape of a list's items or of a map's keys or values, by the name of the reference.
    pub fn part(self, name: &str) -> Shape {
        self.model
            .target(&self.json[name])
            .expect("the part has a shape")
    }

    /// The values of an enum.
    pub fn values(self) -> Vec<&'static str> {
        let values = self.json["enum"].as_array();
        values
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The code of an error.
    pub fn code(self) -> &'static str {
        self.json["error"]["code"]
            .as_str()
            .unwrap_or_else(|| self.name())
    }
}

impl Member {
    /// The member's name on the wire.
    pub fn wire(self) -> &'static str {
        self.shape.own_text("locationName").unwrap_or(self.name)
    }

    /// Where the member goes, if not into the body.
    pub fn location(self) -> Option<&'static str> {
        self.shape.own_text("location")
    }
}
