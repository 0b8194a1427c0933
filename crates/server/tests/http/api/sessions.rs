//! `/api/sessions`: where one is signed in.

use crate::people::{PASSWORD, come_in, credentials, sign_up, site};
use crate::site::{Site, Visitor, id};

/// Another browser of someone's, which says of itself what it is.
async fn browser(site: &Site, name: &str, agent: &str) -> Visitor {
    let mut browser = site.stranger();
    browser.header("user-agent", agent);
    let answer = browser.post("/api/sign-in", &credentials(name, PASSWORD)).await;
    come_in(&mut browser, &answer);
    browser
}

/// The agents of someone's sessions, the one that asks with a star.
async fn seen(visitor: &Visitor) -> Vec<String> {
    let answer = visitor.get("/api/sessions").await;
    let sessions = answer.body["sessions"].as_array().expect("sessions").clone();
    let line = |session: &serde_json::Value| {
        let agent = session["agent"].as_str().expect("an agent");
        if session["this"] == true {
            format!("{agent}*")
        } else {
            agent.to_owned()
        }
    };
    let mut lines: Vec<String> = sessions.iter().map(line).collect();
    lines.sort_unstable();
    lines
}

#[tokio::test]
async fn sessions_are_listed_with_what_the_browser_says_of_itself() {
    let (site, ada) = site().await;
    let phone = browser(&site, "ada", "Phone").await;
    browser(&site, "ada", &"x".repeat(1_000)).await;
    assert_eq!(
        seen(&phone).await,
        ["".to_owned(), "Phone*".to_owned(), "x".repeat(200)]
    );
    let answer = ada.get("/api/sessions").await;
    let cookie = phone.cookie();
    let token = cookie
        .split_once('=')
        .expect("a cookie")
        .1
        .split(';')
        .next()
        .expect("a token");
    assert!(!answer.text.contains(token), "an identity opens nothing");
    let first = &answer.body["sessions"][0];
    assert_eq!(first["since"], first["seen"]);
}

#[tokio::test]
async fn one_ends_a_session_elsewhere() {
    let (site, ada) = site().await;
    let phone = browser(&site, "ada", "Phone").await;
    let sessions = ada.get("/api/sessions").await.body;
    let mut ids = sessions["sessions"].as_array().expect("sessions").iter();
    let lost = ids.find(|session| session["agent"] == "Phone").expect("the phone's");
    let path = format!("/api/sessions/{}", lost["id"].as_str().expect("an id"));
    // Nobody else's.
    let ben = sign_up(&site, "ben").await;
    ben.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such session");
    assert_eq!(phone.get("/api/projects").await.status, 200);
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    phone.get("/api/projects").await.is_error(401, "no session");
    ada.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such session");
    assert_eq!(seen(&ada).await, ["*"]);
}

#[tokio::test]
async fn one_ends_all_of_them() {
    let (site, ada) = site().await;
    let phone = browser(&site, "ada", "Phone").await;
    let ben = sign_up(&site, "ben").await;
    let ended = phone.send("DELETE", "/api/sessions", None).await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").starts_with("truestory_session=; "));
    for visitor in [&ada, &phone] {
        visitor.get("/api/session").await.is_error(401, "no session");
    }
    assert_eq!(ben.get("/api/session").await.status, 200);
}

#[tokio::test]
async fn a_path_that_names_no_session_is_told_so() {
    let (_site, ada) = site().await;
    ada.send("DELETE", "/api/sessions/mine", None)
        .await
        .is_error(400, "session id: ");
    let path = format!("/api/sessions/{}", id(1));
    ada.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such session");
}
