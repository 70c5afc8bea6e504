//! The features of services, in the `Cargo.toml` of the crate that they are generated into.
//!
//! The lines between two comments are the generator's, everything else is the crate's own.

use crate::emit::Module;
use crate::error::Diagnostic;

const BEGIN: &str = "# Services, kept by `cargo xtask codegen`.";
const END: &str = "# End of services.";

/// A feature for each module, which turns on the protocol that it speaks.
pub(crate) fn lines(modules: &[Module]) -> Vec<String> {
    let line = |module: &Module| {
        let feature = module.feature.as_deref().unwrap_or(&module.name);
        format!("{feature} = [\"smithereen-runtime/{}\"]", module.protocol)
    };
    modules.iter().map(line).collect()
}

/// The manifest of a crate with these lines in their place.
pub(crate) fn kept(manifest: &str, lines: &[String]) -> Result<String, Diagnostic> {
    let places = manifest
        .split_once(&format!("{BEGIN}\n"))
        .and_then(|(before, rest)| Some((before, rest.find(END).map(|end| &rest[end..])?)));
    let block: String = lines.iter().map(|line| format!("{line}\n")).collect();
    match places {
        Some((before, after)) => Ok(format!("{before}{BEGIN}\n{block}{after}")),
        None => {
            let message = "the crate has no place for the features of its services";
            let help = format!("add this to its `[features]`:\n{BEGIN}\n{block}{END}");
            Err(Diagnostic::new(message).help(help.replace('\n', "\n    ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, kept};

    #[test]
    fn only_what_is_between_the_comments_changes() {
        let manifest = |inside: &str| {
            format!("[features]\nserde = []\n{BEGIN}\n{inside}{END}\n\n[dependencies]\n")
        };
        let lines = ["s3 = [\"smithereen-runtime/rest-xml\"]".to_owned()];
        let new = manifest("s3 = [\"smithereen-runtime/rest-xml\"]\n");
        assert_eq!(kept(&manifest(""), &lines), Ok(new.clone()));
        assert_eq!(
            kept(&manifest("sqs = []\nsns = []\n"), &lines),
            Ok(new.clone())
        );
        assert_eq!(kept(&new, &lines), Ok(new));
    }

    #[test]
    fn a_manifest_without_the_comments_is_told_what_to_add() {
        let lines = ["s3 = []".to_owned()];
        let error = kept("[features]\n", &lines).unwrap_err().to_string();
        assert!(
            error.contains(&format!("    {BEGIN}\n    s3 = []\n    {END}\n")),
            "{error}"
        );
    }
}
