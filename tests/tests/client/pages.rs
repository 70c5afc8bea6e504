//! Operations that answer in pages.

use crate::client;
use crate::drive::Drive;
use crate::server::{Reply, Server};
use smithereen_runtime::ErrorKind;

both! {
    pages_are_asked_for_until_there_is_no_token
    an_empty_token_is_the_end
    the_same_token_again_is_an_error
    an_error_is_the_last_page
    the_items_of_all_pages_come_one_by_one
    pages_start_where_the_input_says
    an_empty_page_in_between_is_not_the_end
    nothing_is_sent_before_a_page_is_wanted
}

/// A page of these jobs, with a token for the next.
fn page(jobs: &[&str], token: Option<&str>) -> Reply {
    let jobs: Vec<_> = jobs
        .iter()
        .map(|id| serde_json::json!({"BackupJobId": id}))
        .collect();
    let page = match token {
        Some(token) => serde_json::json!({"BackupJobs": jobs, "NextToken": token}),
        None => serde_json::json!({"BackupJobs": jobs}),
    };
    Reply::ok(&page.to_string())
}

fn uris(server: &Server) -> Vec<String> {
    server
        .requests()
        .into_iter()
        .map(|request| request.uri)
        .collect()
}

fn pages_are_asked_for_until_there_is_no_token<M: Drive>() {
    let server = Server::start([
        page(&["a"], Some("t/1 +")),
        page(&["b"], Some("t2")),
        page(&["c"], None),
    ]);
    let list = client::<M>(&server).list_backup_jobs().by_account_id("x");
    let pages = M::pages(list.into_paginator().page_size(1).send());
    let ids = pages.iter().map(|page| {
        page.as_ref().unwrap().backup_jobs()[0]
            .backup_job_id
            .clone()
    });
    let ids: Vec<String> = ids.flatten().collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(
        uris(&server),
        [
            "/backup-jobs/?maxResults=1&accountId=x",
            "/backup-jobs/?nextToken=t%2F1%20%2B&maxResults=1&accountId=x",
            "/backup-jobs/?nextToken=t2&maxResults=1&accountId=x",
        ]
    );
}

fn an_empty_token_is_the_end<M: Drive>() {
    let server = Server::start([page(&["a"], Some(""))]);
    let pages = M::pages(
        client::<M>(&server)
            .list_backup_jobs()
            .into_paginator()
            .send(),
    );
    assert_eq!(pages.len(), 1);
    assert!(pages[0].is_ok());
}

fn the_same_token_again_is_an_error<M: Drive>() {
    let server = Server::start([
        page(&["a"], Some("t")),
        page(&["b"], Some("t")),
        page(&["c"], None),
    ]);
    let pages = M::pages(
        client::<M>(&server)
            .list_backup_jobs()
            .into_paginator()
            .send(),
    );
    // The page that has it is there nevertheless.
    let jobs = pages[1].as_ref().unwrap().backup_jobs();
    assert_eq!(jobs[0].backup_job_id.as_deref(), Some("b"));
    let error = pages[2].as_ref().unwrap_err();
    assert!(error.to_string().contains("token"), "{error}");
    assert_eq!(pages.len(), 3);
    assert_eq!(server.requests().len(), 2);
}

fn an_error_is_the_last_page<M: Drive>() {
    let server = Server::start([
        page(&["a"], Some("t")),
        Reply::error(400, "InvalidParameterValueException", "no"),
        page(&["c"], None),
    ]);
    let pages = M::pages(
        client::<M>(&server)
            .list_backup_jobs()
            .into_paginator()
            .send(),
    );
    assert_eq!(pages.len(), 2);
    let error = pages[1].as_ref().unwrap_err();
    assert!(
        error
            .as_service_error()
            .unwrap()
            .is_invalid_parameter_value_exception(),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

fn the_items_of_all_pages_come_one_by_one<M: Drive>() {
    let server = Server::start([
        page(&["a", "b"], Some("t")),
        page(&[], Some("u")),
        page(&["c"], Some("v")),
        Reply::new(200, &[], "{"),
    ]);
    let items = M::items(
        client::<M>(&server)
            .list_backup_jobs()
            .into_paginator()
            .items()
            .send(),
    );
    let ids: Vec<&str> = items
        .iter()
        .map(|item| match item {
            Ok(job) => job.backup_job_id.as_deref().unwrap(),
            Err(error) if matches!(error.kind(), ErrorKind::Response { .. }) => "an error",
            Err(error) => panic!("{error}"),
        })
        .collect();
    assert_eq!(ids, ["a", "b", "c", "an error"]);
}

fn pages_start_where_the_input_says<M: Drive>() {
    let server = Server::start([page(&["b"], None)]);
    let list = client::<M>(&server)
        .list_backup_jobs()
        .next_token("from-before");
    assert_eq!(M::pages(list.into_paginator().send()).len(), 1);
    assert_eq!(uris(&server), ["/backup-jobs/?nextToken=from-before"]);
}

fn an_empty_page_in_between_is_not_the_end<M: Drive>() {
    let server = Server::start([page(&[], Some("t")), page(&["b"], None)]);
    let pages = M::pages(
        client::<M>(&server)
            .list_backup_jobs()
            .into_paginator()
            .send(),
    );
    assert_eq!(pages.len(), 2);
}

fn nothing_is_sent_before_a_page_is_wanted<M: Drive>() {
    let server = Server::start([]);
    let pages = client::<M>(&server)
        .list_backup_jobs()
        .into_paginator()
        .send();
    drop(pages);
    assert_eq!(server.requests().len(), 0);
}
