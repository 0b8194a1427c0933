//! `/api/projects/{id}/markdown`

use crate::site::{Site, id};
use serde_json::{Value, json};

const PATH: &str = "/api/projects/00000000000000000000000000000001/markdown";

#[tokio::test]
async fn texts_are_rendered_in_order() {
    let visitor = Site::new().await.with_project(1).await;
    let texts = json!({"texts": ["*a*", "", "#7", "a <script>alert(1)</script> [x](javascript:alert(1))"]});
    let html = json!({"html": [
        "<p><em>a</em></p>\n",
        "",
        "<p><a class=\"story-link\" href=\"/projects/00000000000000000000000000000001#story-7\" data-number=\"7\" \
         rel=\"noopener noreferrer nofollow ugc\">#7</a></p>\n",
        "<p>a &lt;script&gt;alert(1)&lt;/script&gt; x</p>\n",
    ]});
    let answer = visitor.post(PATH, &texts).await;
    answer.is(200, &html);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn people_of_the_project_are_known_by_name() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    let session = visitor.put("/api/session", &json!({"name": "Ada Lovelace"})).await;
    let ada = session.body["actor"]["id"].as_str().expect("an id");
    let text = json!({"texts": ["ask @Ada Lovelace"]});
    // Nobody knows who has done nothing yet.
    let plain = json!({"html": ["<p>ask @Ada Lovelace</p>\n"]});
    visitor.post(PATH, &text).await.is(200, &plain);

    let story = json!({"id": id(101), "title": "A story", "type": "bug", "panel": "icebox"});
    let commands = json!([{"mid": id(1), "base": 0, "command": {"create-story": story}}]);
    let sync = PATH.replace("markdown", "sync");
    let answer = visitor.post(&sync, &json!({"commands": commands})).await;
    assert_eq!(answer.body["rev"], 1, "{}", answer.text);
    let known = json!({"html": [
        format!("<p>ask <span class=\"mention\" data-person=\"{ada}\">@Ada Lovelace</span></p>\n"),
    ]});
    visitor.post(PATH, &text).await.is(200, &known);
}

#[tokio::test]
async fn more_than_the_limits_is_refused() {
    let visitor = Site::new().await.with_project(1).await;
    let texts = |texts: Vec<String>| json!({"texts": texts});
    let (most, long) = (vec![String::new(); 100], "ä".repeat(20_000));
    assert_eq!(visitor.post(PATH, &texts(most)).await.status, 200);
    assert_eq!(visitor.post(PATH, &texts(vec![long.clone()])).await.status, 200);

    let too_many = visitor.post(PATH, &texts(vec![String::new(); 101])).await;
    too_many.is_error(400, "texts: 101 given, at most 100");
    let too_long = visitor.post(PATH, &texts(vec!["a".into(), format!("{long}a")])).await;
    too_long.is_error(400, "texts[1], in characters: 20001 given, at most 20000");
    let too_large = visitor.post(PATH, &texts(vec!["a".repeat(20_000); 14])).await;
    too_large.is_error(413, "the body is too large: at most 262144 bytes");
    for (body, says) in [
        (json!({}), "missing field `texts`"),
        (json!({"texts": [1]}), "texts[0]: invalid type"),
        (json!({"texts": [], "as": "x"}), "unknown field `as`"),
        (Value::Null, "invalid type: null"),
    ] {
        visitor.post(PATH, &body).await.is_error(400, says);
    }
}

#[tokio::test]
async fn as_the_other_routes_of_a_project() {
    let site = Site::new().await;
    let mut visitor = site.with_project(1).await;
    let texts = json!({"texts": ["a"]});
    let elsewhere = PATH.replace("1/markdown", "2/markdown");
    visitor
        .post(&elsewhere, &texts)
        .await
        .is_error(404, "there is no such project");
    visitor
        .get(PATH)
        .await
        .is_error(405, "this path does not take that method");
    site.stranger().post(PATH, &texts).await.is_error(401, "no session");
    visitor.header("sec-fetch-site", "cross-site");
    visitor
        .post(PATH, &texts)
        .await
        .is_error(403, "comes from another site's page");
}
