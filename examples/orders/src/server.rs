//! The server: who is signed in (by a cookie), the orders over HTTP, and each change triggered: on the channel of all orders, on that
//! of the order, and for whom it is given to. Knows HTTP and the hub; what may be changed is the store's to say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever started the program is told its address, or why it ended"
)]

use std::{
    collections::HashMap,
    future, io,
    process::ExitCode,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use axum::{
    Form, Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use pusher_hub::{
    App, Authorization, HubConfig, HubHandle, HubServer, ServerConfig, Trigger, UserAuthorization,
    protocol::{ChannelName, EventName, SocketId},
};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::store::{MOST_ORDERS, Refusal, Store};
use crate::wire::{self, Assigned, Deleted, Edit, Order, Person, Snapshot, Title};

/// Longest body, in bytes: a legal order fits many times.
const LONGEST_BODY: usize = 8 * 1024;
/// Most tokens that are remembered at a time.
const MOST_TOKENS: usize = 1_000;
/// The cookie that holds a person's token. Each port of a host sees the others' cookies, so it has the example's name.
const COOKIE: &str = "example-orders";

/// Orders that are there from the start.
const FIRST: [&str; 3] = ["40 chairs", "A table of oak", "Shelves for the school"];

type Shared = State<Arc<Workshop>>;

struct Workshop {
    store: Mutex<Store>,
    /// Ids of the crew by their secret tokens.
    tokens: Mutex<HashMap<String, Person>>,
    hub: HubHandle,
}

/// Why a request was not answered as it was meant.
enum Failure {
    /// The cookie is missing, or from before the server was started.
    SignedOut,
    /// There are too many tokens.
    Crowded,
    /// The request makes no sense.
    Senseless(&'static str),
    /// The store refused it.
    Refused(Refusal),
}

/// Serves until it is ended from outside: `example-orders FOLDER [ADDRESS]`.
#[tokio::main(flavor = "current_thread")]
pub async fn run() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: example-orders FOLDER [ADDRESS], where FOLDER holds the built page");
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
    let app = App::new("orders", wire::KEY, &secret());
    let hub = HubServer::start(ServerConfig::new(HubConfig::new(vec![app.clone()])));
    let routes = Router::new()
        .route("/api/me", get(me).post(sign_in).delete(sign_out))
        .route("/api/orders", get(list).post(create))
        .route("/api/orders/{id}", get(one).put(edit).delete(delete))
        .route("/pusher/auth", post(authorize))
        .route("/pusher/user-auth", post(authenticate))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(Arc::new(Workshop::new(hub.handle(&app))))
        .merge(hub.router())
        .fallback_service(ServeDir::new(folder));
    let listener = TcpListener::bind(address).await?;
    println!("the orders are at http://{}", listener.local_addr()?);
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

impl Workshop {
    fn new(hub: HubHandle) -> Self {
        let mut store = Store::new(milliseconds());
        for title in FIRST {
            let title = Title::new(title).expect("the first titles are legal");
            store.create(title).expect("there is room for the first orders");
        }
        Self {
            store: Mutex::new(store),
            tokens: Mutex::default(),
            hub,
        }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tokens(&self) -> MutexGuard<'_, HashMap<String, Person>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visitor(&self, cookies: &CookieJar) -> Result<Person, Failure> {
        let token = cookies.get(COOKIE).ok_or(Failure::SignedOut)?;
        self.tokens().get(token.value()).cloned().ok_or(Failure::SignedOut)
    }

    /// Tells who hears these channels. Never waits, so it is called while the store is locked: events leave in the order of their
    /// revisions.
    fn tell(&self, channels: &[&str], event: &str, data: &impl Serialize) {
        let channel = |name: &&str| ChannelName::new(name).expect("the names of the channels are legal");
        let event = EventName::new(event).expect("the names of the events are legal");
        let data = serde_json::to_string(data).expect("an order has a form in JSON");
        let trigger = Trigger::on_channels(channels.iter().map(channel).collect(), event, data);
        let trigger = trigger.expect("a legal order is far smaller than an event may be");
        if let Err(error) = self.hub.trigger(trigger) {
            // The change holds all the same: who missed the event notices at the next one.
            eprintln!("an event was not triggered: {error}");
        }
    }
}

async fn me(State(workshop): Shared, cookies: CookieJar) -> Result<Json<Person>, Failure> {
    Ok(Json(workshop.visitor(&cookies)?))
}

/// A real program asks for a password here.
async fn sign_in(
    State(workshop): Shared,
    cookies: CookieJar,
    Json(id): Json<String>,
) -> Result<(CookieJar, Json<Person>), Failure> {
    let name = wire::name_of(&id).ok_or(Failure::Senseless("There is nobody of that name."))?;
    let person = Person {
        id,
        name: name.to_owned(),
    };
    let token = secret();
    let mut tokens = workshop.tokens();
    if tokens.len() >= MOST_TOKENS {
        return Err(Failure::Crowded);
    }
    tokens.insert(token.clone(), person.clone());
    Ok((cookies.add(cookie(token)), Json(person)))
}

async fn sign_out(State(workshop): Shared, cookies: CookieJar) -> (CookieJar, StatusCode) {
    if let Some(token) = cookies.get(COOKIE) {
        workshop.tokens().remove(token.value());
    }
    (cookies.remove(cookie(String::new())), StatusCode::NO_CONTENT)
}

fn cookie(token: String) -> Cookie<'static> {
    let cookie = Cookie::build((COOKIE, token)).path("/");
    cookie.http_only(true).same_site(SameSite::Strict).build()
}

async fn list(State(workshop): Shared, cookies: CookieJar) -> Result<Json<Snapshot>, Failure> {
    workshop.visitor(&cookies)?;
    Ok(Json(workshop.store().snapshot()))
}

async fn one(State(workshop): Shared, cookies: CookieJar, Path(id): Path<u32>) -> Result<Json<Order>, Failure> {
    workshop.visitor(&cookies)?;
    Ok(Json(workshop.store().order(id)?))
}

async fn create(State(workshop): Shared, cookies: CookieJar, Json(title): Json<Title>) -> Result<Json<Order>, Failure> {
    workshop.visitor(&cookies)?;
    let mut store = workshop.store();
    let order = store.create(title)?;
    workshop.tell(&[wire::ALL], wire::CREATED, &order);
    Ok(Json(order))
}

async fn edit(
    State(workshop): Shared,
    cookies: CookieJar,
    Path(id): Path<u32>,
    Json(edit): Json<Edit>,
) -> Result<Json<Order>, Failure> {
    let person = workshop.visitor(&cookies)?;
    let mut store = workshop.store();
    let before = store.order(id)?.owner;
    let order = store.edit(id, edit)?;
    workshop.tell(&[wire::ALL, &wire::channel_of(id)], wire::UPDATED, &order);
    let given = order.owner.as_ref().filter(|owner| before.as_ref() != Some(*owner));
    if let Some(owner) = given.filter(|owner| **owner != person.id) {
        let (order, by) = (order.clone(), person.name);
        workshop.tell(
            &[&format!("#server-to-user-{owner}")],
            wire::ASSIGNED,
            &Assigned { order, by },
        );
    }
    Ok(Json(order))
}

async fn delete(State(workshop): Shared, cookies: CookieJar, Path(id): Path<u32>) -> Result<Json<Deleted>, Failure> {
    workshop.visitor(&cookies)?;
    let mut store = workshop.store();
    let deleted = store.delete(id)?;
    workshop.tell(&[wire::ALL, &wire::channel_of(id)], wire::DELETED, &deleted);
    Ok(Json(deleted))
}

#[derive(Deserialize)]
struct AuthorizationForm {
    socket_id: String,
    channel_name: String,
}

/// Lets one of the crew hear the orders.
async fn authorize(
    State(workshop): Shared,
    cookies: CookieJar,
    Form(form): Form<AuthorizationForm>,
) -> Result<Json<Authorization>, Failure> {
    workshop.visitor(&cookies)?;
    let socket_id = socket_id(&form.socket_id)?;
    let channel = ChannelName::new(&form.channel_name).ok();
    let channel = channel.filter(|channel| channel.as_str().starts_with(wire::ALL));
    let channel = channel.ok_or(Failure::Senseless(
        "channel_name: only private-orders and private-orders-ID",
    ))?;
    Ok(Json(workshop.hub.app().sign_private(&socket_id, &channel)))
}

#[derive(Deserialize)]
struct AuthenticationForm {
    socket_id: String,
}

/// Says who is behind a connection, so that events for that person reach it.
async fn authenticate(
    State(workshop): Shared,
    cookies: CookieJar,
    Form(form): Form<AuthenticationForm>,
) -> Result<Json<UserAuthorization>, Failure> {
    let person = workshop.visitor(&cookies)?;
    let user = serde_json::json!({ "id": person.id, "user_info": { "name": person.name } }).to_string();
    let socket_id = socket_id(&form.socket_id)?;
    Ok(Json(workshop.hub.app().sign_user(&socket_id, &user)))
}

fn socket_id(text: &str) -> Result<SocketId, Failure> {
    SocketId::parse(text).map_err(|_| Failure::Senseless("socket_id: none of ours"))
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let full = format!("There is room for {MOST_ORDERS} orders; delete one first.");
        let (status, sentence) = match &self {
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "Sign in first."),
            Self::Crowded => (StatusCode::CONFLICT, "Too many are signed in."),
            Self::Senseless(sentence) => (StatusCode::BAD_REQUEST, *sentence),
            Self::Refused(Refusal::Full) => (StatusCode::CONFLICT, full.as_str()),
            Self::Refused(Refusal::Gone) => (StatusCode::NOT_FOUND, "There is no such order."),
            Self::Refused(Refusal::Overtaken) => (
                StatusCode::CONFLICT,
                "Somebody changed the order a moment ago; please look at it again.",
            ),
            Self::Refused(Refusal::Stranger) => (StatusCode::BAD_REQUEST, "There is nobody of that name."),
        };
        (status, sentence.to_owned()).into_response()
    }
}

/// 128 bits that nobody guesses: the app's secret, and each person's token.
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The time since 1970: grows faster than orders change, so a later run begins above all earlier ones.
#[expect(clippy::disallowed_methods, reason = "the driver is where time comes from")]
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
