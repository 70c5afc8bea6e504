//! Reads an archive that `cut` has made.

use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The files of each service, by name.
pub type Services = BTreeMap<String, BTreeMap<String, Vec<u8>>>;

/// What is in an archive.
pub fn services(archive: &Path) -> Result<Services, Box<dyn Error>> {
    let mut services = Services::new();
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let steps: Vec<&str> = path.split('/').collect();
        // The rest is the licence.
        let [service, _, file] = steps[..] else {
            continue;
        };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let files = services.entry(service.to_owned()).or_default();
        files.insert(file.to_owned(), bytes);
    }
    Ok(services)
}
