//! Operations that answer in pages: where the tokens are, and the items.

use super::types::Types;
use super::{Emitter, Item};
use crate::ir::{Kind, Operation, PageToken, Pagination, Path, Shape, Step};
use crate::render::{Filled, Skeleton, completion, ty as ty_text};
use quote::quote;

/// The items of a paginated operation, none for others.
pub(super) fn items(
    emitter: &Emitter<'_>,
    types: &Types<'_>,
    operation: &Operation,
    name: &str,
) -> Vec<Item> {
    let Some(pagination) = &operation.pagination else {
        return Vec::new();
    };
    let pages = Pages {
        emitter,
        types,
        operation,
        pagination,
        name,
    };
    let mut items = vec![pages.tokens()];
    items.extend(pages.items());
    items.push(completion(
        "paginated",
        &[name, &format!("{name}InputBuilder")],
    ));
    items
}

struct Pages<'p> {
    emitter: &'p Emitter<'p>,
    types: &'p Types<'p>,
    operation: &'p Operation,
    pagination: &'p Pagination,
    name: &'p str,
}

impl Pages<'_> {
    /// Where a page begins, and where the next.
    fn tokens(&self) -> Item {
        static TOKENS: Skeleton = Skeleton::new(|| {
            quote! {
                impl rt::Paginated for __0 {
                    type Token = __1;
                    fn token(input: &__0Input) -> Self::Token {
                        __2
                    }
                    fn set_token(input: &mut __0Input, token: Self::Token) {
                        __lines0;
                    }
                    fn next_token(page: &__0Output) -> Option<Self::Token> {
                        __lines1;
                    }
                    const __lines2: () = ();
                }
            }
        });
        let tokens = self.pagination.tokens.iter();
        let tokens: Vec<_> = tokens
            .filter_map(|token| self.input(&token.input))
            .collect();
        let clone = |(field, shape): &(&str, &Shape)| match shape.kind {
            Kind::Integer | Kind::Long => format!("input.{field}"),
            _ => format!("input.{field}.clone()"),
        };
        let (of_input, set) = match tokens.as_slice() {
            [token] => (clone(token), vec![format!("input.{} = token;", token.0)]),
            more => {
                let clones: Vec<String> = more.iter().map(clone).collect();
                let places = more.iter().enumerate();
                let set =
                    places.map(|(index, (field, _))| format!("input.{field} = token.{index};"));
                (format!("({})", clones.join(", ")), set.collect())
            }
        };
        let types = tokens.iter();
        let types = types.map(|(_, shape)| ty_text(&self.types.field(&shape.name, false)));
        let types: Vec<String> = types.collect();
        let token_type = match types.as_slice() {
            [one] => one.clone(),
            more => format!("({})", more.join(", ")),
        };
        Item::Filled(Filled {
            skeleton: &TOKENS,
            words: vec![self.name.to_owned(), token_type, of_input],
            lines: vec![set, self.next(), self.limit()],
        })
    }

    /// The body of `next_token`.
    fn next(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(more) = &self.pagination.more {
            lines.push(format!("if {} != Some(&true) {{", self.reference(more)));
            lines.push("    return None;".to_owned());
            lines.push("}".to_owned());
        }
        let next = |token: &PageToken| {
            let alternatives: Vec<String> = token
                .output
                .iter()
                .map(|path| format!("rt::page::token({})", self.reference(path)))
                .collect();
            let (first, rest) = alternatives.split_first()?;
            let rest = rest.iter().map(|path| format!(".or_else(|| {path})"));
            Some(
                std::iter::once(first.clone())
                    .chain(rest)
                    .collect::<String>(),
            )
        };
        let tokens: Vec<String> = self.pagination.tokens.iter().filter_map(next).collect();
        match tokens.as_slice() {
            [token] => lines.push(format!("{token}.map(Some)")),
            more => {
                let names: Vec<String> = (0..more.len()).map(|n| format!("token_{n}")).collect();
                for (name, token) in names.iter().zip(more) {
                    lines.push(format!("let {name} = {token};"));
                }
                let set: Vec<String> = names.iter().map(|n| format!("{n}.is_some()")).collect();
                lines.push(format!(
                    "({}).then_some(({}))",
                    set.join(" || "),
                    names.join(", ")
                ));
            }
        }
        lines
    }

    /// `set_page_size`, if there is such a setting.
    fn limit(&self) -> Vec<String> {
        let limit = self.pagination.limit.as_ref();
        let Some((field, shape)) = limit.and_then(|limit| self.input(limit)) else {
            return Vec::new();
        };
        let value = match shape.kind {
            Kind::Integer => "items",
            Kind::Long => "items.into()",
            // Some services have it as a string.
            _ => "items.to_string()",
        };
        vec![
            format!(
                "fn set_page_size(input: &mut {}Input, items: i32) {{",
                self.name
            ),
            format!("    input.{field} = Some({value});"),
            "}".to_owned(),
        ]
    }

    /// What is on a page, if that is one list or map.
    fn items(&self) -> Option<Item> {
        static ITEMS: Skeleton = Skeleton::new(|| {
            quote! {
                impl rt::PaginatedItems for __0 {
                    type Item = __1;
                    fn items(page: __0Output) -> Vec<Self::Item> {
                        __2
                    }
                }
            }
        });
        let [path] = self.pagination.items.as_slice() else {
            return None;
        };
        let (item, collect) = match &self.emitter.unit.service.shape(&path.target)?.kind {
            Kind::List(list) => (
                ty_text(&self.types.element(&list.element.target, list.sparse)),
                ".unwrap_or_default()",
            ),
            Kind::Map(map) => (
                format!(
                    "({}, {})",
                    ty_text(&self.types.value(&map.key.target)),
                    ty_text(&self.types.element(&map.value.target, map.sparse))
                ),
                ".unwrap_or_default().into_iter().collect()",
            ),
            _ => return None,
        };
        let value = format!("{}{collect}", self.value(path));
        Some(Item::Filled(Filled {
            skeleton: &ITEMS,
            words: vec![self.name.to_owned(), item, value],
            lines: Vec::new(),
        }))
    }

    /// The fields on the way of a path, and `[-1]`.
    fn fields(&self, path: &Path) -> Vec<Option<String>> {
        let unit = self.emitter.unit;
        let output = self.operation.output.as_ref();
        let mut shape = output.map(|body| body.shape.as_str()).unwrap_or_default();
        let mut fields = Vec::new();
        for step in &path.steps {
            match step {
                Step::Member(name) => {
                    let members = unit.service.shape(shape).map_or(&[][..], |s| s.members());
                    let index = members.iter().position(|member| member.name == *name);
                    let index = index.unwrap_or_default();
                    fields.push(unit.names.items(shape).get(index).cloned());
                    shape = members.get(index).map_or("", |member| &member.target);
                }
                Step::Last => {
                    fields.push(None);
                    if let Some(Kind::List(list)) = unit.service.shape(shape).map(|s| &s.kind) {
                        shape = &list.element.target;
                    }
                }
            }
        }
        fields
    }

    /// `page.a.as_ref().and_then(|it| it.b.as_ref())`.
    fn reference(&self, path: &Path) -> String {
        self.follow(path, ".as_ref()", ".and_then(|it| it.last())")
    }

    /// `page.a.and_then(|it| it.b)`.
    fn value(&self, path: &Path) -> String {
        self.follow(path, "", ".and_then(|mut it| it.pop())")
    }

    /// The way of a path through a page: what each field ends in, and what the last element is.
    fn follow(&self, path: &Path, end: &str, last: &str) -> String {
        let mut text = String::new();
        for field in self.fields(path) {
            text.push_str(&match field {
                Some(field) if text.is_empty() => format!("page.{field}{end}"),
                Some(field) => format!(".and_then(|it| it.{field}{end})"),
                None => last.to_owned(),
            });
        }
        text
    }

    /// A member of the input: its field, and the shape that it has.
    fn input(&self, name: &str) -> Option<(&str, &Shape)> {
        let unit = self.emitter.unit;
        let shape = unit.service.shape(&self.operation.input.as_ref()?.shape)?;
        let mut members = shape.members().iter().zip(unit.names.items(&shape.name));
        let (member, field) = members.find(|(member, _)| member.name == name)?;
        Some((field, unit.service.shape(&member.target)?))
    }
}
