//! Endpoint rules and partitions.

use super::{Place, owned};
use crate::error::{Diagnostic, near_miss};
use crate::ir::endpoint::{
    self as ir, Call, Endpoint, Function, Kind, Outcome, Part, Property, Reference, Rule, Template,
    Value,
};
use crate::model::endpoint as model;

/// Lowers a rule set; all that is wrong with it, if something is. Diagnostics have JSON paths.
pub(crate) fn rule_set(model: &model::RuleSet<'_>) -> Result<ir::RuleSet, Vec<Diagnostic>> {
    let mut lowering = Rules::default();
    let parameters = lowering.parameters(model);
    let rules = lowering.rules(&model.rules, Place::top("rules"));
    if lowering.problems.is_empty() {
        Ok(ir::RuleSet { parameters, rules })
    } else {
        Err(lowering.problems)
    }
}

/// Lowers the partitions; all that is wrong with them, if something is.
pub(crate) fn partitions(
    model: &model::Partitions<'_>,
) -> Result<Vec<ir::Partition>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let list = Place::top("partitions");
    for (index, partition) in model.partitions.iter().enumerate() {
        let place = list.index(index);
        if *partition.id != *partition.outputs.name {
            let message = format!("the partition `{}` calls itself otherwise", partition.id);
            let path = place.at("outputs").at("name").pointer();
            problems.push(Diagnostic::new(message).json_path(path));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let partitions = model.partitions.iter().map(|partition| ir::Partition {
        id: partition.id.to_string(),
        region_regex: partition.region_regex.to_string(),
        dns_suffix: partition.outputs.dns_suffix.to_string(),
        dual_stack_dns_suffix: partition.outputs.dual_stack_dns_suffix.to_string(),
        implicit_global_region: owned(&partition.outputs.implicit_global_region)
            .unwrap_or_default(),
        supports_fips: partition.outputs.supports_fips,
        supports_dual_stack: partition.outputs.supports_dual_stack,
        regions: partition
            .regions
            .iter()
            .map(|(name, _)| name.to_string())
            .collect(),
    });
    Ok(partitions.collect())
}

/// Rules while they are lowered. What could not be lowered is a problem, and `None`.
#[derive(Default)]
struct Rules {
    /// Parameters, and after them the variables of the rules around; and what they are.
    scope: Vec<(String, Kind)>,
    problems: Vec<Diagnostic>,
}

impl Rules {
    fn problem(&mut self, place: Place<'_>, message: impl Into<String>, help: Option<String>) {
        let diagnostic = Diagnostic::new(message)
            .json_path(place.pointer())
            .maybe_help(help);
        self.problems.push(diagnostic);
    }

    fn parameters(&mut self, model: &model::RuleSet<'_>) -> Vec<ir::Parameter> {
        let mut parameters = Vec::with_capacity(model.parameters.len());
        let list = Place::top("parameters");
        for (name, parameter) in model.parameters.iter() {
            let place = list.at(name);
            self.declare(name, parameter_kind(parameter.kind), place);
            let default = parameter.default.as_ref().and_then(|default| {
                let lowered = default_of(parameter.kind, default);
                if lowered.is_none() {
                    let message = "the default is of another type than the parameter";
                    self.problem(place.at("default"), message, None);
                }
                lowered
            });
            parameters.push(ir::Parameter {
                name: name.to_string(),
                kind: match parameter.kind {
                    model::ParameterKind::Boolean => ir::ParameterKind::Boolean,
                    model::ParameterKind::String => ir::ParameterKind::String,
                    model::ParameterKind::StringArray => ir::ParameterKind::StringArray,
                },
                required: parameter.required,
                default,
                built_in: owned(&parameter.built_in),
            });
        }
        parameters
    }

    /// Puts a name into scope, which has to be new there.
    fn declare(&mut self, name: &str, kind: Kind, place: Place<'_>) {
        let mut letters = name.chars();
        let starts = letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic());
        // AWS has an underscore here and there, which the specification has not.
        if !starts || !letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            let message = format!("`{name}` is no name: letters and digits, and a letter first");
            self.problem(place, message, None);
        }
        if self.scope.iter().any(|(known, _)| known == name) {
            let message = format!("the name `{name}` is taken already");
            self.problem(place, message, None);
        }
        self.scope.push((name.to_owned(), kind));
    }

    fn rules(&mut self, rules: &[model::Rule<'_>], place: Place<'_>) -> Vec<Rule> {
        if rules.is_empty() {
            self.problem(place, "there is no rule here", None);
        }
        let mut lowered = Vec::with_capacity(rules.len());
        for (index, rule) in rules.iter().enumerate() {
            let before = self.scope.len();
            lowered.extend(self.rule(rule, place.index(index)));
            self.scope.truncate(before);
        }
        lowered
    }

    fn rule(&mut self, rule: &model::Rule<'_>, place: Place<'_>) -> Option<Rule> {
        let list = place.at("conditions");
        let mut conditions = Vec::with_capacity(rule.conditions.len());
        for (index, condition) in rule.conditions.iter().enumerate() {
            conditions.extend(self.condition(condition, list.index(index)));
        }
        let outcome = match (rule.kind, &rule.rules, &rule.endpoint, &rule.error) {
            (model::RuleKind::Tree, Some(rules), None, None) => {
                Outcome::Rules(self.rules(rules, place.at("rules")))
            }
            (model::RuleKind::Endpoint, None, Some(endpoint), None) => {
                Outcome::Endpoint(self.endpoint(endpoint, place.at("endpoint"))?)
            }
            (model::RuleKind::Error, None, None, Some(error)) => {
                Outcome::Error(self.typed(error, Kind::String, place.at("error"))?)
            }
            (kind, ..) => {
                let (article, key) = match kind {
                    model::RuleKind::Tree => ("a tree", "rules"),
                    model::RuleKind::Endpoint => ("an endpoint", "endpoint"),
                    model::RuleKind::Error => ("an error", "error"),
                };
                let message = format!("a rule that is {article} has `{key}` and no other outcome");
                self.problem(place, message, None);
                return None;
            }
        };
        Some(Rule {
            conditions,
            outcome,
        })
    }

    fn condition(&mut self, condition: &model::Call<'_>, place: Place<'_>) -> Option<Call> {
        let lowered = self.call(condition, place);
        let assign = owned(&condition.assign);
        if let Some(name) = &assign {
            // What follows is no more wrong for that the condition is.
            let kind = lowered.as_ref().map_or(Kind::Any, |(_, kind)| *kind);
            self.declare(name, kind, place.at("assign"));
        }
        let (call, _) = lowered?;
        Some(Call { assign, ..call })
    }

    /// A call, and what it gives.
    fn call(&mut self, call: &model::Call<'_>, place: Place<'_>) -> Option<(Call, Kind)> {
        let known = ir::FUNCTIONS;
        let Some(signature) = known.iter().find(|known| known.name == &*call.function) else {
            let near = near_miss(&call.function, known.iter().map(|known| known.name));
            let message = format!("the rules call `{}`, which nobody knows", call.function);
            let help = "a newer version of the rules engine has more functions; \
                        this one has those of botocore's models";
            self.problem(place.at("fn"), message, near.or(Some(help.to_owned())));
            return None;
        };
        let list = place.at("argv");
        let (given, taken) = (call.argv.len(), signature.takes.len());
        if given != taken {
            let noun = if taken == 1 { "argument" } else { "arguments" };
            let message = format!("`{}` takes {taken} {noun}, not {given}", signature.name);
            self.problem(list, message, None);
            return None;
        }
        let mut kinds = Vec::with_capacity(taken);
        let mut arguments = Vec::with_capacity(taken);
        for (index, (argument, takes)) in call.argv.iter().zip(signature.takes).enumerate() {
            let place = list.index(index);
            let found = self.value(argument, place);
            if let Some((value, kind)) = found {
                self.check(kind, *takes, place);
                arguments.push(value);
                kinds.push(kind);
            }
        }
        if arguments.len() != taken {
            return None;
        }
        let gives = match signature.function {
            Function::GetAttr => self.attribute_call(&kinds, &arguments, list)?,
            _ => signature.gives,
        };
        let call = Call {
            function: signature.function,
            arguments,
            assign: None,
        };
        Some((call, gives))
    }

    /// What `getAttr` gives: the path is a literal, so that is known.
    fn attribute_call(
        &mut self,
        kinds: &[Kind],
        arguments: &[Value],
        place: Place<'_>,
    ) -> Option<Kind> {
        let path = match arguments {
            [_, Value::Text(Template(parts))] => match parts.as_slice() {
                [Part::Text(path)] => Some(path),
                _ => None,
            },
            _ => None,
        };
        let Some(path) = path else {
            self.problem(place.index(1), "a path is a string, and no template", None);
            return None;
        };
        let kind = kinds.first().copied().unwrap_or(Kind::Any);
        self.attribute(kind, path, place.index(1))
    }

    fn check(&mut self, found: Kind, expected: Kind, place: Place<'_>) {
        if found != expected && found != Kind::Any && expected != Kind::Any {
            let message = format!("{} has to be here, not {}", noun(expected), noun(found));
            self.problem(place, message, None);
        }
    }

    /// A value of a kind.
    fn typed(
        &mut self,
        value: &model::Value<'_>,
        expected: Kind,
        place: Place<'_>,
    ) -> Option<Value> {
        let (value, kind) = self.value(value, place)?;
        self.check(kind, expected, place);
        Some(value)
    }

    /// A value, and what it is.
    fn value(&mut self, value: &model::Value<'_>, place: Place<'_>) -> Option<(Value, Kind)> {
        Some(match value {
            model::Value::Text(text) => (Value::Text(self.template(text, place)?), Kind::String),
            model::Value::Bool(value) => (Value::Bool(*value), Kind::Boolean),
            model::Value::Number(number) => {
                (Value::Number(self.number(*number, place)?), Kind::Number)
            }
            model::Value::Reference(name) => {
                let kind = self.named(name, place.at("ref"))?;
                let name = name.to_string();
                let attribute = None;
                (Value::Reference(Reference { name, attribute }), kind)
            }
            model::Value::Call(call) => {
                if call.assign.is_some() {
                    let message = "only a condition can give its result a name";
                    self.problem(place.at("assign"), message, None);
                }
                let (call, kind) = self.call(call, place)?;
                (shortened(call), kind)
            }
            model::Value::List(_) => {
                self.problem(place, "no function takes a list that is written out", None);
                return None;
            }
        })
    }

    fn number(&mut self, number: u64, place: Place<'_>) -> Option<u32> {
        let small = u32::try_from(number).ok();
        if small.is_none() {
            self.problem(place, format!("the number {number} is too large"), None);
        }
        small
    }

    /// What a parameter or variable is.
    fn named(&mut self, name: &str, place: Place<'_>) -> Option<Kind> {
        if let Some((_, kind)) = self.scope.iter().find(|(known, _)| known == name) {
            return Some(*kind);
        }
        let near = near_miss(name, self.scope.iter().map(|(known, _)| known.as_str()));
        let message = format!("`{name}` is neither a parameter nor assigned before");
        self.problem(place, message, near);
        None
    }

    /// What the attribute at a path is.
    fn attribute(&mut self, kind: Kind, path: &str, place: Place<'_>) -> Option<Kind> {
        let mut kind = kind;
        for step in path.split('.') {
            let (key, index) = match step.split_once('[') {
                Some((key, index)) => (key, Some(index)),
                None => (step, None),
            };
            if !key.is_empty() || index.is_none() {
                kind = self.field(kind, key, place)?;
            }
            let Some(index) = index else { continue };
            if index
                .strip_suffix(']')
                .and_then(|index| index.parse::<usize>().ok())
                .is_none()
            {
                let message = format!("`{path}` has to end with a number in brackets");
                self.problem(place, message, None);
                return None;
            }
            self.check(kind, Kind::Strings, place);
            kind = Kind::String;
        }
        Some(kind)
    }

    fn field(&mut self, kind: Kind, key: &str, place: Place<'_>) -> Option<Kind> {
        let fields: &[(&str, Kind)] = match kind {
            Kind::Any => return Some(Kind::Any),
            Kind::Partition => &[
                ("name", Kind::String),
                ("dnsSuffix", Kind::String),
                ("dualStackDnsSuffix", Kind::String),
                ("implicitGlobalRegion", Kind::String),
                ("supportsFIPS", Kind::Boolean),
                ("supportsDualStack", Kind::Boolean),
            ],
            Kind::Arn => &[
                ("partition", Kind::String),
                ("service", Kind::String),
                ("region", Kind::String),
                ("accountId", Kind::String),
                ("resourceId", Kind::Strings),
            ],
            Kind::Url => &[
                ("scheme", Kind::String),
                ("authority", Kind::String),
                ("path", Kind::String),
                ("normalizedPath", Kind::String),
                ("isIp", Kind::Boolean),
            ],
            Kind::Boolean | Kind::String | Kind::Number | Kind::Strings => &[],
        };
        if let Some((_, kind)) = fields.iter().find(|(known, _)| *known == key) {
            return Some(*kind);
        }
        let near = near_miss(key, fields.iter().map(|(known, _)| *known));
        self.problem(place, format!("{} has no `{key}`", noun(kind)), near);
        None
    }

    /// Parses a template: `{Name}` and `{name#attribute}`, `{{` and `}}` for braces.
    fn template(&mut self, text: &str, place: Place<'_>) -> Option<Template> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            literal.push_str(before);
            let (brace, after) = from.split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                literal.push_str(brace);
                rest = after;
                continue;
            }
            let named = if brace == "{" {
                after.split_once('}')
            } else {
                None
            };
            let Some((path, after)) = named else {
                self.problem(place, format!("the braces of `{text}` do not match"), None);
                return None;
            };
            if !literal.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut literal)));
            }
            let (name, attribute) = match path.split_once('#') {
                Some((name, attribute)) => (name, Some(attribute)),
                None => (path, None),
            };
            let kind = self.named(name, place)?;
            let kind = match attribute {
                Some(path) => self.attribute(kind, path, place)?,
                None => kind,
            };
            self.check(kind, Kind::String, place);
            parts.push(Part::Reference(Reference {
                name: name.to_owned(),
                attribute: attribute.map(str::to_owned),
            }));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() || parts.is_empty() {
            parts.push(Part::Text(literal));
        }
        Some(Template(parts))
    }

    fn endpoint(&mut self, endpoint: &model::Endpoint<'_>, place: Place<'_>) -> Option<Endpoint> {
        let url = self.typed(&endpoint.url, Kind::String, place.at("url"));
        let list = place.at("headers");
        let mut headers = Vec::with_capacity(endpoint.headers.len());
        for (name, values) in endpoint.headers.iter() {
            let place = list.at(name);
            let values = values.iter().enumerate();
            let values = values
                .filter_map(|(index, value)| self.typed(value, Kind::String, place.index(index)));
            headers.push((name.to_string(), values.collect()));
        }
        let properties = self.record(&endpoint.properties, place.at("properties"));
        Some(Endpoint {
            url: url?,
            headers,
            properties,
        })
    }

    fn record(
        &mut self,
        record: &[(crate::model::Text<'_>, model::Property<'_>)],
        place: Place<'_>,
    ) -> Vec<(String, Property)> {
        let mut entries = Vec::with_capacity(record.len());
        for (name, value) in record {
            let value = self.property(value, place.at(name));
            entries.extend(value.map(|value| (name.to_string(), value)));
        }
        entries
    }

    fn property(&mut self, property: &model::Property<'_>, place: Place<'_>) -> Option<Property> {
        Some(match property {
            model::Property::Text(text) => Property::Text(self.template(text, place)?),
            model::Property::Bool(value) => Property::Bool(*value),
            model::Property::Number(number) => Property::Number(self.number(*number, place)?),
            model::Property::List(list) => {
                let list = list.iter().enumerate();
                let list =
                    list.filter_map(|(index, entry)| self.property(entry, place.index(index)));
                Property::List(list.collect())
            }
            model::Property::Record(record) => Property::Record(self.record(record, place)),
        })
    }
}

/// `getAttr` of a reference is a reference to the attribute, as templates write it.
fn shortened(call: Call) -> Value {
    match (call.function, call.arguments.as_slice()) {
        (
            Function::GetAttr,
            [
                Value::Reference(Reference {
                    name,
                    attribute: None,
                }),
                Value::Text(Template(parts)),
            ],
        ) => match parts.as_slice() {
            [Part::Text(path)] => Value::Reference(Reference {
                name: name.clone(),
                attribute: Some(path.clone()),
            }),
            _ => Value::Call(call),
        },
        _ => Value::Call(call),
    }
}

fn parameter_kind(kind: model::ParameterKind) -> Kind {
    match kind {
        model::ParameterKind::Boolean => Kind::Boolean,
        model::ParameterKind::String => Kind::String,
        model::ParameterKind::StringArray => Kind::Strings,
    }
}

/// The default of a parameter; nothing if it is of another kind.
fn default_of(kind: model::ParameterKind, default: &model::Default<'_>) -> Option<ir::Default> {
    Some(match (kind, default) {
        (model::ParameterKind::Boolean, model::Default::Bool(value)) => ir::Default::Bool(*value),
        (model::ParameterKind::String, model::Default::Text(text)) => {
            ir::Default::Text(text.to_string())
        }
        (model::ParameterKind::StringArray, model::Default::Texts(texts)) => {
            ir::Default::Texts(texts.iter().map(ToString::to_string).collect())
        }
        _ => return None,
    })
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "a value",
        Kind::Boolean => "a boolean",
        Kind::String => "a string",
        Kind::Number => "a number",
        Kind::Strings => "a list of strings",
        Kind::Partition => "a partition",
        Kind::Arn => "an ARN",
        Kind::Url => "a URL",
    }
}
