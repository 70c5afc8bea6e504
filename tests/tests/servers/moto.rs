//! Tests against moto.

use crate::drive::Drive;
use crate::server::Server;
use smithereen_runtime::{Error, OperationError};
use smithereen_tests::whole::backup::ClientOf;
use smithereen_tests::whole::backup::types::{BackupPlanInput, BackupRuleInput, Lifecycle};

pub fn vaults_come_and_go<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let name = format!("come-and-go-{}", M::NAME);
    let made = M::wait(client.create_backup_vault().backup_vault_name(&name).send()).unwrap();
    assert_eq!(made.backup_vault_name.as_deref(), Some(&*name));
    let described = M::wait(
        client
            .describe_backup_vault()
            .backup_vault_name(&name)
            .send(),
    )
    .unwrap();
    assert_eq!(described.backup_vault_arn, made.backup_vault_arn);
    let listed = || {
        let listed = M::wait(client.list_backup_vaults().send()).unwrap();
        let mut names = listed
            .backup_vault_list()
            .iter()
            .map(|vault| vault.backup_vault_name.clone());
        names.any(|listed| listed.as_ref() == Some(&name))
    };
    assert!(listed());

    let again = M::wait(client.create_backup_vault().backup_vault_name(&name).send()).unwrap_err();
    assert!(
        again
            .as_service_error()
            .unwrap()
            .is_already_exists_exception(),
        "{again}"
    );

    M::wait(client.delete_backup_vault().backup_vault_name(&name).send()).unwrap();
    assert!(!listed());
}

pub fn plans_come_and_go<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let name = format!("Täglich \"{}\"", M::NAME);
    let rule = BackupRuleInput::builder()
        .rule_name("nightly")
        .target_backup_vault_name("a-vault")
        .schedule_expression("cron(0 5 ? * * *)")
        .start_window_minutes(60)
        .lifecycle(Lifecycle::builder().delete_after_days(30).build())
        .recovery_point_tags([("a", "b"), ("c", "d")])
        .build();
    let plan = BackupPlanInput::builder()
        .backup_plan_name(&name)
        .rules([rule])
        .build();
    let made = M::wait(client.create_backup_plan().backup_plan(plan).send()).unwrap();
    let id = made.backup_plan_id.unwrap();

    let got = M::wait(client.get_backup_plan().backup_plan_id(&id).send()).unwrap();
    let plan = got.backup_plan.unwrap();
    assert_eq!(plan.backup_plan_name.as_deref(), Some(&*name));
    let [rule] = plan.rules() else {
        panic!("one rule: {plan:?}");
    };
    assert_eq!(rule.rule_name.as_deref(), Some("nightly"));
    assert_eq!(rule.start_window_minutes, Some(60));
    assert_eq!(rule.lifecycle.as_ref().unwrap().delete_after_days, Some(30));
    assert_eq!(rule.recovery_point_tags.as_ref().unwrap().len(), 2);

    let listed = M::wait(client.list_backup_plans().send()).unwrap();
    let mut ids = listed
        .backup_plans_list()
        .iter()
        .map(|plan| plan.backup_plan_id.clone());
    assert!(ids.any(|listed| listed.as_ref() == Some(&id)));

    M::wait(client.delete_backup_plan().backup_plan_id(&id).send()).unwrap();
    let gone = M::wait(
        client
            .get_backup_plan()
            .backup_plan_id("none-of-these")
            .send(),
    )
    .unwrap_err();
    assert!(
        gone.as_service_error()
            .unwrap()
            .is_resource_not_found_exception(),
        "{gone}"
    );
}

pub fn tags_come_and_go<M: Drive>(server: &Server) {
    let client = server.client::<M>();
    let name = format!("tagged-{}", M::NAME);
    let made = client
        .create_backup_vault()
        .backup_vault_name(&name)
        .backup_vault_tags([("team", "ops")]);
    // Its ARN has colons, which are a label of the path of the calls below.
    let arn = M::wait(made.send()).unwrap().backup_vault_arn.unwrap();
    let tags = || {
        let tags = M::wait(client.list_tags().resource_arn(&arn).send()).unwrap();
        let tags = tags.tags.unwrap_or_default();
        tags.into_iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(tags(), ["team=ops"]);
    let more = client
        .tag_resource()
        .resource_arn(&arn)
        .tags([("stage", "prod & test")]);
    M::wait(more.send()).unwrap();
    assert_eq!(tags(), ["stage=prod & test", "team=ops"]);
    let fewer = client
        .untag_resource()
        .resource_arn(&arn)
        .tag_key_list(["team"]);
    M::wait(fewer.send()).unwrap();
    assert_eq!(tags(), ["stage=prod & test"]);
}

fn refused<T: std::fmt::Debug, E: OperationError>(result: Result<T, Error<E>>) {
    let error = result.unwrap_err();
    assert_eq!(error.status(), Some(403), "{error}");
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let mut key = server.keys.user.clone();
    key.secret.push('x');
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(M::wait(client.list_backup_vaults().send()));
}

pub fn session_credentials_without_their_token_are_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.config(&server.keys.session).build());
    M::wait(client.list_backup_vaults().send()).unwrap();
    let mut key = server.keys.session.clone();
    key.token = None;
    let client = ClientOf::<M>::from_conf(server.config(&key).build());
    refused(M::wait(client.list_backup_vaults().send()));
}
