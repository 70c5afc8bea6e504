//! A body has an end: what does not fit is counted, and the worst is kept.

use super::sample;
use smithereen_codegen::diff::format;
use smithereen_codegen::diff::{Entry, Level, Reach, Report, Review};

fn entries(level: Level, count: usize, change: &str) -> Vec<Entry> {
    let entry = |index: usize| {
        let mut entry = sample::entry(level, "kind", &format!("Shape{index}"), change);
        entry.consequence = change.to_owned();
        entry.reached = (0..index % 50)
            .map(|way| Reach::new(&format!("Operation{way}"), "output.Shape"))
            .collect();
        entry
    };
    (0..count).map(entry).collect()
}

fn body(entries: Vec<Entry>) -> String {
    let review = Review::new(Report::new(vec![sample::parrots()], entries));
    let body = format::markdown(&review, format::BODY);
    assert!(body.len() <= 65_536, "{}", body.len());
    body
}

#[test]
fn of_many_changes_the_worst_are_kept_and_the_rest_is_counted() {
    let mut all = entries(Level::Docs, 500, "changed");
    all.extend(entries(Level::Additive, 500, "is new"));
    all.extend(entries(Level::Breaking, 40, "is gone"));
    let body = body(all);
    assert_eq!(body.matches("- **breaking**").count(), 40);
    let additive = body.matches("- **additive**").count();
    assert!(additive > 20, "{additive}");
    assert_eq!(body.matches("- **docs**").count(), 0);
    let rest = format!(
        "**Not shown, because a body is bounded: {} more changes ({} additive, 500 docs).**",
        1000 - additive,
        500 - additive
    );
    assert!(
        body.contains(&rest),
        "{rest} is not in\n{}",
        &body[body.len() - 500..]
    );
    let folds = |mark: &str| body.matches(mark).count();
    assert_eq!(folds("<details>"), folds("</details>"));
}

#[test]
fn long_texts_are_cut() {
    let body = body(entries(Level::Breaking, 100, &"@".repeat(100_000)));
    assert!(body.matches("- **breaking**").count() > 10);
    assert!(
        body.contains("more changes (") && body.contains('…'),
        "{body}"
    );
}

#[test]
fn a_body_is_bounded_in_every_script() {
    body(entries(Level::Breaking, 100, &"🦜".repeat(900)));
}

#[test]
fn few_changes_are_not_cut() {
    let body = body(entries(Level::Additive, 20, "is new"));
    assert_eq!(body.matches("- **additive**").count(), 20);
    assert!(!body.contains("Not shown"), "{body}");
}
