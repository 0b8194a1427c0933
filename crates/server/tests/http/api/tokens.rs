//! `/api/tokens`, and what programs may do with them.

use crate::people::{PASSWORD, begin, id_of, member, site};
use crate::site::{Answer, Site, Visitor, id};
use serde_json::{Value, json};

const PROJECTS: &str = "/api/projects";

async fn make(visitor: &Visitor, (reach, projects): (&str, &[u128])) -> Answer {
    let projects: Vec<String> = projects.iter().map(|project| id(*project)).collect();
    let wish = json!({"name": "A script", "reach": reach, "projects": projects});
    visitor.post("/api/tokens", &wish).await
}

/// A program that bears the token that was made.
#[track_caller]
fn program(site: &Site, made: &Answer) -> Visitor {
    assert_eq!(made.status, 200, "{}", made.text);
    let mut program = site.stranger();
    let secret = made.body["secret"].as_str().expect("a token");
    program.header("authorization", &format!("Bearer {secret}"));
    program
}

async fn adds(visitor: &Visitor, (project, number): (u128, u128)) -> Answer {
    let story = json!({"id": id(number), "title": "A story", "type": "chore", "panel": "icebox"});
    let commands = json!([{"mid": id(number), "base": 0, "command": {"create-story": story}}]);
    let path = format!("{PROJECTS}/{}/sync", id(project));
    visitor.post(&path, &json!({"commands": commands})).await
}

async fn reads(visitor: &Visitor, project: u128) -> Answer {
    visitor.get(&format!("{PROJECTS}/{}/changes", id(project))).await
}

fn names(answer: &Answer) -> Vec<&str> {
    let projects = answer.body["projects"].as_array().expect("a list").iter();
    projects.map(|project| project["id"].as_str().expect("an id")).collect()
}

#[tokio::test]
async fn a_token_is_shown_once_and_listed_without_itself() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    begin(&ada, 2).await;
    ada.get("/api/tokens").await.is(200, &json!({"tokens": []}));
    let first = make(&ada, ("read", &[2, 1, 2])).await;
    let second = make(&ada, ("write", &[1])).await.body;
    let secret = first.body["secret"].as_str().expect("a token");
    let (prefix, digits) = secret.split_at(10);
    assert_eq!((prefix, digits.len()), ("truestory_", 64));
    assert!(digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert_eq!(first.body["token"]["projects"], json!([id(1), id(2)]));
    assert_eq!(
        (&first.body["token"]["name"], &first.body["token"]["reach"]),
        (&json!("A script"), &json!("read"))
    );
    let listed = ada.get("/api/tokens").await;
    listed.is(200, &json!({"tokens": [second["token"], first.body["token"]]}));
    assert!(!listed.text.contains(digits));
    // Used, it is known when, to the hour.
    assert_eq!(reads(&program(&site, &first), 1).await.status, 200);
    let seen = ada.get("/api/tokens").await.body["tokens"][1]["seen"].clone();
    assert!(seen.as_i64() >= first.body["token"]["since"].as_i64(), "{seen}");
    assert_eq!(reads(&program(&site, &first), 1).await.status, 200);
    assert_eq!(ada.get("/api/tokens").await.body["tokens"][1]["seen"], seen);
}

#[tokio::test]
async fn a_token_opens_its_projects_alone() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    begin(&ada, 2).await;
    let script = program(&site, &make(&ada, ("write", &[1])).await);
    assert_eq!(names(&script.get(PROJECTS).await), [id(1)]);
    assert_eq!(adds(&script, (1, 101)).await.status, 200);
    reads(&script, 2).await.is_error(404, "there is no such project");
    adds(&script, (2, 102)).await.is_error(404, "there is no such project");
    // What it did, its maker did.
    let changes = reads(&ada, 1).await.body;
    assert_eq!(changes["snapshot"]["stories"][0]["requester"], json!(id_of(&ada).await));
}

#[tokio::test]
async fn a_token_for_reading_changes_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let script = program(&site, &make(&ada, ("read", &[1])).await);
    assert_eq!(reads(&script, 1).await.status, 200);
    let answer = adds(&script, (1, 101)).await.body;
    assert_eq!(answer["outcomes"][0]["fate"], json!({"rejected": "not-allowed"}));
    assert_eq!(answer["role"], "viewer");
    let hook = json!({"url": "https://example.com/"});
    let refused = script.post(&format!("{PROJECTS}/{}/webhooks", id(1)), &hook).await;
    assert_eq!(refused.status, 403, "{}", refused.text);
    assert_eq!(reads(&ada, 1).await.body["rev"], 1);
}

#[tokio::test]
async fn a_token_may_what_its_maker_may_at_that_moment() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let script = program(&site, &make(&ben, ("write", &[1])).await);
    assert_eq!(adds(&script, (1, 101)).await.body["outcomes"][0]["fate"]["applied"], 3);

    let path = format!("{PROJECTS}/{}/members/{}", id(1), id_of(&ben).await);
    assert_eq!(ada.put(&path, &json!({"role": "viewer"})).await.status, 204);
    assert_eq!(reads(&script, 1).await.status, 200);
    let fate = adds(&script, (1, 102)).await.body["outcomes"][0]["fate"].clone();
    assert_eq!(fate, json!({"rejected": "not-allowed"}));

    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    let gone = reads(&script, 1).await;
    gone.is_error(403, "you are not in this project any more");
    assert_eq!(gone.header("x-truestory-gone"), "true");
    assert_eq!(script.get(PROJECTS).await.body, json!({"projects": []}));
}

#[tokio::test]
async fn a_token_opens_no_account() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let script = program(&site, &make(&ada, ("write", &[1])).await);
    for (method, path, body) in [
        ("GET", "/api/account", Value::Null),
        ("GET", "/api/sessions", Value::Null),
        ("GET", "/api/tokens", Value::Null),
        (
            "POST",
            "/api/tokens",
            json!({"name": "More", "reach": "write", "projects": [id(1)]}),
        ),
        (
            "PUT",
            "/api/account/password",
            json!({"present": PASSWORD, "new": "another password 1816"}),
        ),
        ("GET", "/api/accounts", Value::Null),
        ("POST", PROJECTS, json!({"id": id(9), "name": "Nine"})),
    ] {
        let body = Some(&body).filter(|body| !body.is_null());
        let answer = script.send(method, path, body).await;
        answer.is_error(403, "an API token does not open this: sign in");
    }
}

#[tokio::test]
async fn what_is_no_token_of_this_server() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let made = make(&ada, ("read", &[1])).await;
    let secret = made.body["secret"].as_str().expect("a token");
    let bare = secret.strip_prefix("truestory_").expect("what all begin with");
    for header in [
        format!("Bearer truestory_{}", "0".repeat(64)),
        format!("Bearer {bare}"),
        format!("Bearer {secret}0"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
    ] {
        let mut script = site.stranger();
        // Beside a session, too: what it shows is what counts.
        script.header("cookie", &ada.cookie());
        script.header("authorization", &header);
        let answer = reads(&script, 1).await;
        answer.is_error(
            401,
            "Authorization: this is no API token of this server, or it was revoked",
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let mut script = site.stranger();
    script.header("authorization", &format!("bearer {secret}"));
    assert_eq!(reads(&script, 1).await.status, 200);
    // What a proxy before the server asks of browsers is no token.
    let mut browser = site.stranger();
    browser.header("cookie", &ada.cookie());
    browser.header("authorization", "Basic YWRhOmh1c2g=");
    assert_eq!(reads(&browser, 1).await.status, 200);
}

#[tokio::test]
async fn a_revoked_token_opens_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let made = make(&ada, ("write", &[1])).await;
    let script = program(&site, &made);
    let path = format!("/api/tokens/{}", made.body["token"]["id"].as_str().expect("an id"));
    ben.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such token");
    assert_eq!(reads(&script, 1).await.status, 200);
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    assert_eq!(reads(&script, 1).await.status, 401);
    ada.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such token");
}

#[tokio::test]
async fn tokens_are_made_for_own_projects_and_within_limits() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = crate::people::sign_up(&site, "ben").await;
    begin(&ben, 2).await;
    make(&ada, ("read", &[]))
        .await
        .is_error(400, "projects: name at least one");
    make(&ada, ("read", &[1, 2]))
        .await
        .is_error(404, "there is no such project");
    make(&ada, ("read", &[3]))
        .await
        .is_error(404, "there is no such project");
    let many: Vec<u128> = (1..=101).collect();
    make(&ada, ("read", &many))
        .await
        .is_error(400, "projects: 101 given, at most 100");
    make(&ada, ("everything", &[1]))
        .await
        .is_error(400, "unknown variant `everything`");
    for _ in 0..100 {
        assert_eq!(make(&ada, ("read", &[1])).await.status, 200);
    }
    make(&ada, ("read", &[1]))
        .await
        .is_error(400, "tokens: an account has at most 100; revoke one first");
    assert_eq!(make(&ben, ("read", &[2])).await.status, 200);
}

#[tokio::test]
async fn the_security_log_tells_of_tokens() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    let made = make(&ada, ("write", &[1])).await;
    let path = format!("/api/tokens/{}", made.body["token"]["id"].as_str().expect("an id"));
    ada.send("DELETE", &path, None).await;
    let log = ada.get("/api/security-log").await;
    let told = |entry: &Value| {
        format!(
            "{}: {}",
            entry["what"].as_str().unwrap_or(""),
            entry["detail"].as_str().unwrap_or("")
        )
    };
    let entries = log.body["entries"].as_array().expect("entries");
    let newest: Vec<String> = entries.iter().take(2).map(told).collect();
    assert_eq!(
        newest,
        ["token-revoked: A script", "token-made: A script, to read and write"]
    );
    assert!(!log.text.contains(made.body["secret"].as_str().expect("a token")));
}
