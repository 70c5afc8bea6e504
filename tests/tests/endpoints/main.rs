//! Endpoint rules: botocore's vectors, errors, and rules that mean harm.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod archive;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod edited;
#[cfg(test)]
mod failing;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod read_back;
