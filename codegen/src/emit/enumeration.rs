//! Enums: the values that the model names, and a catch-all that keeps what it does not.

use super::types::Types;
use super::{Emitter, File, Item, docs, use_runtime};
use crate::error::Diagnostic;
use crate::ir::Shape;
use crate::render::{Filled, Skeleton, comments, completion, literal, ty as ty_text};
use quote::quote;

/// The file of an enum.
pub(super) fn file(
    emitter: &Emitter<'_>,
    shape: &Shape,
    values: &[String],
) -> Result<File, Diagnostic> {
    let name = emitter.unit.names.ty(&shape.name);
    let variants = emitter.unit.names.items(&shape.name);
    let mut items = vec![
        use_runtime(),
        definition(emitter, shape, &name, variants, values),
    ];
    items.extend(debug(shape, &name));
    items.push(table(&name, variants, values));
    items.push(completion("enumeration", &[&name]));
    let module = emitter.unit.names.module(&shape.name);
    let file = emitter.file(&format!("types/{module}.rs"), Vec::new(), items);
    file.allow_deprecated(shape.deprecated.is_some())
}

fn definition(
    emitter: &Emitter<'_>,
    shape: &Shape,
    name: &str,
    variants: &[String],
    values: &[String],
) -> Item {
    static PLAIN: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum __0 {
                __lines1,
                #[doc = " A value that the model does not name, as it came."]
                Unrecognized(__1),
            }
        }
    });
    // `Debug` is written out where there are secrets.
    static SECRET: Skeleton = Skeleton::new(|| {
        quote! {
            #[comment = "__lines0"]
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum __0 {
                __lines1,
                #[doc = " A value that the model does not name, as it came."]
                Unrecognized(__1),
            }
        }
    });
    let lines = docs::lines(&shape.docs, || format!("The enum `{}`.", shape.name));
    let attributes = comments(&lines).chain(docs::deprecated_line(shape.deprecated.as_ref()));
    let mut rows = Vec::with_capacity(2 * values.len());
    for (variant, value) in variants.iter().zip(values) {
        rows.extend(comments(&[code(value)]));
        rows.push(format!("{variant},"));
    }
    let string = Types::new(emitter, &["super"], name).string();
    Item::Filled(Filled {
        skeleton: if shape.sensitive { &SECRET } else { &PLAIN },
        words: vec![name.to_owned(), ty_text(&string)],
        lines: vec![attributes.collect(), rows],
    })
}

/// A value as a code span.
fn code(value: &str) -> String {
    let value = &value.replace(char::is_control, "\u{fffd}");
    if value.contains('`') {
        format!("`` {value} ``")
    } else {
        format!("`{value}`")
    }
}

/// `Debug` of a secret.
fn debug(shape: &Shape, name: &str) -> Option<Item> {
    static DEBUG: Skeleton = Skeleton::new(|| {
        quote! {
            impl std::fmt::Debug for __0 {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("__0(** redacted **)")
                }
            }
        }
    });
    shape.sensitive.then(|| {
        Item::Filled(Filled {
            skeleton: &DEBUG,
            words: vec![name.to_owned()],
            lines: Vec::new(),
        })
    })
}

fn table(name: &str, variants: &[String], values: &[String]) -> Item {
    static TABLE: Skeleton = Skeleton::new(|| {
        let mark = crate::render::BREAK;
        quote! {
            impl rt::Enumeration for __0 {
                const KNOWN: &'static [Self] = &[#[comment = #mark] __lines0];
                fn as_str(&self) -> &str {
                    match self {
                        __lines1 => "",
                        Self::Unrecognized(value) => value,
                    }
                }
            }
        }
    });
    let known = variants.iter().map(|variant| format!("Self::{variant},"));
    let arms = variants.iter().zip(values);
    let arms = arms.map(|(variant, value)| format!("Self::{variant} => {},", literal(value)));
    Item::Filled(Filled {
        skeleton: &TABLE,
        words: vec![name.to_owned()],
        lines: vec![known.collect(), arms.collect()],
    })
}
