//! What the system says of another process: its memory and its processor time. Knows /proc, so it runs on Linux alone.

use std::{fs, time::Duration};

/// A process of this machine.
pub struct Process {
    folder: String,
}

impl Process {
    /// The process of this number; whether it runs is seen when it is asked.
    pub fn new(pid: u32) -> Self {
        Self {
            folder: format!("/proc/{pid}"),
        }
    }

    /// The memory that is in use now (RSS), in bytes.
    ///
    /// # Errors
    /// When there is no such process.
    pub fn resident_bytes(&self) -> Result<u64, String> {
        let path = format!("{}/status", self.folder);
        let status = read(&path)?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
            .map(|kilobytes: u64| kilobytes * 1024)
            .ok_or_else(|| format!("{path} tells no VmRSS"))
    }

    /// The time that its threads have run, in the system and out of it.
    ///
    /// # Errors
    /// When there is no such process, or the kernel keeps no such time.
    pub fn processor_time(&self) -> Result<Duration, String> {
        let path = format!("{}/task", self.folder);
        let threads = fs::read_dir(&path).map_err(|error| format!("cannot read {path}: {error}"))?;
        let mut sum = Duration::ZERO;
        for thread in threads.flatten() {
            sum += nanoseconds(&thread.path().join("schedstat").to_string_lossy())?;
        }
        Ok(sum)
    }
}

/// The time that the calling thread has run.
///
/// # Errors
/// When the kernel keeps no such time.
pub fn own_processor_time() -> Result<Duration, String> {
    nanoseconds("/proc/thread-self/schedstat")
}

/// The first word is nanoseconds on a processor.
fn nanoseconds(path: &str) -> Result<Duration, String> {
    let spent = read(path)?.split(' ').next().and_then(|word| word.parse().ok());
    spent
        .map(Duration::from_nanos)
        .ok_or_else(|| format!("{path} tells no time"))
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))
}
