//! The program itself: what it prints, how it refuses, how it stops.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

fn truestory(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_truestory"));
    command
        .arg("serve")
        .env("TRUESTORY_LISTEN", "127.0.0.1:0")
        .env("TRUESTORY_DATA", data)
        .env("RUST_LOG", "warn");
    command
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A running server and the lines that it printed.
struct Running {
    child: Child,
    lines: Vec<String>,
}

impl Running {
    fn start(mut command: Command, lines: usize) -> Running {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("its stdout"));
        let lines = out.lines().take(lines).map(|line| line.expect("a line")).collect();
        Running { child, lines }
    }

    fn stop(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .expect("kill is there")
                .success()
        );
        self.child.wait().expect("it ends").code()
    }
}

#[track_caller]
fn refuses(command: &mut Command, says: &[&str]) {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let line = String::from_utf8(stderr).expect("text");
    assert_eq!(status.code(), Some(2), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(stdout.is_empty());
    for words in says {
        assert!(line.contains(words), "{line:?} does not say {words:?}");
    }
}

#[test]
fn it_says_where_it_is_and_stops_when_told() {
    for signal in ["-TERM", "-INT"] {
        let data = folder();
        let server = Running::start(truestory(&data.path().join("new/folder")), 1);
        let address = server.lines[0]
            .strip_prefix("Truestory is at http://127.0.0.1:")
            .expect("where it is");
        assert_ne!(address.parse::<u16>().expect("a port"), 0);
        assert_eq!(server.stop(signal), Some(0));
        let wal = data.path().join("new/folder/truestory.sqlite-wal");
        assert!(!wal.exists(), "everything is in the one file");
    }
}

/// The status line of `GET /healthz` asked for under that name.
fn status_under(address: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn it_answers_under_its_own_names_only() {
    let data = folder();
    let mut command = truestory(data.path());
    command.env("TRUESTORY_HOST", "board.example,other.example");
    let server = Running::start(command, 1);
    let address = server.lines[0].rsplit("http://").next().expect("an address").to_owned();
    for host in [&*address, "localhost", "board.example:443", "other.example"] {
        assert_eq!(status_under(&address, host), "HTTP/1.1 200 OK", "{host}");
    }
    assert_eq!(status_under(&address, "evil.example"), "HTTP/1.1 403 Forbidden");
    server.stop("-TERM");
}

#[test]
fn the_sample_is_made_once() {
    let data = folder();
    let mut lines = Vec::new();
    for _ in 0..2 {
        let mut command = truestory(data.path());
        let server = Running::start(
            {
                command.arg("--demo");
                command
            },
            2,
        );
        let (_, project) = server.lines[1].rsplit_once("/projects/").expect("a project to look at");
        lines.push(project.to_owned());
        assert_eq!(server.stop("-TERM"), Some(0));
    }
    assert_eq!(lines[0], lines[1]);
    assert_eq!(lines[0].len(), 32);
}

#[test]
fn secrets_are_made_once_and_kept_from_others() {
    let data = folder();
    let path = data.path().join("secrets.json");
    Running::start(truestory(data.path()), 1).stop("-TERM");
    let first = fs::read_to_string(&path).expect("secrets");
    let mode = fs::metadata(&path).expect("secrets").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    Running::start(truestory(data.path()), 1).stop("-TERM");
    assert_eq!(fs::read_to_string(&path).expect("secrets"), first);
}

#[test]
fn a_wrong_setting_is_named() {
    let data = folder();
    let file = data.path().join("file");
    fs::write(&file, "").expect("a file");
    refuses(
        truestory(data.path()).args(["--listen", "here"]),
        &["--listen", "'here'", "127.0.0.1:8080"],
    );
    refuses(
        truestory(data.path()).env("TRUESTORY_LISTEN", "127.0.0.1:99999"),
        &["--listen", "127.0.0.1:8080"],
    );
    refuses(
        truestory(data.path()).env("TRUESTORY_DEMO", "perhaps"),
        &["--demo", "perhaps"],
    );
    refuses(
        truestory(data.path()).args(["--pusher-key", "a b"]),
        &["--pusher-key", "letters, digits"],
    );
    refuses(
        truestory(data.path()).args(["--pusher-secret", "short"]),
        &["--pusher-secret", "at least 16"],
    );
    refuses(
        &mut truestory(&file),
        &["--data (TRUESTORY_DATA)", "a folder that this user may write to"],
    );
    fs::write(data.path().join("secrets.json"), "{\"app_id\": 5}").expect("a file");
    refuses(
        &mut truestory(data.path()),
        &["secrets.json", "does not parse", "remove it"],
    );
}

#[test]
fn settings_for_letters_that_do_not_go_together_are_named() {
    let data = folder();
    for (settings, says) in [
        (
            &["--smtp", "smtp://u:hush-hush@mail.example.com"][..],
            ["--mail-from (TRUESTORY_MAIL_FROM)", "missing beside --smtp"],
        ),
        (
            &["--mail-from", "a@b.example"],
            ["--smtp (TRUESTORY_SMTP)", "missing beside --mail-from"],
        ),
        (
            &["--smtp", "smtp://mail.example.com", "--mail-from", "a@b.example"],
            ["--smtp (TRUESTORY_SMTP)", "needs --url"],
        ),
        (
            &[
                "--smtp",
                "https://mail.example.com",
                "--mail-from",
                "a@b.example",
                "--url",
                "http://a.example",
            ],
            ["--smtp (TRUESTORY_SMTP)", "neither smtp:// nor smtps://"],
        ),
        (
            &[
                "--smtp",
                "smtp://mail.example.com",
                "--mail-from",
                "nobody",
                "--url",
                "http://a.example",
            ],
            ["--mail-from (TRUESTORY_MAIL_FROM)", "such as truestory@example.com"],
        ),
        (
            &[
                "--smtp",
                "smtp://mail.example.com",
                "--mail-from",
                "a..b@b.example",
                "--url",
                "http://a.example",
            ],
            ["--mail-from (TRUESTORY_MAIL_FROM)", "such as truestory@example.com"],
        ),
    ] {
        refuses(truestory(data.path()).args(settings), &says);
    }
}

/// Each setting that lets in or leads out, wrong: one line with its name, what was wrong, what would be right.
#[test]
fn a_wrong_setting_of_the_door_is_named() {
    let data = folder();
    for (settings, says) in [
        (
            &["--url", "backlog.example.com"][..],
            ["--url (TRUESTORY_URL)", "such as https://backlog.example.com"],
        ),
        (
            &["--url", "https://a.example/path"],
            ["--url (TRUESTORY_URL)", "has more than a host and a port"],
        ),
        (
            &["--url", "ftp://a.example"],
            ["--url (TRUESTORY_URL)", "is no address of the web"],
        ),
        (
            &["--trusted-proxy", "here"],
            [
                "--trusted-proxy (TRUESTORY_TRUSTED_PROXY)",
                "a range such as 10.0.0.0/8",
            ],
        ),
        (
            &["--trusted-proxy", "10.0.0.1,10.0.0.0/99"],
            ["--trusted-proxy (TRUESTORY_TRUSTED_PROXY)", "10.0.0.0/99"],
        ),
        (
            &["--origin", "intranet"],
            ["--origin (TRUESTORY_ORIGIN)", "such as https://intranet.example.com"],
        ),
        (&["--origin", "*"], ["--origin (TRUESTORY_ORIGIN)", "scheme and host"]),
        (
            &["--smtp", "smtp://mail.example"],
            ["--mail-from (TRUESTORY_MAIL_FROM)", "is missing beside --smtp"],
        ),
        (
            &["--mail-from", "a@b.example"],
            ["--smtp (TRUESTORY_SMTP)", "is missing beside --mail-from"],
        ),
        (
            &["--smtp", "smtp://mail.example", "--mail-from", "a@b.example"],
            ["--smtp (TRUESTORY_SMTP)", "needs --url"],
        ),
        (
            &["--oidc-client-id", "x"],
            ["--oidc-issuer (TRUESTORY_OIDC_ISSUER)", "--oidc-client-secret"],
        ),
        (
            &["--oidc-issuer", "https://id.example"],
            ["--url (TRUESTORY_URL)", "where to send people back to"],
        ),
    ] {
        refuses(truestory(data.path()).args(settings), &says);
    }
    for (variable, setting) in [
        ("TRUESTORY_OPEN", "--open"),
        ("TRUESTORY_SIGN_UP", "--sign-up"),
        ("TRUESTORY_ALLOW_PRIVATE_WEBHOOKS", "--allow-private-webhooks"),
    ] {
        refuses(truestory(data.path()).env(variable, "perhaps"), &[setting, "perhaps"]);
    }
}

/// What is wrong with an address that holds a password is said without the password.
#[test]
fn a_wrong_address_with_a_password_is_not_repeated() {
    let data = folder();
    for address in [
        "smtp://ada:hush-hush@mail.example:99999",
        "ftp://ada:hush-hush@mail.example",
        "smtp://ada:hush-hush@",
    ] {
        let mut command = truestory(data.path());
        command.args([
            "--url",
            "https://a.example",
            "--mail-from",
            "a@b.example",
            "--smtp",
            address,
        ]);
        let output = command.output().expect("the program starts");
        let line = String::from_utf8(output.stderr).expect("text");
        assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{line}");
        assert!(
            line.contains("--smtp (TRUESTORY_SMTP)") && !line.contains("hush"),
            "{line}"
        );
    }
}

#[test]
fn a_taken_port_and_a_taken_folder_are_named() {
    let data = folder();
    let server = Running::start(truestory(data.path()), 1);
    refuses(
        &mut truestory(data.path()),
        &["--data (TRUESTORY_DATA)", "in use by another truestory"],
    );
    let address = server.lines[0].rsplit_once('/').expect("where it is").1.to_owned();
    let other = folder();
    let listen = ["--listen", &address];
    refuses(
        truestory(other.path()).args(listen),
        &["--listen (TRUESTORY_LISTEN)", &address, "a free port"],
    );
    assert_eq!(server.stop("-TERM"), Some(0));
}

#[test]
fn a_wrong_secret_is_not_repeated_in_full_help() {
    let output = truestory(folder().path())
        .env("TRUESTORY_PUSHER_SECRET", "0123456789abcdef-hush")
        .arg("--help")
        .output()
        .expect("the program starts");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("hush"));
}
