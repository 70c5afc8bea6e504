//! Documents: data without a schema, written and read as they are.

use super::scalar::{DIGITS, number};
use super::write::no_number;
use aws_smithy_types::{Document, Number};
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// A document to write, its objects in the order of their keys.
pub(super) struct Tree<'d>(pub(super) &'d Document);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Object(members) => {
                let members: BTreeMap<_, _> = members.iter().collect();
                to.collect_map(members.into_iter().map(|(key, value)| (key, Tree(value))))
            }
            Document::Array(elements) => to.collect_seq(elements.iter().map(Tree)),
            Document::Number(Number::PosInt(value)) => to.serialize_u64(*value),
            Document::Number(Number::NegInt(value)) => to.serialize_i64(*value),
            Document::Number(Number::Float(value)) => match no_number(*value) {
                Some(name) => to.serialize_str(name),
                None => to.serialize_f64(*value),
            },
            Document::String(text) => to.serialize_str(text),
            Document::Bool(value) => to.serialize_bool(*value),
            Document::Null => to.serialize_unit(),
        }
    }
}

/// Reads a document.
pub(super) struct AnyValue;

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Document, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document: null, a boolean, a number, a string, a list or an object")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(match u64::try_from(value) {
            Ok(value) => Number::PosInt(value),
            Err(_) => Number::NegInt(value),
        }))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Document, E> {
        Ok(Document::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Document, E> {
        Ok(Document::String(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Document, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element_seed(AnyValue)? {
            elements.push(element);
        }
        Ok(Document::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut members = HashMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == DIGITS {
                return number(&map.next_value::<String>()?).map(Document::Number);
            }
            members.insert(key, map.next_value_seed(AnyValue)?);
        }
        Ok(Document::Object(members))
    }
}
