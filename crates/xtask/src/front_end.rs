//! The built page in dist/: knows what it is made from and whether it is up to date. The only place that calls `trunk build`.

use crate::failure::{Failure, Result};
use crate::process::{command, path_with, run};
use crate::{say, system, tools, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What the page is made from.
const SOURCES: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "sw.js",
    "src",
    "styles",
    "crates/backlog",
    "crates/replica",
    "crates/pusher-channels",
];

/// What is remembered of a release build, so that the debug build which `trunk serve` leaves in dist/ is not taken for one.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    /// When the build began, nanoseconds since 1970: whatever was written later is not in it.
    began: u128,
    /// When its index.html was written, nanoseconds since 1970.
    written: u128,
}

/// Builds the page unless it is up to date, with the tools it needs.
///
/// # Errors
/// When a tool cannot be had or the page does not compile.
pub fn ensure() -> Result<()> {
    if is_fresh(read_stamp().as_ref(), index_written(), newest_source()?) {
        return Ok(());
    }
    let path = path_with(&tools()?);
    say::step("building the page (a minute or two the first time)");
    let began = now();
    run(command("trunk").args(["build", "--release"]).env("PATH", path))?;
    let written = index_written().ok_or_else(|| Failure::new("trunk left no dist/index.html"))?;
    write_stamp(&Stamp { began, written })
}

/// What building the page needs; the answer is the folders to put before PATH.
///
/// # Errors
/// When one of them cannot be had.
pub fn tools() -> Result<Vec<PathBuf>> {
    system::ensure_wasm_target()?;
    tools::ensure(&[tools::trunk(), tools::wasm_bindgen()?])
}

fn is_fresh(stamp: Option<&Stamp>, index: Option<u128>, newest_source: u128) -> bool {
    stamp.is_some_and(|stamp| index == Some(stamp.written) && newest_source < stamp.began)
}

fn index_written() -> Option<u128> {
    written(&workspace::root().join("dist/index.html")).ok()
}

fn newest_source() -> Result<u128> {
    let root = workspace::root();
    let times = SOURCES.iter().map(|source| newest(&root.join(source)));
    times
        .collect::<std::io::Result<Vec<u128>>>()
        .map(|times| times.into_iter().max().unwrap_or(0))
        .map_err(|e| {
            Failure::new(format!(
                "cannot read what the page is made from ({}): {e}",
                SOURCES.join(", ")
            ))
        })
}

/// The latest change in a file or a folder; a folder's own time tells of a deleted file.
fn newest(path: &Path) -> std::io::Result<u128> {
    let mut latest = written(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            latest = latest.max(newest(&entry?.path())?);
        }
    }
    Ok(latest)
}

fn written(path: &Path) -> std::io::Result<u128> {
    Ok(nanoseconds(fs::metadata(path)?.modified()?))
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the times of files, which the system's clock made"
)]
fn now() -> u128 {
    nanoseconds(SystemTime::now())
}

fn nanoseconds(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos())
}

fn stamp_file() -> PathBuf {
    workspace::target().join("front-end.stamp")
}

fn read_stamp() -> Option<Stamp> {
    parse_stamp(&fs::read_to_string(stamp_file()).ok()?)
}

fn write_stamp(stamp: &Stamp) -> Result<()> {
    let path = stamp_file();
    fs::write(&path, format!("{} {}\n", stamp.began, stamp.written))
        .map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))
}

fn parse_stamp(text: &str) -> Option<Stamp> {
    let (began, written) = text.trim().split_once(' ')?;
    Some(Stamp {
        began: began.parse().ok()?,
        written: written.parse().ok()?,
    })
}

#[cfg(test)]
mod tests;
