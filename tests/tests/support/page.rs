//! Tables that tests write into `docs/history.md`.

use std::path::Path;
use std::sync::Mutex;

/// Compares the part of the page between the marks of this name; writes it where insta would write a snapshot.
pub fn compare(name: &str, expected: &str) {
    // Two tests write one file.
    static WRITING: Mutex<()> = Mutex::new(());
    let guard = WRITING.lock();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/history.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (begin, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->\n"),
    );
    let (before, rest) = page
        .split_once(&begin)
        .unwrap_or_else(|| panic!("no `{begin}` in the page"));
    let (found, after) = rest
        .split_once(&end)
        .unwrap_or_else(|| panic!("no `{end}` in the page"));
    if found != expected && std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&file, format!("{before}{begin}{expected}{end}{after}")).unwrap();
        return;
    }
    drop(guard);
    assert!(
        found == expected,
        "docs/history.md differs; INSTA_UPDATE=always writes it. It would be\n{expected}"
    );
}
