//! A server in a process of its own, and the keys of somebody who may call it.

use crate::drive::Drive;
use crate::environment::Python;
use libtest_mimic::Failed;
use smithereen_runtime::client::Config;
use smithereen_runtime::client::config::{Builder, Credentials, Region};
use smithereen_tests::whole::backup::ClientOf;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};
use tempfile::TempDir;

/// How long a server may take to start, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    pub url: String,
    pub keys: Keys,
    /// The ID of the account whose keys they are.
    pub account: String,
    // Ended before its folder goes.
    _process: Process,
    log: PathBuf,
    _folder: TempDir,
}

/// The keys of a user, and those of a session of that user.
#[derive(serde::Deserialize)]
pub struct Keys {
    pub user: Key,
    pub session: Key,
}

#[derive(Clone, serde::Deserialize)]
pub struct Key {
    pub key: String,
    pub secret: String,
    pub token: Option<String>,
}

impl Key {
    pub fn credentials(&self) -> Credentials {
        Credentials::new(&self.key, &self.secret, self.token.clone(), None, "test")
    }
}

/// A process that ends when this is dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// A server that verifies the signature of every request.
    pub fn ministack(python: &Python) -> Result<Self, String> {
        let server = Self::start(
            python,
            "ministack.app:main",
            "000000000000",
            "/_localstack/health",
            |command, port, folder| {
                let folder = folder.path();
                command
                    .env("AUTH", "true")
                    .env("BIND_HOST", "127.0.0.1")
                    .env("GATEWAY_PORT", port.to_string())
                    .env("S3_DATA_DIR", folder.join("s3"))
                    .env("STATE_DIR", folder.join("state"))
                    .env("TMPDIR", folder)
                    // Services that would take ports of their own.
                    .env("IOT_MTLS_ENABLED", "0")
                    .env("SFTP_ENABLED", "0");
            },
        )?;
        Ok(server)
    }

    /// The other one, which verifies signatures from the moment that there are keys.
    pub fn moto(python: &Python) -> Result<Self, String> {
        let server = Self::start(
            python,
            "moto.server:main",
            "123456789012",
            "/moto-api/",
            |command, port, _| {
                command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
            },
        )?;
        let answer = ureq::post(format!("{}/moto-api/reset-auth", server.url))
            .header("content-type", "text/plain")
            .send("0");
        answer.map_err(|error| format!("moto does not switch authentication on: {error}"))?;
        Ok(server)
    }

    fn start(
        python: &Python,
        entry: &str,
        account: &str,
        health: &str,
        configure: impl FnOnce(&mut Command, u16, &TempDir),
    ) -> Result<Self, String> {
        let say = |what: &str, error: std::io::Error| format!("{entry}: {what}: {error}");
        let folder = tempfile::tempdir().map_err(|error| say("a folder", error))?;
        let log = folder.path().join("log");
        let output = fs::File::create(&log).map_err(|error| say("its output", error))?;
        let errors = output
            .try_clone()
            .map_err(|error| say("its output", error))?;
        let port = free_port().map_err(|error| say("a port", error))?;
        let mut command = python.script("tests/servers/serve.py");
        command
            .arg(entry)
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors);
        configure(&mut command, port, &folder);
        let process = command
            .spawn()
            .map_err(|error| say("it does not start", error))?;
        let mut process = Process(process);
        let said = |problem: String| format!("{entry} {problem}\n{}", tail(&log));
        wait_for(&mut process, port, health).map_err(said)?;
        let url = format!("http://127.0.0.1:{port}");
        let keys = keys(python, &url).map_err(said)?;
        Ok(Self {
            url,
            keys,
            account: account.to_owned(),
            _process: process,
            log,
            _folder: folder,
        })
    }

    /// The user's client.
    pub fn client<M: Drive>(&self) -> ClientOf<M> {
        ClientOf::from_conf(self.config(&self.keys.user).build())
    }

    /// The configuration of a client with this key.
    pub fn config(&self, key: &Key) -> Builder {
        Config::builder()
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.url)
            .credentials_provider(key.credentials())
    }

    /// The ARN of the role that the session is of.
    pub fn role(&self) -> String {
        format!("arn:aws:iam::{}:role/someone", self.account)
    }

    /// The configuration of a client with the user's key and a secret that is not the user's.
    pub fn wrong_secret(&self) -> Builder {
        let mut key = self.keys.user.clone();
        key.secret.push('x');
        self.config(&key)
    }

    /// Runs a test, and shows what the server said last if it fails.
    pub fn run(&self, test: impl FnOnce(&Self)) -> Result<(), Failed> {
        catch_unwind(AssertUnwindSafe(|| test(self))).map_err(|panic| {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
            let message = message.unwrap_or("it panicked");
            format!("{message}\n\nThe server's last lines:\n{}", tail(&self.log)).into()
        })
    }
}

/// A port that was free a moment ago.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until the server answers.
fn wait_for(process: &mut Process, port: u16, path: &str) -> Result<(), String> {
    let start = Instant::now();
    loop {
        if answers(port, path).unwrap_or(false) {
            return Ok(());
        }
        if let Ok(Some(status)) = process.0.try_wait() {
            return Err(format!("ended by itself: {status}"));
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("does not answer within {PATIENCE:?}"));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn answers(port: u16, path: &str) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}

fn keys(python: &Python, url: &str) -> Result<Keys, String> {
    let output = python.script("tests/servers/keys.py").arg(url).output();
    let output = output.map_err(|error| format!("gives no keys: {error}"))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("gives no keys: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The end of a file.
fn tail(log: &PathBuf) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
