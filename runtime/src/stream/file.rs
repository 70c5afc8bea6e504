//! A file, read while it is sent.

use super::reader::chunk;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::fs::File;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The body of a file, as long as the file is now.
pub(super) fn body(path: &Path) -> io::Result<SdkBody> {
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        let message = format!("{} is no regular file", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let (path, left) = (Arc::<Path>::from(path), metadata.len());
    Ok(SdkBody::retryable(move || {
        SdkBody::from_body_1_x(FileBody {
            path: Arc::clone(&path),
            file: None,
            left,
        })
    }))
}

struct FileBody {
    path: Arc<Path>,
    /// Opened when the first chunk is asked for.
    file: Option<File>,
    /// How many bytes have been promised and not given yet.
    left: u64,
}

impl FileBody {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        if self.left == 0 {
            return Ok(None);
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::open(&self.path)?),
        };
        let Some(chunk) = chunk(file, Some(self.left))? else {
            let message = format!("{} has become shorter", self.path.display());
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        };
        self.left -= chunk.len() as u64;
        Ok(Some(chunk))
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.next().map(|chunk| chunk.map(Frame::data)).transpose())
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
