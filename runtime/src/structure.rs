//! Structures, and the one engine that reads and writes them all.

use crate::member::Member;
use crate::path::{self, Found};
use crate::stream::ByteStream;
use crate::value::{Exchange, Field, keep};
use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
use std::fmt::{self, Debug, Display};

/// A structure shape: a table of its members, and its fields in the same order.
///
/// Written by the generator, completed by [`structure!`](crate::structure!).
pub trait Structure: Debug + Default + Rooted + Send + Sync {
    /// The shape's ID, `com.amazonaws.backup#Lifecycle`.
    const ID: &'static str;

    /// The members, in the model's order.
    const MEMBERS: &'static [Member];

    /// Shows the fields, in the order of [`MEMBERS`](Self::MEMBERS).
    fn fields(&self, view: Visit<'_>);

    /// Lends the fields, in the order of [`MEMBERS`](Self::MEMBERS).
    fn fields_mut(&mut self, view: VisitMut<'_>);
}

/// The keeper of a shape's schema, for the life of the process.
pub trait Rooted: 'static {
    /// The schema, built on first use.
    fn schema() -> &'static Schema<'static>;
}

/// Takes the fields of a structure to look at.
pub struct Visit<'v>(&'v mut dyn FnMut(&[&dyn Field]));

impl Visit<'_> {
    /// Shows all fields, in the order of the members.
    pub fn fields<const N: usize>(self, fields: [&dyn Field; N]) {
        (self.0)(&fields);
    }
}

/// Takes the fields of a structure to fill.
pub struct VisitMut<'v>(&'v mut dyn FnMut(&mut [&mut dyn Field]));

impl VisitMut<'_> {
    /// Lends all fields, in the order of the members.
    pub fn fields<const N: usize>(self, mut fields: [&mut dyn Field; N]) {
        (self.0)(&mut fields);
    }
}

/// A structure whose type is left behind: what the engine works on, which so is compiled once and
/// not for each structure.
pub trait AnyStructure {
    /// The schema of the structure, and its members in the model's order.
    fn shape(&self) -> (&'static Schema<'static>, &'static [Member]);

    /// Shows the fields, in the order of the members.
    fn view(&self, view: &mut dyn FnMut(&[&dyn Field]));

    /// Lends the fields, in the order of the members.
    fn view_mut(&mut self, view: &mut dyn FnMut(&mut [&mut dyn Field]));
}

impl<S: Structure> AnyStructure for S {
    fn shape(&self) -> (&'static Schema<'static>, &'static [Member]) {
        (S::schema(), S::MEMBERS)
    }

    fn view(&self, view: &mut dyn FnMut(&[&dyn Field])) {
        self.fields(Visit(view));
    }

    fn view_mut(&mut self, view: &mut dyn FnMut(&mut [&mut dyn Field])) {
        self.fields_mut(VisitMut(view));
    }
}

/// Makes a generated [`Structure`] a value of the data model.
#[macro_export]
macro_rules! structure {
    ($name:ident) => {
        impl $crate::structure::Rooted for $name {
            fn schema() -> &'static $crate::private::Schema<'static> {
                static SCHEMA: $crate::private::Lazy<$crate::private::Schema<'static>> =
                    $crate::private::Lazy::new();
                SCHEMA.get($crate::private::build::<$name>)
            }
        }

        impl $crate::value::Value for $name {
            const TYPE: $crate::private::ShapeType = $crate::private::ShapeType::Structure;

            fn read(
                _: &$crate::private::Schema<'_>,
                from: &mut dyn $crate::private::ShapeDeserializer,
            ) -> ::core::result::Result<Self, $crate::private::SerdeError> {
                let mut value = <Self as ::core::default::Default>::default();
                match $crate::private::read_into(&mut value, from) {
                    ::core::result::Result::Ok(()) => ::core::result::Result::Ok(value),
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
                }
            }

            fn any(&self) -> $crate::private::AnyValue<'_> {
                $crate::private::AnyValue::Structure(self)
            }
        }

        $crate::by_member_names!($name, <$name as $crate::structure::Rooted>::schema());
    };
}

/// The builder of a generated [`Structure`], whose setters the generator writes.
#[macro_export]
macro_rules! builder {
    ($name:ident, $builder:ident) => {
        #[doc = ::core::concat!("Builds a [`", ::core::stringify!($name), "`].")]
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $builder($name);

        impl $name {
            /// A builder, with no member set.
            pub fn builder() -> $builder {
                <$builder as ::core::default::Default>::default()
            }
        }

        impl $builder {
            /// What has been set so far.
            pub fn build(self) -> $name {
                self.0
            }
        }
    };
}

/// The builder of an operation's input: that of its structure, and with clients, the way to call
/// the operation.
#[macro_export]
macro_rules! input {
    ($operation:ident, $name:ident, $builder:ident) => {
        $crate::input!($operation, $name, $builder, Clone, Debug, Default, PartialEq);
    };
    // Streams can be neither copied nor compared.
    ($operation:ident, $name:ident, $builder:ident, streaming) => {
        $crate::input!($operation, $name, $builder, Debug, Default);
    };
    ($operation:ident, $name:ident, $builder:ident, $($derived:ident),*) => {
        #[doc = ::core::concat!("Builds a [`", ::core::stringify!($name), "`].")]
        #[derive($($derived),*)]
        pub struct $builder<C = ()>($name, C);

        impl $name {
            /// A builder, with no member set.
            pub fn builder() -> $builder {
                $builder(<Self as ::core::default::Default>::default(), ())
            }
        }

        impl<C> $builder<C> {
            /// What has been set so far.
            pub fn build(self) -> $name {
                self.0
            }
        }

        $crate::__callable!($operation, $name, $builder);
    };
}

/// Without clients, inputs are built and nothing else.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __callable {
    ($operation:ident, $name:ident, $builder:ident) => {};
}

/// The schema of a structure from its table and the types of its fields.
pub fn build<S: Structure>() -> Schema<'static> {
    schema_of(&S::default(), S::ID, S::MEMBERS)
}

/// A member that has two names is there twice, the second time after all others.
fn schema_of(
    value: &dyn AnyStructure,
    id: &'static str,
    members: &'static [Member],
) -> Schema<'static> {
    let id = shape_id(id);
    let mut schemas = Vec::new();
    value.view(&mut |fields| {
        let members = fields.iter().zip(members);
        let again = members
            .clone()
            .filter_map(|(field, member)| Some((field, member.under_other_name()?)));
        for (index, (field, member)) in members
            .clone()
            .map(|(field, member)| (field, *member))
            .chain(again)
            .enumerate()
        {
            schemas.push(keep(field.schema(&member, &id, index)));
        }
    });
    Schema::new_struct(id, ShapeType::Structure, Vec::leak(schemas))
}

/// The position of the field for the member of a schema at `index`.
fn position(members: &[Member], index: usize) -> Option<usize> {
    let Some(second) = index.checked_sub(members.len()) else {
        return Some(index);
    };
    let doubled = members.iter().enumerate();
    let mut doubled = doubled.filter(|(_, member)| member.under_other_name().is_some());
    doubled.nth(second).map(|(index, _)| index)
}

/// The parts of a shape ID, `namespace#name`.
pub(crate) fn shape_id(id: &'static str) -> ShapeId<'static> {
    let (namespace, name) = id.split_once('#').unwrap_or(("", id));
    ShapeId::from_parts(id, namespace, name)
}

/// Reads a structure. Members that are absent, unknown or null stay as they are: not set, in a new
/// one.
pub fn read_into(
    value: &mut dyn AnyStructure,
    from: &mut dyn ShapeDeserializer,
) -> Result<(), SerdeError> {
    let (schema, members) = value.shape();
    let mut result = Ok(());
    value.view_mut(&mut |fields| result = read_fields(schema, members, fields, from));
    result
}

fn read_fields(
    schema: &Schema<'_>,
    members: &[Member],
    fields: &mut [&mut dyn Field],
    from: &mut dyn ShapeDeserializer,
) -> Result<(), SerdeError> {
    if from.is_null() {
        return from.read_null();
    }
    from.read_struct(schema, &mut |member, from| {
        let Some(field) = member
            .member_index()
            .and_then(|index| position(members, index))
            .and_then(|index| fields.get_mut(index))
        else {
            return Ok(());
        };
        if from.is_null() && member.shape_type() != ShapeType::Document {
            return from.read_null();
        }
        field.read(member, from).map_err(|error| at(member, error))
    })
}

/// Fills the member of an error that holds its message, which services spell `message` or
/// `Message` whatever the model says.
pub(crate) fn fill_message(value: &mut dyn AnyStructure, message: &str) {
    let (_, members) = value.shape();
    value.view_mut(&mut |fields| {
        for (field, member) in fields.iter_mut().zip(members) {
            if member.name().eq_ignore_ascii_case("message") {
                field.exchange(Exchange::Fill(message));
            }
        }
    });
}

/// Says at which member an error arose; callers add the members around it.
///
/// What was found there may be secret, and then stays out of the error.
pub(crate) fn at(member: &Schema<'_>, error: SerdeError) -> SerdeError {
    if member.sensitive().is_some() {
        let name = member.member_name().unwrap_or_default();
        let message = format!("{name}: the value has no such form; it is sensitive and not shown");
        return SerdeError::custom(message);
    }
    SerdeError::custom(format!(
        "{}: {error}",
        member.member_name().unwrap_or_default()
    ))
}

/// Writes a structure as the value of a member.
pub fn write(
    value: &dyn AnyStructure,
    schema: &Schema<'_>,
    to: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    // The payload is the body itself, with no member around it.
    let schema = match schema.http_payload() {
        Some(_) => value.shape().0,
        None => schema,
    };
    to.write_struct(schema, &Members(value))
}

/// A structure in the form that AWS's codecs take.
struct Members<'a>(&'a dyn AnyStructure);

impl SerializableStruct for Members<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.shape().0
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        let (schema, _) = self.0.shape();
        let mut result = Ok(());
        self.0
            .view(&mut |fields| result = write_fields(schema, fields, to));
        result
    }
}

fn write_fields(
    schema: &Schema<'_>,
    fields: &[&dyn Field],
    to: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    fields
        .iter()
        .zip(schema.members())
        .try_for_each(|(field, member)| match field.any() {
            Some(value) => value.write(member, to),
            None => Ok(()),
        })
}

/// Shows what is at the ends of a way into a structure.
pub fn select(value: &dyn AnyStructure, path: &[path::Step], found: &mut dyn FnMut(Found<'_>)) {
    match path {
        [path::Step::Member(name), rest @ ..] => value.view(&mut |fields| {
            let mut members = value.shape().1.iter();
            let index = members.position(|member| member.name() == *name);
            let field = index.and_then(|index| fields.get(index));
            if let Some(value) = field.and_then(|field| field.any()) {
                value.select(rest, found);
            }
        }),
        [path::Step::Each(paths), ..] => {
            for path in *paths {
                select(value, path, found);
            }
        }
        _ => {}
    }
}

/// Takes the stream out of a structure, with the member that it belongs to. An empty one stays.
pub(crate) fn take_stream(value: &mut dyn AnyStructure) -> Option<(ByteStream, &'static Member)> {
    let (_, members) = value.shape();
    let mut found = None;
    value.view_mut(&mut |fields| {
        let mut streams = fields
            .iter_mut()
            .zip(members)
            .filter_map(|(field, member)| {
                let mut stream = None;
                field.exchange(Exchange::Take(&mut stream));
                Some((stream?, member))
            });
        found = streams.next();
    });
    found
}

/// Puts a stream into the member that streams.
pub(crate) fn put_stream(value: &mut dyn AnyStructure, stream: ByteStream) {
    let mut stream = Some(stream);
    value.view_mut(&mut |fields| {
        for field in fields {
            field.exchange(Exchange::Put(&mut stream));
        }
    });
}

/// The input of an operation: its structure, and the idempotency token that goes out if the
/// caller gave none.
pub(crate) struct Input<'a> {
    pub(crate) value: &'a dyn AnyStructure,
    pub(crate) token: Option<String>,
}

impl SerializableStruct for Input<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.value.shape().0
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        Members(self.value).serialize_members(to)?;
        let Some(token) = &self.token else {
            return Ok(());
        };
        let (schema, _) = self.value.shape();
        unset_tokens(self.value)
            .into_iter()
            .filter_map(|index| schema.member_schema_by_index(index))
            .try_for_each(|member| to.write_string(member, token))
    }
}

/// The positions of the idempotency tokens that the caller did not give.
pub(crate) fn unset_tokens(value: &dyn AnyStructure) -> Vec<usize> {
    let mut tokens = Vec::new();
    value.view(&mut |fields| {
        let unset = fields
            .iter()
            .zip(value.shape().1)
            .enumerate()
            .filter(|(_, (field, member))| member.is_idempotency_token() && field.any().is_none());
        tokens.extend(unset.map(|(index, _)| index));
    });
    tokens
}

/// The required members that are not set, each with the path to it.
#[derive(Default)]
pub struct Missing<'m> {
    /// What is around the member that is looked at.
    path: Option<&'m Step<'m>>,
    found: Vec<String>,
}

/// A step on the way to a member. It is written down only if something is missing there.
struct Step<'m> {
    around: Option<&'m Step<'m>>,
    name: &'m dyn Display,
}

impl Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(around) = self.around {
            write!(f, "{around}.")?;
        }
        self.name.fmt(f)
    }
}

impl Missing<'_> {
    /// Looks into a member, an element or an entry.
    pub(crate) fn within(&mut self, name: &dyn Display, look: &dyn Fn(&mut Missing<'_>)) {
        let step = Step {
            around: self.path,
            name,
        };
        let mut inner = Missing {
            path: Some(&step),
            found: std::mem::take(&mut self.found),
        };
        look(&mut inner);
        self.found = inner.found;
    }

    fn report(&mut self) {
        let path = self.path.map(Step::to_string);
        self.found.push(path.unwrap_or_default());
    }

    /// All paths, in the order of the members.
    pub(crate) fn into_paths(self) -> Vec<String> {
        self.found
    }
}

/// Reports the required members of a structure that are not set, at any depth.
pub fn required(value: &dyn AnyStructure, missing: &mut Missing<'_>) {
    value.view(&mut |fields| {
        for (field, member) in fields.iter().zip(value.shape().1) {
            // A token that is not given is filled in.
            let lacks = || member.is_required() && !member.is_idempotency_token();
            match field.any() {
                Some(value) => missing.within(&member.name(), &|missing| value.required(missing)),
                None if lacks() => missing.within(&member.name(), &|missing| missing.report()),
                None => {}
            }
        }
    });
}
