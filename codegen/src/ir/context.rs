//! What endpoint rules are told: constants, and ways into an input, in as much of JMESPath as
//! models use: members, `[*]`, `keys(…)`, and `[a, b][]`.

use super::{Kind, Service, Shape};
use crate::error::near_miss;

/// A step of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of this name.
    Member(String),
    /// To each element of a list.
    Elements,
    /// To each key of a map.
    Keys,
    /// Each of these ways, one after the other.
    Each(Vec<Vec<Step>>),
}

/// A constant that endpoint rules are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A boolean.
    Bool(bool),
    /// A string.
    Text(String),
    /// Strings.
    Texts(Vec<String>),
}

/// A constant from its JSON; `None` if it is none of these.
pub fn constant(json: &str) -> Option<Constant> {
    match serde_json::from_str(json).ok()? {
        serde_json::Value::Bool(value) => Some(Constant::Bool(value)),
        serde_json::Value::String(text) => Some(Constant::Text(text)),
        serde_json::Value::Array(texts) => {
            let texts = texts.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Constant::Texts)
        }
        _ => None,
    }
}

/// Whether there may be several things at the end of a way.
pub fn is_plural(steps: &[Step]) -> bool {
    steps.iter().any(|step| !matches!(step, Step::Member(_)))
}

/// The steps of a way, all of which lead somewhere.
///
/// # Errors
///
/// What cannot be understood of it, or where it leads nowhere.
pub fn parse(service: &Service, input: &Shape, path: &str) -> Result<Vec<Step>, String> {
    let steps = steps(path.trim())?;
    follow(service, input, &steps)?;
    Ok(steps)
}

fn steps(path: &str) -> Result<Vec<Step>, String> {
    if let Some(inner) = path.strip_prefix("keys(") {
        let inner = inner.strip_suffix(')');
        let inner = inner.ok_or_else(|| format!("`{path}` has a bracket without an end"))?;
        let mut steps = steps(inner)?;
        steps.push(Step::Keys);
        return Ok(steps);
    }
    let mut found = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !name.is_empty() {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !name.chars().all(is_name) {
                return Err(format!("`{name}` is no name of a member"));
            }
            found.push(Step::Member(name.to_owned()));
        }
        rest = if let Some(after) = after.strip_prefix("[*]") {
            found.push(Step::Elements);
            after
        } else if let Some(after) = after.strip_prefix('[') {
            let (list, after) = after
                .split_once("][]")
                .ok_or_else(|| format!("`[{after}` is no list of ways, `[a, b][]`"))?;
            let ways = list.split(',').map(|way| steps(way.trim()));
            found.push(Step::Each(ways.collect::<Result<_, _>>()?));
            if !after.is_empty() {
                return Err(format!("`{after}` after a list of ways is not understood"));
            }
            after
        } else {
            after.strip_prefix('.').unwrap_or(after)
        };
    }
    if found.is_empty() {
        return Err("there is no way in it".to_owned());
    }
    Ok(found)
}

/// Follows a way through the shapes.
fn follow(service: &Service, from: &Shape, steps: &[Step]) -> Result<(), String> {
    let mut shape = from;
    for step in steps {
        let target = match (step, &shape.kind) {
            (Step::Member(name), Kind::Structure(structure)) => {
                let member = structure.members.iter().find(|m| m.name == *name);
                let Some(member) = member else {
                    let known = structure.members.iter().map(|m| m.name.as_str());
                    let near = near_miss(name, known).map(|near| format!("; {near}"));
                    return Err(format!(
                        "`{}` has no member `{name}`{}",
                        shape.name,
                        near.unwrap_or_default()
                    ));
                };
                &member.target
            }
            (Step::Elements, Kind::List(list)) => &list.element.target,
            (Step::Keys, Kind::Map(map)) => &map.key.target,
            (Step::Each(ways), _) => {
                return ways.iter().try_for_each(|way| follow(service, shape, way));
            }
            _ => return Err(format!("`{}` has no such parts", shape.name)),
        };
        let Some(target) = service.shape(target) else {
            break;
        };
        shape = target;
    }
    match shape.kind {
        Kind::String | Kind::Enumeration(_) | Kind::Boolean => Ok(()),
        Kind::List(_) => Ok(()),
        _ => Err(format!(
            "it ends at `{}`, which is no string, boolean or list",
            shape.name
        )),
    }
}
