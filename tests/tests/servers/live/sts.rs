//! STS: awsQuery.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::sts::ClientOf;
use std::time::SystemTime;

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn callers_are_identified<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let caller = M::wait(client.get_caller_identity().send()).unwrap();
    assert_eq!(caller.account.as_deref(), Some(&*server.account));
    let arn = caller.arn.unwrap();
    assert!(arn.ends_with(":user/somebody"), "{arn}");

    let call = client
        .assume_role()
        .role_arn(server.role())
        .role_session_name("parrot")
        .duration_seconds(900);
    let assumed = M::wait(call.send()).unwrap();
    let user = assumed.assumed_role_user.unwrap().arn.unwrap();
    assert!(user.ends_with(":assumed-role/someone/parrot"), "{user}");
    let credentials = assumed.credentials.unwrap();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let left = credentials.expiration.unwrap().as_secs_f64() - now.unwrap().as_secs_f64();
    assert!((600.0..1200.0).contains(&left), "for {left} s");
    assert!(credentials.session_token.is_some());
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.get_caller_identity();
    refused(
        M::wait(call.send()),
        "GetCallerIdentity",
        403,
        "SignatureDoesNotMatch",
    );
}

pub fn a_policy_that_is_none_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let call = client
        .assume_role()
        .role_arn(server.role())
        .role_session_name("parrot")
        .policy("no policy");
    // The code is the error's `error.code`, not its name.
    let error = modelled(
        M::wait(call.send()),
        "AssumeRole",
        "MalformedPolicyDocument",
    );
    assert!(error.is_malformed_policy_document_exception(), "{error:?}");
}
