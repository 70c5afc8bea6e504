//! Corrections to models: what each does, and that it is an error when it no longer applies.

use smithereen_codegen::{Generator, Model, Operations};

const MODEL: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "parrots", "protocol": "rest-json",
    "serviceFullName": "Parrots", "serviceId": "Parrots", "signatureVersion": "v4"
  },
  "operations": {
    "Greet": {
      "name": "Greet", "http": {"method": "POST", "requestUri": "/parrots/{Name}"},
      "input": {"shape": "GreetInput"}, "output": {"shape": "GreetOutput"},
      "errors": [{"shape": "Asleep"}],
      "documentation": "<p>Says helo.</p>"
    }
  },
  "shapes": {
    "Asleep": {
      "type": "structure", "exception": true, "error": {"code": "Sleeping", "httpStatusCode": 409},
      "members": {"Message": {"shape": "Text"}}
    },
    "Moulting": {"type": "structure", "exception": true, "members": {}},
    "GreetInput": {
      "type": "structure", "required": ["Name"],
      "members": {
        "Name": {"shape": "Text", "location": "uri", "locationName": "Name"},
        "Token": {"shape": "Text"},
        "Accept": {"shape": "Text", "location": "header", "locationName": "X-Acept"}
      }
    },
    "GreetOutput": {
      "type": "structure",
      "members": {
        "Mood": {"shape": "Mood"}, "Seen": {"shape": "Moment"}, "Weight": {"shape": "Grams"},
        "Names": {"shape": "Names"}, "Song": {"shape": "Text", "locationName": "Sogn"}
      }
    },
    "Grams": {"type": "integer"},
    "Moment": {"type": "timestamp"},
    "Mood": {"type": "string", "enum": ["HAPPY", "SULKY"]},
    "Names": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Text"}},
    "Key": {"type": "string"},
    "Text": {"type": "string"}
  }
}"#;

fn model(patches: &str) -> Model {
    let model = Model::new("parrots", MODEL, Operations::All);
    let whole = patches
        .split("---")
        .map(str::trim)
        .filter(|patch| !patch.is_empty());
    let whole = whole.map(|patch| format!("[[patch]]\nreason = 'R'\nlink = 'L'\n{patch}\n"));
    model.with_patches(&whole.collect::<String>())
}

fn generated(patches: &str, file: &str) -> String {
    let generator = Generator::new("aviary").model(model(patches));
    let generated = generator.generate().unwrap();
    let file = format!("parrots/{file}");
    generated
        .tree()
        .get(&file)
        .unwrap_or_else(|| panic!("no {file}"))
        .to_owned()
}

/// The correction puts this into the file, which the model alone does not.
#[track_caller]
fn brings(patch: &str, file: &str, text: &str) {
    let (before, after) = (generated("", file), generated(patch, file));
    assert!(!before.contains(text), "{text} is there without the patch");
    assert!(after.contains(text), "{text} is not in\n{after}");
}

/// The correction takes this out of the file.
#[track_caller]
fn takes(patch: &str, file: &str, text: &str) {
    let (before, after) = (generated("", file), generated(patch, file));
    assert!(
        before.contains(text),
        "{text} is not there without the patch"
    );
    assert!(!after.contains(text), "{text} is still in\n{after}");
}

const GREET: &str = "operation/greet.rs";

#[test]
fn required_and_optional() {
    let name = "shape = 'GreetInput'\nmember = 'Name'\naction = 'optional'";
    let token = "shape = 'GreetInput'\nmember = 'Token'\naction = 'required'";
    takes(name, GREET, "rt::member(\"Name\").label().required()");
    brings(token, GREET, "rt::member(\"Token\").required()");
}

#[test]
fn the_shape_of_a_member() {
    let patch =
        "shape = 'GreetOutput'\nmember = 'Weight'\naction = { target = 'Text' }\nexpect = 'Grams'";
    brings(patch, GREET, "pub weight: Option<String>");
}

#[test]
fn the_type_of_a_shape() {
    let patch = "shape = 'Grams'\naction = { type = 'long' }\nexpect = 'integer'";
    brings(patch, GREET, "pub weight: Option<i64>");
    let patch = "shape = 'Moment'\naction = { type = 'string' }\nexpect = 'timestamp'";
    brings(patch, GREET, "pub seen: Option<String>");
}

#[test]
fn a_name_on_the_wire() {
    let song =
        "shape = 'GreetOutput'\nmember = 'Song'\naction = { wire-name = 'Song' }\nexpect = 'Sogn'";
    takes(song, GREET, "Sogn");
    let header = "shape = 'GreetInput'\nmember = 'Accept'\naction = { wire-name = 'X-Accept' }\nexpect = 'X-Acept'";
    brings(header, GREET, "\"X-Accept\"");
}

#[test]
fn the_format_of_a_timestamp() {
    let patch = "shape = 'GreetOutput'\nmember = 'Seen'\naction = { timestamp-format = 'rfc822' }";
    brings(patch, GREET, "HttpDate");
}

#[test]
fn an_idempotency_token() {
    let patch = "shape = 'GreetInput'\nmember = 'Token'\naction = { idempotency-token = true }";
    brings(patch, GREET, "idempotency_token()");
}

#[test]
fn what_is_sensitive() {
    let patch = "shape = 'Text'\naction = { sensitive = true }";
    brings(patch, GREET, "sensitive()");
}

#[test]
fn the_values_of_an_enum() {
    let mood = "types/mood.rs";
    brings(
        "shape = 'Mood'\naction = { add-value = 'ASLEEP' }",
        mood,
        "Asleep",
    );
    takes(
        "shape = 'Mood'\naction = { remove-value = 'SULKY' }",
        mood,
        "Sulky",
    );
}

#[test]
fn a_member_that_the_model_lacks() {
    let patch =
        "shape = 'GreetOutput'\naction = { add-member = { name = 'Age', target = 'Grams' } }";
    brings(patch, GREET, "pub age: Option<i32>");
}

#[test]
fn the_code_of_an_error() {
    let patch = "shape = 'Asleep'\naction = { error-code = 'Napping' }\nexpect = 'Sleeping'";
    brings(patch, "types/error/asleep.rs", "Napping");
}

#[test]
fn the_errors_of_an_operation() {
    brings(
        "operation = 'Greet'\naction = { add-error = 'Moulting' }",
        GREET,
        "Moulting",
    );
    takes(
        "operation = 'Greet'\naction = { remove-error = 'Asleep' }",
        GREET,
        "Asleep",
    );
}

#[test]
fn the_method_and_the_uri_of_an_operation() {
    let patch = "operation = 'Greet'\naction = { method = 'PUT' }\nexpect = 'POST'";
    brings(patch, GREET, "\"PUT\"");
    let patch = "operation = 'Greet'\naction = { uri = '/v2/{Name}' }\nexpect = '/parrots/{Name}'";
    brings(patch, GREET, "/v2/{Name}");
}

#[test]
fn words_of_the_documentation() {
    let patch = "operation = 'Greet'\naction = { docs = 'hello' }\nexpect = 'helo'";
    brings(patch, GREET, "Says hello.");
    let patch = "shape = 'GreetInput'\nmember = 'Name'\naction = { docs = '<p>Whom.</p>' }";
    brings(patch, GREET, "Whom.");
}

/// What is wrong with each of these patches, which all of them are.
fn messages(patches: &str) -> String {
    let error = Generator::new("aviary")
        .model(model(patches))
        .generate()
        .unwrap_err();
    let messages = error.to_string();
    let messages = messages.lines().filter(|line| !line.starts_with("  -->"));
    let lines: Vec<_> = messages.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[test]
fn a_patch_that_does_not_find_what_it_expects() {
    insta::assert_snapshot!(messages(
        "shape = 'GreetOutput'\nmember = 'Weight'\naction = { target = 'Text' }\nexpect = 'Ounces'
        ---
        shape = 'Grams'\naction = { type = 'long' }\nexpect = 'short'
        ---
        shape = 'GreetOutput'\nmember = 'Song'\naction = { wire-name = 'Song' }
        ---
        shape = 'GreetOutput'\nmember = 'Seen'\naction = { timestamp-format = 'rfc822' }\nexpect = 'iso8601'
        ---
        shape = 'Asleep'\naction = { error-code = 'Napping' }\nexpect = 'Dozing'
        ---
        operation = 'Greet'\naction = { method = 'PUT' }\nexpect = 'GET'
        ---
        operation = 'Greet'\naction = { docs = 'hello' }\nexpect = 'helllo'
        ---
        operation = 'Greet'\naction = { docs = 'hello' }"
    ), @r"
    error: this patch no longer applies: the shape of `Weight` is `Grams`, and `Ounces` was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the type of `Grams` is `integer`, and `short` was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the name of `Song` on the wire is `Sogn`, and nothing was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the format of `Seen` is nothing, and `iso8601` was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the code of `Asleep` is `Sleeping`, and `Dozing` was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the method of `Greet` is `POST`, and `GET` was expected
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the documentation does not say `helllo`
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: there is documentation, and none was expected
      help: if AWS has mended the model, remove the patch
    ");
}

#[test]
fn a_patch_whose_wish_has_come_true() {
    insta::assert_snapshot!(messages(
        "shape = 'GreetOutput'\nmember = 'Weight'\naction = { target = 'Grams' }\nexpect = 'Ounces'
        ---
        shape = 'GreetInput'\nmember = 'Name'\naction = 'required'
        ---
        shape = 'GreetInput'\nmember = 'Token'\naction = 'optional'
        ---
        shape = 'GreetInput'\nmember = 'Token'\naction = { idempotency-token = false }
        ---
        shape = 'Text'\naction = { sensitive = false }
        ---
        shape = 'Mood'\naction = { add-value = 'HAPPY' }
        ---
        shape = 'Mood'\naction = { remove-value = 'SULKKY' }
        ---
        shape = 'GreetOutput'\naction = { add-member = { name = 'Mood', target = 'Text' } }
        ---
        operation = 'Greet'\naction = { add-error = 'Asleep' }
        ---
        operation = 'Greet'\naction = { remove-error = 'Moulting' }
        ---
        operation = 'Greet'\naction = { uri = '/parrots/{Name}' }\nexpect = '/x'"
    ), @r"
    error: this patch no longer applies: the shape of `Weight` is `Grams` already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Name` is required already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Token` is not required
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Token` is no idempotency token already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Text` is not sensitive already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Mood` has the value `HAPPY` already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Mood` has no value `SULKKY`
      help: did you mean `SULKY`?
    error: this patch no longer applies: `GreetOutput` has the member `Mood` already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Greet` answers with `Asleep` already
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Greet` does not answer with `Moulting`
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the URI of `Greet` is `/parrots/{Name}` already
      help: if AWS has mended the model, remove the patch
    ");
}

#[test]
fn a_patch_that_would_leave_a_model_that_cannot_be() {
    insta::assert_snapshot!(messages(
        "shape = 'Key'\naction = { type = 'long' }\nexpect = 'string'
        ---
        shape = 'GreetInput'\nmember = 'Name'\naction = { target = 'Names' }\nexpect = 'Text'
        ---
        shape = 'GreetOutput'\nmember = 'Weight'\naction = { timestamp-format = 'rfc822' }
        ---
        shape = 'GreetOutput'\nmember = 'Weight'\naction = { idempotency-token = true }
        ---
        shape = 'GreetInput'\nmember = 'Name'\naction = { wire-name = 'Nme' }\nexpect = 'Name'
        ---
        operation = 'Greet'\naction = { uri = '/v2/{Nmae}' }\nexpect = '/parrots/{Name}'
        ---
        operation = 'Greet'\naction = { method = 'put' }\nexpect = 'POST'
        ---
        operation = 'Greet'\naction = { add-error = 'Molting' }
        ---
        shape = 'GreetOutput'\naction = { add-member = { name = 'Age', target = 'Gram' } }"
    ), @r"
    error: this patch no longer applies: `Key` is the key of a map, which is a string
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Name` is in no body, where `Names` would have to be
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Weight` is no timestamp
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Weight` is no string, which a token is
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `Name` has no name on the wire
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: the labels of `/v2/{Nmae}` are `Nmae`, and those of the input `Name`
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: `put` is no HTTP method
      help: if AWS has mended the model, remove the patch
    error: this patch no longer applies: there is no error `Molting`
      help: did you mean `Moulting`?
    error: this patch no longer applies: there is no shape `Gram`
      help: did you mean `Grams`?
    ");
}

#[test]
fn a_patch_that_makes_no_sense() {
    insta::assert_snapshot!(messages(
        "shape = 'Grams'\naction = 'optional'
        ---
        operation = 'Greet'\nshape = 'Grams'\naction = { type = 'long' }\nexpect = 'integer'
        ---
        operation = 'Greet'\nmember = 'Name'\naction = { docs = 'x' }
        ---
        operation = 'Greet'\naction = { sensitive = true }
        ---
        shape = 'Mood'\nvalue = 'HAPPY'\naction = { add-value = 'GLAD' }
        ---
        shape = 'Text'\naction = { sensitive = true }\nexpect = 'false'
        ---
        operation = 'Gret'\naction = { docs = 'x' }"
    ), @r"
    error: `optional` goes with a member
    error: a patch has a shape, with a member or value of it, or an operation
    error: a patch has a shape, with a member or value of it, or an operation
    error: `sensitive` goes with a shape
    error: `add-value` goes with a shape
    error: `sensitive` says by itself what it expects
    error: this patch no longer applies: there is no operation `Gret`
      help: did you mean `Greet`?
    ");
    insta::assert_snapshot!(messages("shape = 'Grams'\naction = { typo = 'long' }"), @r"
    error: unknown variant `typo`, expected one of `rename`, `docs`, `optional`, `required`, `target`, `wire-name`, `timestamp-format`, `idempotency-token`, `type`, `sensitive`, `add-value`, `remove-value`, `add-member`, `error-code`, `uri`, `method`, `add-error`, `remove-error`
      help: a patch has a shape, a member or value, or an operation, and an action, a reason and a link: docs/patches.md has them all
    ");
}

#[test]
fn what_is_in_force() {
    let model = model(
        "shape = 'Grams'\naction = { type = 'long' }\nexpect = 'integer'
        ---
        shape = 'GreetInput'\nmember = 'Name'\naction = 'optional'
        ---
        operation = 'Greet'\naction = { add-error = 'Moulting' }",
    );
    let patches = model.patches().unwrap();
    let lines = patches.iter().map(|patch| {
        let (file, line) = (patch.file.display(), patch.position.line);
        let (subject, action) = (&patch.subject, &patch.action);
        format!(
            "{file}:{line} {subject}: {action}, {} {}",
            patch.reason, patch.link
        )
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    parrots.patches.toml:1 Grams: type integer -> long, R L
    parrots.patches.toml:7 GreetInput.Name: optional, R L
    parrots.patches.toml:13 Greet: add-error Moulting, R L
    ");
}
