//! Runs other programs: shows the call, waits, and turns a bad end into a sentence. Knows nothing of what they do.

use crate::failure::{Failure, Result};
use crate::tally::Tally;
use crate::{say, workspace};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// A program, started in the project's root.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(workspace::root());
    command
}

/// Runs to the end with the terminal's own streams.
///
/// # Errors
/// When it cannot be started or ends with a code other than 0.
pub fn run(command: &mut Command) -> Result<()> {
    let call = shown(command);
    say::step(&format!("$ {call}"));
    let status = command.status().map_err(|e| not_started(&call, &e))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{call}` ended with {status}")))
    }
}

/// Replaces this process, so that signals and the exit code are the program's own.
///
/// # Errors
/// When it cannot be started; otherwise this does not come back.
#[cfg(unix)]
pub fn become_program(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = program.exec();
    Err(not_started(&shown(program), &error))
}

/// Runs to the end and answers with its exit code.
///
/// # Errors
/// When it cannot be started.
#[cfg(not(unix))]
pub fn become_program(program: &mut Command) -> Result<ExitCode> {
    let status = program.status().map_err(|e| not_started(&shown(program), &e))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs to the end, passes its lines on and adds up what `count` reads from them.
///
/// A bad end without a counted failure (a test that does not compile) counts as one failure.
///
/// # Errors
/// When it cannot be started.
pub fn run_counted(command: &mut Command, count: fn(&str) -> Tally) -> Result<Tally> {
    let call = shown(command);
    say::step(&format!("$ {call}"));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(&call, &e))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            say::echo(&line);
            tally += count(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child
        .wait()
        .map_err(|e| Failure::new(format!("lost sight of `{call}`: {e}")))?;
    if !status.success() && tally.failed == 0 {
        say::problem(&format!("`{call}` ended with {status}"));
        tally += Tally::FAILURE;
    }
    Ok(tally)
}

/// What a program prints, trimmed, or `None` when it cannot be started or fails.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The first folder of PATH that holds `program`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program).with_extension(std::env::consts::EXE_EXTENSION))
        .find(|candidate| candidate.is_file())
}

/// PATH with `folders` before it.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    // A folder whose own name holds the separator cannot be on a PATH at all.
    std::env::join_paths(all).unwrap_or(path)
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(call: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot start `{call}`: {error}"))
}
