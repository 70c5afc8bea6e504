//! Folders with a manifest and models, under git where a test needs that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub const MANIFEST: &str = r#"[crate]
path = "aviary"
name = "aviary"

[services.parrots]
operations = ["Greet"]
"#;

/// A model of one operation, whose output has these members, all strings.
pub fn parrots(members: &[&str]) -> String {
    let members = members
        .iter()
        .map(|name| format!("\"{name}\": {{\"shape\": \"Text\"}}"));
    let members: Vec<_> = members.collect();
    format!(
        r#"{{
  "version": "2.0",
  "metadata": {{
    "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
    "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
  }},
  "operations": {{
    "Feed": {{"name": "Feed", "http": {{"method": "POST", "requestUri": "/food"}}}},
    "Greet": {{
      "name": "Greet", "http": {{"method": "GET", "requestUri": "/greeting"}},
      "output": {{"shape": "GreetOutput"}}
    }}
  }},
  "shapes": {{
    "GreetOutput": {{"type": "structure", "members": {{{}}}}},
    "Text": {{"type": "string"}}
  }}
}}"#,
        members.join(", ")
    )
}

/// A folder.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// One with a manifest and a model.
    pub fn project() -> Self {
        let folder = Self::new();
        folder.put("codegen.toml", MANIFEST);
        folder.put(
            "models/parrots/2020-01-01/service-2.json",
            &parrots(&["Mood"]),
        );
        folder
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs git in it, with nothing of this machine's configuration.
    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .current_dir(self.root())
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }
}
