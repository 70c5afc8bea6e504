//! Sdists of botocore made on the fly, and a pip that hands them out.

use crate::support::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;
use tar::{Builder, EntryType, Header};

/// The executable, built once: tests of one package cannot ask cargo for another's.
static XTASK: LazyLock<PathBuf> = LazyLock::new(|| {
    let build = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "xtask"])
        .args(["--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&build.stderr);
    assert!(build.status.success(), "{said}");
    let messages = String::from_utf8(build.stdout).unwrap();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap()
});

/// A script that is pip: it knows the sdists of a folder, the newest of which is named there.
const PIP: &str = r#"#!/bin/sh
here=$(dirname "$0")
case $1 in
index)
    echo "WARNING: pip index is currently an experimental command." >&2
    [ -f "$here/newest" ] || { echo "ERROR: No matching distribution found for botocore" >&2; exit 1; }
    echo "botocore ($(cat "$here/newest"))"
    ;;
download)
    while [ $# -gt 0 ]; do
        case $1 in
        --dest) dest=$2 ;;
        --requirement) wanted=$(sed 's/ .*//; s/botocore==//' "$2") ;;
        esac
        shift
    done
    if [ -f "$here/botocore-$wanted.tar.gz" ]; then
        cp "$here/botocore-$wanted.tar.gz" "$dest"
        echo "$wanted" >>"$here/downloads"
    elif [ -f "$here/newest" ]; then
        echo "ERROR: Could not find a version that satisfies the requirement botocore==$wanted (from versions: 1.0.0)" >&2
        exit 1
    else
        echo "ERROR: Could not find a version that satisfies the requirement botocore==$wanted (from versions: none)" >&2
        exit 1
    fi
    ;;
*) exit 2 ;;
esac
"#;

/// A folder with a project, a pip with sdists, and a cache.
pub struct World {
    pub folder: Folder,
}

/// What a run ends with.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// An sdist that is being made.
pub struct Sdist {
    archive: Builder<GzEncoder<Vec<u8>>>,
    top: String,
}

impl Sdist {
    /// With what every one has.
    pub fn new(version: &str) -> Self {
        Self::bare(&format!("botocore-{version}"))
            .file(
                "PKG-INFO",
                &format!("Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n\nName: no\n"),
            )
            .file("LICENSE.txt", "The licence.\n")
            .file("NOTICE", "The notice.\n")
            .data("endpoints.json", "{}")
            .data("partitions.json", r#"{"partitions": [], "version": "1.1"}"#)
    }

    /// With nothing in its folder.
    pub fn bare(top: &str) -> Self {
        Self {
            archive: Builder::new(GzEncoder::new(Vec::new(), Compression::fast())),
            top: top.to_owned(),
        }
    }

    pub fn file(self, path: &str, text: &str) -> Self {
        let path = format!("{}/{path}", self.top);
        self.entry(&path, EntryType::Regular, text)
    }

    pub fn data(self, path: &str, text: &str) -> Self {
        self.file(&format!("botocore/data/{path}"), text)
    }

    /// The model of a service.
    pub fn service(self, name: &str, model: &str) -> Self {
        self.data(&format!("{name}/2020-01-01/service-2.json"), model)
    }

    /// Anything, under a name that may be a wrong one.
    pub fn entry(mut self, path: &str, kind: EntryType, text: &str) -> Self {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        // Past the checks of the crate, which would not write such a name.
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        if kind == EntryType::Symlink {
            header.set_link_name("/etc").unwrap();
        }
        header.set_cksum();
        self.archive.append(&header, text.as_bytes()).unwrap();
        self
    }

    pub fn bytes(self) -> Vec<u8> {
        self.archive.into_inner().unwrap().finish().unwrap()
    }
}

impl World {
    /// A project with a manifest and no models yet, and a pip that has these sdists; the last is
    /// the newest.
    pub fn new(sdists: Vec<(&str, Sdist)>) -> Self {
        let folder = Folder::new();
        folder.put("codegen.toml", crate::support::MANIFEST);
        let world = Self { folder };
        world.folder.put("pip/pip", PIP);
        let output = Command::new("chmod")
            .arg("+x")
            .arg(world.folder.path("pip/pip"))
            .output();
        assert!(output.unwrap().status.success());
        for (version, sdist) in sdists {
            world.publish(version, sdist.bytes());
        }
        world
    }

    /// One whose models are those of the first of these versions.
    pub fn vendored(sdists: Vec<(&str, Sdist)>) -> Self {
        let first = sdists[0].0.to_owned();
        let world = Self::new(sdists);
        let run = world.run(&["update", "--botocore", &first]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        world
    }

    /// There is one more, which is the newest.
    pub fn publish(&self, version: &str, sdist: Vec<u8>) {
        fs::write(
            self.folder.path(&format!("pip/botocore-{version}.tar.gz")),
            sdist,
        )
        .unwrap();
        self.folder.put("pip/newest", version);
    }

    /// The network is gone.
    pub fn offline(&self) {
        for entry in fs::read_dir(self.folder.path("pip")).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name != "pip") {
                fs::remove_file(path).unwrap();
            }
        }
    }

    /// How often something was downloaded.
    pub fn downloads(&self) -> usize {
        let list = fs::read_to_string(self.folder.path("pip/downloads"));
        list.map_or(0, |list| list.lines().count())
    }

    /// `cargo xtask models …`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command(&[&["models"], arguments].concat())
    }

    /// `cargo xtask …`.
    pub fn command(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(&*XTASK);
        command.args(arguments).current_dir(self.folder.root());
        for variable in ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR"] {
            command.env_remove(variable);
        }
        command.env("SMITHEREEN_PIP", self.folder.path("pip/pip"));
        command.env("SMITHEREEN_CACHE", self.folder.path("cache"));
        self.finish(command.output().unwrap())
    }

    fn finish(&self, output: Output) -> Run {
        let root = self.folder.root().display().to_string();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&root, "$FOLDER");
        Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Run {
    /// All that it says, and the code that it ends with.
    pub fn text(&self) -> String {
        // Sums depend on how well the archive is compressed.
        let words = |line: &str| {
            let words = line.split(' ').map(|word| {
                let sum = word.trim_end_matches([',', '\n']);
                let hexadecimal = sum.bytes().all(|byte| byte.is_ascii_hexdigit());
                if sum.len() == 64 && hexadecimal {
                    word.replace(sum, "…")
                } else {
                    word.to_owned()
                }
            });
            words.collect::<Vec<_>>().join(" ")
        };
        let lines = format!("{}{}", self.out, self.err);
        let lines: Vec<_> = lines.lines().map(words).collect();
        format!("{}\n[{}]", lines.join("\n"), self.code.unwrap_or(-1))
    }
}
