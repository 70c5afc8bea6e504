//! Rule sets that cannot be generated: each error says what, where and what to do. And one that
//! can, to see what it looks like.

use crate::archive::{FILES, UNIT_RULES};
use smithereen_codegen::{Generator, Model, Operations, stages};

const SERVICE: &str = include_str!("../../fixtures/minimal.json");

/// A rule set with these rules, a line each.
fn rule_set(rules: &[&str]) -> String {
    let rules = rules.join(",\n    ");
    format!(
        r#"{{
  "version": "1.0",
  "parameters": {{ "Region": {{ "type": "string" }}, "UseFIPS": {{ "type": "boolean", "required": true, "default": false }} }},
  "rules": [
    {rules}
  ]
}}"#
    )
}

fn error_of(json: &str) -> String {
    let model = Model::new("birds", SERVICE, Operations::All).with_endpoint_rules(json);
    let generated = Generator::new("aviary").model(model).generate();
    generated.unwrap_err().to_string()
}

/// The error of a rule that has this condition.
fn of_condition(condition: &str) -> String {
    let rule = format!(
        r#"{{ "type": "endpoint", "conditions": [ {condition} ], "endpoint": {{ "url": "https://birds" }} }}"#
    );
    error_of(&rule_set(&[&rule]))
}

/// The error of a rule that has this URL.
fn of_url(url: &str) -> String {
    let rule =
        format!(r#"{{ "type": "endpoint", "conditions": [], "endpoint": {{ "url": {url} }} }}"#);
    error_of(&rule_set(&[&rule]))
}

#[test]
fn unknown_function() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "isSett", "argv": [ { "ref": "Region" } ] }"#), @"
    error: the rules call `isSett`, which nobody knows
      --> birds.endpoint-rule-set-1.json:5:51 at /rules/0/conditions/0/fn
      help: did you mean `isSet`?
    ");
    insta::assert_snapshot!(of_condition(r#"{ "fn": "coalesce", "argv": [ { "ref": "Region" }, "" ] }"#), @"
    error: the rules call `coalesce`, which nobody knows
      --> birds.endpoint-rule-set-1.json:5:51 at /rules/0/conditions/0/fn
      help: a newer version of the rules engine has more functions; this one has those of botocore's models
    ");
}

#[test]
fn wrong_arity() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "stringEquals", "argv": [ { "ref": "Region" } ] }"#), @"
    error: `stringEquals` takes 2 arguments, not 1
      --> birds.endpoint-rule-set-1.json:5:75 at /rules/0/conditions/0/argv
    ");
}

#[test]
fn unknown_reference() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "isSet", "argv": [ { "ref": "Regoin" } ] }"#), @"
    error: `Regoin` is neither a parameter nor assigned before
      --> birds.endpoint-rule-set-1.json:5:79 at /rules/0/conditions/0/argv/0/ref
      help: did you mean `Region`?
    ");
    insta::assert_snapshot!(of_url(r#""https://{Regio}.example.com""#), @"
    error: `Regio` is neither a parameter nor assigned before
      --> birds.endpoint-rule-set-1.json:5:66 at /rules/0/endpoint/url
      help: did you mean `Region`?
    ");
}

#[test]
fn a_name_that_another_rule_has_assigned() {
    let assigns = r#"{ "type": "error", "conditions": [ { "fn": "parseURL", "argv": [ "https://a" ], "assign": "url" } ], "error": "{url#scheme}" }"#;
    let uses = r#"{ "type": "error", "conditions": [], "error": "{url#scheme}" }"#;
    insta::assert_snapshot!(error_of(&rule_set(&[assigns, uses])), @"
    error: `url` is neither a parameter nor assigned before
      --> birds.endpoint-rule-set-1.json:6:51 at /rules/1/error
    ");
}

#[test]
fn a_name_that_is_taken() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "parseURL", "argv": [ "https://a" ], "assign": "Region" }"#), @"
    error: the name `Region` is taken already
      --> birds.endpoint-rule-set-1.json:5:98 at /rules/0/conditions/0/assign
    ");
}

#[test]
fn wrong_type() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "booleanEquals", "argv": [ { "ref": "Region" }, true ] }"#), @"
    error: a boolean has to be here, not a string
      --> birds.endpoint-rule-set-1.json:5:78 at /rules/0/conditions/0/argv/0
    ");
    insta::assert_snapshot!(of_url(r#"{ "ref": "UseFIPS" }"#), @"
    error: a string has to be here, not a boolean
      --> birds.endpoint-rule-set-1.json:5:66 at /rules/0/endpoint/url
    ");
    insta::assert_snapshot!(of_url(r#""https://{UseFIPS}""#), @"
    error: a string has to be here, not a boolean
      --> birds.endpoint-rule-set-1.json:5:66 at /rules/0/endpoint/url
    ");
}

#[test]
fn unknown_attribute() {
    let partition =
        r#"{ "fn": "aws.partition", "argv": [ { "ref": "Region" } ], "assign": "partition" }"#;
    let attribute = r#"{ "fn": "getAttr", "argv": [ { "ref": "partition" }, "dnsSufix" ] }"#;
    insta::assert_snapshot!(of_condition(&format!("{partition}, {attribute}")), @"
    error: a partition has no `dnsSufix`
      --> birds.endpoint-rule-set-1.json:5:179 at /rules/0/conditions/1/argv/1
      help: did you mean `dnsSuffix`?
    ");
    insta::assert_snapshot!(of_condition(r#"{ "fn": "getAttr", "argv": [ { "ref": "Region" }, "[x]" ] }"#), @"
    error: `[x]` has to end with a number in brackets
      --> birds.endpoint-rule-set-1.json:5:93 at /rules/0/conditions/0/argv/1
    ");
}

#[test]
fn unknown_key() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "isSet", "args": [ { "ref": "Region" } ] }"#), @"
    error: unknown field `args`, expected one of `fn`, `argv`, `assign`, `documentation`
      --> birds.endpoint-rule-set-1.json:5:65 at /rules/0/conditions/0/args
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    ");
    insta::assert_snapshot!(of_url(r#"{ "reff": "Region" }"#), @"
    error: unknown field `reff`, expected one of `ref`, `fn`, `argv`, `assign`, `documentation`
      --> birds.endpoint-rule-set-1.json:5:73 at /rules/0/endpoint/url/reff
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    ");
    insta::assert_snapshot!(of_url(r#"{ "fn": "uriEncode" }"#), @"
    error: an object is `ref`, or `fn` and `argv`
      --> birds.endpoint-rule-set-1.json:5:86 at /rules/0/endpoint/url
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    ");
}

#[test]
fn broken_template() {
    insta::assert_snapshot!(of_url(r#""https://{Region.example.com""#), @"
    error: the braces of `https://{Region.example.com` do not match
      --> birds.endpoint-rule-set-1.json:5:66 at /rules/0/endpoint/url
    ");
    insta::assert_snapshot!(of_url(r#""https://Region}.example.com""#), @"
    error: the braces of `https://Region}.example.com` do not match
      --> birds.endpoint-rule-set-1.json:5:66 at /rules/0/endpoint/url
    ");
}

#[test]
fn a_rule_that_is_not_what_it_says() {
    insta::assert_snapshot!(error_of(&rule_set(&[r#"{ "type": "tree", "conditions": [], "error": "no" }"#])), @"
    error: a rule that is a tree has `rules` and no other outcome
      --> birds.endpoint-rule-set-1.json:5:5 at /rules/0
    ");
    insta::assert_snapshot!(error_of(&rule_set(&[r#"{ "type": "forest", "conditions": [] }"#])), @"
    error: unknown variant `forest`, expected one of `tree`, `endpoint`, `error`
      --> birds.endpoint-rule-set-1.json:5:22 at /rules/0/type
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    ");
    insta::assert_snapshot!(error_of(&rule_set(&[])), @"
    error: there is no rule here
      --> birds.endpoint-rule-set-1.json:4:12 at /rules
    ");
}

#[test]
fn a_default_of_another_type() {
    let json = r#"{ "version": "1.0", "parameters": { "Region": { "type": "string", "default": true } },
  "rules": [ { "type": "error", "error": "no" } ] }"#;
    insta::assert_snapshot!(error_of(json), @"
    error: the default is of another type than the parameter
      --> birds.endpoint-rule-set-1.json:1:78 at /parameters/Region/default
    ");
}

#[test]
fn several_errors_at_once() {
    let rules = [
        r#"{ "type": "error", "conditions": [ { "fn": "isset", "argv": [] } ], "error": "{Rejion}" }"#,
        r#"{ "type": "error", "conditions": [ { "fn": "not", "argv": [ { "fn": "isSet", "argv": [ "a" ], "assign": "b" } ] } ], "error": 7 }"#,
    ];
    insta::assert_snapshot!(error_of(&rule_set(&rules)), @"
    error: the rules call `isset`, which nobody knows
      --> birds.endpoint-rule-set-1.json:5:48 at /rules/0/conditions/0/fn
      help: did you mean `isSet`?

    error: `Rejion` is neither a parameter nor assigned before
      --> birds.endpoint-rule-set-1.json:5:82 at /rules/0/error
      help: did you mean `Region`?

    error: only a condition can give its result a name
      --> birds.endpoint-rule-set-1.json:6:109 at /rules/1/conditions/0/argv/0/assign

    error: a string has to be here, not a number
      --> birds.endpoint-rule-set-1.json:6:131 at /rules/1/error
    ");
}

#[test]
fn partitions_that_are_not_there() {
    insta::assert_snapshot!(of_condition(r#"{ "fn": "aws.partition", "argv": [ { "ref": "Region" } ] }"#), @"
    error: the endpoint rules of birds ask for the partitions of AWS, which are not there
      help: put botocore's partitions.json into the folder of the models
    ");
}

#[test]
fn partitions_that_cannot_be_read() {
    let rule = r#"{ "type": "error", "conditions": [ { "fn": "aws.partition", "argv": [ { "ref": "Region" } ] } ], "error": "no" }"#;
    let error = |partitions: &str| {
        let model = Model::new("birds", SERVICE, Operations::All);
        let model = model.with_endpoint_rules(rule_set(&[rule]));
        let generated = Generator::new("aviary")
            .model(model)
            .partitions(partitions)
            .generate();
        generated.unwrap_err().to_string()
    };
    insta::assert_snapshot!(error(r#"{ "version": "1.1", "partitions": [ { "id": "aws" } ] }"#), @"
    error: missing field `regionRegex`
      --> partitions.json:1:51 at /partitions/0
      help: every model has it: fetch the model again
    ");
    let other_name = r#"{ "version": "1.1", "partitions": [
  { "id": "aws", "regionRegex": "^us-", "regions": {}, "outputs": { "dnsSuffix": "a", "dualStackDnsSuffix": "b",
    "implicitGlobalRegion": "us-east-1", "name": "sky", "supportsDualStack": true, "supportsFIPS": true } } ] }"#;
    insta::assert_snapshot!(error(other_name), @"
    error: the partition `aws` calls itself otherwise
      --> partitions.json:3:50 at /partitions/0/outputs/name
    ");
    let own_suffix = r#"{ "version": "1.1", "partitions": [
  { "id": "aws", "regionRegex": "^us-", "regions": { "us-east-1": { "dnsSuffix": "c" } } } ] }"#;
    insta::assert_snapshot!(error(own_suffix), @"
    error: unknown field `dnsSuffix`, expected `description`
      --> partitions.json:2:79 at /partitions/0/regions/us-east-1/dnsSuffix
      help: the model says something that this version of smithereen does not know; generating without it could send wrong requests
    ");
}

#[test]
fn text_of_rules_cannot_become_code() {
    let hostile = r#"{ "type": "error", "conditions": [], "error": "\"), panic!(), error(text(\"\n\u2028\\ {{x}} */ \u0000" }"#;
    let text = stages::endpoint_rules(rule_set(&[hostile]).as_bytes()).unwrap();
    let file = syn::parse_file(&text).unwrap();
    assert_eq!(file.items.len(), 2);
    let rules = crate::read_back::rule_set(rule_set(&[hostile]).as_bytes());
    assert_eq!(rules.rules.len(), 1);
    let error = smithereen_runtime::endpoint::resolve(&rules, &[], &Default::default());
    let expected = "\"), panic!(), error(text(\"\n\u{2028}\\ {x} */ \0";
    assert_eq!(error.unwrap_err().to_string(), expected);
}

#[test]
fn what_rules_look_like() {
    let text = |name: &str| {
        let json = &FILES[&format!("{UNIT_RULES}{name}.json")];
        stages::endpoint_rules(json).unwrap()
    };
    insta::assert_snapshot!(text("partition-fn"), @r#"
    // Generated by `cargo xtask codegen` from endpoint-rule-set-1.json. Do not edit.
    use smithereen_runtime::endpoint::rules::*;

    pub(super) static RULES: RuleSet<'static> = RuleSet {
        parameters: &[
            string("Region").built_in("AWS::Region").required(),
            boolean("PropertyOne"),
            string("PropertyTwo"),
            boolean("PropertyThree"),
        ],
        rules: &[
            when(&[
                partition(&[reference("Region")]).assign("PartResult"),
            ]).rules(&[
                when(&[
                    string_equals(&[text("aws"), reference("PartResult#name")]),
                ]).endpoint(text("https://aws-partition.{Region}.{PartResult#dnsSuffix}")).properties(&[
                    ("authSchemes", list(&[
                        record(&[("name", text("sigv4")), ("signingName", text("serviceName")), ("signingRegion", text("{Region}"))]),
                    ])),
                    ("meta", record(&[("baseSuffix", text("{PartResult#dnsSuffix}")), ("dualStackSuffix", text("{PartResult#dualStackDnsSuffix}"))])),
                ]),
                endpoint(text("https://{PartResult#name}.{Region}.{PartResult#dnsSuffix}")).properties(&[
                    ("authSchemes", list(&[
                        record(&[("name", text("sigv4")), ("signingName", text("serviceName")), ("signingRegion", text("{Region}"))]),
                    ])),
                    ("meta", record(&[("baseSuffix", text("{PartResult#dnsSuffix}")), ("dualStackSuffix", text("{PartResult#dualStackDnsSuffix}"))])),
                ]),
                error(text("no rules matched")),
            ]),
        ],
    };
    "#);
    insta::assert_snapshot!(text("headers"), @r#"
    // Generated by `cargo xtask codegen` from endpoint-rule-set-1.json. Do not edit.
    use smithereen_runtime::endpoint::rules::*;

    pub(super) static RULES: RuleSet<'static> = RuleSet {
        parameters: &[
            string("Region").built_in("AWS::Region"),
        ],
        rules: &[
            when(&[
                is_set(&[reference("Region")]),
            ]).endpoint(text("https://{Region}.amazonaws.com")).headers(&[
                ("x-amz-region", &[text("{Region}")]),
                ("x-amz-multi", &[text("*"), text("{Region}")]),
            ]),
            error(text("Region must be set to resolve a valid endpoint")),
        ],
    };
    "#);
    insta::assert_snapshot!(text("fns"), @r#"
    // Generated by `cargo xtask codegen` from endpoint-rule-set-1.json. Do not edit.
    use smithereen_runtime::endpoint::rules::*;

    pub(super) static RULES: RuleSet<'static> = RuleSet {
        parameters: &[
            string("Uri"),
            string("Arn"),
            string("CustomError"),
        ],
        rules: &[
            when(&[
                is_set(&[reference("Uri")]),
                is_set(&[reference("Arn")]),
                parse_arn(&[reference("Arn")]).assign("parsedArn"),
            ]).endpoint(reference("Uri")).headers(&[
                ("x-uri", &[reference("Uri")]),
                ("x-arn-region", &[reference("parsedArn#region")]),
            ]),
            when(&[
                is_set(&[reference("CustomError")]),
            ]).error(reference("CustomError")),
            when(&[
                is_set(&[reference("Arn")]),
                parse_arn(&[reference("Arn")]).assign("parsedArn"),
            ]).error(reference("parsedArn#partition")),
            error(text("No fields were set")),
        ],
    };
    "#);
}
