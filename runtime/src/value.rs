//! Everything that can be a member.
//!
//! [`Value`] is a type with a place in the Smithy data model; [`Field`] is an optional value, the
//! form in which every structure holds its members.

use crate::any::{AnyList, AnyMap, AnyValue, Look, Scalar};
use crate::member::Member;
use crate::stream::ByteStream;
use aws_smithy_schema::prelude::DOCUMENT;
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

    /// The value without its type.
    fn any(&self) -> AnyValue<'_>;

    /// The schema of a member of this type. Lists and maps add those of their elements.
    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        member.schema(id, Self::TYPE, index)
    }

    /// What a null among the elements of a list or map stands for; nothing, unless it is sparse.
    fn from_null() -> Option<Self> {
        None
    }

    /// Gives or takes what comes from elsewhere than the codec, if a member of this type has to do
    /// with that.
    const EXCHANGE: Option<fn(&mut Option<Self>, Exchange<'_>)> = None;
}

/// What members are given, or give, beside the codec.
#[derive(Debug)]
pub enum Exchange<'x> {
    /// Some text, for text that is not set.
    Fill(&'x str),
    /// The stream, for the member that streams: it is taken.
    Put(&'x mut Option<ByteStream>),
    /// The place for the stream of the member that streams, if that is set. An empty one stays.
    Take(&'x mut Option<ByteStream>),
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

            fn any(&self) -> AnyValue<'_> {
                AnyValue::Scalar(self)
            }
        }

        impl Scalar for $type {
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

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Scalar(self)
    }
}

impl Scalar for Document {
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

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Bool(*self)
    }
}

impl Value for String {
    const TYPE: ShapeType = ShapeType::String;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_string(schema)
    }

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Text(self)
    }

    const EXCHANGE: Option<fn(&mut Option<Self>, Exchange<'_>)> = Some(|member, what| {
        if let (None, Exchange::Fill(text)) = (&member, what) {
            *member = Some(text.to_owned());
        }
    });
}

impl Value for DateTime {
    const TYPE: ShapeType = ShapeType::Timestamp;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_timestamp(schema).map(whole_microseconds)
    }

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Scalar(self)
    }
}

impl Scalar for DateTime {
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
        match T::read(schema, from) {
            Ok(value) => Ok(Box::new(value)),
            Err(error) => Err(error),
        }
    }

    fn any(&self) -> AnyValue<'_> {
        T::any(self)
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        T::schema(member, id, index)
    }
}

/// An element of a sparse list or map: absent is null.
impl<T: Value> Value for Option<T> {
    const TYPE: ShapeType = T::TYPE;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        match T::read(schema, from) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error),
        }
    }

    fn any(&self) -> AnyValue<'_> {
        match self {
            Some(value) => value.any(),
            None => AnyValue::Null,
        }
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        T::schema(member, id, index)
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }
}

/// Reads one element of a list or map: nothing, if it is a null that means nothing.
fn read_element<T: Value>(
    schema: &Schema<'_>,
    from: &mut dyn ShapeDeserializer,
) -> Result<Option<T>, SerdeError> {
    if from.is_null() {
        return match from.read_null() {
            Ok(()) => Ok(T::from_null()),
            Err(error) => Err(error),
        };
    }
    match T::read(schema, from) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(error),
    }
}

// Of what is generic over shapes here, the compiler makes one for each type of each generated crate.
// So there are matches and no adapters, which would be some more for each.
impl<T: Value> Value for Vec<T> {
    const TYPE: ShapeType = ShapeType::List;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        let mut list = Vec::new();
        let read = from.read_list(schema, &mut |from| {
            match read_element(element(schema), from) {
                Ok(Some(value)) => list.push(value),
                Ok(None) => {}
                Err(error) => return Err(error),
            }
            Ok(())
        });
        match read {
            Ok(()) => Ok(list),
            Err(error) => Err(error),
        }
    }

    fn any(&self) -> AnyValue<'_> {
        AnyValue::List(self)
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        let element = T::schema(&member.element_member(), id, 0);
        member
            .schema(id, Self::TYPE, index)
            .with_list_member(keep(element))
    }
}

impl<T: Value> AnyList for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<AnyValue<'_>> {
        if let Some(value) = self.as_slice().get(index) {
            return Some(value.any());
        }
        None
    }
}

/// The schema of the elements of a list or map.
pub(crate) fn element<'s>(schema: &'s Schema<'s>) -> &'s Schema<'s> {
    schema.member().unwrap_or(&DOCUMENT)
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
        let mut map = BTreeMap::new();
        let read = from.read_map(schema, &mut |key, from| {
            match read_element(element(schema), from) {
                Ok(Some(value)) => {
                    map.insert(K::from_wire(key), value);
                }
                Ok(None) => {}
                Err(error) => return Err(error),
            }
            Ok(())
        });
        match read {
            Ok(()) => Ok(map),
            Err(error) => Err(error),
        }
    }

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Map(self)
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        let key = String::schema(&member.key_member(), id, 0);
        let value = T::schema(&member.element_member(), id, 1);
        member
            .schema(id, Self::TYPE, index)
            .with_map_members(keep(key), keep(value))
    }
}

impl<K: Key, T: Value> AnyMap for BTreeMap<K, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, look: &mut Look<'_>) -> Result<(), SerdeError> {
        for (key, value) in self {
            look(key.as_wire(), value.any())?;
        }
        Ok(())
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

    /// The member's value, if it is set.
    fn any(&self) -> Option<AnyValue<'_>>;

    /// Gives or takes what comes from elsewhere than the codec.
    fn exchange(&mut self, what: Exchange<'_>);
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
        match T::read(schema, from) {
            Ok(value) => {
                *self = Some(value);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn any(&self) -> Option<AnyValue<'_>> {
        if let Some(value) = self {
            return Some(value.any());
        }
        None
    }

    fn exchange(&mut self, what: Exchange<'_>) {
        if let Some(exchange) = T::EXCHANGE {
            exchange(self, what);
        }
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
