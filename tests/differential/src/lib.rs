//! Clients of random operations of random services, for the comparison with botocore in `tests/tests/oracle`: those
//! of `operations.toml`, or those that the environment asks for. `docs/conformance.md` has the commands.

#[macro_use]
mod operation;

pub use operation::{Answer, Entry, Requested, json, request, response};

include!(concat!(env!("OUT_DIR"), "/clients.rs"));
