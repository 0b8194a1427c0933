//! One connection through the proxy: two directions, and its end.

use super::{End, Weather};
use crate::dice::Dice;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

const BUFFER: usize = 16 * 1024;
/// Pieces into which what arrives is cut. They grow, so that a large answer takes its time but not minutes.
const PIECES: [usize; 8] = [1, 1, 1, 2, 3, 5, 64, 700];
/// Long enough for the other end to read a piece before the next one comes.
const BETWEEN_PIECES: Duration = Duration::from_millis(2);
/// Milliseconds between the two ends of a slow close.
const SLOW_CLOSE: (u64, u64) = (200, 3_000);

/// What both directions of a connection know.
pub(super) struct Link {
    weather: watch::Receiver<Weather>,
    // Bytes were swallowed: nothing that comes later would make sense to the other end.
    silent: Arc<AtomicBool>,
    dice: Dice,
}

struct Direction {
    from: OwnedReadHalf,
    to: OwnedWriteHalf,
    link: Link,
}

impl Link {
    pub(super) fn new(weather: watch::Receiver<Weather>, dice: Dice) -> Link {
        Link {
            weather,
            silent: Arc::default(),
            dice,
        }
    }

    /// Until both ends are through, or an end is told.
    pub(super) async fn run(mut self, client: TcpStream, server: TcpStream, mut ends: broadcast::Receiver<End>) {
        // Small pieces are the point.
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let mut up = Direction::new(from_client, to_server, self.half());
        let mut down = Direction::new(from_server, to_client, self.half());
        let end = tokio::select! {
            _ = async { tokio::join!(up.pass(), down.pass()) } => return,
            end = self.told(&mut ends) => end,
        };
        match end {
            End::Cut => {}
            End::Reset | End::Silent => {
                up.reset();
                down.reset();
            }
            End::Slow => {
                let _ = down.to.shutdown().await;
                sleep(self.dice.millis(SLOW_CLOSE.0, SLOW_CLOSE.1)).await;
                let _ = up.to.shutdown().await;
                sleep(self.dice.millis(SLOW_CLOSE.0, SLOW_CLOSE.1)).await;
            }
        }
    }

    fn half(&mut self) -> Link {
        Link {
            weather: self.weather.clone(),
            silent: self.silent.clone(),
            dice: Dice::new(self.dice.roll(), 1),
        }
    }

    async fn told(&self, ends: &mut broadcast::Receiver<End>) -> End {
        loop {
            match ends.recv().await {
                Ok(End::Silent) if !self.silent.load(Ordering::Relaxed) => {}
                Ok(end) => return end,
                // So many ends at once, or no proxy any more.
                Err(_) => return End::Reset,
            }
        }
    }
}

impl Direction {
    fn new(from: OwnedReadHalf, to: OwnedWriteHalf, link: Link) -> Direction {
        Direction { from, to, link }
    }

    /// Dropping a socket that does not linger resets it, unless its writing half has said a good end before.
    fn reset(self) {
        let _ = self.from.as_ref().set_zero_linger();
        self.to.forget();
    }

    /// Passes on what comes, until its end. An end passes too, unless the connection has gone silent.
    async fn pass(&mut self) {
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = self.from.read(&mut buffer).await;
            let weather = *self.link.weather.borrow();
            if weather == Weather::HalfOpen {
                self.link.silent.store(true, Ordering::Relaxed);
            }
            let Ok(length @ 1..) = read else { break };
            if self.link.silent.load(Ordering::Relaxed) {
                continue;
            }
            if self.hand_on(&buffer[..length], weather).await.is_err() {
                return;
            }
        }
        if self.link.silent.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        let _ = self.to.shutdown().await;
    }

    async fn hand_on(&mut self, bytes: &[u8], weather: Weather) -> io::Result<()> {
        match weather {
            Weather::Slow(most) => {
                let most = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
                sleep(self.link.dice.millis(most / 4, most)).await;
                self.to.write_all(bytes).await
            }
            Weather::Sliced => self.slice(bytes).await,
            Weather::Clear | Weather::HalfOpen | Weather::Refusing => self.to.write_all(bytes).await,
        }
    }

    async fn slice(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let mut pieces = PIECES.into_iter();
        while !bytes.is_empty() {
            let most = pieces.next().unwrap_or(BUFFER);
            let (piece, rest) = bytes.split_at(most.min(bytes.len()));
            self.to.write_all(piece).await?;
            sleep(BETWEEN_PIECES).await;
            bytes = rest;
        }
        Ok(())
    }
}
