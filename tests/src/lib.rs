//! What the tests of this crate share: the clients that are generated from `fixtures`.

include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
