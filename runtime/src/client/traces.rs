//! Keeping secrets out of traces.
//!
//! At the level `TRACE`, AWS's runtime crates write down whole requests, presigned ones too, and
//! transports all that goes over the wire. So calls are traced down to `DEBUG` only.

use std::future::Future;
use tracing::instrument::WithSubscriber;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber, dispatcher};

/// Runs a call without traces that could hold secrets.
pub(super) async fn without_secrets<T>(call: impl Future<Output = T>) -> T {
    // Mostly nobody wants to know so much, and then there is nothing to keep from anybody.
    if LevelFilter::current() < LevelFilter::TRACE {
        return call.await;
    }
    let inner = dispatcher::get_default(Dispatch::clone);
    call.with_subscriber(NoTrace(inner)).await
}

/// A subscriber as it was, but for the level `TRACE`.
struct NoTrace(Dispatch);

impl Subscriber for NoTrace {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if *metadata.level() == Level::TRACE {
            Interest::never()
        } else {
            Interest::sometimes()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() != Level::TRACE && self.0.enabled(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.0.new_span(span)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.0.record(span, values);
    }

    fn record_follows_from(&self, span: &Id, follows: &Id) {
        self.0.record_follows_from(span, follows);
    }

    fn event(&self, event: &Event<'_>) {
        self.0.event(event);
    }

    fn enter(&self, span: &Id) {
        self.0.enter(span);
    }

    fn exit(&self, span: &Id) {
        self.0.exit(span);
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.0.clone_span(span)
    }

    fn try_close(&self, span: Id) -> bool {
        self.0.try_close(span)
    }
}
