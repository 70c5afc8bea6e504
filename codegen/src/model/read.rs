//! JSON text to the mirror, with errors that say where.

use crate::error::{Diagnostic, Position};
use crate::locate::escape;
use serde::Deserialize;
use std::path::Path;

/// Reads a model. On failure the text is read a second time, slower, to learn the path.
pub(crate) fn read<'a, T: Deserialize<'a>>(file: &Path, json: &'a [u8]) -> Result<T, Diagnostic> {
    let text = std::str::from_utf8(json).map_err(|error| not_utf8(file, json, error))?;
    serde_json::from_str(text).map_err(|error| explain::<T>(file, text, error))
}

fn not_utf8(file: &Path, json: &[u8], error: std::str::Utf8Error) -> Diagnostic {
    let valid = String::from_utf8_lossy(&json[..error.valid_up_to()]);
    Diagnostic::new("the file is not UTF-8")
        .file(file)
        .position(Position::of_offset(&valid, valid.len()))
        .help("fetch the model again: botocore's files are UTF-8")
}

fn explain<'a, T: Deserialize<'a>>(
    file: &Path,
    text: &'a str,
    error: serde_json::Error,
) -> Diagnostic {
    let position = Position {
        line: error.line().max(1),
        column: error.column().max(1),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => pointer(error.path()),
        Ok(_) => String::new(),
    };
    let message = strip_position(&error.to_string());
    let message_is_missing = message.starts_with("missing field");
    let diagnostic = Diagnostic::new(message)
        .file(file)
        .json_path(path)
        .position(position);
    match error.classify() {
        serde_json::error::Category::Eof => {
            diagnostic.help("the file is cut off: fetch the model again")
        }
        serde_json::error::Category::Syntax => {
            diagnostic.help("the file is not JSON: fetch the model again")
        }
        _ if message_is_missing => diagnostic.help("every model has it: fetch the model again"),
        _ => diagnostic.help(
            "the model says something that this version of smithereen does not know; \
             generating without it could send wrong requests",
        ),
    }
}

/// A JSON pointer (RFC 6901) to where serde stopped.
fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(format!("/{}", escape(key))),
            serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
            _ => None,
        })
        .collect()
}

/// serde_json ends its messages with the position, which the diagnostic has already.
fn strip_position(message: &str) -> String {
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message.to_owned(),
    }
}
