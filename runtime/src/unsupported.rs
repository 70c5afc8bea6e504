//! What cannot be done yet, and how calls say so.

use crate::error::BoxError;
use aws_smithy_runtime_api::http::Request;

/// Something that the model asks for and that cannot be done yet.
///
/// An operation with such a thing is generated all the same. A call that would be wrong without it
/// is refused with [`ErrorKind::Request`](crate::ErrorKind::Request); one that is right without it
/// is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsupported {
    /// Its input or its output is a stream of events (`eventstream`). All calls are refused.
    EventStream,
    /// Its requests need a checksum (`httpChecksumRequired`; `aws.protocols#httpChecksum`). Calls
    /// are refused unless the input has one: a `Content-MD5` or an `x-amz-checksum-…` header.
    RequiredChecksum,
    /// Its requests may have a checksum, by the algorithm in the header that is named here. Calls
    /// that ask for one are refused unless the input has it.
    OptionalChecksum(&'static str),
    /// Its endpoint has to be asked for before (`endpointdiscovery`). Clients refuse calls unless an
    /// endpoint is configured.
    EndpointDiscovery,
}

impl Unsupported {
    /// Refuses what cannot be sent whatever it is.
    pub(crate) fn refuse_input(unsupported: &[Self]) -> Result<(), BoxError> {
        if unsupported.contains(&Self::EventStream) {
            return Err("it needs a stream of events, which clients cannot do yet".into());
        }
        Ok(())
    }

    /// Refuses a request that would be wrong as it is.
    pub(crate) fn refuse_request(unsupported: &[Self], request: &Request) -> Result<(), BoxError> {
        for lacking in unsupported {
            match lacking {
                Self::RequiredChecksum if !has_checksum(request) => {
                    return Err(
                        "its request needs a checksum, which clients cannot compute yet; \
                        one that the input has is sent"
                            .into(),
                    );
                }
                Self::OptionalChecksum(header)
                    if request.headers().contains_key(*header) && !has_checksum(request) =>
                {
                    return Err(
                        "the input asks for a checksum, which clients cannot compute yet; \
                        one that the input has is sent"
                            .into(),
                    );
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Refuses a call whose endpoint has to be asked for, unless one is configured.
    #[cfg(feature = "client")]
    pub(crate) fn refuse_endpoint(unsupported: &[Self], own: bool) -> Result<(), BoxError> {
        if unsupported.contains(&Self::EndpointDiscovery) && !own {
            let message = "its endpoint has to be discovered, which clients cannot do yet: set an \
                endpoint URL";
            return Err(message.into());
        }
        Ok(())
    }
}

/// Whether a request has a checksum of its body already.
fn has_checksum(request: &Request) -> bool {
    /// Headers that only say something about one.
    const NO_CHECKSUMS: [&str; 3] = ["algorithm", "mode", "type"];
    let mut names = request.headers().iter().map(|(name, _)| name);
    names.any(|name| {
        let algorithm = name.strip_prefix("x-amz-checksum-");
        name == "content-md5" || algorithm.is_some_and(|name| !NO_CHECKSUMS.contains(&name))
    })
}
