//! [`ShapeSerializer`] over any serde [`Serializer`].

use super::document::Tree;
use crate::value::Value;
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, base64};
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::cell::Cell;
use std::fmt::Display;

type Result<T = ()> = std::result::Result<T, SerdeError>;

/// What writes a value, or several.
type Write<'w> = &'w dyn Fn(&mut dyn ShapeSerializer) -> Result;

/// Serializes a value by its members' names.
pub fn serialize<T: Value, S: Serializer>(
    value: &T,
    schema: &Schema<'_>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    let write = |to: &mut dyn ShapeSerializer| value.any().write(schema, to);
    let item = Item::new(&write);
    item.serialize(serializer)
        .map_err(|native| match item.failure.take() {
            Some(own) => S::Error::custom(own),
            None => native,
        })
}

/// One value, for a format to write where it wants it.
struct Item<'w> {
    write: Write<'w>,
    /// What went wrong, if it is not the format that failed. An error on its way through the
    /// format would become text at each level, quoted each time by some.
    failure: Cell<Option<SerdeError>>,
}

impl<'w> Item<'w> {
    fn new(write: Write<'w>) -> Self {
        Self {
            write,
            failure: Cell::new(None),
        }
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut one = One {
            serializer: Some(serializer),
            result: None,
        };
        let written = (self.write)(&mut one);
        match (one.result, written) {
            // The format's own error stays what it is: of a closed pipe, say.
            (Some(Err(native)), _) => Err(native),
            (Some(Ok(ok)), Ok(())) => Ok(ok),
            (_, Err(own)) => {
                let stand_in = S::Error::custom(&own);
                self.failure.set(Some(own));
                Err(stand_in)
            }
            (None, Ok(())) => Err(S::Error::custom("no value was written")),
        }
    }
}

/// The place of one value.
struct One<S: Serializer> {
    serializer: Option<S>,
    result: Option<std::result::Result<S::Ok, S::Error>>,
}

impl<S: Serializer> One<S> {
    fn put(
        &mut self,
        write: impl FnOnce(S) -> std::result::Result<S::Ok, Failed<S::Error>>,
    ) -> Result {
        let Some(serializer) = self.serializer.take() else {
            return Err(SerdeError::custom("two values were written for one"));
        };
        match write(serializer) {
            Ok(ok) => {
                self.result = Some(Ok(ok));
                Ok(())
            }
            Err(Failed::Format(native)) => {
                self.result = Some(Err(native));
                Err(stopped())
            }
            Err(Failed::Value(own)) => Err(own),
        }
    }
}

/// Who failed: the format, whose error is handed back untouched, or the value.
enum Failed<E> {
    Format(E),
    Value(SerdeError),
}

impl<E> From<E> for Failed<E> {
    fn from(native: E) -> Self {
        Self::Format(native)
    }
}

/// Ends the engine's work when the format has failed; the format's own error is the one to show.
fn stopped() -> SerdeError {
    SerdeError::write_failed("the format failed")
}

/// Says within which member or element an error arose.
pub(super) fn within(step: impl Display, error: SerdeError) -> SerdeError {
    SerdeError::custom(format!("{step}: {error}"))
}

macro_rules! put {
    ($($method:ident($value:ident: $type:ty) |$serializer:ident| $write:expr;)*) => {$(
        fn $method(&mut self, _: &Schema<'_>, $value: $type) -> Result {
            self.put(|$serializer| Ok($write?))
        }
    )*};
}

impl<S: Serializer> ShapeSerializer for One<S> {
    put! {
        write_boolean(value: bool) |to| to.serialize_bool(value);
        write_byte(value: i8) |to| to.serialize_i8(value);
        write_short(value: i16) |to| to.serialize_i16(value);
        write_integer(value: i32) |to| to.serialize_i32(value);
        write_long(value: i64) |to| to.serialize_i64(value);
        write_float(value: f32) |to| match no_number(value.into()) {
            Some(name) => to.serialize_str(name),
            None => to.serialize_f32(value),
        };
        write_double(value: f64) |to| match no_number(value) {
            Some(name) => to.serialize_str(name),
            None => to.serialize_f64(value),
        };
        write_big_integer(value: &BigInteger) |to| to.serialize_str(value.as_ref());
        write_big_decimal(value: &BigDecimal) |to| to.serialize_str(value.as_ref());
        write_string(value: &str) |to| to.serialize_str(value);
        write_blob(value: Blob) |to| to.serialize_str(&base64::encode(value));
        write_document(value: &Document) |to| Tree(value).serialize(to);
    }

    fn write_null(&mut self, _: &Schema<'_>) -> Result {
        self.put(|to| Ok(to.serialize_none()?))
    }

    fn write_timestamp(&mut self, _: &Schema<'_>, value: &DateTime) -> Result {
        self.put(|to| {
            let text = value.fmt(Format::DateTime).map_err(|_| {
                Failed::Value(SerdeError::custom(format!(
                    "{} seconds since 1970 are not in the years 1 to 9999 that RFC 3339 has",
                    value.secs()
                )))
            })?;
            Ok(to.serialize_str(&text)?)
        })
    }

    fn write_struct(&mut self, _: &Schema<'_>, value: &dyn SerializableStruct) -> Result {
        let shape = value.schema();
        let length = count(value);
        self.put(|to| {
            let mut members = Members {
                map: to.serialize_map(Some(length))?,
                shape,
                failed: None,
            };
            // A union with no member that the model knows: to the wire that is an error.
            let unknown = shape.is_union() && length == 0;
            if !unknown {
                let mut several = Several(&mut members);
                let written = value.serialize_members(&mut several);
                written.map_err(|own| blame(own, members.failed.take()))?;
            }
            Ok(members.map.end()?)
        })
    }

    fn write_list(&mut self, schema: &Schema<'_>, write: Write<'_>) -> Result {
        self.list(schema, None, write)
    }

    fn write_list_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: Write<'_>,
    ) -> Result {
        self.list(schema, Some(length), write)
    }

    fn write_map(&mut self, schema: &Schema<'_>, write: Write<'_>) -> Result {
        self.map(schema, None, write)
    }

    fn write_map_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: Write<'_>,
    ) -> Result {
        self.map(schema, Some(length), write)
    }
}

impl<S: Serializer> One<S> {
    fn list(&mut self, _: &Schema<'_>, length: Option<usize>, write: Write<'_>) -> Result {
        self.put(|to| {
            let mut elements = Elements {
                list: to.serialize_seq(length)?,
                index: 0,
                failed: None,
            };
            write(&mut Several(&mut elements)).map_err(|own| blame(own, elements.failed.take()))?;
            Ok(elements.list.end()?)
        })
    }

    fn map(&mut self, _: &Schema<'_>, length: Option<usize>, write: Write<'_>) -> Result {
        self.put(|to| {
            let mut entries = Entries {
                map: to.serialize_map(length)?,
                value_next: false,
                failed: None,
            };
            write(&mut Several(&mut entries)).map_err(|own| blame(own, entries.failed.take()))?;
            Ok(entries.map.end()?)
        })
    }
}

/// Whom an error is to be laid to, when values were written one after the other.
fn blame<E>(own: SerdeError, native: Option<E>) -> Failed<E> {
    native.map_or(Failed::Value(own), Failed::Format)
}

/// What stands for a number that JSON has no notation for.
pub(super) fn no_number(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// A place for values, one after the other.
trait Place {
    fn put(&mut self, schema: &Schema<'_>, write: Write<'_>) -> Result;
}

/// Writes an item at its place; the format's error goes aside.
fn write_item<E>(
    failed: &mut Option<E>,
    write: Write<'_>,
    to: impl FnOnce(&Item<'_>) -> std::result::Result<(), E>,
) -> Result {
    let item = Item::new(write);
    to(&item).map_err(|native| {
        item.failure.take().unwrap_or_else(|| {
            *failed = Some(native);
            stopped()
        })
    })
}

/// The members of a structure.
struct Members<'s, M: SerializeMap> {
    map: M,
    shape: &'s Schema<'s>,
    failed: Option<M::Error>,
}

impl<M: SerializeMap> Place for Members<'_, M> {
    fn put(&mut self, schema: &Schema<'_>, write: Write<'_>) -> Result {
        // A structure that is the payload of a message comes with its own schema.
        let payload = || {
            let mut members = self.shape.members().iter();
            let payload = members.find(|member| member.http_payload().is_some())?;
            payload.member_name()
        };
        let name = schema.member_name().or_else(payload).unwrap_or_default();
        write_item(&mut self.failed, write, |item| {
            self.map.serialize_entry(name, item)
        })
        .map_err(|error| within(name, error))
    }
}

/// The elements of a list.
struct Elements<L: SerializeSeq> {
    list: L,
    index: usize,
    failed: Option<L::Error>,
}

impl<L: SerializeSeq> Place for Elements<L> {
    fn put(&mut self, _: &Schema<'_>, write: Write<'_>) -> Result {
        let index = self.index;
        self.index += 1;
        write_item(&mut self.failed, write, |item| {
            self.list.serialize_element(item)
        })
        .map_err(|error| within(index, error))
    }
}

/// The entries of a map, a key and a value in turn.
struct Entries<M: SerializeMap> {
    map: M,
    value_next: bool,
    failed: Option<M::Error>,
}

impl<M: SerializeMap> Place for Entries<M> {
    fn put(&mut self, _: &Schema<'_>, write: Write<'_>) -> Result {
        let is_value = self.value_next;
        self.value_next = !is_value;
        write_item(&mut self.failed, write, |item| match is_value {
            true => self.map.serialize_value(item),
            false => self.map.serialize_key(item),
        })
        // Keys may be secret.
        .map_err(|error| within("{}", error))
    }
}

/// How many members are set. Some formats want to know it first.
fn count(value: &dyn SerializableStruct) -> usize {
    let mut count = Count(0);
    // Writing shows the error again, if there is one.
    let _ = value.serialize_members(&mut Several(&mut count));
    count.0
}

struct Count(usize);

impl Place for Count {
    fn put(&mut self, _: &Schema<'_>, _: Write<'_>) -> Result {
        self.0 += 1;
        Ok(())
    }
}

/// Hands every value to its place as one item.
struct Several<'p, P>(&'p mut P);

macro_rules! hand_on {
    ($($method:ident($($value:ident: $type:ty = $argument:expr),*);)*) => {$(
        fn $method(&mut self, schema: &Schema<'_>, $($value: $type),*) -> Result {
            self.0.put(schema, &|to| to.$method(schema, $($argument),*))
        }
    )*};
}

impl<P: Place> ShapeSerializer for Several<'_, P> {
    hand_on! {
        write_struct(value: &dyn SerializableStruct = value);
        write_list(write: Write<'_> = write);
        write_list_with_length(length: usize = length, write: Write<'_> = write);
        write_map(write: Write<'_> = write);
        write_map_with_length(length: usize = length, write: Write<'_> = write);
        write_boolean(value: bool = value);
        write_byte(value: i8 = value);
        write_short(value: i16 = value);
        write_integer(value: i32 = value);
        write_long(value: i64 = value);
        write_float(value: f32 = value);
        write_double(value: f64 = value);
        write_big_integer(value: &BigInteger = value);
        write_big_decimal(value: &BigDecimal = value);
        write_string(value: &str = value);
        write_blob(value: Blob = value.clone());
        write_timestamp(value: &DateTime = value);
        write_document(value: &Document = value);
        write_null();
    }
}
