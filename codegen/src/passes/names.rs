//! What everything is called in Rust: assigned once, here, with the model's name kept beside.

use super::Unit;
use crate::error::Diagnostic;
use crate::ir;
use crate::locate::escape;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The names, by the names of the model.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The module of the service, which is the name of its folder too.
    pub service: String,
    /// Shape, and member or value within it, to what the Rust name is made from.
    renames: BTreeMap<(String, Option<String>), String>,
    /// Operations and shapes to types.
    types: HashMap<String, String>,
    /// The same to modules.
    modules: HashMap<String, String>,
    /// Shapes to the names of their members or values, in order.
    items: HashMap<String, Vec<String>>,
}

impl Names {
    pub(super) fn rename(&mut self, shape: &str, item: Option<&str>, to: &str) {
        let key = (shape.to_owned(), item.map(str::to_owned));
        self.renames.insert(key, to.to_owned());
    }

    /// The type of a shape or operation, without its module.
    pub fn ty(&self, name: &str) -> String {
        match self.types.get(name) {
            Some(ty) => ty.clone(),
            None => name.to_upper_camel_case(),
        }
    }

    /// The module of a shape or operation, which is the name of its file too.
    pub fn module(&self, name: &str) -> String {
        match self.modules.get(name) {
            Some(module) => module.clone(),
            None => module_name(&self.ty(name)),
        }
    }

    /// The fields of a structure, or the variants of a union or enum, in order.
    pub fn items(&self, shape: &str) -> &[String] {
        self.items.get(shape).map_or(&[], Vec::as_slice)
    }

    fn source<'n>(&'n self, shape: &str, item: &'n str) -> &'n str {
        if self.renames.is_empty() {
            return item;
        }
        let key = (shape.to_owned(), Some(item.to_owned()));
        self.renames.get(&key).map_or(item, String::as_str)
    }
}

/// The name as Rust spells it: raw if it is a keyword.
///
/// Only short lower-case words can be keywords, so syn is not asked about the rest. It does not
/// know `gen`, which edition 2024 reserves.
pub(crate) fn rust_name(name: &str) -> String {
    const LONGEST_KEYWORD: usize = 8;
    let possible = name.len() <= LONGEST_KEYWORD && name.bytes().all(|b| b.is_ascii_lowercase());
    if possible && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()) {
        match name {
            // These four cannot be raw.
            "self" | "super" | "crate" => format!("{name}_"),
            _ => format!("r#{name}"),
        }
    } else {
        name.to_owned()
    }
}

/// The name of a member in Rust, of anything that is called as members are.
pub(crate) fn field_name(wire: &str) -> String {
    rust_name(&not_a_digit(words(wire).to_snake_case()))
}

/// Plurals of acronyms as words, which `heck` splits before the last capital: `SubnetIDs`.
fn words(wire: &str) -> Cow<'_, str> {
    let bytes = wire.as_bytes();
    let capital = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_uppercase);
    let is_plural = |index: usize| {
        let ends = !bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase);
        bytes[index] == b's' && ends && index >= 2 && capital(index - 1) && capital(index - 2)
    };
    let plurals: Vec<usize> = (0..bytes.len()).filter(|index| is_plural(*index)).collect();
    if plurals.is_empty() {
        return Cow::Borrowed(wire);
    }
    let mut words = wire.to_owned();
    for end in plurals {
        let acronym = (0..end).rev().take_while(|index| capital(*index)).last();
        if let Some(rest) = acronym.and_then(|start| words.get_mut(start + 1..end)) {
            rest.make_ascii_lowercase();
        }
    }
    Cow::Owned(words)
}

fn module_name(ty: &str) -> String {
    let name = not_a_digit(ty.to_snake_case());
    match name.as_str() {
        // These modules are there already, `mod.rs` means something else, and the rest cannot
        // even be raw.
        "error" | "operation" | "types" | "mod" | "self" | "super" | "crate" => {
            format!("{name}_")
        }
        _ => name,
    }
}

fn variant_name(wire: &str) -> String {
    let name = not_a_digit(words(wire).to_upper_camel_case());
    if name == "Self" {
        "SelfValue".to_owned()
    } else {
        name
    }
}

fn not_a_digit(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

pub(super) fn run(unit: &mut Unit, problems: &mut Vec<Diagnostic>) {
    let mut names = std::mem::take(&mut unit.names);
    names.service = match unit.service.name.to_snake_case().as_str() {
        // The crate has these already.
        name @ ("config" | "http" | "http_client" | "partitions") => format!("{name}_"),
        name => name.to_owned(),
    };
    if !is_identifier(&names.service) {
        let message = format!("a service cannot be called `{}`", unit.service.name);
        let help = "the name becomes a module, and a folder";
        problems.push(Diagnostic::new(message).help(help));
    }
    types(unit, &mut names, problems);
    // Most members are called as some other member is.
    let mut known = HashMap::new();
    let mut field = |wire: &str| match known.get(wire) {
        Some(field) => String::clone(field),
        None => known
            .entry(wire.to_owned())
            .or_insert(field_name(wire))
            .clone(),
    };
    for (shape, _) in unit.shapes() {
        let path = format!("/shapes/{}", escape(&shape.name));
        match &shape.kind {
            ir::Kind::Structure(structure) => {
                let members = structure.members.iter().map(|member| member.name.as_str());
                let fields = assign(&names, &shape.name, members, &mut field);
                collisions(
                    &fields,
                    &[],
                    &|name, _| format!("{path}/members/{}", escape(name)),
                    problems,
                );
                names.items.insert(shape.name.clone(), rust(fields));
            }
            ir::Kind::Union(structure) => {
                let members = structure.members.iter().map(|member| member.name.as_str());
                let variants = assign(&names, &shape.name, members, variant_name);
                collisions(
                    &variants,
                    &[CATCH_ALL],
                    &|name, _| format!("{path}/members/{}", escape(name)),
                    problems,
                );
                names.items.insert(shape.name.clone(), rust(variants));
            }
            ir::Kind::Enumeration(values) => {
                let values = values.iter().map(String::as_str);
                let variants = assign(&names, &shape.name, values, variant_name);
                collisions(
                    &variants,
                    &[CATCH_ALL],
                    &|_, index| format!("{path}/enum/{index}"),
                    problems,
                );
                names.items.insert(shape.name.clone(), rust(variants));
            }
            _ => {}
        }
    }
    unit.names = names;
}

/// The variant that keeps what the model does not name.
const CATCH_ALL: &str = "Unrecognized";

/// Pairs of the model's name and the Rust name.
type Assigned<'m> = Vec<(&'m str, String)>;

fn assign<'m>(
    names: &Names,
    shape: &str,
    items: impl Iterator<Item = &'m str>,
    mut convert: impl FnMut(&str) -> String,
) -> Assigned<'m> {
    items
        .map(|item| (item, convert(names.source(shape, item))))
        .collect()
}

fn rust(assigned: Assigned<'_>) -> Vec<String> {
    assigned.into_iter().map(|(_, rust)| rust).collect()
}

/// Types live in three places: errors, other shapes, and operations.
fn types(unit: &Unit, names: &mut Names, problems: &mut Vec<Diagnostic>) {
    let operations = unit.operations.iter().map(String::as_str);
    let operations: Assigned<'_> = operations.map(|name| (name, type_name(name))).collect();
    collisions(
        &operations,
        &[],
        &|name, _| format!("/operations/{}", escape(name)),
        problems,
    );
    let mut errors = Vec::new();
    let mut others = Vec::new();
    let mut builders = Vec::new();
    for (shape, reached) in unit.shapes() {
        let source = names.renames.get(&(shape.name.clone(), None));
        let ty = type_name(source.unwrap_or(&shape.name));
        let named = matches!(
            shape.kind,
            ir::Kind::Structure(_) | ir::Kind::Union(_) | ir::Kind::Enumeration(_)
        );
        if !named {
            continue;
        }
        if reached.error {
            errors.push((shape.name.as_str(), ty.clone()));
        }
        if reached.nested {
            others.push((shape.name.as_str(), ty.clone()));
            if unit.built.contains(&shape.name) && matches!(shape.kind, ir::Kind::Structure(_)) {
                builders.push((shape.name.as_str(), format!("{ty}Builder")));
            }
        }
        names.types.insert(shape.name.clone(), ty);
    }
    let place = |name: &str, _| format!("/shapes/{}", escape(name));
    let before = problems.len();
    collisions(&errors, &["Unhandled"], &place, problems);
    collisions(&others, &[], &place, problems);
    // Of shapes that meet, the builders meet too.
    if problems.len() == before {
        others.extend(builders);
        collisions(&others, &[], &place, problems);
    }
    // An operation may be called as a shape is; they have separate modules.
    for (name, ty) in operations {
        names.types.entry(name.to_owned()).or_insert(ty);
    }
    let types = names.types.iter();
    let modules = types.map(|(name, ty)| (name.clone(), module_name(ty)));
    names.modules = modules.collect();
}

fn type_name(name: &str) -> String {
    // `Self` is the one name in upper camel case that Rust reserves.
    variant_name(name)
}

/// Whether this can be an identifier at all, keyword or not.
fn is_identifier(name: &str) -> bool {
    let plain = name.strip_prefix("r#").unwrap_or(name);
    let is_digit = |first: char| first.is_ascii_digit();
    if plain
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        !plain.starts_with(is_digit) && !plain.bytes().all(|b| b == b'_')
    } else {
        // What of other alphabets may be in an identifier, syn knows.
        syn::parse_str::<syn::Ident>(plain).is_ok()
    }
}

/// Names that meet, names that are taken, and names with nothing left of them.
fn collisions(
    assigned: &Assigned<'_>,
    taken: &[&str],
    place: &dyn Fn(&str, usize) -> String,
    problems: &mut Vec<Diagnostic>,
) {
    let help = "give one of them another name with a patch: action = { rename = \"…\" }";
    let mut seen: HashMap<&str, &str> = HashMap::with_capacity(assigned.len());
    for (index, (wire, rust)) in assigned.iter().enumerate() {
        let path = place(wire, index);
        if !is_identifier(rust) {
            let message = format!("`{wire}` has nothing that a Rust name can be made of");
            problems.push(Diagnostic::new(message).json_path(path).help(help));
        } else if taken.contains(&rust.as_str()) {
            let message = format!("`{wire}` would be `{rust}` in Rust, which is taken");
            problems.push(Diagnostic::new(message).json_path(path).help(help));
        } else if let Some(other) = seen.insert(rust, wire) {
            let message = format!("`{other}` and `{wire}` would both be `{rust}` in Rust");
            problems.push(Diagnostic::new(message).json_path(path).help(help));
        }
    }
}
