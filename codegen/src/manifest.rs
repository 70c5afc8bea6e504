//! `codegen.toml`: which operations of which services, and where to.

use crate::error::{Diagnostic, Error, Position, near_miss};
use crate::passes::rust_name;
use crate::{Exceptions, Named, Operations};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A manifest, whose paths are resolved.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The file itself.
    pub file: PathBuf,
    /// The crates to write, that of `[crate]` first.
    pub crates: Vec<Crate>,
    /// The folder of the models.
    pub models: PathBuf,
    /// The services, by name.
    pub services: Vec<Service>,
}

/// A crate to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crate {
    /// The folder whose files are generated: `src` of the crate.
    pub root: PathBuf,
    /// The crate's name, as its users import it.
    pub name: String,
}

/// A service that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// Its name, which is its folder's.
    pub name: Named,
    /// The version of its API, if not the newest.
    pub version: Option<Named>,
    /// The operations.
    pub operations: Operations,
    /// The exceptions that the operations need not name.
    pub exceptions: Exceptions,
    /// The protocol, as the model calls it, if not the one that is preferred.
    pub protocol: Option<Named>,
    /// The crate that it goes to, of those of the manifest.
    pub krate: usize,
}

impl Service {
    /// All operations of a service in its newest version.
    pub fn whole(name: &str) -> Self {
        Self {
            name: Named::from(name),
            version: None,
            operations: Operations::All,
            exceptions: Exceptions::default(),
            protocol: None,
            krate: 0,
        }
    }
}

/// Reads a manifest; everything that is wrong with it, if something is.
pub(crate) fn read(path: &Path) -> Result<Manifest, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Diagnostic::new(format!("cannot read the manifest: {error}"))
            .file(path)
            .help("name another one with --manifest-path")
    })?;
    parse(path, &text)
}

/// Reads the text of a manifest.
pub(crate) fn parse(path: &Path, text: &str) -> Result<Manifest, Error> {
    let mut parser = Parser::new(path, text);
    let manifest = parser.manifest();
    match manifest {
        Some(manifest) if parser.problems.is_empty() => Ok(manifest),
        _ => Err(parser.problems.into()),
    }
}

/// What a manifest names of a service.
enum Names {
    All,
    These(Vec<Named>),
}

/// Whether examples can import a crate by this name: identifiers with `::` between them.
fn is_path(name: &str) -> bool {
    name.split("::")
        .all(|step| rust_name(step) == step && syn::parse_str::<syn::Ident>(step).is_ok())
}

/// Files that people write are read by hand over a spanned tree, so that all mistakes are found at once and each
/// has its place and a near miss.
pub(crate) struct Parser<'t> {
    file: &'t Path,
    pub text: &'t str,
    pub problems: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    pub fn new(file: &'t Path, text: &'t str) -> Self {
        Self {
            file,
            text,
            problems: Vec::new(),
        }
    }

    /// The whole file, if it is TOML.
    pub fn document(&mut self) -> Option<Spanned<DeTable<'t>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                self.problem(span, error.message(), None);
                None
            }
        }
    }

    fn manifest(&mut self) -> Option<Manifest> {
        let table = self.document()?;
        let whole = table.span();
        let table = table.get_ref();
        self.known_keys(table, &["crate", "models", "services"]);
        let services = self.table(table, "services");
        let mut crates = Vec::new();
        match table.get("crate") {
            Some(value) => crates.push(self.krate(value)?),
            None if !self.all_have_crates(services) => {
                let help = "add `[crate]` with `path = \"generated\"` and `name = \"…\"`";
                let message = "the manifest does not say which crate to write";
                self.problem(whole.clone(), message, Some(help.to_owned()));
                return None;
            }
            None => {}
        }
        let models = self.string(table, "models");
        let services = self.services(services, &mut crates);
        if services.is_empty() && self.problems.is_empty() {
            let help = "add `[services.backup]` with `operations = [\"DescribeBackupJob\"]`";
            let message = "the manifest names no service";
            self.problem(whole, message, Some(help.to_owned()));
        }
        let folder = self.file.parent().unwrap_or(Path::new(""));
        Some(Manifest {
            file: self.file.to_owned(),
            crates,
            models: folder.join(models.map_or("models".to_owned(), |path| path.name)),
            services,
        })
    }

    /// Whether the crate of the manifest would have nothing in it.
    fn all_have_crates(&self, services: Option<&DeTable<'t>>) -> bool {
        let has_crate = |service: &Spanned<DeValue<'t>>| match service.get_ref() {
            DeValue::Table(service) => service.contains_key("crate"),
            _ => false,
        };
        services.is_some_and(|services| !services.is_empty() && services.values().all(has_crate))
    }

    /// A crate: `[crate]`, or that of a service.
    fn krate(&mut self, value: &Spanned<DeValue<'t>>) -> Option<Crate> {
        let DeValue::Table(krate) = value.get_ref() else {
            self.problem(value.span(), "`crate` is a table", None);
            return None;
        };
        self.known_keys(krate, &["name", "path"]);
        let path = self.string(krate, "path");
        let name = self.string(krate, "name");
        if let Some(value) = krate.get("name")
            && let Some(name) = name.as_ref().filter(|name| !is_path(&name.name))
        {
            let help = format!("write `{}`", name.name.replace(['-', ' '], "_"));
            let message = format!("`{}` is no path by which Rust imports a crate", name.name);
            self.problem(value.span(), message, Some(help));
        }
        let folder = self.file.parent().unwrap_or(Path::new(""));
        Some(Crate {
            root: folder
                .join(path.map_or("generated".to_owned(), |path| path.name))
                .join("src"),
            name: name.map_or("generated".to_owned(), |name| name.name),
        })
    }

    /// Which crate a service goes to: one of its own, that of another service, or that of all.
    fn crate_of(&mut self, service: &DeTable<'t>, crates: &mut Vec<Crate>) -> Option<usize> {
        let Some(value) = service.get("crate") else {
            return Some(0);
        };
        let own = self.krate(value)?;
        let known = crates.iter().position(|known| known.root == own.root);
        if let Some(index) = known {
            if crates[index].name != own.name {
                let message = format!(
                    "the crate is called `{}` here and `{}` elsewhere",
                    own.name, crates[index].name
                );
                self.problem(value.span(), message, None);
            }
            return Some(index);
        }
        crates.push(own);
        Some(crates.len() - 1)
    }

    fn services(
        &mut self,
        services: Option<&DeTable<'t>>,
        crates: &mut Vec<Crate>,
    ) -> Vec<Service> {
        let Some(services) = services else {
            return Vec::new();
        };
        let mut found: Vec<Service> = Vec::new();
        for (name, value) in services.iter() {
            let DeValue::Table(service) = value.get_ref() else {
                let help = format!("write `[services.{}]`", name.get_ref());
                self.problem(value.span(), "a service is a table", Some(help));
                continue;
            };
            let keys = ["crate", "exceptions", "operations", "protocol", "version"];
            self.known_keys(service, &keys);
            let version = self.string(service, "version");
            let protocol = self.string(service, "protocol");
            let krate = self.crate_of(service, crates);
            let operations = self.operations(service, name.span());
            let exceptions = self.exceptions(service);
            let (Some(operations), Some(krate)) = (operations, krate) else {
                continue;
            };
            found.push(Service {
                name: self.named(name.get_ref(), name.span()),
                version,
                operations,
                exceptions,
                protocol,
                krate,
            });
        }
        found.sort_by(|left, right| left.name.name.cmp(&right.name.name));
        found
    }

    fn operations(&mut self, service: &DeTable<'t>, place: Range<usize>) -> Option<Operations> {
        const HELP: &str = "write `operations = [\"…\"]`, or `operations = \"all\"`";
        let Some(value) = service.get("operations") else {
            // A misspelt key has been reported already.
            let mut keys = service.keys();
            if keys.any(|key| near_miss(key.get_ref(), ["operations"]).is_some()) {
                return None;
            }
            let message = "the service does not say which operations";
            self.problem(place, message, Some(HELP.to_owned()));
            return None;
        };
        let names = match self.names(value, "operation", HELP)? {
            Names::All => return Some(Operations::All),
            Names::These(names) => names,
        };
        if names.is_empty() {
            let message = "the service has no operations";
            self.problem(value.span(), message, Some(HELP.to_owned()));
        }
        Some(Operations::Named(names))
    }

    fn exceptions(&mut self, service: &DeTable<'t>) -> Exceptions {
        const HELP: &str = "write `exceptions = [\"…\"]`, or `exceptions = \"all\"`";
        let names = service.get("exceptions");
        match names.map(|value| self.names(value, "exception", HELP)) {
            Some(Some(Names::These(names))) => Exceptions::Named(names),
            Some(Some(Names::All)) => Exceptions::All,
            // What is no list has been reported.
            Some(None) | None => Exceptions::default(),
        }
    }

    /// A list of names, or "all" of them.
    fn names(&mut self, value: &Spanned<DeValue<'t>>, what: &str, help: &str) -> Option<Names> {
        let items = match value.get_ref() {
            DeValue::String(text) if text == "all" => return Some(Names::All),
            DeValue::Array(items) => items,
            _ => {
                let message = format!("`{what}s` is a list of names, or \"all\"");
                self.problem(value.span(), message, Some(help.to_owned()));
                return None;
            }
        };
        let mut names: Vec<Named> = Vec::new();
        for item in items.iter() {
            let DeValue::String(name) = item.get_ref() else {
                let message = format!("an {what} is a string");
                self.problem(item.span(), message, Some(help.to_owned()));
                continue;
            };
            if names.iter().any(|known| known.name == **name) {
                let message = format!("the {what} `{name}` is there twice");
                self.problem(item.span(), message, None);
            }
            names.push(self.named(name, item.span()));
        }
        Some(Names::These(names))
    }

    fn table<'a>(&mut self, table: &'a DeTable<'t>, key: &str) -> Option<&'a DeTable<'t>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => {
                self.problem(value.span(), format!("`{key}` is a table"), None);
                None
            }
        }
    }

    pub fn string(&mut self, table: &DeTable<'t>, key: &str) -> Option<Named> {
        let value: &Spanned<DeValue<'t>> = table.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.named(text, value.span())),
            _ => {
                self.problem(value.span(), format!("`{key}` is a string"), None);
                None
            }
        }
    }

    pub fn known_keys(&mut self, table: &DeTable<'t>, known: &[&str]) {
        for key in table
            .keys()
            .filter(|key| !known.contains(&&**key.get_ref()))
        {
            let near = near_miss(key.get_ref(), known.iter().copied());
            let all = format!("the keys here are {}", known.join(", "));
            let message = format!("unknown key `{}`", key.get_ref());
            self.problem(key.span(), message, Some(near.unwrap_or(all)));
        }
    }

    fn named(&self, name: &str, span: Range<usize>) -> Named {
        Named {
            name: name.to_owned(),
            place: Some((
                self.file.to_owned(),
                Position::of_offset(self.text, span.start),
            )),
        }
    }

    pub fn problem(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let diagnostic = Diagnostic::new(message)
            .file(self.file)
            .position(Position::of_offset(self.text, span.start))
            .maybe_help(help);
        self.problems.push(diagnostic);
    }
}
