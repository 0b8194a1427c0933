//! Letters go to a real socket that answers as a mail server does, and what it took is compared.

use super::*;
use crate::config::mail;
use backlog::person::Email;
use backlog::{Name, Role};
use letters::Invited;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// Tries follow one another at once here.
const AT_ONCE: [Duration; 2] = [Duration::ZERO, Duration::ZERO];
const SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn email(text: &str) -> Email {
    Email::new(text).expect("an address")
}

fn recovery(to: &str) -> Letter {
    Letter::Recovery {
        to: email(to),
        url: "https://backlog.example.com".into(),
        secret: SECRET.into(),
    }
}

/// Answers as a mail server does, but with each of these lines to the recipients that come one after the other.
async fn server(answers: &'static [&'static str]) -> (Post, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (took, letters) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut answers = answers.iter().copied();
        while let Ok((stream, _)) = listener.accept().await {
            let text = talk(stream, &mut answers).await;
            text.into_iter()
                .for_each(|text| took.send(text).expect("the test listens"));
        }
    });
    let post = mail::read(
        Some(&format!("smtp://127.0.0.1:{port}")),
        Some("truestory@example.com"),
        Some("https://backlog.example.com"),
    );
    (post.expect("settings").expect("a server"), letters)
}

/// One conversation; the letter, where one was taken.
async fn talk(stream: TcpStream, answers: &mut (dyn Iterator<Item = &'static str> + Send)) -> Option<String> {
    let (reads, mut writes) = stream.into_split();
    let mut lines = BufReader::new(reads).lines();
    let (mut letter, mut in_letter, mut taken) = (String::new(), false, None);
    writes.write_all(b"220 here\r\n").await.ok()?;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.get(..4).unwrap_or(&line) {
            "." if in_letter => {
                (in_letter, taken) = (false, Some(std::mem::take(&mut letter)));
                "250 taken"
            }
            _ if in_letter => {
                letter.push_str(&line);
                letter.push('\n');
                continue;
            }
            "RCPT" => answers.next().unwrap_or("250 fine"),
            "DATA" => {
                in_letter = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        // Whoever has sent their letter need not wait for a farewell.
        if writes.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            break;
        }
    }
    taken
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let (post, mut letters) = server(&[]).await;
    let (mailer, _task) = Mailer::start(&post).expect("a mailer");
    mailer.send(recovery("ada@example.com"));
    let letter = letters.recv().await.expect("a letter");
    for line in [
        "From: Truestory <truestory@example.com>",
        "To: ada@example.com",
        "Subject: Set a new password",
        "Auto-Submitted: auto-generated",
        "https://backlog.example.com/recover#00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    ] {
        assert!(
            letter.lines().any(|other| other == line),
            "{line:?} is not in\n{letter}"
        );
    }
}

#[tokio::test]
async fn a_server_that_cannot_at_the_moment_is_asked_again() {
    let (post, mut letters) = server(&["451 later", "451 later"]).await;
    let (mailer, _task) = Mailer::trying_again_after(&AT_ONCE, &post).expect("a mailer");
    mailer.send(recovery("ada@example.com"));
    assert!(letters.recv().await.expect("a letter").contains("To: ada@example.com"));
}

#[tokio::test]
async fn one_that_says_no_is_not_asked_again_and_others_are_not_held_up() {
    let (post, mut letters) = server(&["550 nobody here"]).await;
    let (mailer, task) = Mailer::trying_again_after(&AT_ONCE, &post).expect("a mailer");
    mailer.send(recovery("nobody@example.com"));
    // The end of the mailer is the end of all its letters.
    drop(mailer);
    task.await.expect("it ends");
    let (mailer, _task) = Mailer::trying_again_after(&AT_ONCE, &post).expect("a mailer");
    mailer.send(recovery("ada@example.com"));
    assert!(letters.recv().await.expect("a letter").contains("To: ada@example.com"));
}

#[tokio::test]
async fn a_server_that_is_not_there_holds_nobody_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let post = mail::read(
        Some(&format!("smtp://127.0.0.1:{port}")),
        Some("truestory@example.com"),
        Some("https://backlog.example.com"),
    );
    let post = post.expect("settings").expect("a server");
    let (mailer, task) = Mailer::trying_again_after(&AT_ONCE, &post).expect("a mailer");
    for _ in 0..MOST * 3 {
        mailer.send(recovery("ada@example.com"));
    }
    drop(mailer);
    task.await.expect("it gives up");
}

#[test]
fn what_an_invitation_says() {
    let letter = Letter::Invitation {
        to: email("ben@example.com"),
        url: "https://backlog.example.com".into(),
        secret: SECRET.into(),
        invited: Invited {
            project: Name::new("Rocket shop").expect("a name"),
            role: Role::Client,
            by: Name::new("Ada").expect("a name"),
        },
    };
    assert_eq!(letter.subject(), "Ada invites you to Rocket shop");
    let text = "Ada invites you to Rocket shop as a client.\n\n\
                This link takes you in. It is good once, for 14 days:\n\n\
                https://backlog.example.com/join#00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";
    assert_eq!(letter.text(), text);
}
