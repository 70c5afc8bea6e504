//! Random values of shapes, in the form that both sides take and give: JSON by the names of members.
//!
//! A model may have thousands of shapes below one operation, and shapes that contain themselves. So each case has a
//! plan of its own: a random part of the members, as much as a request of a usual size has.

use crate::model::{Member, Operation, Shape};
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Rng, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{NewTree, Union};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::{self, Debug};

/// How many members of structures a case may have, those that it has to have left aside.
const MEMBERS: usize = 48;

/// Below this, there is only what has to be there.
const DEPTH: usize = 7;

/// Whether there are inputs of which a request can be made: not if it needs a checksum, and has no member for one.
pub fn has_inputs(operation: Operation) -> bool {
    let members = operation.input().map(Shape::members);
    let mut members = members.into_iter().flatten();
    !operation.needs_checksum() || members.any(|member| member.wire() == "Content-MD5")
}

/// Inputs of an operation.
pub fn input(operation: Operation) -> impl Strategy<Value = Value> {
    Planned(move |plan: &mut Plan| match operation.input() {
        Some(shape) => {
            let inputs = plan.members(shape, 0, |member| {
                Place::of_request(operation, shape, member)
            });
            inputs
                .prop_map(move |mut input| {
                    let members = input.as_object_mut().expect("a structure");
                    for member in shape.members() {
                        if operation.asks_for_checksum(member) {
                            members.remove(member.name);
                        }
                        if operation.needs_checksum() && member.wire() == "Content-MD5" {
                            members
                                .insert(member.name.to_owned(), "CY9rzUYh03PK3k6DJie09g==".into());
                        }
                    }
                    match operation.protocol {
                        "query" | "ec2" => without_silent_items(operation.protocol, input),
                        _ => input,
                    }
                })
                .boxed()
        }
        None => Just(json!({})).boxed(),
    })
}

/// A value without items that have no form in a query, where nobody can say how many of them there are.
fn without_silent_items(protocol: &str, value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let items = items
                .into_iter()
                .map(|item| without_silent_items(protocol, item));
            items.filter(|item| !is_silent(protocol, item)).collect()
        }
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(name, value)| (name, without_silent_items(protocol, value)))
                .collect()
        }
        _ => value,
    }
}

/// Whether a structure has nothing but structures that have nothing. Empty lists have a form in one of the protocols.
fn is_silent(protocol: &str, value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().all(|value| is_silent(protocol, value)),
        Value::Array(items) => protocol == "ec2" && items.is_empty(),
        _ => false,
    }
}

/// A strategy that is made anew for each case.
pub struct Planned<F>(pub F);

impl<F> Debug for Planned<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Planned")
    }
}

impl<T: Debug + 'static, F: Fn(&mut Plan) -> BoxedStrategy<T>> Strategy for Planned<F> {
    type Tree = <BoxedStrategy<T> as Strategy>::Tree;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let rng = fastrand::Rng::with_seed(runner.rng().next_u64());
        let mut plan = Plan { rng, left: MEMBERS };
        (self.0)(&mut plan).new_tree(runner)
    }
}

/// Where a value goes, which says what texts may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Any text.
    Text,
    /// Characters that XML has.
    Xml,
    /// What HTTP allows in a header.
    Header,
    /// An item of a list in a header of a request.
    Item,
    /// An item of a list in a header of a response, where botocore knows no quotes.
    Token,
    /// What is not empty.
    Label,
    /// A part of a host's name.
    Host,
    /// The body of a response, which is text to botocore even if it is bytes.
    Payload,
}

impl Place {
    /// Where a member of an input goes.
    fn of_request(operation: Operation, input: Shape, member: Member) -> Self {
        if member.shape.is("hostLabel") {
            return Self::Host;
        }
        match member.location().filter(|_| operation.is_rest()) {
            Some("uri") => Self::Label,
            Some("querystring") => Self::Text,
            Some("header") if member.shape.kind() == "list" => Self::Item,
            Some(_) => Self::Header,
            None if input.text("payload") == Some(member.name)
                && member.shape.kind() == "string" =>
            {
                Self::Text
            }
            None if operation.protocol == "rest-xml" => Self::Xml,
            None => Self::Text,
        }
    }

    /// Where a member of an output or of an error comes from.
    pub fn of_response(operation: Operation, shape: Shape, member: Member) -> Self {
        match member.location().filter(|_| operation.is_rest()) {
            Some("header") if member.shape.kind() == "list" => Self::Token,
            Some(_) => Self::Header,
            None if shape.text("payload") == Some(member.name) => match member.shape.kind() {
                "string" | "blob" => Self::Payload,
                _ if operation.answers_xml() => Self::Xml,
                _ => Self::Text,
            },
            None if operation.answers_xml() => Self::Xml,
            None => Self::Text,
        }
    }
}

/// What the values of a case are made of.
pub struct Plan {
    rng: fastrand::Rng,
    /// How many more members there may be.
    left: usize,
}

impl Plan {
    /// A structure, whose members go to these places.
    pub fn members(
        &mut self,
        shape: Shape,
        depth: usize,
        place: impl Fn(Member) -> Place,
    ) -> BoxedStrategy<Value> {
        let mut members = shape.members();
        // Of members that are in the same element, botocore reads all, and mistakes a list for a string.
        let names: Vec<&str> = members.iter().map(|member| member.wire()).collect();
        members.retain(|member| names.iter().filter(|name| **name == member.wire()).count() == 1);
        let mut optional = members.iter().filter(|member| !is_always(member)).count();
        let mut wanted = optional.min(match depth {
            0 => self.left,
            _ => self.left / 3,
        });
        members.retain(|member| {
            if is_always(member) {
                return true;
            }
            let kept = self.rng.usize(..optional) < wanted;
            optional -= 1;
            wanted -= usize::from(kept);
            kept
        });
        self.left = self.left.saturating_sub(members.len());
        let members = members.into_iter().map(|member| {
            let value = self.value(member.shape, place(member), depth + 1);
            let value = match is_always(&member) {
                true => value.prop_map(Some).boxed(),
                false => option::weighted(0.7, value).boxed(),
            };
            value.prop_map(move |value| Some((member.name.to_owned(), value?)))
        });
        let members: Vec<_> = members.collect();
        let object =
            members.prop_map(|members| Value::Object(members.into_iter().flatten().collect()));
        object.boxed()
    }

    /// A value of this shape.
    pub fn value(&mut self, shape: Shape, place: Place, depth: usize) -> BoxedStrategy<Value> {
        match shape.kind() {
            "structure" => self.members(shape, depth, |_| place),
            "union" => self.union(shape, place, depth),
            "document" => document(),
            "list" => {
                let items = self.several(shape, "member", place, depth);
                items.prop_map(Value::from).boxed()
            }
            "map" => self.map(shape, place, depth),
            "string" if shape.is("jsonvalue") => {
                let text = document().prop_map(|value| value.to_string());
                text.prop_filter("it is ASCII", |text| text.is_ascii())
                    .prop_map(Value::from)
                    .boxed()
            }
            "string" | "character" => string(shape, place),
            "blob" if place == Place::Payload => text(Place::Text)
                .prop_map(|text| base64::encode(text).into())
                .boxed(),
            "blob" => {
                let bytes = vec(any::<u8>(), 0..24);
                bytes
                    .prop_map(|bytes| base64::encode(Blob::new(bytes)).into())
                    .boxed()
            }
            "timestamp" => instant(is_whole(shape, place))
                .prop_map(|micros| rfc3339(micros).into())
                .boxed(),
            "integer" => integer(i32::MIN.into(), i32::MAX.into()),
            "long" => integer(i64::MIN, i64::MAX),
            "float" => float(),
            "double" => double(),
            "boolean" => any::<bool>().prop_map(Value::from).boxed(),
            kind => panic!("there are no random values of the type `{kind}` yet"),
        }
    }

    /// Exactly one member.
    fn union(&mut self, shape: Shape, place: Place, depth: usize) -> BoxedStrategy<Value> {
        let mut members = shape.members();
        if depth >= DEPTH || self.left == 0 {
            members.sort_by_key(|member| height(member.shape, 0));
            members.truncate(1);
        } else {
            self.rng.shuffle(&mut members);
            members.truncate(3);
        }
        self.left = self.left.saturating_sub(members.len());
        let members = members.into_iter().map(|member| {
            let value = self.value(member.shape, place, depth + 1);
            value
                .prop_map(move |value| json!({ member.name: value }))
                .boxed()
        });
        Union::new(members.collect::<Vec<_>>()).boxed()
    }

    /// The items of a list, or the values of a map.
    fn several(
        &mut self,
        shape: Shape,
        part: &str,
        place: Place,
        depth: usize,
    ) -> BoxedStrategy<Vec<Value>> {
        if depth >= DEPTH || self.left == 0 {
            return Just(Vec::new()).boxed();
        }
        self.left -= 1;
        let item = self.value(shape.part(part), place, depth + 1);
        // Under which of its two names an empty one is, is no matter of values.
        let least = usize::from(shape.is("flattened"));
        // botocore raises exceptions for nulls of other types, and for more of them in maps.
        let nulls = match part {
            "member" => &["string", "boolean", "integer", "long"][..],
            _ => &["string"],
        };
        let is_sparse = shape.is("sparse") && nulls.contains(&shape.part(part).kind());
        let item = match is_sparse {
            true => prop_oneof![4 => item, 1 => Just(Value::Null)].boxed(),
            false => item,
        };
        vec(item, least..4).boxed()
    }

    fn map(&mut self, shape: Shape, place: Place, depth: usize) -> BoxedStrategy<Value> {
        let values = self.several(shape, "value", place, depth);
        let key = match place {
            Place::Header => "[A-Za-z0-9-]{1,10}".prop_map(Value::from).boxed(),
            _ => string(shape.part("key"), place),
        };
        let entries = (values, vec(key, 3)).prop_map(|(values, keys)| {
            let keys = keys
                .iter()
                .map(|key| key.as_str().unwrap_or_default().to_owned());
            // In the order that they are sent in.
            let entries: BTreeMap<_, _> = keys.zip(values).collect();
            Value::Object(entries.into_iter().collect())
        });
        entries.boxed()
    }
}

/// Whether a member is there in all cases: a token would be random otherwise.
fn is_always(member: &Member) -> bool {
    member.required || member.shape.is("idempotencyToken") || member.shape.is("hostLabel")
}

/// How deep the least value of a shape is, to find an end of unions that contain themselves.
fn height(shape: Shape, depth: usize) -> usize {
    if depth > DEPTH {
        return depth;
    }
    let members = || shape.members().into_iter();
    let height = |member: Member| height(member.shape, depth + 1);
    match shape.kind() {
        "structure" => members()
            .filter(|member| member.required)
            .map(height)
            .max()
            .unwrap_or(depth),
        "union" => members().map(height).min().unwrap_or(depth),
        _ => depth,
    }
}

/// Whether a timestamp has whole seconds: in the format of HTTP, and to botocore in all headers.
fn is_whole(shape: Shape, place: Place) -> bool {
    matches!(place, Place::Header | Place::Item) || shape.text("timestampFormat") == Some("rfc822")
}

/// A string of this shape: mostly one that its enum has, if it is one.
fn string(shape: Shape, place: Place) -> BoxedStrategy<Value> {
    let text = text(place);
    let values: Vec<String> = shape.values().into_iter().map(str::to_owned).collect();
    if values.is_empty() || place == Place::Host {
        return text.prop_map(Value::from).boxed();
    }
    prop_oneof![3 => select(values), 1 => text]
        .prop_map(Value::from)
        .boxed()
}

/// What is hard for some format.
const AWKWARD: &[&str] = &[
    "a", "Z", "0", " ", "%", "%20", "/", "+", "\"", "'", "\\", "&", "=", "?", "#", "~", "*", ":",
    ",", ";", "@", "$", "!", "(", ")", "[", "]", "{", "}", "<", ">", "|", "^", "`", ".", "..",
    "]]>", "\n", "\r", "\t", "\0", "\u{7f}", "é", "ß", "\u{301}", "日本", "🦀", "\u{2028}",
    "\u{feff}",
];

/// Texts for this place.
fn text(place: Place) -> BoxedStrategy<String> {
    let awkward = |fits: fn(char) -> bool| {
        let parts = AWKWARD.iter().filter(|part| part.chars().all(fits));
        let parts = vec(select(parts.copied().collect::<Vec<_>>()), 0..8);
        parts.prop_map(|parts| parts.concat())
    };
    let simple = "[A-Za-z0-9-]{1,20}";
    let anything = || prop_oneof![awkward(|_| true), any::<String>(), simple];
    let header = || {
        let text = prop_oneof![awkward(is_of_headers), simple];
        // What is around a value says nothing.
        text.prop_map(|text| text.trim().to_owned())
    };
    match place {
        Place::Text | Place::Payload => anything().boxed(),
        Place::Label => {
            // No path has an empty label.
            anything()
                .prop_map(|text| if text.is_empty() { "~".into() } else { text })
                .boxed()
        }
        Place::Xml => {
            let any =
                any::<String>().prop_map(|text| text.chars().filter(|c| is_of_xml(*c)).collect());
            prop_oneof![awkward(is_of_xml), any, simple].boxed()
        }
        Place::Header => header().boxed(),
        // An empty item is none, and botocore does not escape what escapes.
        Place::Item => header()
            .prop_filter("it is an item", |text| {
                !text.is_empty() && !text.contains('\\')
            })
            .boxed(),
        Place::Token | Place::Host => simple.boxed(),
    }
}

fn is_of_headers(c: char) -> bool {
    (' '..='~').contains(&c)
}

/// Characters of XML 1.0. What becomes of a bare carriage return is no matter of values: readers make a line feed of it.
fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Any value.
fn document() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1000..1000).prop_map(|eighths| (f64::from(eighths) / 8.0).into()),
        text(Place::Text).prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!({"a": null, "b": [null, 1]})),
    ];
    let nested = leaf.prop_recursive(2, 8, 3, |inner| {
        let entry = ("[a-z]{1,4}", inner.clone());
        prop_oneof![
            vec(inner, 0..3).prop_map(Value::from),
            vec(entry, 0..3).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    });
    nested.boxed()
}

fn integer(min: i64, max: i64) -> BoxedStrategy<Value> {
    prop_oneof![
        min..=max,
        -100_i64..1000,
        select(vec![min, min + 1, -1, 0, 1, max - 1, max])
    ]
    .prop_map(Value::from)
    .boxed()
}

/// Numbers that are none.
fn not_a_number() -> BoxedStrategy<Value> {
    select(vec!["NaN", "Infinity", "-Infinity"])
        .prop_map(Value::from)
        .boxed()
}

/// Numbers of 32 bits that are the same ones with 64, since botocore has no others.
fn float() -> BoxedStrategy<Value> {
    let dyadic = (-100_000..100_000).prop_map(|eighths| (f64::from(eighths) / 8.0).into());
    prop_oneof![6 => dyadic, 1 => not_a_number()].boxed()
}

fn double() -> BoxedStrategy<Value> {
    let usual = (-100_000..100_000).prop_map(|cents| (f64::from(cents) / 100.0).into());
    let any = proptest::num::f64::NORMAL.prop_map(Value::from);
    prop_oneof![3 => usual, 3 => any, 1 => not_a_number()].boxed()
}

/// An instant between the years 1900 and 2200, in microseconds since 1970.
fn instant(whole: bool) -> BoxedStrategy<i64> {
    let seconds = prop_oneof![
        -2_208_988_800_i64..7_258_118_400,
        1_500_000_000_i64..1_900_000_000,
        Just(0)
    ];
    let micros = match whole {
        true => Just(0).boxed(),
        false => {
            let millis = (0..1000_i64).prop_map(|millis| millis * 1000);
            prop_oneof![Just(0), millis, 0..1_000_000_i64].boxed()
        }
    };
    (seconds, micros)
        .prop_map(|(seconds, micros)| seconds * 1_000_000 + micros)
        .boxed()
}

fn rfc3339(micros: i64) -> String {
    let instant = DateTime::from_nanos(i128::from(micros) * 1000).expect("it is in range");
    instant.fmt(Format::DateTime).expect("it has a form")
}
