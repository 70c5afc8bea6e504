//! Where a member goes on the wire.

use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_schema::{Schema, ShapeId, ShapeType};

/// One member of a structure or union: its name in the model and its wire traits.
///
/// Built in `const` context by generated code: `member("BackupJobId").label().required()`.
/// The name is the model's, which no case conversion can give back.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Empty for an element.
    name: &'static str,
    wire_name: Option<&'static str>,
    other_name: Option<&'static str>,
    query_name: Option<&'static str>,
    location: Location,
    timestamp: Option<TimestampFormat>,
    media_type: Option<&'static str>,
    xml_namespace: Option<(&'static str, Option<&'static str>)>,
    xml_attribute: bool,
    flattened: bool,
    sensitive: bool,
    required: bool,
    idempotency_token: bool,
    host_label: bool,
    requires_length: bool,
    key: Option<&'static Member>,
    element: Option<&'static Member>,
}

/// Where in an HTTP message a member stands; bodies are the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Location {
    Body,
    Label,
    Header(&'static str),
    PrefixHeaders(&'static str),
    Query(&'static str),
    QueryParams,
    StatusCode,
    Payload,
}

/// A member of this name in the document body, with no further traits.
pub const fn member(name: &'static str) -> Member {
    Member {
        name,
        wire_name: None,
        other_name: None,
        query_name: None,
        location: Location::Body,
        timestamp: None,
        media_type: None,
        xml_namespace: None,
        xml_attribute: false,
        flattened: false,
        sensitive: false,
        required: false,
        idempotency_token: false,
        host_label: false,
        requires_length: false,
        key: None,
        element: None,
    }
}

/// What a list or map holds, with no further traits. Elements have no name but that of the list.
pub const fn element() -> Member {
    member("")
}

impl Member {
    /// Fills the label of this member's name in the URI template (`smithy.api#httpLabel`).
    pub const fn label(mut self) -> Self {
        self.location = Location::Label;
        self
    }

    /// Is one HTTP header (`smithy.api#httpHeader`).
    pub const fn header(mut self, name: &'static str) -> Self {
        self.location = Location::Header(name);
        self
    }

    /// Is a map of all headers that start with `prefix` (`smithy.api#httpPrefixHeaders`).
    pub const fn prefix_headers(mut self, prefix: &'static str) -> Self {
        self.location = Location::PrefixHeaders(prefix);
        self
    }

    /// Is one query parameter (`smithy.api#httpQuery`).
    pub const fn query(mut self, name: &'static str) -> Self {
        self.location = Location::Query(name);
        self
    }

    /// Is a map of query parameters (`smithy.api#httpQueryParams`).
    pub const fn query_params(mut self) -> Self {
        self.location = Location::QueryParams;
        self
    }

    /// Is the status code of the response (`smithy.api#httpResponseCode`).
    pub const fn status_code(mut self) -> Self {
        self.location = Location::StatusCode;
        self
    }

    /// Is the whole body (`smithy.api#httpPayload`).
    pub const fn payload(mut self) -> Self {
        self.location = Location::Payload;
        self
    }

    /// Is called `name` in the body (`locationName`; `smithy.api#jsonName`, `smithy.api#xmlName`).
    pub const fn wire_name(mut self, name: &'static str) -> Self {
        self.wire_name = Some(name);
        self
    }

    /// May be called `name` in responses too. C2J has two names for a flattened list, and services differ
    /// in which one they use.
    pub const fn other_name(mut self, name: &'static str) -> Self {
        self.other_name = Some(name);
        self
    }

    /// Is called `name` in ec2 requests (`queryName`; `aws.protocols#ec2QueryName`).
    pub const fn query_name(mut self, name: &'static str) -> Self {
        self.query_name = Some(name);
        self
    }

    /// Writes timestamps in this format instead of the protocol's own
    /// (`smithy.api#timestampFormat`).
    pub const fn timestamp(mut self, format: TimestampFormat) -> Self {
        self.timestamp = Some(format);
        self
    }

    /// Has contents of this media type (`smithy.api#mediaType`): base64 in a header.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Is in this XML namespace (`smithy.api#xmlNamespace`).
    pub const fn xml_namespace(mut self, uri: &'static str, prefix: Option<&'static str>) -> Self {
        self.xml_namespace = Some((uri, prefix));
        self
    }

    /// Is an attribute of its parent's XML element (`smithy.api#xmlAttribute`).
    pub const fn xml_attribute(mut self) -> Self {
        self.xml_attribute = true;
        self
    }

    /// Is a list or map without an element around it (`smithy.api#xmlFlattened`).
    pub const fn flattened(mut self) -> Self {
        self.flattened = true;
        self
    }

    /// Must not be printed (`smithy.api#sensitive`).
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Must be set when a request is built (`smithy.api#required`). Responses may lack it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Is filled with a random UUID when a request is built without it
    /// (`smithy.api#idempotencyToken`).
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Is part of the host name too (`smithy.api#hostLabel`).
    pub const fn host_label(mut self) -> Self {
        self.host_label = true;
        self
    }

    /// Is a stream whose length has to be known before it is sent (`requiresLength`;
    /// `smithy.api#requiresLength`).
    pub const fn requires_length(mut self) -> Self {
        self.requires_length = true;
        self
    }

    /// The traits of the elements of a list or the values of a map, where they have any.
    pub const fn element(mut self, element: &'static Member) -> Self {
        self.element = Some(element);
        self
    }

    /// The traits of the keys of a map, where they have any.
    pub const fn key(mut self, key: &'static Member) -> Self {
        self.key = Some(key);
        self
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The same member under its other name, if it has one.
    pub(crate) fn under_other_name(&self) -> Option<Member> {
        let name = self.other_name?;
        Some(self.wire_name(name))
    }

    pub(crate) fn is_required(&self) -> bool {
        self.required
    }

    pub(crate) fn is_idempotency_token(&self) -> bool {
        self.idempotency_token
    }

    pub(crate) fn is_length_required(&self) -> bool {
        self.requires_length
    }

    pub(crate) fn element_member(&self) -> Member {
        self.element.copied().unwrap_or(const { element() })
    }

    pub(crate) fn key_member(&self) -> Member {
        self.key.copied().unwrap_or(const { element() })
    }

    /// The member schema that AWS's codecs read, for a member at `index` of the shape `id`.
    pub(crate) fn schema(
        &self,
        id: &ShapeId<'static>,
        kind: ShapeType,
        index: usize,
    ) -> Schema<'static> {
        let mut schema = match self.name {
            "" => Schema::new(id.clone(), kind),
            name => Schema::new_member(id.clone(), kind, name, index),
        };
        if let Some(name) = self.wire_name {
            schema = schema.with_json_name(name).with_xml_name(name);
        }
        // No service speaks both JSON and ec2's forms, so the one can have the other's place.
        if let Some(name) = self.query_name {
            schema = schema.with_json_name(name);
        }
        schema = match self.location {
            Location::Body => schema,
            Location::Label => schema.with_http_label(),
            Location::Header(name) => schema.with_http_header(name),
            Location::PrefixHeaders(prefix) => schema.with_http_prefix_headers(prefix),
            Location::Query(name) => schema.with_http_query(name),
            Location::QueryParams => schema.with_http_query_params(),
            Location::StatusCode => schema.with_http_response_code(),
            Location::Payload => schema.with_http_payload(),
        };
        if let Some(format) = self.timestamp {
            schema = schema.with_timestamp_format(format);
        }
        if let Some(media_type) = self.media_type {
            schema = schema.with_media_type(media_type);
        }
        if let Some((uri, prefix)) = self.xml_namespace {
            schema = schema.with_xml_namespace(uri, prefix);
        }
        if self.xml_attribute {
            schema = schema.with_xml_attribute();
        }
        if self.flattened {
            schema = schema.with_xml_flattened();
        }
        if self.sensitive {
            schema = schema.with_sensitive();
        }
        if self.host_label {
            schema = schema.with_host_label();
        }
        schema
    }
}
