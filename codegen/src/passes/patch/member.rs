//! Corrections to members.

use super::action::{Action, Format, NewMember};
use super::{Applied, Entry, Mismatch, correct_docs, find_member, mismatch};
use crate::error::near_miss;
use crate::ir;

impl Entry {
    pub(super) fn to_member(&self, service: &mut ir::Service, shape: &str, name: &str) -> Applied {
        if let Action::Target(to) = &self.action {
            return self.retarget(service, shape, name, to);
        }
        let found = find_member(service, shape, name)?.target.clone();
        let is_string = matches!(
            service.shape(&found).map(|target| &target.kind),
            Some(ir::Kind::String)
        );
        let is_timestamp = matches!(
            service.shape(&found).map(|target| &target.kind),
            Some(ir::Kind::Timestamp(_))
        );
        let member = find_member(service, shape, name)?;
        match &self.action {
            Action::Docs(words) => correct_docs(&mut member.docs, self.expect.as_deref(), words),
            Action::Optional if !member.required => mismatch(format!("`{name}` is not required")),
            Action::Required if member.required => {
                mismatch(format!("`{name}` is required already"))
            }
            Action::Optional | Action::Required => {
                member.required = !member.required;
                Ok(())
            }
            Action::WireName(to) => self.wire_name(member, to),
            Action::TimestampFormat(_) if !is_timestamp => {
                mismatch(format!("`{name}` is no timestamp"))
            }
            Action::TimestampFormat(format) => {
                let today = member
                    .timestamp_format
                    .map(|format| format_of(format).name());
                self.replaces(&format!("the format of `{name}`"), today, format.name())?;
                member.timestamp_format = Some(ir_format(*format));
                Ok(())
            }
            Action::IdempotencyToken(on) if member.idempotency_token == *on => {
                let no = if *on { "an" } else { "no" };
                mismatch(format!("`{name}` is {no} idempotency token already"))
            }
            Action::IdempotencyToken(true) if !is_string => {
                mismatch(format!("`{name}` is no string, which a token is"))
            }
            Action::IdempotencyToken(on) => {
                member.idempotency_token = *on;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn wire_name(&self, member: &mut ir::Member, to: &str) -> Applied {
        let what = format!("the name of `{}` on the wire", member.name);
        let today = match &member.binding {
            ir::Binding::Body => member.wire_name.as_ref().unwrap_or(&member.name),
            ir::Binding::Query(name)
            | ir::Binding::Header(name)
            | ir::Binding::PrefixHeaders(name) => name,
            ir::Binding::Label
            | ir::Binding::QueryParams
            | ir::Binding::StatusCode
            | ir::Binding::Payload => {
                return mismatch(format!("`{}` has no name on the wire", member.name));
            }
        };
        self.replaces(&what, Some(today), to)?;
        match &mut member.binding {
            ir::Binding::Query(name)
            | ir::Binding::Header(name)
            | ir::Binding::PrefixHeaders(name) => *name = to.to_owned(),
            _ => member.wire_name = Some(to.to_owned()).filter(|to| *to != member.name),
        }
        Ok(())
    }

    fn retarget(&self, service: &mut ir::Service, shape: &str, name: &str, to: &str) -> Applied {
        let new = target(service, to)?;
        let (plain, new) = (is_plain(new), Target::of(new));
        let member = find_member(service, shape, name)?;
        let what = format!("the shape of `{name}`");
        self.replaces(&what, Some(&member.target), to)?;
        if !matches!(member.binding, ir::Binding::Body | ir::Binding::Payload) && !plain {
            return mismatch(format!(
                "`{name}` is in no body, where `{to}` would have to be"
            ));
        }
        if member.idempotency_token && !new.string {
            return mismatch(format!(
                "`{name}` is an idempotency token, and `{to}` is no string"
            ));
        }
        member.target = to.to_owned();
        // What comes with the target.
        member.json_value &= new.string;
        member.streaming = new.streaming;
        member.flattened = new.flattened;
        member.timestamp_format = match new.timestamp {
            Some(format) => format.or(member.timestamp_format),
            None => None,
        };
        Ok(())
    }
}

/// What a member has from its target.
struct Target {
    string: bool,
    streaming: bool,
    flattened: bool,
    timestamp: Option<Option<ir::TimestampFormat>>,
}

impl Target {
    fn of(shape: &ir::Shape) -> Self {
        Self {
            string: matches!(shape.kind, ir::Kind::String),
            streaming: matches!(
                shape.kind,
                ir::Kind::Blob {
                    streaming: true,
                    ..
                }
            ),
            flattened: match &shape.kind {
                ir::Kind::List(list) => list.flattened,
                ir::Kind::Map(map) => map.flattened,
                _ => false,
            },
            timestamp: match &shape.kind {
                ir::Kind::Timestamp(format) => Some(*format),
                _ => None,
            },
        }
    }
}

/// A shape to refer to.
pub(super) fn target<'s>(service: &'s ir::Service, name: &str) -> Result<&'s ir::Shape, Mismatch> {
    service.shape(name).ok_or_else(|| {
        let near = near_miss(name, service.shapes.keys().map(String::as_str));
        (format!("there is no shape `{name}`"), near)
    })
}

/// Whether it can be written outside of bodies: one value.
fn is_plain(shape: &ir::Shape) -> bool {
    matches!(
        shape.kind,
        ir::Kind::String
            | ir::Kind::Enumeration(_)
            | ir::Kind::Boolean
            | ir::Kind::Integer
            | ir::Kind::Long
            | ir::Kind::Float
            | ir::Kind::Double
            | ir::Kind::Timestamp(_)
    )
}

fn ir_format(format: Format) -> ir::TimestampFormat {
    match format {
        Format::Iso8601 => ir::TimestampFormat::DateTime,
        Format::UnixTimestamp => ir::TimestampFormat::EpochSeconds,
        Format::Rfc822 => ir::TimestampFormat::HttpDate,
    }
}

fn format_of(format: ir::TimestampFormat) -> Format {
    match format {
        ir::TimestampFormat::DateTime => Format::Iso8601,
        ir::TimestampFormat::EpochSeconds => Format::UnixTimestamp,
        ir::TimestampFormat::HttpDate => Format::Rfc822,
    }
}

/// A member of bodies that a model lacks.
pub(super) fn in_body(service: &ir::Service, new: &NewMember) -> Result<ir::Member, Mismatch> {
    let target = Target::of(target(service, &new.target)?);
    Ok(ir::Member {
        name: new.name.clone(),
        target: new.target.clone(),
        binding: ir::Binding::Body,
        streaming: target.streaming,
        flattened: target.flattened,
        timestamp_format: target.timestamp.flatten(),
        wire_name: None,
        other_name: None,
        query_name: None,
        docs: ir::Docs::default(),
        required: false,
        idempotency_token: false,
        deprecated: None,
        json_value: false,
        host_label: false,
        xml_attribute: false,
        xml_namespace: None,
        event_header: false,
        event_payload: false,
        context_param: None,
    })
}
