//! The closure as a picture: what is shown, what is marked, and that nothing of a model becomes
//! markup.

// What tests may do, their helpers may do too.
#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use smithereen_codegen::graph::{Format, Graph, Members, Picture};
use smithereen_codegen::{Model, Named, Operations, Side};
use std::fs;
use std::path::{Path, PathBuf};

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn library() -> Value {
    let text = fs::read(path("fixtures/graph/library.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn model(json: &Value) -> Model {
    Model::new("library", json.to_string(), Operations::All)
}

fn named(names: &[&str]) -> Operations {
    Operations::Named(names.iter().map(|name| Named::from(*name)).collect())
}

fn books() -> Operations {
    named(&["GetBook", "PutBook"])
}

fn graph(json: &Value, operations: &Operations) -> Graph {
    Graph::new(&model(json), operations).unwrap()
}

fn text(graph: &Graph, format: Format) -> String {
    graph.picture(format, None).text
}

/// All of AWS Backup: 115 operations.
fn backup() -> Model {
    let side = Side::work_tree();
    side.model(&path("../codegen.toml"), "backup").unwrap()
}

#[test]
fn mermaid_has_boxes_with_members_and_edges_with_the_members_that_lead_on() {
    let text = text(&graph(&library(), &books()), Format::Mermaid);
    assert_snapshot!(text, @r##"
    %%{init: {"flowchart": {"wrappingWidth": 600}}}%%
    flowchart LR
      op_GetBook[["<b>GetBook</b>"]]:::operation
      op_PutBook[["<b>PutBook</b>"]]:::operation
      s_Book["<b>Book</b><br/>Title: string<br/>Tags: map#60;string, string#62;<br/>Printed: timestamp"]:::structure
      s_Cover["<b>union Cover</b><br/>Plain: string<br/>Drawn: blob"]:::union
      s_Genre("<b>enum Genre</b><br/>NOVEL<br/>POEM"):::enum
      s_GetBookInput["<b>GetBookInput</b><br/>Id: string (required)"]:::structure
      s_Note["<b>Note</b><br/>Text: string"]:::structure
      s_Reason("<b>enum Reason</b><br/>NIGHT<br/>HOLIDAY"):::enum
      errors["<b>2 errors</b><br/>Busy<br/>NoSuchBook"]:::error
      op_GetBook -->|"output"| s_Book
      op_GetBook -->|"input"| s_GetBookInput
      op_GetBook -->|"2 errors"| errors
      op_PutBook -->|"input"| s_Book
      op_PutBook -->|"1 error"| errors
      s_Book -->|"Sequels: list"| s_Book
      s_Book -->|"Cover"| s_Cover
      s_Book -->|"Genre"| s_Genre
      s_Book -->|"Notes: list"| s_Note
      s_Note -->|"On"| s_Book
      errors -->|"Reason"| s_Reason
      classDef operation stroke:#1f6feb,stroke-width:2px,text-align:left
      classDef structure stroke:#8b949e,text-align:left
      classDef union stroke:#8957e5,text-align:left
      classDef enum stroke:#1a7f78,text-align:left
      classDef error stroke:#bc4c00,text-align:left
    "##);
}

#[test]
fn dot_has_tables_whose_rows_are_ports() {
    let text = text(&graph(&library(), &named(&["PutBook"])), Format::Dot);
    assert_snapshot!(text, @r##"
    digraph "library: PutBook" {
      rankdir=LR
      graph [nodesep=0.2, ranksep=0.8]
      node [shape=plain, fontname="Helvetica,Arial,sans-serif", fontsize=10]
      edge [color="#8b949e", arrowsize=0.6]
      op_PutBook [tooltip="", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#cfe2ff"><b>PutBook</b></td></tr><tr><td align="left" port="r0">input: Book</td></tr><tr><td align="left" port="r1">1 error</td></tr></table>>]
      s_Book [tooltip="structure: A book &amp; its parts.", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#eaeef2"><b>Book</b></td></tr><tr><td align="left" port="r0">Title: string</td></tr><tr><td align="left" port="r1">Genre: Genre</td></tr><tr><td align="left" port="r2">Sequels: list&lt;Book&gt;</td></tr><tr><td align="left" port="r3">Notes: list&lt;Note&gt;</td></tr><tr><td align="left" port="r4">Tags: map&lt;string, string&gt;</td></tr><tr><td align="left" port="r5">Cover: Cover</td></tr><tr><td align="left" port="r6">Printed: timestamp</td></tr></table>>]
      s_Cover [tooltip="union", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#e5dbff"><b>union Cover</b></td></tr><tr><td align="left" port="r0">Plain: string</td></tr><tr><td align="left" port="r1">Drawn: blob</td></tr></table>>]
      s_Genre [tooltip="enum", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#d3f5ee"><b>enum Genre</b></td></tr><tr><td align="left" port="r0">NOVEL</td></tr><tr><td align="left" port="r1">POEM</td></tr></table>>]
      s_Note [tooltip="structure", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#eaeef2"><b>Note</b></td></tr><tr><td align="left" port="r0">Text: string</td></tr><tr><td align="left" port="r1">On: Book</td></tr></table>>]
      s_Reason [tooltip="enum", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#d3f5ee"><b>enum Reason</b></td></tr><tr><td align="left" port="r0">NIGHT</td></tr><tr><td align="left" port="r1">HOLIDAY</td></tr></table>>]
      errors [tooltip="", label=<<table border="1" cellborder="0" cellspacing="0" color="#6e7781" bgcolor="white"><tr><td port="t" bgcolor="#ffe3cc"><b>1 error</b></td></tr><tr><td align="left" port="r0">Busy</td></tr><tr><td align="left" port="r1">&#160;&#160;Reason: Reason</td></tr></table>>]
      op_PutBook:r0:e -> s_Book:t:w
      op_PutBook:r1:e -> errors:t:w
      s_Book:r1:e -> s_Genre:t:w
      s_Book:r2:e -> s_Book:t:w
      s_Book:r3:e -> s_Note:t:w
      s_Book:r5:e -> s_Cover:t:w
      s_Note:r1:e -> s_Book:t:w
      errors:r1:e -> s_Reason:t:w
    }
    "##);
}

/// Texts, tooltips of boxes and of lines, in the order of the file.
fn told(svg: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let mut lines = Vec::new();
    let tooltip = |node: Node| {
        let title = node.children().find(|child| child.has_tag_name("title"));
        title.and_then(|title| Some(title.text()?.to_owned()))
    };
    for node in document.descendants() {
        match node.tag_name().name() {
            "text" => lines.push(node.text().unwrap_or_default().to_owned()),
            "g" => lines.extend(tooltip(node).map(|tip| format!("[{tip}]"))),
            "path" => lines.extend(tooltip(node)),
            _ => {}
        }
    }
    lines.join("\n")
}

#[test]
fn svg_tells_members_and_the_first_sentence_of_the_docs() {
    let text = text(&graph(&library(), &named(&["GetBook"])), Format::Svg);
    assert_snapshot!(told(&text), @r##"
    library: GetBook
    operation
    structure
    union
    enum
    error
    GetBook.input → GetBookInput
    GetBook.output → Book
    GetBook.2 errors → 2 errors
    Book.Genre → Genre
    Book.Sequels: list → Book
    Book.Notes: list → Note
    Book.Cover → Cover
    Note.On → Book
    2 errors.Reason → Reason
    [GetBook – Gets a Book.]
    GetBook
    input: GetBookInput
    output: Book
    2 errors
    [Book – structure: A book & its parts.]
    Book
    Title: string
    Genre: Genre
    Sequels: list<Book>
    Notes: list<Note>
    Tags: map<string, string>
    Cover: Cover
    Printed: timestamp
    [Cover – union]
    Cover
    Plain: string
    Drawn: blob
    [Genre – enum]
    Genre
    NOVEL
    POEM
    [GetBookInput – structure]
    GetBookInput
    Id: string (required)
    [Note – structure]
    Note
    Text: string
    On: Book
    [Reason – enum]
    Reason
    NIGHT
    HOLIDAY
    [2 errors]
    2 errors
    Busy
      Reason: Reason
    NoSuchBook
    "##);
}

#[test]
fn svg_looks_otherwise_on_a_dark_background() {
    let text = text(&graph(&library(), &books()), Format::Svg);
    assert!(text.contains("@media (prefers-color-scheme:dark)"));
    assert!(!text.contains("@import") && !text.contains("url("));
}

#[test]
fn changes_are_marked() {
    let (old, new) = (library(), changed());
    let graph = Graph::compare(&model(&old), &model(&new), &books()).unwrap();
    assert_snapshot!(text(&graph, Format::Mermaid), @r##"
    %%{init: {"flowchart": {"wrappingWidth": 600}}}%%
    flowchart LR
      op_GetBook[["~ <b>GetBook</b><br/>− error: Busy"]]:::changed
      op_PutBook[["<b>PutBook</b>"]]:::operation
      s_Book["~ <b>Book</b><br/>Title: string<br/>Tags: map#60;string, string#62;<br/>~ Printed: string (was timestamp)"]:::changed
      s_Cover["<b>union Cover</b><br/>Plain: string<br/>Drawn: blob"]:::union
      s_Genre("~ <b>enum Genre</b><br/>POEM<br/>NOVEL<br/>+ ESSAY"):::changed
      s_GetBookInput["<b>GetBookInput</b><br/>Id: string (required)"]:::structure
      s_Note["− <b>Note</b><br/>Text: string"]:::removed
      s_Reason("<b>enum Reason</b><br/>NIGHT<br/>HOLIDAY"):::enum
      s_Shelf["+ <b>Shelf</b><br/>Row: string"]:::added
      errors["<b>2 errors</b><br/>~ Busy<br/>+ #160;#160;Until: timestamp<br/>NoSuchBook"]:::error
      op_GetBook -->|"output"| s_Book
      op_GetBook -->|"input"| s_GetBookInput
      op_GetBook -->|"1 error"| errors
      op_PutBook -->|"input"| s_Book
      op_PutBook -->|"1 error"| errors
      s_Book -->|"Sequels: list"| s_Book
      s_Book -->|"Cover"| s_Cover
      s_Book -->|"Genre"| s_Genre
      s_Book -.->|"− Notes: list"| s_Note
      s_Book ==>|"+ Shelf"| s_Shelf
      s_Note -->|"On"| s_Book
      errors -->|"Reason"| s_Reason
      classDef operation stroke:#1f6feb,stroke-width:2px,text-align:left
      classDef structure stroke:#8b949e,text-align:left
      classDef union stroke:#8957e5,text-align:left
      classDef enum stroke:#1a7f78,text-align:left
      classDef error stroke:#bc4c00,text-align:left
      classDef added stroke:#2da44e,stroke-width:4px,text-align:left
      classDef removed stroke:#cf222e,stroke-width:4px,text-align:left,stroke-dasharray:6 4
      classDef changed stroke:#d4a72c,stroke-width:4px,text-align:left
    "##);
    assert_eq!(graph.changes(), 6);
    let svg = graph.picture(Format::Svg, None).text;
    for class in [
        "box added",
        "box removed",
        "box changed",
        "l added",
        "l removed",
    ] {
        assert!(svg.contains(&format!("class=\"{class}\"")), "{class}");
    }
}

/// The library with something of everything changed.
fn changed() -> Value {
    let mut json = library();
    let shapes = &mut json["shapes"];
    let book = shapes["Book"]["members"].as_object_mut().unwrap();
    book.shift_remove("Notes");
    book["Printed"] = json!({ "shape": "Text" });
    book.insert("Shelf".to_owned(), json!({ "shape": "Shelf" }));
    shapes["Shelf"] = json!({ "type": "structure", "members": { "Row": { "shape": "Text" } } });
    shapes["Genre"]["enum"] = json!(["POEM", "NOVEL", "ESSAY"]);
    shapes["Busy"]["members"]["Until"] = json!({ "shape": "Moment" });
    shapes["Cover"]["documentation"] = json!("Only words.");
    json["operations"]["GetBook"]["errors"] = json!([{ "shape": "NoSuchBook" }]);
    json
}

#[test]
fn only_changes_and_the_way_to_them_are_shown_where_that_is_wanted() {
    let (old, mut new) = (library(), library());
    new["shapes"]["Reason"]["enum"] = json!(["NIGHT", "HOLIDAY", "LUNCH"]);
    let graph = Graph::compare(&model(&old), &model(&new), &books()).unwrap();
    let text = graph.only_changed().picture(Format::Mermaid, None).text;
    assert_snapshot!(text, @r##"
    %%{init: {"flowchart": {"wrappingWidth": 600}}}%%
    flowchart LR
      op_GetBook[["<b>GetBook</b>"]]:::operation
      s_Reason("~ <b>enum Reason</b><br/>NIGHT<br/>HOLIDAY<br/>+ LUNCH"):::changed
      errors["<b>1 error</b><br/>Busy"]:::error
      op_GetBook -->|"2 errors"| errors
      errors -->|"Reason"| s_Reason
      classDef operation stroke:#1f6feb,stroke-width:2px,text-align:left
      classDef error stroke:#bc4c00,text-align:left
      classDef changed stroke:#d4a72c,stroke-width:4px,text-align:left
    "##);
}

#[test]
fn documentation_and_order_are_no_change() {
    let (old, mut new) = (library(), library());
    new["shapes"]["Book"]["documentation"] = json!("Other words.");
    let members = new["shapes"]["Book"]["members"].as_object_mut().unwrap();
    let title = members.shift_remove("Title").unwrap();
    members.insert("Title".to_owned(), title);
    let graph = Graph::compare(&model(&old), &model(&new), &books()).unwrap();
    assert_eq!(graph.changes(), 0);
}

#[test]
fn a_limit_of_a_folded_scalar_is_a_change_of_its_members() {
    let (old, mut new) = (library(), library());
    new["shapes"]["Moment"]["timestampFormat"] = json!("iso8601");
    let graph = Graph::compare(&model(&old), &model(&new), &books()).unwrap();
    assert_eq!(graph.changes(), 1);
    assert!(text(&graph, Format::Mermaid).contains("~ Printed: timestamp"));
}

#[test]
fn an_operation_of_one_side_is_added_or_removed() {
    let (mut old, new) = (library(), library());
    old["operations"]
        .as_object_mut()
        .unwrap()
        .shift_remove("PutBook");
    let forth = Graph::compare(&model(&old), &model(&new), &books()).unwrap();
    assert!(text(&forth, Format::Mermaid).contains("+ <b>PutBook</b>"));
    let back = Graph::compare(&model(&new), &model(&old), &books()).unwrap();
    assert!(text(&back, Format::Mermaid).contains("− <b>PutBook</b>"));
}

#[test]
fn an_operation_of_neither_side_is_an_error_with_a_near_miss() {
    let (json, wanted) = (library(), named(&["GetBok", "PutBook"]));
    let one = Graph::new(&model(&json), &wanted).unwrap_err();
    let two = Graph::compare(&model(&json), &model(&json), &wanted).unwrap_err();
    assert_eq!(one.to_string(), two.to_string());
    assert_snapshot!(one, @r##"
    error: no operation `GetBok` in library
      help: did you mean `GetBook`?
    "##);
}

#[test]
fn the_order_of_a_model_does_not_change_a_picture() {
    let json = library();
    let mut turned = json.clone();
    for part in ["operations", "shapes"] {
        let entries = turned[part].as_object().unwrap().clone();
        turned[part] = entries.into_iter().rev().collect();
    }
    for format in [Format::Mermaid, Format::Dot, Format::Svg] {
        let picture = text(&graph(&json, &Operations::All), format);
        assert_eq!(picture, text(&graph(&turned, &Operations::All), format));
        assert_eq!(picture, text(&graph(&json, &Operations::All), format));
    }
}

#[test]
fn an_added_shape_only_adds_lines() {
    let (old, mut new) = (library(), library());
    new["shapes"]["Another"] =
        json!({ "type": "structure", "members": { "Genre": { "shape": "Genre" } } });
    new["shapes"]["Book"]["members"]["Another"] = json!({ "shape": "Another" });
    let old = text(&graph(&old, &books()), Format::Mermaid);
    let new = text(&graph(&new, &books()), Format::Mermaid);
    let mut rest = new.lines();
    for line in old.lines() {
        assert!(rest.any(|other| other == line), "{line}\nis not in\n{new}");
    }
    assert_eq!(new.lines().count(), old.lines().count() + 3);
}

#[test]
fn recursion_ends_in_every_format() {
    let members = json!({
        "Self": { "shape": "Node" }, "Deep": { "shape": "Lists" }, "Keys": { "shape": "Map" }
    });
    let mut json = library();
    json["operations"] = json!({
        "Walk": { "name": "Walk", "http": { "method": "POST", "requestUri": "/" },
                  "input": { "shape": "Node" }, "output": { "shape": "Node" } }
    });
    json["shapes"] = json!({
        "Node": { "type": "structure", "members": members },
        "Lists": { "type": "list", "member": { "shape": "Lists" } },
        "Map": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Other" } },
        "Other": { "type": "structure", "members": { "Back": { "shape": "Node" } } },
        "Text": { "type": "string" }
    });
    let graph = graph(&json, &Operations::All);
    for members in [Members::All, Members::Edges, Members::None] {
        for format in [Format::Mermaid, Format::Dot, Format::Svg] {
            assert!(graph.picture(format, Some(members)).text.contains("Other"));
        }
    }
    let text = text(&graph, Format::Mermaid);
    assert!(text.contains("s_Node -->|\"Self\"| s_Node"), "{text}");
    assert!(text.contains("s_Other -->|\"Back\"| s_Node"), "{text}");
}

/// What would be markup of one of the formats, in names, values and documentation.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"]; click x \"javascript:alert(1)\" %%",
    "end",
    "a\" --> b",
    "`**x**`",
    "#quot;#60;img src=x onerror=alert(1)#62;",
    "&lt;b&gt; ]]> <!-- x -->",
    "%%{init: {}}%%",
    "line\nbreak\r\n  style x fill:#f00",
    "nul\u{0} bell\u{7} \u{fffe}",
    "\\\" \\N \\G <b>",
    "{brace} |pipe| (paren",
];

fn hostile() -> Graph {
    let mut json = library();
    let members: serde_json::Map<String, Value> = HOSTILE
        .iter()
        .map(|name| {
            let docs = format!("About {name}.");
            let value = json!({ "shape": format!("e{name}"), "documentation": docs });
            ((*name).to_owned(), value)
        })
        .collect();
    json["shapes"] = HOSTILE
        .iter()
        .map(|name| {
            (
                format!("e{name}"),
                json!({ "type": "string", "enum": [name] }),
            )
        })
        .collect();
    json["shapes"]["In"] = json!({ "type": "structure", "members": members });
    json["operations"] = HOSTILE
        .iter()
        .map(|name| {
            let http = json!({ "method": "POST", "requestUri": "/" });
            let operation = json!({ "name": name, "http": http, "input": { "shape": "In" } });
            ((*name).to_owned(), operation)
        })
        .collect();
    graph(&json, &Operations::All)
}

#[test]
fn hostile_text_is_no_mermaid() {
    for members in [Members::All, Members::Edges, Members::None] {
        let text = hostile().picture(Format::Mermaid, Some(members)).text;
        for line in text.lines().skip(2) {
            // Quotes come in pairs around a label; in it are only the marks that are made here.
            let mut parts = line.split('"');
            let outside: Vec<&str> = parts.clone().step_by(2).collect();
            assert!(parts.clone().count() % 2 == 1, "{line}");
            for part in outside {
                let known = |c: char| c.is_ascii_alphanumeric() || " _-=>|()[]:,.#".contains(c);
                assert!(part.chars().all(known), "{line}");
            }
            let label = parts.nth(1).unwrap_or_default();
            let label = ["<b>", "</b>", "<i>", "</i>", "<br/>"]
                .iter()
                .fold(label.to_owned(), |label, mark| label.replace(mark, ""));
            assert!(
                !label.contains(['<', '>', '`', '{', '|', '[', '&', '%', '*']),
                "{line}"
            );
        }
    }
}

#[test]
fn hostile_text_is_no_svg() {
    for members in [Members::All, Members::Edges, Members::None] {
        let text = hostile().picture(Format::Svg, Some(members)).text;
        let document = Document::parse(&text).unwrap();
        let known = ["svg", "title", "style", "rect", "g", "path", "text"];
        for element in document.descendants().filter(Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{element:?}");
            let mut attributes = element.attributes();
            assert!(attributes.all(|attribute| !attribute.name().starts_with("on")));
        }
        // And it is there as it was written.
        assert!(told(&text).contains("<script>alert(1)</script>"));
    }
}

#[test]
fn hostile_text_is_no_dot() {
    for members in [Members::All, Members::Edges, Members::None] {
        let text = hostile().picture(Format::Dot, Some(members)).text;
        let mut tables = 0;
        for line in text.lines() {
            // Without what is in tables, quotes come in pairs, but for those that are escaped.
            let (before, table) = match line.split_once("label=<") {
                Some((before, table)) => (before, table.strip_suffix(">]").unwrap()),
                None => (line, "<table/>"),
            };
            let quotes = before.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(quotes.matches('"').count() % 2, 0, "{line}");
            // A single backslash would begin an escape.
            assert!(!table.replace("\\\\", "").contains('\\'), "{line}");
            let table = Document::parse(table).unwrap();
            let known = ["table", "tr", "td", "b", "i", "font"];
            for element in table.descendants().filter(Node::is_element) {
                assert!(known.contains(&element.tag_name().name()), "{line}");
            }
            tables += usize::from(line.contains("label=<"));
        }
        assert_eq!(tables, 2 * HOSTILE.len() + 1);
    }
}

/// Operations with structures of their own, and one that all share.
fn large(operations: usize) -> Value {
    let mut json = library();
    let operation = |index: usize| {
        let http = json!({ "method": "POST", "requestUri": "/" });
        let name = format!("Do{index}");
        let input = json!({ "shape": format!("In{index}") });
        (
            name.clone(),
            json!({ "name": name, "http": http, "input": input }),
        )
    };
    let shape = |index: usize| {
        let members = json!({ "Shared": { "shape": "Shared" }, "Text": { "shape": "Text" } });
        (
            format!("In{index}"),
            json!({ "type": "structure", "members": members }),
        )
    };
    json["operations"] = (0..operations).map(operation).collect();
    json["shapes"] = (0..operations).map(shape).collect();
    json["shapes"]["Text"] = json!({ "type": "string" });
    json["shapes"]["Shared"] = json!({ "type": "structure", "members": {} });
    json
}

#[test]
fn what_is_shown_follows_the_size() {
    let shown = |operations| {
        let graph = graph(&large(operations), &Operations::All);
        graph.picture(Format::Mermaid, None)
    };
    let facts = |picture: Picture| (picture.members, picture.boxes, picture.links);
    assert_eq!(facts(shown(12)), (Members::All, 25, 24));
    assert_eq!(facts(shown(50)), (Members::Edges, 51, 50));
    assert_eq!(facts(shown(125)), (Members::None, 126, 125));
    assert_eq!(shown(125).too_large, None);
    let too_large = shown(600).too_large.unwrap();
    assert!(too_large.contains("of at most"), "{too_large}");
}

#[test]
fn all_of_backup_is_drawn_by_github() {
    let graph = Graph::new(&backup(), &Operations::All).unwrap();
    let (operations, shapes) = graph.size();
    assert!(operations > 100 && shapes > 250);
    let picture = graph.picture(Format::Mermaid, None);
    assert_eq!((picture.members, picture.too_large), (Members::None, None));
    assert!(picture.text.len() < 50_000 && picture.links < 500);
    // What is asked for is done, with a warning.
    let picture = graph.picture(Format::Mermaid, Some(Members::All));
    assert!(picture.too_large.is_some());
}

/// Left, top, right and bottom of the boxes of an SVG.
fn boxes(svg: &str) -> Vec<[f64; 4]> {
    let document = Document::parse(svg).unwrap();
    let rects = document.descendants().filter(|node| {
        node.attribute("class")
            .is_some_and(|class| class.starts_with("box"))
    });
    let boxes = rects.map(|rect| {
        let size = |name| rect.attribute(name).unwrap().parse::<f64>().unwrap();
        let place = rect.parent().unwrap().attribute("transform").unwrap();
        let place = place.trim_start_matches("translate(").trim_end_matches(')');
        let (x, y) = place.split_once(' ').unwrap();
        let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
        [x, y, x + size("width"), y + size("height")]
    });
    boxes.collect()
}

#[test]
fn boxes_of_an_svg_do_not_overlap_at_any_size() {
    let model = backup();
    let graphs = [
        Graph::new(&model, &named(&["DescribeBackupJob"])).unwrap(),
        Graph::new(
            &model,
            &named(&["ListBackupJobs", "CreateBackupPlan", "GetBackupPlan"]),
        )
        .unwrap(),
        Graph::new(&model, &Operations::All).unwrap(),
    ];
    for graph in graphs {
        for members in [Members::All, Members::Edges, Members::None] {
            let picture = graph.picture(Format::Svg, Some(members));
            let boxes = boxes(&picture.text);
            assert_eq!(boxes.len(), picture.boxes);
            for (index, one) in boxes.iter().enumerate() {
                for other in boxes.iter().skip(index + 1) {
                    let apart = one[2] <= other[0]
                        || other[2] <= one[0]
                        || one[3] <= other[1]
                        || other[3] <= one[1];
                    assert!(apart, "{one:?} and {other:?}");
                }
            }
        }
    }
}

#[test]
fn the_page_about_pictures_shows_the_closure_of_describe_backup_job() {
    let graph = Graph::new(&backup(), &named(&["DescribeBackupJob"])).unwrap();
    let text = text(&graph, Format::Mermaid);
    let page = fs::read_to_string(path("../docs/graph.md")).unwrap();
    let block = page.split("```mermaid\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    assert_eq!(
        block, text,
        "paste what `cargo xtask graph backup DescribeBackupJob` prints"
    );
}
