//! How many lines of generated code differ for what differs in the model: the tables of `docs/history.md`.

use crate::archive::pairs;
use crate::closure::touch;
use crate::generated::OPERATION;
use crate::lines::{Lines, is_comment};
use crate::page;
use crate::things::Things;
use smithereen_codegen::{Operations, Tree};
use std::fmt::Write;

#[test]
fn the_table_of_churn_is_what_it_is() {
    let mut table = String::from(
        "| botocore | things + ~ − | files | lines of code + − | of comments + − | lines per thing | DescribeBackupJob |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut last: Option<Tree> = None;
    for (old, new) in pairs() {
        let before = last.take().unwrap_or_else(|| old.tree(Operations::All));
        let after = new.tree(Operations::All);
        let things = Things::between(&old.json(), &new.json());
        let lines = Lines::between(&before, &after);
        let split = |lines: &[(String, String)]| {
            let comments = lines.iter().filter(|line| is_comment(line)).count();
            (lines.len() - comments, comments)
        };
        let ((added, added_comments), (removed, removed_comments)) =
            (split(&lines.added), split(&lines.removed));
        let per_thing = match things.count() {
            0 => "–".to_owned(),
            count => format!("{:.1}", (added + removed) as f64 / count as f64),
        };
        writeln!(
            table,
            "| {} | {} {} {} | {} | {added} {removed} | {added_comments} {removed_comments} | {per_thing} | {} |",
            new.version, things.added, things.changed, things.removed, lines.files,
            touch(&old.json(), &new.json(), OPERATION).name(),
        ).unwrap();
        last = Some(after);
    }
    page::compare("churn", &table);
}
