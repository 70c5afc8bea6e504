//! Unions: structures of which exactly one member is set.

use crate::member::Member;
use crate::structure::{Missing, Rooted, at, shape_id};
use crate::value::{Value, keep};
use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};

/// A union shape. Written by the generator, completed by [`union!`](crate::union!).
pub trait Union: Sized + Rooted {
    /// The shape's ID.
    const ID: &'static str;

    /// The members, in the model's order.
    const VARIANTS: &'static [Variant];

    /// Reads the member called `name`; a name that the model does not know is the catch-all.
    fn read(name: &str, value: Reader<'_>) -> Result<Self>;

    /// Gives the member that is set to `to`.
    fn visit(&self, to: &mut dyn VisitUnion);
}

/// What reading ends with.
pub type Result<T> = std::result::Result<T, SerdeError>;

/// A member of a union: its wire traits and how to describe its type.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    member: Member,
    schema: fn(&Member, &ShapeId<'static>, usize) -> Schema<'static>,
}

/// A member of a union that holds a `T`.
pub const fn variant<T: Value>(member: Member) -> Variant {
    Variant {
        member,
        schema: T::schema,
    }
}

/// The value of the member that a union on the wire has set.
pub struct Reader<'r> {
    schema: &'r Schema<'r>,
    from: &'r mut dyn ShapeDeserializer,
}

impl Reader<'_> {
    /// Reads the value and wraps it in its variant.
    pub fn read<T: Value, U>(self, wrap: impl FnOnce(T) -> U) -> Result<U> {
        T::read(self.schema, self.from)
            .map(wrap)
            .map_err(|error| at(self.schema, error))
    }
}

/// Takes the member of a union that is set.
pub trait VisitUnion {
    /// The member called `name` has this value.
    fn member(&mut self, name: &'static str, value: &dyn UnionValue);

    /// No member that the model knows is set.
    fn unrecognized(&mut self);
}

/// The value of a union's member.
pub trait UnionValue {
    /// Writes the value.
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<()>;

    /// Reports the required members inside it that are not set.
    fn required(&self, missing: &mut Missing<'_>);
}

impl<T: Value> UnionValue for T {
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<()> {
        Value::write(self, schema, to)
    }

    fn required(&self, missing: &mut Missing<'_>) {
        Value::required(self, missing);
    }
}

/// The schema of a union from its table.
pub fn build<U: Union>() -> Schema<'static> {
    let id = shape_id(U::ID);
    let members = U::VARIANTS
        .iter()
        .enumerate()
        .map(|(index, variant)| keep((variant.schema)(&variant.member, &id, index)))
        .collect();
    Schema::new_struct(id, ShapeType::Union, Vec::leak(members))
}

/// Reads a union: the one member that is set, or the catch-all if the model knows none that is.
pub fn read<U: Union>(from: &mut dyn ShapeDeserializer) -> Result<U> {
    let mut known = None;
    from.read_struct(U::schema(), &mut |member, from| {
        let (Some(name), Some(_)) = (member.member_name(), member.member_index()) else {
            return Ok(());
        };
        if from.is_null() && member.shape_type() != ShapeType::Document {
            return from.read_null();
        }
        if known.is_some() {
            return Err(SerdeError::invalid_input(format!(
                "the union {} has more than one member set",
                U::ID
            )));
        }
        let reader = Reader {
            schema: member,
            from,
        };
        known = Some(U::read(name, reader)?);
        Ok(())
    })?;
    match known {
        Some(value) => Ok(value),
        None => U::read(
            "",
            Reader {
                schema: U::schema(),
                from,
            },
        ),
    }
}

/// Writes a union as the value of a member. The catch-all has no form on the wire: an error.
pub fn write<U: Union>(value: &U, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<()> {
    // The payload is the body itself, with no member around it.
    let schema = match schema.http_payload() {
        Some(_) => U::schema(),
        None => schema,
    };
    to.write_struct(schema, &Set(value))
}

/// A union in the form that AWS's codecs take.
struct Set<'a, U>(&'a U);

impl<U: Union> SerializableStruct for Set<'_, U> {
    fn schema(&self) -> &Schema<'_> {
        U::schema()
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<()> {
        let mut write = Write {
            schema: U::schema(),
            to,
            result: Ok(()),
        };
        self.0.visit(&mut write);
        write.result
    }
}

struct Write<'w> {
    schema: &'static Schema<'static>,
    to: &'w mut dyn ShapeSerializer,
    result: Result<()>,
}

impl VisitUnion for Write<'_> {
    fn member(&mut self, name: &'static str, value: &dyn UnionValue) {
        if let Some(member) = self.schema.member_schema(name) {
            self.result = value.write(member, self.to);
        }
    }

    fn unrecognized(&mut self) {
        self.result = Err(SerdeError::invalid_input(format!(
            "the union {} has no member set that this version of the client can send",
            self.schema.shape_id()
        )));
    }
}

/// Reports the required members inside the one that is set.
pub fn required<U: Union>(value: &U, missing: &mut Missing<'_>) {
    value.visit(&mut Required(missing));
}

struct Required<'m, 'p>(&'m mut Missing<'p>);

impl VisitUnion for Required<'_, '_> {
    fn member(&mut self, name: &'static str, value: &dyn UnionValue) {
        self.0.within(&name, &|missing| value.required(missing));
    }

    fn unrecognized(&mut self) {}
}

/// Makes a generated [`Union`] a value of the data model.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl $crate::structure::Rooted for $name {
            fn schema() -> &'static $crate::private::Schema<'static> {
                static SCHEMA: $crate::private::SchemaCell = $crate::private::SchemaCell::new();
                SCHEMA.get($crate::union::build::<$name>)
            }
        }

        impl $crate::value::Value for $name {
            const TYPE: $crate::private::ShapeType = $crate::private::ShapeType::Union;

            fn read(
                _: &$crate::private::Schema<'_>,
                from: &mut dyn $crate::private::ShapeDeserializer,
            ) -> $crate::union::Result<Self> {
                $crate::union::read(from)
            }

            fn write(
                &self,
                schema: &$crate::private::Schema<'_>,
                to: &mut dyn $crate::private::ShapeSerializer,
            ) -> $crate::union::Result<()> {
                $crate::union::write(self, schema, to)
            }

            fn required(&self, missing: &mut $crate::private::Missing<'_>) {
                $crate::union::required(self, missing);
            }
        }

        $crate::by_member_names!($name, <$name as $crate::structure::Rooted>::schema());
    };
}
