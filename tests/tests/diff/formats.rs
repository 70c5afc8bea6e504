use super::sample;
use insta::assert_snapshot;
use smithereen_codegen::diff::format::{self, Mark};
use smithereen_codegen::diff::{Entry, Level, Report, Review};

fn plain(_: Mark, text: &str) -> String {
    text.to_owned()
}

fn text(review: &Review, columns: usize) -> String {
    format::text(review, columns, &plain)
}

/// The same services with no change.
fn quiet() -> Review {
    let mut parrots = sample::parrots();
    parrots.patches.clear();
    Review::new(Report::new(vec![parrots, sample::finches()], Vec::new()))
}

#[test]
fn a_terminal_shows_the_worst_first() {
    assert_snapshot!(text(&sample::review(), 90));
}

#[test]
fn a_narrow_terminal_breaks_between_words_and_never_in_a_path() {
    let text = text(&sample::review(), 50);
    let long: Vec<&str> = text
        .lines()
        .filter(|line| line.chars().count() > 50)
        .collect();
    assert!(
        long.iter()
            .all(|line| line.contains("service-2.json") || !line.starts_with("    ")),
        "{long:#?}"
    );
    assert!(
        text.contains("\n    => the field `grams` of `Seed` is gone: source\n       that names it"),
        "{text}"
    );
}

#[test]
fn no_change_takes_a_line_for_each_service() {
    assert_snapshot!(text(&quiet(), 80), @r"
    parrots: no change for your operations; the model changed elsewhere
    finches: no change for your operations; the model is the same
    ");
    assert_snapshot!(format::github(&quiet()), @r"
    parrots: no change for your operations; the model changed elsewhere
    finches: no change for your operations; the model is the same
    ");
    assert_snapshot!(format::markdown(&quiet(), format::BODY), @r"
    **No change for your operations.**

    | service | operations | unhandled | breaking | behaviour | additive | docs |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | `parrots` | 2 |  |  |  |  |  |
    | `finches` | 1 |  |  |  |  |  |

    `parrots`: no change for your operations; the model changed elsewhere.

    `finches`: no change for your operations; the model is the same.
    ");
}

#[test]
fn many_services_without_changes_take_one_line() {
    let mut review = quiet();
    review.report.services = (0..20).map(|_| sample::finches()).collect();
    assert_snapshot!(text(&review, 80), @"20 services: no change for your operations; 20 of the models are the same");
}

#[test]
fn marks_tell_what_to_paint() {
    let paint = |mark: Mark, text: &str| match mark {
        Mark::Level(level) => format!("<{level}>{text}</>"),
        Mark::Title => format!("<b>{text}</>"),
        Mark::Faint => text.to_owned(),
    };
    let text = format::text(&sample::review(), 80, &paint);
    assert!(
        text.contains("  <breaking>breaking</> <b>Seed.Grams</> member-removed\n"),
        "{text}"
    );
}

#[test]
fn a_pull_request_has_a_summary_then_the_worst_then_each_operation() {
    assert_snapshot!(format::markdown(&sample::review(), format::BODY));
}

#[test]
fn programs_read_json() {
    let mut review = sample::review();
    review.report.entries.truncate(1);
    assert_snapshot!(format::json(&review));
}

#[test]
fn annotations_stand_where_the_new_model_says_it() {
    assert_snapshot!(format::github(&sample::review()));
}

#[test]
fn annotations_of_a_kind_are_no_more_than_are_shown_and_the_last_sums_up() {
    let many = |level, count: usize| {
        (0..count).map(move |index| sample::entry(level, "kind", &format!("S{index}"), "changed"))
    };
    let mut entries: Vec<Entry> = many(Level::Docs, 3).collect();
    entries.extend(many(Level::Breaking, 10));
    entries.extend(many(Level::Behaviour, 12));
    entries.extend(many(Level::Additive, 8));
    let out = format::github(&Review::new(Report::new(vec![sample::parrots()], entries)));
    let of_kind = |kind: &str| out.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(of_kind("::error "), 10);
    assert_eq!(of_kind("::warning "), 10);
    assert_eq!(of_kind("::notice "), 10);
    assert!(!out.contains("::error title=model changes"), "{out}");
    assert!(
        out.contains("::warning title=model changes::3 more changes are not shown here"),
        "{out}"
    );
    // The two that are lost are of the least level.
    assert!(out.contains("title=docs%3A parrots S0::"), "{out}");
    assert!(!out.contains("title=docs%3A parrots S1::"), "{out}");
}

#[test]
fn what_is_hidden_by_level_is_counted_and_still_moves_the_version() {
    let review = sample::review().from_level(Level::Breaking);
    assert_eq!(review.report.entries.len(), 2);
    assert_eq!(review.notes, ["3 changes below breaking are not shown"]);
    let mut docs = sample::review();
    docs.report
        .entries
        .retain(|entry| entry.level == Level::Docs);
    let docs = docs.from_level(Level::Breaking);
    assert_eq!(docs.suggestion().words(), "patch: 0.3.1 → 0.3.2");
    let none =
        "parrots: no change of level breaking or worse for your operations; the model changed\n";
    assert!(text(&docs, 80).contains(none), "{}", text(&docs, 80));
}
