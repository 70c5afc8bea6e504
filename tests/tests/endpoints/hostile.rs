//! Rule sets that the generator would not let through: an error each, and never a panic.

use smithereen_runtime::endpoint::rules::*;
use smithereen_runtime::endpoint::{Params, Partition, ResolveError, resolve};

const PARTITION: Partition<'static> = Partition {
    id: "aws",
    region_regex: "^us-\\w+-\\d+$",
    dns_suffix: "example.com",
    dual_stack_dns_suffix: "example.net",
    implicit_global_region: "us-east-1",
    supports_fips: true,
    supports_dual_stack: true,
    regions: &["us-east-1"],
};

/// What a URL comes to, with a region and nothing else.
fn url(url: Expression<'_>) -> Result<String, ResolveError> {
    first(endpoint(url))
}

/// What a condition comes to.
fn condition(condition: Call<'_>) -> Result<String, ResolveError> {
    let conditions = &[condition];
    first(when(conditions).endpoint(text("https://held")))
}

fn first(rule: Rule<'_>) -> Result<String, ResolveError> {
    let rules = RuleSet {
        parameters: &[string("Region"), boolean("UseFIPS"), strings("Names")],
        rules: &[rule],
    };
    let names = vec!["a".to_owned()];
    let params = Params::default()
        .with("Region", "us-east-1")
        .with("Names", names);
    resolve(&rules, &[PARTITION], &params).map(|endpoint| endpoint.url().to_owned())
}

fn message(answer: Result<String, ResolveError>) -> String {
    answer.unwrap_err().to_string()
}

#[test]
fn templates_that_are_none() {
    for broken in [
        "{",
        "}",
        "a{",
        "a}b",
        "{Region",
        "Region}",
        "{Region}}",
        "{{}",
        "{}",
        "{#}",
    ] {
        let error = url(text(broken)).unwrap_err();
        assert!(
            matches!(error, ResolveError::Impossible(_)),
            "{broken}: {error}"
        );
    }
    assert_eq!(url(text("{{{Region}}}")).unwrap(), "{us-east-1}");
    assert_eq!(url(text("a{{b}}")).unwrap(), "a{b}");
}

#[test]
fn names_that_nothing_has() {
    let expected =
        "the endpoint rules cannot be followed: `Regio` is neither a parameter nor assigned";
    assert_eq!(message(url(text("https://{Regio}"))), expected);
    assert_eq!(message(url(reference("Regio"))), expected);
    let expected =
        "the endpoint rules cannot be followed: `Names` has to be a string, and is a list";
    assert_eq!(message(url(text("https://{Names}"))), expected);
    // What a caller could have set is the caller's to set.
    let expected = "the endpoint depends on `UseFIPS`, which is not set";
    assert_eq!(message(url(text("https://{UseFIPS}"))), expected);
    assert_eq!(message(condition(not(&[reference("UseFIPS")]))), expected);
}

#[test]
fn attributes_that_nothing_has() {
    for path in [
        "Region#name",
        "Region#[0]",
        "Region#",
        "Names#x",
        "Names#[x]",
        "Names#[",
        "Names#]",
    ] {
        let answer = url(reference(path));
        assert!(
            matches!(answer, Err(ResolveError::Impossible(_))),
            "{path}: {answer:?}"
        );
    }
    let huge = format!("Names#[{}]", u128::MAX);
    assert!(url(reference(&huge)).is_err());
}

#[test]
fn functions_that_are_called_with_what_they_do_not_take() {
    for function in Function::ALL {
        for arguments in [
            &[][..],
            &[number(1)],
            &[number(1), TRUE],
            &[reference("Names"); 4],
        ] {
            let call = Call {
                function: *function,
                arguments,
                assign: None,
            };
            match condition(call) {
                Ok(_) => assert_eq!(*function, Function::IsSet),
                Err(ResolveError::Exhausted) => assert_eq!(*function, Function::IsSet),
                Err(error) => assert!(error.to_string().contains(function.name()), "{error}"),
            }
        }
    }
}

#[test]
fn substrings_that_are_out_of_bounds() {
    for (start, end) in [
        (0, 10),
        (5, 5),
        (6, 5),
        (0, u32::MAX),
        (u32::MAX, 0),
        (u32::MAX, u32::MAX),
    ] {
        for reverse in [TRUE, FALSE] {
            let arguments = [reference("Region"), number(start), number(end), reverse];
            let answer = condition(substring(&arguments));
            assert_eq!(answer, Err(ResolveError::Exhausted), "{start}..{end}");
        }
    }
}

#[test]
fn lists_and_records_in_wrong_places() {
    assert!(message(url(list(&[]))).contains("a list or a record"));
    assert!(message(condition(is_set(&[record(&[])]))).contains("a list or a record"));
    assert!(message(url(TRUE)).contains("a boolean is where a string has to be"));
    assert_eq!(url(text("")), Err(ResolveError::EmptyUrl));
}

#[test]
fn patterns_that_are_none() {
    let broken = Partition {
        region_regex: "(",
        ..PARTITION
    };
    static RULES: RuleSet<'static> = RuleSet {
        parameters: &[string("Region")],
        rules: &[when(&[partition(&[reference("Region")])]).error(text("found"))],
    };
    let params = Params::default().with("Region", "mars-north-1");
    let error = resolve(&RULES, &[broken], &params).unwrap_err().to_string();
    assert_eq!(
        error,
        "the endpoint rules cannot be followed: `(` is no pattern of regions"
    );
    // Of none at all, a region has no partition.
    assert_eq!(resolve(&RULES, &[], &params), Err(ResolveError::Exhausted));
}

#[test]
fn rules_and_values_without_an_end() {
    static RULES: RuleSet<'static> = RuleSet {
        parameters: &[],
        rules: &ENDLESS,
    };
    static ENDLESS: [Rule<'static>; 1] = [rules(&ENDLESS)];
    static CALLS: [Expression<'static>; 1] = [not(&CALLS).value()];
    static LISTS: [Expression<'static>; 1] = [list(&LISTS)];
    let error = resolve(&RULES, &[], &Params::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("rules stand more than 128 deep"), "{error}");
    assert!(message(condition(not(&CALLS))).contains("calls stand more than 32 deep"));
    let rule = endpoint(text("https://x"));
    let properties = [("endless", list(&LISTS))];
    assert!(message(first(rule.properties(&properties))).contains("properties stand more than 32"));
}

#[test]
fn a_tree_is_terminal() {
    static RULES: RuleSet<'static> = RuleSet {
        parameters: &[string("Region")],
        rules: &[
            rules(&[when(&[is_set(&[reference("Region")])]).error(text("set"))]),
            error(text("never")),
        ],
    };
    let none = resolve(&RULES, &[], &Params::default());
    assert_eq!(none, Err(ResolveError::Exhausted));
}

#[test]
fn what_a_rule_assigns_is_forgotten_with_it() {
    static RULES: RuleSet<'static> = RuleSet {
        parameters: &[string("Region")],
        rules: &[
            when(&[
                partition(&[reference("Region")]).assign("Found"),
                string_equals(&[reference("Found#name"), text("other")]),
            ])
            .error(text("other")),
            endpoint(reference("Found#name")),
        ],
    };
    let params = Params::default().with("Region", "us-east-1");
    let error = resolve(&RULES, &[PARTITION], &params).unwrap_err();
    let expected = "`Found` is neither a parameter nor assigned";
    assert_eq!(error, ResolveError::Impossible(expected.to_owned()));
}

#[test]
fn parameters_that_are_missing_or_of_another_type() {
    let rules = RuleSet {
        parameters: &[string("Region").built_in("AWS::Region").required()],
        rules: &[endpoint(text("https://{Region}"))],
    };
    let answer = |params: Params| resolve(&rules, &[], &params).unwrap_err().to_string();
    assert_eq!(
        answer(Params::default()),
        "the endpoint depends on `Region`, which is not set (AWS::Region)"
    );
    let expected = "the endpoint parameter `Region` has to be a string";
    assert_eq!(answer(Params::default().with("Region", true)), expected);
    // What the rules do not know has no effect.
    let params = Params::default().with("Region", "x").with("Other", true);
    assert_eq!(resolve(&rules, &[], &params).unwrap().url(), "https://x");
}

#[test]
fn a_service_without_rules_goes_where_it_is_told() {
    use smithereen_runtime::endpoint::Endpoints;
    let rules = <smithereen_tests::fixtures::minimal::Service as Endpoints>::RULES;
    let params = Params::default().with("Endpoint", "http://localhost:1");
    assert_eq!(
        resolve(rules, &[], &params).unwrap().url(),
        "http://localhost:1"
    );
    let error = resolve(rules, &[], &Params::default())
        .unwrap_err()
        .to_string();
    assert!(error.ends_with("set an endpoint URL"), "{error}");
}
