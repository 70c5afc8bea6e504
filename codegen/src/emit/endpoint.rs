//! Endpoint rules and partitions: constant data, one entry a line.

use super::{File, Item};
use crate::ir::endpoint::{
    Call, Default, Endpoint, Function, Outcome, Parameter, ParameterKind, Part, Partition,
    Property, Reference, Rule, RuleSet, Template, Value,
};
use crate::render::{BREAK, Filled, Skeleton, import, literal};
use quote::quote;

/// The rules of a service, in the folder of its module.
pub(crate) fn rules(module: &str, rules: &RuleSet, source: &str) -> File {
    static RULES: Skeleton = Skeleton::new(|| {
        let mark = BREAK;
        quote! {
            pub(super) static RULES: RuleSet<'static> = RuleSet {
                parameters: &[#[comment = #mark] __lines0],
                rules: &[#[comment = #mark] __lines1],
            };
        }
    });
    let parameters = rules.parameters.iter();
    let mut lines = Lines::default();
    lines.rules(&rules.rules);
    let items = vec![
        import("use smithereen_runtime::endpoint::rules::*"),
        Item::Filled(Filled {
            skeleton: &RULES,
            words: Vec::new(),
            lines: vec![parameters.map(parameter).collect(), lines.lines],
        }),
    ];
    file(format!("{module}/endpoint.rs"), source, items)
}

fn file(path: String, source: &str, items: Vec<Item>) -> File {
    File {
        path,
        source: source.to_owned(),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
        blocks: Vec::new(),
    }
}

/// The partitions, which all services share.
pub(crate) fn partitions(partitions: &[Partition], source: &str) -> File {
    static PARTITIONS: Skeleton = Skeleton::new(|| {
        let mark = BREAK;
        quote! {
            pub(crate) static PARTITIONS: &[Partition<'static>] = &[#[comment = #mark] __lines0];
        }
    });
    let mut lines = Lines::default();
    for partition in partitions {
        lines.partition(partition);
    }
    let items = vec![
        import("use smithereen_runtime::endpoint::Partition"),
        Item::Filled(Filled {
            skeleton: &PARTITIONS,
            words: Vec::new(),
            lines: vec![lines.lines],
        }),
    ];
    file("partitions.rs".to_owned(), source, items)
}

/// `boolean("UseFIPS").built_in("AWS::UseFIPS").required().or_bool(false),`.
fn parameter(parameter: &Parameter) -> String {
    let kind = match parameter.kind {
        ParameterKind::Boolean => "boolean",
        ParameterKind::String => "string",
        ParameterKind::StringArray => "strings",
    };
    let mut line = format!("{kind}({})", literal(&parameter.name));
    if let Some(source) = &parameter.built_in {
        line.push_str(&format!(".built_in({})", literal(source)));
    }
    if parameter.required {
        line.push_str(".required()");
    }
    match &parameter.default {
        None => {}
        Some(Default::Bool(value)) => line.push_str(&format!(".or_bool({value})")),
        Some(Default::Text(text)) => line.push_str(&format!(".or_text({})", literal(text))),
        Some(Default::Texts(texts)) => {
            let texts = joined(texts, |text| literal(text));
            line.push_str(&format!(".or_texts(&[{texts}])"));
        }
    }
    line.push(',');
    line
}

/// Lines, indented by how deep they stand.
#[derive(Default)]
struct Lines {
    lines: Vec<String>,
    depth: usize,
}

impl Lines {
    fn push(&mut self, line: &str) {
        const INDENT: &str = "    ";
        self.lines.push([&INDENT.repeat(self.depth), line].concat());
    }

    /// Lines that stand one deeper.
    fn within(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn rules(&mut self, rules: &[Rule]) {
        for rule in rules {
            self.rule(rule);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let mut before = "";
        if !rule.conditions.is_empty() {
            self.push("when(&[");
            self.within(|lines| {
                for condition in &rule.conditions {
                    lines.push(&format!("{},", call(condition)));
                }
            });
            before = "]).";
        }
        match &rule.outcome {
            Outcome::Rules(rules) => {
                self.push(&format!("{before}rules(&["));
                self.within(|lines| lines.rules(rules));
                self.push("]),");
            }
            Outcome::Error(reason) => self.push(&format!("{before}error({}),", value(reason))),
            Outcome::Endpoint(endpoint) => self.endpoint(before, endpoint),
        }
    }

    fn endpoint(&mut self, before: &str, endpoint: &Endpoint) {
        let mut open = format!("{before}endpoint({})", value(&endpoint.url));
        if !endpoint.headers.is_empty() {
            self.push(&format!("{open}.headers(&["));
            self.within(|lines| {
                for (name, values) in &endpoint.headers {
                    let values = joined(values, value);
                    lines.push(&format!("({}, &[{values}]),", literal(name)));
                }
            });
            open = "])".to_owned();
        }
        if !endpoint.properties.is_empty() {
            self.push(&format!("{open}.properties(&["));
            self.within(|lines| {
                for (name, value) in &endpoint.properties {
                    lines.named_property(name, value);
                }
            });
            open = "])".to_owned();
        }
        self.push(&format!("{open},"));
    }

    /// A fact; if it is a list, of which `authSchemes` is one, each entry has a line.
    fn named_property(&mut self, name: &str, value: &Property) {
        match value {
            Property::List(entries) => {
                self.push(&format!("({}, list(&[", literal(name)));
                self.within(|lines| {
                    for entry in entries {
                        lines.push(&format!("{},", property(entry)));
                    }
                });
                self.push("])),");
            }
            value => self.push(&format!("({}, {}),", literal(name), property(value))),
        }
    }

    fn partition(&mut self, partition: &Partition) {
        let texts = [
            ("id", &partition.id),
            ("region_regex", &partition.region_regex),
            ("dns_suffix", &partition.dns_suffix),
            ("dual_stack_dns_suffix", &partition.dual_stack_dns_suffix),
            ("implicit_global_region", &partition.implicit_global_region),
        ];
        let flags = [
            ("supports_fips", partition.supports_fips),
            ("supports_dual_stack", partition.supports_dual_stack),
        ];
        self.push("Partition {");
        self.within(|lines| {
            for (field, text) in texts {
                lines.push(&format!("{field}: {},", literal(text)));
            }
            for (field, flag) in flags {
                lines.push(&format!("{field}: {flag},"));
            }
            lines.push("regions: &[");
            lines.within(|lines| {
                for region in &partition.regions {
                    lines.push(&format!("{},", literal(region)));
                }
            });
            lines.push("],");
        });
        self.push("},");
    }
}

fn joined<T>(entries: &[T], write: impl Fn(&T) -> String) -> String {
    entries.iter().map(write).collect::<Vec<_>>().join(", ")
}

/// `partition(&[reference("Region")]).assign("PartitionResult")`.
fn call(call: &Call) -> String {
    let word = match call.function {
        Function::IsSet => "is_set",
        Function::Not => "not",
        Function::BooleanEquals => "boolean_equals",
        Function::StringEquals => "string_equals",
        Function::GetAttr => "get_attr",
        Function::Substring => "substring",
        Function::UriEncode => "uri_encode",
        Function::ParseUrl => "parse_url",
        Function::IsValidHostLabel => "is_valid_host_label",
        Function::Partition => "partition",
        Function::ParseArn => "parse_arn",
        Function::IsVirtualHostableS3Bucket => "is_virtual_hostable_s3_bucket",
    };
    let mut text = format!("{word}(&[{}])", joined(&call.arguments, value));
    if let Some(name) = &call.assign {
        text.push_str(&format!(".assign({})", literal(name)));
    }
    text
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(template) => text(template),
        Value::Bool(value) => boolean(*value),
        Value::Number(number) => format!("number({number})"),
        Value::Reference(reference) => format!("reference({})", literal(&path(reference))),
        Value::Call(inner) => format!("{}.value()", call(inner)),
    }
}

fn property(value: &Property) -> String {
    match value {
        Property::Text(template) => text(template),
        Property::Bool(value) => boolean(*value),
        Property::Number(number) => format!("number({number})"),
        Property::List(entries) => format!("list(&[{}])", joined(entries, property)),
        Property::Record(entries) => {
            let entry = |(name, value): &(String, Property)| {
                format!("({}, {})", literal(name), property(value))
            };
            format!("record(&[{}])", joined(entries, entry))
        }
    }
}

fn boolean(value: bool) -> String {
    if value { "TRUE" } else { "FALSE" }.to_owned()
}

/// A template in the model's own form.
fn text(template: &Template) -> String {
    let parts = template.0.iter().map(|part| match part {
        Part::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        Part::Reference(reference) => format!("{{{}}}", path(reference)),
    });
    format!("text({})", literal(&parts.collect::<String>()))
}

fn path(reference: &Reference) -> String {
    match &reference.attribute {
        Some(attribute) => format!("{}#{attribute}", reference.name),
        None => reference.name.clone(),
    }
}
