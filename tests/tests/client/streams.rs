//! Bytes that come and go as they come.

use crate::config;
use crate::drive::{self, Drive};
use crate::server::{Reply, Server};
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::Async;
use smithereen_runtime::{ByteStream, ErrorKind};
use smithereen_tests::fixtures::streams::ClientOf;
use std::io::{self, Read};

both! {
    a_stream_is_sent_as_it_comes
    a_stream_without_a_length_is_sent_in_chunks
    a_stream_comes_as_it_comes
    an_error_instead_of_a_stream_is_an_error
    a_file_is_sent_again
    a_reader_cannot_be_sent_again_and_is_not
    a_stream_that_breaks_off_is_an_error_where_it_is_read
    a_reader_that_fails_is_an_error_of_the_call
}

/// A mode whose streams a test can read.
trait Collect: Drive {
    /// All bytes of a stream.
    fn collect(stream: ByteStream) -> io::Result<Vec<u8>>;
}

impl Collect for Async {
    fn collect(stream: ByteStream) -> io::Result<Vec<u8>> {
        drive::block_on(stream.collect()).map(|bytes| bytes.to_vec())
    }
}

impl Collect for Blocking {
    fn collect(stream: ByteStream) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        stream.into_reader().read_to_end(&mut bytes).map(|_| bytes)
    }
}

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(config(&server.url).build())
}

/// What a server says with a whole response, and nothing before.
const DONE: &str = "";

fn a_stream_is_sent_as_it_comes<M: Drive>() {
    let server = Server::start([Reply::new(200, &[("etag", "7")], DONE)]);
    let body = ByteStream::from_reader(&b"the bytes"[..], Some(9));
    let call = client::<M>(&server).put_object().key("k").body(body);
    let output = M::wait(call.send()).unwrap();
    assert_eq!(output.e_tag.as_deref(), Some("7"));
    let request = server.requests().remove(0);
    assert_eq!(request.header("content-length"), "9");
    assert_eq!(request.header("content-type"), "application/octet-stream");
    assert_eq!(request.header("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
    assert_eq!(request.body, b"the bytes");
}

fn a_stream_without_a_length_is_sent_in_chunks<M: Drive>() {
    let server = Server::start([Reply::new(200, &[], DONE)]);
    let body = ByteStream::from_reader(&b"the bytes"[..], None);
    let call = client::<M>(&server).put_object().key("k").body(body);
    M::wait(call.send()).unwrap();
    let request = server.requests().remove(0);
    assert_eq!(request.header("transfer-encoding"), "chunked");
    assert_eq!(request.body, b"the bytes");
}

fn a_stream_comes_as_it_comes<M: Collect>() {
    let server = Server::start([Reply::new(200, &[("etag", "7")], "the bytes")]);
    let output = M::wait(client::<M>(&server).get_object().key("k").send()).unwrap();
    assert_eq!(output.e_tag.as_deref(), Some("7"));
    let body = output.body.unwrap();
    assert_eq!(body.content_length(), Some(9));
    assert_eq!(M::collect(body).unwrap(), b"the bytes");
}

fn an_error_instead_of_a_stream_is_an_error<M: Drive>() {
    let server = Server::start([Reply::error(404, "NoSuchKey", "no such key")]);
    let call = client::<M>(&server).get_object().key("k");
    let error = M::wait(call.send()).unwrap_err();
    assert!(error.as_service_error().unwrap().is_no_such_key());
    insta::allow_duplicates! {
        insta::assert_snapshot!(error, @"GetObject: NoSuchKey: no such key (HTTP 404, request id 1a2b)");
    }
}

fn a_file_is_sent_again<M: Drive>() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "in a file").unwrap();
    let replies = [
        Reply::error(503, "SlowDown", ""),
        Reply::new(200, &[], DONE),
    ];
    let server = Server::start(replies);
    let body = ByteStream::from_path(&path).unwrap();
    let call = client::<M>(&server).put_object().key("k").body(body);
    M::wait(call.send()).unwrap();
    let requests = server.requests();
    let bodies: Vec<&[u8]> = requests.iter().map(|request| &*request.body).collect();
    assert_eq!(bodies, [b"in a file", b"in a file"]);
}

fn a_reader_cannot_be_sent_again_and_is_not<M: Drive>() {
    let server = Server::start([Reply::error(503, "SlowDown", "not so fast")]);
    let body = ByteStream::from_reader(&b"once"[..], Some(4));
    let call = client::<M>(&server).put_object().key("k").body(body);
    let error = M::wait(call.send()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Service(_)), "{error}");
    assert_eq!(server.requests().len(), 1);
}

fn a_stream_that_breaks_off_is_an_error_where_it_is_read<M: Collect>() {
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort";
    let server = Server::start([Reply::Closed(reply.into())]);
    let output = M::wait(client::<M>(&server).get_object().key("k").send()).unwrap();
    M::collect(output.body.unwrap()).unwrap_err();
}

/// Fails after a few bytes.
struct Failing(&'static [u8]);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(std::io::Error::other("the disk is on fire")),
            length => Ok(length),
        }
    }
}

fn a_reader_that_fails_is_an_error_of_the_call<M: Drive>() {
    let server = Server::start([Reply::new(200, &[], DONE)]);
    let body = ByteStream::from_reader(Failing(b"a few bytes"), Some(1_000_000));
    let call = client::<M>(&server).put_object().key("k").body(body);
    let error = M::wait(call.send()).unwrap_err();
    assert!(error.to_string().contains("the disk is on fire"), "{error}");
}
