//! What two can be compared, and how somebody says which.

use crate::support::{Folder, MANIFEST, parrots};
use smithereen_codegen::{Choice, Side};

/// The names of services, and the files of their models, without the folder of the test.
fn models(folder: &Folder, side: &Side, choice: Choice) -> Vec<String> {
    let models = side.models(&folder.path("codegen.toml"), choice).unwrap();
    let root = format!("{}/", folder.root().display());
    let file = |model: &smithereen_codegen::Model| model.file().display().to_string();
    models
        .iter()
        .map(|model| format!("{} {}", model.name(), file(model).replace(&root, "")))
        .collect()
}

fn error(folder: &Folder, side: &Side) -> String {
    let models = side.models(&folder.path("codegen.toml"), Choice::Manifest);
    let text = models.unwrap_err().to_string();
    text.replace(&folder.root().display().to_string(), "$FOLDER")
}

#[test]
fn the_work_tree_is_what_is_on_disk() {
    let folder = Folder::project();
    let found = models(&folder, &Side::work_tree(), Choice::Manifest);
    assert_eq!(found, ["parrots models/parrots/2020-01-01/service-2.json"]);
}

#[test]
fn a_revision_is_read_from_git_and_not_from_disk() {
    let folder = Folder::project();
    folder.git(&["init", "--quiet"]);
    folder.commit("One mood");
    let model = "models/parrots/2020-01-01/service-2.json";
    folder.put(model, &parrots(&["Mood", "Song"]));
    folder.commit("Songs");
    std::fs::remove_dir_all(folder.path("models")).unwrap();

    let contents = |revision: &str| {
        let side = Side::parse(revision).unwrap();
        let models = side.models(&folder.path("codegen.toml"), Choice::Manifest);
        let models = models.unwrap();
        let [model] = models.as_slice() else {
            panic!("{models:?}");
        };
        let json = String::from_utf8(model.json().to_vec()).unwrap();
        (model.file().display().to_string(), json)
    };
    assert_eq!(
        contents("HEAD"),
        (format!("HEAD:{model}"), parrots(&["Mood", "Song"]))
    );
    assert_eq!(
        contents("HEAD~1"),
        (format!("HEAD~1:{model}"), parrots(&["Mood"]))
    );
}

#[test]
fn a_revision_of_a_project_below_the_root_of_its_repository() {
    let folder = Folder::new();
    folder.put("birds/codegen.toml", MANIFEST);
    folder.put(
        "birds/models/parrots/2020-01-01/service-2.json",
        &parrots(&["Mood"]),
    );
    folder.put("models/parrots/2020-01-01/service-2.json", "not this one");
    folder.git(&["init", "--quiet"]);
    folder.commit("Birds");
    let side = Side::parse("git:HEAD").unwrap();
    let models = side
        .models(&folder.path("birds/codegen.toml"), Choice::All)
        .unwrap();
    let files: Vec<_> = models.iter().map(|model| model.file().to_owned()).collect();
    let expected = "HEAD:birds/models/parrots/2020-01-01/service-2.json";
    assert_eq!(files, [std::path::PathBuf::from(expected)]);
}

#[test]
fn a_revision_that_is_not_there() {
    let folder = Folder::project();
    folder.git(&["init", "--quiet"]);
    folder.commit("One mood");
    let side = Side::parse("no-such-branch").unwrap();
    insta::assert_snapshot!(error(&folder, &side), @r"
    error: there is no git revision `no-such-branch` here
      help: `git log --oneline` shows them
    ");
    // It looks like an option of git, and is none.
    let side = Side::parse("--help").unwrap();
    insta::assert_snapshot!(error(&folder, &side), @r"
    error: there is no git revision `--help` here
      help: `git log --oneline` shows them
    ");
}

#[test]
fn the_choice_of_services_and_their_operations() {
    let folder = Folder::project();
    let owls = parrots(&["Mood"]).replace("Parrots", "Owls");
    folder.put("models/owls/2020-01-01/service-2.json", &owls);
    let side = Side::work_tree();
    let all =
        ["owls", "parrots"].map(|name| format!("{name} models/{name}/2020-01-01/service-2.json"));
    assert_eq!(models(&folder, &side, Choice::ManifestServices), all[1..]);
    assert_eq!(models(&folder, &side, Choice::All), all);
    let named = Choice::Services(vec!["owls".to_owned(), "eagles".to_owned()]);
    assert_eq!(models(&folder, &side, named), all[..1]);
}

#[test]
fn the_newest_version_of_an_api_unless_the_manifest_chooses() {
    let folder = Folder::project();
    folder.put("models/parrots/2021-01-01/service-2.json", &parrots(&[]));
    let side = Side::work_tree();
    let newest = ["parrots models/parrots/2021-01-01/service-2.json"];
    assert_eq!(models(&folder, &side, Choice::Manifest), newest);
    folder.put(
        "codegen.toml",
        &format!("{MANIFEST}version = \"2020-01-01\"\n"),
    );
    let chosen = ["parrots models/parrots/2020-01-01/service-2.json"];
    assert_eq!(models(&folder, &side, Choice::Manifest), chosen);
    assert_eq!(models(&folder, &side, Choice::All), chosen);
}

#[test]
fn an_unpacked_sdist_and_the_folders_in_it_are_botocore() {
    let folder = Folder::project();
    folder.put("sdist/PKG-INFO", "Name: botocore\nVersion: 1.2.3\n");
    folder.put("sdist/botocore/data/endpoints.json", "{}");
    let model = "sdist/botocore/data/parrots/2020-01-01/service-2.json";
    folder.put(model, &parrots(&["Mood"]));
    for path in ["sdist", "sdist/botocore", "sdist/botocore/data"] {
        let side = Side::parse(&folder.path(path).display().to_string()).unwrap();
        assert_eq!(side, Side::Folder(folder.path(path)));
        assert_eq!(
            models(&folder, &side, Choice::All),
            [format!("parrots {model}")]
        );
    }
}

#[test]
fn a_folder_without_models() {
    let folder = Folder::project();
    let side = Side::Folder(folder.root().to_owned());
    insta::assert_snapshot!(error(&folder, &side), @r"
    error: there is no model in the folder
      --> $FOLDER
      help: did you mean `$FOLDER/models`?
    ");
    insta::assert_snapshot!(error(&folder, &Side::Folder(folder.path("aviary"))), @r"
    error: there is no such folder
      --> $FOLDER/aviary
      help: write a folder, a version of botocore like 1.44.5, a git revision, or `work-tree`; `path:`, `botocore:` and `git:` before it insist on one kind
    ");
}

#[test]
fn what_names_no_models() {
    for text in ["", "git:", "botocore:", "path:"] {
        let error = Side::parse(text).unwrap_err().to_string();
        assert!(
            error.contains(&format!("`{text}` names no models")),
            "{error}"
        );
    }
    insta::assert_snapshot!(Side::parse("botocore:newest").unwrap_err(), @r"
    error: `newest` is no version of botocore
      help: they are like 1.44.5
    ");
}
