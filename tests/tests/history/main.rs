//! Every revision of the model of AWS Backup since the first: what changes in what is generated, and what is said of it.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod churn;
#[cfg(test)]
mod closure;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod page;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod things;
