//! SQS: awsJson 1.0, with the codes of awsQuery.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::sqs::ClientOf;
use smithereen_live::live::sqs::types::{MessageAttributeValue, QueueAttributeName};

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn messages_are_received<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let name = format!("parrots-{}", M::NAME);
    let call = client
        .create_queue()
        .queue_name(&name)
        .attributes([(QueueAttributeName::VisibilityTimeout, "120")]);
    let queue = M::wait(call.send()).unwrap().queue_url.unwrap();
    let found = M::wait(client.get_queue_url().queue_name(&name).send()).unwrap();
    assert_eq!(found.queue_url.as_deref(), Some(&*queue));

    let body = "hello & <é🦀>";
    let attribute = MessageAttributeValue::builder()
        .data_type("String")
        .string_value("green")
        .build();
    let call = client
        .send_message()
        .queue_url(&queue)
        .message_body(body)
        .message_attributes([("colour", attribute.clone())]);
    let sent = M::wait(call.send()).unwrap();
    let call = client
        .receive_message()
        .queue_url(&queue)
        .max_number_of_messages(10)
        .message_attribute_names(["All"]);
    let received = M::wait(call.send()).unwrap();
    let [message] = received.messages() else {
        panic!("{received:?}");
    };
    assert_eq!(message.body.as_deref(), Some(body));
    assert_eq!(message.message_id, sent.message_id);
    assert_eq!(message.message_attributes()["colour"], attribute);
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.get_queue_url().queue_name("parrots");
    refused(
        M::wait(call.send()),
        "GetQueueUrl",
        403,
        "SignatureDoesNotMatch",
    );
}

pub fn a_queue_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let call = client::<M>(server).get_queue_url().queue_name("none");
    // The code is that of the query protocol; the model calls the error QueueDoesNotExist.
    let code = "AWS.SimpleQueueService.NonExistentQueue";
    let error = modelled(M::wait(call.send()), "GetQueueUrl", code);
    assert!(error.is_queue_does_not_exist(), "{error:?}");
}
