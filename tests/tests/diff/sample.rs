//! Reports made by hand.

use smithereen_codegen::diff::{
    Compared, Entry, Level, Location, PatchInForce, Reach, Report, Review,
};

/// A report with a change of every level, a patch, and services without changes.
pub fn review() -> Review {
    let report = Report::new(vec![parrots(), finches()], entries());
    let version = semver::Version::new(0, 3, 1);
    Review::new(report)
        .between("HEAD", "the work tree")
        .of_version(Some(version))
}

pub fn parrots() -> Compared {
    let mut parrots = Compared::new("parrots");
    parrots.old = Some("parrots/2020-01-01/service-2.json".to_owned());
    parrots.new = parrots.old.clone();
    parrots.operations = ["Feed", "Greet"].map(str::to_owned).to_vec();
    parrots.patches = vec![PatchInForce::new(
        "Seed.Grams",
        "is optional",
        "the service leaves it out",
        "https://example.com/grams",
    )];
    parrots
}

pub fn finches() -> Compared {
    let mut finches = Compared::new("finches");
    finches.old = Some("finches/2020-01-01/service-2.json".to_owned());
    finches.new = finches.old.clone();
    finches.operations = vec!["Sing".to_owned()];
    finches.identical = true;
    finches
}

pub fn entry(level: Level, kind: &'static str, subject: &str, change: &str) -> Entry {
    let mut entry = Entry::new(level, kind, "parrots", subject);
    entry.change = change.to_owned();
    entry.fingerprint = format!("{kind}-{}", subject.len());
    entry
}

fn entries() -> Vec<Entry> {
    const FILE: &str = "models/parrots/2020-01-01/service-2.json";
    let at = |path: &str, line| Some(Location::new(FILE, path, line, 7));
    let mut value = entry(
        Level::Additive,
        "enum-value-added",
        "Mood",
        "the value `LOUD` is new",
    );
    value.consequence = "`Mood::Loud`, which was `Mood::Unknown`".to_owned();
    value.new = at("/shapes/Mood/enum/2", 40);
    value.reached = vec![Reach::new("Greet", "output.Mood")];
    let mut gone = entry(
        Level::Breaking,
        "member-removed",
        "Seed.Grams",
        "the member is gone",
    );
    gone.consequence = "the field `grams` of `Seed` is gone: source that names it does not \
                        compile, and the service may refuse what older clients send"
        .to_owned();
    gone.old = at("/shapes/Seed/members/Grams", 31);
    gone.new = at("/shapes/Seed", 30);
    let operations = ["Feed", "Greet", "Hatch", "Moult", "Preen"];
    gone.reached = operations
        .map(|operation| Reach::new(operation, "input.Seed.Grams"))
        .to_vec();
    let mut token = entry(
        Level::Behaviour,
        "idempotency-token-added",
        "FeedInput.Token",
        "`idempotencyToken` is new",
    );
    token.consequence = "a token is sent where none was given".to_owned();
    token.new = at("/shapes/FeedInput/members/Token", 22);
    token.reached = vec![Reach::new("Feed", "input.Token")];
    let odd = entry(
        Level::Unhandled,
        "unhandled",
        "parrots",
        "`metadata.plumage` is new",
    );
    let mut docs = entry(
        Level::Docs,
        "docs-changed",
        "Greet",
        "the documentation changed",
    );
    docs.reached = vec![Reach::new("Greet", "")];
    vec![value, gone, token, odd, docs]
}
