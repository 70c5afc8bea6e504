//! What a case expects, beside what came of the call.

use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::{Document, Number};
use serde_json::{Map, Value, json};
use smithereen_conformance::client::{Request, Seen};

pub fn check(operation: &str, expect: &Value, told: &Value, seen: &Seen) -> Result<(), String> {
    let error = seen.error.as_deref();
    let Some(expected) = expect.get("endpoint") else {
        let text = expect["error"].as_str().unwrap_or_default();
        let text = format!("{operation}: the request cannot be built: {text}");
        return same("error", error.unwrap_or("there is none"), &text);
    };
    let endpoint = seen.endpoint.as_ref();
    let endpoint = endpoint.ok_or_else(|| format!("there is no endpoint: {error:?}"))?;
    let part = |name| expected.get(name).cloned().unwrap_or(json!({}));
    same(
        "URL",
        endpoint.url(),
        expected["url"].as_str().unwrap_or_default(),
    )?;
    equal("headers", &headers(endpoint), &part("headers"))?;
    equal("properties", &properties(endpoint), &part("properties"))?;
    let schemes = expected["properties"]["authSchemes"].as_array();
    let schemes = schemes.map(Vec::as_slice).unwrap_or_default();
    let scheme = schemes.iter().find(|scheme| scheme["name"] == "sigv4");
    match (&seen.request, scheme) {
        (Some(request), _) if schemes.is_empty() || scheme.is_some() => {
            sent(request, endpoint)?;
            let scheme = scheme.unwrap_or(&Value::Null);
            let region = scheme["signingRegion"].as_str();
            let region = region.or(told["AWS::Region"].as_str());
            let name = scheme["signingName"].as_str().unwrap_or(seen.signing_name);
            signed(request, region.unwrap_or_default(), name)
        }
        // Clients have no other signature, and say so.
        (None, None) if !schemes.is_empty() => {
            let names = schemes.iter().filter_map(|scheme| scheme["name"].as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            let text = format!(
                "the endpoint asks for the signature {names}, which clients cannot make yet"
            );
            let error = error.unwrap_or("there is none");
            // The orchestrator says before it at which of its hooks.
            let end = error.len().saturating_sub(text.len());
            same("error", error.get(end..).unwrap_or(error), &text)
        }
        (request, _) => Err(format!("sent: {request:?}, ended with: {error:?}")),
    }
}

/// The request goes there, with the headers of the endpoint.
fn sent(request: &Request, endpoint: &Endpoint) -> Result<(), String> {
    if !request
        .url
        .starts_with(endpoint.url().trim_end_matches('/'))
    {
        return Err(format!("sent to {}", request.url));
    }
    for (name, values) in endpoint.headers() {
        for value in values {
            let sent = request.headers.get(&name.to_lowercase());
            same("header", sent.map_or("", String::as_str), value)?;
        }
    }
    Ok(())
}

/// The signature is for this region, in this name.
fn signed(request: &Request, region: &str, name: &str) -> Result<(), String> {
    let header = request.headers.get("authorization");
    let header = header.ok_or("it is not signed")?;
    let scope = header.strip_prefix("AWS4-HMAC-SHA256 Credential=AKID/");
    let scope = scope
        .and_then(|rest| rest.split(',').next())
        .unwrap_or(header);
    // The day comes before.
    let (_, scope) = scope.split_once('/').unwrap_or_default();
    same("scope", scope, &format!("{region}/{name}/aws4_request"))
}

fn headers(endpoint: &Endpoint) -> Value {
    let headers = endpoint.headers();
    let headers =
        headers.map(|(name, values)| (name.to_owned(), json!(values.collect::<Vec<_>>())));
    Value::Object(headers.collect::<Map<_, _>>())
}

fn properties(endpoint: &Endpoint) -> Value {
    let properties = endpoint.properties().iter();
    let properties = properties.map(|(name, value)| (name.to_string(), document(value)));
    Value::Object(properties.collect())
}

fn document(document: &Document) -> Value {
    match document {
        Document::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(name, value)| (name.clone(), self::document(value)));
            Value::Object(entries.collect())
        }
        Document::Array(entries) => entries.iter().map(self::document).collect(),
        Document::Number(Number::PosInt(number)) => json!(number),
        Document::Number(number) => json!(format!("{number:?}")),
        Document::String(text) => json!(text),
        Document::Bool(value) => json!(value),
        Document::Null => Value::Null,
    }
}

fn same(what: &str, actual: &str, expected: &str) -> Result<(), String> {
    match actual == expected {
        true => Ok(()),
        false => Err(format!(
            "{what}\n  expected {expected}\n  actual   {actual}"
        )),
    }
}

fn equal(what: &str, actual: &Value, expected: &Value) -> Result<(), String> {
    match actual == expected {
        true => Ok(()),
        false => Err(format!(
            "{what}\n  expected {expected}\n  actual   {actual}"
        )),
    }
}
