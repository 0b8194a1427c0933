//! `cargo xtask dev`: the server and `trunk serve` side by side. Knows their addresses, which Trunk.toml repeats.

use crate::failure::{Failure, Result};
use crate::process::{become_program, cargo, command, path_with, run as run_to_end};
use crate::{front_end, say, system, workspace};
use std::process::ExitCode;

/// Where Trunk.toml sends what is not a page.
const SERVER: &str = "127.0.0.1:8080";

/// Runs its arguments (the server) and Trunk until a signal comes or one of them ends, then ends the other. A shell, because the
/// standard library hears no signal. A signal interrupts `wait` but not `sleep`, so the sleep lies in the background.
const BOTH: &str = r#"
"$@" & server=$!
trunk serve --features chaos --dist "$TRUESTORY_DEV_DIST" & page=$!
end() { kill "$server" "$page" 2>/dev/null; wait "$server" "$page" 2>/dev/null; }
trap 'end; exit 0' INT TERM HUP
while kill -0 "$server" 2>/dev/null && kill -0 "$page" 2>/dev/null; do sleep 1 & wait $!; done
end
exit 1
"#;

/// Runs both until Ctrl-C; `arguments` go to `truestory serve`, which lets everyone in where there are none.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    system::C_COMPILER.ensure()?;
    let path = path_with(&front_end::tools()?);
    run_to_end(cargo().args(["build", "--package", "truestory-server"]))?;

    let target = workspace::target();
    // Trunk's debug build stays away from dist/, which the server embeds.
    let dist = target.join("dev-dist");
    std::fs::create_dir_all(&dist).map_err(|e| Failure::new(format!("cannot make {}: {e}", dist.display())))?;
    let mut both = command("sh");
    both.args(["-c", BOTH, "dev"]).arg(target.join("debug/truestory"));
    both.args(["serve", "--listen", SERVER, "--data"])
        .arg(target.join("dev-data"));
    match arguments {
        [] => both.arg("--open"),
        given => both.args(given),
    };
    both.env("PATH", path).env("TRUESTORY_DEV_DIST", dist);
    say::step(
        "the page is at http://127.0.0.1:3000 once Trunk has built it, the server at 127.0.0.1:8080; Ctrl-C ends both",
    );
    become_program(&mut both)
}
