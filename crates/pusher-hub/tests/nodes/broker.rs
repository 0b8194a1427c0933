//! A NATS server on a free port, with nothing on disk.

use std::{env, path::PathBuf, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

use super::within;

pub struct Broker {
    program: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Broker {
    /// One that does not run yet. None, and a sentence on stderr, where there is no such program.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says why")]
    pub async fn found() -> Option<Self> {
        let Some(program) = program() else {
            eprintln!(
                "skipped: no nats-server is found; `cargo xtask test` installs it (on Debian: apt-get install nats-server)"
            );
            return None;
        };
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Some(Self {
            program,
            port: free.local_addr().unwrap().port(),
            process: None,
        })
    }

    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Returns when it can be reached.
    pub async fn start(&mut self) {
        let mut process = Command::new(&self.program)
            .args(["--addr", "127.0.0.1", "--port", &self.port.to_string()])
            .current_dir(env::temp_dir())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
        while let Some(line) = within(log.next_line()).await.unwrap() {
            if line.contains("Server is ready") {
                // It must never wait for somebody who reads its log.
                tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });
                self.process = Some(process);
                return;
            }
        }
        panic!("the broker does not start");
    }

    /// Ends it without a word.
    pub async fn stop(&mut self) {
        let mut process = self.process.take().unwrap();
        within(process.kill()).await.unwrap();
    }
}

fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("NATS_SERVER") {
        return Some(named.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    // Debian keeps it where not everyone looks.
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders
        .map(|folder| folder.join("nats-server"))
        .find(|program| program.is_file())
}
