//! A preview in a process of its own, and requests to it as they go over the line.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test file asks some of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;

/// A preview in a process of its own.
pub struct Running {
    pub child: Child,
    pub address: String,
    /// The key to the desk, where there is one.
    pub key: Option<String>,
}

impl Running {
    pub fn start(root: &Utf8Path) -> Self {
        Self::with(root, &[])
    }

    /// Starts it with more arguments.
    pub fn with(root: &Utf8Path, more: &[&str]) -> Self {
        Self::by(Command::new(env!("CARGO_BIN_EXE_xiangwei")), root, more)
    }

    /// Starts it by a command that runs it.
    pub fn by(mut command: Command, root: &Utf8Path, more: &[&str]) -> Self {
        let mut child = command
            .args(["--site", root.as_str(), "--message-language", "en", "serve", "--port", "0"])
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = lines.by_ref().map(Result::unwrap).find(|line| line.contains("http://")).unwrap();
        let address = ready.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let key = ready.split("#desk=").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned);
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, key }
    }

    /// Sends a request as it is and gives status and body.
    pub fn send(&self, request: &str) -> (u16, Vec<u8>) {
        let Answer { status, body, .. } = self.ask(request);
        (status, body)
    }

    /// Sends a request as it is.
    pub fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        // A server that refuses early may close before it has read all.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(answer.len());
        let body = answer.split_off((head + 4).min(answer.len()));
        let head = String::from_utf8_lossy(&answer).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer { status: status.unwrap_or(0), head, body }
    }

    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// Waits until the page at `path` is as wished.
    pub fn until(&self, path: &str, is_so: impl Fn(u16, &str) -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let (status, body) = self.get(path);
            let body = String::from_utf8_lossy(&body);
            if is_so(status, &body) {
                return;
            }
            assert!(Instant::now() < end, "{path} stays {status}:\n{body}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What a preview answers.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The header of this name, in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
