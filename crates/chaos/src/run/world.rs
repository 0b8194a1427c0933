//! What a run takes place in: one project, devices, clients and the network of each.

use super::Plan;
use crate::client::{Client, Home, Role};
use crate::clock;
use crate::defect::Defect;
use crate::device::Device;
use crate::dice::Dice;
use crate::http::{ApiError, Http};
use crate::person::Person;
use crate::proxy::Proxy;
use crate::witness::{Count, Witness};
use backlog::api::{NewProject, SyncRequest};
use backlog::{Command, Hash, Mid, Name, Project, ProjectId, Sent, Version};
use replica::Loaded;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use tokio::sync::Mutex;

/// Stories that are there from the beginning.
const STORIES: usize = 20;
/// Every so many clients one is another tab of the device before it.
const TABS: usize = 3;

/// The sources of chance of a run, by purpose.
pub(super) mod purpose {
    pub const WORLD: u64 = 1;
    pub const SERVER: u64 = 2;
    pub const SETUP: u64 = 3;
    /// And one for each client.
    pub const NETWORK: u64 = 1_000;
    pub const LINKS: u64 = 2_000;
    pub const LIVES: u64 = 3_000;
    /// And one for each life of each client.
    pub const PERSON: u64 = 1_000_000;
}

/// What a run takes place in.
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) defect: Option<Defect>,
    pub(super) witness: Witness,
    pub(super) project: ProjectId,
    /// What the project is called at first.
    pub(super) name: Name,
    /// Of someone who is no client and goes no way that fails.
    pub(super) observer: Http,
    pub(super) homes: Vec<Home>,
    pub(super) proxies: Vec<Proxy>,
    pub(super) clients: Vec<Mutex<Option<Client>>>,
}

impl World {
    pub(super) async fn make(plan: &Plan, folder: &Path, server: SocketAddr) -> io::Result<World> {
        let seed = plan.seed;
        let mut dice = Dice::new(seed, purpose::WORLD);
        let count = plan.clients.unwrap_or_else(|| 5 + dice.below(6)).max(1);
        let project = ProjectId(dice.bits());
        let witness = Witness::default();
        let observer = visitor(server).await?;
        let name = Name::new("Chaos").map_err(|problem| io::Error::other(problem.to_string()))?;
        let new = NewProject {
            id: project,
            name: name.clone(),
        };
        begin(&observer, new, seed, &witness).await?;
        let mut world = World {
            seed,
            defect: plan.defect,
            witness,
            project,
            name,
            observer,
            homes: Vec::new(),
            proxies: Vec::new(),
            clients: Vec::new(),
        };
        for client in 0..count {
            world.settle(client, folder, server).await?;
        }
        world.witness.note(format!("{count} clients at work"));
        Ok(world)
    }

    /// Gives a client a home and starts it there.
    async fn settle(&mut self, client: usize, folder: &Path, server: SocketAddr) -> io::Result<()> {
        let proxy = Proxy::open(server, self.dice(purpose::LINKS, client)).await?;
        let behind = client % TABS == TABS - 1;
        let (device, cookie) = match self.homes.last().filter(|_| behind) {
            Some(other) => (other.device.clone(), other.cookie.clone()),
            None => {
                let device = Device::open(&folder.join(format!("device-{client}")))?;
                let (_, cookie) = Http::new(server, None).session().await.map_err(unusable)?;
                (
                    device,
                    cookie.ok_or_else(|| io::Error::other("a session without a cookie"))?,
                )
            }
        };
        self.homes.push(Home {
            client,
            role: if behind { Role::Behind } else { Role::Front },
            device,
            proxy: proxy.address(),
            cookie,
            project: self.project,
            witness: self.witness.clone(),
            defect: self.defect,
        });
        self.proxies.push(proxy);
        self.clients.push(Mutex::new(None));
        self.start(client, 0).await;
        Ok(())
    }

    pub(super) fn dice(&self, purpose: u64, client: usize) -> Dice {
        Dice::new(self.seed, purpose + client as u64)
    }

    /// Starts a life of a client.
    pub(super) async fn start(&self, client: usize, life: usize) {
        let dice = self.dice(purpose::PERSON, client * 1_000 + life);
        let person = Person::new(format!("{client}.{life}"), dice);
        let started = Client::start(self.homes[client].clone(), person);
        *self.clients[client].lock().await = Some(started);
    }

    /// Drops a client in the middle of whatever it does.
    pub(super) async fn drop_client(&self, client: usize) {
        self.clients[client].lock().await.take();
        self.witness.count(Count::Crashes);
        self.witness.note(format!("client {client} dropped"));
    }

    /// The end of all clients, and what their devices keep then, by the number of the client in front.
    pub(super) async fn close(&self) -> Vec<(usize, Loaded)> {
        for client in &self.clients {
            client.lock().await.take();
        }
        let mut devices = Vec::new();
        for home in self.homes.iter().filter(|home| home.role == Role::Front) {
            match home.device.load().await {
                Ok(loaded) => devices.push((home.client, loaded)),
                Err(error) => self.witness.note(format!("device {}: {error}", home.client)),
            }
        }
        devices
    }
}

/// A visitor who goes straight to the server.
async fn visitor(server: SocketAddr) -> io::Result<Http> {
    let (_, cookie) = Http::new(server, None).session().await.map_err(unusable)?;
    Ok(Http::new(server, cookie))
}

/// Begins the project, with some stories that must still be there at the end.
async fn begin(http: &Http, new: NewProject, seed: u64, witness: &Witness) -> io::Result<()> {
    let project = new.id;
    http.create_project(&new).await.map_err(unusable)?;
    let empty = Project::new(new.name, clock::now());
    let mut person = Person::new("the founder".to_owned(), Dice::new(seed, purpose::SETUP));
    let commands: Vec<Command> = (0..STORIES).filter_map(|_| person.wish(&empty)).collect();
    let commands: Vec<Sent> = commands
        .into_iter()
        .map(|command| Sent {
            mid: Mid(person.dice().bits()),
            base: 0,
            command,
        })
        .collect();
    for sent in &commands {
        witness.given(usize::MAX, sent.mid, &sent.command);
        witness.kept(sent.mid);
    }
    let request = SyncRequest {
        since: Some(beginning(project)),
        commands,
        ..SyncRequest::default()
    };
    http.sync(project, &request, None).await.map_err(unusable)?;
    Ok(())
}

/// The version of a project to which nothing has happened.
pub(super) fn beginning(project: ProjectId) -> Version {
    Version {
        rev: 0,
        hash: Hash::genesis(project),
    }
}

fn unusable(error: ApiError) -> io::Error {
    io::Error::other(format!("the server is of no use: {error:?}"))
}
