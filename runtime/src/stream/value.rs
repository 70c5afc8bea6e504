//! Streams as members.
//!
//! The codecs know the member and where it goes, not what is in it: the body itself is taken from
//! the input before, and put into the output after.

use super::ByteStream;
use crate::any::{AnyValue, Scalar};
use crate::member::Member;
use crate::value::{Exchange, Value};
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
use aws_smithy_types::Blob;

impl Value for ByteStream {
    const TYPE: ShapeType = ShapeType::Blob;

    fn read(schema: &Schema<'_>, from: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        from.read_blob(schema).map(|blob| blob.into_bytes().into())
    }

    fn any(&self) -> AnyValue<'_> {
        AnyValue::Scalar(self)
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        member.schema(id, Self::TYPE, index).with_streaming()
    }

    fn exchange(member: &mut Option<Self>, what: Exchange<'_>) {
        match what {
            Exchange::Put(stream) => {
                if let Some(stream) = stream.take() {
                    *member = Some(stream);
                }
            }
            Exchange::Take(place) => *place = member.as_mut().map(std::mem::take),
            Exchange::Fill(_) => {}
        }
    }
}

impl Scalar for ByteStream {
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        let Some(bytes) = self.bytes() else {
            let message = "the bytes of a stream are not there yet: collect them before";
            return Err(SerdeError::invalid_input(message));
        };
        to.write_blob(schema, Blob::new(bytes))
    }
}
