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
        let headers = self.head.lines().filter_map(|line| line.split_once(": "));
        let set = headers
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
            .map(|(_, value)| value);
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

/// A day that deals in secrets, and all of them.
struct Day<'a> {
    server: &'a Server,
    secrets: Vec<String>,
}

impl Day<'_> {
    /// Asks for what sets cookies; answers the header that sends them back.
    fn come_in(&mut self, path: &str, header: &str, body: &Value) -> String {
        let (cookie, values) = self.server.ask(("POST", path), header, Some(body)).cookies();
        self.secrets.extend(values);
        cookie
    }

    /// Asks for a secret.
    fn secret(&mut self, path: &str, header: &str, body: Option<&Value>) -> String {
        let secret = self.server.ask(("POST", path), header, body).secret();
        self.secrets.push(secret.clone());
        secret
    }

    /// Makes the first account and a project, signs in rightly and wrongly, and sets another password; answers the owner's cookie.
    fn begin(&mut self) -> String {
        let account = json!({"name": "Ada", "email": EMAIL, "password": PASSWORD});
        let cookie = self.come_in("/api/owner", "", &account);
        let new = json!({"id": PROJECT, "name": "Alpha"});
        self.server.ask(("POST", "/api/projects"), &cookie, Some(&new));
        let wrong = json!({"email": EMAIL, "password": WRONG_PASSWORD});
        let refused = self.server.send(("POST", "/api/sign-in"), "", Some(&wrong));
        assert_eq!(refused.status, 401);
        let right = json!({"email": EMAIL, "password": PASSWORD});
        let cookie = self.come_in("/api/sign-in", &cookie, &right);
        let passwords = json!({"present": PASSWORD, "new": NEXT_PASSWORD});
        self.server
            .ask(("PUT", "/api/account/password"), &cookie, Some(&passwords));
        cookie
    }

    /// Another person comes by an invitation and recovers; someone comes through a public link, whose cookie is answered.
    fn invite(&mut self, owner: &str) -> String {
        let invitation = self.secret(&of_project("invitations"), owner, Some(&json!({"role": "member"})));
        let held = json!({"secret": invitation});
        self.server.ask(("POST", "/api/invitation"), "", Some(&held));
        let account = json!({"account": {"name": "Ben", "email": "ben@mail.example", "password": PASSWORD}});
        let ben = self.come_in("/api/sign-up", "", &account);
        self.server.ask(("POST", "/api/invitation/accept"), &ben, Some(&held));
        let id = self.server.ask(("GET", "/api/account"), &ben, None).body["id"].clone();
        let path = format!("/api/accounts/{}/recovery", id.as_str().expect("an id"));
        let recovery = self.secret(&path, owner, None);
        self.come_in(
            "/api/recover",
            "",
            &json!({"token": recovery, "password": LAST_PASSWORD}),
        );
        let share = self.secret(&of_project("shares"), owner, None);
        self.come_in("/api/share", "", &json!({"secret": share}))
    }

    /// A program works with a token, and another tries a wrong one; a webhook hears of it.
    fn automate(&mut self, owner: &str) {
        let new = json!({"name": "For a program", "reach": "write", "projects": [PROJECT]});
        let token = self.secret("/api/tokens", owner, Some(&new));
        let hook = json!({"url": "http://127.0.0.1:9/hook"});
        self.server.ask(("POST", &of_project("webhooks")), owner, Some(&hook));
        let story = json!({"create-story": {"id": PROJECT, "title": "A story", "type": "bug", "panel": "icebox"}});
        let commands = json!({"commands": [{"mid": PROJECT, "base": 0, "command": story}]});
        let bearer = format!("Authorization: Bearer {token}");
        self.server.ask(("POST", &of_project("sync")), &bearer, Some(&commands));
        let wrong = "Authorization: Bearer truestory_none";
        assert_eq!(self.server.send(("GET", "/api/projects"), wrong, None).status, 401);
    }
}

fn of_project(path: &str) -> String {
    format!("/api/projects/{PROJECT}/{path}")
}

/// Lives through everything that deals in secrets; answers all of them, and what whoever reads the project is told.
fn a_day(server: &Server) -> (Vec<String>, Vec<String>) {
    let secrets = [PASSWORD, NEXT_PASSWORD, LAST_PASSWORD, WRONG_PASSWORD];
    let mut day = Day {
        server,
        secrets: secrets.map(str::to_owned).into(),
    };
    let owner = day.begin();
    let guest = day.invite(&owner);
    day.automate(&owner);
    let paths = ["changes", "export.csv", "export.json", "plan", "charts", "members"];
    let mut told: Vec<String> = paths
        .map(|path| server.ask(("GET", &of_project(path)), &guest, None).text)
        .into();
    let all = json!({"full": true});
    told.push(server.ask(("POST", &of_project("sync")), &guest, Some(&all)).text);
    (day.secrets, told)
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
                secret.get(..10)
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
