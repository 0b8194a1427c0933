//! NATS between the nodes: one subject for each cluster, on which every word goes to everyone else, at most once. Knows NATS'
//! client; reads no word.

use std::{error::Error, fmt, time::Duration};

use async_nats::{Client, ConnectOptions, Event, ServerAddr, Subscriber};
use futures_util::StreamExt;
use tokio::{
    select,
    sync::mpsc::{self, Receiver},
};

use super::{Ends, Heard};

/// A server that does not answer by then is tried again.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// Twice this without an answer, and the connection is lost.
const PING_EVERY: Duration = Duration::from_secs(2);
/// Pauses between tries begin with this and double up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// A NATS server that joins the nodes of one cluster.
#[derive(Clone)]
pub struct Nats {
    address: ServerAddr,
    subject: String,
}

/// Why there cannot be such a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NatsError {
    /// The address is none.
    Address,
    /// The cluster's name is none.
    Cluster,
}

impl Nats {
    /// The server at `nats://[USER:PASSWORD@]HOST:PORT` (`tls://` where it wants TLS), for the nodes that give the same name of a
    /// cluster: letters, digits, `-` and `_`, at most 64.
    ///
    /// # Errors
    /// When the address or the name cannot be used. Nothing is tried yet.
    pub fn new(url: &str, cluster: &str) -> Result<Self, NatsError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if cluster.is_empty() || cluster.len() > 64 || !cluster.chars().all(is_plain) {
            return Err(NatsError::Cluster);
        }
        let address: ServerAddr = url.parse().map_err(|_| NatsError::Address)?;
        Ok(Self {
            address,
            subject: format!("pusher-hub.{cluster}"),
        })
    }

    /// Carries words until there are no more. Tries again for ever.
    pub(in crate::server) async fn run(self, mut ends: Ends) {
        // Every event of a connection is about to be read, so few wait.
        let (events, mut happened) = mpsc::channel(16);
        let joined = async {
            let client = options(events).connect(self.address.clone()).await?;
            let subscriber = client.subscribe(self.subject.clone()).await?;
            Ok::<_, Box<dyn Error + Send + Sync>>((client, subscriber))
        };
        match joined.await {
            Ok((client, subscriber)) => self.carry(client, subscriber, (&mut happened, &mut ends)).await,
            // With endless tries this is no network that fails, but a setting.
            Err(error) => tracing::error!(%error, "the broker cannot be used; this node stays alone"),
        }
    }

    async fn carry(&self, client: Client, mut said: Subscriber, ends: (&mut Receiver<Event>, &mut Ends)) {
        let (happened, Ends { words, heard }) = ends;
        let mut is_joined = false;
        loop {
            let news = select! {
                Some(event) = happened.recv() => match event {
                    Event::Connected => Heard::Joined,
                    Event::Disconnected | Event::Closed => Heard::Lost,
                    Event::SlowConsumer(_) | Event::LameDuckMode | Event::Draining
                    | Event::ServerError(_) | Event::ClientError(_) => {
                        tracing::warn!(%event, "the broker");
                        continue;
                    }
                },
                word = words.recv() => {
                    let Some(word) = word else { break };
                    if is_joined && let Err(error) = client.publish(self.subject.clone(), word.into()).await {
                        tracing::warn!(%error, "a word to the other nodes was lost");
                    }
                    continue;
                }
                Some(message) = said.next() => match String::from_utf8(message.payload.into()) {
                    Ok(word) => Heard::Said(word),
                    Err(_) => continue,
                },
            };
            is_joined = match news {
                Heard::Joined => true,
                Heard::Lost => false,
                Heard::Said(_) => is_joined,
            };
            match news {
                Heard::Joined => tracing::info!("the broker is reached"),
                Heard::Lost => tracing::warn!("the broker is lost; this node serves its own connections meanwhile"),
                Heard::Said(_) => {}
            }
            if heard.send(news).await.is_err() {
                break;
            }
        }
        while let Some(word) = words.recv().await {
            // The last words are worth no second try.
            let _ = client.publish(self.subject.clone(), word.into()).await;
        }
        let _ = client.flush().await;
    }
}

fn options(events: mpsc::Sender<Event>) -> ConnectOptions {
    ConnectOptions::new()
        .name("pusher-hub")
        .no_echo()
        .retry_on_initial_connect()
        .max_reconnects(None)
        .connection_timeout(CONNECT_WAIT)
        .ping_interval(PING_EVERY)
        .reconnect_delay_callback(pause)
        .event_callback(move |event| {
            let events = events.clone();
            async move {
                // An error says that this hub has ended.
                let _ = events.send(event).await;
            }
        })
}

/// Between half and all of a time that doubles, so that the nodes do not all come back in the same moment.
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn pause(tries: usize) -> Duration {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(8);
    let longest = (FIRST_PAUSE * 2_u32.pow(doublings)).min(LONGEST_PAUSE);
    longest.mul_f64(0.5 + rand::random::<f64>() / 2.0)
}

impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may have a password.
        f.debug_struct("Nats")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NatsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Address => "expected the address of a NATS server, such as nats://127.0.0.1:4222",
            Self::Cluster => "expected a name of at most 64 letters, digits, - and _",
        })
    }
}

impl Error for NatsError {}
