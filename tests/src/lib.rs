//! What the tests of this crate share: the clients that are generated from `fixtures`, and one of
//! all of AWS Backup.

include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
include!(concat!(env!("OUT_DIR"), "/whole.rs"));
include!(concat!(env!("OUT_DIR"), "/endpoints.rs"));

/// The examples of the documents are run as they stand.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../README.md")]
    mod readme {}

    #[doc = include_str!("../../docs/elsewhere.md")]
    mod elsewhere {}
}
