//! Unions: exactly one member is set.

use super::members::member_traits;
use super::structure::member_docs;
use super::types::Types;
use super::{Emitter, File, Item, docs, nodes, use_runtime};
use crate::error::Diagnostic;
use crate::ir::{Kind, Member, Shape, Structure};
use crate::render::{Filled, Skeleton, comments, completion, expression, literal, ty as ty_text};
use quote::quote;

/// A union to generate.
struct Spec<'s> {
    emitter: &'s Emitter<'s>,
    types: &'s Types<'s>,
    shape: &'s Shape,
    name: String,
    members: &'s [Member],
    variants: &'s [String],
}

/// The file of a union.
pub(super) fn file(
    emitter: &Emitter<'_>,
    shape: &Shape,
    structure: &Structure,
) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, &["super"], &name);
    let spec = Spec {
        emitter,
        types: &types,
        shape,
        name: name.clone(),
        members: &structure.members,
        variants: emitter.unit.names.items(&shape.name),
    };
    let mut items = vec![use_runtime(), spec.definition()];
    items.extend(spec.debug());
    items.push(spec.table());
    items.push(completion("union", &[&spec.name]));
    let deprecated = shape.deprecated.is_some() || types.have_deprecated(&structure.members);
    let module = emitter.unit.names.module(&shape.name);
    let file = emitter.file(&format!("types/{module}.rs"), Vec::new(), items);
    file.allow_deprecated(deprecated)
}

impl Spec<'_> {
    /// The members with their names in Rust.
    fn pairs(&self) -> impl Iterator<Item = (&Member, &String)> {
        self.members.iter().zip(self.variants)
    }

    fn ty(&self, member: &Member) -> syn::Type {
        self.types.boxed(&member.target, self.is_boxed(member))
    }

    fn is_boxed(&self, member: &Member) -> bool {
        let key = (self.shape.name.clone(), member.name.clone());
        self.emitter.unit.boxed.contains(&key)
    }

    /// Clippy would have large members boxed, which what is added to a shape elsewhere would change
    /// for callers. Only structures can be that large, and unions of them.
    fn allowed_sizes(&self) -> Option<String> {
        let held = self.members.iter().filter(|member| !self.is_boxed(member));
        let can_be_large = held.into_iter().any(|member| {
            let shape = self.emitter.unit.service.shape(&member.target);
            shape.is_some_and(|shape| matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)))
        });
        can_be_large.then(|| "#[allow(clippy::large_enum_variant)]".to_owned())
    }

    fn is_secret(&self, member: &Member) -> bool {
        self.shape.sensitive || self.emitter.unit.redacted.contains(&member.target)
    }

    fn has_secrets(&self) -> bool {
        self.members.iter().any(|member| self.is_secret(member))
    }

    fn definition(&self) -> Item {
        static PLAIN: Skeleton = Skeleton::new(|| {
            quote! {
                #[comment = "__lines0"]
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                pub enum __0 {
                    __lines1,
                    #[doc = " A member that the model does not name. It cannot be sent."]
                    Unrecognized,
                }
            }
        });
        // `Debug` is written out where there are secrets.
        static SECRET: Skeleton = Skeleton::new(|| {
            quote! {
                #[comment = "__lines0"]
                #[derive(Clone, PartialEq)]
                #[non_exhaustive]
                pub enum __0 {
                    __lines1,
                    #[doc = " A member that the model does not name. It cannot be sent."]
                    Unrecognized,
                }
            }
        });
        let lines = docs::lines(&self.shape.docs, || {
            format!("The union `{}`.", self.shape.name)
        });
        let attributes = comments(&lines);
        let attributes = attributes
            .chain(docs::deprecated_line(self.shape.deprecated.as_ref()))
            .chain(self.allowed_sizes());
        let mut variants = Vec::new();
        for (member, variant) in self.pairs() {
            variants.extend(comments(&member_docs(member)));
            variants.extend(docs::deprecated_line(member.deprecated.as_ref()));
            variants.push(format!("{variant}({}),", ty_text(&self.ty(member))));
        }
        Item::Filled(Filled {
            skeleton: if self.has_secrets() { &SECRET } else { &PLAIN },
            words: vec![self.name.clone()],
            lines: vec![attributes.collect(), variants],
        })
    }

    /// `Debug` of a union with secrets, which are not printed.
    fn debug(&self) -> Option<Item> {
        static DEBUG: Skeleton = Skeleton::new(|| {
            quote! {
                impl std::fmt::Debug for __0 {
                    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        match self {
                            __lines0 => (),
                            Self::Unrecognized => f.write_str("Unrecognized"),
                        }
                    }
                }
            }
        });
        if !self.has_secrets() {
            return None;
        }
        let arms = self.pairs().map(|(member, variant)| {
            if self.is_secret(member) {
                format!("Self::{variant}(_) => f.write_str(\"{variant}(** redacted **)\"),")
            } else {
                format!(
                    "Self::{variant}(value) => f.debug_tuple(\"{variant}\").field(value).finish(),"
                )
            }
        });
        Some(Item::Filled(Filled {
            skeleton: &DEBUG,
            words: vec![self.name.clone()],
            lines: vec![arms.collect()],
        }))
    }

    fn table(&self) -> Item {
        static TABLE: Skeleton = Skeleton::new(|| {
            let mark = crate::render::BREAK;
            quote! {
                impl rt::Union for __0 {
                    const ID: &'static str = __1;
                    const VARIANTS: &'static [rt::union::Variant] = &[#[comment = #mark] __lines0];
                    fn read(name: &str, value: rt::union::Reader<'_>) -> rt::union::Result<Self> {
                        match name {
                            __lines1 => (),
                            _ => Ok(Self::Unrecognized),
                        }
                    }
                    fn visit(&self, to: &mut dyn rt::union::VisitUnion) {
                        match self {
                            __lines2 => (),
                            Self::Unrecognized => to.unrecognized(),
                        }
                    }
                }
            }
        });
        let mut entries = Vec::new();
        let mut reads = Vec::new();
        let mut visits = Vec::new();
        for (member, variant) in self.pairs() {
            let mut entry = member_traits(self.emitter, member);
            if self.is_secret(member) {
                entry = nodes::method(entry, "sensitive", []);
            }
            let (ty, entry) = (ty_text(&self.ty(member)), expression(&entry));
            let name = literal(&member.name);
            entries.push(format!("rt::variant::<{ty}>({entry}),"));
            reads.push(format!("{name} => value.read(Self::{variant}),"));
            visits.push(format!(
                "Self::{variant}(value) => to.member({name}, value),"
            ));
        }
        Item::Filled(Filled {
            skeleton: &TABLE,
            words: vec![
                self.name.clone(),
                literal(&self.emitter.shape_id(&self.shape.name)),
            ],
            lines: vec![entries, reads, visits],
        })
    }
}
