//! The program as a process of its own, under limits of memory and time.

#![allow(unreachable_pub, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a test runs the program")]

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;

/// How much the program may take.
pub struct Limited {
    /// Kilobytes of address space.
    pub kilobytes: u64,
    /// How long it may run.
    pub time: Duration,
}

impl Default for Limited {
    fn default() -> Self {
        Self { kilobytes: 4 << 20, time: Duration::from_secs(400) }
    }
}

/// How it ended.
pub struct Ran {
    /// Whether it said that all is well.
    pub succeeded: bool,
    /// What it wrote.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

impl Limited {
    /// Runs the program on the site in `folder`. The test fails where it panics, is killed, or takes
    /// longer than it may.
    pub fn run(&self, folder: &Utf8Path, arguments: &[&str]) -> Ran {
        let script = format!("ulimit -v {} && exec \"$0\" \"$@\"", self.kilobytes);
        let mut child = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_xiangwei")])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = read(child.stdout.take().unwrap());
        let stderr = read(child.stderr.take().unwrap());
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > self.time {
                child.kill().unwrap();
                panic!("{arguments:?} takes longer than {:?}", self.time);
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let (stdout, stderr) = (stdout.join().unwrap(), stderr.join().unwrap());
        assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?} ended with {status}: {stderr}");
        Ran { succeeded: status.success(), stdout, stderr }
    }
}

fn read(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
