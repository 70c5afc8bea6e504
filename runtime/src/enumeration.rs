//! Open enums: every value that the model names, and a catch-all that keeps what it does not.

/// An enum shape, which has a variant `Unrecognized(String)` besides its known values.
///
/// Written by the generator, completed by [`enumeration!`](crate::enumeration!).
pub trait Enumeration: Clone + Sized + 'static {
    /// The values that the model names, in its order.
    const KNOWN: &'static [Self];

    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;
}

/// The enum value of these wire characters, if the model names it.
pub fn known<E: Enumeration>(value: &str) -> Option<E> {
    // A loop is less for the compiler than adapters, which it would make for each enum.
    for known in E::KNOWN {
        if known.as_str() == value {
            return Some(known.clone());
        }
    }
    None
}

/// Makes a generated [`Enumeration`] a value of the data model, a map key, a token of pages, and
/// convertible from and to strings.
#[macro_export]
macro_rules! enumeration {
    ($name:ident) => {
        impl $name {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                $crate::Enumeration::as_str(self)
            }

            /// The values that the model names, in its order.
            pub const fn values() -> &'static [Self] {
                <Self as $crate::Enumeration>::KNOWN
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                $crate::enumeration::known(value)
                    .unwrap_or_else(|| Self::Unrecognized(::core::convert::From::from(value)))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                $crate::enumeration::known(&value).unwrap_or_else(|| Self::Unrecognized(value))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                $crate::Enumeration::as_str(self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::Enumeration::as_str(self))
            }
        }

        impl $crate::page::Token for $name {
            fn is_nothing(&self) -> bool {
                $crate::Enumeration::as_str(self).is_empty()
            }
        }

        impl $crate::private::Key for $name {
            fn from_wire(key: ::std::string::String) -> Self {
                ::core::convert::From::from(key)
            }

            fn as_wire(&self) -> &str {
                $crate::Enumeration::as_str(self)
            }
        }

        impl $crate::value::Value for $name {
            const TYPE: $crate::private::ShapeType = $crate::private::ShapeType::String;

            fn read(
                schema: &$crate::private::Schema<'_>,
                from: &mut dyn $crate::private::ShapeDeserializer,
            ) -> ::core::result::Result<Self, $crate::private::SerdeError> {
                from.read_string(schema).map(::core::convert::From::from)
            }

            fn any(&self) -> $crate::private::AnyValue<'_> {
                $crate::private::AnyValue::Text($crate::Enumeration::as_str(self))
            }
        }

        $crate::by_member_names!($name, &$crate::private::STRING);
    };
}
