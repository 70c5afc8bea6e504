//! Reading on the calling thread, and sending what a reader gives.

use super::ByteStream;
use crate::executor::block_on;
use aws_smithy_types::body::SdkBody;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use std::io::{self, BufRead, ErrorKind, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

/// Reads a stream on the calling thread, which waits for what has not come yet.
#[derive(Debug)]
pub struct Reader {
    stream: ByteStream,
    /// What has come and has not been read.
    chunk: Bytes,
}

impl Reader {
    pub(super) fn new(stream: ByteStream) -> Self {
        let chunk = Bytes::new();
        Self { stream, chunk }
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            match block_on(self.stream.try_next())? {
                Some(chunk) => self.chunk = chunk,
                None => break,
            }
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, length: usize) {
        self.chunk.advance(length.min(self.chunk.len()));
    }
}

/// The body of what a reader gives, all of it or as much as this.
pub(super) fn body(reader: impl Read + Send + 'static, left: Option<u64>) -> SdkBody {
    SdkBody::from_body_1_x(ReaderBody {
        reader: Mutex::new(reader),
        left,
    })
}

struct ReaderBody<R> {
    /// Bodies are shared between threads, which readers need not be; nobody waits for the lock.
    reader: Mutex<R>,
    /// How many bytes have been promised and not given yet.
    left: Option<u64>,
}

impl<R: Read> ReaderBody<R> {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        let reader = self.reader.get_mut();
        let reader = reader.unwrap_or_else(PoisonError::into_inner);
        let chunk = chunk(reader, self.left)?;
        match (&mut self.left, &chunk) {
            (Some(left), Some(chunk)) => *left -= chunk.len() as u64,
            (Some(left @ 1..), None) => {
                let message = format!("the reader ended {left} bytes before it was to end");
                return Err(io::Error::new(ErrorKind::UnexpectedEof, message));
            }
            _ => {}
        }
        Ok(chunk)
    }
}

// The reader is not pinned.
impl<R> Unpin for ReaderBody<R> {}

impl<R: Read> Body for ReaderBody<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.next().map(|chunk| chunk.map(Frame::data)).transpose())
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next chunk of a reader, no longer than `left`; `None` at the end.
pub(super) fn chunk(reader: &mut impl Read, left: Option<u64>) -> io::Result<Option<Bytes>> {
    let most = left.map_or(CHUNK, |left| {
        usize::try_from(left).unwrap_or(CHUNK).min(CHUNK)
    });
    let mut chunk = vec![0; most];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(length) => {
                chunk.truncate(length);
                return Ok(Some(Bytes::from(chunk)));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
