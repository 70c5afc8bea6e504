//! Requests that are signed for somebody else to send.

use super::{ROLE, TABLE, job, vault};
use crate::drive::Drive;
use crate::server::{Key, Server};
use smithereen_runtime::client::config::TimeSource;
use smithereen_runtime::http;
use smithereen_tests::whole::backup::ClientOf;
use std::time::{Duration, SystemTime};

/// The host that presigned requests are for. ministack tells services apart by the header
/// `authorization`, and by the host where there is none.
const HOST: &str = "backup.test";

/// The client of this key for that host.
fn presigning<M: Drive>(server: &Server, key: &Key) -> ClientOf<M> {
    let url = server.url.replace("127.0.0.1", HOST);
    ClientOf::from_conf(server.config(key).endpoint_url(url).build())
}

/// Sends a presigned request with nothing but what it says, to where that host is. The status of
/// the answer, and its body.
fn send(request: http::Request<Vec<u8>>) -> (u16, String) {
    let (mut parts, body) = request.into_parts();
    let host = parts.uri.authority().unwrap().as_str().parse().unwrap();
    parts.headers.insert(http::header::HOST, host);
    parts.uri = parts
        .uri
        .to_string()
        .replacen(HOST, "127.0.0.1", 1)
        .parse()
        .unwrap();
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build();
    let request = http::Request::from_parts(parts, body);
    let mut response = ureq::Agent::from(agent).run(request).unwrap();
    let body = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), body)
}

const MINUTE: Duration = Duration::from_secs(60);

pub fn a_presigned_request_is_for_anybody_to_send<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let vault = vault(&client, "presigned");
    let id = job(&client, &vault);

    let client = presigning::<M>(server, &server.keys.user);
    let call = client.describe_backup_job().backup_job_id(&id);
    let presigned = M::wait(call.presigned(MINUTE)).unwrap();
    assert_eq!(presigned.method(), "GET");
    assert!(presigned.body().is_empty());
    // Nothing but the URL is needed.
    let (status, body) = send(
        http::Request::get(presigned.uri())
            .body(Vec::new())
            .unwrap(),
    );
    assert_eq!(status, 200, "{body}");
    assert!(body.contains(&id), "{body}");

    let call = client
        .list_backup_jobs()
        .by_backup_vault_name("a b/c+é")
        .max_results(1);
    let (status, body) = send(M::wait(call.presigned(MINUTE)).unwrap().into_http());
    assert_eq!(status, 200, "{body}");

    // Of a session, whose token has to be in it.
    let client = presigning::<M>(server, &server.keys.session);
    let presigned = M::wait(client.list_backup_vaults().presigned(MINUTE)).unwrap();
    assert!(presigned.uri().contains("X-Amz-Security-Token="));
    let (status, body) = send(presigned.into_http());
    assert_eq!(status, 200, "{body}");
}

pub fn a_presigned_request_with_a_body_is_for_anybody_to_send<M: Drive>(server: &Server) {
    let vault = vault(&server.client::<M>(), "presigned-body");
    let client = presigning::<M>(server, &server.keys.user);
    let call = client
        .start_backup_job()
        .backup_vault_name(vault)
        .resource_arn(TABLE)
        .iam_role_arn(ROLE);
    let presigned = M::wait(call.presigned(MINUTE)).unwrap();
    assert_eq!(presigned.method(), "PUT");
    let (status, body) = send(presigned.clone().into_http());
    assert_eq!(status, 200, "{body}");

    let altered = presigned.into_http().map(|body| {
        let body = String::from_utf8(body).unwrap();
        body.replace("role/backup", "role/thefts").into_bytes()
    });
    let (status, body) = send(altered);
    assert_eq!(status, 403, "{body}");
}

pub fn a_presigned_request_that_is_altered_is_refused<M: Drive>(server: &Server) {
    let client = presigning::<M>(server, &server.keys.user);
    let call = client.list_backup_jobs().max_results(1);
    let presigned = M::wait(call.presigned(MINUTE)).unwrap();
    for (from, to) in [
        ("maxResults=1", "maxResults=100"),
        ("X-Amz-Expires=60", "X-Amz-Expires=6000"),
        ("/backup-jobs/", "/backup-vaults/"),
    ] {
        let url = presigned.uri().replacen(from, to, 1);
        assert_ne!(url, presigned.uri());
        let (status, body) = send(http::Request::get(url).body(Vec::new()).unwrap());
        assert_eq!(status, 403, "{from} to {to}: {body}");
    }
    let mut request = presigned.into_http();
    *request.method_mut() = http::Method::PUT;
    let (status, body) = send(request);
    assert_eq!(status, 403, "{body}");
}

/// A clock that is two hours slow.
#[derive(Debug)]
struct Slow;

impl TimeSource for Slow {
    fn now(&self) -> SystemTime {
        SystemTime::now() - Duration::from_secs(7200)
    }
}

pub fn a_presigned_request_that_has_expired_is_refused<M: Drive>(server: &Server) {
    let client = presigning::<M>(server, &server.keys.user);
    let config = client.config().to_builder().time_source(Slow).build();
    let client = ClientOf::<M>::from_conf(config);
    let presigned = M::wait(client.list_backup_jobs().presigned(MINUTE)).unwrap();
    let (status, body) = send(presigned.into_http());
    assert_eq!(status, 403, "{body}");
    assert!(body.contains("expired"), "{body}");
}
