//! Shapes in any format of serde, by the API's member names: feature `serde`.
//!
//! Every generated structure, union and enum is [`Serialize`] and [`Deserialize`] in the form that
//! boto3 takes and returns, whatever the wire calls its members and wherever in a message they go.
//! The engine is the one of the wire: here are two more codecs, over any serde format, and neither
//! has a tree of values in between.
//!
//! | shape | form |
//! | --- | --- |
//! | structure | an object of the members that are set, by their names in the model |
//! | union | an object of its one member; an empty one, if the model does not know that member |
//! | enum, string | a string |
//! | list | a list; nulls are kept where it is sparse, and passed over where it is not |
//! | map | an object; nulls likewise |
//! | blob | a string of base64 |
//! | timestamp | a string of RFC 3339, in UTC, to the microsecond |
//! | float, double | a number, or `"NaN"`, `"Infinity"`, `"-Infinity"` |
//! | document | as it is, objects in the order of their keys |
//!
//! What is read may have members that the model does not know, which are ignored, and nulls, which
//! mean absent. Of a key that comes twice the last one counts. Enum values that the model does not
//! name are kept. Timestamps may be numbers of seconds since 1970 and may have an offset, and
//! integers may be written as 7.0. Required members are not asked for: they are checked when a
//! request is built.
//!
//! Sensitive members are written like all others: what is serialized is the data. In an error that
//! comes from reading they are not shown.
//!
//! [`Serialize`]: https://docs.rs/serde/1/serde/trait.Serialize.html
//! [`Deserialize`]: https://docs.rs/serde/1/serde/trait.Deserialize.html

#[cfg(feature = "serde")]
mod document;
#[cfg(feature = "serde")]
pub(crate) mod read;
#[cfg(feature = "serde")]
mod scalar;
#[cfg(feature = "serde")]
pub(crate) mod write;

/// Makes a generated shape one of serde's, given its schema. Not for direct use.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! by_member_names {
    ($name:ident, $schema:expr) => {
        impl $crate::private::serde_core::Serialize for $name {
            fn serialize<__S: $crate::private::serde_core::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::private::serialize(self, $schema, serializer)
            }
        }

        impl<'de> $crate::private::serde_core::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::private::serde_core::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::private::deserialize($schema, deserializer)
            }
        }
    };
}

/// Without the feature nothing. Not for direct use.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! by_member_names {
    ($name:ident, $schema:expr) => {};
}
