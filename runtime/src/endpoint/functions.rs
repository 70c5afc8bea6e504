//! What the functions of rules do to strings.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of an ARN (`aws.parseArn`), `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Nothing if the text is no ARN.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let scheme = parts.next()?;
        let arn = Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        let needed = [arn.partition, arn.service, arn.resource];
        (scheme == "arn" && needed.iter().all(|part| !part.is_empty())).then_some(arn)
    }

    /// The resource in pieces.
    pub fn resource_id(resource: &'a str, index: usize) -> Option<&'a str> {
        resource.split([':', '/']).nth(index)
    }
}

/// The parts of a URL (`parseURL`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Url<'a> {
    pub scheme: &'a str,
    pub authority: &'a str,
    pub path: &'a str,
    /// The path if it starts and ends with a slash; who needs the other has to make it.
    pub normalized_path: Option<&'a str>,
    pub is_ip: bool,
}

impl<'a> Url<'a> {
    /// Nothing if the text is no HTTP URL, or has a query.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if !matches!(scheme, "http" | "https") || !rest.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return None;
        }
        if rest.contains(['?', '#']) {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // Who the caller is stands in no endpoint.
        let authority = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let (host, port) = match authority.strip_prefix('[') {
            Some(inner) => {
                let (address, port) = inner.split_once(']')?;
                (
                    Host::Ipv6(address),
                    port.strip_prefix(':').or(port.is_empty().then_some(""))?,
                )
            }
            None => {
                let (name, port) = authority.split_once(':').unwrap_or((authority, ""));
                (Host::Name(name), port)
            }
        };
        if !port.is_empty() {
            port.parse::<u16>().ok()?;
        }
        let is_ip = match host {
            Host::Ipv6(address) => {
                let (address, _zone) = address.split_once('%').unwrap_or((address, ""));
                address.parse::<Ipv6Addr>().ok()?;
                true
            }
            Host::Name("") => return None,
            Host::Name(name) => name.parse::<Ipv4Addr>().is_ok(),
        };
        Some(Self {
            scheme,
            authority,
            path,
            normalized_path: match path {
                "" => Some("/"),
                path => path.ends_with('/').then_some(path),
            },
            is_ip,
        })
    }
}

enum Host<'a> {
    Ipv6(&'a str),
    Name(&'a str),
}

/// Whether a text is a label of a host name: RFC 1123, section 2.1.
pub(crate) fn is_host_label(label: &str, several: bool) -> bool {
    if several {
        return label.split('.').all(|label| is_host_label(label, false));
    }
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether the name of a bucket can stand in a host name: 3 to 63 characters, none of them a
/// capital, and not what an IP address looks like.
pub(super) fn is_hostable_bucket(name: &str, several: bool) -> bool {
    (3..=63).contains(&name.len())
        && !name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !looks_like_ipv4(name)
        && is_host_label(name, several)
}

/// Four numbers of one to three digits, whatever their size.
fn looks_like_ipv4(name: &str) -> bool {
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    name.split('.').count() == 4 && name.split('.').all(is_number)
}

/// A part of an ASCII string; nothing if the string is shorter.
pub(super) fn substring(text: &str, start: u32, end: u32, reverse: bool) -> Option<&str> {
    let (start, end) = (start as usize, end as usize);
    if start >= end || end > text.len() || !text.is_ascii() {
        return None;
    }
    if reverse {
        text.get(text.len() - end..text.len() - start)
    } else {
        text.get(start..end)
    }
}

/// Percent-encodes all that is not unreserved: RFC 3986, section 2.3.
pub(super) fn uri_encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// Whether [`uri_encode`] leaves a byte as it is.
pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_the_specification() {
        let parts =
            |text| Url::parse(text).map(|url| (url.scheme, url.authority, url.path, url.is_ip));
        assert_eq!(parts("https://example.com:8443?foo=bar&faz=baz"), None);
        let expected = ("http", "example.com:80", "/foo/bar", false);
        assert_eq!(parts("http://example.com:80/foo/bar"), Some(expected));
        assert_eq!(
            parts("https://127.0.0.1"),
            Some(("https", "127.0.0.1", "", true))
        );
        assert_eq!(
            parts("https://[fe80::1]"),
            Some(("https", "[fe80::1]", "", true))
        );
        assert_eq!(
            parts("https://[::1]:80/"),
            Some(("https", "[::1]:80", "/", true))
        );
        assert_eq!(
            parts("https://me:secret@host/"),
            Some(("https", "host", "/", false))
        );
        for broken in [
            "",
            "https://",
            "https:///path",
            "https://:80",
            "https://a:b",
            "https://a:65536",
            "https://[::1",
            "https://[::1]x",
            "https://[nonsense]",
            "ftp://a",
            "https://a b",
            "https://a#b",
            "https://\u{e9}",
            "a",
        ] {
            assert_eq!(parts(broken), None, "{broken}");
        }
    }

    #[test]
    fn labels() {
        for good in ["a", "0", "a-b", &"a".repeat(63)] {
            assert!(is_host_label(good, false), "{good}");
        }
        for bad in ["", "-a", "a-", "a.b", "a_b", "\u{e9}", &"a".repeat(64)] {
            assert!(!is_host_label(bad, false), "{bad}");
        }
        assert!(is_host_label("a.b", true));
        assert!(!is_host_label("a..b", true));
    }

    #[test]
    fn arns_have_a_partition_a_service_and_a_resource() {
        for bad in [
            "",
            "arn:",
            "arn:aws:s3:::",
            "arn::s3:::x",
            "arn:aws::::x",
            "urn:aws:s3:::x",
        ] {
            assert_eq!(Arn::parse(bad), None, "{bad}");
        }
        let arn = Arn::parse("arn:aws:ec2:us-east-1:1:vpc/a:b").unwrap();
        let pieces = |index| Arn::resource_id(arn.resource, index);
        assert_eq!(
            [0, 1, 2, 3].map(pieces),
            [Some("vpc"), Some("a"), Some("b"), None]
        );
    }
}
