//! Unions: structures of which exactly one member is set.

use crate::any::AnyValue;
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
        match T::read(self.schema, self.from) {
            Ok(value) => Ok(wrap(value)),
            Err(error) => Err(at(self.schema, error)),
        }
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
    /// The value without its type.
    fn any(&self) -> AnyValue<'_>;
}

impl<T: Value> UnionValue for T {
    fn any(&self) -> AnyValue<'_> {
        Value::any(self)
    }
}

/// A union whose type is left behind.
pub trait AnyUnion {
    /// The schema of the union.
    fn shape(&self) -> &'static Schema<'static>;

    /// Gives the member that is set to `to`.
    fn view(&self, to: &mut dyn VisitUnion);
}

impl<U: Union> AnyUnion for U {
    fn shape(&self) -> &'static Schema<'static> {
        U::schema()
    }

    fn view(&self, to: &mut dyn VisitUnion) {
        self.visit(to);
    }
}

/// The schema of a union from its table.
pub fn build<U: Union>() -> Schema<'static> {
    schema_of(U::ID, U::VARIANTS)
}

fn schema_of(id: &'static str, variants: &[Variant]) -> Schema<'static> {
    let id = shape_id(id);
    let members = variants
        .iter()
        .enumerate()
        .map(|(index, variant)| keep((variant.schema)(&variant.member, &id, index)))
        .collect();
    Schema::new_struct(id, ShapeType::Union, Vec::leak(members))
}

/// Reads a union: the one member that is set, or the catch-all if the model knows none that is.
pub fn read<U: Union>(from: &mut dyn ShapeDeserializer) -> Result<U> {
    let mut known = None;
    read_member(U::schema(), from, &mut |name, reader| {
        match U::read(name, reader) {
            Ok(value) => known = Some(value),
            Err(error) => return Err(error),
        }
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

/// Gives the member that is set to `read`, if there is one.
fn read_member(
    schema: &Schema<'_>,
    from: &mut dyn ShapeDeserializer,
    read: &mut dyn FnMut(&str, Reader<'_>) -> Result<()>,
) -> Result<()> {
    let mut is_known = false;
    from.read_struct(schema, &mut |member, from| {
        let (Some(name), Some(_)) = (member.member_name(), member.member_index()) else {
            return Ok(());
        };
        if from.is_null() && member.shape_type() != ShapeType::Document {
            return from.read_null();
        }
        if is_known {
            return Err(SerdeError::invalid_input(format!(
                "the union {} has more than one member set",
                schema.shape_id()
            )));
        }
        is_known = true;
        let reader = Reader {
            schema: member,
            from,
        };
        read(name, reader)
    })
}

/// Writes a union as the value of a member. The catch-all has no form on the wire: an error.
pub(crate) fn write(
    value: &dyn AnyUnion,
    schema: &Schema<'_>,
    to: &mut dyn ShapeSerializer,
) -> Result<()> {
    // The payload is the body itself, with no member around it.
    let schema = match schema.http_payload() {
        Some(_) => value.shape(),
        None => schema,
    };
    to.write_struct(schema, &Set(value))
}

/// A union in the form that AWS's codecs take.
struct Set<'a>(&'a dyn AnyUnion);

impl SerializableStruct for Set<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.shape()
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<()> {
        let mut write = Write {
            schema: self.0.shape(),
            to,
            result: Ok(()),
        };
        self.0.view(&mut write);
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
            self.result = value.any().write(member, self.to);
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
pub(crate) fn required(value: &dyn AnyUnion, missing: &mut Missing<'_>) {
    value.view(&mut Required(missing));
}

struct Required<'m, 'p>(&'m mut Missing<'p>);

impl VisitUnion for Required<'_, '_> {
    fn member(&mut self, name: &'static str, value: &dyn UnionValue) {
        self.0
            .within(&name, &|missing| value.any().required(missing));
    }

    fn unrecognized(&mut self) {}
}

/// Makes a generated [`Union`] a value of the data model.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl $crate::structure::Rooted for $name {
            fn schema() -> &'static $crate::private::Schema<'static> {
                static SCHEMA: $crate::private::Lazy<$crate::private::Schema<'static>> =
                    $crate::private::Lazy::new();
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

            fn any(&self) -> $crate::private::AnyValue<'_> {
                $crate::private::AnyValue::Union(self)
            }
        }

        $crate::by_member_names!($name, <$name as $crate::structure::Rooted>::schema());
    };
}
