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
}

impl Lowering<'_, '_> {
    pub(super) fn body_names(
        &self,
        name: &str,
        reference: &model::Ref<'_>,
        target: &model::Shape<'_>,
    ) -> BodyNames {
        let own = Self::own_name(reference, target);
        let flattened = reference.flattened || target.flattened;
        let mut names = match self.element_name(target).filter(|_| flattened) {
            // A list without an element around it has two names, and services differ in which one
            // they mean: the forms of the query protocol take the elements', XML the member's.
            Some(element) if own.is_none() => match self.protocol {
                Protocol::Query => BodyNames {
                    wire: Some(element),
                    other: Some(name.to_owned()),
                },
                _ => BodyNames {
                    wire: None,
                    other: Some(element),
                },
            },
            _ => BodyNames {
                wire: own,
                other: None,
            },
        };
        let wire = names.wire.as_deref().unwrap_or(name);
        names.other = names.other.filter(|other| other != wire);
        names
    }

    /// `locationName`. That of a structure itself is the name of roots only; see [`Self::root_name`].
    pub(super) fn own_name(
        reference: &model::Ref<'_>,
        target: &model::Shape<'_>,
    ) -> Option<String> {
        let structure = target.kind == ShapeType::Structure;
        let of_target = || owned(&target.location_name).filter(|_| !structure);
        owned(&reference.location_name).or_else(of_target)
    }

    /// The name of the element that is a body: the reference's, unless that is the member's name anyway
    /// and the structure has one of its own.
    pub(super) fn root_name(
        name: &str,
        reference: &model::Ref<'_>,
        target: &model::Shape<'_>,
    ) -> Option<String> {
        let said = owned(&reference.location_name);
        let other = said.clone().filter(|said| said != name);
        other.or_else(|| owned(&target.location_name)).or(said)
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
        let target = self.shapes.get(&*element.shape)?;
        Self::own_name(element, target)
    }
}
