//! `cargo xtask corpus` over a botocore of a few small models.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

mod compile;
#[path = "../support/xtask.rs"]
mod xtask;

use xtask::XTASK;

/// A model that has an enum of these values.
fn model(values: &str) -> String {
    let metadata = r#""apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "json",
        "jsonVersion": "1.1", "targetPrefix": "Parrots", "serviceFullName": "Parrots",
        "serviceId": "Parrots", "signatureVersion": "v4""#;
    format!(
        r#"{{
  "metadata": {{ {metadata} }},
  "operations": {{
    "Greet": {{
      "name": "Greet", "http": {{"method": "POST", "requestUri": "/"}},
      "output": {{"shape": "GreetOutput"}}
    }}
  }},
  "shapes": {{
    "GreetOutput": {{"type": "structure", "members": {{"Mood": {{"shape": "Mood"}}}}}},
    "Mood": {{"type": "string", "enum": [{values}]}}
  }}
}}"#
    )
}

/// A folder with a botocore, and a project that has corrections.
struct Corpus {
    folder: TempDir,
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Corpus {
    fn new() -> Self {
        let corpus = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        corpus.put(
            "sdist/botocore/data/partitions.json",
            r#"{"partitions": [], "version": "1.1"}"#,
        );
        corpus.add("parrots/2020-01-01", r#""HAPPY", "SULKY""#);
        corpus.add("parrots/2019-01-01", r#""HAPPY""#);
        corpus.add("owls/2020-01-01", r#""WISE""#);
        corpus
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn add(&self, place: &str, values: &str) {
        let path = format!("sdist/botocore/data/{place}/service-2.json");
        self.put(&path, &model(values));
    }

    /// A correction of the project: a value of the enum has another name.
    fn rename(&self, service: &str, value: &str, name: &str) {
        let patch = format!(
            r#"[[patch]]
shape = "Mood"
value = "{value}"
action = {{ rename = "{name}" }}
reason = "the name of `{value}` will not do"
link = "https://example.com"
"#
        );
        self.put(&format!("models/{service}/patches.toml"), &patch);
    }

    fn run(&self, more: &[&str]) -> Run {
        let mut arguments = vec!["corpus", "--botocore", "sdist", "--out", "out"];
        arguments.extend(more);
        self.command(&arguments)
    }

    fn command(&self, arguments: &[&str]) -> Run {
        Self::output(Command::new(&*XTASK).args(arguments), self.folder.path())
    }

    fn output(command: &mut Command, folder: &Path) -> Run {
        let command = command.current_dir(folder).env("NO_COLOR", "1");
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// The output without times and numbers of lines, which are not its own.
fn timeless(out: &str) -> String {
    let is_number = |word: &str| {
        let digits = word.replace('.', "");
        let long = word.contains('.') || word.len() > 2;
        long && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let line = |line: &str| {
        let words = line.split_whitespace();
        let words = words.map(|word| if is_number(word) { "…" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    out.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn exists(corpus: &Corpus, path: &str) -> bool {
    Path::new(&corpus.path(path)).exists()
}

#[test]
fn all_versions_are_generated_into_crates_of_their_own() {
    let corpus = Corpus::new();
    let run = corpus.run(&[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(timeless(&run.out), @"
    service version protocol operations shapes lines ms result
    owls 2020-01-01 awsJson1_1 1 2 … … ok
    parrots 2019-01-01 awsJson1_1 1 2 … … ok
    parrots 2020-01-01 awsJson1_1 1 2 … … ok

    3 models of 2 services in … s: 3 operations, 6 shapes, 3 members; … lines in 18 files, of which 18 were written; 0 failed
    ");
    assert!(exists(
        &corpus,
        "out/parrots-2019-01-01/src/parrots/types/mood.rs"
    ));

    // The second time nothing is written.
    let again = corpus.run(&[]).out;
    assert!(again.contains("of which 0 were written"), "{again}");
}

#[test]
fn only_what_is_not_up_to_date_is_generated_again() {
    let corpus = Corpus::new();
    corpus.run(&[]);
    let mood = corpus.path("out/parrots-2020-01-01/src/parrots/types/mood.rs");
    let right = fs::read_to_string(&mood).unwrap();
    let written = |corpus: &Corpus| {
        let out = corpus.run(&[]).out;
        let (_, rest) = out.split_once("of which ").unwrap();
        rest.split_once(' ').unwrap().0.parse::<usize>().unwrap()
    };
    assert_eq!(written(&corpus), 0);

    // A generated file is edited, to one that is as long.
    fs::write(&mood, right.replace("SULKY", "SILLY")).unwrap();
    assert_eq!(written(&corpus), 1);
    assert_eq!(fs::read_to_string(&mood).unwrap(), right);

    fs::remove_file(&mood).unwrap();
    assert_eq!(written(&corpus), 1);
    assert_eq!(fs::read_to_string(&mood).unwrap(), right);

    // The model changes, to one that is as long and as old.
    let model = corpus.path("sdist/botocore/data/parrots/2020-01-01/service-2.json");
    let time = fs::metadata(&model).unwrap().modified().unwrap();
    let changed = fs::read_to_string(&model)
        .unwrap()
        .replace("SULKY", "SILLY");
    fs::write(&model, changed).unwrap();
    let file = fs::File::options().write(true).open(&model).unwrap();
    file.set_modified(time).unwrap();
    assert_eq!(written(&corpus), 1);
    assert!(fs::read_to_string(&mood).unwrap().contains("Silly"));
    assert_eq!(written(&corpus), 0);

    // A correction of the project.
    corpus.rename("parrots", "SILLY", "Cheerful");
    // It does not say of which version it is, and the other has no such value.
    let run = corpus.run(&["--newest", "--service", "parrots"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(fs::read_to_string(&mood).unwrap().contains("Cheerful"));
}

#[test]
fn services_and_versions_can_be_chosen() {
    let corpus = Corpus::new();
    let run = corpus.run(&["--service", "parrots", "--newest"]);
    assert_eq!(run.code, Some(0));
    let rows: Vec<&str> = run
        .out
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(
        matches!(rows[..], [row] if row.starts_with("parrots  2020-01-01")),
        "{rows:?}"
    );
    assert!(!exists(&corpus, "out/owls-2020-01-01"));

    let run = corpus.run(&["--service", "parots"]);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.err, @"error: no model of a service `parots` in this botocore");
}

#[test]
fn a_model_that_fails_is_shown_and_the_others_are_generated() {
    let corpus = Corpus::new();
    corpus.add("owls/2020-01-01", r#""WISE", "wise""#);
    let run = corpus.run(&[]);
    assert_eq!(run.code, Some(1));
    assert_snapshot!(timeless(&run.out), @r#"
    service version protocol operations shapes lines ms result
    owls 2020-01-01 ? 0 0 0 … 1 error
    parrots 2019-01-01 awsJson1_1 1 2 … … ok
    parrots 2020-01-01 awsJson1_1 1 2 … … ok

    owls 2020-01-01
    error: `WISE` and `wise` would both be `Wise` in Rust
    --> sdist/botocore/data/owls/2020-01-01/service-2.json:13:49 at /shapes/Mood/enum/1
    help: give one of them another name with a patch: action = { rename = "…" }


    3 models of 2 services in … s: 2 operations, 4 shapes, 2 members; … lines in 12 files, of which 12 were written; 1 failed
    "#);
    assert!(exists(&corpus, "out/parrots-2020-01-01"));
    assert!(!exists(&corpus, "out/owls-2020-01-01"));

    // A correction of the project settles it, without a model of that service in the project.
    corpus.rename("owls", "wise", "OldAndWise");
    assert_eq!(corpus.run(&[]).code, Some(0));
}

#[test]
fn what_is_no_botocore_is_an_error() {
    let corpus = Corpus::new();
    fs::remove_file(corpus.path("sdist/botocore/data/partitions.json")).unwrap();
    let run = corpus.run(&[]);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.err, @"
    error: this is no botocore: there is no `partitions.json` beside models in it
      --> sdist
      help: name the unpacked source distribution, or `botocore/data` in it
    ");
}
