//! KMS: awsJson 1.1.

use super::{modelled, refused};
use crate::drive::Drive;
use crate::server::Server;
use smithereen_live::live::kms::ClientOf;
use smithereen_live::live::kms::types::{KeySpec, KeyState, KeyUsageType};
use smithereen_runtime::Blob;

fn client<M: Drive>(server: &Server) -> ClientOf<M> {
    ClientOf::from_conf(server.config(&server.keys.user).build())
}

pub fn what_is_encrypted_is_decrypted<M: Drive>(server: &Server) {
    let client = client::<M>(server);
    let call = client
        .create_key()
        .description("for parrots")
        .key_spec(KeySpec::SymmetricDefault)
        .key_usage(KeyUsageType::EncryptDecrypt);
    let made = M::wait(call.send()).unwrap().key_metadata.unwrap();
    let id = made.key_id.clone().unwrap();
    let described = M::wait(client.describe_key().key_id(&id).send()).unwrap();
    let described = described.key_metadata.unwrap();
    assert_eq!(described.key_state, Some(KeyState::Enabled));
    assert_eq!(described.description.as_deref(), Some("for parrots"));
    assert_eq!(described.creation_date, made.creation_date);
    assert!(made.creation_date.is_some());

    let plain = Blob::new([0, 1, 254, 255]);
    let context = || [("flock", "one")];
    let call = client
        .encrypt()
        .key_id(&id)
        .plaintext(plain.clone())
        .encryption_context(context());
    let secret = M::wait(call.send()).unwrap().ciphertext_blob.unwrap();
    assert_ne!(secret, plain);
    let call = client
        .decrypt()
        .ciphertext_blob(secret)
        .encryption_context(context());
    let output = M::wait(call.send()).unwrap();
    assert_eq!(output.plaintext, Some(plain));
}

pub fn a_wrong_secret_is_refused<M: Drive>(server: &Server) {
    let client = ClientOf::<M>::from_conf(server.wrong_secret().build());
    let call = client.describe_key().key_id("k");
    refused(
        M::wait(call.send()),
        "DescribeKey",
        400,
        "InvalidSignatureException",
    );
}

pub fn a_key_that_does_not_exist_is_the_error_of_the_model<M: Drive>(server: &Server) {
    let id = "6b4c5f30-0000-4000-8000-000000000000";
    let call = client::<M>(server).describe_key().key_id(id);
    let error = modelled(M::wait(call.send()), "DescribeKey", "NotFoundException");
    assert!(error.is_not_found_exception(), "{error:?}");
}
