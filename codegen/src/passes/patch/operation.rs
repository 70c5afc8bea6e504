//! Corrections to operations.

use super::action::Action;
use super::{Applied, Entry, correct_docs, mismatch};
use crate::error::near_miss;
use crate::ir;
use crate::passes::Unit;
use std::collections::BTreeSet;

impl Entry {
    pub(super) fn to_operation(&self, unit: &mut Unit, name: &str) -> Applied {
        let service = &mut unit.service;
        let Some(operation) = service.operations.get_mut(name) else {
            let near = near_miss(name, service.operations.keys().map(String::as_str));
            return Err((format!("there is no operation `{name}`"), near));
        };
        match &self.action {
            Action::Docs(words) => correct_docs(&mut operation.docs, self.expect.as_deref(), words),
            Action::Method(to) => {
                if to.is_empty() || !to.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    return mismatch(format!("`{to}` is no HTTP method"));
                }
                let what = format!("the method of `{name}`");
                self.replaces(&what, Some(&operation.method), to)?;
                operation.method = to.clone();
                Ok(())
            }
            Action::Uri(to) => {
                let what = format!("the URI of `{name}`");
                self.replaces(&what, Some(&operation.uri), to)?;
                let input = operation.input.as_ref();
                let input = input.and_then(|input| service.shapes.get(&input.shape));
                has_labels(to, input)?;
                operation.uri = to.clone();
                Ok(())
            }
            Action::AddError(error) => {
                if operation.errors.contains(error) {
                    return mismatch(format!("`{name}` answers with `{error}` already"));
                }
                let is_error = |shape: &ir::Shape| match &shape.kind {
                    ir::Kind::Structure(structure) => structure.error.is_some(),
                    _ => false,
                };
                if !service.shapes.get(error).is_some_and(is_error) {
                    let errors = service.shapes.values().filter(|shape| is_error(shape));
                    let near = near_miss(error, errors.map(|shape| shape.name.as_str()));
                    return Err((format!("there is no error `{error}`"), near));
                }
                operation.errors.push(error.clone());
                Ok(())
            }
            Action::RemoveError(error) => {
                if !operation.errors.contains(error) {
                    let near = near_miss(error, operation.errors.iter().map(String::as_str));
                    return Err((format!("`{name}` does not answer with `{error}`"), near));
                }
                operation.errors.retain(|known| known != error);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Whether the labels of a template are the members of the input that are labels, each once.
fn has_labels(template: &str, input: Option<&ir::Shape>) -> Applied {
    if !template.starts_with('/') || template.starts_with("//") {
        return mismatch(format!("the URI `{template}` does not start with one `/`"));
    }
    let mut labels = BTreeSet::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((label, after)) = after.split_once('}') else {
            return mismatch(format!("the label in `{template}` has no end"));
        };
        labels.insert(label.strip_suffix('+').unwrap_or(label));
        rest = after;
    }
    let members = input.map_or(&[][..], ir::Shape::members).iter();
    let members = members.filter(|member| member.binding == ir::Binding::Label);
    let members: BTreeSet<&str> = members.map(|member| member.name.as_str()).collect();
    if labels == members {
        return Ok(());
    }
    let list = |names: &BTreeSet<&str>| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => "none".to_owned(),
            names => names.join(", "),
        }
    };
    mismatch(format!(
        "the labels of `{template}` are {}, and those of the input {}",
        list(&labels),
        list(&members)
    ))
}
