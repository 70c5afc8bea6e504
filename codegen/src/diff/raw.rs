//! The text of a model, for places and for what is compared as it stands.

use super::report::Location;
use crate::error::Position;
use crate::locate::{self, unescape};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A model's text, opened as far as its operations and shapes.
pub(super) struct Raw<'m> {
    file: String,
    text: &'m str,
    top: Object<'m>,
    operations: Object<'m>,
    shapes: Object<'m>,
    /// Where lines begin, found when the first place is asked for.
    lines: OnceCell<Vec<usize>>,
}

type Object<'m> = BTreeMap<Key<'m>, &'m RawValue>;

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'m>(#[serde(borrow)] Cow<'m, str>);

impl<'m> Raw<'m> {
    /// Of a model that could be read.
    pub fn new(file: String, json: &'m [u8]) -> Self {
        let text = std::str::from_utf8(json).unwrap_or_default();
        let top: Object<'m> = serde_json::from_str(text).unwrap_or_default();
        let inner = |name: &'static str| {
            let object = top.get(&Key(Cow::Borrowed(name)));
            let object = object.map(|object| serde_json::from_str(object.get()));
            object.and_then(Result::ok).unwrap_or_default()
        };
        let (operations, shapes) = (inner("operations"), inner("shapes"));
        Self {
            file,
            text,
            top,
            operations,
            shapes,
            lines: OnceCell::new(),
        }
    }

    /// The text of a shape.
    pub fn shape(&self, name: &str) -> Option<&'m str> {
        get(&self.shapes, name)
    }

    /// The text of an operation.
    pub fn operation(&self, name: &str) -> Option<&'m str> {
        get(&self.operations, name)
    }

    /// The text of a key of the whole model.
    pub fn top(&self, name: &str) -> Option<&'m str> {
        get(&self.top, name)
    }

    /// The keys of the whole model.
    pub fn top_keys(&self) -> impl Iterator<Item = &str> {
        self.top.keys().map(|key| &*key.0)
    }

    /// The place of the value at a JSON pointer, or of the innermost one around it.
    pub fn location(&self, pointer: &str) -> Location {
        let inner = self.inner(pointer);
        let offset = inner
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        let Position { line, column } = self.position(offset);
        Location {
            file: self.file.clone(),
            path: pointer.to_owned(),
            line,
            column,
        }
    }

    /// The text of the value at a JSON pointer.
    pub fn value(&self, pointer: &str) -> Option<&'m str> {
        self.has(pointer).then(|| self.inner(pointer))
    }

    /// Whether there is a value at a JSON pointer.
    pub fn has(&self, pointer: &str) -> bool {
        let (around, key) = pointer.rsplit_once('/').unwrap_or_default();
        let object: Object<'_> = serde_json::from_str(self.inner(around)).unwrap_or_default();
        object.contains_key(&Key(Cow::Owned(unescape(key))))
    }

    /// The text of the value at a JSON pointer, or of the innermost one around it; what is open
    /// already is not opened again.
    fn inner(&self, pointer: &str) -> &'m str {
        let mut steps = pointer.splitn(4, '/').skip(1);
        let value = match (steps.next(), steps.next()) {
            (Some("shapes"), Some(name)) => self.shape(&unescape(name)),
            (Some("operations"), Some(name)) => self.operation(&unescape(name)),
            _ => None,
        };
        let Some(value) = value else {
            return locate::inner(self.text, pointer);
        };
        let rest = steps.next().map(|rest| format!("/{rest}"));
        locate::inner(value, rest.as_deref().unwrap_or_default())
    }

    fn position(&self, offset: usize) -> Position {
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate();
            let ends = ends.filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(end, _)| end + 1))
                .collect()
        });
        let line = lines.partition_point(|start| *start <= offset);
        let start = lines.get(line.saturating_sub(1)).copied();
        Position {
            line: line.max(1),
            column: offset - start.unwrap_or_default() + 1,
        }
    }
}

fn get<'m>(object: &Object<'m>, name: &str) -> Option<&'m str> {
    // A key that borrows for less long is another type to the map, so the name is looked for.
    let found = object.get(&Key(Cow::Owned(name.to_owned())));
    found.map(|value| value.get())
}
