//! Keeping secrets out of `Debug`.

use std::fmt::{self, Debug};

/// What `Debug` prints in place of a sensitive member: whether it is set, and nothing of its value.
pub fn redacted<T>(member: &Option<T>) -> impl Debug + use<T> {
    match member {
        Some(_) => Redacted("Some(** redacted **)"),
        None => Redacted("None"),
    }
}

struct Redacted(&'static str);

impl Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
