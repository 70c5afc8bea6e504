//! botocore, in a process of its own.

use crate::environment::{Python, workspace};
use crate::response::Response;
use aws_smithy_types::base64;
use serde_json::{Value, json};
use smithereen_differential::Entry;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

/// The version that the models are of.
const VERSION: &str = "1.44.5";

pub struct Botocore {
    child: Child,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Botocore {
    pub fn start(python: &Python) -> Result<Self, String> {
        let mut child = python
            .script("tests/oracle/oracle.py")
            .arg(VERSION)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("botocore cannot be started: {error}"))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.expect("both are pipes");
        let pipes = Mutex::new((stdin, BufReader::new(stdout)));
        Ok(Self { child, pipes })
    }

    /// The request for this input.
    pub fn request(&self, entry: &Entry, key: &str, input: &Value) -> Result<Value, String> {
        self.ask(entry, key, json!({ "input": input }))
    }

    /// What this response says.
    pub fn response(&self, entry: &Entry, key: &str, response: &Response) -> Result<Value, String> {
        let headers: serde_json::Map<String, Value> = response
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), value.clone().into()))
            .collect();
        let question = json!({
            "status": response.status,
            "headers": headers,
            "body": base64::encode(&response.body),
        });
        self.ask(entry, key, question)
    }

    fn ask(&self, entry: &Entry, key: &str, mut question: Value) -> Result<Value, String> {
        question["model"] = workspace().join(entry.model).to_string_lossy().into();
        question["protocol"] = entry.protocol.into();
        question["operation"] = key.into();
        let mut pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
        let (stdin, stdout) = &mut *pipes;
        let mut line = String::new();
        writeln!(stdin, "{question}")
            .and_then(|()| stdin.flush())
            .and_then(|()| stdout.read_line(&mut line))
            .map_err(|error| format!("botocore does not answer: {error}"))?;
        let answer: Value = serde_json::from_str(&line)
            .map_err(|error| format!("botocore answers `{line}`: {error}"))?;
        match answer["raised"].as_str() {
            Some(raised) => Err(format!("botocore raises {raised}")),
            None => Ok(answer),
        }
    }
}

impl Drop for Botocore {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
