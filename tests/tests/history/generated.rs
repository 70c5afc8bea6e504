//! What changes in what is generated.

use crate::archive::{REVISIONS};
use smithereen_codegen::Operations;

#[test]
fn every_revision_can_be_generated() {
    let s = std::time::Instant::now();
    for revision in REVISIONS.iter() {
        let tree = revision.tree(Operations::All);
        eprintln!("{} {} {:?}", revision.version, tree.files().count(), s.elapsed());
    }
}
