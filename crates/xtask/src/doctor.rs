//! `cargo xtask doctor`: which tools are there, which are missing, and how to get them. Looks only; installs nothing.

use crate::failure::Result;
use crate::process::{command, find, read};
use crate::say;
use crate::system::{self, Program, WASM};
use crate::tools::{self, Tool};
use std::process::ExitCode;

/// Lists every tool with a line each.
pub fn run() -> Result<ExitCode> {
    let mut lines = vec![
        rust("rustc", "start, test", "install Rust through rustup"),
        rust(
            "rustfmt",
            "check, test",
            "cargo xtask test adds it (rustup component add rustfmt)",
        ),
        rust(
            "clippy-driver",
            "check, test",
            "cargo xtask test adds it (rustup component add clippy)",
        ),
        wasm_target(),
        tool(&tools::trunk(), "start, test, dev"),
        tool(&tools::wasm_bindgen()?, "start, test, dev"),
    ];
    let programs = [
        system::C_COMPILER,
        system::CHROMIUM,
        system::CHROMEDRIVER,
        system::NODE,
        system::NPM,
        system::NATS,
    ];
    lines.extend(programs.iter().map(program));
    for text in lines {
        say::line(&text);
    }
    Ok(ExitCode::SUCCESS)
}

fn rust(name: &str, purpose: &str, how: &str) -> String {
    shown(name, read(command(name).arg("--version")), purpose, how)
}

fn wasm_target() -> String {
    let there = system::has_wasm_target().then(|| "installed".to_owned());
    shown(
        WASM,
        there,
        "start, test, dev",
        "cargo xtask start adds it (rustup target add)",
    )
}

fn tool(tool: &Tool, purpose: &str) -> String {
    let there = tool
        .found()
        .map(|folder| format!("{} in {}", tool.version, folder.display()));
    let how = format!(
        "cargo xtask start builds version {} ({} on two cores)",
        tool.version, tool.takes
    );
    shown(tool.programs[0], there, purpose, &how)
}

fn program(program: &Program) -> String {
    let version = |path: std::path::PathBuf| {
        let first = read(command(&path).arg("--version")).and_then(|text| text.lines().next().map(str::to_owned));
        first.unwrap_or_else(|| path.display().to_string())
    };
    let packages = program.packages.join(" ");
    let how = if find("apt-get").is_some() {
        format!("apt-get install {packages} (as root, cargo xtask test does it)")
    } else {
        format!("install it with your system's package manager (Debian calls it {packages})")
    };
    shown(program.name, program.found().map(version), program.purpose, &how)
}

fn shown(name: &str, there: Option<String>, purpose: &str, how: &str) -> String {
    match there {
        Some(version) => format!("ok       {name}: {version}"),
        None => format!("missing  {name}, needed by {purpose}: {how}"),
    }
}
