//! What fails, and when: the server, the network of each client, the clients themselves, all at once, each from its own source of
//! chance.

use super::Plan;
use super::world::{World, purpose};
use crate::clock;
use crate::dice::Dice;
use crate::proxy::{End, Weather};
use crate::server::Server;
use crate::witness::Count;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

/// Milliseconds between two things that a person does.
const BETWEEN_ACTS: (u64, u64) = (150, 1_200);
/// Milliseconds between two faults of the server.
const BETWEEN_SERVER_FAULTS: (u64, u64) = (2_500, 9_000);
/// Milliseconds between two faults of one client's network.
const BETWEEN_WEATHERS: (u64, u64) = (1_500, 9_000);
/// Milliseconds that a weather lasts.
const WEATHER: (u64, u64) = (500, 7_000);
/// Milliseconds that a killed server, or a dropped client, stays away.
const AWAY: (u64, u64) = (0, 3_000);
/// Milliseconds that a stopped server stands still.
const FROZEN: (u64, u64) = (500, 6_000);
/// Milliseconds from an act to the end of the client that was told to do it.
const MIDDLE: (u64, u64) = (0, 30);
/// Of a hundred acts so many end with the client dropped.
const CRASHES: u64 = 3;
/// Of a hundred runs so many restore a backup.
const RESTORES: usize = 35;
/// And those from there up to here lose what was done after one.
const LOSSES: usize = 55;

/// Lets everything fail until the time is over. The server runs when this returns.
pub(super) async fn rage(world: &World, server: Server, plan: &Plan) -> io::Result<Server> {
    let until = clock::instant() + plan.time;
    let lives = join_all(world, |client| live(world, client, until));
    let weathers = join_all(world, |client| network(world, client, until));
    let (server, _, _) = tokio::join!(torment(world, server, until), lives, weathers);
    server
}

/// Does it for every client at once.
async fn join_all<'a, F: Future<Output = ()> + 'a>(world: &World, work: impl Fn(usize) -> F) {
    let mut all: Vec<_> = (0..world.homes.len()).map(|client| Box::pin(work(client))).collect();
    std::future::poll_fn(|context| {
        all.retain_mut(|one| one.as_mut().poll(context).is_pending());
        match all.is_empty() {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
}

/// A person acts, and now and then their client is dropped and started again.
async fn live(world: &World, client: usize, until: Instant) {
    let mut dice = world.dice(purpose::LIVES, client);
    let mut life = 0;
    while pause(dice.millis(BETWEEN_ACTS.0, BETWEEN_ACTS.1), until).await {
        if dice.percent(CRASHES) {
            // In the middle of something.
            if let Some(client) = &*world.clients[client].lock().await {
                client.act();
            }
            sleep(dice.millis(MIDDLE.0, MIDDLE.1)).await;
            world.drop_client(client).await;
            life += 1;
            sleep(dice.millis(AWAY.0, AWAY.1)).await;
            world.start(client, life).await;
        } else if let Some(client) = &*world.clients[client].lock().await {
            client.act();
            if dice.percent(5) {
                client.save();
            }
        }
    }
}

/// The network of one client changes.
async fn network(world: &World, client: usize, until: Instant) {
    let mut dice = world.dice(purpose::NETWORK, client);
    let proxy = &world.proxies[client];
    while pause(dice.millis(BETWEEN_WEATHERS.0, BETWEEN_WEATHERS.1), until).await {
        let (weather, count) = match dice.below(8) {
            0 | 1 => (Weather::Slow(dice.millis(20, 800)), Count::Slow),
            2 => (Weather::Sliced, Count::Sliced),
            3 => (Weather::HalfOpen, Count::HalfOpen),
            4 => (Weather::Refusing, Count::Refused),
            5 => {
                world.end(client, End::Reset, Count::Resets);
                continue;
            }
            6 => {
                world.end(client, End::Cut, Count::Cuts);
                continue;
            }
            _ => {
                world.end(client, End::Slow, Count::SlowCloses);
                continue;
            }
        };
        world.witness.count(count);
        world.witness.note(format!("network of {client}: {weather:?}"));
        if weather == Weather::Refusing {
            proxy.end(End::Reset);
        }
        proxy.turn(weather);
        pause(dice.millis(WEATHER.0, WEATHER.1), until).await;
        proxy.turn(Weather::Clear);
        // Some of what went silent is told its end when the network is back, some is not.
        if weather == Weather::HalfOpen && dice.percent(50) {
            proxy.end(End::Silent);
        }
    }
}

impl World {
    fn end(&self, client: usize, end: End, count: Count) {
        self.witness.count(count);
        self.witness.note(format!("network of {client}: {end:?}"));
        self.proxies[client].end(end);
    }
}

/// The server is killed, stopped, backed up and restored.
async fn torment(world: &World, mut server: Server, until: Instant) -> io::Result<Server> {
    let mut dice = Dice::new(world.seed, purpose::SERVER);
    let backup = world.homes[0].device.folder().with_file_name("backup.sqlite");
    let mut fate = Fate {
        wanted: match dice.below(100) {
            ..RESTORES => Some(PutBack::Restored),
            RESTORES..LOSSES => Some(PutBack::Lost),
            _ => None,
        },
        backup: None,
    };
    // One kill at least, early, however short the run.
    let early = dice.millis(500, 2_500);
    if pause(early, until).await {
        kill(world, &mut server, &mut dice).await?;
    }
    while pause(dice.millis(BETWEEN_SERVER_FAULTS.0, BETWEEN_SERVER_FAULTS.1), until).await {
        match (dice.below(10), &fate.wanted, &fate.backup) {
            (_, Some(_), None) | (8, None, None) => {
                server.backup(&backup).await?;
                world.witness.count(Count::Backups);
                world.witness.note("backup made");
                fate.backup = Some(backup.clone());
            }
            (0..=6, Some(how), Some(from)) => {
                put_back(world, &mut server, *how, from).await?;
                fate.wanted = None;
            }
            (0..=5, ..) => kill(world, &mut server, &mut dice).await?,
            _ => freeze(world, &server, dice.millis(FROZEN.0, FROZEN.1)).await?,
        }
    }
    Ok(server)
}

/// What is to come of backups.
struct Fate {
    wanted: Option<PutBack>,
    backup: Option<PathBuf>,
}

/// How the database gets back to an earlier time.
#[derive(Clone, Copy, Debug)]
enum PutBack {
    /// On purpose, by the program: a new epoch begins.
    Restored,
    /// By a disk that lost what it had confirmed: nobody is told.
    Lost,
}

async fn kill(world: &World, server: &mut Server, dice: &mut Dice) -> io::Result<()> {
    server.kill().await?;
    world.witness.count(Count::Kills);
    world.witness.note("server killed");
    sleep(dice.millis(AWAY.0, AWAY.1)).await;
    server.resume_from_disk().await?;
    world.witness.note("server started");
    Ok(())
}

async fn freeze(world: &World, server: &Server, time: Duration) -> io::Result<()> {
    server.freeze()?;
    world.witness.count(Count::Freezes);
    world.witness.note("server stopped");
    sleep(time).await;
    server.thaw()?;
    world.witness.note("server goes on");
    Ok(())
}

async fn put_back(world: &World, server: &mut Server, how: PutBack, from: &Path) -> io::Result<()> {
    match how {
        PutBack::Restored => {
            server.end().await?;
            server.restore(from).await?;
            world.witness.count(Count::Restores);
        }
        PutBack::Lost => {
            server.kill().await?;
            server.put_back(from)?;
            world.witness.count(Count::Losses);
        }
    }
    world.witness.note(format!("database {how:?}"));
    server.resume_from_disk().await?;
    world.witness.note("server started");
    Ok(())
}

/// Waits, but not beyond the end. Whether there is time left.
async fn pause(time: Duration, until: Instant) -> bool {
    let then = clock::instant() + time;
    sleep_until(then.min(until)).await;
    then < until
}
