//! [`ShapeDeserializer`] over any serde [`Deserializer`].

use super::document::AnyValue;
use super::scalar::{Base64, Float, Timestamp, Whole};
use super::write::within;
use crate::value::Value;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer, UnitDeserializer};
use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

type Result<T = ()> = std::result::Result<T, SerdeError>;

/// Deserializes a value by its members' names.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(
    schema: &Schema<'_>,
    deserializer: D,
) -> std::result::Result<T, D::Error> {
    T::read(schema, &mut One::new(deserializer)).map_err(D::Error::custom)
}

/// One value that a format has to give.
struct One<'de, D> {
    from: Option<D>,
    is_null: bool,
    input: PhantomData<&'de ()>,
}

impl<'de, D: Deserializer<'de>> One<'de, D> {
    fn new(from: D) -> Self {
        Self {
            from: Some(from),
            is_null: false,
            input: PhantomData,
        }
    }

    fn take<T>(&mut self, read: impl FnOnce(D) -> std::result::Result<T, D::Error>) -> Result<T> {
        self.aside(|from, _| read(from))
    }

    /// Reads with a place where errors that are not the format's go: as text of the format's they
    /// would be quoted at each level, by some.
    fn aside<T>(
        &mut self,
        read: impl FnOnce(D, &mut Option<SerdeError>) -> std::result::Result<T, D::Error>,
    ) -> Result<T> {
        let Some(from) = self.from.take() else {
            return Err(SerdeError::custom("one value was read twice"));
        };
        let mut failure = None;
        read(from, &mut failure)
            .map_err(|native| failure.unwrap_or_else(|| SerdeError::custom(native.to_string())))
    }

    fn parse<T: FromStr<Err: Display>>(&mut self) -> Result<T> {
        let text: String = self.take(Deserialize::deserialize)?;
        text.parse()
            .map_err(|error: T::Err| SerdeError::custom(error.to_string()))
    }
}

macro_rules! take {
    ($($method:ident -> $type:ty, |$from:ident| $read:expr;)*) => {$(
        fn $method(&mut self, _: &Schema<'_>) -> Result<$type> {
            self.take(|$from| $read)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> ShapeDeserializer for One<'de, D> {
    take! {
        read_boolean -> bool, |from| bool::deserialize(from);
        read_byte -> i8, |from| from.deserialize_i8(Whole::new());
        read_short -> i16, |from| from.deserialize_i16(Whole::new());
        read_integer -> i32, |from| from.deserialize_i32(Whole::new());
        read_long -> i64, |from| from.deserialize_i64(Whole::new());
        read_float -> f32, |from| Float::read(from).map(|value| value as f32);
        read_double -> f64, |from| Float::read(from);
        read_string -> String, |from| String::deserialize(from);
        read_blob -> Blob, |from| from.deserialize_str(Base64);
        read_timestamp -> DateTime, |from| Timestamp::read(from);
        read_document -> Document, |from| AnyValue.deserialize(from);
    }

    fn read_big_integer(&mut self, _: &Schema<'_>) -> Result<BigInteger> {
        self.parse()
    }

    fn read_big_decimal(&mut self, _: &Schema<'_>) -> Result<BigDecimal> {
        self.parse()
    }

    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        read: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result,
    ) -> Result {
        self.aside(|from, failure| {
            from.deserialize_any(Members {
                schema,
                read,
                failure,
            })
        })
    }

    fn read_list(
        &mut self,
        _: &Schema<'_>,
        read: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result,
    ) -> Result {
        self.aside(|from, failure| from.deserialize_any(Elements { read, failure }))
    }

    fn read_map(
        &mut self,
        _: &Schema<'_>,
        read: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result,
    ) -> Result {
        self.aside(|from, failure| from.deserialize_any(Entries { read, failure }))
    }

    fn is_null(&self) -> bool {
        self.is_null
    }

    fn skip_value(&mut self) -> Result {
        self.take(IgnoredAny::deserialize).map(drop)
    }

    // The sizes that formats tell are not to be trusted.
    fn container_size(&self) -> Option<usize> {
        None
    }
}

/// Says what was found without showing it: in what is not the structure that was expected there
/// may be secrets nevertheless.
macro_rules! refuse {
    ($($method:ident($type:ty) = $found:literal;)+) => {$(
        fn $method<E: Error>(self, _: $type) -> std::result::Result<(), E> {
            Err(E::invalid_type(Unexpected::Other($found), &self))
        }
    )+};
    () => {
        refuse! {
            visit_bool(bool) = "a boolean";
            visit_i64(i64) = "a number";
            visit_u64(u64) = "a number";
            visit_f64(f64) = "a number";
            visit_str(&str) = "a string";
            visit_bytes(&[u8]) = "bytes";
        }
    };
}

/// The members of a structure or union.
struct Members<'r> {
    schema: &'r Schema<'r>,
    read: &'r mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result,
    failure: &'r mut Option<SerdeError>,
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.schema.shape_id())
    }

    refuse!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(member) = map.next_key_seed(Name(self.schema))? {
            let Some(member) = member else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let read = &mut |from: &mut dyn ShapeDeserializer| (self.read)(member, from);
            let failure = &mut *self.failure;
            if let Err(native) = map.next_value_seed(Slot { read, failure }) {
                let name = member.member_name().unwrap_or_default();
                if member.sensitive().is_some() {
                    *self.failure = Some(hidden(name, member.shape_type()));
                }
                return Err(placed(native, name, self.failure));
            }
        }
        Ok(())
    }
}

/// The error of a sensitive value, which its own would show.
fn hidden(name: &str, kind: ShapeType) -> SerdeError {
    let kind = format!("{kind:?}").to_lowercase();
    SerdeError::custom(format!(
        "{name}: not a valid {kind}; the value is sensitive and not shown"
    ))
}

/// Says where the format failed, if it was the format.
fn placed<E: Error>(native: E, step: impl Display, failure: &mut Option<SerdeError>) -> E {
    failure.get_or_insert_with(|| within(step, SerdeError::custom(native.to_string())));
    native
}

/// Reads a key as the member of that name.
struct Name<'s>(&'s Schema<'s>);

impl<'de, 's> DeserializeSeed<'de> for Name<'s> {
    type Value = Option<&'s Schema<'s>>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        from: D,
    ) -> std::result::Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'s> Visitor<'_> for Name<'s> {
    type Value = Option<&'s Schema<'s>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a member of {}", self.0.shape_id())
    }

    fn visit_str<E: Error>(self, name: &str) -> std::result::Result<Self::Value, E> {
        let mut members = self.0.members().iter().copied();
        Ok(members.find(|member| member.member_name() == Some(name)))
    }
}

/// The elements of a list.
struct Elements<'r> {
    read: &'r mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result,
    failure: &'r mut Option<SerdeError>,
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    refuse!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<(), A::Error> {
        for index in 0_usize.. {
            let slot = Slot {
                read: &mut |from| (self.read)(from).map_err(|error| within(index, error)),
                failure: &mut *self.failure,
            };
            match list.next_element_seed(slot) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(native) => return Err(placed(native, index, self.failure)),
            }
        }
        Ok(())
    }
}

/// The entries of a map.
struct Entries<'r> {
    read: &'r mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result,
    failure: &'r mut Option<SerdeError>,
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (a map)")
    }

    refuse!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        // Keys may be secret.
        const KEY: &str = "{}";
        while let Some(mut key) = map.next_key::<String>()? {
            let slot = Slot {
                read: &mut |from| {
                    (self.read)(std::mem::take(&mut key), from).map_err(|error| within(KEY, error))
                },
                failure: &mut *self.failure,
            };
            if let Err(native) = map.next_value_seed(slot) {
                return Err(placed(native, KEY, self.failure));
            }
        }
        Ok(())
    }
}

/// The place of a value that may be null.
struct Slot<'r> {
    read: &'r mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result,
    failure: &'r mut Option<SerdeError>,
}

impl Slot<'_> {
    fn run<'de, D: Deserializer<'de>>(
        self,
        mut one: One<'de, D>,
    ) -> std::result::Result<(), D::Error> {
        if let Err(own) = (self.read)(&mut one) {
            let stand_in = D::Error::custom(&own);
            *self.failure = Some(own);
            return Err(stand_in);
        }
        match one.from {
            // Nobody wanted it.
            Some(rest) => IgnoredAny::deserialize(rest).map(drop),
            None => Ok(()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<(), D::Error> {
        from.deserialize_option(self)
    }
}

/// Deserializers that know no options give the value itself.
macro_rules! give {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> std::result::Result<(), E> {
            self.run(One::new(value.into_deserializer()))
        }
    )*};
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> std::result::Result<(), E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<(), E> {
        self.run(One {
            is_null: true,
            ..One::new(UnitDeserializer::new())
        })
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> std::result::Result<(), D::Error> {
        self.run(One::new(from))
    }

    give! {
        visit_bool(bool);
        visit_i64(i64);
        visit_u64(u64);
        visit_f64(f64);
        visit_str(&str);
        visit_string(String);
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> std::result::Result<(), A::Error> {
        self.run(One::new(SeqAccessDeserializer::new(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<(), A::Error> {
        self.run(One::new(MapAccessDeserializer::new(map)))
    }
}
