//! The real program in a folder of its own: started, killed, stopped, backed up, restored and verified, as whoever runs one does.
//! Knows its command line and its exit codes; nothing of what it serves.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How long a server on a loaded machine may take until it listens or has ended.
const PATIENCE: Duration = Duration::from_secs(60);
const DATABASE: &str = "truestory.sqlite";
const GREETING: &str = "Truestory is at http://";

/// A server's program, its folder, and the process where one runs.
#[derive(Debug)]
pub struct Server {
    program: PathBuf,
    data: PathBuf,
    log: PathBuf,
    address: SocketAddr,
    child: Option<Child>,
}

impl Server {
    /// Starts a server in that folder, on a free port that it keeps over restarts.
    ///
    /// # Errors
    /// When it does not listen in time.
    pub async fn start(program: &Path, folder: &Path) -> io::Result<Server> {
        let mut server = Server {
            program: program.to_owned(),
            data: folder.join("data"),
            log: folder.join("server.log"),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            child: None,
        };
        server.resume_from_disk().await?;
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts it again on what its folder holds.
    ///
    /// # Errors
    /// When it does not listen in time.
    pub async fn resume_from_disk(&mut self) -> io::Result<()> {
        let mut child = Command::new(&self.program)
            .args(["serve", "--open", "--listen", &self.address.to_string()])
            .arg("--data")
            .arg(&self.data)
            .env("RUST_LOG", "warn")
            // Two threads, so that many servers at once do not take the machine from each other.
            .env("TOKIO_WORKER_THREADS", "2")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.log()?)
            .kill_on_drop(true)
            .spawn()?;
        let out = child
            .stdout
            .take()
            .ok_or_else(|| io::Error::other("it has no stdout"))?;
        let mut lines = BufReader::new(out).lines();
        let line = timeout(PATIENCE, lines.next_line()).await??.unwrap_or_default();
        self.child = Some(child);
        self.address = line
            .strip_prefix(GREETING)
            .and_then(|address| address.parse().ok())
            .ok_or_else(|| io::Error::other(format!("it said {line:?}; see {}", self.log.display())))?;
        Ok(())
    }

    /// Ends it as a power cut would: kill -9.
    ///
    /// # Errors
    /// When there is none, or the system refuses.
    pub async fn kill(&mut self) -> io::Result<()> {
        let mut child = self.child.take().ok_or_else(gone)?;
        child.kill().await
    }

    /// Stops it in the middle of whatever it does; it keeps its connections and answers nothing.
    ///
    /// # Errors
    /// As for [`Server::kill`].
    pub fn freeze(&self) -> io::Result<()> {
        self.signal(signal::STOP)
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// As for [`Server::kill`].
    pub fn thaw(&self) -> io::Result<()> {
        self.signal(signal::CONT)
    }

    /// Ends it in good order.
    ///
    /// # Errors
    /// When it does not end in time, or badly.
    pub async fn end(&mut self) -> io::Result<()> {
        self.signal(signal::TERM)?;
        let mut child = self.child.take().ok_or_else(gone)?;
        let status = timeout(PATIENCE, child.wait()).await??;
        match status.success() {
            true => Ok(()),
            false => Err(io::Error::other(format!("told to end, it ended with {status}"))),
        }
    }

    /// Copies its database into a file, whether it runs or not.
    ///
    /// # Errors
    /// When the program refuses.
    pub async fn backup(&self, to: &Path) -> io::Result<()> {
        self.upkeep(&["backup".as_ref(), "--to".as_ref(), to.as_os_str()]).await
    }

    /// Puts a backup in the place of its database, while it does not run.
    ///
    /// # Errors
    /// When the program refuses.
    pub async fn restore(&self, from: &Path) -> io::Result<()> {
        self.upkeep(&["restore".as_ref(), "--from".as_ref(), from.as_os_str()])
            .await
    }

    /// Puts an older copy in the place of its database, as a disk does that lost what it had confirmed: nobody is told, and the epoch
    /// stays. While it does not run.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put_back(&self, copy: &Path) -> io::Result<()> {
        let database = self.data.join(DATABASE);
        for beside in ["-wal", "-shm"] {
            match fs::remove_file(self.data.join(format!("{DATABASE}{beside}"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        fs::copy(copy, database).map(|_| ())
    }

    /// Verifies its database.
    ///
    /// # Errors
    /// When something is wrong with it; the text is the program's.
    pub async fn check(&self) -> io::Result<()> {
        self.upkeep(&["check".as_ref()]).await
    }

    async fn upkeep(&self, words: &[&std::ffi::OsStr]) -> io::Result<()> {
        let output = Command::new(&self.program)
            .args(words)
            .arg("--data")
            .arg(&self.data)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output();
        let output = timeout(PATIENCE, output).await??;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(io::Error::other(String::from_utf8_lossy(&said).into_owned()))
    }

    fn signal(&self, signal: signal::Signal) -> io::Result<()> {
        signal::send(self.child.as_ref().and_then(Child::id).ok_or_else(gone)?, signal)
    }

    fn log(&self) -> io::Result<File> {
        OpenOptions::new().create(true).append(true).open(&self.log)
    }
}

fn gone() -> io::Error {
    io::Error::other("the server ended by itself")
}

#[cfg(unix)]
mod signal {
    use rustix::process::{Pid, kill_process};
    use std::io;

    pub(super) use rustix::process::Signal;
    pub(super) const STOP: Signal = Signal::STOP;
    pub(super) const CONT: Signal = Signal::CONT;
    pub(super) const TERM: Signal = Signal::TERM;

    pub(super) fn send(id: u32, signal: Signal) -> io::Result<()> {
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw).ok_or_else(super::gone)?;
        Ok(kill_process(pid, signal)?)
    }
}

/// Where there are no signals there is no chaos, but the rest of the workspace compiles.
#[cfg(not(unix))]
mod signal {
    use std::io;

    pub(super) type Signal = &'static str;
    pub(super) const STOP: Signal = "SIGSTOP";
    pub(super) const CONT: Signal = "SIGCONT";
    pub(super) const TERM: Signal = "SIGTERM";

    pub(super) fn send(_: u32, signal: Signal) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, signal))
    }
}
