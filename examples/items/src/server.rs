//! The server: the table over HTTP, and each change triggered on the channel. Knows HTTP and the hub; what may be changed is the
//! stock's to say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever started the program is told its address, or why it ended"
)]

use std::{
    future, io,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, put},
};
use pusher_hub::{
    App, HubConfig, HubHandle, HubServer, ServerConfig, Trigger,
    protocol::{ChannelName, EventName},
};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::stock::{MOST_ITEMS, Refusal, Stock};
use crate::wire::{self, Change, Content, Save, Snapshot};

/// Longest body, in bytes: a legal item fits many times.
const LONGEST_BODY: usize = 4 * 1024;

/// Items that are there from the start.
const FIRST: [(&str, u32); 4] = [("Bolts M6", 120), ("Washers", 80), ("Wing nuts", 12), ("Pliers", 2)];

type Shared = State<Arc<Shop>>;

struct Shop {
    stock: Mutex<Stock>,
    hub: HubHandle,
}

/// Serves until it is ended from outside: `example-items FOLDER [ADDRESS]`.
#[tokio::main(flavor = "current_thread")]
pub async fn run() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: example-items FOLDER [ADDRESS], where FOLDER holds the built page");
        return ExitCode::from(2);
    };
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    match serve(&folder, &address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(folder: &str, address: &str) -> io::Result<()> {
    let app = App::new("items", wire::KEY, &secret());
    let hub = HubServer::start(ServerConfig::new(HubConfig::new(vec![app.clone()])));
    let routes = Router::new()
        .route("/api/items", get(list).post(add))
        .route("/api/items/{id}", put(save).delete(remove))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(Arc::new(Shop::new(hub.handle(&app))))
        .merge(hub.router())
        .fallback_service(ServeDir::new(folder));
    let listener = TcpListener::bind(address).await?;
    println!("the items are at http://{}", listener.local_addr()?);
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

impl Shop {
    fn new(hub: HubHandle) -> Self {
        let mut stock = Stock::new(milliseconds());
        for (name, quantity) in FIRST {
            let content = Content::new(name, quantity).expect("the first items are legal");
            stock.add(content).expect("there is room for the first items");
        }
        let stock = Mutex::new(stock);
        Self { stock, hub }
    }

    /// Changes the table and tells everybody. Triggering never waits, so it is done while the table is locked: events leave in
    /// the order of their revisions.
    fn change(&self, change: impl FnOnce(&mut Stock) -> Result<Change, Refusal>) -> Result<Json<Change>, Refusal> {
        let mut stock = self.stock.lock().unwrap_or_else(PoisonError::into_inner);
        let change = change(&mut stock)?;
        if let Err(error) = self.hub.trigger(event(&change)) {
            // The change holds all the same: who missed the event notices at the next one.
            eprintln!("revision {} was not announced: {error}", change.rev);
        }
        Ok(Json(change))
    }
}

fn event(change: &Change) -> Trigger {
    let channel = ChannelName::new(wire::CHANNEL).expect("the channel's name is legal");
    let name = EventName::new(wire::CHANGED).expect("the event's name is legal");
    let data = serde_json::to_string(change).expect("a change has no part that JSON lacks");
    Trigger::new(channel, name, data).expect("a legal item is far smaller than an event may be")
}

async fn list(State(shop): Shared) -> Json<Snapshot> {
    let stock = shop.stock.lock().unwrap_or_else(PoisonError::into_inner);
    Json(stock.snapshot())
}

async fn add(State(shop): Shared, Json(save): Json<Save>) -> Result<Json<Change>, Refusal> {
    shop.change(|stock| stock.add(save.content))
}

async fn save(State(shop): Shared, Path(id): Path<u32>, Json(save): Json<Save>) -> Result<Json<Change>, Refusal> {
    shop.change(|stock| stock.save(id, save))
}

async fn remove(State(shop): Shared, Path(id): Path<u32>) -> Result<Json<Change>, Refusal> {
    shop.change(|stock| stock.remove(id))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let full = format!("There is room for {MOST_ITEMS} items; remove one first.");
        match self {
            Self::Full => (StatusCode::CONFLICT, full).into_response(),
            Self::Gone => (StatusCode::NOT_FOUND, "Somebody removed this item.").into_response(),
            Self::Overtaken => (StatusCode::CONFLICT, "Somebody else changed this item meanwhile.").into_response(),
        }
    }
}

/// Nothing is signed here; where something is, whoever knows the secret could sign too.
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The time since 1970: grows faster than revisions are made, so a later run begins above all earlier ones.
#[expect(clippy::disallowed_methods, reason = "the driver is where time comes from")]
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
