//! Bytes that come as they come: the type of payloads that stream (`streaming`;
//! `smithy.api#streaming`).
//!
//! | module | subject |
//! | --- | --- |
//! | `file` | a file, read while it is sent |
//! | `reader` | reading on the calling thread, and sending what a reader gives |
//! | `value` | streams as members |

mod file;
mod reader;
mod value;

pub use reader::Reader;

use crate::error::{BoxError, chain};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::{self, AggregatedBytes};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::fmt::{self, Debug};
use std::future::poll_fn;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Bytes on their way, as a request's payload or a response's.
///
/// It is made from bytes, from a file, from a reader or from a body of the crate `http-body`, and
/// read in chunks ([`next`](Self::next)), in full ([`collect`](Self::collect)) or, on the calling
/// thread, with [`into_reader`](Self::into_reader). It is a body itself, so any HTTP client that
/// takes those sends it.
///
/// A call whose stream cannot be sent again is not retried: bytes and files can, readers and bodies
/// cannot.
///
/// `Debug` shows the length and never the contents.
pub struct ByteStream(SdkBody);

impl ByteStream {
    /// What is in this body of AWS's runtime.
    pub fn new(body: SdkBody) -> Self {
        Self(body)
    }

    /// These bytes, without a copy.
    pub fn from_static(bytes: &'static [u8]) -> Self {
        Self(SdkBody::from(Bytes::from_static(bytes)))
    }

    /// A file, which is opened when it is sent, and again for each retry. Reading it blocks the
    /// thread for as long as the disk takes.
    ///
    /// # Errors
    ///
    /// If there is no regular file at this path.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        file::body(path.as_ref()).map(Self)
    }

    /// What a reader gives, with its length if that is known. Reading blocks the thread.
    pub fn from_reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self(reader::body(reader, length))
    }

    /// What a body of the crate `http-body` gives.
    pub fn from_body<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<BoxError> + 'static,
    {
        Self(SdkBody::from_body_1_x(body))
    }

    /// The bytes, if all of them are in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.0.bytes()
    }

    /// How many bytes there are, if that is known.
    pub fn content_length(&self) -> Option<u64> {
        self.0.content_length()
    }

    /// The same from the start, if it can be had again.
    pub fn try_clone(&self) -> Option<Self> {
        self.0.try_clone().map(Self)
    }

    /// The next chunk, or `None` at the end.
    pub async fn next(&mut self) -> Option<io::Result<Bytes>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// What stands in the way of more: the connection, a timeout, the file.
    pub async fn try_next(&mut self) -> io::Result<Option<Bytes>> {
        self.next().await.transpose()
    }

    /// Polls for the next chunk.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(broken(&*error)))),
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                // Trailers are no data.
                Some(Ok(Err(_))) => {}
            }
        }
    }

    /// All that is to come, in memory.
    ///
    /// # Errors
    ///
    /// What stands in the way of more: the connection, a timeout, the file.
    pub async fn collect(self) -> io::Result<AggregatedBytes> {
        let collected = byte_stream::ByteStream::new(self.0).collect().await;
        collected.map_err(|error| broken(&error))
    }

    /// Reads it on the calling thread, which waits for what has not come yet.
    pub fn into_reader(self) -> Reader {
        Reader::new(self)
    }

    /// The body in the form of AWS's runtime.
    pub fn into_inner(self) -> SdkBody {
        self.0
    }
}

/// The error of a stream that has broken off, with all its causes: `io::Error` shows but one.
fn broken(error: &(dyn std::error::Error + 'static)) -> io::Error {
    io::Error::other(chain(error))
}

/// No bytes.
impl Default for ByteStream {
    fn default() -> Self {
        Self(SdkBody::empty())
    }
}

impl Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content_length() {
            Some(length) => write!(f, "ByteStream({length} bytes)"),
            None => f.write_str("ByteStream(..)"),
        }
    }
}

impl Body for ByteStream {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        Body::is_end_stream(&self.0)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.0)
    }
}

impl From<SdkBody> for ByteStream {
    fn from(body: SdkBody) -> Self {
        Self(body)
    }
}

impl From<ByteStream> for SdkBody {
    fn from(stream: ByteStream) -> Self {
        stream.0
    }
}

impl From<byte_stream::ByteStream> for ByteStream {
    fn from(stream: byte_stream::ByteStream) -> Self {
        Self(stream.into_inner())
    }
}

impl From<ByteStream> for byte_stream::ByteStream {
    fn from(stream: ByteStream) -> Self {
        Self::new(stream.0)
    }
}

macro_rules! in_memory {
    ($($type:ty),*) => {$(
        impl From<$type> for ByteStream {
            fn from(bytes: $type) -> Self {
                Self(SdkBody::from(bytes))
            }
        }
    )*};
}

in_memory!(Bytes, Vec<u8>, String, &str, &[u8]);
