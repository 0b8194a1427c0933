//! `truestory backup`, `restore` and `check` as programs, beside a server that runs and one that was killed.
#![cfg(unix)]

use backlog::Epoch;
use backlog::id::Bits128;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use truestory_server::store::Store;

/// A server with the sample project.
struct Running(Child);

impl Running {
    fn start(data: &Path) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_truestory"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its stdout")).lines();
        out.nth(1).expect("a project to look at").expect("a line");
        Running(child)
    }

    /// Ends it like a power failure would.
    fn kill(mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("it ends");
    }
}

/// What a command printed, with the code that it must end with.
#[track_caller]
fn run(code: i32, arguments: &[&str], environment: &[(&str, &Path)]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_truestory"))
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .expect("the program starts");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

fn folder() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (data, backup) = (path("data"), path("backup.sqlite"));
    (folder, data, backup)
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{text:?} does not say {words:?}");
    }
}

#[test]
fn a_backup_beside_a_running_server_is_restored_after_it_was_killed() {
    let (_folder, data, backup) = folder();
    let server = Running::start(Path::new(&data));
    says(
        &run(0, &["check", "--data", &data], &[]),
        &["Rocket shop (", "all in order", "nothing is wrong"],
    );
    let made = run(0, &["backup", "--data", &data, "--to", &backup], &[]);
    says(
        &made,
        &["projects: 1, changes: 195", " kB", "secrets.json) are not in it"],
    );
    let again = run(2, &["backup", "--data", &data, "--to", &backup], &[]);
    says(&again, &["--to (TRUESTORY_BACKUP_TO)", "is there already"]);
    says(
        &run(0, &["check", "--file", &backup], &[]),
        &["changes: 195, nothing is wrong."],
    );
    let in_use = run(2, &["restore", "--data", &data, "--from", &backup], &[]);
    says(&in_use, &["--data (TRUESTORY_DATA)", "in use by another truestory"]);
    assert_eq!(in_use.lines().count(), 1, "nothing of the backup is told: {in_use}");

    server.kill();
    says(
        &run(0, &["check", "--data", &data], &[]),
        &["changes: 195, nothing is wrong."],
    );
    let restored = run(0, &["restore", "--data", &data, "--from", &backup], &[]);
    says(
        &restored,
        &[
            "changes: 195",
            "a new epoch has begun",
            "truestory.sqlite.before-restore-1 now",
            "unknown to the server now",
            "offer them to the person who made them",
        ],
    );
    let kept = format!("{data}/truestory.sqlite.before-restore-1");
    says(
        &run(0, &["check", "--file", &kept], &[]),
        &["changes: 195, nothing is wrong."],
    );
    assert_ne!(
        epoch(Path::new(&kept)),
        epoch(&Path::new(&data).join("truestory.sqlite"))
    );
    Running::start(Path::new(&data)).kill();
}

/// The epoch of a database file, read from a copy.
fn epoch(file: &Path) -> Epoch {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(file, folder.path().join("truestory.sqlite")).expect("copied");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let store = runtime.block_on(Store::open(folder.path(), Epoch(Bits128(1))));
    store.expect("a store").epoch()
}

#[test]
fn a_project_is_written_out_beside_a_running_server() {
    let (_folder, data, _) = folder();
    let server = Running::start(Path::new(&data));
    let csv = run(0, &["export", "--data", &data], &[]);
    assert!(csv.starts_with("Id,Title,Labels,Iteration,"), "{csv}");
    let json = run(
        0,
        &[
            "export",
            "--data",
            &data,
            "--project",
            "Rocket shop",
            "--format",
            "json",
        ],
        &[],
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON and nothing else");
    assert_eq!(json["project"]["name"], "Rocket shop");
    let stories = json["project"]["stories"].as_array().expect("a list").len();
    // Quoted cells hold line breaks, so that rows are counted by what ends each address.
    assert_eq!(csv.matches("#story-").count(), stories);
    let id = json["id"].as_str().expect("an identity");
    assert_eq!(run(0, &["export", "--data", &data, "--project", id], &[]), csv);

    let unknown = run(2, &["export", "--data", &data, "--project", "Moon"], &[]);
    says(
        &unknown,
        &[
            "--project (TRUESTORY_EXPORT_PROJECT)",
            "there is no project Moon",
            "Rocket shop",
        ],
    );
    let nowhere = format!("{data}-not");
    says(
        &run(2, &["export", "--data", &nowhere], &[]),
        &["--data (TRUESTORY_DATA)"],
    );
    server.kill();
}

#[test]
fn damage_is_told_and_not_restored() {
    let (_folder, data, backup) = folder();
    Running::start(Path::new(&data)).kill();
    run(
        0,
        &["backup"],
        &[
            ("TRUESTORY_DATA", Path::new(&data)),
            ("TRUESTORY_BACKUP_TO", Path::new(&backup)),
        ],
    );
    let mut content = fs::read(&backup).expect("a backup");
    let title = b"Set up hosting";
    let places: Vec<usize> = (0..content.len())
        .filter(|at| content[*at..].starts_with(title))
        .collect();
    places.iter().for_each(|at| content[*at] ^= 1);
    fs::write(&backup, content).expect("written");

    let found = run(1, &["check"], &[("TRUESTORY_CHECK_FILE", Path::new(&backup))]);
    says(
        &found,
        &[", revision 1: its content does not give its hash", "findings: 1."],
    );
    let settings = [
        ("TRUESTORY_DATA", Path::new(&data)),
        ("TRUESTORY_RESTORE_FROM", Path::new(&backup)),
    ];
    let refused = run(1, &["restore"], &settings);
    says(&refused, &[", revision 1: ", "is not sound", "nothing was changed"]);
    assert!(!Path::new(&data).join("truestory.sqlite.before-restore-1").exists());
    says(&run(0, &["check", "--data", &data], &[]), &["nothing is wrong."]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let (folder, data, backup) = folder();
    let other = folder.path().join("other");
    fs::write(&other, "no database").expect("written");
    let none = run(2, &["check", "--data", &data], &[]);
    says(&none, &["--data (TRUESTORY_DATA)", "give the data folder of a server"]);
    assert!(!Path::new(&data).exists(), "looking makes no folder");
    says(
        &run(2, &["check", "--file", &backup], &[]),
        &["--file (TRUESTORY_CHECK_FILE)", "give a backup"],
    );
    let other = other.to_str().expect("text");
    says(
        &run(2, &["check", "--file", other], &[]),
        &["this is no database of this truestory"],
    );
    says(
        &run(2, &["restore", "--data", &data, "--from", other], &[]),
        &["this is no database of this truestory"],
    );
    assert!(!Path::new(&data).exists(), "a refused backup makes no folder");
    run(2, &["backup", "--data", &data, "--to", &backup], &[]);
}
