//! Clients of every protocol: the operations of `operations.toml`, with the endpoint rules of their
//! services. `tests/tests/servers` calls them.

include!(concat!(env!("OUT_DIR"), "/live.rs"));
