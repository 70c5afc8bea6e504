//! What members are called in bodies, by protocol.

use super::{Lowering, owned};
use crate::ir::Protocol;
use crate::model::{self, ShapeType};

/// The names of a member in bodies, where they are not its own.
pub(super) struct BodyNames {
    /// Its name.
    pub wire: Option<String>,
    /// Another name that it may have in responses.
    pub other: Option<String>,
    /// Its name in ec2 requests.
    pub query: Option<String>,
}

impl Lowering<'_, '_> {
    pub(super) fn body_names(
        &self,
        name: &str,
        reference: &model::Ref<'_>,
        target: &model::Shape<'_>,
    ) -> BodyNames {
        let own = owned(&reference.location_name).or_else(|| owned(&target.location_name));
        let query = self.ec2_name(own.as_deref().unwrap_or(name), reference);
        let flattened = reference.flattened || target.flattened;
        let mut names = match self.element_name(target).filter(|_| flattened) {
            // A list without an element around it has two names, and services differ in which one
            // they mean: the forms of the query protocol take the elements', XML the member's.
            Some(element) if own.is_none() => match self.protocol {
                Protocol::Query => BodyNames {
                    wire: Some(element),
                    other: Some(name.to_owned()),
                    query,
                },
                _ => BodyNames {
                    wire: None,
                    other: Some(element),
                    query,
                },
            },
            _ => BodyNames {
                wire: own,
                other: None,
                query,
            },
        };
        let wire = names.wire.as_deref().unwrap_or(name);
        names.other = names.other.filter(|other| other != wire);
        names.query = names.query.filter(|query| query != wire);
        names
    }

    /// `queryName`, else the name in responses with a capital.
    fn ec2_name(&self, name: &str, reference: &model::Ref<'_>) -> Option<String> {
        if self.protocol != Protocol::Ec2 {
            return None;
        }
        let capitalised = || {
            let mut rest = name.chars();
            let first = rest.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(rest).collect()
        };
        Some(owned(&reference.query_name).unwrap_or_else(capitalised))
    }

    /// The name that a list gives its elements, in the protocols where it has a meaning.
    fn element_name(&self, list: &model::Shape<'_>) -> Option<String> {
        let named = matches!(
            self.protocol,
            Protocol::RestXml | Protocol::Query | Protocol::Ec2
        );
        let element = list
            .member
            .as_ref()
            .filter(|_| named && list.kind == ShapeType::List)?;
        let of_shape = || owned(&self.shapes.get(&*element.shape)?.location_name);
        owned(&element.location_name).or_else(of_shape)
    }
}
