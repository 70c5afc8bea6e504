//! Values that have more than one form, or a range.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Number, base64};
use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The key under which `serde_json` gives the digits of a number to who takes anything, if some
/// crate of the build has its feature `arbitrary_precision` on.
pub(super) const DIGITS: &str = "$serde_json::private::Number";

/// The number of these digits.
pub(super) fn number<E: Error>(digits: &str) -> Result<Number, E> {
    let positive = || digits.parse().ok().map(Number::PosInt);
    let negative = || digits.parse().ok().map(Number::NegInt);
    let float = || digits.parse().ok().map(Number::Float);
    positive()
        .or_else(negative)
        .or_else(float)
        .ok_or_else(|| E::custom("invalid number"))
}

/// The number that a map stands for, if it stands for one.
fn number_of_map<'de, A: MapAccess<'de>>(
    mut map: A,
    visitor: &impl Visitor<'de>,
) -> Result<Number, A::Error> {
    match map.next_key::<String>()? {
        Some(key) if key == DIGITS => number(&map.next_value::<String>()?),
        _ => Err(A::Error::invalid_type(Unexpected::Map, visitor)),
    }
}

/// An integer that [`Whole`] can read.
pub(super) trait Integer: TryFrom<i64> {
    /// The type's range, in words.
    const RANGE: &'static str;
}

macro_rules! integer {
    ($($type:ty = $range:literal;)*) => {$(
        impl Integer for $type {
            const RANGE: &'static str = $range;
        }
    )*};
}

integer! {
    i8 = "an integer from -128 to 127";
    i16 = "an integer from -32768 to 32767";
    i32 = "an integer from -2147483648 to 2147483647";
    i64 = "an integer of 64 bits";
}

/// Reads an integer; 7.0 is one.
pub(super) struct Whole<T>(PhantomData<T>);

impl<T> Whole<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Integer> Visitor<'_> for Whole<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::RANGE)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        // Beyond that, a double is not every integer.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            self.visit_i64(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }
}

/// Reads a number, or the name of what is none.
pub(super) struct Float;

impl Float {
    pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        // A hint at numbers would keep some formats from giving strings.
        from.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Float {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"a number, "NaN", "Infinity" or "-Infinity""#)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        match text {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<f64, A::Error> {
        number_of_map(map, &self).map(Number::to_f64_lossy)
    }
}

/// Reads a timestamp, text or number.
pub(super) struct Timestamp;

impl Timestamp {
    pub(super) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime, D::Error> {
        from.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Timestamp {
    type Value = DateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp: 2018-01-26T00:11:30Z or seconds since 1970")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<DateTime, E> {
        Ok(DateTime::from_secs(seconds))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<DateTime, E> {
        i64::try_from(seconds)
            .map(DateTime::from_secs)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(seconds), &self))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<DateTime, E> {
        // The whole seconds have to fit, and not a number fits nowhere.
        if seconds.abs() < i64::MAX as f64 {
            Ok(DateTime::from_secs_f64(seconds))
        } else {
            Err(E::invalid_value(Unexpected::Float(seconds), &self))
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateTime, E> {
        DateTime::from_str(text, Format::DateTimeWithOffset)
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateTime, A::Error> {
        match number_of_map(map, &self)? {
            Number::PosInt(seconds) => self.visit_u64(seconds),
            Number::NegInt(seconds) => self.visit_i64(seconds),
            Number::Float(seconds) => self.visit_f64(seconds),
        }
    }
}

/// Reads the bytes of base64.
pub(super) struct Base64;

impl Visitor<'_> for Base64 {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string of base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Blob, E> {
        // Blobs are long, and of their text nobody can see what is wrong.
        base64::decode(text)
            .map(Blob::new)
            .map_err(|_| E::invalid_value(Unexpected::Other("another string"), &self))
    }
}
