//! The way to the other nodes: what the hub's task says goes out, what it hears comes in. Knows neither words nor a broker; the
//! feature `nats` has one.

#[cfg(feature = "nats")]
mod nats;

use std::{future, time::Duration};

use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::JoinHandle,
    time::timeout,
};

#[cfg(feature = "nats")]
pub use self::nats::{Nats, NatsError};

/// Words that may wait for the broker, and for the hub. What is beyond them is lost, which the nodes heal.
const WORDS: usize = 4096;
/// How long the last words may take in the end.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What comes from the broker.
#[cfg_attr(not(feature = "nats"), allow(dead_code, reason = "there is no broker then"))]
pub(super) enum Heard {
    Joined,
    Lost,
    Said(String),
}

/// The hub's end.
pub(super) struct Broker {
    words: Sender<String>,
    heard: Receiver<Heard>,
    task: JoinHandle<()>,
}

/// The broker's end. It is over when no words can come any more and the last have gone out.
#[cfg_attr(not(feature = "nats"), allow(dead_code, reason = "there is no broker then"))]
pub(super) struct Ends {
    pub words: Receiver<String>,
    pub heard: Sender<Heard>,
}

/// Nobody takes words at this speed.
pub(super) struct WordLost;

impl Broker {
    /// Joins the hub to what this does with the other end.
    #[cfg_attr(not(feature = "nats"), allow(dead_code, reason = "there is no broker then"))]
    pub fn start<Run: Future<Output = ()> + Send + 'static>(run: impl FnOnce(Ends) -> Run) -> Self {
        let (words, to_say) = mpsc::channel(WORDS);
        let (hearing, heard) = mpsc::channel(WORDS);
        let ends = Ends {
            words: to_say,
            heard: hearing,
        };
        let task = tokio::spawn(run(ends));
        Self { words, heard, task }
    }

    /// Never waits.
    ///
    /// # Errors
    /// When too many words wait already.
    pub fn say(&self, word: String) -> Result<(), WordLost> {
        self.words.try_send(word).map_err(|_| WordLost)
    }

    /// Lets the last words go out.
    pub async fn finish(self) {
        let Self { words, heard, task } = self;
        drop((words, heard));
        // If it takes longer, the others find out by the silence.
        let _ = timeout(LAST_WORDS, task).await;
    }
}

/// What comes next; never, where there is no broker. Dropping the future loses nothing.
pub(super) async fn next(broker: &mut Option<Broker>) -> Heard {
    match broker {
        Some(broker) => match broker.heard.recv().await {
            Some(heard) => heard,
            None => future::pending().await,
        },
        None => future::pending().await,
    }
}
