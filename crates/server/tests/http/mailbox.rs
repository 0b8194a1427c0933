//! A mail server for as long as a test runs: a socket that takes every letter.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use truestory_server::config::mail::{self, Post};
use truestory_server::config::{Entrance, Outside};

/// Where a test's letters arrive.
pub struct Mailbox {
    letters: mpsc::UnboundedReceiver<String>,
    post: Post,
}

/// The address under which people reach the server, as its letters say it.
pub const URL: &str = "https://backlog.example.com";

impl Mailbox {
    pub async fn open() -> Mailbox {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (took, letters) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some(letter) = talk(stream).await {
                    took.send(letter).expect("the test listens");
                }
            }
        });
        let smtp = format!("smtp://127.0.0.1:{port}");
        let post = mail::read(Some(&smtp), Some("truestory@example.com"), Some(URL));
        Mailbox {
            letters,
            post: post.expect("settings").expect("a server"),
        }
    }

    /// What a server that sends its letters here is started with.
    pub fn settings(&self) -> (Outside, Entrance) {
        let outside = Outside {
            mail: Some(self.post.clone()),
            ..Outside::default()
        };
        let entrance = Entrance {
            url: Some(URL.into()),
            ..Entrance::default()
        };
        (outside, entrance)
    }

    /// The next letter.
    pub async fn letter(&mut self) -> String {
        self.letters.recv().await.expect("a letter")
    }

    /// The secret in the next letter's link, which leads to that page; the letter is to that address.
    pub async fn secret(&mut self, to: &str, page: &str) -> String {
        let letter = self.letter().await;
        assert!(letter.contains(&format!("To: {to}\n")), "{letter}");
        let beginning = format!("{URL}/{page}#");
        let mut links = letter.lines().filter_map(|line| line.strip_prefix(&beginning));
        links.next().expect("a line that is a link to that page").to_owned()
    }
}

async fn talk(stream: TcpStream) -> Option<String> {
    let (reads, mut writes) = stream.into_split();
    let mut lines = BufReader::new(reads).lines();
    let mut letter = None;
    writes.write_all(b"220 here\r\n").await.ok()?;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer: &[u8] = match &*line {
            "DATA" => {
                writes.write_all(b"354 go on\r\n").await.ok()?;
                letter = Some(taken(&mut lines).await?);
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        // Whoever has sent their letter need not wait for a farewell.
        if writes.write_all(answer).await.is_err() {
            break;
        }
    }
    letter
}

async fn taken(lines: &mut tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>) -> Option<String> {
    let mut letter = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(letter);
        }
        letter.push_str(&line);
        letter.push('\n');
    }
}
