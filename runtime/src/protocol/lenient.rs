//! Timestamps in any format and numbers of any kind, whatever the model says: services do not always
//! send what they declare.

use aws_smithy_schema::prelude::STRING;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::ops::DerefMut;

/// Tries all formats of timestamps where they are text, in headers and in XML, and takes any number
/// for one with a fraction.
pub(super) struct Lenient<D> {
    from: D,
    /// Whether it is for the body too, and not for the headers alone.
    body: bool,
    /// Whether timestamps are text.
    text: bool,
}

impl<D> Lenient<D> {
    /// For a body of XML, and the headers around it.
    #[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
    pub(super) fn xml(from: D) -> Self {
        Self {
            from,
            body: true,
            text: true,
        }
    }

    /// For a body of CBOR.
    #[cfg(feature = "rpc-v2-cbor")]
    pub(super) fn cbor(from: D) -> Self {
        Self {
            from,
            body: true,
            text: false,
        }
    }

    /// For headers alone.
    #[cfg(feature = "rest-json")]
    pub(super) fn headers(from: D) -> Self {
        Self {
            from,
            body: false,
            text: true,
        }
    }
}

type Member<'c> =
    &'c mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>;
type Element<'c> = &'c mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result<(), SerdeError>;
type Entry<'c> = &'c mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>;

macro_rules! scalars {
    ($($read:ident -> $type:ty;)*) => {$(
        fn $read(&mut self, schema: &Schema<'_>) -> Result<$type, SerdeError> {
            self.from.$read(schema)
        }
    )*};
}

impl<'d, D: DerefMut<Target = dyn ShapeDeserializer + 'd>> ShapeDeserializer for Lenient<D> {
    fn read_struct(&mut self, schema: &Schema<'_>, read: Member<'_>) -> Result<(), SerdeError> {
        let (body, text) = (self.body, self.text);
        self.from.read_struct(schema, &mut |member, from| {
            let lenient = match member.http_header() {
                // Dates of a list are told apart by the one who splits it.
                Some(_) => member.shape_type() != ShapeType::List,
                None => body,
            };
            match lenient {
                true => read(member, &mut Lenient { from, body, text }),
                false => read(member, from),
            }
        })
    }

    fn read_list(&mut self, schema: &Schema<'_>, read: Element<'_>) -> Result<(), SerdeError> {
        let (body, text) = (self.body, self.text);
        self.from
            .read_list(schema, &mut |from| read(&mut Lenient { from, body, text }))
    }

    fn read_map(&mut self, schema: &Schema<'_>, read: Entry<'_>) -> Result<(), SerdeError> {
        let (body, text) = (self.body, self.text);
        self.from.read_map(schema, &mut |key, from| {
            read(key, &mut Lenient { from, body, text })
        })
    }

    fn read_timestamp(&mut self, schema: &Schema<'_>) -> Result<DateTime, SerdeError> {
        if !self.text {
            return self.from.read_timestamp(schema);
        }
        let text = self.from.read_string(&STRING)?;
        timestamp(&text).ok_or_else(|| SerdeError::invalid_input("there is no such timestamp"))
    }

    fn read_float(&mut self, schema: &Schema<'_>) -> Result<f32, SerdeError> {
        let float = self.from.read_float(schema);
        float.or_else(|error| match self.read_double(schema) {
            Ok(double) => Ok(double as f32),
            Err(_) => Err(error),
        })
    }

    fn read_double(&mut self, schema: &Schema<'_>) -> Result<f64, SerdeError> {
        let double = self.from.read_double(schema);
        double.or_else(|error| match self.from.read_long(schema) {
            Ok(whole) => Ok(whole as f64),
            Err(_) => Err(error),
        })
    }

    scalars! {
        read_boolean -> bool;
        read_byte -> i8;
        read_short -> i16;
        read_integer -> i32;
        read_long -> i64;
        read_big_integer -> BigInteger;
        read_big_decimal -> BigDecimal;
        read_string -> String;
        read_blob -> Blob;
        read_document -> Document;
    }

    fn is_null(&self) -> bool {
        self.from.is_null()
    }

    fn read_null(&mut self) -> Result<(), SerdeError> {
        self.from.read_null()
    }

    fn skip_value(&mut self) -> Result<(), SerdeError> {
        self.from.skip_value()
    }

    fn container_size(&self) -> Option<usize> {
        self.from.container_size()
    }
}

/// The moment that some text stands for: seconds since 1970, RFC 3339 or RFC 7231.
fn timestamp(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let formats = [
        Format::EpochSeconds,
        Format::DateTimeWithOffset,
        Format::HttpDate,
    ];
    formats
        .into_iter()
        .find_map(|format| DateTime::from_str(text, format).ok())
}
