//! What carries a connection: a task of its own, whichever carrier it is. Knows which carrier is which task.

use tokio::sync::mpsc;

use super::{dial::Dialer, requests, socket};
use crate::client::{Attempt, Carrier, Input};

/// A connection that is open or being opened. Closes when dropped.
#[derive(Debug)]
pub(super) struct Link {
    outgoing: mpsc::UnboundedSender<String>,
}

/// Opens connections, which all report to one place.
pub(super) struct Opener {
    dialer: Dialer,
    incoming: mpsc::UnboundedSender<Input>,
}

impl Opener {
    /// What opens connections, and where all of them tell what happens.
    pub fn new(dialer: Dialer) -> (Self, mpsc::UnboundedReceiver<Input>) {
        let (incoming, happened) = mpsc::unbounded_channel();
        (Self { dialer, incoming }, happened)
    }

    pub fn open(&self, carrier: Carrier, url: String, attempt: Attempt) -> Link {
        let (outgoing, sent) = mpsc::unbounded_channel();
        let incoming = self.incoming.clone();
        match carrier {
            Carrier::WebSocket => {
                tokio::spawn(socket::run((self.dialer.clone(), url), attempt, sent, incoming));
            }
            Carrier::ServerSentEvents | Carrier::LongPolling | Carrier::Polling => {
                tokio::spawn(requests::run((carrier, url), attempt, sent, incoming));
            }
        }
        Link { outgoing }
    }
}

impl Link {
    /// Sends a text frame. On a connection that is closing nothing happens, and its close is reported.
    pub fn send(&self, text: String) {
        let _ = self.outgoing.send(text);
    }
}
