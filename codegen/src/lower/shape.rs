//! Shapes and their members.

use super::{Lowering, Place, deprecated, docs, owned, timestamp_format, xml_namespace};
use crate::error::near_miss;
use crate::ir;
use crate::model::{self, ShapeType, Text};
use std::collections::HashSet;

impl Lowering<'_, '_> {
    pub(super) fn shape(&mut self, name: &str, shape: &model::Shape<'_>) -> Option<ir::Shape> {
        let shapes = Place::top("shapes");
        let place = shapes.at(name);
        self.keys_that_do_not_belong(shape, place);
        let kind = match shape.kind {
            ShapeType::Structure => self.structure(name, shape, place)?,
            ShapeType::List => ir::Kind::List(ir::List {
                element: self.element(shape.member.as_ref(), place.at("member"))?,
                sparse: shape.sparse,
                flattened: shape.flattened,
            }),
            ShapeType::Map => ir::Kind::Map(ir::Map {
                key: self.key(shape, place)?,
                value: self.element(shape.value.as_ref(), place.at("value"))?,
                sparse: shape.sparse,
                flattened: shape.flattened,
            }),
            ShapeType::String | ShapeType::Character => match &shape.values {
                Some(values) => self.enumeration(values, place),
                None => ir::Kind::String,
            },
            ShapeType::Boolean => ir::Kind::Boolean,
            ShapeType::Integer => ir::Kind::Integer,
            ShapeType::Long => ir::Kind::Long,
            ShapeType::Float => ir::Kind::Float,
            ShapeType::Double => ir::Kind::Double,
            ShapeType::Timestamp => {
                ir::Kind::Timestamp(shape.timestamp_format.map(timestamp_format))
            }
            ShapeType::Blob => ir::Kind::Blob {
                streaming: shape.streaming,
                requires_length: shape.requires_length,
            },
        };
        Some(ir::Shape {
            name: name.to_owned(),
            kind,
            docs: docs(&shape.documentation),
            deprecated: deprecated(
                shape.deprecated,
                &shape.deprecated_message,
                &shape.deprecated_since,
            ),
            sensitive: shape.sensitive,
            constraints: ir::Constraints {
                min: shape.min.as_ref().map(ToString::to_string),
                max: shape.max.as_ref().map(ToString::to_string),
                pattern: owned(&shape.pattern),
            },
        })
    }

    /// A key of another type of shape means that the model says something not understood here.
    fn keys_that_do_not_belong(&mut self, shape: &model::Shape<'_>, place: Place<'_>) {
        use ShapeType as T;
        let string = matches!(shape.kind, T::String | T::Character);
        let aggregate = matches!(shape.kind, T::List | T::Map);
        let checks = [
            (
                "members",
                shape.members.is_some(),
                shape.kind == T::Structure,
            ),
            (
                "required",
                !shape.required.is_empty(),
                shape.kind == T::Structure,
            ),
            (
                "payload",
                shape.payload.is_some(),
                shape.kind == T::Structure,
            ),
            ("union", shape.union, shape.kind == T::Structure),
            ("exception", shape.exception, shape.kind == T::Structure),
            ("member", shape.member.is_some(), shape.kind == T::List),
            ("key", shape.key.is_some(), shape.kind == T::Map),
            ("value", shape.value.is_some(), shape.kind == T::Map),
            ("sparse", shape.sparse, aggregate),
            ("enum", shape.values.is_some(), string),
            (
                "timestampFormat",
                shape.timestamp_format.is_some(),
                shape.kind == T::Timestamp,
            ),
        ];
        for (key, present, belongs) in checks {
            if present && !belongs {
                let kind = format!("{:?}", shape.kind).to_lowercase();
                let message = format!("`{key}` means nothing on a shape of type {kind}");
                self.problem(place.at(key), message, None);
            }
        }
    }

    fn structure(
        &mut self,
        name: &str,
        shape: &model::Shape<'_>,
        place: Place<'_>,
    ) -> Option<ir::Kind> {
        let empty = model::Entries::default();
        let members = shape.members.as_ref().unwrap_or(&empty);
        if shape.document && members.is_empty() {
            return Some(ir::Kind::Document);
        }
        self.unknown_members(shape, members, place);
        if shape.union && members.is_empty() {
            self.problem(
                place,
                "the union has no members, of which one would be set",
                None,
            );
        }
        let members = self.members(shape, members, place)?;
        let structure = ir::Structure {
            members,
            error: error_traits(name, shape),
            event: match (shape.eventstream, shape.event) {
                (true, _) => ir::Event::Stream,
                (false, true) => ir::Event::Event,
                (false, false) => ir::Event::None,
            },
            wire_name: owned(&shape.location_name),
            xml_namespace: xml_namespace(shape.xml_namespace.as_ref()),
        };
        // An event is one of the members, whatever the model calls it.
        Some(if shape.union || shape.eventstream {
            ir::Kind::Union(structure)
        } else {
            ir::Kind::Structure(structure)
        })
    }

    /// `required` and `payload` name members.
    fn unknown_members(
        &mut self,
        shape: &model::Shape<'_>,
        members: &[(Text<'_>, model::Ref<'_>)],
        place: Place<'_>,
    ) {
        let known: HashSet<&str> = members.iter().map(|(name, _)| &**name).collect();
        let (required, payload) = (place.at("required"), place.at("payload"));
        let required_at = |index| required.index(index);
        let names = shape.required.iter().enumerate();
        let names = names.map(|(index, name)| (required_at(index), name));
        for (place, name) in names.chain(shape.payload.iter().map(|name| (payload, name))) {
            if !known.contains(&**name) {
                let near = near_miss(name, known.iter().copied());
                let message = format!("the structure has no member `{name}`");
                self.problem(place, message, near);
            }
        }
    }

    fn members(
        &mut self,
        shape: &model::Shape<'_>,
        members: &[(Text<'_>, model::Ref<'_>)],
        place: Place<'_>,
    ) -> Option<Vec<ir::Member>> {
        let mut seen = HashSet::new();
        let mut lowered = Vec::with_capacity(members.len());
        let all = place.at("members");
        for (name, reference) in members {
            let place = all.at(name);
            if !seen.insert(&**name) {
                self.problem(place, format!("the member `{name}` is there twice"), None);
            }
            if let Some(member) = self.member(shape, name, reference, place) {
                lowered.push(member);
            }
        }
        (lowered.len() == members.len()).then_some(lowered)
    }

    fn member(
        &mut self,
        shape: &model::Shape<'_>,
        name: &str,
        reference: &model::Ref<'_>,
        place: Place<'_>,
    ) -> Option<ir::Member> {
        let target = self.target(&reference.shape, place)?;
        let binding = binding(shape, name, reference, target);
        // The name on the wire is part of the binding, except in bodies.
        let names = self.body_names(name, reference, target);
        let wire_name = match binding {
            ir::Binding::Body => names.wire.filter(|wire| wire != name),
            ir::Binding::Payload if self.protocol == ir::Protocol::RestXml => {
                Self::root_name(name, reference, target)
            }
            _ => None,
        };
        let in_body = binding == ir::Binding::Body;
        Some(ir::Member {
            name: name.to_owned(),
            target: reference.shape.to_string(),
            binding,
            wire_name,
            other_name: names.other.filter(|_| in_body),
            query_name: owned(&reference.query_name),
            docs: self.member_docs(reference, target),
            required: shape.required.iter().any(|required| **required == *name),
            idempotency_token: reference.idempotency_token,
            deprecated: deprecated(
                reference.deprecated,
                &reference.deprecated_message,
                &reference.deprecated_since,
            )
            .or_else(|| spelled_deprecation(target)),
            timestamp_format: reference
                .timestamp_format
                .or(target.timestamp_format)
                .map(timestamp_format),
            json_value: reference.jsonvalue,
            streaming: reference.streaming || target.streaming,
            host_label: reference.host_label,
            flattened: reference.flattened || target.flattened,
            xml_attribute: reference.xml_attribute,
            xml_namespace: xml_namespace(
                reference
                    .xml_namespace
                    .as_ref()
                    .or(target.xml_namespace.as_ref()),
            ),
            event_header: reference.eventheader,
            event_payload: reference.eventpayload,
            context_param: reference
                .context_param
                .as_ref()
                .map(|param| param.name.to_string()),
        })
    }

    /// What is said of a member: by itself, or else by its target if that has no place of its own;
    /// and what is said of elements.
    fn member_docs(&self, reference: &model::Ref<'_>, target: &model::Shape<'_>) -> ir::Docs {
        let mut text = String::new();
        self.add_docs(&mut text, reference, target, 0);
        ir::Docs(text)
    }

    fn add_docs(
        &self,
        text: &mut String,
        reference: &model::Ref<'_>,
        target: &model::Shape<'_>,
        depth: usize,
    ) {
        /// Lists can contain each other without end, which is refused later.
        const DEEPEST: usize = 8;
        let own = reference.documentation.as_deref();
        let spelled = is_spelled_in_place(target);
        let said = own.or(target.documentation.as_deref().filter(|_| spelled));
        match said {
            Some(said) if text.is_empty() => text.push_str(said),
            Some(said) => text.extend(["<p>", said, "</p>"]),
            None => {}
        }
        if depth < DEEPEST && spelled {
            let held = [&target.member, &target.key, &target.value];
            for reference in held.into_iter().flatten() {
                if let Some(target) = self.shapes.get(&*reference.shape) {
                    self.add_docs(text, reference, target, depth + 1);
                }
            }
        }
    }

    fn element(
        &mut self,
        reference: Option<&model::Ref<'_>>,
        place: Place<'_>,
    ) -> Option<ir::Element> {
        let Some(reference) = reference else {
            let message = "a list has a `member`, a map a `key` and a `value`";
            self.problem(place, message, None);
            return None;
        };
        let target = self.target(&reference.shape, place)?;
        Some(ir::Element {
            target: reference.shape.to_string(),
            wire_name: Self::own_name(reference, target),
            xml_namespace: xml_namespace(
                reference
                    .xml_namespace
                    .as_ref()
                    .or(target.xml_namespace.as_ref()),
            ),
        })
    }

    fn key(&mut self, shape: &model::Shape<'_>, place: Place<'_>) -> Option<ir::Element> {
        let place = place.at("key");
        let key = self.element(shape.key.as_ref(), place)?;
        let target = self.target(&key.target, place)?;
        if !matches!(target.kind, ShapeType::String | ShapeType::Character) {
            let message = format!("`{}` is no string, which the keys of maps are", key.target);
            self.problem(place.at("shape"), message, None);
            return None;
        }
        Some(key)
    }

    fn enumeration(&mut self, values: &[Text<'_>], place: Place<'_>) -> ir::Kind {
        let mut seen = HashSet::new();
        for (index, value) in values.iter().enumerate() {
            if !seen.insert(&**value) {
                let message = format!("the value `{value}` is there twice");
                self.problem(place.at("enum").index(index), message, None);
            }
        }
        ir::Kind::Enumeration(values.iter().map(ToString::to_string).collect())
    }
}

/// Where a member is in an HTTP message.
fn binding(
    shape: &model::Shape<'_>,
    name: &str,
    reference: &model::Ref<'_>,
    target: &model::Shape<'_>,
) -> ir::Binding {
    let wire = reference
        .location_name
        .as_deref()
        .unwrap_or(name)
        .to_owned();
    match reference.location {
        Some(model::Location::Uri) => ir::Binding::Label,
        Some(model::Location::QueryString) if target.kind == ShapeType::Map => {
            ir::Binding::QueryParams
        }
        Some(model::Location::QueryString) => ir::Binding::Query(wire),
        Some(model::Location::Header) => ir::Binding::Header(wire),
        Some(model::Location::Headers) => {
            ir::Binding::PrefixHeaders(owned(&reference.location_name).unwrap_or_default())
        }
        Some(model::Location::StatusCode) => ir::Binding::StatusCode,
        None if shape.payload.as_deref() == Some(name) => ir::Binding::Payload,
        None => ir::Binding::Body,
    }
}

fn error_traits(name: &str, shape: &model::Shape<'_>) -> Option<ir::ErrorTraits> {
    if !shape.exception && shape.error.is_none() {
        return None;
    }
    let error = shape.error.as_ref();
    Some(ir::ErrorTraits {
        code: error
            .and_then(|error| owned(&error.code))
            .unwrap_or_else(|| name.to_owned()),
        status: error.and_then(|error| error.http_status_code),
        fault: shape.fault || error.is_some_and(|error| error.fault),
        retryable: shape
            .retryable
            .as_ref()
            .map(|retryable| retryable.throttling),
    })
}

/// Whether a shape is a type of Rust where it is used, and has no place for documentation.
fn is_spelled_in_place(shape: &model::Shape<'_>) -> bool {
    shape.document || (shape.kind != model::ShapeType::Structure && shape.values.is_none())
}

/// Why a shape that has no place of its own should not be used any more.
fn spelled_deprecation(shape: &model::Shape<'_>) -> Option<ir::Deprecated> {
    let deprecated = deprecated(
        shape.deprecated,
        &shape.deprecated_message,
        &shape.deprecated_since,
    );
    deprecated.filter(|_| is_spelled_in_place(shape))
}
