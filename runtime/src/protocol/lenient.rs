//! Timestamps in any format, whatever the model says: services do not always send what they declare.

use aws_smithy_schema::prelude::STRING;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::ops::DerefMut;

/// Tries all formats of timestamps where they are text: in headers, and in XML.
pub(super) struct Lenient<D> {
    from: D,
    /// Whether values of the body are text.
    xml: bool,
}

impl<D> Lenient<D> {
    /// For a body of XML, and the headers around it.
    #[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
    pub(super) fn xml(from: D) -> Self {
        Self { from, xml: true }
    }

    /// For headers alone.
    #[cfg(feature = "rest-json")]
    pub(super) fn headers(from: D) -> Self {
        Self { from, xml: false }
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
        let xml = self.xml;
        self.from.read_struct(schema, &mut |member, from| {
            let text = match member.http_header() {
                // Dates of a list are told apart by the one who splits it.
                Some(_) => member.shape_type() != ShapeType::List,
                None => xml,
            };
            match text {
                true => read(member, &mut Lenient { from, xml }),
                false => read(member, from),
            }
        })
    }

    fn read_list(&mut self, schema: &Schema<'_>, read: Element<'_>) -> Result<(), SerdeError> {
        let xml = self.xml;
        self.from
            .read_list(schema, &mut |from| read(&mut Lenient { from, xml }))
    }

    fn read_map(&mut self, schema: &Schema<'_>, read: Entry<'_>) -> Result<(), SerdeError> {
        let xml = self.xml;
        self.from.read_map(schema, &mut |key, from| {
            read(key, &mut Lenient { from, xml })
        })
    }

    fn read_timestamp(&mut self, _: &Schema<'_>) -> Result<DateTime, SerdeError> {
        let text = self.from.read_string(&STRING)?;
        timestamp(&text).ok_or_else(|| SerdeError::invalid_input("there is no such timestamp"))
    }

    scalars! {
        read_boolean -> bool;
        read_byte -> i8;
        read_short -> i16;
        read_integer -> i32;
        read_long -> i64;
        read_float -> f32;
        read_double -> f64;
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
