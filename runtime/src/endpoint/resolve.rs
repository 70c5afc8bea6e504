//! The engine: rules and parameters to an endpoint.

use super::error::impossible;
use super::functions::{self, Arn, Url};
use super::kept::Kept;
use super::partition::{self, Partition};
use super::rules::{
    Call, DefaultValue, Expression, Function, Outcome, Parameter, ParameterKind, Rule, RuleSet,
};
use super::value::{Value, attribute};
use super::{Param, Params, ResolveError};
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::{Document, Number};
use std::collections::HashMap;

/// How deep rules may stand in each other. The deepest of AWS stand 18 deep.
const DEEPEST_RULE: usize = 128;

/// How deep calls and properties may stand in each other. The deepest of AWS stand 3 deep.
const DEEPEST_VALUE: usize = 32;

/// The endpoint that rules say for these parameters.
///
/// The properties are those of the rule, `authSchemes` as a list of objects, in the order of the
/// model: what AWS's runtime reads when it signs.
///
/// # Errors
///
/// If the rules refuse, need a parameter that is not set, or are for none of these parameters; and
/// if they say what cannot be done, which the generator does not let through.
pub fn resolve(
    rules: &RuleSet<'_>,
    partitions: &[Partition<'_>],
    params: &Params,
) -> Result<Endpoint, ResolveError> {
    let kept = Kept::default();
    let mut engine = Engine {
        parameters: rules.parameters,
        partitions,
        params,
        kept: &kept,
        bound: Vec::new(),
    };
    engine.check_parameters()?;
    engine.run(rules.rules)
}

/// What is needed to follow rules. All that is borrowed lives for one resolution.
struct Engine<'v> {
    parameters: &'v [Parameter<'v>],
    partitions: &'v [Partition<'v>],
    params: &'v Params,
    /// Strings that functions and templates make.
    kept: &'v Kept,
    /// What conditions have assigned, the newest last.
    bound: Vec<(&'v str, Value<'v>)>,
}

fn missing(parameter: &Parameter<'_>) -> ResolveError {
    ResolveError::Missing {
        parameter: parameter.name.to_owned(),
        built_in: parameter.built_in.map(str::to_owned),
    }
}

impl<'v> Engine<'v> {
    /// Whether each parameter has a value if it needs one, and one of its type.
    fn check_parameters(&self) -> Result<(), ResolveError> {
        for parameter in self.parameters {
            let expected = match (self.params.get(parameter.name), parameter.kind) {
                (None, _) if parameter.required && parameter.default.is_none() => {
                    return Err(missing(parameter));
                }
                (None, _)
                | (Some(Param::Bool(_)), ParameterKind::Boolean)
                | (Some(Param::Text(_)), ParameterKind::String)
                | (Some(Param::Texts(_)), ParameterKind::StringArray) => continue,
                (_, ParameterKind::Boolean) => "a boolean",
                (_, ParameterKind::String) => "a string",
                (_, ParameterKind::StringArray) => "a list of strings",
            };
            return Err(ResolveError::Mistyped {
                parameter: parameter.name.to_owned(),
                expected,
            });
        }
        Ok(())
    }

    /// Follows rules to the one that counts. A rule that has others is as good as they are: none
    /// that stands after it is tried any more. So there is a loop here and no recursion.
    fn run(&mut self, mut rules: &'v [Rule<'v>]) -> Result<Endpoint, ResolveError> {
        for _ in 0..DEEPEST_RULE {
            let Some(rule) = self.first_that_holds(rules)? else {
                return Err(ResolveError::Exhausted);
            };
            match &rule.outcome {
                Outcome::Rules(inner) => rules = inner,
                Outcome::Endpoint(url) => return self.endpoint(rule, url),
                Outcome::Error(reason) => {
                    return Err(ResolveError::Refused(self.owned(reason)?));
                }
            }
        }
        impossible(format!(
            "rules stand more than {DEEPEST_RULE} deep in each other"
        ))
    }

    fn first_that_holds(
        &mut self,
        rules: &'v [Rule<'v>],
    ) -> Result<Option<&'v Rule<'v>>, ResolveError> {
        let before = self.bound.len();
        for rule in rules {
            self.bound.truncate(before);
            if self.hold(rule.conditions)? {
                return Ok(Some(rule));
            }
        }
        Ok(None)
    }

    /// Whether all conditions hold; what they assign stays bound.
    fn hold(&mut self, conditions: &'v [Call<'v>]) -> Result<bool, ResolveError> {
        for condition in conditions {
            let value = self.call(condition, 0)?;
            if matches!(value, Value::Empty | Value::Bool(false)) {
                return Ok(false);
            }
            if let Some(name) = condition.assign {
                self.bound.push((name, value));
            }
        }
        Ok(true)
    }

    fn endpoint(
        &self,
        rule: &'v Rule<'v>,
        url: &'v Expression<'v>,
    ) -> Result<Endpoint, ResolveError> {
        let url = self.owned(url)?;
        if url.is_empty() {
            return Err(ResolveError::EmptyUrl);
        }
        let mut endpoint = Endpoint::builder().url(url);
        for (name, values) in rule.headers {
            for value in *values {
                endpoint = endpoint.header((*name).to_owned(), self.owned(value)?);
            }
        }
        for (name, value) in rule.properties {
            endpoint = endpoint.property((*name).to_owned(), self.document(value, 0)?);
        }
        Ok(endpoint.build())
    }

    fn document(
        &self,
        property: &'v Expression<'v>,
        depth: usize,
    ) -> Result<Document, ResolveError> {
        if depth > DEEPEST_VALUE {
            return impossible(format!("properties stand more than {DEEPEST_VALUE} deep"));
        }
        let inner = |value| self.document(value, depth + 1);
        Ok(match property {
            Expression::Bool(value) => Document::Bool(*value),
            Expression::Number(value) => Document::Number(Number::PosInt((*value).into())),
            Expression::List(entries) => {
                let entries = entries.iter().map(inner);
                Document::Array(entries.collect::<Result<_, _>>()?)
            }
            Expression::Record(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(name, value)| Ok(((*name).to_owned(), inner(value)?)));
                Document::Object(entries.collect::<Result<HashMap<_, _>, ResolveError>>()?)
            }
            _ => Document::String(self.owned(property)?),
        })
    }

    /// A string that leaves the engine.
    fn owned(&self, expression: &'v Expression<'v>) -> Result<String, ResolveError> {
        match expression {
            Expression::Text(template) => self.expand(template),
            Expression::Reference(path) => self.reference_text(path).map(str::to_owned),
            other => match self.value(other, 0)? {
                Value::Text(text) => Ok(text.to_owned()),
                other => impossible(format!("{} is where a string has to be", other.noun())),
            },
        }
    }

    fn value(
        &self,
        expression: &'v Expression<'v>,
        depth: usize,
    ) -> Result<Value<'v>, ResolveError> {
        match expression {
            Expression::Text(template) => self.text(template).map(Value::Text),
            Expression::Bool(value) => Ok(Value::Bool(*value)),
            Expression::Number(value) => Ok(Value::Number(*value)),
            Expression::Reference(path) => self.reference(path),
            Expression::Call(call) => self.call(call, depth + 1),
            Expression::List(_) | Expression::Record(_) => {
                impossible("a list or a record is where only properties have one")
            }
        }
    }

    /// What a name stands for, and the attribute of it if there is a `#`.
    fn reference(&self, path: &str) -> Result<Value<'v>, ResolveError> {
        match path.split_once('#') {
            Some((name, path)) => attribute(self.named(name)?, path),
            None => self.named(path),
        }
    }

    /// The same, which has to be a string.
    fn reference_text(&self, path: &str) -> Result<&'v str, ResolveError> {
        match self.reference(path)? {
            Value::Text(text) => Ok(text),
            other => Err(self.unset(path, other).unwrap_or_else(|| {
                let noun = other.noun();
                ResolveError::Impossible(format!("`{path}` has to be a string, and is {noun}"))
            })),
        }
    }

    /// The error of a value that is a parameter and not set: one that people can mend.
    fn unset(&self, path: &str, found: Value<'_>) -> Option<ResolveError> {
        let mut parameters = self.parameters.iter();
        match found {
            Value::Empty => parameters.find(|known| known.name == path).map(missing),
            _ => None,
        }
    }

    fn named(&self, name: &str) -> Result<Value<'v>, ResolveError> {
        if let Some((_, value)) = self.bound.iter().rev().find(|(bound, _)| *bound == name) {
            return Ok(*value);
        }
        let Some(parameter) = self.parameters.iter().find(|known| known.name == name) else {
            return impossible(format!("`{name}` is neither a parameter nor assigned"));
        };
        Ok(match (self.params.get(name), parameter.default) {
            (Some(Param::Bool(value)), _) => Value::Bool(*value),
            (Some(Param::Text(text)), _) => Value::Text(text),
            (Some(Param::Texts(texts)), _) => Value::Texts(texts),
            (None, Some(DefaultValue::Bool(value))) => Value::Bool(value),
            (None, Some(DefaultValue::Text(text))) => Value::Text(text),
            (None, Some(DefaultValue::Texts(texts))) => Value::Defaults(texts),
            (None, None) => Value::Empty,
        })
    }

    /// A template as a string that stays inside the engine.
    fn text(&self, template: &'v str) -> Result<&'v str, ResolveError> {
        if !template.contains(['{', '}']) {
            return Ok(template);
        }
        let whole = template
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match whole.filter(|path| !path.contains(['{', '}'])) {
            Some(path) => self.reference_text(path),
            None => Ok(self.kept.keep(self.expand(template)?)),
        }
    }

    /// Fills a template in.
    fn expand(&self, template: &str) -> Result<String, ResolveError> {
        // Most names stand for something that is longer.
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let (brace, after) = from.split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                text.push_str(brace);
                rest = after;
                continue;
            }
            let named = if brace == "{" {
                after.split_once('}')
            } else {
                None
            };
            let Some((path, after)) = named else {
                return impossible(format!("the braces of `{template}` do not match"));
            };
            text.push_str(self.reference_text(path)?);
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    }

    fn call(&self, call: &'v Call<'v>, depth: usize) -> Result<Value<'v>, ResolveError> {
        if depth > DEEPEST_VALUE {
            return impossible(format!(
                "calls stand more than {DEEPEST_VALUE} deep in each other"
            ));
        }
        let given = Given {
            engine: self,
            call,
            depth,
        };
        Ok(match call.function {
            Function::IsSet => Value::Bool(!matches!(given.value(0)?, Value::Empty)),
            Function::Not => Value::Bool(!given.bool(0)?),
            Function::BooleanEquals => Value::Bool(given.bool(0)? == given.bool(1)?),
            Function::StringEquals => Value::Bool(given.text(0)? == given.text(1)?),
            Function::GetAttr => attribute(given.value(0)?, given.text(1)?)?,
            Function::Substring => {
                let (start, end) = (given.number(1)?, given.number(2)?);
                let part = functions::substring(given.text(0)?, start, end, given.bool(3)?);
                part.map_or(Value::Empty, Value::Text)
            }
            Function::UriEncode => {
                let text = given.text(0)?;
                if text.bytes().all(functions::is_unreserved) {
                    Value::Text(text)
                } else {
                    Value::Text(self.kept.keep(functions::uri_encode(text)))
                }
            }
            Function::ParseUrl => Url::parse(given.text(0)?).map_or(Value::Empty, |mut url| {
                let slashed = || self.kept.keep(format!("{}/", url.path));
                url.normalized_path = Some(url.normalized_path.unwrap_or_else(slashed));
                Value::Url(url)
            }),
            Function::IsValidHostLabel => {
                Value::Bool(functions::is_host_label(given.text(0)?, given.bool(1)?))
            }
            Function::Partition => {
                // Rules of global services ask without a region too.
                let region = match given.value(0)? {
                    Value::Empty => None,
                    _ => Some(given.text(0)?),
                };
                partition::of_region(self.partitions, region)?
                    .map_or(Value::Empty, Value::Partition)
            }
            Function::ParseArn => Arn::parse(given.text(0)?).map_or(Value::Empty, Value::Arn),
            Function::IsVirtualHostableS3Bucket => Value::Bool(functions::is_hostable_bucket(
                given.text(0)?,
                given.bool(1)?,
            )),
        })
    }
}

/// The arguments of a call.
struct Given<'e, 'v> {
    engine: &'e Engine<'v>,
    call: &'v Call<'v>,
    depth: usize,
}

impl<'v> Given<'_, 'v> {
    fn value(&self, index: usize) -> Result<Value<'v>, ResolveError> {
        match self.call.arguments.get(index) {
            Some(argument) => self.engine.value(argument, self.depth),
            None => impossible(format!(
                "`{}` is called with too few arguments",
                self.call.function.name()
            )),
        }
    }

    fn wrong<T>(&self, index: usize, found: Value<'_>, expected: &str) -> Result<T, ResolveError> {
        if let Some(Expression::Reference(path)) = self.call.arguments.get(index)
            && let Some(error) = self.engine.unset(path, found)
        {
            return Err(error);
        }
        let (name, noun) = (self.call.function.name(), found.noun());
        let index = index + 1;
        impossible(format!(
            "argument {index} of `{name}` has to be {expected}, and is {noun}"
        ))
    }

    fn text(&self, index: usize) -> Result<&'v str, ResolveError> {
        match self.value(index)? {
            Value::Text(text) => Ok(text),
            other => self.wrong(index, other, "a string"),
        }
    }

    fn bool(&self, index: usize) -> Result<bool, ResolveError> {
        match self.value(index)? {
            Value::Bool(value) => Ok(value),
            other => self.wrong(index, other, "a boolean"),
        }
    }

    fn number(&self, index: usize) -> Result<u32, ResolveError> {
        match self.value(index)? {
            Value::Number(value) => Ok(value),
            other => self.wrong(index, other, "a number"),
        }
    }
}
