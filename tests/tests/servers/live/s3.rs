//! S3: restXml.

use super::{modelled, refused};
use crate::drive::{Drive, block_on};
use crate::server::Server;
use smithereen_live::live::s3::{ClientOf, ConfigExt};
use smithereen_runtime::ByteStream;
use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::config::Builder;
use std::collections::BTreeSet;
use std::io::{self, Read};

/// With the bucket in the path: no host is called as the bucket and as the server.
fn with<M: Drive>(config: Builder) -> ClientOf<M> {
    ClientOf::from_conf(config.force_path_style(true).build())
}

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    with(server.config(&server.keys.user))
}

/// A bucket of this name for this mode.
fn bucket<M: Drive>(client: &ClientOf<M>, name: &str) -> String {
    let name = format!("{name}-{}", M::NAME);
    M::wait(client.create_bucket().bucket(&name).send()).unwrap();
    name
}

/// Reads a body as the users of this mode do, piece by piece.
fn read<M: Drive>(mut body: ByteStream, mut each: impl FnMut(&[u8])) {
    if M::NAME == Blocking::NAME {
        let mut reader = body.into_reader();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            match reader.read(&mut buffer).unwrap() {
                0 => break,
                length => each(&buffer[..length]),
            }
        }
    } else {
        block_on(async {
            while let Some(chunk) = body.try_next().await.unwrap() {
                each(&chunk);
            }
        });
    }
}

fn whole<M: Drive>(body: ByteStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    read::<M>(body, |chunk| bytes.extend_from_slice(chunk));
    bytes
}

pub fn objects_are_kept<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let bucket = bucket(&client, "kept");
    for key in [
        "a",
        "a b/c+d",
        "é日本🦀",
        "a//b",
        "./..",
        "a%2Fb?c=d&e#f",
        "a~b*c'(d)!",
    ] {
        let call = client
            .put_object()
            .bucket(&bucket)
            .key(key)
            .content_type("text/x-parrot")
            .metadata([("colour", "green"), ("flock", "one")])
            .body(key.as_bytes().to_vec());
        let put = M::wait(call.send()).unwrap_or_else(|error| panic!("{key}: {error}"));
        let call = client.get_object().bucket(&bucket).key(key);
        let got = M::wait(call.send()).unwrap_or_else(|error| panic!("{key}: {error}"));
        assert_eq!(got.e_tag, put.e_tag);
        assert!(got.e_tag.is_some());
        assert!(got.last_modified.is_some());
        assert_eq!(got.content_length, Some(key.len() as i64));
        assert_eq!(got.content_type.as_deref(), Some("text/x-parrot"));
        assert_eq!(got.metadata()["colour"], "green");
        assert_eq!(got.metadata().len(), 2);
        assert_eq!(whole::<M>(got.body.unwrap()), key.as_bytes());
    }
    let call = client.get_object().bucket(&bucket).key("a b/c+d");
    let part = M::wait(call.range("bytes=2-4").send()).unwrap();
    assert_eq!(part.content_range.as_deref(), Some("bytes 2-4/7"));
    assert_eq!(whole::<M>(part.body.unwrap()), b"b/c");
}

pub fn objects_come_in_pages<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let bucket = bucket(&client, "pages");
    let keys = ["a & <b>", "c d", "dir/e", "dir/f"];
    for key in keys {
        let call = client
            .put_object()
            .bucket(&bucket)
            .key(key)
            .body(vec![0; 3]);
        M::wait(call.send()).unwrap();
    }
    let list = || client.list_objects_v2().bucket(&bucket);
    let pages = M::pages(list().into_paginator().page_size(2).send());
    assert_eq!(pages.len(), 2);
    let mut seen = BTreeSet::new();
    for page in &pages {
        for object in page.as_ref().unwrap().contents() {
            assert_eq!(object.size, Some(3));
            seen.insert(object.key.clone().unwrap());
        }
    }
    assert_eq!(seen, keys.map(String::from).into());

    let top = M::wait(list().delimiter("/").send()).unwrap();
    assert_eq!(top.contents().len(), 2);
    assert_eq!(top.is_truncated, Some(false));
    assert_eq!(top.common_prefixes()[0].prefix.as_deref(), Some("dir/"));
}

const LENGTH: u64 = 64 * 1024 * 1024;

/// Far below the length, and above what clients, buffers of connections and one chunk need.
const BOUND: u64 = 2 * 1024 * 1024;

/// Bytes that show where they are.
struct Pattern(u64);

impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in &mut *buffer {
            *byte = (self.0 % 251) as u8;
            self.0 += 1;
        }
        Ok(buffer.len())
    }
}

pub fn large_objects_go_in_constant_memory<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let bucket = bucket(&client, "large");
    let peak = allocation_counter::measure(|| {
        let body = ByteStream::from_reader(Pattern(0).take(LENGTH), Some(LENGTH));
        let call = client.put_object().bucket(&bucket).key("large").body(body);
        M::wait(call.send()).unwrap();
    });
    assert!(peak.bytes_max < BOUND, "{} bytes to send", peak.bytes_max);
    let peak = allocation_counter::measure(|| {
        let call = client.get_object().bucket(&bucket).key("large");
        let got = M::wait(call.send()).unwrap();
        assert_eq!(got.content_length, Some(LENGTH as i64));
        assert_eq!(same::<M>(got.body.unwrap(), Pattern(0)), LENGTH);
    });
    assert!(
        peak.bytes_max < BOUND,
        "{} bytes to receive",
        peak.bytes_max
    );
}

/// How many bytes a stream has; all of them are those of the pattern.
fn same<M: Drive>(body: ByteStream, mut pattern: Pattern) -> u64 {
    let mut length = 0;
    read::<M>(body, |chunk| {
        let mut expected = vec![0; chunk.len()];
        pattern.read_exact(&mut expected).unwrap();
        assert!(chunk == expected, "not the same after {length} bytes");
        length += chunk.len() as u64;
    });
    length
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = with::<M>(server.wrong_secret());
    let call = client.list_objects_v2().bucket("parrots");
    refused(
        M::wait(call.send()),
        "ListObjectsV2",
        403,
        "SignatureDoesNotMatch",
    );
    let body = ByteStream::from_static(b"parrot");
    let call = client.put_object().bucket("parrots").key("a b").body(body);
    refused(
        M::wait(call.send()),
        "PutObject",
        403,
        "SignatureDoesNotMatch",
    );
}

pub fn a_key_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let bucket = bucket(&client, "empty");
    let call = client.get_object().bucket(&bucket).key("none");
    let error = modelled(M::wait(call.send()), "GetObject", "NoSuchKey");
    assert!(error.is_no_such_key(), "{error:?}");
}

pub fn a_bucket_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let call = client::<M>(server)
        .list_objects_v2()
        .bucket("none-of-these");
    let error = modelled(M::wait(call.send()), "ListObjectsV2", "NoSuchBucket");
    assert!(error.is_no_such_bucket(), "{error:?}");
}
