//! CloudWatch: rpcv2Cbor.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::cloudwatch::ClientOf;
use smithereen_live::live::cloudwatch::types::{Dimension, MetricDatum, StandardUnit};
use smithereen_runtime::DateTime;
use std::time::SystemTime;

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn metrics_are_listed<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let namespace = format!("Parrots/{}", M::NAME);
    let dimensions = [Dimension::builder().name("flock").value("é🦀").build()];
    let datum = MetricDatum::builder()
        .metric_name("loudness")
        .dimensions(dimensions.clone())
        .timestamp(DateTime::from(SystemTime::now()))
        .values([0.5, 1e100])
        .counts([1.0, 3.0])
        .unit(StandardUnit::Count)
        .build();
    let call = client
        .put_metric_data()
        .namespace(&namespace)
        .metric_data([datum])
        .customize();
    // Not one of the two others that the service speaks.
    let call = call.mutate_request(|request| {
        let protocol = request.headers().get("smithy-protocol");
        assert_eq!(protocol, Some("rpc-v2-cbor"));
    });
    M::wait(call.send()).unwrap();
    let list = client.list_metrics().namespace(&namespace);
    let listed = M::wait(list.send()).unwrap();
    let [metric] = listed.metrics() else {
        panic!("{listed:?}");
    };
    assert_eq!(metric.metric_name.as_deref(), Some("loudness"));
    assert_eq!(metric.namespace.as_deref(), Some(&*namespace));
    assert_eq!(metric.dimensions(), dimensions);
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.list_metrics();
    refused(
        M::wait(call.send()),
        "ListMetrics",
        403,
        "SignatureDoesNotMatch",
    );
}

pub fn a_dashboard_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let call = client::<M>(server).get_dashboard().dashboard_name("none");
    let error = modelled(M::wait(call.send()), "GetDashboard", "ResourceNotFound");
    assert!(error.is_dashboard_not_found_error(), "{error:?}");
}
