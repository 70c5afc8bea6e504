//! The cases that do not pass, each with its reason.

use super::Ran;

/// Cases and reasons.
const EXCUSED: &[(&str, &str)] = &[];

/// Why this case need not pass, if it need not.
pub fn reason(name: &str) -> Option<&'static str> {
    let found = EXCUSED.iter().find(|(excused, _)| *excused == name);
    found.map(|(_, reason)| *reason)
}

/// Fails if an excuse is of no case.
pub fn all_are_of_cases(ran: &[Ran]) -> Result<(), String> {
    let unknown = EXCUSED
        .iter()
        .filter(|(excused, _)| !ran.iter().any(|ran| ran.name == *excused))
        .map(|(excused, _)| *excused);
    let unknown: Vec<_> = unknown.collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(format!("there are no such cases: {}", unknown.join(", ")))
}
