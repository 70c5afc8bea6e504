//! Tests against ministack.

use crate::drive::Drive;
use crate::server::Server;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use smithereen_runtime::{Error, OperationError};
use smithereen_tests::whole::backup::ClientOf;
use smithereen_tests::whole::backup::operation::describe_backup_job::DescribeBackupJobError;
use smithereen_tests::whole::backup::types::BackupJobState;
use std::collections::BTreeSet;
use std::time::SystemTime;

mod presigned;

pub use presigned::*;

const ROLE: &str = "arn:aws:iam::000000000000:role/backup";
const TABLE: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/t";

/// A vault of this name for this mode.
fn vault<M: Drive>(client: &ClientOf<M>, name: &str) -> String {
    let name = format!("{name}-{}", M::NAME);
    M::wait(client.create_backup_vault().backup_vault_name(&name).send()).unwrap();
    name
}

/// The ID of a new job.
fn job<M: Drive>(client: &ClientOf<M>, vault: &str) -> String {
    let call = client
        .start_backup_job()
        .backup_vault_name(vault)
        .resource_arn(TABLE)
        .iam_role_arn(ROLE);
    M::wait(call.send()).unwrap().backup_job_id.unwrap()
}

pub fn a_job_is_started_and_described<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let vault = vault(&client, "one-job");
    let id = job(&client, &vault);
    let output = M::wait(client.describe_backup_job().backup_job_id(&id).send()).unwrap();
    assert_eq!(output.backup_job_id.as_deref(), Some(&*id));
    assert_eq!(output.backup_vault_name.as_deref(), Some(&*vault));
    assert_eq!(output.resource_arn.as_deref(), Some(TABLE));
    assert_eq!(output.state, Some(BackupJobState::Completed));
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let age = now.as_secs_f64() - output.creation_date.unwrap().as_secs_f64();
    assert!(age.abs() < 600.0, "created {age} s ago");
}

pub fn jobs_come_in_pages<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let vault = vault(&client, "three-jobs");
    let ids: BTreeSet<String> = (0..3).map(|_| job(&client, &vault)).collect();
    let list = || client.list_backup_jobs().by_backup_vault_name(&vault);
    let pages = M::pages(list().into_paginator().page_size(1).send());
    let mut seen = BTreeSet::new();
    for page in &pages {
        let page = page.as_ref().unwrap();
        assert!(page.backup_jobs().len() <= 1, "{page:?}");
        seen.extend(
            page.backup_jobs()
                .iter()
                .filter_map(|job| job.backup_job_id.clone()),
        );
    }
    assert!(pages.len() >= 3, "{} pages", pages.len());
    assert_eq!(seen, ids);

    let pages = M::pages(list().into_paginator().send());
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].as_ref().unwrap().backup_jobs().len(), 3);

    let items = M::items(list().into_paginator().page_size(2).items().send());
    let seen = items
        .into_iter()
        .map(|job| job.unwrap().backup_job_id.unwrap());
    assert_eq!(seen.collect::<BTreeSet<_>>(), ids);
}

pub fn a_job_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let id = "6B4C5F30-0000-4000-8000-000000000000";
    let error = M::wait(client.describe_backup_job().backup_job_id(id).send()).unwrap_err();
    let service = error.as_service_error().unwrap();
    assert!(service.is_resource_not_found_exception(), "{error}");
    assert!(matches!(
        service,
        DescribeBackupJobError::ResourceNotFoundException(_)
    ));
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    assert!(error.request_id().is_some());
    assert!(error.message().is_some());
    assert!(
        error
            .to_string()
            .starts_with("DescribeBackupJob: ResourceNotFoundException: "),
        "{error}"
    );
}

/// That the error is a refusal of the signature or of the key, with this code.
fn refused<T: std::fmt::Debug, E: OperationError>(result: Result<T, Error<E>>, code: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.code(), Some(code), "{error}");
    assert_eq!(error.status(), Some(403), "{error}");
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let mut key = server.keys.user.clone();
    key.secret.push('x');
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(
        M::wait(client.list_backup_vaults().send()),
        "InvalidSignatureException",
    );
}

pub fn an_unknown_key_is_refused<M: Drive>(server: &Server) {
    let mut key = server.keys.user.clone();
    key.key = "AKIAIOSFODNN7EXAMPLE".into();
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(
        M::wait(client.list_backup_vaults().send()),
        "UnrecognizedClientException",
    );
}

pub fn session_credentials_are_accepted<M: Drive>(server: &Server) {
    assert!(server.keys.session.token.is_some());
    let client = ClientOf::<M>::from_conf(server.config(&server.keys.session).build());
    M::wait(client.list_backup_vaults().send()).unwrap();
    let vault = vault(&client, "by-a-session");
    M::wait(
        client
            .describe_backup_vault()
            .backup_vault_name(vault)
            .send(),
    )
    .unwrap();
}

pub fn session_credentials_without_their_token_are_refused<M: Drive>(server: &Server) {
    let mut key = server.keys.session.clone();
    key.token = None;
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(
        M::wait(client.list_backup_vaults().send()),
        "UnrecognizedClientException",
    );
}

pub fn session_credentials_with_another_token_are_refused<M: Drive>(server: &Server) {
    let mut key = server.keys.session.clone();
    key.token = Some("IQoJb3JpZ2luX2VjEXAMPLE".into());
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(
        M::wait(client.list_backup_vaults().send()),
        "UnrecognizedClientException",
    );
}

pub fn awkward_characters_are_signed_as_they_are_sent<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    for text in [
        "a b",
        "a+b",
        "a%2Fb",
        "a/b",
        "é日本🦀",
        "a~b*c'(d)!",
        "a&b=c?d#e",
    ] {
        // Refused would be a 403. What the server makes of such a name is its own affair.
        let result = M::wait(client.describe_backup_job().backup_job_id(text).send());
        let status = result.map_err(|error| error.status());
        assert_ne!(status.unwrap_err(), Some(403), "in the path: {text}");
        let result = M::wait(client.list_backup_jobs().by_resource_arn(text).send());
        assert!(result.is_ok(), "in the query: {text}: {:?}", result.err());
    }
}

pub fn a_header_that_is_changed_before_signing_is_accepted<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let call = client.list_backup_vaults().customize();
    let call = call.mutate_request(|request| {
        request.headers_mut().insert("x-amz-meta-test", "yes");
    });
    M::wait(call.send()).unwrap();
}

/// Changes a request after it has been signed.
#[derive(Debug)]
struct Tampering(fn(&mut HttpRequest));

impl Intercept for Tampering {
    fn name(&self) -> &'static str {
        "Tampering"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0)(context.request_mut());
        Ok(())
    }
}

pub fn a_header_that_is_changed_after_signing_is_refused<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let call = client.list_backup_vaults().customize();
    let call = call.interceptor(Tampering(|request| {
        let hash = "0000000000000000000000000000000000000000000000000000000000000000";
        request.headers_mut().insert("x-amz-content-sha256", hash);
    }));
    refused(M::wait(call.send()), "InvalidSignatureException");
}

pub fn a_path_that_is_changed_after_signing_is_refused<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let vault = vault(&client, "another-path");
    let call = client
        .describe_backup_vault()
        .backup_vault_name(vault)
        .customize();
    let call = call.interceptor(Tampering(|request| {
        let uri = request.uri().replace("another-path", "some-path");
        request.set_uri(uri).unwrap();
    }));
    refused(M::wait(call.send()), "InvalidSignatureException");
}

pub fn a_query_that_is_changed_after_signing_is_refused<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let call = client.list_backup_jobs().max_results(1).customize();
    let call = call.interceptor(Tampering(|request| {
        let uri = request.uri().replace("maxResults=1", "maxResults=2");
        request.set_uri(uri).unwrap();
    }));
    refused(M::wait(call.send()), "InvalidSignatureException");
}

pub fn a_body_that_is_changed_after_signing_is_refused<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let vault = vault(&client, "another-body");
    let call = client
        .start_backup_job()
        .backup_vault_name(vault)
        .resource_arn(TABLE)
        .iam_role_arn(ROLE)
        .customize();
    // The server believes the hash that is sent, so that goes with the body.
    let call = call.interceptor(Tampering(|request| {
        let body = request.body().bytes().unwrap();
        let body = String::from_utf8_lossy(body).replace("role/backup", "role/thefts");
        *request.body_mut() = SdkBody::from(body);
        request.headers_mut().remove("x-amz-content-sha256");
    }));
    refused(M::wait(call.send()), "InvalidSignatureException");
}

pub fn credentials_may_be_of_one_call<M: Drive>(server: &Server) {
    let mut key = server.keys.user.clone();
    key.secret.push('x');
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    let own = smithereen_runtime::client::Config::builder()
        .credentials_provider(server.keys.user.credentials());
    let call = client.list_backup_vaults().customize().config_override(own);
    M::wait(call.send()).unwrap();
    refused(
        M::wait(client.list_backup_vaults().send()),
        "InvalidSignatureException",
    );
}
