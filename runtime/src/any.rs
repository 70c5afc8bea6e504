//! Values whose types are left behind.
//!
//! The engine writes and looks into these, so that it is compiled once and not for each shape.

use crate::path::{Found, Step};
use crate::structure::{self, AnyStructure, Missing};
use crate::union::{self, AnyUnion};
use crate::value::element;
use aws_smithy_schema::Schema;
use aws_smithy_schema::prelude::STRING;
use aws_smithy_schema::serde::{SerdeError, ShapeSerializer};
use std::fmt::{self, Debug};

/// A value of the data model.
pub enum AnyValue<'v> {
    /// The absent element of a sparse list or map.
    Null,
    /// A boolean.
    Bool(bool),
    /// A string, or the value of an enum.
    Text(&'v str),
    /// A number, a blob, a timestamp, a document.
    Scalar(&'v dyn Scalar),
    /// A list.
    List(&'v dyn AnyList),
    /// A map.
    Map(&'v dyn AnyMap),
    /// A structure.
    Structure(&'v dyn AnyStructure),
    /// A union.
    Union(&'v dyn AnyUnion),
}

/// A value with nothing inside.
pub trait Scalar {
    /// Writes the value under `schema`.
    fn write(&self, schema: &Schema<'_>, to: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;
}

/// A list.
pub trait AnyList {
    /// The number of elements.
    fn len(&self) -> usize;

    /// The element at `index`.
    fn get(&self, index: usize) -> Option<AnyValue<'_>>;

    /// Whether there are no elements.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A map, whose keys are strings or the values of enums.
pub trait AnyMap {
    /// The number of entries.
    fn len(&self) -> usize;

    /// Shows the entries, in the order of the keys, until there is an error.
    fn each(&self, look: &mut Look<'_>) -> Result<(), SerdeError>;

    /// Whether there are no entries.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Takes an entry of a map: the key and the value.
pub type Look<'l> = dyn FnMut(&str, AnyValue<'_>) -> Result<(), SerdeError> + 'l;

impl Debug for AnyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it is may be secret.
        f.write_str("AnyValue")
    }
}

impl AnyValue<'_> {
    /// Writes the value under `schema`.
    ///
    /// # Errors
    ///
    /// If it has no form on the wire.
    pub fn write(
        &self,
        schema: &Schema<'_>,
        to: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        match self {
            Self::Null => to.write_null(schema),
            Self::Bool(value) => to.write_boolean(schema, *value),
            Self::Text(text) => to.write_string(schema, text),
            Self::Scalar(scalar) => scalar.write(schema, to),
            Self::List(list) => write_list(*list, schema, to),
            Self::Map(map) => write_map(*map, schema, to),
            Self::Structure(structure) => structure::write(*structure, schema, to),
            Self::Union(union) => union::write(*union, schema, to),
        }
    }

    /// Reports the required members that are not set, at any depth.
    pub(crate) fn required(&self, missing: &mut Missing<'_>) {
        match self {
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::Scalar(_) => {}
            Self::List(list) => {
                for index in 0..list.len() {
                    let Some(value) = list.get(index).filter(Self::has_inside) else {
                        continue;
                    };
                    missing.within(&index, &|missing| value.required(missing));
                }
            }
            Self::Map(map) => {
                let _ = map.each(&mut |_, value| {
                    if value.has_inside() {
                        // Keys may be secret.
                        missing.within(&"{}", &|missing| value.required(missing));
                    }
                    Ok(())
                });
            }
            Self::Structure(structure) => structure::required(*structure, missing),
            Self::Union(union) => union::required(*union, missing),
        }
    }

    fn has_inside(&self) -> bool {
        !matches!(
            self,
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::Scalar(_)
        )
    }

    /// Shows what is at the ends of a way into the value, as far as there is something.
    pub(crate) fn select(&self, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        match (self, path) {
            (Self::Bool(value), []) => found(Found::Bool(*value)),
            (Self::Text(text), []) => found(Found::Text(text)),
            (Self::List(list), [Step::Elements, rest @ ..]) => select_each(*list, rest, found),
            (Self::List(list), []) => select_each(*list, path, found),
            (Self::Map(map), [Step::Keys]) => {
                let _ = map.each(&mut |key, _| {
                    found(Found::Text(key));
                    Ok(())
                });
            }
            (Self::Structure(structure), _) => structure::select(*structure, path, found),
            _ => {}
        }
    }
}

fn select_each(list: &dyn AnyList, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
    for index in 0..list.len() {
        if let Some(value) = list.get(index) {
            value.select(path, found);
        }
    }
}

fn write_list(
    list: &dyn AnyList,
    schema: &Schema<'_>,
    to: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    if list.is_empty() && schema.http_header().is_some() {
        return Ok(());
    }
    let element = element(schema);
    to.write_list_with_length(schema, list.len(), &|to| {
        (0..list.len()).try_for_each(|index| match list.get(index) {
            Some(value) => value.write(element, to),
            None => Ok(()),
        })
    })
}

fn write_map(
    map: &dyn AnyMap,
    schema: &Schema<'_>,
    to: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    let key_schema = schema.key().unwrap_or(&STRING);
    let element = element(schema);
    to.write_map_with_length(schema, map.len(), &|to| {
        map.each(&mut |key, value| {
            to.write_string(key_schema, key)?;
            value.write(element, to)
        })
    })
}
