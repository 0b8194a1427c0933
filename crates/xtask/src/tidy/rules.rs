//! The rules of the house, each with its reason. Knows the folders of the project; reads no disk.

use super::File;
use super::rust::{self, Path};
use super::styles;

/// Longer than this, a file is two things.
const MOST_LINES: usize = 500;

/// Paths that code in some folder must not name.
struct Import {
    applies: fn(&str) -> bool,
    /// Beginnings of paths; a last `*` stands for the rest of a word.
    forbidden: &'static [&'static str],
    reason: &'static str,
}

const IMPORTS: &[Import] = &[
    Import {
        applies: |path| is_in(path, "src/board"),
        forbidden: &["yew*", "web_sys", "js_sys", "wasm_bindgen*", "gloo*"],
        reason: "the board is a pure value, tested natively; the browser belongs to app, components and services",
    },
    Import {
        applies: |path| is_in(path, "src/components"),
        forbidden: &["crate::services"],
        reason: "components are functions of their props; what is done goes through the board's effects",
    },
    Import {
        applies: |path| is_in(path, "src/services"),
        forbidden: &["crate::board", "crate::components"],
        reason: "services speak domain types through a callback, so that they can serve another page",
    },
    Import {
        applies: |path| path.starts_with("src/") && !FINDS_APP.iter().any(|place| is_in(path, place)),
        forbidden: &["crate::app"],
        reason: "app stands on top: whoever imports it closes a circle",
    },
    Import {
        applies: |path| is_in(path, "crates/pusher-channels/src/protocol"),
        forbidden: &["crate::client", "crate::browser", "crate::native", "crate::yew"],
        reason: "the words of the wire serve either end, so they stand below the client",
    },
    Import {
        applies: |path| is_in(path, "crates/pusher-channels/src/client"),
        forbidden: &[
            "crate::browser",
            "crate::native",
            "crate::yew",
            "web_sys",
            "js_sys",
            "gloo*",
            "tokio*",
            "wasm_bindgen*",
        ],
        reason: "the client says what to send and when to wake it; sockets belong to its drivers",
    },
    Import {
        applies: is_hub_core,
        forbidden: &["crate::server", "axum*", "tokio*"],
        reason: "the hub says whom to send what; sockets belong to its driver",
    },
    Import {
        applies: |path| path.starts_with("crates/server/src/") && !is_in(path, "crates/server/src/store"),
        forbidden: &["sqlx"],
        reason: "SQL lives in the store, so that another database is one folder's work",
    },
    Import {
        applies: |path| is_in(path, "crates/server/src/store"),
        forbidden: &[
            "crate::access",
            "crate::accounts",
            "crate::projects",
            "crate::routes",
            "crate::error",
        ],
        reason: "the store keeps what it is handed; who may what is decided above it",
    },
    Import {
        applies: |path| is_in(path, "crates/server/src/access"),
        forbidden: &["crate::projects", "crate::routes", "crate::error", "axum*"],
        reason: "who may what is asked by everything above it, so it knows none of them",
    },
    Import {
        applies: |path| CORES.iter().any(|core| is_in(path, core)) || is_hub_core(path),
        forbidden: &[
            "std::time::Instant",
            "std::time::SystemTime",
            "Instant",
            "SystemTime",
            "rand",
            "getrandom",
        ],
        reason: "time and randomness come into a core as arguments, so that a run can be repeated",
    },
];

/// Who may name `crate::app`: itself, and what mounts it.
const FINDS_APP: &[&str] = &["src/app", "src/main", "src/lib", "src/pages"];

/// The pure parts: what happened goes in, what to do comes out.
const CORES: &[&str] = &[
    "src/board",
    "crates/backlog/src",
    "crates/interchange/src",
    "crates/replica/src",
    "crates/server/src/deliveries/course",
    "crates/server/src/deliveries/rounds",
    "crates/simulation/src/world",
    "crates/pusher-channels/src/client",
    "crates/pusher-channels/src/protocol",
];

/// All of the hub but the driver that serves it, and the program around that.
fn is_hub_core(path: &str) -> bool {
    let drivers = ["crates/pusher-hub/src/server", "crates/pusher-hub/src/bin"];
    path.starts_with("crates/pusher-hub/src/") && !drivers.iter().any(|driver| is_in(path, driver))
}

/// Folders of one person on one machine, in pieces so that this file does not name them itself.
const PLACES: &[&str] = &[concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// Every broken rule in `file`, as `path:line: what (why)`.
pub fn check(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    if file.path.ends_with(".rs") {
        found.extend(imports(file));
        found.extend(opening(file));
        found.extend(length(file));
        found.extend(name(file));
    }
    if file.path.starts_with("styles/") && file.path.ends_with(".css") && file.path != "styles/tokens.css" {
        found.extend(literals(file));
    }
    if file.path.ends_with("package-lock.json") {
        found.extend(resolved(file));
    } else if !file.path.ends_with(".lock") {
        found.extend(places(file));
    }
    found
}

fn imports(file: &File) -> Vec<String> {
    let rules: Vec<&Import> = IMPORTS.iter().filter(|rule| (rule.applies)(&file.path)).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for path in rust::paths(&file.path, &file.text) {
        for rule in rules
            .iter()
            .filter(|rule| rule.forbidden.iter().any(|start| names(&path, start)))
        {
            found.push(broken(
                file,
                path.line,
                &format!("names `{}`", path.words.join("::")),
                rule.reason,
            ));
        }
    }
    found
}

fn names(path: &Path, start: &str) -> bool {
    match start.strip_suffix('*') {
        Some(beginning) => path.first().starts_with(beginning) && path.words.len() > 1,
        None => path.starts_with(start) && (path.words.len() > 1 || start.contains("::")),
    }
}

fn opening(file: &File) -> Option<String> {
    let why = "the first lines say what the file knows and what it must never know";
    (!file.text.starts_with("//!")).then(|| broken(file, 1, "does not begin with `//!`", why))
}

fn length(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    let what = format!("has {lines} lines, more than {MOST_LINES}");
    (lines > MOST_LINES).then(|| broken(file, lines, &what, "a file that long is two things"))
}

fn name(file: &File) -> Option<String> {
    let is_mod = file.path.rsplit('/').next() == Some("mod.rs");
    is_mod.then(|| {
        broken(
            file,
            1,
            "is named mod.rs",
            "`foo.rs` beside `foo/` says in every list which module it is",
        )
    })
}

fn literals(file: &File) -> Vec<String> {
    let why = "colours and lengths stand in styles/tokens.css, so that light, dark and density change in one place";
    styles::literals(&file.text)
        .iter()
        .map(|found| broken(file, found.line, &format!("says `{}`", found.text), why))
        .collect()
}

fn resolved(file: &File) -> Vec<String> {
    let why = "a lock file that names a registry's host cannot be used behind another; e2e/.npmrc leaves it out";
    on_lines(file, |line| line.contains("\"resolved\""))
        .map(|at| broken(file, at, "names a host", why))
        .collect()
}

fn places(file: &File) -> Vec<String> {
    let why = "it means nothing on another machine";
    let names_place = |line: &str| PLACES.iter().any(|place| line.contains(place));
    on_lines(file, names_place)
        .map(|at| broken(file, at, "names a place of one machine", why))
        .collect()
}

fn on_lines(file: &File, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = usize> {
    file.text
        .lines()
        .enumerate()
        .filter(move |(_, line)| wanted(line))
        .map(|(index, _)| index + 1)
}

fn broken(file: &File, line: usize, what: &str, why: &str) -> String {
    format!("{}:{line}: {what} ({why})", file.path)
}

/// Whether the file belongs to a module or a folder: `src/board` holds src/board.rs and src/board/draft.rs.
fn is_in(path: &str, place: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}
