//! A server on the loopback that replies what a test says, and keeps what it was asked.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What to reply to a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// These bytes, and the connection is kept.
    Kept(Vec<u8>),
    /// These bytes, and the connection is closed.
    Closed(Vec<u8>),
    /// These bytes, and then nothing, while the connection stays open.
    Silent(Vec<u8>),
    /// These bytes, and then a body of which there is always more.
    Endless(Vec<u8>),
}

impl Reply {
    /// A response with this status, these headers and this body.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let mut text = format!(
            "HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(body);
        Self::Kept(text.into_bytes())
    }

    /// A success.
    pub fn ok(body: &str) -> Self {
        Self::new(200, &[("content-type", "application/json")], body)
    }

    /// An error of the service.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let headers = [("x-amzn-errortype", code), ("x-amzn-requestid", "1a2b")];
        Self::new(status, &headers, &format!("{{\"Message\":\"{message}\"}}"))
    }
}

/// A request that has arrived.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub uri: String,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, which must be there once.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let values: Vec<&str> = self.values(name).collect();
        match *values {
            [value] => value,
            _ => panic!("{name} is there {} times: {self:?}", values.len()),
        }
    }

    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let headers = self
            .headers
            .iter()
            .filter(move |(header, _)| header == name);
        headers.map(|(_, value)| &**value)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Ends when it is dropped, with all its connections.
pub struct Server {
    pub url: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    replies: Vec<Reply>,
    requests: Vec<Request>,
    connections: Vec<TcpStream>,
    accepted: usize,
    ended: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    /// Replies these, one to a request. A request too many is refused, and counted.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared::default());
        shared.state().replies = replies.into_iter().collect();
        let thread = {
            let shared = Arc::clone(&shared);
            thread::spawn(move || accept(&listener, &shared))
        };
        Self {
            url,
            shared,
            thread: Some(thread),
        }
    }

    /// What has been asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.state().requests.clone()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.shared.state().accepted
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        // Wakes the thread that accepts.
        let address = self.url.trim_start_matches("http://");
        let _ = TcpStream::connect(address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut threads = Vec::new();
    for stream in listener.incoming() {
        let mut state = shared.state();
        if state.ended {
            break;
        }
        let Ok(stream) = stream else { continue };
        state.accepted += 1;
        state.connections.extend(stream.try_clone());
        let shared = Arc::clone(shared);
        threads.push(thread::spawn(move || {
            // That the client goes away is what some tests are about.
            let _ = converse(stream, &shared);
        }));
    }
    for connection in shared.state().connections.drain(..) {
        let _ = connection.shutdown(Shutdown::Both);
    }
    for thread in threads {
        let _ = thread.join();
    }
}

/// Answers the requests of a connection.
fn converse(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    while let Some(request) = read(&mut stream)? {
        let reply = {
            let mut state = shared.state();
            state.requests.push(request);
            if state.replies.is_empty() {
                Reply::new(418, &[], "a request too many")
            } else {
                state.replies.remove(0)
            }
        };
        match reply {
            Reply::Kept(bytes) => stream.write_all(&bytes)?,
            Reply::Closed(bytes) => {
                stream.write_all(&bytes)?;
                return stream.shutdown(Shutdown::Write);
            }
            Reply::Silent(bytes) => {
                stream.write_all(&bytes)?;
                // Until somebody closes the connection.
                io::copy(&mut stream, &mut io::sink())?;
            }
            Reply::Endless(bytes) => {
                stream.write_all(&bytes)?;
                loop {
                    stream.write_all(&[b' '; 1024])?;
                    thread::sleep(Duration::from_millis(1));
                }
            }
        }
    }
    Ok(())
}

/// The next request, nothing at the end.
fn read(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.trim_end().split("\r\n");
    let mut start = lines
        .next()
        .unwrap_or_default()
        .splitn(3, ' ')
        .map(str::to_owned);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let chunked =
        |(name, value): &(String, String)| name == "transfer-encoding" && value == "chunked";
    if headers.iter().any(chunked) {
        body = chunks(stream)?;
    }
    Ok(Some(Request {
        method: start.next().unwrap_or_default(),
        uri: start.next().unwrap_or_default(),
        headers,
        body,
    }))
}

/// A body in chunks.
fn chunks(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            line.extend(byte);
        }
        let length = String::from_utf8_lossy(&line);
        let length = usize::from_str_radix(length.trim_end(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend(&chunk[..length]);
    }
}
