//! `/auth/provider`: what holds against a provider that says anything. The real one is asked by the tests in browsers.

mod liar;

use crate::site::{Answer, Site, Visitor};
use backlog::id::Bits128;
use backlog::person::Email;
use backlog::{Actor, ActorId, Millis, Name};
use liar::Liar;
use serde_json::{Value, json};
use std::collections::HashMap;
use truestory_server::config::{Entrance, Outside, Provider};
use truestory_server::store::{NewHolder, NewSession, TokenHash};

const CALLBACK: &str = "/auth/provider/callback";
const NOW: Millis = Millis(0);

fn outside(liar: &Liar) -> Outside {
    Outside {
        provider: Some(Provider {
            issuer: liar.issuer.clone(),
            client_id: liar::CLIENT_ID.into(),
            client_secret: liar::CLIENT_SECRET.into(),
            name: "Example".into(),
            sign_up: true,
        }),
        ..Outside::default()
    }
}

fn entrance() -> Entrance {
    Entrance {
        url: Some("http://backlog.test".into()),
        ..Entrance::default()
    }
}

fn holder(number: u128, name: &str, email: &str) -> NewHolder {
    NewHolder {
        actor: Actor {
            id: ActorId(Bits128(number)),
            name: Name::new(name).expect("a name"),
        },
        email: Email::new(email).expect("an address"),
        password: Some("$argon2id$of-a-password".into()),
    }
}

/// A server whose administrator is Root, with that provider.
async fn site_with(outside: Outside) -> Site {
    let site = Site::speaking_to(outside, entrance()).await;
    let root = holder(1, "Root", "root@example.com");
    let store = &site.parts().app.store;
    store
        .add_first_account(&root, NOW)
        .await
        .expect("the store")
        .expect("the first");
    site
}

async fn site(liar: &Liar) -> Site {
    site_with(outside(liar)).await
}

/// Someone on the way to the provider.
struct Traveller {
    visitor: Visitor,
    asked: HashMap<String, String>,
}

impl Traveller {
    async fn sets_out(site: &Site, path: &str) -> Traveller {
        let mut visitor = site.stranger();
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let address = url::Url::parse(answer.header("location")).expect("the provider's address");
        visitor.header("cookie", &answer.cookies());
        Traveller {
            visitor,
            asked: address.query_pairs().into_owned().collect(),
        }
    }

    /// Comes back with what the provider says under these claims.
    async fn comes_back(&self, liar: &Liar, claims: Value) -> Answer {
        liar.vouches(&self.asked["nonce"], claims);
        let state = &self.asked["state"];
        self.visitor.get(&format!("{CALLBACK}?code=a-code&state={state}")).await
    }
}

/// What becomes of somebody new for whom the provider says that.
async fn becomes(site: &Site, liar: &Liar, claims: Value) -> Answer {
    let traveller = Traveller::sets_out(site, "/auth/provider").await;
    traveller.comes_back(liar, claims).await
}

#[track_caller]
fn fails(answer: &Answer, code: &str) {
    let expected = (303, format!("/sign-in?failed={code}"));
    assert_eq!((answer.status, answer.header("location").to_owned()), expected);
    assert_eq!(answer.cookies(), "truestory_provider=");
}

/// Who is signed in by the cookies of that answer.
async fn session(site: &Site, answer: &Answer) -> Value {
    let mut visitor = site.stranger();
    visitor.header("cookie", &answer.cookies());
    visitor.get("/api/session").await.body
}

fn ada() -> Value {
    json!({"sub": "s-ada", "email": "Ada@example.com", "email_verified": true, "name": "Ada"})
}

#[tokio::test]
async fn one_is_sent_to_the_provider() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let answer = site.stranger().get("/auth/provider").await;
    let address = answer.header("location");
    assert!(address.starts_with(&format!("{}/authorize?", liar.issuer)), "{address}");
    assert_eq!(answer.header("cache-control"), "no-store");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"),
        "{cookie}"
    );
    let Traveller { asked, .. } = Traveller::sets_out(&site, "/auth/provider").await;
    let fixed = [
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "code_challenge_method",
    ];
    assert_eq!(
        fixed.map(|name| &*asked[name]),
        [
            "code",
            "truestory",
            "http://backlog.test/auth/provider/callback",
            "openid email profile",
            "S256"
        ]
    );
    let random = ["state", "nonce", "code_challenge"];
    assert_eq!(random.map(|name| asked[name].len()), [64, 64, 43]);
    let welcome = site.stranger().get("/api/welcome").await;
    assert_eq!(welcome.body["provider"], "Example");
}

#[tokio::test]
async fn whoever_is_new_gets_an_account_and_keeps_it() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let traveller = Traveller::sets_out(&site, "/auth/provider?to=/projects/1").await;
    let arrived = traveller.comes_back(&liar, ada()).await;
    assert_eq!((arrived.status, arrived.header("location")), (303, "/projects/1"));
    let first = session(&site, &arrived).await;
    assert_eq!(
        (&first["actor"]["name"], &first["kind"]),
        (&json!("Ada"), &json!("account"))
    );
    // What the exchange was made of: the code is worth nothing without what only this server knows.
    let exchange = liar.exchange();
    assert_eq!(
        (&*exchange["code"], &*exchange["grant_type"]),
        ("a-code", "authorization_code")
    );
    assert_eq!(
        liar::challenge(&exchange["code_verifier"]),
        traveller.asked["code_challenge"]
    );
    // The provider may call her otherwise, and know another address: she is who she is.
    let renamed = json!({"sub": "s-ada", "email": "lovelace@example.com", "email_verified": true, "name": "Lovelace"});
    let again = becomes(&site, &liar, renamed).await;
    assert_eq!(session(&site, &again).await["actor"], first["actor"]);
}

#[tokio::test]
async fn what_proves_nobody_lets_nobody_in() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    for (lie, claims) in [
        ("another nonce", json!({"nonce": "0".repeat(64)})),
        ("no nonce", json!({"nonce": null})),
        ("another audience", json!({"aud": "another"})),
        ("one audience too many", json!({"aud": ["truestory", "another"]})),
        ("another issuer", json!({"iss": "https://accounts.example.com"})),
        ("too late", json!({"exp": 1_000_000_000})),
        ("another key", json!({"test:key": "another"})),
        ("no signature", json!({"test:algorithm": "none"})),
        ("another algorithm", json!({"test:algorithm": "HS384"})),
        ("no token", json!({"test:token": false})),
        ("another access token", json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"})),
    ] {
        let mut told = ada();
        told.as_object_mut()
            .expect("an object")
            .extend(claims.as_object().expect("an object").clone());
        let answer = becomes(&site, &liar, told).await;
        assert_eq!(answer.header("location"), "/sign-in?failed=unproven", "{lie}");
        fails(&answer, "unproven");
    }
    assert_eq!(becomes(&site, &liar, ada()).await.header("location"), "/");
}

#[tokio::test]
async fn only_who_set_out_comes_back() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let ada_way = Traveller::sets_out(&site, "/auth/provider").await;
    let ben_way = Traveller::sets_out(&site, "/auth/provider").await;
    liar.vouches(&ada_way.asked["nonce"], ada());
    let hers = format!("{CALLBACK}?code=a-code&state={}", ada_way.asked["state"]);
    // Someone else's browser, one that never set out, an answer without a state.
    fails(&ben_way.visitor.get(&hers).await, "expired");
    fails(&site.stranger().get(&hers).await, "expired");
    fails(
        &ada_way.visitor.get(&format!("{CALLBACK}?code=a-code")).await,
        "expired",
    );
    fails(&ada_way.visitor.get(CALLBACK).await, "expired");
    fails(&ada_way.visitor.get(&format!("{hers}&state=again")).await, "expired");
    assert!(liar.exchange().is_empty());
    assert_eq!(ada_way.visitor.get(&hers).await.header("location"), "/");
}

#[tokio::test]
async fn whoever_says_no_there_is_told_so_here() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let traveller = Traveller::sets_out(&site, "/auth/provider").await;
    let path = format!(
        "{CALLBACK}?error=access_denied&error_description=%3Cscript%3E&state={}",
        traveller.asked["state"]
    );
    fails(&traveller.visitor.get(&path).await, "refused");
}

#[tokio::test]
async fn a_provider_that_is_down_stops_nothing_but_itself() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    liar.goes_down();
    fails(&site.stranger().get("/auth/provider").await, "unreachable");
    assert_eq!(site.stranger().get("/api/welcome").await.status, 200);
    liar.comes_up();
    let traveller = Traveller::sets_out(&site, "/auth/provider").await;
    // What it said of itself is known for a while.
    liar.goes_down();
    Traveller::sets_out(&site, "/auth/provider").await;
    fails(&traveller.comes_back(&liar, ada()).await, "unproven");
}

#[tokio::test]
async fn an_account_is_theirs_whose_address_it_is() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let store = &site.parts().app.store;
    let made = holder(2, "Ada", "ada@example.com");
    assert!(store.add_account(&made, NOW).await.expect("the store"));
    let token = "a".repeat(64);
    let before = NewSession {
        id: Bits128(7),
        token: TokenHash::of(&token),
        actor: made.actor.id,
        agent: String::new(),
    };
    let now = truestory_server::ambient::now();
    store.begin_session(&before, now).await.expect("the store");

    let mut unproven = ada();
    unproven["email_verified"] = json!(false);
    fails(&becomes(&site, &liar, unproven).await, "unverified");
    let mut silent = ada();
    silent.as_object_mut().expect("an object").remove("email_verified");
    fails(&becomes(&site, &liar, silent).await, "unverified");
    assert!(store.session(&before.token, now).await.expect("the store").is_some());

    let arrived = becomes(&site, &liar, ada()).await;
    assert_eq!(session(&site, &arrived).await["actor"]["id"], json!(Bits128(2)));
    // Whoever made it before her has no way into it any more.
    assert!(store.session(&before.token, now).await.expect("the store").is_none());
    let holder = store.holder(&made.email).await.expect("the store").expect("an account");
    assert_eq!(holder.password, None);
    let other = json!({"sub": "s-other", "email": "ada@example.com", "email_verified": false});
    fails(&becomes(&site, &liar, other).await, "unverified");
}

#[tokio::test]
async fn an_administrator_keeps_the_password() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let root = json!({"sub": "s-root", "email": "root@example.com", "email_verified": "true"});
    let arrived = becomes(&site, &liar, root).await;
    assert_eq!(session(&site, &arrived).await["actor"]["name"], "Root");
    let email = Email::new("root@example.com").expect("an address");
    let holder = site.parts().app.store.holder(&email).await.expect("the store");
    assert!(holder.is_some_and(|holder| holder.password.is_some()));
}

#[tokio::test]
async fn who_gets_no_account() {
    let liar = Liar::new().await;
    let closed_to_strangers = |sign_up| {
        let mut outside = outside(&liar);
        if let Some(provider) = &mut outside.provider {
            provider.sign_up = sign_up;
        }
        outside
    };
    let site = site_with(closed_to_strangers(false)).await;
    fails(&becomes(&site, &liar, ada()).await, "no-account");
    let root = json!({"sub": "s-root", "email": "root@example.com", "email_verified": true});
    assert_eq!(becomes(&site, &liar, root).await.header("location"), "/");

    let site = site_with(closed_to_strangers(true)).await;
    fails(&becomes(&site, &liar, json!({"sub": "s-1"})).await, "no-email");
    fails(
        &becomes(&site, &liar, json!({"sub": "s-1", "email": "no address"})).await,
        "no-email",
    );
    let arrived = becomes(&site, &liar, ada()).await;
    let ada_id = session(&site, &arrived).await["actor"]["id"].clone();
    let id: Bits128 = serde_json::from_value(ada_id).expect("an id");
    let closed = backlog::api::account::Standing::Closed;
    let store = &site.parts().app.store;
    store.set_standing(ActorId(id), closed).await.expect("the store");
    fails(&becomes(&site, &liar, ada()).await, "closed");
    let another = json!({"sub": "s-ada-2", "email": "ada@example.com", "email_verified": true});
    fails(&becomes(&site, &liar, another).await, "closed");
}

#[tokio::test]
async fn the_first_account_is_made_here() {
    let liar = Liar::new().await;
    let site = Site::speaking_to(outside(&liar), entrance()).await;
    fails(&becomes(&site, &liar, ada()).await, "fresh");
    assert!(site.parts().app.store.is_fresh().await.expect("the store"));
}

#[tokio::test]
async fn an_address_is_asked_for_once_more() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    liar.tells_later(json!({"sub": "s-ada", "email": "ada@example.com", "email_verified": true}));
    let arrived = becomes(&site, &liar, json!({"sub": "s-ada", "name": "Ada"})).await;
    assert_eq!(session(&site, &arrived).await["actor"]["name"], "Ada");
    // What it tells of another is not hers.
    liar.tells_later(json!({"sub": "s-root", "email": "root@example.com", "email_verified": true}));
    fails(&becomes(&site, &liar, json!({"sub": "s-eve"})).await, "unreachable");
}

/// Whoever makes up both halves of a journey does not make this server ask the provider for ever.
#[tokio::test]
async fn what_fails_too_often_has_to_wait() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    for _ in 0..30 {
        fails(&becomes(&site, &liar, json!({"sub": "s-eve"})).await, "no-email");
    }
    liar.goes_down();
    fails(&becomes(&site, &liar, ada()).await, "too-many");
}

#[tokio::test]
async fn a_journey_ends_on_this_site() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    for elsewhere in [
        "//elsewhere.test/",
        "https://elsewhere.test/",
        "/%5Celsewhere.test/",
        "/api/session",
    ] {
        let traveller = Traveller::sets_out(&site, &format!("/auth/provider?to={elsewhere}")).await;
        assert_eq!(traveller.comes_back(&liar, ada()).await.header("location"), "/");
    }
}

#[tokio::test]
async fn whoever_was_signed_in_before_is_not_any_more() {
    let liar = Liar::new().await;
    let site = site(&liar).await;
    let arrived = becomes(&site, &liar, ada()).await;
    let mut traveller = Traveller::sets_out(&site, "/auth/provider").await;
    let kept = arrived.cookies();
    let kept = kept.split("; ").filter(|cookie| !cookie.ends_with('='));
    let mine = traveller.visitor.cookie();
    let cookies: Vec<&str> = kept.chain([&*mine]).collect();
    let cookies = cookies.join("; ");
    traveller.visitor.header("cookie", &cookies);
    let ben = json!({"sub": "s-ben", "email": "ben@example.com", "email_verified": true, "name": "Ben"});
    let ben = traveller.comes_back(&liar, ben).await;
    assert_eq!(session(&site, &ben).await["actor"]["name"], "Ben");
    assert_eq!(
        session(&site, &arrived).await["error"],
        "no session: GET /api/welcome says how to come in"
    );
}

#[tokio::test]
async fn behind_tls_the_cookie_insists_on_it() {
    let liar = Liar::new().await;
    let secure = Entrance {
        url: Some("https://backlog.test".into()),
        ..Entrance::default()
    };
    let site = Site::speaking_to(outside(&liar), secure).await;
    let answer = site.stranger().get("/auth/provider").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-truestory_provider="), "{cookie}");
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=600"),
        "{cookie}"
    );
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_one() {
    let stranger = Site::new().await.stranger();
    stranger
        .get("/auth/provider")
        .await
        .is_error(404, "there is no such provider");
    stranger.get(CALLBACK).await.is_error(404, "there is no such provider");
}
