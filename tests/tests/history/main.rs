//! Every revision of the model of AWS Backup since the first: what changes in what is generated, and what is said of it.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod churn;
#[cfg(test)]
mod closure;
#[cfg(test)]
#[path = "../support/compile.rs"]
mod compile;
#[cfg(test)]
mod compiler;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod lines;
#[cfg(test)]
#[path = "../support/page.rs"]
mod page;
#[cfg(test)]
#[path = "../support/program.rs"]
mod program;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod things;
