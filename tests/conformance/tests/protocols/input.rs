//! Requests.

use super::{Outcome, bodies};
use serde_json::Value;
use smithereen_conformance::Operation;
use smithereen_conformance::values::to_data;
use smithereen_conformance::vectors::{Case, Serialized, Suite};

pub fn check(
    suite: &Suite,
    case: &Case,
    expected: &Serialized,
    operation: &dyn Operation,
) -> Outcome {
    let params = case.params.as_ref().ok_or("the case has no input")?;
    let shape = case.given["input"]["shape"].as_str().unwrap_or_default();
    let data = to_data(&suite.shapes, shape, params);
    let request = operation.request(&data)?;
    if let Some(method) = &expected.method {
        equal("method", request.method().as_str(), method)?;
    }
    let mut uri = request.uri().to_string();
    if let Some(endpoint) = &suite.client_endpoint {
        uri = sent(&data, endpoint, expected, operation)?;
    }
    match has_map(suite, shape, "querystring") {
        // Maps are sorted by their keys.
        true => equal("URI", &sorted(&uri), &sorted(&expected.uri))?,
        false => equal("URI", &uri, &expected.uri)?,
    }
    headers(&request, expected)?;
    if let Some(body) = &expected.body {
        bodies::check(suite, request.body(), body)?;
    }
    match (&expected.host, &suite.client_endpoint) {
        (Some(_), None) => Err("there is no endpoint to start from".to_owned()),
        _ => Ok(()),
    }
}

/// Path and query as a client with this endpoint sends them, to the host that is expected.
fn sent(
    input: &Value,
    endpoint: &str,
    expected: &Serialized,
    operation: &dyn Operation,
) -> Result<String, String> {
    let uri = operation.sent(input, endpoint)?;
    let url: http::Uri = uri.parse().map_err(|_| format!("no URL: {uri}"))?;
    if let Some(host) = &expected.host {
        // Some have the path of the endpoint behind it, which is part of the URI.
        let host = host.split('/').next().unwrap_or_default();
        equal(
            "host",
            url.authority().map_or("", |host| host.as_str()),
            host,
        )?;
    }
    Ok(url
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned())
}

fn headers(request: &http::Request<Vec<u8>>, expected: &Serialized) -> Outcome {
    let headers = request.headers();
    for (name, value) in &expected.headers {
        // Older vectors have the encoding, which Smithy's do not.
        let value = value.trim_end_matches("; charset=utf-8");
        let actual = headers.get(name).map(|value| value.as_bytes().to_vec());
        let actual = actual.map(|value| String::from_utf8_lossy(&value).into_owned());
        // Of a list with and without spaces after the commas, which say the same. Some vectors have
        // them and some do not.
        if actual
            .as_ref()
            .is_some_and(|actual| actual.replace(", ", ",") == value)
        {
            continue;
        }
        equal(name, &format!("{actual:?}"), &format!("{:?}", Some(value)))?;
    }
    for name in &expected.require_headers {
        if !headers.contains_key(name) {
            return Err(format!("there is no header {name}"));
        }
    }
    for name in &expected.forbid_headers {
        if headers.contains_key(name) {
            return Err(format!("there is a header {name}"));
        }
    }
    Ok(())
}

/// Fails with both if they differ.
pub fn equal(what: &str, actual: &str, expected: &str) -> Outcome {
    if actual == expected {
        return Ok(());
    }
    Err(format!(
        "{what}\n  expected {expected}\n  actual   {actual}"
    ))
}

/// Whether a member of this structure is a map in this place.
fn has_map(suite: &Suite, shape: &str, location: &str) -> bool {
    let members = suite
        .shapes
        .get(shape)
        .and_then(|shape| shape["members"].as_object());
    members.into_iter().flatten().any(|(_, member)| {
        let target = member["shape"].as_str().unwrap_or_default();
        member["location"] == location && suite.shapes[target]["type"] == "map"
    })
}

/// A URI whose query is sorted by keys.
fn sorted(uri: &str) -> String {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_by_key(|pair| pair.split_once('=').map(|(key, _)| key));
    format!("{path}?{}", pairs.join("&"))
}
