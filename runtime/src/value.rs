//! Everything that can be a member.
//!
//! [`Value`] is a type with a place in the Smithy data model; [`Field`] is an optional value, the
//! form in which every structure holds its members.

use crate::member::Member;
use crate::path::{Found, Step};
use crate::stream::ByteStream;
use crate::structure::Missing;
use aws_smithy_schema::prelude::{DOCUMENT, STRING};
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::BTreeMap;

/// A type with a place in the Smithy data model.
///
/// Implemented for the types of this crate, and for generated shapes by [`structure!`](crate::structure!),
/// [`union!`](crate::union!) and [`enumeration!`](crate::enumeration!).
pub trait Value: Sized {
    /// The shape type that the codec is told.
    const TYPE: ShapeType;

    /// Reads one value that is not null.
    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError>;

    /// Writes the value under `schema`.
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;

    /// The schema of a member of this type. Lists and maps add those of their elements.
    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        member.schema(id, Self::TYPE, index)
    }

    /// What a null among the elements of a list or map stands for; nothing, unless it is sparse.
    fn from_null() -> Option<Self> {
        None
    }

    /// Reports the required members that are not set, at any depth.
    fn required(&self, _missing: &mut Missing<'_>) {}

    /// Shows what is at the ends of a way into the value, as far as there is something.
    fn select(&self, _path: &[Step], _found: &mut dyn FnMut(Found<'_>)) {}

    /// The value of a stream, if this is a stream; it is taken then.
    fn from_stream(_stream: &mut Option<ByteStream>) -> Option<Self> {
        None
    }

    /// The stream that it is, if it is one.
    fn as_stream(&mut self) -> Option<&mut ByteStream> {
        None
    }

    /// The value of some text, if this is text.
    fn from_text(_text: &str) -> Option<Self> {
        None
    }
}

macro_rules! scalar {
    ($($type:ty, $shape:ident, $read:ident, $write:ident, |$value:ident| $argument:expr;)*) => {$(
        impl Value for $type {
            const TYPE: ShapeType = ShapeType::$shape;

            fn read(
                schema: &Schema<'_>,
                from: &mut dyn ShapeDeserializer,
            ) -> Result<Self, SerdeError> {
                from.$read(schema)
            }

            fn write(
                &self,
                schema: &Schema<'_>,
                to: &mut dyn ShapeSerializer,
            ) -> Result<(), SerdeError> {
                let $value = self;
                to.$write(schema, $argument)
            }
        }
    )*};
}

scalar! {
    i8, Byte, read_byte, write_byte, |value| *value;
    i16, Short, read_short, write_short, |value| *value;
    i32, Integer, read_integer, write_integer, |value| *value;
    i64, Long, read_long, write_long, |value| *value;
    f32, Float, read_float, write_float, |value| *value;
    f64, Double, read_double, write_double, |value| *value;
    Blob, Blob, read_blob, write_blob, |value| value.clone();
}

impl Value for Document {
    const TYPE: ShapeType = ShapeType::Document;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_document(schema)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        // The payload is the body itself, with no member around it.
        let schema = match schema.http_payload() {
            Some(_) => &DOCUMENT,
            None => schema,
        };
        to.write_document(schema, self)
    }
}

impl Value for bool {
    const TYPE: ShapeType = ShapeType::Boolean;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_boolean(schema)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        to.write_boolean(schema, *self)
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if path.is_empty() {
            found(Found::Bool(*self));
        }
    }
}

impl Value for String {
    const TYPE: ShapeType = ShapeType::String;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_string(schema)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        to.write_string(schema, self)
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if path.is_empty() {
            found(Found::Text(self));
        }
    }
}

impl Value for DateTime {
    const TYPE: ShapeType = ShapeType::Timestamp;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_timestamp(schema).map(whole_microseconds)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        to.write_timestamp(schema, self)
    }
}

/// A timestamp to the nearest microsecond, which is what botocore has too.
///
/// Most are JSON numbers, which the codec takes for doubles and cuts off: 1516925490.087 arrives as
/// 86,999,893 ns, and would be a millisecond early for who looks at milliseconds.
fn whole_microseconds(time: DateTime) -> DateTime {
    const MICROSECOND: u32 = 1_000;
    const SECOND: u32 = 1_000_000_000;
    let nanos = (time.subsec_nanos() + MICROSECOND / 2) / MICROSECOND * MICROSECOND;
    if nanos == SECOND {
        DateTime::from_secs(time.secs().saturating_add(1))
    } else {
        DateTime::from_secs_and_nanos(time.secs(), nanos)
    }
}

impl<T: Value> Value for Box<T> {
    const TYPE: ShapeType = T::TYPE;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        T::read(schema, from).map(Box::new)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        T::write(self, schema, to)
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        T::schema(member, id, index)
    }

    fn required(&self, missing: &mut Missing<'_>) {
        T::required(self, missing);
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        T::select(self, path, found);
    }
}

/// An element of a sparse list or map: absent is null.
impl<T: Value> Value for Option<T> {
    const TYPE: ShapeType = T::TYPE;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        T::read(schema, from).map(Some)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        match self {
            Some(value) => value.write(schema, to),
            None => to.write_null(schema),
        }
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        T::schema(member, id, index)
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }

    fn required(&self, missing: &mut Missing<'_>) {
        if let Some(value) = self {
            value.required(missing);
        }
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if let Some(value) = self {
            value.select(path, found);
        }
    }
}

/// Reads one element of a list or map: nothing, if it is a null that means nothing.
fn read_element<T: Value>(
    schema: &Schema<'_>,
    from: &mut dyn ShapeDeserializer,
) -> Result<Option<T>, SerdeError> {
    if from.is_null() {
        from.read_null()?;
        return Ok(T::from_null());
    }
    T::read(schema, from).map(Some)
}

impl<T: Value> Value for Vec<T> {
    const TYPE: ShapeType = ShapeType::List;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        let element = schema.member().unwrap_or(&DOCUMENT);
        let mut list = Vec::new();
        from.read_list(schema, &mut |from| {
            if let Some(value) = read_element(element, from)? {
                list.push(value);
            }
            Ok(())
        })?;
        Ok(list)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        if self.is_empty() && schema.http_header().is_some() {
            return Ok(());
        }
        let element = schema.member().unwrap_or(&DOCUMENT);
        to.write_list_with_length(schema, self.len(), &|to| {
            self.iter().try_for_each(|value| value.write(element, to))
        })
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        let element = T::schema(&member.element_member(), id, 0);
        member
            .schema(id, Self::TYPE, index)
            .with_list_member(keep(element))
    }

    fn required(&self, missing: &mut Missing<'_>) {
        for (index, value) in self.iter().enumerate() {
            missing.within(&index, &|missing| value.required(missing));
        }
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        let rest = match path {
            [Step::Elements, rest @ ..] => rest,
            [] => path,
            _ => return,
        };
        for value in self {
            value.select(rest, found);
        }
    }
}

/// A type that can be the key of a map: a string or an enum.
pub trait Key: Ord {
    /// The key of these wire characters.
    fn from_wire(key: String) -> Self;

    /// The characters that stand for it on the wire.
    fn as_wire(&self) -> &str;
}

impl Key for String {
    fn from_wire(key: String) -> Self {
        key
    }

    fn as_wire(&self) -> &str {
        self
    }
}

impl<K: Key, T: Value> Value for BTreeMap<K, T> {
    const TYPE: ShapeType = ShapeType::Map;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        let element = schema.member().unwrap_or(&DOCUMENT);
        let mut map = BTreeMap::new();
        from.read_map(schema, &mut |key, from| {
            if let Some(value) = read_element::<T>(element, from)? {
                map.insert(K::from_wire(key), value);
            }
            Ok(())
        })?;
        Ok(map)
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        let key_schema = schema.key().unwrap_or(&STRING);
        let element = schema.member().unwrap_or(&DOCUMENT);
        to.write_map_with_length(schema, self.len(), &|to| {
            self.iter().try_for_each(|(key, value)| {
                to.write_string(key_schema, key.as_wire())?;
                value.write(element, to)
            })
        })
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        let key = String::schema(&member.key_member(), id, 0);
        let value = T::schema(&member.element_member(), id, 1);
        member
            .schema(id, Self::TYPE, index)
            .with_map_members(keep(key), keep(value))
    }

    fn required(&self, missing: &mut Missing<'_>) {
        // Keys may be secret.
        for value in self.values() {
            missing.within(&"{}", &|missing| value.required(missing));
        }
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if let [Step::Keys] = path {
            for key in self.keys() {
                found(Found::Text(key.as_wire()));
            }
        }
    }
}

/// Keeps a schema for the life of the process, once for each member of each shape that is used.
pub(crate) fn keep(schema: Schema<'static>) -> &'static Schema<'static> {
    Box::leak(Box::new(schema))
}

/// A member as its structure holds it: optional, whatever the model says.
pub trait Field {
    /// The schema of this member.
    fn schema(&self, member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static>;

    /// Reads the member's value.
    fn read(
        &mut self,
        schema: &Schema<'_>,
        from: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError>;

    /// Writes the member if it is set.
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;

    /// Whether it has a value.
    fn is_set(&self) -> bool;

    /// Takes some text for its value, if it is text and has none.
    fn fill(&mut self, text: &str);

    /// Reports the required members inside this one that are not set.
    fn required(&self, missing: &mut Missing<'_>);

    /// Shows what is at the ends of a way into the value.
    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>));

    /// Takes the stream for its value, if it is a member that streams.
    fn put_stream(&mut self, stream: &mut Option<ByteStream>);

    /// Gives its stream away, if it has one, and keeps an empty one.
    fn take_stream(&mut self) -> Option<ByteStream>;
}

impl<T: Value> Field for Option<T> {
    fn schema(&self, member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        T::schema(member, id, index)
    }

    fn read(
        &mut self,
        schema: &Schema<'_>,
        from: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError> {
        *self = Some(T::read(schema, from)?);
        Ok(())
    }

    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        match self {
            Some(value) => value.write(schema, to),
            None => Ok(()),
        }
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn fill(&mut self, text: &str) {
        if self.is_none() {
            *self = T::from_text(text);
        }
    }

    fn required(&self, missing: &mut Missing<'_>) {
        if let Some(value) = self {
            value.required(missing);
        }
    }

    fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if let Some(value) = self {
            value.select(path, found);
        }
    }

    fn put_stream(&mut self, stream: &mut Option<ByteStream>) {
        if let Some(value) = T::from_stream(stream) {
            *self = Some(value);
        }
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        let stream = self.as_mut().and_then(T::as_stream);
        stream.map(std::mem::take)
    }
}

/// The elements of a list member, none if it is absent.
pub fn list<T>(member: &Option<Vec<T>>) -> &[T] {
    member.as_deref().unwrap_or_default()
}

/// The entries of a map member, none if it is absent.
pub fn map<K, V>(member: &Option<BTreeMap<K, V>>) -> &BTreeMap<K, V> {
    member.as_ref().unwrap_or(const { &BTreeMap::new() })
}

/// The list of what an iterator gives.
pub fn into_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// The map of the pairs that an iterator gives.
pub fn into_map<K: Ord, V>(
    pairs: impl IntoIterator<Item = (impl Into<K>, impl Into<V>)>,
) -> BTreeMap<K, V> {
    pairs
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}
