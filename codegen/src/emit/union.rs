//! Unions: exactly one member is set.

use super::members::member_traits;
use super::structure::member_docs;
use super::types::Types;
use super::{Emitter, File, Item, docs, ident, item, nodes, use_runtime};
use crate::error::Diagnostic;
use crate::ir::{Member, Shape, Structure};
use crate::render::completion;
use proc_macro2::TokenStream;
use quote::quote;

/// A union to generate.
struct Spec<'s> {
    emitter: &'s Emitter<'s>,
    types: &'s Types<'s>,
    shape: &'s Shape,
    name: syn::Ident,
    members: &'s [Member],
    variants: Vec<syn::Ident>,
}

/// The file of a union.
pub(super) fn file(
    emitter: &Emitter<'_>,
    shape: &Shape,
    structure: &Structure,
) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let types = Types::new(emitter, &["super"], &name);
    let variants = emitter.unit.names.items(&shape.name).iter();
    let spec = Spec {
        emitter,
        types: &types,
        shape,
        name: ident(&name),
        members: &structure.members,
        variants: variants.map(|variant| ident(variant)).collect(),
    };
    let name = &spec.name;
    let mut items = vec![use_runtime(), spec.definition()?.into()];
    items.extend(spec.debug()?.map(Item::from));
    items.push(spec.table()?.into());
    items.push(completion("union", &[&name.to_string()]));
    let deprecated = shape.deprecated.is_some() || types.have_deprecated(&structure.members);
    let module = emitter.unit.names.module(&shape.name);
    let file = emitter.file(&format!("types/{module}.rs"), Vec::new(), items);
    file.allow_deprecated(deprecated)
}

impl Spec<'_> {
    fn ty(&self, member: &Member) -> syn::Type {
        let key = (self.shape.name.clone(), member.name.clone());
        let boxed = self.emitter.unit.boxed.contains(&key);
        self.types.boxed(&member.target, boxed)
    }

    fn is_secret(&self, member: &Member) -> bool {
        self.shape.sensitive || self.emitter.unit.redacted.contains(&member.target)
    }

    fn has_secrets(&self) -> bool {
        self.members.iter().any(|member| self.is_secret(member))
    }

    fn definition(&self) -> Result<syn::Item, Diagnostic> {
        let name = &self.name;
        let deprecated = docs::deprecated(self.shape.deprecated.as_ref());
        let debug = if self.has_secrets() {
            TokenStream::new()
        } else {
            quote!(Debug,)
        };
        let variants = self
            .variants
            .iter()
            .zip(self.members)
            .map(|(variant, member)| {
                let ty = self.ty(member);
                let deprecated = docs::deprecated(member.deprecated.as_ref());
                quote!(#deprecated #variant(#ty))
            });
        let mut item: syn::ItemEnum = item(quote! {
            #deprecated
            #[derive(Clone, #debug PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #[doc = " A member that the model does not name. It cannot be sent."]
                Unrecognized,
            }
        })?;
        let substitute = || format!("The union `{}`.", self.shape.name);
        let lines = docs::lines(&self.shape.docs, substitute);
        item.attrs.insert(0, self.emitter.docs(lines));
        for (variant, member) in item.variants.iter_mut().zip(self.members) {
            variant
                .attrs
                .insert(0, self.emitter.docs(member_docs(member)));
        }
        Ok(syn::Item::Enum(item))
    }

    /// `Debug` of a union with secrets, which are not printed.
    fn debug(&self) -> Result<Option<syn::Item>, Diagnostic> {
        if !self.has_secrets() {
            return Ok(None);
        }
        let name = &self.name;
        let arms = self
            .variants
            .iter()
            .zip(self.members)
            .map(|(variant, member)| {
                let shown = variant.to_string();
                if self.is_secret(member) {
                    let shown = format!("{shown}(** redacted **)");
                    quote!(Self::#variant(_) => f.write_str(#shown),)
                } else {
                    quote!(Self::#variant(value) => f.debug_tuple(#shown).field(value).finish(),)
                }
            });
        item(quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    match self {
                        #(#arms)*
                        Self::Unrecognized => f.write_str("Unrecognized"),
                    }
                }
            }
        })
        .map(Some)
    }

    fn table(&self) -> Result<syn::Item, Diagnostic> {
        let name = &self.name;
        let id = self.emitter.shape_id(&self.shape.name);
        let entries = nodes::array(self.members.iter().map(|member| {
            let mut variant = nodes::path(&["rt", "variant"]);
            if let syn::Type::Path(generic) = nodes::generic(variant.clone(), [self.ty(member)]) {
                variant = generic.path;
            }
            let mut entry = member_traits(self.emitter, member);
            if self.is_secret(member) {
                entry = nodes::method(entry, "sensitive", []);
            }
            nodes::call(nodes::expression(variant), [entry])
        }));
        let wire: Vec<&str> = self
            .members
            .iter()
            .map(|member| member.name.as_str())
            .collect();
        let variants = &self.variants;
        item(quote! {
            impl rt::Union for #name {
                const ID: &'static str = #id;
                const VARIANTS: &'static [rt::union::Variant] = &#entries;
                fn read(name: &str, value: rt::union::Reader<'_>) -> rt::union::Result<Self> {
                    match name {
                        #(#wire => value.read(Self::#variants),)*
                        _ => Ok(Self::Unrecognized),
                    }
                }
                fn visit(&self, to: &mut dyn rt::union::VisitUnion) {
                    match self {
                        #(Self::#variants(value) => to.member(#wire, value),)*
                        Self::Unrecognized => to.unrecognized(),
                    }
                }
            }
        })
    }
}
