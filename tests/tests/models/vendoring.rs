//! `cargo xtask models`: what it prints, what it exits with, what it leaves on disk.

use crate::botocore::{Sdist, World};
use crate::support::{MANIFEST, parrots};
use insta::assert_snapshot;
use std::fs;
use tar::EntryType;

const MODEL: &str = "models/parrots/2020-01-01/service-2.json";

fn owls() -> String {
    parrots(&["Mood"])
        .replace("Parrots", "Owls")
        .replace("parrots", "owls")
}

/// An old and a new version, with two services.
fn versions() -> Vec<(&'static str, Sdist)> {
    let old = Sdist::new("1.2.3")
        .service("parrots", &parrots(&["Mood"]))
        .data(
            "parrots/2020-01-01/waiters-2.json",
            r#"{"version": 2, "waiters": {}}"#,
        )
        .service("owls", &owls());
    let new = Sdist::new("1.3.0")
        .service("parrots", &parrots(&["Mood", "Song"]))
        .data(
            "parrots/2020-01-01/examples-1.json",
            r#"{"version": "1.0", "examples": {}}"#,
        )
        .service("owls", &owls());
    vec![("1.2.3", old), ("1.3.0", new)]
}

/// All files of the project, without those of pip and the cache.
fn disk(world: &World) -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        let mut entries: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            let text = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            found.push((path.display().to_string(), text.unwrap_or_default()));
            if path.is_dir() {
                walk(&path, found);
            }
        }
    }
    let manifest = world.folder.read("codegen.toml");
    let mut found = vec![("codegen.toml".to_owned(), manifest)];
    if world.folder.path("models").is_dir() {
        walk(&world.folder.path("models"), &mut found);
    }
    found
}

/// The command fails, says this, and leaves all as it was.
#[track_caller]
fn refused(world: &World, arguments: &[&str]) -> String {
    let before = disk(world);
    let run = world.run(arguments);
    assert_eq!(run.code, Some(2), "{}", run.text());
    assert_eq!(disk(world), before);
    run.text()
}

#[test]
fn the_first_models_of_a_project() {
    let world = World::new(versions());
    assert_snapshot!(world.run(&["update"]).text(), @r"
    botocore 1.3.0
    added   models/LICENSE.txt
    added   models/NOTICE
    added   models/parrots/2020-01-01/examples-1.json
    added   models/parrots/2020-01-01/service-2.json
    added   models/partitions.json
    added   models/models.lock

    parrots: 1 additive

      additive parrots service-added
        only the new side has the service
        => a new module, if the manifest asks for it
        reached by Greet
        new botocore-1.3.0/parrots/2020-01-01/service-2.json:3:15 at /metadata
        fingerprint 37d61c1d0c81

    suggested version: minor

    `cargo xtask codegen` brings it into the client.
    fetching botocore 1.3.0 …
    [0]
    ");
    assert_eq!(world.folder.read(MODEL), parrots(&["Mood", "Song"]));
    assert_eq!(world.folder.read("models/NOTICE"), "The notice.\n");
    assert_snapshot!(world.run(&["verify"]).text(), @r"
    5 files are what was vendored.
    [0]
    ");
}

#[test]
fn an_update_brings_everything_byte_for_byte_and_says_what_it_means() {
    let world = World::vendored(versions());
    assert!(
        world
            .folder
            .path("models/parrots/2020-01-01/waiters-2.json")
            .is_file()
    );
    assert_snapshot!(world.run(&["update"]).text(), @r"
    botocore 1.2.3 -> 1.3.0
    added   models/parrots/2020-01-01/examples-1.json
    changed models/parrots/2020-01-01/service-2.json
    removed models/parrots/2020-01-01/waiters-2.json
    changed models/models.lock

    parrots: 1 additive

      additive GreetOutput.Song member-added
        the member was added
        => `GreetOutput.song: Option<String>`
        reached by Greet: output.Song
        new botocore-1.3.0/parrots/2020-01-01/service-2.json:15:89 at /shapes/GreetOutput/members/Song
        fingerprint 567bb62d25aa

    suggested version: minor

    `cargo xtask codegen` brings it into the client.
    fetching botocore 1.3.0 …
    [0]
    ");
    assert_eq!(world.folder.read(MODEL), parrots(&["Mood", "Song"]));
    // What upstream no longer has is gone.
    assert!(
        !world
            .folder
            .path("models/parrots/2020-01-01/waiters-2.json")
            .exists()
    );
    assert_eq!(world.run(&["verify"]).code, Some(0));
    assert_snapshot!(world.run(&["update"]).text(), @r"
    botocore 1.3.0
    nothing changes
    [0]
    ");
}

#[test]
fn the_lock_says_where_everything_is_from() {
    let world = World::vendored(versions());
    let lock = world.folder.read("models/models.lock");
    let sums = lock.lines().map(|line| match line.split_once(" = ") {
        Some((key, value)) if value.len() == 66 => format!("{key} = …"),
        _ => line.to_owned(),
    });
    assert_snapshot!(sums.collect::<Vec<_>>().join("\n"), @r#"
    # What is vendored here, byte for byte, and from where. The sums are SHA-256.

    [source]
    name = "botocore"
    version = "1.2.3"
    sha256 = …

    [files]
    "LICENSE.txt" = …
    "NOTICE" = …
    "parrots/2020-01-01/service-2.json" = …
    "parrots/2020-01-01/waiters-2.json" = …
    "partitions.json" = …
    "#);
}

#[test]
fn a_dry_run_writes_nothing() {
    let world = World::vendored(versions());
    let before = disk(&world);
    assert_snapshot!(world.run(&["update", "--dry-run"]).text(), @r"
    botocore 1.2.3 -> 1.3.0
    added   models/parrots/2020-01-01/examples-1.json
    changed models/parrots/2020-01-01/service-2.json
    removed models/parrots/2020-01-01/waiters-2.json
    changed models/models.lock

    parrots: 1 additive

      additive GreetOutput.Song member-added
        the member was added
        => `GreetOutput.song: Option<String>`
        reached by Greet: output.Song
        new botocore-1.3.0/parrots/2020-01-01/service-2.json:15:89 at /shapes/GreetOutput/members/Song
        fingerprint 567bb62d25aa

    suggested version: minor

    Nothing was written.
    fetching botocore 1.3.0 …
    [0]
    ");
    assert_eq!(disk(&world), before);
}

#[test]
fn an_sdist_is_fetched_once() {
    let world = World::vendored(versions());
    assert_eq!(world.downloads(), 1);
    let run = world.run(&["fetch"]);
    assert_eq!(
        (run.out.as_str(), run.err.as_str()),
        ("$FOLDER/cache/botocore-1.2.3\n", "")
    );
    assert_eq!(world.downloads(), 1);
    let kept = world.folder.path("cache");
    let names = fs::read_dir(kept)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["botocore-1.2.3"]);
}

#[test]
fn an_update_from_an_archive_or_a_folder_needs_no_network() {
    let world = World::vendored(versions());
    let archive = world.folder.path("kept.tar.gz");
    fs::copy(world.folder.path("pip/botocore-1.3.0.tar.gz"), &archive).unwrap();
    world.offline();
    let before = disk(&world);
    let run = world.run(&["update", "--from", "kept.tar.gz"]);
    assert_eq!(run.code, Some(0), "{}", run.text());
    assert_eq!(world.folder.read(MODEL), parrots(&["Mood", "Song"]));
    // Back, from a folder that is in the cache.
    let run = world.run(&["update", "--from", "cache/botocore-1.2.3/botocore/data"]);
    assert_eq!(run.code, Some(0), "{}", run.text());
    let without_sum = |files: &[(String, String)]| -> Vec<(String, String)> {
        let files = files.iter().map(|(path, text)| {
            let lines = text.lines().filter(|line| !line.starts_with("sha256"));
            (path.clone(), lines.collect::<Vec<_>>().join("\n"))
        });
        files.collect()
    };
    assert_eq!(without_sum(&disk(&world)), without_sum(&before));
    assert!(!world.folder.read("models/models.lock").contains("sha256"));
}

#[test]
fn the_status_of_models_that_are_as_they_were() {
    let world = World::vendored(versions());
    assert_snapshot!(world.run(&["status"]).text(), @r"
    botocore 1.2.3, whose sdist has the SHA-256 …

    service     version  files
    parrots  2020-01-01      2

    5 files are what was vendored.
    botocore 1.3.0 is newer: `cargo xtask models update` brings it.
    [0]
    ");
    world.offline();
    assert_snapshot!(world.run(&["status"]).text(), @r"
    botocore 1.2.3, whose sdist has the SHA-256 …

    service     version  files
    parrots  2020-01-01      2

    5 files are what was vendored.
    Whether there is something newer is not known: pip cannot say which versions of botocore there are: No matching distribution found for botocore
    [0]
    ");
    assert!(!world.run(&["status", "--offline"]).out.contains("newer"));
}

#[test]
fn files_that_are_not_what_was_vendored() {
    let world = World::vendored(versions());
    world.folder.put("models/NOTICE", "Another notice.\n");
    world
        .folder
        .put("models/parrots/notes.txt", "Whose is this?");
    world.folder.put("models/parrots/patches.toml", "");
    fs::remove_file(world.folder.path("models/partitions.json")).unwrap();
    let verified = world.run(&["verify"]);
    assert_snapshot!(verified.text(), @r"
    changed  models/NOTICE
    unlocked models/parrots/notes.txt
    missing  models/partitions.json

    3 of 6 files are not what was vendored.
    `cargo xtask models update --botocore 1.2.3` vendors them again; a file that is unlocked and not botocore's has no place there.
    [1]
    ");
    assert_eq!(world.run(&["status", "--offline"]).code, Some(1));
    // The command that it names mends what can be mended.
    assert_eq!(world.run(&["update", "--botocore", "1.2.3"]).code, Some(0));
    let verified = world.run(&["verify"]);
    assert!(
        verified
            .out
            .starts_with("unlocked models/parrots/notes.txt\n\n1 of"),
        "{}",
        verified.out
    );
}

#[test]
fn a_service_and_its_operations_come_and_go() {
    let world = World::vendored(versions());
    let before = disk(&world);
    assert_snapshot!(world.run(&["add", "owls", "Greet"]).text(), @r"
    added   models/owls/2020-01-01/service-2.json
    changed models/models.lock
    changed codegen.toml
    `cargo xtask codegen` brings it into the client.
    [0]
    ");
    assert_snapshot!(world.folder.read("codegen.toml"), @r#"
    [crate]
    path = "aviary"
    name = "aviary"

    [services.parrots]
    operations = ["Greet"]

    [services.owls]
    operations = ["Greet"]
    "#);
    // The version that is locked, not the newest.
    assert_eq!(world.run(&["verify"]).code, Some(0));
    assert!(
        world
            .folder
            .read("models/models.lock")
            .contains("version = \"1.2.3\"")
    );
    assert_snapshot!(world.run(&["add", "owls", "Greet", "Feed"]).text(), @r"
    `Greet` of owls is there already.
    changed codegen.toml
    `cargo xtask codegen` brings it into the client.
    [0]
    ");
    assert_snapshot!(world.run(&["add", "owls", "Feed"]).text(), @r"
    `Feed` of owls is there already.
    [0]
    ");
    assert_snapshot!(world.run(&["remove", "owls", "Greet"]).text(), @r"
    changed codegen.toml
    `cargo xtask codegen` brings it into the client.
    [0]
    ");
    assert_snapshot!(world.run(&["remove", "owls", "Feed"]).text(), @r"
    owls has no operations left, so it goes too.
    removed models/owls/2020-01-01/service-2.json
    changed models/models.lock
    changed codegen.toml
    `cargo xtask codegen` brings it into the client.
    [0]
    ");
    assert_eq!(disk(&world), before);
}

#[test]
fn a_whole_service_comes_and_its_corrections_stay() {
    let world = World::vendored(versions());
    assert_eq!(world.run(&["add", "owls"]).code, Some(0));
    let manifest = world.folder.read("codegen.toml");
    assert_eq!(
        manifest,
        format!("{MANIFEST}\n[services.owls]\noperations = \"all\"\n")
    );
    assert_snapshot!(world.run(&["add", "owls", "Feed"]).text(), @r"
    All operations of owls are there already.
    [0]
    ");
    world.folder.put("models/owls/patches.toml", "# Mine.\n");
    assert_snapshot!(world.run(&["remove", "owls"]).text(), @r"
    models/owls/patches.toml is yours, and stays.
    removed models/owls/2020-01-01/service-2.json
    changed models/models.lock
    changed codegen.toml
    `cargo xtask codegen` brings it into the client.
    [0]
    ");
    assert_eq!(world.folder.read("models/owls/patches.toml"), "# Mine.\n");
}

#[test]
fn a_service_of_the_manifest_without_a_model_comes_with_an_update() {
    let world = World::vendored(versions());
    world.folder.put(
        "codegen.toml",
        &format!("{MANIFEST}\n[services.owls]\noperations = \"all\"\n"),
    );
    assert_eq!(world.run(&["update", "--botocore", "1.2.3"]).code, Some(0));
    assert_eq!(
        world.folder.read("models/owls/2020-01-01/service-2.json"),
        owls()
    );
}

#[test]
fn a_vendored_service_that_the_manifest_does_not_name_is_of_the_same_version() {
    let mut versions = versions();
    let sdist = Sdist::new("1.3.0").service("parrots", &parrots(&["Mood"]));
    versions[1].1 = sdist.service("owls", &owls().replace("/food", "/mice"));
    let world = World::vendored(versions);
    assert_eq!(world.run(&["add", "owls"]).code, Some(0));
    world.folder.put("codegen.toml", MANIFEST);
    assert_eq!(world.run(&["update"]).code, Some(0));
    assert!(
        world
            .folder
            .read("models/owls/2020-01-01/service-2.json")
            .contains("/mice")
    );
}

#[test]
fn names_that_are_misspelt() {
    let world = World::vendored(versions());
    let said = [
        &["add", "owl"][..],
        &["add", "owls", "Fed", "Greeet"],
        &["add", "parrots"],
        &["remove", "parots"],
        &["remove", "parrots", "Great"],
        &["remove", "parrots"],
        &["update", "--botocore", "newest"],
        &["update", "--botocore", "9.9.9"],
        &["update", "--from", "pip"],
        &["update", "--from", "no-such-folder"],
    ];
    let said =
        said.map(|arguments| format!("$ {}\n{}", arguments.join(" "), refused(&world, arguments)));
    assert_snapshot!(said.join("\n\n"), @r#"
    $ add owl
    error: no service `owl` in botocore 1.2.3
      help: did you mean `owls`?
    [2]

    $ add owls Fed Greeet
    error: no operation `Fed` in owls
      help: did you mean `Feed`?

    error: no operation `Greeet` in owls
      help: did you mean `Greet`?

    2 errors; nothing was written
    [2]

    $ add parrots
    error: parrots is there already, with an operation
      --> codegen.toml:5:11
      help: name the operations to add, or write `operations = "all"`
    [2]

    $ remove parots
    error: the manifest names no service `parots`
      --> codegen.toml
      help: did you mean `parrots`?
    [2]

    $ remove parrots Great
    error: the manifest names no operation `Great` of parrots
      --> codegen.toml
      help: did you mean `Greet`?
    [2]

    $ remove parrots
    error: parrots is the only service, and a manifest has at least one
      --> codegen.toml:5:11
      help: add another one first: `cargo xtask models add SERVICE`
    [2]

    $ update --botocore newest
    error: `newest` is no version of botocore
      help: they are like 1.44.5
    [2]

    $ update --botocore 9.9.9
    fetching botocore 9.9.9 …
    error: there is no botocore 9.9.9 on PyPI
      help: `cargo xtask models status` says which is newest
    [2]

    $ update --from pip
    error: this is no unpacked sdist, which has a `PKG-INFO`
      --> pip
    [2]

    $ update --from no-such-folder
    error: there is no such file or folder
      --> no-such-folder
    [2]
    "#);
}

#[test]
fn no_network_and_no_pip() {
    let world = World::vendored(versions());
    world.offline();
    assert_snapshot!(refused(&world, &["update"]), @r"
    error: pip cannot say which versions of botocore there are: No matching distribution found for botocore
      help: is there a network? `--from PATH` takes an sdist that is here, packed or unpacked
    [2]
    ");
    assert_snapshot!(refused(&world, &["update", "--botocore", "1.3.0"]), @r"
    fetching botocore 1.3.0 …
    error: pip cannot download botocore 1.3.0: Could not find a version that satisfies the requirement botocore==1.3.0 (from versions: none)
      help: is there a network? `--from PATH` takes an sdist that is here, packed or unpacked
    [2]
    ");
    fs::remove_file(world.folder.path("pip/pip")).unwrap();
    assert_snapshot!(refused(&world, &["update"]), @r"
    error: cannot run `$FOLDER/pip/pip`: No such file or directory (os error 2)
      help: install Python 3 with pip, or name a program that is pip in SMITHEREEN_PIP
    [2]
    ");
}

#[test]
fn a_new_model_that_cannot_be_understood_changes_nothing() {
    let mut versions = versions();
    let broken = parrots(&["Mood"]).replace(
        "\"Text\": {\"type\": \"string\"}",
        "\"Txet\": {\"type\": \"strnig\"}",
    );
    versions[1].1 = Sdist::new("1.3.0").service("parrots", &broken);
    let world = World::vendored(versions);
    assert_snapshot!(refused(&world, &["update"]), @r"
    fetching botocore 1.3.0 …
    error: unknown variant `strnig`, expected one of `structure`, `list`, `map`, `string`, `character`, `boolean`, `integer`, `long`, `float`, `double`, `timestamp`, `blob`
      --> botocore-1.3.0/parrots/2020-01-01/service-2.json:16:29 at /shapes/Txet/type
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    [2]
    ");
}

#[test]
fn a_correction_that_does_not_fit_the_new_model_changes_nothing() {
    let world = World::vendored(versions());
    let patch = "[[patch]]\nshape = \"GreetOutput\"\naction = { add-member = { name = \"Song\", target = \"Text\" } }\n\
                 reason = \"The service answers with it.\"\nlink = \"https://example.com/song\"\n";
    world.folder.put("models/parrots/patches.toml", patch);
    assert_snapshot!(world.command(&["list", "parrots", "Greet"]).text(), @r"
    shape        type       because of
    GreetOutput  structure  Greet output
    Text         string     GreetOutput.Mood

    correction of  what it does           why                           see
    GreetOutput    add-member Song: Text  The service answers with it.  https://example.com/song
    [0]
    ");
    assert_snapshot!(refused(&world, &["update"]), @r"
    fetching botocore 1.3.0 …
    error: this patch no longer applies: `GreetOutput` has the member `Song` already
      --> models/parrots/patches.toml:1:1
      help: if AWS has mended the model, remove the patch
    [2]
    ");
}

#[test]
fn a_service_that_is_gone_changes_nothing() {
    let mut versions = versions();
    versions[1].1 = Sdist::new("1.3.0").service("parrot", &parrots(&["Mood"]));
    let world = World::vendored(versions);
    assert_snapshot!(refused(&world, &["update"]), @r"
    fetching botocore 1.3.0 …
    error: no service `parrots` in botocore 1.3.0
      --> codegen.toml:5:11
      help: did you mean `parrot`?
    [2]
    ");
}

#[test]
fn an_update_that_fails_half_way_leaves_all_as_it_was() {
    let world = World::vendored(versions());
    // The lock is the last of the files; the place where its old contents are put is taken.
    world.folder.put("models/.models.lock.old~/taken", "");
    assert_snapshot!(refused(&world, &["update"]), @r"
    fetching botocore 1.3.0 …
    error: cannot replace: Is a directory (os error 21)
      --> models/models.lock
      help: all files are as they were
    [2]
    ");
    // And where nothing can be written at all: a file is where a folder would be.
    fs::remove_dir_all(world.folder.path("models/.models.lock.old~")).unwrap();
    world.folder.put("models/owls", "");
    let said = refused(&world, &["add", "owls"]);
    assert!(said.contains("models/owls"), "{said}");
}

#[test]
fn an_sdist_that_is_not_the_locked_one() {
    let world = World::vendored(versions());
    fs::remove_dir_all(world.folder.path("cache")).unwrap();
    let other = Sdist::new("1.2.3")
        .service("parrots", &parrots(&["Mood"]))
        .bytes();
    world.publish("1.2.3", other);
    assert_snapshot!(refused(&world, &["fetch"]), @r"
    fetching botocore 1.2.3 …
    error: the sdist of botocore 1.2.3 is not the one in models.lock: its SHA-256 is …, models.lock says …
      help: find out who has changed it before you vendor anything from it
    [2]
    ");
    assert!(
        fs::read_dir(world.folder.path("cache"))
            .unwrap()
            .next()
            .is_none()
    );
    // Nor is it vendored, or taken from the cache if it has come there by another way.
    world.folder.put("models/NOTICE", "Another notice.\n");
    refused(&world, &["update", "--botocore", "1.2.3"]);
    let archive = world.run(&["update", "--from", "pip/botocore-1.2.3.tar.gz", "--dry-run"]);
    assert_eq!(archive.code, Some(0));
    world.folder.put(
        "cache/botocore-1.2.3/PKG-INFO",
        "Name: botocore\nVersion: 1.2.3\n",
    );
    world
        .folder
        .put("cache/botocore-1.2.3/botocore/data/endpoints.json", "{}");
    world.folder.put("cache/botocore-1.2.3/.sha256", "0000\n");
    assert_snapshot!(refused(&world, &["fetch"]), @r"
    error: the sdist of botocore 1.2.3 is not the one in models.lock: its SHA-256 is 0000, models.lock says …
      --> $FOLDER/cache/botocore-1.2.3
      help: remove the folder if you do not trust it; it is fetched again
    [2]
    ");
}

#[test]
fn what_is_vendored_already_is_not_fetched_again() {
    let world = World::vendored(versions());
    fs::remove_dir_all(world.folder.path("cache")).unwrap();
    world.folder.put("pip/newest", "1.2.3");
    assert_snapshot!(world.run(&["update"]).text(), @r"
    botocore 1.2.3
    nothing changes
    [0]
    ");
    assert_eq!(world.downloads(), 1);
    // Where a file is not what was vendored, it is.
    world.folder.put("models/NOTICE", "Another notice.\n");
    assert_eq!(world.run(&["update"]).code, Some(0));
    assert_eq!(world.downloads(), 2);
    assert_eq!(world.folder.read("models/NOTICE"), "The notice.\n");
}

#[test]
fn archives_that_are_not_unpacked() {
    let world = World::vendored(versions());
    let whole = || Sdist::new("1.4.0").service("parrots", &parrots(&["Mood"]));
    let regular = EntryType::Regular;
    let truncated = {
        let mut bytes = whole().bytes();
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    let archives = [
        ("no archive", b"<html>Not found</html>".to_vec()),
        ("truncated", truncated),
        (
            "out of it",
            whole()
                .entry("botocore-1.4.0/../../escaped", regular, "x")
                .bytes(),
        ),
        (
            "absolute",
            whole()
                .entry("/tmp/smithereen-escaped", regular, "x")
                .bytes(),
        ),
        ("beside it", whole().entry("setup.py", regular, "x").bytes()),
        (
            "link",
            whole()
                .entry("botocore-1.4.0/link", EntryType::Symlink, "")
                .bytes(),
        ),
        ("twice", whole().file("NOTICE", "x").bytes()),
        ("other version", Sdist::new("1.4.1").bytes()),
        (
            "other package",
            Sdist::bare("botocore-1.4.0")
                .file("PKG-INFO", "Name: requests\nVersion: 1.4.0\n")
                .bytes(),
        ),
        ("nothing", Sdist::bare("botocore-1.4.0").bytes()),
    ];
    let mut said = Vec::new();
    for (what, archive) in archives {
        world.publish("1.4.0", archive);
        let text = refused(&world, &["update", "--botocore", "1.4.0"]);
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("error"))
            .collect();
        said.push(format!("{what}: {}", lines.join("\n")));
        assert!(
            !world.folder.path("cache/botocore-1.4.0").exists(),
            "{what}"
        );
        assert!(!world.folder.path("cache/escaped").exists(), "{what}");
    }
    assert_snapshot!(said.join("\n"), @r"
    no archive: error: this is no sdist that can be unpacked: invalid gzip header
    truncated: error: this is no sdist that can be unpacked: incomplete deflate stream
    out of it: error: this is no sdist that can be unpacked: `botocore-1.4.0/../../escaped` leads out of its folder
    absolute: error: this is no sdist that can be unpacked: `/tmp/smithereen-escaped` leads out of its folder
    beside it: error: this is no sdist that can be unpacked: `setup.py` is beside the folder of the sdist
    link: error: this is no sdist that can be unpacked: `botocore-1.4.0/link` is neither a file nor a folder
    twice: error: this is no sdist that can be unpacked: File exists (os error 17)
    other version: error: pip was asked for 1.4.0 and has brought 1.4.1
    other package: error: this is the sdist of `requests`, not of `botocore`
    nothing: error: this is no sdist that can be unpacked: it is empty
    ");
    // Nothing of any of them is left.
    let left = fs::read_dir(world.folder.path("cache"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["botocore-1.2.3"]);
}

#[test]
fn a_version_of_botocore_is_a_side_with_the_corrections_that_fit() {
    use smithereen_codegen::Side;
    let world = World::vendored(versions());
    let patch = |member: &str| {
        format!(
            "[[patch]]\nshape = \"GreetOutput\"\nmember = \"{member}\"\naction = \"required\"\nreason = \"r\"\nlink = \"l\"\n"
        )
    };
    world.folder.put(
        "models/parrots/patches.toml",
        &(patch("Mood") + &patch("Song")),
    );
    // An unpacked sdist, which is what a version of botocore is read from.
    let side = Side::Folder(world.folder.path("cache/botocore-1.2.3"));
    let models = side
        .models(
            &world.folder.path("codegen.toml"),
            smithereen_codegen::Choice::Manifest,
        )
        .unwrap();
    let patches = models[0].patches().unwrap();
    assert_eq!(
        patches
            .iter()
            .map(|patch| patch.subject.as_str())
            .collect::<Vec<_>>(),
        ["GreetOutput.Mood"]
    );
}

#[test]
fn two_versions_of_botocore_are_fetched_to_be_compared() {
    let world = World::vendored(versions());
    let run = world.command(&["diff", "1.2.3", "1.3.0", "--fail-on", "additive"]);
    assert_eq!(run.code, Some(1), "{}", run.text());
    assert!(
        run.out.contains("GreetOutput.Song member-added"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("botocore-1.3.0/parrots/2020-01-01/service-2.json")
    );
    let other = world.command(&["diff", "botocore:1.3.0", "work-tree"]);
    assert!(
        other.out.contains("GreetOutput.Song member-removed"),
        "{}",
        other.out
    );
    world.offline();
    let run = world.command(&["diff", "1.2.3", "9.9.9"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("pip cannot download botocore 9.9.9"),
        "{}",
        run.err
    );
}

#[test]
fn help() {
    let world = World::new(Vec::new());
    for command in ["status", "update", "add", "remove", "verify", "fetch"] {
        let run = world.run(&[command, "--help"]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.contains("Exit codes"), "{command}: {}", run.out);
    }
    assert_snapshot!(world.run(&["update", "--help"]).text(), @r"
    Vendor another version of botocore's models, for all services at once.

    Everything is read and checked before the first file is written, and either all of it is written or
    nothing. Corrections in `patches.toml` stay, and have to fit the new models.

    Usage: cargo xtask models update [OPTIONS]

    Options:
          --botocore <VERSION>
              The version; the newest, if left out

          --from <PATH>
              An sdist of botocore on disk: the archive, or the folder that it was unpacked into

          --dry-run
              Say what would change, and write nothing

          --manifest-path <PATH>
              The manifest. Paths in it are relative to its folder.
              
              Without this, the `codegen.toml` of the current folder or the nearest one above.

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      cargo xtask models update                         to the newest
      cargo xtask models update --botocore 1.44.5       to this one, older or newer
      cargo xtask models update --from ../botocore-1.44.5.tar.gz
                                                        from an sdist that is here, packed or unpacked
      cargo xtask models update --dry-run               say what would change

    Then `cargo xtask codegen` brings the change into the client.
    Exit codes: 0 fine, also if nothing is new, 2 an error; then all is as it was.
    [0]
    ");
}
