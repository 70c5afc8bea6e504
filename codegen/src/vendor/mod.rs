//! The vendored models: where they come from, that they are what came, and how that changes.
//!
//! | module | subject |
//! | --- | --- |
//! | `pip` | botocore from PyPI |
//! | `sdist` | that an archive is what it says it is, and its files |
//! | `cache` | sdists that were fetched |

mod cache;
mod pip;
mod sdist;

pub use crate::source::Source;
pub(crate) use cache::cached;

/// Whether it is the number of a version: `1.44.5`.
pub(crate) fn is_version(text: &str) -> bool {
    let mut parts = text.split('.');
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.clone().count() >= 2 && parts.all(number)
}
