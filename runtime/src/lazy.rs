//! Values that are made on first use.

use std::sync::OnceLock;

/// A value that is made on first use, by a function that is named there.
///
/// One that was named in a type, as that of `LazyLock` is, or a closure would be one more thing for
/// the compiler to make for each shape.
#[derive(Debug, Default)]
pub struct Lazy<T>(OnceLock<T>);

impl<T> Lazy<T> {
    /// A value that is not made yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value, which is what `make` returns.
    pub fn get(&self, make: fn() -> T) -> &T {
        self.0.get_or_init(make)
    }
}
