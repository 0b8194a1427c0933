//! Letters, sent behind the answers: whoever asks for one does not wait for it, and does not learn whether there was one. Knows the mail
//! server and how often to try again; what letters say stands in `letters`.
//!
//! Letters wait in memory alone, since links stand in them: one that was not sent when the server stops has to be asked for again.

mod letters;

use crate::config::mail::{Login, Post, Secrecy};
use lettre::message::{Body, Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};

pub use letters::{Invited, Letter};

/// How long after each try that failed the next one comes: a restart of the mail server, a greylist, an outage of some hours.
const WAITS: [Duration; 5] = [
    Duration::from_secs(5),
    Duration::from_secs(60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];
/// How long the mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most letters under way or waiting; further ones are not sent, which is logged.
const MOST: usize = 500;
/// Bytes of a line that need no encoding (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;
/// The most connections to the mail server at once.
const CONNECTIONS: usize = 4;

type Server = AsyncSmtpTransport<Tokio1Executor>;

/// Sends letters. Cheap to clone; all clones share one task, which ends with the last of them.
#[derive(Clone, Debug)]
pub struct Mailer {
    letters: tokio::sync::mpsc::Sender<Letter>,
}

/// The mail server cannot be used as it was named.
#[derive(Debug)]
pub struct Unusable(String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// What a letter is sent with.
#[derive(Clone)]
struct Desk {
    server: Server,
    from: Mailbox,
    waits: &'static [Duration],
    connections: Arc<Semaphore>,
}

impl Mailer {
    /// Begins to send. Does not ask the mail server anything yet: it may start later than this one.
    pub fn start(post: &Post) -> Result<(Mailer, JoinHandle<()>), Unusable> {
        Mailer::trying_again_after(&WAITS, post)
    }

    fn trying_again_after(waits: &'static [Duration], post: &Post) -> Result<(Mailer, JoinHandle<()>), Unusable> {
        let address: Address = post
            .from
            .as_str()
            .parse()
            .map_err(|error| Unusable(format!("{}: {error}", post.from.as_str())))?;
        let desk = Desk {
            server: server(post).map_err(|error| Unusable(error.to_string()))?,
            from: Mailbox::new(Some("Truestory".into()), address),
            waits,
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
        };
        let (letters, waiting) = tokio::sync::mpsc::channel(MOST);
        Ok((Mailer { letters }, tokio::spawn(send_all(desk, waiting))))
    }

    /// Sends a letter some time soon.
    pub fn send(&self, letter: Letter) {
        if let Err(error) = self.letters.try_send(letter) {
            tracing::error!(%error, "a letter is not sent: too many wait already");
        }
    }
}

async fn send_all(desk: Desk, mut waiting: tokio::sync::mpsc::Receiver<Letter>) {
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            // While so many are under way, others wait in the channel.
            letter = waiting.recv(), if under_way.len() < MOST => match letter {
                Some(letter) => { under_way.spawn(desk.clone().send(letter)); }
                None => break,
            },
            Some(_) = under_way.join_next() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

impl Desk {
    async fn send(self, letter: Letter) {
        let message = match self.written(&letter) {
            Ok(message) => message,
            Err(why) => return tracing::error!(to = letter.to().as_str(), %why, "a letter cannot be written"),
        };
        for wait in self.waits.iter().map(Some).chain([None]) {
            let error = match self.try_once(message.clone()).await {
                Ok(()) => return,
                Err(error) => error,
            };
            let Some(wait) = wait.filter(|_| !error.is_permanent()) else {
                tracing::error!(to = letter.to().as_str(), %error, "a letter is not sent");
                return;
            };
            tracing::warn!(to = letter.to().as_str(), %error, "a letter could not be sent; it is tried again in {} s", wait.as_secs());
            tokio::time::sleep(*wait).await;
        }
    }

    async fn try_once(&self, message: Message) -> Result<(), SmtpError> {
        // The semaphore is never closed; without it, the letter is sent all the same.
        let _connection = self.connections.acquire().await;
        self.server.send(message).await.map(|_| ())
    }

    fn written(&self, letter: &Letter) -> Result<Message, String> {
        let address: Address = letter
            .to()
            .as_str()
            .parse()
            .map_err(|error| format!("the address: {error}"))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(letter.subject())
            // No holiday notice answers a machine (RFC 3834).
            .header(AutoSubmitted)
            .header(header::ContentType::TEXT_PLAIN)
            .body(body(letter.text()))
            .map_err(|error| error.to_string())
    }
}

/// Links stay in one piece where the text asks for no encoding, so that they can be read in any mail program.
fn body(text: String) -> Body {
    let plain = text.is_ascii() && text.lines().all(|line| line.len() <= LONGEST_LINE);
    if plain {
        Body::dangerous_pre_encoded(
            text.replace('\n', "\r\n").into_bytes(),
            header::ContentTransferEncoding::SevenBit,
        )
    } else {
        Body::new(text)
    }
}

/// `Auto-Submitted: auto-generated`.
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

fn server(post: &Post) -> Result<Server, SmtpError> {
    let tls = || TlsParameters::new(post.host.clone());
    let builder = Server::builder_dangerous(&post.host)
        .port(post.port)
        .timeout(Some(PATIENCE))
        .tls(match post.secrecy {
            Secrecy::Tls => Tls::Wrapper(tls()?),
            Secrecy::StartTls => Tls::Required(tls()?),
            Secrecy::WhereOffered => Tls::Opportunistic(tls()?),
        });
    Ok(match &post.login {
        Some(Login { user, password }) => builder
            .credentials(Credentials::new(user.clone(), password.clone()))
            .build(),
        None => builder.build(),
    })
}

#[cfg(test)]
mod tests;
