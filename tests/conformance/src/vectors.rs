//! The archive of vectors.

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

/// A suite of protocol vectors.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suite {
    /// What it is about.
    pub description: String,
    /// Of the service.
    pub metadata: Map<String, Value>,
    /// The shapes of the service.
    pub shapes: Map<String, Value>,
    /// The URL that clients are configured with.
    pub client_endpoint: Option<String>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A case: of requests if it has parameters, of responses otherwise.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// Its name; older cases have none.
    pub id: Option<String>,
    /// The operation.
    pub given: Value,
    /// The input.
    pub params: Option<Value>,
    /// The request.
    pub serialized: Option<Serialized>,
    /// The response.
    pub response: Option<Response>,
    /// The output.
    pub result: Option<Value>,
    /// The members of the error.
    pub error: Option<Value>,
    /// Its code.
    pub error_code: Option<String>,
    /// Its message.
    pub error_message: Option<String>,
}

/// What a request has to be.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Serialized {
    /// The method, if it is told.
    pub method: Option<String>,
    /// Path and query.
    pub uri: String,
    /// The body, if it is told.
    pub body: Option<String>,
    /// Headers that have to be there with these values.
    pub headers: BTreeMap<String, String>,
    /// The host name, with the endpoint that the suite has.
    pub host: Option<String>,
    /// Headers that have to be there.
    pub require_headers: Vec<String>,
    /// Headers that must not be there.
    pub forbid_headers: Vec<String>,
}

/// A response.
#[derive(Debug, Deserialize)]
pub struct Response {
    /// Its status.
    pub status_code: u16,
    /// Its headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Its body, in base64 if it is CBOR.
    pub body: Option<String>,
}

/// The archive of protocol vectors, responses and what else there is to compare with.
pub const PROTOCOLS: &str = "protocols.tar.gz";

/// The archive of the models of which there are responses.
pub const MODELS: &str = "models.tar.gz";

/// The archive of endpoint rules and their cases.
pub const ENDPOINTS: &str = "endpoints.tar.gz";

/// The files of an archive below a folder, by what is left of their paths.
///
/// # Errors
///
/// If the archive is not there or is none.
pub fn files(archive: &str, folder: &str) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../vectors")
        .join(archive);
    let mut archive = tar::Archive::new(GzDecoder::new(std::fs::File::open(path)?));
    let mut files = BTreeMap::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if let Some(name) = path.strip_prefix(folder) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(name.to_owned(), bytes);
        }
    }
    Ok(files)
}

/// The suites of protocol vectors, by file.
///
/// # Errors
///
/// If the archive is not there, or a file of it is not as it should be.
pub fn suites() -> io::Result<Vec<(String, Vec<Suite>)>> {
    let files = files(PROTOCOLS, "tests/unit/protocols/")?;
    let files = files.into_iter().filter_map(|(path, json)| {
        let name = path.strip_suffix(".json")?.to_owned();
        // The list of ignored cases is no list of suites.
        (!name.contains("ignore-list")).then_some((name, json))
    });
    files
        .map(|(name, json)| Ok((name, serde_json::from_slice(&json)?)))
        .collect()
}
