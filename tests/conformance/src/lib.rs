//! The public vectors of AWS's protocols against generated clients.
//!
//! Each suite of vectors is a service of one operation. The build script generates all of them; the
//! tests make requests from the vectors' inputs and read the vectors' responses. Cases of endpoint rules
//! are calls of real operations by a client that is configured as they say.

#[cfg(feature = "blocking")]
pub mod client;
#[macro_use]
mod operation;
pub mod page;
pub mod values;
pub mod vectors;

pub use operation::{Failure, Members, Of, Operation};

include!(concat!(env!("OUT_DIR"), "/called.rs"));
include!(concat!(env!("OUT_DIR"), "/suites.rs"));
include!(concat!(env!("OUT_DIR"), "/real.rs"));
