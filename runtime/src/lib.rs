//! What Smithereen's generated clients stand on.
//!
//! Generated code describes: a [`Structure`] is a table of [`Member`]s and two lists of its fields,
//! an [`Operation`] is a method, a URI template and four types. This crate acts: one engine reads
//! and writes every structure through AWS's schema-driven protocol crates, and one function makes
//! the request and reads the response of every operation.
//!
//! | module | subject |
//! | --- | --- |
//! | [`member`](mod@member) | where a member goes on the wire |
//! | [`structure`](mod@structure) | structures and the engine that reads and writes them |
//! | [`union`](mod@union) | unions: structures of which exactly one member is set |
//! | [`enumeration`](mod@enumeration) | open enums |
//! | [`value`](mod@value) | everything that can be a member: scalars, lists, maps and the three above |
//! | [`any`](mod@any) | the same without their types, which the engine works on |
//! | [`stream`](mod@stream) | bytes that come as they come |
//! | [`event_stream`](mod@event_stream) | events that come as they come |
//! | [`operation`](mod@operation) | requests out, responses in, with no I/O |
//! | [`unsupported`](mod@unsupported) | what cannot be done yet, and how calls say so |
//! | [`path`](mod@path) | ways into an input |
//! | [`token`](mod@token) | idempotency tokens |
//! | [`page`](mod@page) | operations that answer in pages |
//! | [`error`](mod@error) | what a call can end with instead of an output |
//! | [`exception`](mod@exception) | the shapes that services answer with instead of outputs |
//! | [`protocol`](mod@protocol) | AWS's protocol crates, configured |
//! | `client` | clients that call a service (feature `client`) |
//! | `blocking` | the same without an asynchronous runtime (feature `blocking`) |
//! | `endpoint` | where requests go (feature `client`) |
//! | `serde` | shapes in any format of serde (feature `serde`) |

pub mod any;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod endpoint;
pub mod enumeration;
pub mod error;
pub mod event_stream;
pub mod exception;
mod executor;
mod lazy;
pub mod member;
pub mod operation;
pub mod page;
pub mod path;
pub mod protocol;
pub mod redact;
pub mod serde;
pub mod stream;
pub mod structure;
pub mod token;
pub mod union;
pub mod unsupported;
pub mod value;

pub use aws_smithy_schema::traits::TimestampFormat;
pub use aws_smithy_types::{Blob, DateTime, Document};
pub use enumeration::Enumeration;
pub use error::{Error, ErrorKind, ErrorMeta, Modeled, OperationError};
pub use event_stream::EventStream;
pub use exception::{ErrorResponse, Exception};
pub use http;
pub use member::{Member, element, member};
pub use operation::{Auth, Operation, Service};
pub use page::{Paginated, PaginatedItems};
pub use path::{Context, ContextValue, Step};
pub use redact::redacted;
pub use std::collections::BTreeMap;
pub use stream::ByteStream;
pub use structure::{Structure, Visit, VisitMut};
pub use token::IdempotencyTokens;
pub use union::{Union, variant};
pub use unsupported::Unsupported;
pub use value::{Field, list, map};

/// What the macros of this crate expand to. Not for direct use.
#[doc(hidden)]
pub mod private {
    #[cfg(feature = "serde")]
    pub use aws_smithy_schema::prelude::STRING;
    pub use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer, ShapeSerializer};
    pub use aws_smithy_schema::{Schema, ShapeType};
    #[cfg(feature = "serde")]
    pub use serde_core;

    #[cfg(feature = "client")]
    pub use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;

    pub use crate::any::AnyValue;
    pub use crate::lazy::Lazy;
    pub use crate::member::Member;
    #[cfg(feature = "serde")]
    pub use crate::serde::{read::deserialize, write::serialize};
    pub use crate::structure::{Rooted, build, read_into};
    pub use crate::value::{Key, Value};
}
