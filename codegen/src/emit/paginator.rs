//! Operations that answer in pages: where the tokens are, and the items.

use super::types::Types;
use super::{Emitter, Item};
use crate::ir::{Kind, Operation, PageToken, Pagination, Path, Step};
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
        let tokens = &self.pagination.tokens;
        let input = |token: &PageToken| self.input_field(&token.input);
        let ty = |token: &PageToken| {
            let target = self.input_member(&token.input);
            target.map_or_else(String::new, |target| {
                ty_text(&self.types.field(target, false))
            })
        };
        let clone = |token: &PageToken| {
            let target = self.input_member(&token.input);
            let shape = target.and_then(|target| self.emitter.unit.service.shape(target));
            let is_number =
                shape.is_some_and(|shape| matches!(shape.kind, Kind::Integer | Kind::Long));
            let clone = if is_number { "" } else { ".clone()" };
            format!("input.{}{clone}", input(token))
        };
        let (of_input, set) = match tokens.as_slice() {
            [token] => (
                clone(token),
                vec![format!("input.{} = token;", input(token))],
            ),
            more => {
                let clones: Vec<String> = more.iter().map(clone).collect();
                let places = more.iter().enumerate();
                let set =
                    places.map(|(index, token)| format!("input.{} = token.{index};", input(token)));
                (format!("({})", clones.join(", ")), set.collect())
            }
        };
        let types: Vec<String> = tokens.iter().map(ty).collect();
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
            lines.push(format!(
                "if {} != Some(&true) {{",
                self.reference("page", more)
            ));
            lines.push("    return None;".to_owned());
            lines.push("}".to_owned());
        }
        let next = |token: &PageToken| {
            let alternatives: Vec<String> = token
                .output
                .iter()
                .map(|path| format!("rt::page::token({})", self.reference("page", path)))
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
        let Some(limit) = &self.pagination.limit else {
            return Vec::new();
        };
        let shape = self.input_member(limit).and_then(|target| {
            let shape = self.emitter.unit.service.shape(target)?;
            Some(&shape.kind)
        });
        let value = match shape {
            Some(Kind::Integer) => "items",
            Some(Kind::Long) => "items.into()",
            // Some services have it as a string.
            _ => "items.to_string()",
        };
        vec![
            format!(
                "fn set_page_size(input: &mut {}Input, items: i32) {{",
                self.name
            ),
            format!("    input.{} = Some({value});", self.input_field(limit)),
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
        let value = format!("{}{collect}", self.value("page", path));
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
    fn reference(&self, root: &str, path: &Path) -> String {
        let mut text = String::new();
        for field in self.fields(path) {
            let step = match &field {
                Some(field) if text.is_empty() => format!("{root}.{field}.as_ref()"),
                Some(field) => format!(".and_then(|it| it.{field}.as_ref())"),
                None => ".and_then(|it| it.last())".to_owned(),
            };
            text.push_str(&step);
        }
        text
    }

    /// `page.a.and_then(|it| it.b)`.
    fn value(&self, root: &str, path: &Path) -> String {
        let mut text = String::new();
        for field in self.fields(path) {
            let step = match &field {
                Some(field) if text.is_empty() => format!("{root}.{field}"),
                Some(field) => format!(".and_then(|it| it.{field})"),
                None => ".and_then(|mut it| it.pop())".to_owned(),
            };
            text.push_str(&step);
        }
        text
    }

    fn input_member(&self, name: &str) -> Option<&str> {
        let body = self.operation.input.as_ref()?;
        let members = self.emitter.unit.service.shape(&body.shape)?.members();
        let member = members.iter().find(|member| member.name == name)?;
        Some(&member.target)
    }

    fn input_field(&self, name: &str) -> String {
        let unit = self.emitter.unit;
        let shape = self.operation.input.as_ref().map(|body| &body.shape);
        let shape = shape.and_then(|shape| unit.service.shape(shape));
        let field = shape.and_then(|shape| {
            let index = shape.members().iter().position(|m| m.name == name)?;
            unit.names.items(&shape.name).get(index)
        });
        field.cloned().unwrap_or_default()
    }
}
