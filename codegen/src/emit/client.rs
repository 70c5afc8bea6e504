//! The client of a service, and what each operation adds to it.

use super::{Emitter, Item, docs};
use crate::ir::Operation;
use crate::passes::rust_name;
use crate::render::{Filled, Skeleton, comments};
use quote::quote;

/// The client: one type for both ways of calling, with a name for each.
pub(super) fn definitions(name: &str) -> Vec<Item> {
    static GENERIC: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " What [`Client`] and `blocking::Client` have in common: a method for each operation."]
            #[cfg(feature = "client")]
            #[derive(Clone, Debug)]
            pub struct ClientOf<M>(rt::client::Handle<M>);
        }
    });
    static COMPLETION: Skeleton = Skeleton::new(|| {
        quote! {
            #[cfg(feature = "client")]
            rt::client!(ClientOf, Service);
        }
    });
    static ASYNC: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " A client of __0, whose calls are futures."]
            #[cfg(feature = "client")]
            pub type Client = ClientOf<rt::client::Async>;
        }
    });
    static BLOCKING: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " Without an asynchronous runtime."]
            #[cfg(feature = "blocking")]
            pub mod blocking {
                #[doc = " A client of __0, whose calls block the thread."]
                pub type Client = super::ClientOf<smithereen_runtime::blocking::Blocking>;
            }
        }
    });
    let item = |skeleton| {
        Item::Filled(Filled {
            skeleton,
            words: vec![name.to_owned()],
            lines: Vec::new(),
        })
    };
    [&GENERIC, &COMPLETION, &ASYNC, &BLOCKING].map(item).into()
}

/// What can be configured for this service and for few others: parameters of its endpoint rules.
pub(super) fn settings(emitter: &Emitter<'_>, name: &str) -> Vec<Item> {
    static SETTINGS: Skeleton = Skeleton::new(|| {
        quote! {
            #[doc = " What can be configured for __0 besides what can be for all services."]
            #[cfg(feature = "client")]
            pub trait ConfigExt: Sized {
                const __lines0: () = ();
            }
        }
    });
    static SETTERS: Skeleton = Skeleton::new(|| {
        quote! {
            #[cfg(feature = "client")]
            impl ConfigExt for rt::client::config::Builder {
                const __lines0: () = ();
            }
        }
    });
    let (mut declared, mut defined) = (Vec::new(), Vec::new());
    for (parameter, context) in &emitter.unit.service.client_context {
        let ty = match context.kind.as_str() {
            "boolean" | "Boolean" => "bool",
            _ => "impl Into<String>",
        };
        let setter = crate::passes::field_name(parameter);
        let lines = docs::lines(&context.docs, || format!("`{parameter}`."));
        declared.extend(comments(&lines));
        declared.push("#[must_use]".to_owned());
        declared.push(format!("fn {setter}(self, value: {ty}) -> Self;"));
        defined.push(format!("fn {setter}(self, value: {ty}) -> Self {{"));
        let parameter = crate::render::literal(parameter);
        let value = if ty == "bool" {
            "value"
        } else {
            "Into::<String>::into(value)"
        };
        defined.push(format!("    self.endpoint_parameter({parameter}, {value})"));
        defined.push("}".to_owned());
    }
    if declared.is_empty() {
        return Vec::new();
    }
    let item = |skeleton, lines| {
        Item::Filled(Filled {
            skeleton,
            words: vec![name.to_owned()],
            lines: vec![lines],
        })
    };
    vec![item(&SETTINGS, declared), item(&SETTERS, defined)]
}

/// Methods that every client has.
const TAKEN: [&str; 3] = ["config", "from_conf", "new"];

/// An operation's method of the client.
pub(crate) fn method_name(emitter: &Emitter<'_>, operation: &Operation) -> String {
    let name = emitter.unit.names.module(&operation.name);
    if TAKEN.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        rust_name(&name)
    }
}

/// The method that starts a call of an operation.
pub(super) fn method(emitter: &Emitter<'_>, operation: &Operation, name: &str) -> Item {
    static METHOD: Skeleton = Skeleton::new(|| {
        quote! {
            #[cfg(feature = "client")]
            impl<M: rt::client::Mode> super::super::ClientOf<M> {
                #[comment = "__lines0"]
                pub fn __0(&self) -> __1InputBuilder<rt::client::Call<M>> {
                    __1InputBuilder::on(self.0.call())
                }
            }
        }
    });
    let lines = docs::lines(&operation.docs, || {
        format!("The operation `{}`.", operation.name)
    });
    // What it does in a sentence; the page has the rest.
    let mut summary: Vec<String> = lines.into_iter().take(1).collect();
    summary.push(String::new());
    summary.push(format!(
        "What goes in, what comes out and an example: [`{name}`]."
    ));
    let deprecated = docs::deprecated_line(operation.deprecated.as_ref());
    Item::Filled(Filled {
        skeleton: &METHOD,
        words: vec![method_name(emitter, operation), name.to_owned()],
        lines: vec![comments(&summary).chain(deprecated).collect()],
    })
}
