//! Streams of 64 MiB go in constant memory, both ways, with both kinds of client.
//!
//! What is counted is what the thread of the client allocates: the server has one of its own.

// What tests may do, their helpers may do too.
#![allow(clippy::unwrap_used)]

use smithereen_runtime::ByteStream;
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{Credentials, Region};
use smithereen_tests::fixtures::streams::{Client, blocking};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::thread::{self, JoinHandle};
use tokio::runtime::Runtime;

const LENGTH: u64 = 64 * 1024 * 1024;

/// Far below the length, and above what clients, buffers of connections and one chunk need.
const BOUND: u64 = 2 * 1024 * 1024;

/// Takes one request and answers it with a body of zeroes, after it has read all of the request's.
struct Server {
    url: String,
    /// How long the body of the request was.
    thread: JoinHandle<io::Result<u64>>,
}

impl Server {
    fn start(reply: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = thread::spawn(move || converse(listener.accept()?.0, reply));
        Self { url, thread }
    }

    fn config(&self) -> Config {
        Config::builder()
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.url)
            .credentials_provider(Credentials::new("a", "b", None, None, "test"))
            .build()
    }
}

fn converse(mut stream: TcpStream, reply: u64) -> io::Result<u64> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim_end().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let read = io::copy(&mut reader.take(length), &mut io::sink())?;
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {reply}\r\n\r\n")?;
    io::copy(&mut io::repeat(0).take(reply), &mut stream)?;
    stream.shutdown(Shutdown::Write)?;
    Ok(read)
}

/// The most bytes that were allocated at a time.
fn peak(run: impl FnOnce()) -> u64 {
    allocation_counter::measure(run).bytes_max
}

fn zeroes() -> ByteStream {
    ByteStream::from_reader(io::repeat(0).take(LENGTH), Some(LENGTH))
}

fn file(path: &Path) -> ByteStream {
    // A hole, which takes no room on the disk.
    let file = File::create(path).unwrap();
    file.set_len(LENGTH).unwrap();
    ByteStream::from_path(path).unwrap()
}

/// Sends these with this client, and looks at what it took.
fn send(body: ByteStream, send: impl FnOnce(Config, ByteStream)) {
    let server = Server::start(0);
    let config = server.config();
    let peak = peak(|| send(config, body));
    assert_eq!(server.thread.join().unwrap().unwrap(), LENGTH);
    assert!(peak < BOUND, "{peak} bytes");
}

/// Receives with this client, and looks at what it took.
fn receive(receive: impl FnOnce(Config) -> u64) {
    let server = Server::start(LENGTH);
    let config = server.config();
    let mut received = 0;
    let peak = peak(|| received = receive(config));
    assert_eq!(received, LENGTH);
    assert!(peak < BOUND, "{peak} bytes");
}

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

fn send_asynchronously(config: Config, body: ByteStream) {
    runtime().block_on(async {
        let call = Client::from_conf(config).put_object().key("k").body(body);
        call.send().await.unwrap();
    });
}

fn send_blocking(config: Config, body: ByteStream) {
    let client = blocking::Client::from_conf(config);
    client.put_object().key("k").body(body).send().unwrap();
}

#[test]
fn an_asynchronous_client_sends_in_constant_memory() {
    send(zeroes(), send_asynchronously);
    let folder = tempfile::tempdir().unwrap();
    send(file(&folder.path().join("file")), send_asynchronously);
}

#[test]
fn a_blocking_client_sends_in_constant_memory() {
    send(zeroes(), send_blocking);
    let folder = tempfile::tempdir().unwrap();
    send(file(&folder.path().join("file")), send_blocking);
}

#[test]
fn an_asynchronous_client_receives_in_constant_memory() {
    receive(|config| {
        runtime().block_on(async {
            let call = Client::from_conf(config).get_object().key("k");
            let mut body = call.send().await.unwrap().body.unwrap();
            let mut length = 0;
            while let Some(chunk) = body.try_next().await.unwrap() {
                length += chunk.len() as u64;
            }
            length
        })
    });
}

#[test]
fn a_blocking_client_receives_in_constant_memory() {
    receive(|config| {
        let client = blocking::Client::from_conf(config);
        let body = client.get_object().key("k").send().unwrap().body.unwrap();
        io::copy(&mut body.into_reader(), &mut io::sink()).unwrap()
    });
}
