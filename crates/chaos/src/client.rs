//! A client without a page: the shipping replica and channel client, joined as the page joins them, on a device and behind a proxy.
//! It can be dropped at any moment and started again from its device.

mod patience;
mod talk;

use crate::defect::Defect;
use crate::device::{Device, Tab};
use crate::http::Http;
use crate::person::Person;
use crate::witness::Witness;
use backlog::{Digest, Epoch, Mid, ProjectId, Version};
use std::net::SocketAddr;
use std::sync::Arc;
use talk::Talk;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Where a client lives; it outlives the client.
#[derive(Clone, Debug)]
pub struct Home {
    /// Its number.
    pub client: usize,
    /// Whether it is the one of its device in which the person sees to what needs attention.
    pub role: Role,
    /// What keeps its commands.
    pub device: Device,
    /// The way to the server.
    pub proxy: SocketAddr,
    /// The visitor's cookie.
    pub cookie: Arc<str>,
    /// The project.
    pub project: ProjectId,
    /// Who sees all.
    pub witness: Witness,
    /// A rule that the client breaks.
    pub defect: Option<Defect>,
}

/// Which tab of its browser a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The one in front.
    Front,
    /// Another one.
    Behind,
}

/// A running client. Dropped, it is gone at once, with whatever it was doing.
#[derive(Debug)]
pub struct Client {
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
}

/// Where a client stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The version of its base.
    pub version: Option<Version>,
    /// The life of the database that the base is of.
    pub epoch: Option<Epoch>,
    /// The digest of its base.
    pub base: Option<Digest>,
    /// The digest of what it shows.
    pub view: Option<Digest>,
    /// Its commands that the server has not told the fate of.
    pub pending: Vec<Mid>,
    /// Its commands that are laid over the base.
    pub overlay: usize,
    /// Its commands that a restore took away and that its person has not given again.
    pub lost: usize,
}

/// What to do.
#[derive(Debug)]
enum Order {
    Act,
    SeeTo,
    Save,
    Tell(oneshot::Sender<Standing>),
}

impl Home {
    fn http(&self) -> Http {
        Http::new(self.proxy, Some(self.cookie.clone()))
    }

    fn tab(&self) -> Tab {
        Tab(self.client)
    }
}

impl Client {
    /// Starts from what the device holds. The person goes on from life to life.
    pub fn start(home: Home, person: Person) -> Client {
        let (orders, taken) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            let witness = home.witness.clone();
            let client = home.client;
            if let Err(error) = Talk::new(home, person).run(taken).await {
                witness.note(format!("client {client} ended: {error}"));
            }
        });
        Client { orders, task }
    }

    /// The person does something.
    pub fn act(&self) {
        self.order(Order::Act);
    }

    /// The person sees to the first thing that needs attention.
    pub fn see_to(&self) {
        self.order(Order::SeeTo);
    }

    /// It is a good moment to write the base to the device.
    pub fn save(&self) {
        self.order(Order::Save);
    }

    /// Where it stands; none where it has ended.
    pub async fn standing(&self) -> Option<Standing> {
        let (tell, told) = oneshot::channel();
        self.order(Order::Tell(tell));
        told.await.ok()
    }

    fn order(&self, order: Order) {
        // One that has ended is found out by its standing.
        let _ = self.orders.send(order);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.task.abort();
    }
}
