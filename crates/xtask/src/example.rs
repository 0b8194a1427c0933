//! `cargo xtask example NAME`: builds the page and the server of an example, and starts it. Knows how examples are laid out and where
//! they are built to, not what they show.

use crate::failure::{Failure, Result};
use crate::process::{become_program, cargo, command, path_with, run as run_to_end};
use crate::{front_end, say, system, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds an example and becomes its server; a second argument is the address to listen on.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let names = names()?;
    let (name, address) = match arguments {
        [name] if names.contains(name) => (name, None),
        [name, address] if names.contains(name) => (name, Some(address)),
        _ => {
            return Err(Failure::new(format!(
                "cargo xtask example NAME [ADDRESS], where NAME is one of: {}",
                names.join(", ")
            )));
        }
    };
    build(std::slice::from_ref(name))?;
    say::step("open the address in two windows; Ctrl-C ends the example");
    become_program(command(program(name)).arg(pages().join(name)).args(address))
}

/// Builds every example for the tests.
///
/// # Errors
/// When a tool cannot be had, or something does not compile.
pub fn build_all() -> Result<()> {
    build(&names()?)
}

/// The folder that holds the servers, each as `example-NAME`.
pub fn programs() -> PathBuf {
    workspace::target().join("debug")
}

/// The folder that holds a folder for each page.
pub fn pages() -> PathBuf {
    workspace::target().join("example-pages")
}

/// The folders of examples/ that hold a package, sorted.
fn names() -> Result<Vec<String>> {
    let folder = workspace::root().join("examples");
    let entries = fs::read_dir(&folder).map_err(|e| Failure::new(format!("cannot read {}: {e}", folder.display())))?;
    let packages = entries.flatten().filter(|entry| is_package(&entry.path()));
    let mut names: Vec<String> = packages
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

fn is_package(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file()
}

fn build(names: &[String]) -> Result<()> {
    system::C_COMPILER.ensure()?;
    let path = path_with(&front_end::tools()?);
    let mut servers = cargo();
    servers.arg("build");
    for name in names {
        servers.args(["--package", &format!("example-{name}")]);
    }
    run_to_end(&mut servers)?;
    for name in names {
        let page = pages().join(name);
        fs::create_dir_all(&page).map_err(|e| Failure::new(format!("cannot make {}: {e}", page.display())))?;
        let mut trunk = command("trunk");
        trunk.args(["build", "--dist"]).arg(page).env("PATH", &path);
        run_to_end(trunk.current_dir(workspace::root().join("examples").join(name)))?;
    }
    Ok(())
}

fn program(name: &str) -> PathBuf {
    programs()
        .join(format!("example-{name}"))
        .with_extension(std::env::consts::EXE_EXTENSION)
}
