//! The smoke set: the operations of `operations.toml`, which together have every trap of names,
//! types and documentation that is known in AWS's models. That this compiles, lints and documents
//! without a warning is the test.

include!(concat!(env!("OUT_DIR"), "/smoke.rs"));
