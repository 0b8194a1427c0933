//! `/api/sign-up`

use crate::mailbox::Mailbox;
use crate::people::{PASSWORD, account, come_in, credentials, own, sign_up, site, site_where};
use crate::site::{Site, Visitor, id};
use backlog::id::Bits128;
use backlog::{ActorId, Millis, ProjectId, Role};
use serde_json::{Value, json};
use truestory_server::config::Entrance;
use truestory_server::store::{Invite, TokenHash};

/// An invitation to project 1, which Ada makes; answers its secret.
async fn invitation(site: &Site, ada: &Visitor, until: i64) -> String {
    let project = json!({"id": id(1), "name": "Alpha"});
    assert_eq!(ada.post("/api/projects", &project).await.status, 200);
    let secret = "5".repeat(64);
    let by = ada.get("/api/session").await.body["actor"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let invite = Invite {
        id: Bits128(0x1),
        token: TokenHash::of(&secret),
        project: ProjectId(Bits128(1)),
        role: Role::Client,
        email: None,
        by: ActorId(by.parse().expect("an id")),
        until: Millis(until),
    };
    let store = &site.parts().app.store;
    store.invite(&invite, Millis(0)).await.expect("it is written");
    secret
}

fn invited(name: &str, secret: &str) -> Value {
    json!({"account": account(name), "invitation": secret})
}

#[tokio::test]
async fn anyone_makes_an_account_where_anyone_may() {
    let (site, _) = site().await;
    assert_eq!(site.stranger().get("/api/welcome").await.body["sign_up"], true);
    let ben = sign_up(&site, "ben").await;
    let account = ben.get("/api/account").await.body;
    assert_eq!(
        (&account["email"], &account["administrator"]),
        (&json!("ben@example.com"), &json!(false))
    );
    assert_eq!(ben.get("/api/projects").await.body["projects"], json!([]));
}

#[tokio::test]
async fn an_invitation_is_needed_where_not_everyone_may() {
    let (site, ada) = site_where(Entrance::default()).await;
    let mut ben = site.stranger();
    let answer = ben.post("/api/sign-up", &json!({"account": account("ben")})).await;
    answer.is_error(403, "invitation: one needs an invitation to make an account here");
    let secret = invitation(&site, &ada, i64::MAX).await;
    let answer = ben.post("/api/sign-up", &invited("ben", &secret)).await;
    come_in(&mut ben, &answer);
    // The account accepts it afterwards: it still stands.
    let projects = ben.get("/api/projects").await;
    assert_eq!(projects.body["projects"], json!([]));
}

#[tokio::test]
async fn an_invitation_that_is_over_is_as_one_that_never_was() {
    let (site, ada) = site_where(Entrance::default()).await;
    let over = invitation(&site, &ada, 1).await;
    let accounts = &site.parts().app.accounts;
    let before = accounts.hashes_computed();
    let mut told = Vec::new();
    for secret in [&*over, "6666", ""] {
        let answer = site.stranger().post("/api/sign-up", &invited("ben", secret)).await;
        answer.is_error(400, "invitation: it was used or taken back, or its time is over");
        told.push(answer.everything());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(accounts.hashes_computed(), before);
}

#[tokio::test]
async fn an_address_has_one_account() {
    let (site, ada) = site().await;
    let accounts = &site.parts().app.accounts;
    let before = accounts.hashes_computed();
    let mut again = account("ada");
    again["email"] = json!(" ADA@example.com ");
    again["password"] = json!("another horse 1816");
    let answer = site.stranger().post("/api/sign-up", &json!({"account": again})).await;
    // Without letters and without an invitation there is no other answer; it costs what making one costs.
    answer.is_error(
        403,
        "email: no account can be made with this address; if you have one, sign in",
    );
    assert_eq!(accounts.hashes_computed() - before, 1);
    let sign_in = credentials("ada", "another horse 1816");
    assert_eq!(site.stranger().post("/api/sign-in", &sign_in).await.status, 401);
    assert_eq!(
        ada.get("/api/accounts").await.body["accounts"]
            .as_array()
            .expect("accounts")
            .len(),
        1
    );
}

#[tokio::test]
async fn the_first_account_is_not_made_like_others() {
    let site = Site::with(Entrance {
        sign_up: true,
        ..Entrance::default()
    })
    .await;
    let answer = site
        .stranger()
        .post("/api/sign-up", &json!({"account": account("ben")}))
        .await;
    answer.is_error(403, "there is no account here yet");
    assert_eq!(site.stranger().get("/api/welcome").await.body["door"], "fresh");
}

#[tokio::test]
async fn where_letters_are_sent_nobody_learns_who_has_an_account() {
    let mut mailbox = Mailbox::open().await;
    let (outside, entrance) = mailbox.settings();
    let entrance = Entrance {
        sign_up: true,
        ..entrance
    };
    let site = Site::speaking_to(outside, entrance).await;
    own(&site).await;
    let stranger = site.stranger();
    let accounts = &site.parts().app.accounts;
    let mut told = Vec::new();
    for name in ["ada", "ben"] {
        let before = accounts.hashes_computed();
        let mut wish = account(name);
        wish["name"] = json!("Someone");
        let answer = stranger.post("/api/sign-up", &json!({"account": wish})).await;
        answer.is_error(403, "almost done: a letter is on its way to that address");
        assert_eq!(accounts.hashes_computed(), before);
        told.push(answer.everything());
    }
    assert_eq!(told[0], told[1]);
    let mut letters = [mailbox.letter().await, mailbox.letter().await];
    letters.sort_by_key(|letter| letter.contains("To: ben@example.com"));
    assert!(
        letters[0].contains("There is one already: sign in with it."),
        "{}",
        letters[0]
    );
    assert!(!letters[0].contains('#'), "no link that sets anything");
    // Until someone reads the mailbox, nobody uses the account, whoever made it.
    assert_eq!(
        stranger
            .post("/api/sign-in", &credentials("ben", PASSWORD))
            .await
            .status,
        401
    );
    let link = letters[1]
        .lines()
        .find_map(|line| line.split_once("/recover#"))
        .expect("a link");
    let mut ben = site.stranger();
    let set = json!({"token": link.1, "password": "bens own horse 7"});
    let answer = ben.post("/api/recover", &set).await;
    come_in(&mut ben, &answer);
    assert_eq!(ben.get("/api/account").await.body["email"], "ben@example.com");
}

#[tokio::test]
async fn many_accounts_from_one_network_take_their_time() {
    let (site, _) = site().await;
    for number in 0..10 {
        let name = format!("ben{number}");
        sign_up(&site, &name).await;
    }
    let answer = site
        .stranger()
        .post("/api/sign-up", &json!({"account": account("cleo")}))
        .await;
    answer.is_error(429, "too many tries");
    assert_eq!(answer.header("retry-after"), "10");
}
