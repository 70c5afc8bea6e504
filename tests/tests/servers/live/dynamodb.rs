//! DynamoDB: awsJson 1.0.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::dynamodb::ClientOf;
use smithereen_live::live::dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType, TableStatus,
};
use smithereen_runtime::Blob;
use std::collections::BTreeMap;

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::builder().s(text).build()
}

pub fn items_are_kept<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let name = format!("parrots-{}", M::NAME);
    let key = KeySchemaElement::builder()
        .attribute_name("name")
        .key_type(KeyType::Hash)
        .build();
    let attribute = AttributeDefinition::builder()
        .attribute_name("name")
        .attribute_type(ScalarAttributeType::S)
        .build();
    let call = client
        .create_table()
        .table_name(&name)
        .key_schema([key])
        .attribute_definitions([attribute])
        .billing_mode(BillingMode::PayPerRequest);
    let table = M::wait(call.send()).unwrap().table_description.unwrap();
    assert_eq!(table.table_name.as_deref(), Some(&*name));
    assert_eq!(table.key_schema()[0].key_type, Some(KeyType::Hash));
    assert!(
        matches!(
            table.table_status,
            Some(TableStatus::Active | TableStatus::Creating)
        ),
        "{table:?}"
    );
    assert!(table.creation_date_time.is_some());

    let nested = BTreeMap::from([
        (
            "bytes".to_owned(),
            AttributeValue::builder().b(Blob::new([0, 255])).build(),
        ),
        (
            "none".to_owned(),
            AttributeValue::builder().null(true).build(),
        ),
    ]);
    let list = [AttributeValue::builder().m(nested).build(), text("é🦀")];
    let item = BTreeMap::from([
        ("name".to_owned(), text("Polly")),
        (
            "age".to_owned(),
            AttributeValue::builder().n("12.5").build(),
        ),
        ("seen".to_owned(), AttributeValue::builder().l(list).build()),
        (
            "loud".to_owned(),
            AttributeValue::builder().bool(false).build(),
        ),
    ]);
    M::wait(
        client
            .put_item()
            .table_name(&name)
            .item(item.clone())
            .send(),
    )
    .unwrap();
    let get = |parrot| {
        let call = client.get_item().table_name(&name);
        M::wait(call.key([("name", text(parrot))]).send())
            .unwrap()
            .item
    };
    assert_eq!(get("Polly"), Some(item));
    assert_eq!(get("Pelle"), None);
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client
        .get_item()
        .table_name("t")
        .key([("name", text("Polly"))]);
    refused(
        M::wait(call.send()),
        "GetItem",
        400,
        "InvalidSignatureException",
    );
}

pub fn a_table_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let call = client
        .get_item()
        .table_name("none")
        .key([("name", text("Polly"))]);
    let error = modelled(M::wait(call.send()), "GetItem", "ResourceNotFoundException");
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}
