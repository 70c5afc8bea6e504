//! What AWS wrote about pages: a strict mirror of botocore's `paginators-1.json`.

use super::{Entries, Text};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A whole `paginators-1.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Paginators<'a> {
    /// The version of the format.
    pub version: Option<IgnoredAny>,
    /// By operation.
    pub pagination: Entries<'a, Paginator<'a>>,
}

/// How an operation answers in pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Paginator<'a> {
    /// Members of the input that say where a page begins.
    pub input_token: OneOrMore<'a>,
    /// Expressions over the output that say where the next one begins.
    pub output_token: OneOrMore<'a>,
    /// What the pages are lists of.
    pub result_key: OneOrMore<'a>,
    /// The member of the input that says how many fit on a page.
    pub limit_key: Option<Text<'a>>,
    /// The member of the output that says whether there is another page.
    pub more_results: Option<Text<'a>>,
    /// Members of the output that are the same on all pages.
    #[serde(default)]
    pub non_aggregate_keys: Vec<Text<'a>>,
}

/// A string, or a list of them.
#[derive(Debug, Deserialize)]
#[serde(untagged, bound(deserialize = "'de: 'a"))]
pub enum OneOrMore<'a> {
    /// One.
    One(Text<'a>),
    /// Several.
    More(Vec<Text<'a>>),
}

impl<'a> OneOrMore<'a> {
    /// All of them.
    pub fn as_slice(&self) -> &[Text<'a>] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}
