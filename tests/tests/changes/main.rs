//! What is said of changes: one fixture for each kind, and whether anything is passed over.

#[cfg(test)]
mod choice;
#[cfg(test)]
#[path = "../support/compile.rs"]
mod compile;
#[cfg(test)]
mod compiler;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod mutation;
#[cfg(test)]
#[path = "../support/page.rs"]
mod page;
#[cfg(test)]
#[path = "../support/program.rs"]
mod program;
