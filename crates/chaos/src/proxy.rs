//! The network between a client and the server: a TCP proxy that can be slow, cut, half open, or refuse. Knows bytes and
//! connections; nothing of what they say.

mod link;

use crate::dice::Dice;
use link::Link;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Before the next attempt to accept a connection where one failed.
const BREATH: Duration = Duration::from_millis(20);

/// How the network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything passes.
    Clear,
    /// Each piece waits for up to so long.
    Slow(Duration),
    /// Everything passes in pieces of a few bytes.
    Sliced,
    /// Connections are accepted and kept open, and nothing passes in either direction. What was sent is lost, so that such a
    /// connection never works again: it stays silent until its end is told.
    HalfOpen,
    /// Connections are reset as soon as they are made.
    Refusing,
}

/// How connections end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// In good order, in both directions at once.
    Cut,
    /// By a reset: what was under way is lost.
    Reset,
    /// One direction after the other, some time apart.
    Slow,
    /// Those through which nothing passes any more are reset.
    Silent,
}

/// A proxy in front of a server; it ends when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
    ends: broadcast::Sender<End>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A proxy on a free port in front of that server.
    ///
    /// # Errors
    /// When there is no port to be had.
    pub async fn open(server: SocketAddr, dice: Dice) -> io::Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (weather, _) = watch::channel(Weather::Clear);
        let (ends, _) = broadcast::channel(16);
        let accepting = tokio::spawn(accept(listener, server, (weather.clone(), ends.clone()), dice));
        Ok(Proxy {
            address,
            weather,
            ends,
            accepting,
        })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The network is like this from now on.
    pub fn turn(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// Ends the connections that there are.
    pub fn end(&self, end: End) {
        // There may be none.
        let _ = self.ends.send(end);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.end(End::Reset);
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    (weather, ends): (watch::Sender<Weather>, broadcast::Sender<End>),
    mut dice: Dice,
) {
    // An error is of one connection, such as one that was reset before it was taken, or of a machine out of sockets.
    loop {
        let Ok((client, _)) = listener.accept().await else {
            sleep(BREATH).await;
            continue;
        };
        if *weather.borrow() == Weather::Refusing {
            let _ = client.set_zero_linger();
            continue;
        }
        let dice = Dice::new(dice.roll(), 0);
        let (weather, ends) = (weather.subscribe(), ends.subscribe());
        tokio::spawn(async move {
            match TcpStream::connect(server).await {
                Ok(server) => Link::new(weather, dice).run(client, server, ends).await,
                // A server that is down refuses, and so does the way to it.
                Err(_) => drop(client.set_zero_linger()),
            }
        });
    }
}

#[cfg(test)]
mod tests;
