//! Corrections to shapes.

use super::action::{Action, NewMember, Scalar};
use super::{Applied, Entry, Mismatch, correct_docs, mismatch};
use crate::error::near_miss;
use crate::ir;

impl Entry {
    pub(super) fn to_shape(&self, service: &mut ir::Service, name: &str) -> Applied {
        match &self.action {
            Action::Type(scalar) => return self.scalar(service, name, *scalar),
            Action::AddMember(member) => return add_member(service, name, member),
            _ => {}
        }
        let Some(shape) = service.shapes.get_mut(name) else {
            return Ok(());
        };
        match &self.action {
            Action::Docs(words) => correct_docs(&mut shape.docs, self.expect.as_deref(), words),
            Action::Sensitive(on) if shape.sensitive == *on => {
                let not = if *on { "" } else { "not " };
                mismatch(format!("`{name}` is {not}sensitive already"))
            }
            Action::Sensitive(on) => {
                shape.sensitive = *on;
                Ok(())
            }
            Action::AddValue(value) => {
                if find_value(shape, value).is_ok() {
                    return mismatch(format!("`{name}` has the value `{value}` already"));
                }
                values(shape)?.push(value.clone());
                Ok(())
            }
            Action::RemoveValue(value) => {
                find_value(shape, value)?;
                values(shape)?.retain(|known| known != value);
                Ok(())
            }
            Action::ErrorCode(code) => {
                let ir::Kind::Structure(ir::Structure {
                    error: Some(error), ..
                }) = &mut shape.kind
                else {
                    return mismatch(format!("`{name}` is no error"));
                };
                let what = format!("the code of `{name}`");
                self.replaces(&what, Some(&error.code), code)?;
                error.code = code.clone();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scalar(&self, service: &mut ir::Service, name: &str, to: Scalar) -> Applied {
        let maps = service
            .shapes
            .values()
            .any(|shape| matches!(&shape.kind, ir::Kind::Map(map) if map.key.target == name));
        if maps && to != Scalar::String {
            return mismatch(format!("`{name}` is the key of a map, which is a string"));
        }
        let Some(shape) = service.shapes.get_mut(name) else {
            return Ok(());
        };
        let Some(today) = scalar_of(&shape.kind) else {
            return mismatch(format!("`{name}` is no scalar"));
        };
        self.replaces(
            &format!("the type of `{name}`"),
            Some(today.name()),
            to.name(),
        )?;
        shape.kind = kind_of(to);
        // What only the old type had.
        let shapes = service.shapes.values_mut();
        for member in shapes
            .flat_map(members_mut)
            .filter(|member| member.target == name)
        {
            if to != Scalar::Timestamp {
                member.timestamp_format = None;
            }
            if to != Scalar::String {
                member.idempotency_token = false;
                member.json_value = false;
            }
        }
        Ok(())
    }
}

fn scalar_of(kind: &ir::Kind) -> Option<Scalar> {
    Some(match kind {
        ir::Kind::String => Scalar::String,
        ir::Kind::Boolean => Scalar::Boolean,
        ir::Kind::Integer => Scalar::Integer,
        ir::Kind::Long => Scalar::Long,
        ir::Kind::Float => Scalar::Float,
        ir::Kind::Double => Scalar::Double,
        ir::Kind::Timestamp(_) => Scalar::Timestamp,
        _ => return None,
    })
}

fn kind_of(scalar: Scalar) -> ir::Kind {
    match scalar {
        Scalar::String => ir::Kind::String,
        Scalar::Boolean => ir::Kind::Boolean,
        Scalar::Integer => ir::Kind::Integer,
        Scalar::Long => ir::Kind::Long,
        Scalar::Float => ir::Kind::Float,
        Scalar::Double => ir::Kind::Double,
        Scalar::Timestamp => ir::Kind::Timestamp(None),
    }
}

fn members_mut(shape: &mut ir::Shape) -> &mut [ir::Member] {
    match &mut shape.kind {
        ir::Kind::Structure(structure) | ir::Kind::Union(structure) => &mut structure.members,
        _ => &mut [],
    }
}

fn values(shape: &mut ir::Shape) -> Result<&mut Vec<String>, Mismatch> {
    match &mut shape.kind {
        ir::Kind::Enumeration(values) => Ok(values),
        _ => mismatch(format!("`{}` is no enum", shape.name)),
    }
}

pub(super) fn find_value(shape: &ir::Shape, value: &str) -> Applied {
    let ir::Kind::Enumeration(values) = &shape.kind else {
        return mismatch(format!("`{}` is no enum", shape.name));
    };
    if values.iter().any(|known| known == value) {
        return Ok(());
    }
    let near = near_miss(value, values.iter().map(String::as_str));
    Err((format!("`{}` has no value `{value}`", shape.name), near))
}

fn add_member(service: &mut ir::Service, name: &str, new: &NewMember) -> Applied {
    let member = super::member::in_body(service, new)?;
    let kind = service.shapes.get_mut(name).map(|shape| &mut shape.kind);
    let Some(ir::Kind::Structure(structure) | ir::Kind::Union(structure)) = kind else {
        return mismatch(format!("`{name}` has no members"));
    };
    if structure.members.iter().any(|known| known.name == new.name) {
        return mismatch(format!("`{name}` has the member `{}` already", new.name));
    }
    let payload = |member: &ir::Member| member.binding == ir::Binding::Payload;
    if structure.members.iter().any(payload) {
        return mismatch(format!("a member of `{name}` is the whole body"));
    }
    structure.members.push(member);
    Ok(())
}
