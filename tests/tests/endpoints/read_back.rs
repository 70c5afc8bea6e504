//! Generated rules as data: their Rust is read as rustc would read it, which takes milliseconds,
//! and not minutes as compiling all of AWS's. Of some that are compiled it is shown that the two
//! are the same.

use crate::archive;
use smithereen_codegen::stages;
use smithereen_runtime::endpoint::Partition;
use smithereen_runtime::endpoint::rules::*;
use syn::{Expr, Lit};

/// What is read stays for the life of the process, as what is compiled does.
fn keep<T>(things: impl IntoIterator<Item = T>) -> &'static [T] {
    things.into_iter().collect::<Vec<_>>().leak()
}

/// Lowers a rule set, writes its Rust and reads that.
pub fn rule_set(json: &[u8]) -> RuleSet<'static> {
    let text = stages::endpoint_rules(json).unwrap_or_else(|found| panic!("{found:#?}"));
    let expression = constant(&text);
    RuleSet {
        parameters: keep(entries(field(&expression, "parameters")).map(parameter)),
        rules: keep(entries(field(&expression, "rules")).map(rule)),
    }
}

/// The same for partitions.
pub fn partitions(json: &[u8]) -> &'static [Partition<'static>] {
    let text = stages::partitions(json).unwrap_or_else(|found| panic!("{found:#?}"));
    let partition = |expression: &Expr| Partition {
        id: string_of(field(expression, "id")),
        region_regex: string_of(field(expression, "region_regex")),
        dns_suffix: string_of(field(expression, "dns_suffix")),
        dual_stack_dns_suffix: string_of(field(expression, "dual_stack_dns_suffix")),
        implicit_global_region: string_of(field(expression, "implicit_global_region")),
        supports_fips: bool_of(field(expression, "supports_fips")),
        supports_dual_stack: bool_of(field(expression, "supports_dual_stack")),
        regions: keep(entries(field(expression, "regions")).map(string_of)),
    };
    keep(entries(&constant(&text)).map(partition))
}

/// The value of the only static of a file.
fn constant(text: &str) -> Expr {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut statics = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Static(item) => Some(*item.expr),
        _ => None,
    });
    statics.next().unwrap()
}

fn field<'e>(expression: &'e Expr, name: &str) -> &'e Expr {
    let Expr::Struct(expression) = expression else {
        panic!("no struct");
    };
    let named = |field: &&syn::FieldValue| match &field.member {
        syn::Member::Named(found) => found == name,
        syn::Member::Unnamed(_) => false,
    };
    &expression.fields.iter().find(named).unwrap().expr
}

/// The entries of `&[…]`.
fn entries(expression: &Expr) -> impl Iterator<Item = &Expr> {
    let Expr::Reference(reference) = expression else {
        panic!("no reference");
    };
    let Expr::Array(array) = &*reference.expr else {
        panic!("no array");
    };
    array.elems.iter()
}

fn string_of(expression: &Expr) -> &'static str {
    match expression {
        Expr::Lit(syn::ExprLit {
            lit: Lit::Str(text),
            ..
        }) => text.value().leak(),
        _ => panic!("no string"),
    }
}

fn bool_of(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(syn::ExprLit {
            lit: Lit::Bool(value),
            ..
        }) => value.value,
        _ => panic!("no boolean"),
    }
}

/// A word with what is in its brackets, after what it is called on.
fn words(expression: &Expr) -> (Option<&Expr>, String, Vec<&Expr>) {
    match expression {
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                panic!("no function");
            };
            let word = path.path.require_ident().unwrap().to_string();
            (None, word, call.args.iter().collect())
        }
        Expr::MethodCall(call) => (
            Some(&*call.receiver),
            call.method.to_string(),
            call.args.iter().collect(),
        ),
        Expr::Path(path) => (
            None,
            path.path.require_ident().unwrap().to_string(),
            Vec::new(),
        ),
        _ => panic!("no call"),
    }
}

fn parameter(expression: &Expr) -> Parameter<'static> {
    let (on, word, given) = words(expression);
    let on = on.map(parameter);
    match (on, word.as_str(), given.as_slice()) {
        (None, "boolean", [name]) => boolean(string_of(name)),
        (None, "string", [name]) => string(string_of(name)),
        (None, "strings", [name]) => strings(string_of(name)),
        (Some(on), "built_in", [source]) => on.built_in(string_of(source)),
        (Some(on), "required", []) => on.required(),
        (Some(on), "or_bool", [value]) => on.or_bool(bool_of(value)),
        (Some(on), "or_text", [text]) => on.or_text(string_of(text)),
        (Some(on), "or_texts", [texts]) => on.or_texts(keep(entries(texts).map(string_of))),
        _ => panic!("{word} is no parameter"),
    }
}

fn rule(expression: &Expr) -> Rule<'static> {
    let (on, word, given) = words(expression);
    let [given] = given.as_slice() else {
        panic!("{word} takes one argument");
    };
    let conditions = || match on.map(words) {
        None => when(&[]),
        Some((None, word, given)) if word == "when" => when(keep(entries(given[0]).map(call))),
        _ => panic!("no condition"),
    };
    match word.as_str() {
        "rules" => conditions().rules(keep(entries(given).map(rule))),
        "endpoint" => conditions().endpoint(value(given)),
        "error" => conditions().error(value(given)),
        "headers" => rule(on.unwrap()).headers(keep(entries(given).map(|header| {
            let (name, values) = pair(header);
            (name, keep(entries(values).map(value)))
        }))),
        "properties" => rule(on.unwrap()).properties(keep(entries(given).map(named_value))),
        word => panic!("{word} is no rule"),
    }
}

fn pair(expression: &Expr) -> (&'static str, &Expr) {
    match expression {
        Expr::Tuple(tuple) if tuple.elems.len() == 2 => {
            (string_of(&tuple.elems[0]), &tuple.elems[1])
        }
        _ => panic!("no pair"),
    }
}

fn named_value(expression: &Expr) -> (&'static str, Expression<'static>) {
    let (name, inner) = pair(expression);
    (name, value(inner))
}

fn call(expression: &Expr) -> Call<'static> {
    let (on, word, given) = words(expression);
    if let Some(on) = on {
        assert_eq!(word, "assign");
        return call(on).assign(string_of(given[0]));
    }
    let arguments = keep(entries(given[0]).map(value));
    match word.as_str() {
        "is_set" => is_set(arguments.try_into().unwrap()),
        "not" => not(arguments.try_into().unwrap()),
        "boolean_equals" => boolean_equals(arguments.try_into().unwrap()),
        "string_equals" => string_equals(arguments.try_into().unwrap()),
        "get_attr" => get_attr(arguments.try_into().unwrap()),
        "substring" => substring(arguments.try_into().unwrap()),
        "uri_encode" => uri_encode(arguments.try_into().unwrap()),
        "parse_url" => parse_url(arguments.try_into().unwrap()),
        "is_valid_host_label" => is_valid_host_label(arguments.try_into().unwrap()),
        "partition" => partition(arguments.try_into().unwrap()),
        "parse_arn" => parse_arn(arguments.try_into().unwrap()),
        "is_virtual_hostable_s3_bucket" => {
            is_virtual_hostable_s3_bucket(arguments.try_into().unwrap())
        }
        word => panic!("{word} is no function"),
    }
}

fn value(expression: &Expr) -> Expression<'static> {
    let (on, word, given) = words(expression);
    match (on, word.as_str(), given.as_slice()) {
        (None, "TRUE", []) => TRUE,
        (None, "FALSE", []) => FALSE,
        (None, "text", [inner]) => text(string_of(inner)),
        (None, "reference", [inner]) => reference(string_of(inner)),
        (
            None,
            "number",
            [
                Expr::Lit(syn::ExprLit {
                    lit: Lit::Int(inner),
                    ..
                }),
            ],
        ) => number(inner.base10_parse().unwrap()),
        (None, "list", [inner]) => list(keep(entries(inner).map(value))),
        (None, "record", [inner]) => record(keep(entries(inner).map(named_value))),
        (Some(on), "value", []) => call(on).value(),
        _ => panic!("{word} is no value"),
    }
}

#[test]
fn what_is_compiled_is_what_is_read_back() {
    let compiled = smithereen_tests::ENDPOINT_RULES;
    for (path, rules) in compiled {
        assert!(rule_set(&archive::FILES[*path]) == **rules, "{path}");
    }
    let unit = compiled
        .iter()
        .filter(|(path, _)| path.starts_with(archive::UNIT_RULES));
    assert_eq!((unit.count(), compiled.len()), (18, 25));
}

#[test]
fn what_is_checked_in_is_what_is_read_back() {
    use smithereen_aws::backup::Service;
    use smithereen_runtime::endpoint::Endpoints;
    let models = concat!(env!("CARGO_MANIFEST_DIR"), "/../models");
    let file = |path| std::fs::read(format!("{models}/{path}")).unwrap();
    let rules = file("backup/2018-11-15/endpoint-rule-set-1.json");
    assert!(rule_set(&rules) == *<Service as Endpoints>::RULES);
    assert!(partitions(&file("partitions.json")) == <Service as Endpoints>::PARTITIONS);
    assert_eq!(<Service as Endpoints>::SIGNING_NAME, "backup");
}
