//! Partitions: groups of regions that share their host names.

use super::ResolveError;
use regex_lite::Regex;
use std::sync::{PoisonError, RwLock};

/// A partition (`partitions.json`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition<'a> {
    /// Its ID, `aws-cn`.
    pub id: &'a str,
    /// What the names of its regions look like, those to come included.
    pub region_regex: &'a str,
    /// The domain of its services.
    pub dns_suffix: &'a str,
    /// The domain of its services where they answer over IPv6 too.
    pub dual_stack_dns_suffix: &'a str,
    /// The region in which requests to services without regions are signed.
    pub implicit_global_region: &'a str,
    /// Whether there are endpoints under FIPS 140.
    pub supports_fips: bool,
    /// Whether there are endpoints that answer over IPv6 too.
    pub supports_dual_stack: bool,
    /// The regions that are known by name.
    pub regions: &'a [&'a str],
}

/// The partition that regions belong to of which nobody has heard.
const FALLBACK: &str = "aws";

/// Patterns that were compiled, for the life of the process. Only regions that no partition knows
/// by name need one, and there are as many as there are partitions.
static COMPILED: RwLock<Vec<(String, Option<Regex>)>> = RwLock::new(Vec::new());

/// The partition of a region: by its name, or else by what it looks like, or else [`FALLBACK`],
/// which no region has too.
pub(super) fn of_region<'p>(
    partitions: &'p [Partition<'p>],
    region: Option<&str>,
) -> Result<Option<&'p Partition<'p>>, ResolveError> {
    if let Some(region) = region {
        let known = |partition: &&Partition<'_>| partition.regions.contains(&region);
        if let Some(found) = partitions.iter().find(known) {
            return Ok(Some(found));
        }
        for partition in partitions {
            if matches(partition.region_regex, region)? {
                return Ok(Some(partition));
            }
        }
    }
    let fallback = |partition: &&Partition<'_>| partition.id == FALLBACK;
    Ok(partitions.iter().find(fallback).or(partitions.first()))
}

fn matches(pattern: &str, region: &str) -> Result<bool, ResolveError> {
    if let Some(answer) = ask(
        &COMPILED.read().unwrap_or_else(PoisonError::into_inner),
        pattern,
        region,
    ) {
        return answer;
    }
    let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have been here in between.
    if ask(&compiled, pattern, region).is_none() {
        compiled.push((pattern.to_owned(), Regex::new(pattern).ok()));
    }
    ask(&compiled, pattern, region).unwrap_or(Ok(false))
}

/// Whether a region matches; nothing if the pattern has not been compiled.
fn ask(
    compiled: &[(String, Option<Regex>)],
    pattern: &str,
    region: &str,
) -> Option<Result<bool, ResolveError>> {
    let (_, regex) = compiled.iter().find(|(known, _)| known == pattern)?;
    Some(match regex {
        Some(regex) => Ok(regex.is_match(region)),
        None => {
            let message = format!("`{pattern}` is no pattern of regions");
            Err(ResolveError::Impossible(message))
        }
    })
}
