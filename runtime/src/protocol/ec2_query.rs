//! ec2Query: the forms of awsQuery under other names, and XML without a wrapper.

use super::aws_query::post;
use super::{Facts, Protocol, Reading, Shared, xml};
use aws_smithy_query::codec::QueryShapeSerializer;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::codec::FinishSerializer;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use aws_smithy_xml::codec::XmlCodec;
use std::sync::LazyLock;

/// `aws.protocols#ec2Query`.
pub fn ec2_query() -> Shared {
    static PROTOCOL: LazyLock<Ec2Query> = LazyLock::new(|| Ec2Query { xml: xml::codec() });
    &*PROTOCOL
}

/// AWS's forms and its XML.
#[derive(Debug)]
struct Ec2Query {
    xml: XmlCodec,
}

impl Protocol for Ec2Query {
    fn request(
        &self,
        facts: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let mut form = QueryShapeSerializer::new(facts.operation, facts.version);
        Renamed(&mut form).write_struct(schema, input)?;
        post(form.finish())
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, _: &Schema<'_>) -> Reading<'r> {
        xml::lenient(&self.xml, xml::output(response))
    }

    fn plain(&self, response: &Response, _: &Schema<'_>) -> Option<Vec<u8>> {
        xml::plain(xml::body(response))
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        xml::error_metadata(response)
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        let body = xml::body(response);
        let error = xml::error(body).unwrap_or(body);
        xml::lenient(&self.xml, error)
    }
}

/// Writes a form under the names of ec2 requests, which a member's schema has in the place of its name
/// in JSON, and every list flattened.
struct Renamed<'s>(&'s mut dyn ShapeSerializer);

/// The schema of a member under its name in requests; that of an element as it is.
fn renamed<'a>(schema: &'a Schema<'_>) -> Schema<'a> {
    let (id, kind) = (schema.shape_id().clone(), schema.shape_type());
    let mut renamed = match schema.member_name() {
        Some(member) => {
            let name = schema.json_name().map_or(member, |name| name.value());
            Schema::new_member(id, kind, member, 0).with_xml_name(name)
        }
        None => Schema::new(id, kind),
    };
    if kind == ShapeType::List {
        renamed = renamed.with_xml_flattened();
    }
    if let Some(format) = schema.timestamp_format() {
        renamed = renamed.with_timestamp_format(format.format());
    }
    renamed
}

/// A structure whose members are renamed.
struct Members<'v>(&'v dyn SerializableStruct);

impl SerializableStruct for Members<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.schema()
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        self.0.serialize_members(&mut Renamed(to))
    }
}

type Parts<'p> = &'p dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>;

macro_rules! scalars {
    ($($write:ident($type:ty);)*) => {$(
        fn $write(&mut self, schema: &Schema<'_>, value: $type) -> Result<(), SerdeError> {
            self.0.$write(&renamed(schema), value)
        }
    )*};
}

impl ShapeSerializer for Renamed<'_> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        self.0.write_struct(&renamed(schema), &Members(value))
    }

    fn write_list(&mut self, schema: &Schema<'_>, elements: Parts<'_>) -> Result<(), SerdeError> {
        self.0
            .write_list(&renamed(schema), &|to| elements(&mut Renamed(to)))
    }

    fn write_list_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        elements: Parts<'_>,
    ) -> Result<(), SerdeError> {
        match length {
            // An empty list has no form here.
            0 => Ok(()),
            _ => self.write_list(schema, elements),
        }
    }

    fn write_map(&mut self, schema: &Schema<'_>, entries: Parts<'_>) -> Result<(), SerdeError> {
        self.0
            .write_map(&renamed(schema), &|to| entries(&mut Renamed(to)))
    }

    scalars! {
        write_boolean(bool);
        write_byte(i8);
        write_short(i16);
        write_integer(i32);
        write_long(i64);
        write_float(f32);
        write_double(f64);
        write_big_integer(&BigInteger);
        write_big_decimal(&BigDecimal);
        write_string(&str);
        write_blob(Blob);
        write_timestamp(&DateTime);
        write_document(&Document);
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Result<(), SerdeError> {
        self.0.write_null(&renamed(schema))
    }
}
