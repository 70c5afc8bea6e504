//! Errors for people: where, what was expected, what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// Everything that is wrong, all at once.
///
/// ```
/// use smithereen_codegen::Generator;
///
/// let error = Generator::from_manifest("no-such-folder/codegen.toml".as_ref()).unwrap_err();
/// assert_eq!(error.diagnostics().len(), 1);
/// assert!(error.to_string().starts_with("error: "));
/// ```
#[derive(Debug)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
}

impl Error {
    /// The findings, in the order of the stages that made them.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
        }
    }
}

impl From<Vec<Diagnostic>> for Error {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// One finding.
///
/// ```
/// use smithereen_codegen::Diagnostic;
///
/// let diagnostic = Diagnostic::new("no operation `DescribeBackupJbo` in backup")
///     .file("codegen.toml".as_ref())
///     .help("did you mean `DescribeBackupJob`?");
/// assert_eq!(
///     diagnostic.to_string(),
///     "error: no operation `DescribeBackupJbo` in backup
///   --> codegen.toml
///   help: did you mean `DescribeBackupJob`?
/// ",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    message: String,
    file: Option<PathBuf>,
    json_path: Option<String>,
    position: Option<Position>,
    help: Option<String>,
}

/// A place in a text file; both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The byte in the line.
    pub column: usize,
}

impl Position {
    /// The place of the byte at `offset`.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        Self {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: before.len() - line_start + 1,
        }
    }
}

impl Diagnostic {
    /// A finding that says this.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            file: None,
            json_path: None,
            position: None,
            help: None,
        }
    }

    /// Found in this file.
    #[must_use]
    pub fn file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Found at this JSON pointer (RFC 6901).
    #[must_use]
    pub fn json_path(mut self, path: impl Into<String>) -> Self {
        self.json_path = Some(path.into()).filter(|path| !path.is_empty());
        self
    }

    /// Found at this place.
    #[must_use]
    pub fn position(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What to do about it, if there is something.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn has_position(&self) -> bool {
        self.position.is_some()
    }

    pub(crate) fn path(&self) -> Option<&str> {
        self.json_path.as_deref()
    }

    pub(crate) fn has_file(&self) -> bool {
        self.file.is_some()
    }
}

/// Text in which nothing can move the cursor, colour the screen or turn the direction of writing:
/// some of it comes from models.
struct Plain<'t>(&'t str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        self.0.chars().try_for_each(|c| {
            if c != '\n' && (c.is_control() || turns(c)) {
                write!(f, "{}", c.escape_unicode())
            } else {
                write!(f, "{c}")
            }
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", Plain(&self.message))?;
        if let Some(file) = &self.file {
            write!(f, "  --> {}", Plain(&file.to_string_lossy()))?;
            if let Some(Position { line, column }) = self.position {
                write!(f, ":{line}:{column}")?;
            }
            if let Some(path) = &self.json_path {
                write!(f, " at {}", Plain(path))?;
            }
            writeln!(f)?;
        }
        if let Some(help) = &self.help {
            writeln!(f, "  help: {}", Plain(help))?;
        }
        Ok(())
    }
}

/// "did you mean `…`?", if one of the candidates is close.
pub fn near_miss<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = candidates
        .into_iter()
        .map(|candidate| {
            let (left, right) = (wrong.to_lowercase(), candidate.to_lowercase());
            (
                strsim::normalized_damerau_levenshtein(&left, &right),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        // Of equals the first, so that the answer does not depend on anything else.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some(format!("did you mean `{}`?", near.1))
}
