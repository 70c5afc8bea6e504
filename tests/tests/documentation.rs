//! No word of a model's documentation is lost on the way into the generated crate.
//!
//! The vendored models and the smoke set are looked at; with `SMITHEREEN_BOTOCORE` the newest models
//! of an unpacked botocore as well. Two kinds of text are not in the output, and counted: what stands
//! at a shape that has no place of its own (a list, map, document or scalar) where all that refer to it say
//! something themselves, and the name of a service at the top of its documentation.

#![allow(clippy::unwrap_used)]

use flate2::read::GzDecoder;
use serde_json::Value;
use smithereen_codegen::{Generator, Model, Operations, docs};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Words by where they are.
#[derive(Debug, Default)]
struct Count {
    /// In the documentation of the model, as far as it is reached.
    model: usize,
    /// Found again in the generated files.
    generated: usize,
    /// Said of a shape whose references all say something else.
    overlaid: usize,
    /// In no generated file.
    lost: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Text, and whether it is overlaid wherever it would be.
struct Text<'m> {
    text: &'m str,
    overlaid: bool,
}

/// The documentation of a model: of the service, its operations, and the shapes that these need.
fn texts(model: &Value) -> Vec<Text<'_>> {
    let shapes = model["shapes"].as_object().unwrap();
    let mut texts = Vec::new();
    let says = |value: &'_ Value| -> bool {
        let text = value["documentation"].as_str();
        text.is_some_and(|text| !text.trim().is_empty())
    };
    let mut found: Vec<(&Value, bool)> = vec![(model, false)];
    let mut queue: Vec<&str> = Vec::new();
    // Whether some reference to a shape says nothing itself.
    let mut bare: HashMap<&str, bool> = HashMap::new();
    for operation in model["operations"].as_object().unwrap().values() {
        found.push((operation, false));
        let errors = operation["errors"].as_array().into_iter().flatten();
        for reference in [&operation["input"], &operation["output"]]
            .into_iter()
            .chain(errors)
        {
            if let Some(shape) = reference["shape"].as_str() {
                found.push((reference, false));
                queue.push(shape);
            }
        }
    }
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    while let Some(name) = queue.pop() {
        if !reached.insert(name) {
            continue;
        }
        let shape = &shapes[name];
        let members = shape["members"].as_object().into_iter().flatten();
        let held = ["member", "key", "value"].map(|key| &shape[key]);
        for reference in members.map(|(_, member)| member).chain(held) {
            let Some(target) = reference["shape"].as_str() else {
                continue;
            };
            *bare.entry(target).or_default() |= !says(reference);
            found.push((reference, false));
            queue.push(target);
        }
    }
    for name in reached {
        let shape = &shapes[name];
        let structure = shape["type"] == "structure" && shape["document"] != true;
        let named = structure || !shape["enum"].is_null();
        found.push((
            shape,
            !named && !bare.get(name).copied().unwrap_or_default(),
        ));
    }
    for (value, overlaid) in found {
        if let Some(text) = value["documentation"].as_str() {
            texts.push(Text { text, overlaid });
        }
    }
    texts
}

fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Tags that the documentation uses as such; others are placeholders, which is text.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "caution",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "emphasis",
    "figcaption",
    "filename",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "important",
    "ins",
    "itemizedlist",
    "kbd",
    "li",
    "listitem",
    "literal",
    "note",
    "ol",
    "orderedlist",
    "p",
    "para",
    "pre",
    "programlisting",
    "q",
    "replaceable",
    "s",
    "samp",
    "screen",
    "section",
    "simpara",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tip",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "ulink",
    "var",
    "warning",
    "wbr",
    "xhtml",
    "zonbook",
    "function",
    "command",
    "parameter",
    "option",
    "envar",
    "userinput",
    "computeroutput",
    "systemitem",
    "classname",
    "methodname",
    "link",
    "caption",
    "citetitle",
    "literallayout",
    "informaltable",
    "tgroup",
    "colspec",
    "colgroup",
    "shortname",
    "caption",
];

/// The text of HTML, by nothing that the generator uses.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let inside = after.strip_prefix('/').unwrap_or(after);
        let end = inside.find(|character: char| !character.is_ascii_alphanumeric());
        let name = inside[..end.unwrap_or(inside.len())].to_lowercase();
        let full_name = name == "fullname";
        if full_name && !after.starts_with('/') {
            // The name of the service, which is said elsewhere.
            rest = after.split_once("</fullname>").map_or("", |(_, rest)| rest);
            text.push(' ');
        } else if full_name || TAGS.contains(&name.as_str()) || is_pair(html, &name) {
            rest = after.split_once('>').map_or("", |(_, rest)| rest);
            text.push(' ');
        } else {
            text.push(' ');
            rest = after;
        }
    }
    text.push_str(rest);
    entities(&text)
}

/// Whether a tag that is not known has a start and an end, and so is one all the same.
fn is_pair(html: &str, name: &str) -> bool {
    let is_there = |tag: String| html.contains(&tag);
    !name.is_empty() && is_there(format!("<{name}>")) && is_there(format!("</{name}>"))
}

fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.find(';').filter(|end| *end < 10);
        // None of those that models have is a letter or a digit.
        let entity = end.filter(|end| {
            let name = &after[..*end];
            name.starts_with('#') || name.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        plain.push(' ');
        rest = entity.map_or(after, |end| &after[end + 1..]);
    }
    plain.push_str(rest);
    plain
}

/// The words of a text that are not in its Markdown.
fn lost(html: &str, lines: &[String]) -> Vec<String> {
    let markdown = lines.join("\n");
    let mut there: HashMap<String, usize> = HashMap::new();
    for word in words(&markdown) {
        *there.entry(word).or_default() += 1;
    }
    let mut missing = words(&plain(html));
    missing.retain(|word| match there.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        // Tags within words leave no mark.
        _ => !words(&markdown).concat().contains(word),
    });
    missing
}

fn count(model: Model, json: &[u8], count: &mut Count) {
    let generated = Generator::new("aws").model(model).generate().unwrap();
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for (_, text) in generated.tree().files() {
        for line in text.lines() {
            let line = line.trim_start();
            let comment = line
                .strip_prefix("///")
                .or_else(|| line.strip_prefix("//!"));
            if let Some(comment) = comment {
                *lines
                    .entry(comment.strip_prefix(' ').unwrap_or(comment))
                    .or_default() += 1;
            }
        }
    }
    let model: Value = serde_json::from_slice(json).unwrap();
    for Text { text, overlaid } in texts(&model) {
        let said = words(&plain(text)).len();
        count.model += said;
        if overlaid {
            count.overlaid += said;
            continue;
        }
        let markdown = docs::markdown(text);
        let mut missing = lost(text, &markdown);
        for line in markdown.iter().filter(|line| !line.is_empty()) {
            match lines.get(line.as_str()) {
                Some(1..) => {}
                _ => missing.extend(words(line)),
            }
        }
        count.generated += said.saturating_sub(missing.len());
        if !missing.is_empty() {
            count.lost.push(format!("{missing:?} of {text}"));
        }
    }
}

/// The files of the smoke set, by service.
fn smoke() -> BTreeMap<String, Vec<u8>> {
    let archive = root().join("tests/vectors/smoke.tar.gz");
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(archive).unwrap()));
    let mut models = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        if let [service, _, "service-2.json"] = path.split('/').collect::<Vec<_>>()[..] {
            let mut json = Vec::new();
            entry.read_to_end(&mut json).unwrap();
            models.insert(service.to_owned(), json);
        }
    }
    models
}

fn model(service: &str, json: &[u8]) -> Model {
    let model = Model::new(service, json, Operations::All);
    let patches = root().join("models").join(service).join("patches.toml");
    match fs::read_to_string(patches) {
        Ok(patches) => model.with_patches(&patches),
        Err(_) => model,
    }
}

/// The newest models below a folder of them.
fn below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut models = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let versions = fs::read_dir(entry.path()).into_iter().flatten();
        let mut versions: Vec<PathBuf> = versions
            .map(|version| version.unwrap().path().join("service-2.json"))
            .filter(|model| model.is_file())
            .collect();
        versions.sort();
        if let Some(newest) = versions.pop() {
            let service = entry.file_name().to_string_lossy().into_owned();
            models.insert(service, fs::read(newest).unwrap());
        }
    }
    models
}

#[test]
fn no_word_of_the_models_is_lost() {
    let mut sources = vec![
        ("vendored", below(&root().join("models"))),
        ("smoke", smoke()),
    ];
    if let Some(botocore) = std::env::var_os("SMITHEREEN_BOTOCORE") {
        sources.push((
            "botocore",
            below(&Path::new(&botocore).join("botocore/data")),
        ));
    }
    for (source, models) in sources {
        let mut found = Count::default();
        for (service, json) in &models {
            count(model(service, json), json, &mut found);
        }
        println!(
            "{source}: {} models, {} words in, {} out, {} overlaid",
            models.len(),
            found.model,
            found.generated,
            found.overlaid
        );
        assert!(
            found.model > 10_000,
            "{source} has next to no documentation"
        );
        assert!(
            found.lost.is_empty(),
            "{} texts lose words, of which\n{}",
            found.lost.len(),
            found.lost[..found.lost.len().min(20)].join("\n")
        );
        assert_eq!(found.model, found.generated + found.overlaid);
    }
}
