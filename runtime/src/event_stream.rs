//! Events that come as they come (`eventstream`; a union with `smithy.api#streaming`).

use crate::any::AnyValue;
use crate::member::Member;
use crate::value::Value;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
use std::convert::Infallible;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

/// A stream of events, each of which is a `T`.
///
/// Nothing sends or receives events yet, so there are no values of this type, and a call of an
/// operation that needs one is an error that says so.
pub struct EventStream<T> {
    nothing: Infallible,
    events: PhantomData<fn() -> T>,
}

impl<T> Debug for EventStream<T> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nothing, events: _ } = self;
        match *nothing {}
    }
}

impl<T> Value for EventStream<T> {
    const TYPE: ShapeType = ShapeType::Union;

    fn read(_: &Schema<'_>, _: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        let message = "streams of events cannot be read yet";
        Err(SerdeError::invalid_input(message))
    }

    fn any(&self) -> AnyValue<'_> {
        match self.nothing {}
    }

    fn schema(member: &Member, id: &ShapeId<'static>, index: usize) -> Schema<'static> {
        member.schema(id, Self::TYPE, index).with_streaming()
    }
}
