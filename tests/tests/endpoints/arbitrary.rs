//! All rules of AWS with parameters that nobody chose: an endpoint or a refusal, on little stack.

use crate::conformance::{PARTITIONS, RULES};
use smithereen_runtime::endpoint::rules::ParameterKind;
use smithereen_runtime::endpoint::{Param, Params, ResolveError, RuleSet, resolve};
use std::collections::BTreeMap;

/// Texts that some rule takes for what it is about, and texts that none expects.
const TEXTS: &[&str] = &[
    "",
    "us-east-1",
    "us-gov-west-1",
    "cn-north-1",
    "mars-north-9",
    "aws-global",
    "a.b",
    "-",
    "\u{fdfd}\u{1F431}",
    "{Region}",
    "}{",
    "required",
    "disabled",
    "123456789012",
    "data",
    "control",
    "https://example.com",
    "http://[::1]:8080/a//b/../c",
    "https://127.0.0.1/",
    "https://\u{e9}",
    "http://a:99999",
    "not a url",
    "bucket",
    "Bucket.Name",
    "bucket--use1-az1--x-s3",
    "abcd--xa-s3",
    "abcd--op-s3",
    "arn:",
    "arn:::::",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:name",
    "arn:aws:s3::123456789012:accesspoint:name.mrap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-0123/accesspoint/reports",
    "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/mybanner",
    "arn:aws:kinesis:us-east-1:123456789012:stream/name/consumer/name:1",
    "arn:aws:dynamodb:us-east-1:123456789012:table/name",
    "arn:aws-cn:sqs:cn-north-1:1:q",
    "arn:\u{e9}:\u{e9}:\u{e9}:\u{e9}:\u{e9}",
];

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn text(&mut self) -> String {
        TEXTS[self.below(TEXTS.len())].to_owned()
    }

    fn params(&mut self, rules: &RuleSet<'_>) -> Params {
        let mut params = Params::default();
        for parameter in rules.parameters {
            if self.below(3) == 0 && !parameter.required {
                continue;
            }
            let value = match parameter.kind {
                ParameterKind::Boolean => Param::from(self.below(3) == 0),
                // A region is one more often than not: without, most rules have little to say.
                ParameterKind::String if parameter.name == "Region" => {
                    let known = self.below(8);
                    Param::from(
                        TEXTS[if known < 6 {
                            known
                        } else {
                            self.below(TEXTS.len())
                        }],
                    )
                }
                ParameterKind::String => Param::from(self.text()),
                ParameterKind::StringArray => {
                    Param::from((0..self.below(3)).map(|_| self.text()).collect::<Vec<_>>())
                }
            };
            params.set(parameter.name.to_owned(), value);
        }
        params
    }
}

/// How much stack a thread has that does nothing but resolve; a debug build needs the most.
const STACK: usize = 64 * 1024;

#[test]
fn no_rules_of_aws_say_what_cannot_be_done() {
    let rules = &*RULES;
    let partitions = &**PARTITIONS;
    let work = move || {
        let mut numbers = Numbers(2026);
        let (mut endpoints, mut refusals, mut exhausted) = (0, 0, 0);
        let mut others = BTreeMap::new();
        for (path, rules) in rules {
            // The more parameters there are, the more there is to try.
            for _ in 0..rules.parameters.len() * 30 {
                let params = numbers.params(rules);
                match resolve(rules, partitions, &params) {
                    Ok(_) => endpoints += 1,
                    Err(ResolveError::Refused(_)) => refusals += 1,
                    // S3 has no rule for a configured endpoint that is no URL, in some of its trees.
                    Err(ResolveError::Exhausted) => exhausted += 1,
                    // What a caller has not said, or a text that came to be the URL.
                    Err(ResolveError::Missing { .. } | ResolveError::EmptyUrl) => {}
                    Err(error) => {
                        others.insert(format!("{path}: {error}"), params);
                    }
                }
            }
        }
        (endpoints, refusals, exhausted, others)
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    let (endpoints, refusals, exhausted, others) = thread.unwrap().join().unwrap();
    assert!(others.is_empty(), "{others:#?}");
    assert!(exhausted < 500, "{exhausted} exhausted");
    assert!(
        endpoints > 10_000 && refusals > 10_000,
        "{endpoints} endpoints, {refusals} refusals"
    );
}
