//! Lambda: restJson1.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::lambda::ClientOf;
use smithereen_live::live::lambda::types::{Environment, FunctionCode, Runtime};
use smithereen_runtime::Blob;

/// A ZIP archive with nothing in it.
const EMPTY: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn functions_are_listed<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let name = format!("parrot-{}", M::NAME);
    let environment = Environment::builder()
        .variables([("COLOUR", "é & 🦀")])
        .build();
    let call = client
        .create_function()
        .function_name(&name)
        .runtime(Runtime::Python312)
        .role(server.role())
        .handler("parrot.speak")
        .code(FunctionCode::builder().zip_file(Blob::new(EMPTY)).build())
        .environment(environment)
        .memory_size(256);
    let made = M::wait(call.send()).unwrap();
    assert_eq!(made.code_size, Some(EMPTY.len() as i64));

    let call = client.get_function_configuration().function_name(&name);
    let found = M::wait(call.send()).unwrap();
    assert_eq!(found.function_arn, made.function_arn);
    assert_eq!(found.runtime, Some(Runtime::Python312));
    assert_eq!(found.memory_size, Some(256));
    let variables = found.environment.unwrap().variables.unwrap();
    assert_eq!(variables["COLOUR"], "é & 🦀");

    let items = M::items(
        client
            .list_functions()
            .into_paginator()
            .page_size(1)
            .items()
            .send(),
    );
    let mut names = items
        .into_iter()
        .map(|function| function.unwrap().function_name);
    assert!(names.any(|listed| listed.as_ref() == Some(&name)));
}

pub fn the_account_has_settings<M: Drive>(server: &Server) {
    let call = client::<M>(server).get_account_settings();
    let settings = M::wait(call.send()).unwrap();
    let limit = settings.account_limit.unwrap();
    assert!(limit.concurrent_executions.is_some_and(|number| number > 0));
    assert!(settings.account_usage.is_some());
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.list_functions();
    refused(
        M::wait(call.send()),
        "ListFunctions",
        403,
        "InvalidSignatureException",
    );
}

pub fn a_function_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let call = client::<M>(server).get_function_configuration();
    let result = M::wait(call.function_name("none").send());
    let error = modelled(
        result,
        "GetFunctionConfiguration",
        "ResourceNotFoundException",
    );
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}
