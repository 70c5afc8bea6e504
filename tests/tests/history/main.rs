//! Every revision of the model of AWS Backup since the first: what changes in what is generated, and what is said of it.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod generated;
