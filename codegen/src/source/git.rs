//! Revisions of git, read with the program `git`: one process for the list of files, and one for all
//! that is in them.

use crate::error::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

/// A folder of a revision.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The revision, as somebody wrote it.
    revision: String,
    /// Where the folder is below the root of the repository, with a `/` at the end if it is not
    /// the root itself.
    prefix: String,
    /// Paths below the folder to the names of their blobs.
    blobs: BTreeMap<String, String>,
    contents: Mutex<Contents>,
}

/// `git cat-file --batch`, which is asked for one blob after the other.
#[derive(Debug)]
struct Contents {
    child: Child,
    /// Closed when the process is to end.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Folder {
    /// Opens what a revision of the repository around a folder has there. The folder need not exist
    /// any more.
    pub fn open(folder: &Path, revision: &str) -> Result<Self, Diagnostic> {
        let (near, missing) = existing(folder);
        let prefix = Self::prefix(near, &missing)?;
        let commit = commit(near, revision)?;
        let mut list = vec!["ls-tree", "-r", "-z", "--full-tree", &commit];
        if !prefix.is_empty() {
            list.extend(["--", &prefix]);
        }
        let list = run(near, &list)?;
        let blobs = list.split(|byte| *byte == 0).filter_map(|entry| {
            let (path, blob) = blob(std::str::from_utf8(entry).ok()?)?;
            Some((path.strip_prefix(&prefix)?.to_owned(), blob.to_owned()))
        });
        Ok(Self {
            revision: revision.to_owned(),
            blobs: blobs.collect(),
            contents: Mutex::new(Contents::start(near).map_err(|error| no_git(&error))?),
            prefix,
        })
    }

    /// The folder below the root of the repository.
    fn prefix(near: &Path, missing: &str) -> Result<String, Diagnostic> {
        let output = run(near, &["rev-parse", "--show-prefix"])?;
        let mut prefix = String::from_utf8_lossy(&output).trim_end().to_owned();
        prefix.push_str(missing);
        Ok(prefix)
    }

    /// What people call it.
    pub fn shown(&self) -> PathBuf {
        let folder = self.prefix.trim_end_matches('/');
        PathBuf::from(format!("{}:{folder}", self.revision))
    }

    pub fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(blob) = self.blobs.get(path) else {
            return Ok(None);
        };
        let mut contents = self
            .contents
            .lock()
            .map_err(|_| io::Error::other("another thread stopped while it read"))?;
        contents.blob(blob).map(Some)
    }

    pub fn has(&self, path: &str) -> bool {
        self.blobs.contains_key(path)
    }

    pub fn folders(&self, path: &str) -> Vec<String> {
        let names = self.below(path);
        let names = names.filter_map(|rest| Some(rest.split_once('/')?.0.to_owned()));
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub fn files(&self, path: &str) -> Vec<String> {
        let names = self.below(path).filter(|rest| !rest.contains('/'));
        names.map(str::to_owned).collect()
    }

    /// The files below a folder of it, without the folder.
    fn below(&self, path: &str) -> impl Iterator<Item = &str> {
        let folder = match path {
            "" => String::new(),
            path => format!("{path}/"),
        };
        let paths = self.blobs.keys();
        paths.filter_map(move |blob| blob.strip_prefix(&folder))
    }
}

impl Contents {
    fn start(folder: &Path) -> io::Result<Self> {
        let mut child = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let lost = || io::Error::other("git has no pipe");
        Ok(Self {
            requests: Some(child.stdin.take().ok_or_else(lost)?),
            answers: BufReader::new(child.stdout.take().ok_or_else(lost)?),
            child,
        })
    }

    fn blob(&mut self, name: &str) -> io::Result<Vec<u8>> {
        if let Some(requests) = &mut self.requests {
            writeln!(requests, "{name}")?;
            requests.flush()?;
        }
        // `<name> blob <size>`, the bytes, and the end of a line.
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let size = header.trim_end().strip_prefix(&format!("{name} blob "));
        let size: u64 = size
            .and_then(|size| size.parse().ok())
            .ok_or_else(|| io::Error::other(format!("git says: {}", header.trim_end())))?;
        let mut bytes = Vec::new();
        let read = (&mut self.answers).take(size).read_to_end(&mut bytes)?;
        if read as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.answers.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        drop(self.requests.take());
        // It ends by itself; whether it ended well says nothing about what was read.
        let _ = self.child.wait();
    }
}

/// The nearest folder that exists, and what is missing below it, with `/` at the end.
fn existing(folder: &Path) -> (&Path, String) {
    let mut near = folder;
    let mut missing = String::new();
    while !near.is_dir() {
        let (Some(parent), Some(name)) = (near.parent(), near.file_name()) else {
            break;
        };
        missing = format!("{}/{missing}", name.to_string_lossy());
        near = parent;
    }
    if near.as_os_str().is_empty() {
        near = Path::new(".");
    }
    (near, missing)
}

/// A line of `git ls-tree`, `<mode> blob <name>\t<path>`, if it is of an ordinary file.
fn blob(entry: &str) -> Option<(&str, &str)> {
    let (facts, path) = entry.split_once('\t')?;
    let mut facts = facts.split(' ');
    let mode = facts.next()?;
    if !mode.starts_with("100") || facts.next()? != "blob" {
        return None;
    }
    Some((path, facts.next()?))
}

/// The full name of a commit.
fn commit(folder: &Path, revision: &str) -> Result<String, Diagnostic> {
    let wanted = format!("{revision}^{{commit}}");
    let arguments = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ];
    let output = git(folder, &arguments).map_err(|error| no_git(&error))?;
    if !output.status.success() {
        let message = format!("there is no git revision `{revision}` here");
        return Err(Diagnostic::new(message).help("`git log --oneline` shows them"));
    }
    Ok(String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned())
}

fn git(folder: &Path, arguments: &[&str]) -> io::Result<std::process::Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.stdin(Stdio::null()).output()
}

/// What git prints.
fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Diagnostic> {
    let output = git(folder, arguments).map_err(|error| no_git(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let message = format!("git cannot read {}: {}", folder.display(), said.trim());
    Err(Diagnostic::new(message))
}

fn no_git(error: &io::Error) -> Diagnostic {
    Diagnostic::new(format!("cannot run `git`: {error}"))
        .help("revisions are read with it; install it, or name a folder or a botocore version")
}
