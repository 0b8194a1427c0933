//! Everything the commands print goes through here. Knows how a line looks; must never know why it is said.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these commands speak to a person at a terminal"
)]

use std::io::Write;

/// A line of result.
pub fn line(text: &str) {
    println!("{text}");
}

/// A blank line and a title: the next part of a longer run begins.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// What is being done now. Goes to the error stream, so that a command's own output stays clean.
pub fn step(text: &str) {
    eprintln!("xtask: {text}");
}

/// What went wrong.
pub fn problem(text: &str) {
    eprintln!("xtask: error: {text}");
}

/// Passes a line of a child on as it came; a terminal that has gone away is no reason to stop.
pub fn echo(line: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line);
    let _ = out.flush();
}
