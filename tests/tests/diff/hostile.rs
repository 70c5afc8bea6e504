//! Models are foreign text: no format lets it become markup, a mention, a command or an escape.

use super::sample;
use comrak::{Options, markdown_to_html};
use smithereen_codegen::diff::format;
use smithereen_codegen::diff::{Level, Location, PatchInForce, Reach, Report, Review};

/// Texts that would be something, if they were let.
const TEXTS: [&str; 24] = [
    "@octocat and @org/team",
    "fixes #1, see org/repo#2 and GH-3",
    "https://github.com/o/r/issues/1 www.example.com a@example.com mailto:a@b.c",
    "<script>alert(1)</script><img src=x onerror=y>",
    "</details></summary><h1>",
    "`code` and ``two`` and ` one",
    "`unmatched @octocat",
    "`a`@octocat`b`",
    "``` \n```\n# heading\n\n<b>",
    "| a | b |\n| - | - |",
    "# heading\n## another",
    "[link](https://evil.example) ![image](https://evil.example/x.png)",
    "*emphasis* _too_ **strong** ~~gone~~",
    "1. list",
    "- list\n+ list",
    "&lt;b&gt; &#64;octocat &amp;",
    "\u{1b}[31mred\u{1b}[0m \u{7}",
    "\r\n::error file=x::gotcha\n::add-mask::e",
    "##[error]gotcha ##[add-mask]e",
    "%0A::error::x %25",
    "\u{202e}txt.exe\u{2066}",
    "$x^2$ :smile: [^1]",
    "<!-- comment",
    "deadbeefcafe \\` \\",
];

/// Everything that a model decides is this text.
fn review(text: &str) -> Review {
    let mut parrots = sample::parrots();
    parrots.service = text.to_owned();
    parrots.operations = vec![text.to_owned()];
    parrots.patches = vec![PatchInForce::new(text, text, text, text)];
    let entries = Level::ALL.map(|level| {
        let mut entry = sample::entry(level, "kind", text, text);
        entry.service = text.to_owned();
        entry.consequence = text.to_owned();
        entry.old = Some(Location::new(text, text, 1, 1));
        entry.new = entry.old.clone();
        entry.reached = vec![Reach::new(text, text), Reach::new("Greet", text)];
        entry.fingerprint = text.to_owned();
        entry
    });
    let mut review = Review::new(Report::new(vec![parrots], entries.to_vec()));
    review.notes = vec![text.to_owned()];
    review.between(text, text)
}

/// As GitHub renders it, short of its links to people and issues.
fn html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.render.r#unsafe = true;
    markdown_to_html(markdown, &options)
}

/// The elements of the page, by name.
fn elements(html: &str) -> Vec<&str> {
    let starts = html.split('<').skip(1);
    starts
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/' && c != '!');
            &rest[..end.unwrap_or(rest.len())]
        })
        .collect()
}

/// The text outside of code, where GitHub makes links of mentions and references.
fn linkable(html: &str) -> String {
    let mut out = String::new();
    for (index, part) in html.split("<code>").enumerate() {
        let rest = match index {
            0 => part,
            _ => part.split_once("</code>").unwrap().1,
        };
        out.push_str(rest);
    }
    out
}

#[test]
fn markdown_has_the_elements_of_a_harmless_report_and_no_other() {
    let harmless = html(&format::markdown(&review("harmless"), format::BODY));
    for text in TEXTS {
        let html = html(&format::markdown(&review(text), format::BODY));
        let found: Vec<&str> = elements(&html)
            .into_iter()
            .filter(|name| !["code", "/code", "!"].contains(name))
            .collect();
        let expected: Vec<&str> = elements(&harmless)
            .into_iter()
            .filter(|name| !["code", "/code", "!"].contains(name))
            .collect();
        assert_eq!(found, expected, "{text:?} became\n{html}");
    }
}

#[test]
fn markdown_mentions_nobody_and_refers_to_nothing() {
    for text in TEXTS {
        let html = html(&format::markdown(&review(text), format::BODY));
        let open = linkable(&html)
            .replace("&lt;", "")
            .replace("&amp;", "")
            .replace("&gt;", "")
            .replace("&quot;", "");
        for mark in ["@", "#", "://", "www.", "GH-", "$", "deadbeef", ":smile:"] {
            assert!(
                !open.contains(mark),
                "{mark} of {text:?} is open in\n{html}"
            );
        }
    }
}

#[test]
fn markdown_says_all_of_a_text() {
    for text in [
        "`code` and ``two`` and ` one",
        "a_b*c [d](e) 1. <f>",
        "@octocat's #1",
    ] {
        let html = html(&format::markdown(&review(text), format::BODY));
        let shown = html
            .replace("<code>", "")
            .replace("</code>", "")
            .replace("<!-- -->", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
        let expected = text.replace("`code`", "code").replace("``two``", "two");
        assert!(shown.contains(&expected), "{expected} is not in\n{shown}");
    }
}

#[test]
fn a_terminal_gets_no_control_characters_and_a_log_no_commands() {
    for text in TEXTS {
        for out in [
            format::text(&review(text), 60, &|_, text| text.to_owned()),
            format::text(&review(text), 200, &|_, text| text.to_owned()),
        ] {
            no_controls(&out);
            let mut lines = out.lines();
            assert!(
                !lines.any(|line| line.trim_start().starts_with("::")),
                "{out}"
            );
            assert!(!out.contains("##["), "{out}");
        }
    }
}

#[test]
fn annotations_are_no_more_lines_and_no_other_commands() {
    let shape = |out: &str| -> Vec<String> {
        let lines = out.lines();
        lines
            .map(|line| line.split_once(' ').unwrap().0.to_owned())
            .filter(|start| start.starts_with("::"))
            .collect()
    };
    let harmless = shape(&format::github(&review("harmless")));
    for text in TEXTS {
        let out = format::github(&review(text));
        no_controls(&out);
        assert_eq!(shape(&out), harmless, "{out}");
        for line in out.lines().filter(|line| line.starts_with("::")) {
            // Command, properties, and a message that may have anything: no property is added.
            let properties = line[2..]
                .split("::")
                .next()
                .unwrap()
                .split_once(' ')
                .unwrap()
                .1;
            let names: Vec<&str> = properties
                .split(',')
                .map(|property| property.split_once('=').unwrap().0)
                .collect();
            assert_eq!(names, ["file", "line", "col", "title"], "{line}");
        }
    }
}

#[test]
fn json_says_exactly_what_the_model_says() {
    for text in TEXTS {
        let json = format::json(&review(text));
        assert!(!json.contains("##["), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["entries"][0]["change"], text);
    }
}

fn no_controls(out: &str) {
    let control =
        |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{2069}').contains(c);
    assert_eq!(out.chars().find(control), None, "{out}");
}
