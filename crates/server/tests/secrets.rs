//! Secrets, in the program itself: a day with accounts, links and tokens at the loudest log level, and then a search for every secret in all that the
//! program wrote: its log, its database, a backup, exports, answers.
#![cfg(unix)]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PASSWORD: &str = "tortoises-never-hurry-9";
const NEXT_PASSWORD: &str = "herons-stand-very-still-4";
const LAST_PASSWORD: &str = "otters-slide-down-hill-7";
const WRONG_PASSWORD: &str = "badgers-guess-at-night-1";
const EMAIL: &str = "ada@mail.example";
const PROJECT: &str = "00000000000000000000000000000001";

/// The program on a folder of its own, with a log at its loudest.
struct Server {
    child: Child,
    address: String,
    folder: TempDir,
}

/// What it said.
struct Answer {
    status: u16,
    head: String,
    text: String,
    body: Value,
}

impl Server {
    fn start() -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        let log = fs::File::create(folder.path().join("log")).expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_truestory"))
            .args([
                "serve",
                "--allow-private-webhooks",
                "--sign-up",
                "--listen",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(folder.path().join("data"))
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("its stdout"));
        out.read_line(&mut line).expect("a line");
        let address = line.trim().rsplit('/').next().expect("where it is").to_owned();
        Server { child, address, folder }
    }

    fn send(&self, (method, path): (&str, &str), header: &str, body: Option<&Value>) -> Answer {
        let body = body.map(Value::to_string);
        let kind = if body.is_some() {
            "Content-Type: application/json\r\n"
        } else {
            ""
        };
        let header = if header.is_empty() {
            String::new()
        } else {
            format!("{header}\r\n")
        };
        let body = body.unwrap_or_default();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{kind}{header}Content-Length: {length}\r\n\r\n{body}",
            self.address
        );
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut whole = String::new();
        stream.read_to_string(&mut whole).expect("it answers");
        let (head, text) = whole.split_once("\r\n\r\n").expect("a head and a body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|word| word.parse().ok())
            .expect("a status");
        Answer {
            status,
            head: head.to_owned(),
            text: text.to_owned(),
            body: serde_json::from_str(text).unwrap_or_default(),
        }
    }

    /// Asks as someone; it must be let in.
    fn ask(&self, route: (&str, &str), header: &str, body: Option<&Value>) -> Answer {
        let answer = self.send(route, header, body);
        assert!(answer.status < 300, "{route:?}: {} {}", answer.status, answer.text);
        answer
    }

    /// Stops it; answers its log.
    fn stop(mut self) -> (TempDir, String) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill is there");
        assert!(killed.success());
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        let log = fs::read_to_string(self.folder.path().join("log")).expect("a log");
        (self.folder, log)
    }
}

impl Answer {
    /// The cookies that it sets, as a header that sends them back, and their values.
    fn cookies(&self) -> (String, Vec<String>) {
        let set = self
            .head
            .lines()
            .filter_map(|line| line.to_lowercase().starts_with("set-cookie: ").then(|| &line[12..]));
        let pairs: Vec<&str> = set.filter_map(|cookie| cookie.split(';').next()).collect();
        let values = pairs
            .iter()
            .filter_map(|pair| Some(pair.split_once('=')?.1.to_owned()))
            .collect();
        (format!("Cookie: {}", pairs.join("; ")), values)
    }

    fn secret(&self) -> String {
        self.body["secret"].as_str().expect("a secret").to_owned()
    }
}

/// Lives through everything that deals in secrets; answers all of them, and what was answered to whoever reads a project.
fn a_day(server: &Server) -> (Vec<String>, Vec<String>) {
    let mut secrets: Vec<String> = [PASSWORD, NEXT_PASSWORD, LAST_PASSWORD, WRONG_PASSWORD]
        .map(str::to_owned)
        .into();
    let project = format!("/api/projects/{PROJECT}");
    let account = json!({"name": "Ada", "email": EMAIL, "password": PASSWORD});
    let (cookie, values) = server.ask(("POST", "/api/owner"), "", Some(&account)).cookies();
    secrets.extend(values);
    server.ask(
        ("POST", "/api/projects"),
        &cookie,
        Some(&json!({"id": PROJECT, "name": "Alpha"})),
    );
    let wrong = json!({"email": EMAIL, "password": WRONG_PASSWORD});
    assert_eq!(server.send(("POST", "/api/sign-in"), "", Some(&wrong)).status, 401);
    let right = json!({"email": EMAIL, "password": PASSWORD});
    let (cookie, values) = server.ask(("POST", "/api/sign-in"), &cookie, Some(&right)).cookies();
    secrets.extend(values);
    let passwords = json!({"present": PASSWORD, "new": NEXT_PASSWORD});
    server.ask(("PUT", "/api/account/password"), &cookie, Some(&passwords));
    let new = json!({"name": "For a program", "reach": "write", "projects": [PROJECT]});
    let token = server.ask(("POST", "/api/tokens"), &cookie, Some(&new)).secret();
    let bearer = format!("Authorization: Bearer {token}");
    secrets.push(token);
    let invitation = server
        .ask(
            ("POST", &format!("{project}/invitations")),
            &cookie,
            Some(&json!({"role": "member"})),
        )
        .secret();
    server.ask(("POST", "/api/invitation"), "", Some(&json!({"secret": invitation})));
    let held = json!({"secret": invitation});
    let account = json!({"account": {"name": "Ben", "email": "ben@mail.example", "password": PASSWORD}});
    let (ben, values) = server.ask(("POST", "/api/sign-up"), "", Some(&account)).cookies();
    secrets.extend(values);
    server.ask(("POST", "/api/invitation/accept"), &ben, Some(&held));
    secrets.push(invitation);
    let share = server
        .ask(("POST", &format!("{project}/shares")), &cookie, None)
        .secret();
    let (guest, values) = server
        .ask(("POST", "/api/share"), "", Some(&json!({"secret": share})))
        .cookies();
    secrets.extend(values);
    secrets.push(share);
    let bens = server.ask(("GET", "/api/account"), &ben, None).body["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let recovery = server
        .ask(("POST", &format!("/api/accounts/{bens}/recovery")), &cookie, None)
        .secret();
    let recover = json!({"token": recovery, "password": LAST_PASSWORD});
    secrets.extend(server.ask(("POST", "/api/recover"), "", Some(&recover)).cookies().1);
    secrets.push(recovery);
    let hook = json!({"url": "http://127.0.0.1:9/hook"});
    server.ask(("POST", &format!("{project}/webhooks")), &cookie, Some(&hook));
    let story = json!({"create-story": {"id": PROJECT, "title": "A story", "type": "bug", "panel": "icebox"}});
    let commands = json!({"commands": [{"mid": PROJECT, "base": 0, "command": story}]});
    server.ask(("POST", &format!("{project}/sync")), &bearer, Some(&commands));
    assert_eq!(
        server
            .send(("GET", "/api/projects"), "Authorization: Bearer truestory_none", None)
            .status,
        401
    );
    let told = [
        "/sync",
        "/changes",
        "/export.csv",
        "/export.json",
        "/plan",
        "/charts",
        "/members",
    ]
    .map(|path| {
        let method = if path == "/sync" { "POST" } else { "GET" };
        let body = (method == "POST").then(|| json!({"full": true}));
        server
            .ask((method, &format!("{project}{path}")), &guest, body.as_ref())
            .text
    });
    (secrets, told.into())
}

/// Whether bytes hold a text.
fn hold(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn no_secret_is_written_down_where_others_read() {
    let server = Server::start();
    let (mut secrets, told) = a_day(&server);
    let data = server.folder.path().join("data");
    let backup = server.folder.path().join("backup.sqlite");
    let made = Command::new(env!("CARGO_BIN_EXE_truestory"))
        .args(["backup", "--data"])
        .arg(&data)
        .arg("--to")
        .arg(&backup)
        .status();
    assert!(made.expect("the program starts").success());
    // What lies beside the database while it is in use as well.
    let mut written: Vec<(String, Vec<u8>)> = files(&data)
        .into_iter()
        .chain([backup])
        .filter(|path| !path.ends_with("secrets.json"))
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a file")))
        .collect();
    let kept: Value = serde_json::from_slice(&fs::read(data.join("secrets.json")).expect("secrets")).expect("JSON");
    secrets.push(kept["secret"].as_str().expect("a secret").to_owned());
    let (folder, log) = server.stop();
    assert!(log.contains("/api/sign-in"), "the log is that of the loudest level");
    written.push(("the log".to_owned(), log.into_bytes()));
    written.push(("what guests are told".to_owned(), told.concat().into_bytes()));
    assert!(
        secrets.len() > 12 && secrets.iter().all(|secret| secret.len() > 15),
        "{}",
        secrets.len()
    );
    for (place, bytes) in &written {
        for secret in &secrets {
            assert!(
                !hold(bytes, secret),
                "{place} holds a secret that begins with {:?}",
                &secret[..10]
            );
        }
    }
    // Addresses of people are in the database, and nowhere that others read.
    for (place, bytes) in written.iter().rev().take(2) {
        assert!(!hold(bytes, EMAIL), "{place} tells an address");
    }
    drop(folder);
}

/// What keeps secrets is its owner's alone, and is made so again where somebody opened it.
#[test]
fn the_file_of_secrets_is_its_owners() {
    let server = Server::start();
    let path = server.folder.path().join("data/secrets.json");
    let mode = || fs::metadata(&path).expect("secrets").permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    for database in ["truestory.sqlite", "truestory.sqlite-wal"] {
        let mode = fs::metadata(server.folder.path().join("data").join(database))
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{database} is for others to read: {mode:o}");
    }
    let (_folder, _) = server.stop();
}
