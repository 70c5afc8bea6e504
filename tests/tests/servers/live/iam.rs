//! IAM: awsQuery, at an endpoint for all regions.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::iam::ClientOf;
use smithereen_live::live::iam::types::Tag;

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn users_are_created<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let name = format!("parrot+{}@example.com", M::NAME);
    // What tags of IAM may have; ministack does not escape more than that in its answers.
    let tags =
        ["one + two = 3", "é日本/:@-_."].map(|text| Tag::builder().key(text).value(text).build());
    let call = client
        .create_user()
        .user_name(&name)
        .path("/birds/")
        .tags(tags.clone());
    let made = M::wait(call.send()).unwrap().user.unwrap();
    assert_eq!(made.user_name.as_deref(), Some(&*name));
    let user = M::wait(client.get_user().user_name(&name).send()).unwrap();
    let user = user.user.unwrap();
    assert_eq!(user.arn, made.arn);
    assert_eq!(user.path.as_deref(), Some("/birds/"));
    assert_eq!(user.create_date, made.create_date);
    assert!(user.create_date.is_some());
    assert_eq!(user.tags(), tags);

    let again = client.create_user().user_name(&name);
    let error = modelled(M::wait(again.send()), "CreateUser", "EntityAlreadyExists");
    assert!(error.is_entity_already_exists_exception(), "{error:?}");
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.get_user().user_name("somebody");
    refused(
        M::wait(call.send()),
        "GetUser",
        403,
        "SignatureDoesNotMatch",
    );
}

pub fn a_user_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let call = client::<M>(server).get_user().user_name("nobody");
    // The code is the error's `error.code`, not its name.
    let error = modelled(M::wait(call.send()), "GetUser", "NoSuchEntity");
    assert!(error.is_no_such_entity_exception(), "{error:?}");
}
