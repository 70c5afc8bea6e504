//! HTTPS: whom the transports trust.

use crate::drive::Drive;
use crate::{config, describe};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use smithereen_runtime::ErrorKind;
use smithereen_runtime::client::config::RetryConfig;
use smithereen_tests::whole::backup::ClientOf;
use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

both! {
    a_certificate_of_nobody_is_refused
}

/// A server whose certificate is its own. Ends after one connection; how many bytes have arrived.
fn server() -> (String, thread::JoinHandle<()>, Arc<AtomicUsize>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let arrived = Arc::new(AtomicUsize::new(0));
    let thread = {
        let arrived = Arc::clone(&arrived);
        thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let connection = ServerConnection::new(Arc::new(config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let mut bytes = Vec::new();
            let _ = stream.read_to_end(&mut bytes);
            arrived.store(bytes.len(), Ordering::SeqCst);
        })
    };
    (url, thread, arrived)
}

fn a_certificate_of_nobody_is_refused<M: Drive>() {
    let (url, thread, arrived) = server();
    let config = config(&url).retry_config(RetryConfig::disabled());
    let error = describe(&ClientOf::<M>::from_conf(config.build())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains(&url), "{text}");
    assert!(
        text.contains("certificate") && text.contains("UnknownIssuer"),
        "{text}"
    );
    thread.join().unwrap();
    assert_eq!(arrived.load(Ordering::SeqCst), 0);
}
