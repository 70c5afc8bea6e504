//! What is said of changes: one fixture for each kind, and whether anything is passed over.

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod mutation;
