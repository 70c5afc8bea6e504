//! Changes to `codegen.toml` that leave its comments and its layout alone.

use crate::error::Diagnostic;
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// A manifest that is being edited. It has been read before, so what it holds is known.
pub(crate) struct Edit {
    document: DocumentMut,
}

impl Edit {
    pub fn new(file: &Path, text: &str) -> Result<Self, Diagnostic> {
        let document = text.parse().map_err(|error: toml_edit::TomlError| {
            Diagnostic::new(error.message().to_owned()).file(file)
        })?;
        Ok(Self { document })
    }

    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Adds a service with these operations; all, if there are none.
    pub fn add_service(&mut self, service: &str, operations: &[String]) -> Option<()> {
        let operations = match operations {
            [] => Value::from("all"),
            names => Value::from(names.iter().collect::<Array>()),
        };
        let services = self.document.entry("services").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        if let Some(inline) = services.as_inline_table_mut() {
            let mut table = InlineTable::new();
            table.insert("operations", operations);
            let last = inline.iter_mut().last();
            let after = last.map(|(_, last)| {
                let after = suffix(last);
                last.decor_mut().set_suffix("");
                after
            });
            let table = Value::InlineTable(table).decorated(" ", after.unwrap_or_default());
            inline.insert(service, table);
            return Some(());
        }
        let mut table = Table::new();
        table.insert("operations", Item::Value(operations));
        table.decor_mut().set_prefix("\n");
        services.as_table_mut()?.insert(service, Item::Table(table));
        Some(())
    }

    /// Adds operations to a service that names some.
    pub fn add_operations(&mut self, service: &str, operations: &[String]) -> Option<()> {
        let array = self.operations(service)?;
        for name in operations {
            push(array, name);
        }
        Some(())
    }

    /// Removes a service.
    pub fn remove_service(&mut self, service: &str) -> Option<()> {
        self.services()?.remove(service)?;
        Some(())
    }

    /// Removes operations of a service that names them.
    pub fn remove_operations(&mut self, service: &str, operations: &[String]) -> Option<()> {
        let array = self.operations(service)?;
        for name in operations {
            let index = array.iter().position(|item| item.as_str() == Some(name))?;
            remove(array, index);
        }
        Some(())
    }

    fn services(&mut self) -> Option<&mut dyn TableLike> {
        self.document.get_mut("services")?.as_table_like_mut()
    }

    fn operations(&mut self, service: &str) -> Option<&mut Array> {
        let service = self.services()?.get_mut(service)?.as_table_like_mut()?;
        service.get_mut("operations")?.as_array_mut()
    }
}

fn prefix(value: &Value) -> String {
    let prefix = value.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

fn suffix(value: &Value) -> String {
    let suffix = value.decor().suffix().and_then(|suffix| suffix.as_str());
    suffix.unwrap_or_default().to_owned()
}

/// What stands before an element on a line of its own: the end of the line before, and the indent.
fn line_start(prefix: &str) -> Option<&str> {
    prefix.rfind('\n').map(|end| &prefix[end..])
}

/// Appends an element in the way of the last one.
fn push(array: &mut Array, name: &str) {
    let last = array.len().checked_sub(1);
    let Some(last) = last.and_then(|last| array.get_mut(last)) else {
        array.push(name);
        return;
    };
    let own_line = line_start(&prefix(last)).map(str::to_owned);
    // Without a comma at the end, what follows the last element belongs to it.
    let after = suffix(last);
    last.decor_mut().set_suffix("");
    let mut before = own_line.clone().unwrap_or_else(|| " ".to_owned());
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    // A comment after the last element stays with it.
    if trailing.contains('#') {
        before = format!("{}{before}", trailing.trim_end());
        array.set_trailing("\n");
    }
    array.push_formatted(Value::from(name).decorated(before, after));
}

/// Removes an element, with the comments above it and behind it.
fn remove(array: &mut Array, index: usize) {
    let removed = array.remove(index);
    let (before, after) = (prefix(&removed), suffix(&removed));
    // What stands before the first line break is about the element before, if there is a break.
    let (head, own_line) = match before.split_once('\n') {
        Some((head, _)) => (head, line_start(&before)),
        None => (before.as_str(), None),
    };
    let rest = |text: &str| text.find('\n').map(|end| text[end..].to_owned());
    if let Some(next) = array.get_mut(index) {
        let rest = own_line.map(|own| rest(&prefix(next)).unwrap_or_else(|| own.to_owned()));
        let prefix = format!("{head}{}", rest.unwrap_or_default());
        next.decor_mut().set_prefix(prefix);
        return;
    }
    let head = if own_line.is_some() { head } else { "" };
    let trailing = array.trailing().as_str().unwrap_or_default();
    if let Some(rest) = rest(trailing) {
        array.set_trailing(format!("{head}{rest}"));
    } else if let Some(last) = index.checked_sub(1).and_then(|last| array.get_mut(last)) {
        // Without a comma at the end, what follows the last element belongs to it.
        last.decor_mut().set_suffix(format!("{head}{after}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl FnOnce(&mut Edit) -> Option<()>) -> String {
        let mut document = Edit::new("codegen.toml".as_ref(), text).unwrap();
        edit(&mut document).unwrap();
        document.text()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    const ONE_LINE: &str = "# Ours.\n\n[services.a]\noperations = [\"One\", \"Two\"] # some\n";
    const LINES: &str = "[services.a]\noperations = [\n    # The first.\n    \"One\", # one\n    \
                         \"Two\", # two\n]\nversion = \"1\"\n";

    #[test]
    fn an_operation_is_added_on_the_line_of_the_others() {
        let text = edited(ONE_LINE, |edit| {
            edit.add_operations("a", &names(&["Three"]))
        });
        assert_eq!(text, ONE_LINE.replace("\"Two\"", "\"Two\", \"Three\""));
    }

    #[test]
    fn an_operation_is_added_on_a_line_of_its_own() {
        let text = edited(LINES, |edit| {
            edit.add_operations("a", &names(&["Three", "Four"]))
        });
        let two = "\"Two\", # two\n";
        assert_eq!(
            text,
            LINES.replace(two, &format!("{two}    \"Three\",\n    \"Four\",\n"))
        );
        // The last one has no comma.
        let bare = LINES.replace("\"Two\", # two", "\"Two\"");
        let text = edited(&bare, |edit| edit.add_operations("a", &names(&["Three"])));
        assert_eq!(text, bare.replace("\"Two\"", "\"Two\",\n    \"Three\""));
    }

    #[test]
    fn an_operation_is_removed_with_its_comments() {
        let first = edited(LINES, |edit| edit.remove_operations("a", &names(&["One"])));
        assert_eq!(
            first,
            LINES.replace("    # The first.\n    \"One\", # one\n", "")
        );
        let last = edited(LINES, |edit| edit.remove_operations("a", &names(&["Two"])));
        assert_eq!(last, LINES.replace("    \"Two\", # two\n", ""));
        let first = edited(ONE_LINE, |edit| {
            edit.remove_operations("a", &names(&["One"]))
        });
        assert_eq!(first, ONE_LINE.replace("\"One\", ", ""));
        let last = edited(ONE_LINE, |edit| {
            edit.remove_operations("a", &names(&["Two"]))
        });
        assert_eq!(last, ONE_LINE.replace(", \"Two\"", ""));
    }

    #[test]
    fn a_service_is_added_at_the_end_and_removed_again() {
        let some = edited(ONE_LINE, |edit| edit.add_service("b", &names(&["Three"])));
        let added = "\n[services.b]\noperations = [\"Three\"]\n";
        assert_eq!(some, format!("{ONE_LINE}{added}"));
        let all = edited(ONE_LINE, |edit| edit.add_service("b", &[]));
        assert_eq!(
            all,
            format!("{ONE_LINE}\n[services.b]\noperations = \"all\"\n")
        );
        assert_eq!(edited(&all, |edit| edit.remove_service("b")), ONE_LINE);
    }

    #[test]
    fn services_in_one_table() {
        let text = "services = { a = { operations = [\"One\"] } }\n";
        let added = edited(text, |edit| edit.add_service("b", &names(&["Two"])));
        let expected =
            "services = { a = { operations = [\"One\"] }, b = { operations = [\"Two\"] } }\n";
        assert_eq!(added, expected);
        let text = "[services]\na.operations = [\"One\"]\n";
        let added = edited(text, |edit| edit.add_service("b", &names(&["Two"])));
        assert_eq!(
            added,
            format!("{text}\n[services.b]\noperations = [\"Two\"]\n")
        );
    }
}
