//! Servers that are not there, or say what no service says.

use crate::drive::Drive;
use crate::server::{Reply, Server};
use crate::{Described, config, describe};
use smithereen_runtime::ErrorKind;
use smithereen_runtime::client::config::RetryConfig;
use smithereen_tests::whole::backup::ClientOf;
use std::net::TcpListener;

both! {
    a_refused_connection_is_said
    a_name_that_is_no_host_is_said
    a_connection_that_is_cut_in_a_body_is_said
    what_is_not_http_is_said
    a_header_that_never_ends_is_said
    broken_json_is_said_with_the_status
    a_body_of_another_type_is_said
    a_page_of_html_is_an_error_with_its_status
    a_body_that_is_shorter_than_its_length_says_is_cut
    a_body_that_is_longer_than_its_length_says_is_cut_off
    a_huge_body_is_read
    redirects_are_not_followed
}

/// The result of one attempt.
fn once<M: Drive>(server: &Server) -> Described {
    let config = config(&server.url).retry_config(RetryConfig::disabled());
    describe(&ClientOf::<M>::from_conf(config.build()))
}

/// The error of one attempt, which is the transport's and says which endpoint it is about.
fn transport<M: Drive>(reply: Reply) -> String {
    let server = Server::start([reply]);
    let error = once::<M>(&server).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("DescribeBackupJob: "), "{text}");
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Transport(_) | ErrorKind::Response { .. }
        ),
        "{error:?}"
    );
    text
}

fn a_refused_connection_is_said<M: Drive>() {
    // Nobody listens there any more.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = describe(&ClientOf::<M>::from_conf(config(&url).build())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains(&url) && text.to_lowercase().contains("refused"),
        "{text}"
    );
}

fn a_name_that_is_no_host_is_said<M: Drive>() {
    let url = "http://no-such-host.invalid";
    let config = config(url).retry_config(RetryConfig::disabled());
    let error = describe(&ClientOf::<M>::from_conf(config.build())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert!(
        error.to_string().contains("no-such-host.invalid"),
        "{error}"
    );
}

fn a_connection_that_is_cut_in_a_body_is_said<M: Drive>() {
    let reply = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{\"Backup";
    transport::<M>(Reply::Closed(reply.to_vec()));
}

fn what_is_not_http_is_said<M: Drive>() {
    transport::<M>(Reply::Closed(b"\x15\x03\x01\x00\x02\x02\x50".to_vec()));
    transport::<M>(Reply::Closed(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()));
    transport::<M>(Reply::Closed(vec![0; 100_000]));
}

fn a_header_that_never_ends_is_said<M: Drive>() {
    let mut reply = b"HTTP/1.1 200 OK\r\nx-long: ".to_vec();
    reply.extend("a".repeat(10_000_000).bytes());
    transport::<M>(Reply::Closed(reply));
    let mut reply = b"HTTP/1.1 200 OK\r\n".to_vec();
    for index in 0..10_000 {
        reply.extend(format!("x-{index}: a\r\n").bytes());
    }
    reply.extend(b"content-length: 2\r\n\r\n{}");
    transport::<M>(Reply::Closed(reply));
}

fn broken_json_is_said_with_the_status<M: Drive>() {
    for body in [
        "{",
        "{\"BackupJobId\": tru",
        "nonsense",
        "\u{feff}{}",
        "[1, 2",
    ] {
        let server = Server::start([Reply::ok(body)]);
        let error = once::<M>(&server).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Response { .. }),
            "{body}: {error:?}"
        );
        assert_eq!(error.status(), Some(200));
        assert_eq!(server.requests().len(), 1);
    }
    // The call has succeeded, and calling again would not help.
    let server = Server::start([Reply::ok("{"), Reply::ok("{}")]);
    let client = ClientOf::<M>::from_conf(config(&server.url).build());
    describe(&client).unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

fn a_body_of_another_type_is_said<M: Drive>() {
    for body in [
        "[]",
        "17",
        "{\"BackupJobId\": 17}",
        "{\"RecoveryPointLifecycle\": []}",
    ] {
        let server = Server::start([Reply::ok(body)]);
        let error = once::<M>(&server).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Response { .. }),
            "{body}: {error:?}"
        );
    }
}

fn a_page_of_html_is_an_error_with_its_status<M: Drive>() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let html = || Reply::new(502, &[("content-type", "text/html")], page);
    let server = Server::start([html(), html(), html()]);
    let error = describe(&ClientOf::<M>::from_conf(config(&server.url).build())).unwrap_err();
    assert_eq!(error.to_string(), "DescribeBackupJob: 502 (HTTP 502)");
    assert_eq!(error.status(), Some(502));
    assert_eq!(server.requests().len(), 3);
}

fn a_body_that_is_shorter_than_its_length_says_is_cut<M: Drive>() {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000000000\r\n\r\n{}";
    transport::<M>(Reply::Closed(reply.to_vec()));
}

fn a_body_that_is_longer_than_its_length_says_is_cut_off<M: Drive>() {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}, and more";
    let server = Server::start([Reply::Closed(reply.to_vec()), Reply::ok("{}")]);
    let config = config(&server.url).retry_config(RetryConfig::disabled());
    let client = ClientOf::<M>::from_conf(config.build());
    describe(&client).unwrap();
    // What was left over is not the reply to the next request.
    describe(&client).unwrap();
}

fn a_huge_body_is_read<M: Drive>() {
    // Thirty megabytes, with a member that the model does not have.
    let filling = "a".repeat(30_000_000);
    let body = format!("{{\"Filling\": \"{filling}\", \"BackupJobId\": \"a-job\"}}");
    let server = Server::start([Reply::ok(&body)]);
    let output = once::<M>(&server).unwrap();
    assert_eq!(output.backup_job_id.as_deref(), Some("a-job"));
}

fn redirects_are_not_followed<M: Drive>() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::start([]);
        let headers = [("location", &*elsewhere.url)];
        let server = Server::start([Reply::new(status, &headers, "")]);
        let error = once::<M>(&server).unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
        assert_eq!(server.requests().len(), 1);
        assert_eq!(elsewhere.requests().len(), 0);
    }
}
