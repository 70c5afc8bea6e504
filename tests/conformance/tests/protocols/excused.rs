//! The cases that do not pass, each with its reason.

use smithereen_conformance::page::Excuse;

const COMPRESSION: &str = "requests are not compressed yet";
const CHECKSUM: &str = "checksums of requests are not computed yet";
const EMPTY_LIST: &str =
    "an empty list is no header, as older vectors have it; Smithy now has an empty header";
const ROOT: &str = "the element of a payload is called as the model says; here the model says the member's name and the vector means the structure's. Models of AWS mean what they say";
const NO_INPUT: &str = "the case has no input, and is run by nobody";
const CONTENT_LENGTH: &str =
    "it forbids the length of the contents, which Smithy requires of payloads";
const NULLS: &str = "its model calls a map a string, and its lists are not sparse but keep nulls";
const EVENT_STREAM: &str = "event streams are not generated yet";

/// Names and reasons.
pub const EXCUSED: &[Excuse] = &[
    ("input/ec2/SDKAppliedContentEncoding_ec2Query", COMPRESSION),
    (
        "input/ec2/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
        COMPRESSION,
    ),
    (
        "input/json/SDKAppliedContentEncoding_awsJson1_1",
        COMPRESSION,
    ),
    (
        "input/json/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
        COMPRESSION,
    ),
    (
        "input/json_1_0/SDKAppliedContentEncoding_awsJson1_0",
        COMPRESSION,
    ),
    (
        "input/json_1_0/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
        COMPRESSION,
    ),
    (
        "input/query/SDKAppliedContentEncoding_awsQuery",
        COMPRESSION,
    ),
    (
        "input/query/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
        COMPRESSION,
    ),
    (
        "input/rest-json/SDKAppliedContentEncoding_restJson1",
        COMPRESSION,
    ),
    (
        "input/rest-json/SDKAppendedGzipAfterProvidedEncoding_restJson1",
        COMPRESSION,
    ),
    (
        "input/rest-xml/SDKAppliedContentEncoding_restXml",
        COMPRESSION,
    ),
    (
        "input/rest-xml/SDKAppendedGzipAfterProvidedEncoding_restXml",
        COMPRESSION,
    ),
    ("input/rest-json/RestJsonHttpChecksumRequired", CHECKSUM),
    ("input/rest-json/RestJsonNullAndEmptyHeaders", EMPTY_LIST),
    ("input/rest-xml/NullAndEmptyHeaders", EMPTY_LIST),
    ("input/rest-xml/RestXmlHttpPayloadWithUnion", ROOT),
    ("input/rest-xml/HttpPayloadWithXmlNamespace", ROOT),
    ("input/rest-xml/HttpPayloadWithXmlNamespaceAndPrefix", ROOT),
    ("input/rest-xml/XmlAttributesOnPayload", ROOT),
    ("legacy/input/rest-json/0/0", NO_INPUT),
    ("legacy/input/rest-json/25/6", CONTENT_LENGTH),
    ("legacy/output/json/3/1", NULLS),
    ("legacy/output/json/6/0", EVENT_STREAM),
    ("legacy/output/rest-xml/14/0", EVENT_STREAM),
    ("legacy/output/rest-xml/14/1", EVENT_STREAM),
    ("legacy/output/rest-xml/14/2", EVENT_STREAM),
];
