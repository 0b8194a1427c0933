//! `/api/projects/{id}/import`

use crate::site::{Answer, Site, Visitor, id};
use backlog::api::SyncAnswer;
use serde_json::{Value, json};
use truestory_server::config::{BackupArgs, CheckArgs, Folder, RestoreArgs};
use truestory_server::upkeep::{self, Told};

const IMPORT: &str = "/api/projects/00000000000000000000000000000001/import";
const PREVIEW: &str = "/api/projects/00000000000000000000000000000001/import/preview";
const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";
const EXPORT: &str = "Id,Title,Type,Estimate,Current State,Accepted at,Requested By,Owned By,Blocker\n\
    41,Ride,feature,3,accepted,\"Nov 20, 2014\",Grace,Ada,\n\
    42,Pay,feature,5,started,,Ada,,#41\n\
    43,,bug,,,,,,\n";
const BOUNDARY: &str = "a-line-that-stands-in-no-part";

async fn preview(visitor: &Visitor, file: impl Into<axum::body::Body>) -> Answer {
    visitor.send_text("POST", PREVIEW, ("text/csv", file)).await
}

/// A form as browsers send it.
fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in parts {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn send(visitor: &Visitor, parts: &[(&str, &[u8])]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    visitor.send_text("POST", IMPORT, (kind.as_str(), form(parts))).await
}

fn request(number: u128) -> Value {
    json!({"id": id(number), "mid": id(number + 100), "base": 0})
}

async fn import(visitor: &Visitor, request: &Value, file: &str) -> Answer {
    let request = request.to_string();
    send(visitor, &[("import", request.as_bytes()), ("file", file.as_bytes())]).await
}

async fn sync(visitor: &Visitor, body: Value) -> SyncAnswer {
    let answer = visitor.post(SYNC, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("a sync answer")
}

/// The titles of the stories that are not deleted.
async fn titles(visitor: &Visitor) -> Vec<String> {
    let snapshot = sync(visitor, json!({})).await.snapshot.expect("a snapshot");
    let living = snapshot.stories.iter().filter(|story| !story.deleted);
    living.map(|story| story.title.as_str().to_owned()).collect()
}

#[tokio::test]
async fn a_preview_tells_everything_and_changes_nothing() {
    let visitor = Site::new().await.with_project(1).await;
    let report = preview(&visitor, EXPORT).await;
    assert_eq!(report.status, 200, "{}", report.text);
    let stories = json!([
        {"type": "feature", "state": "started", "count": 1},
        {"type": "feature", "state": "accepted", "count": 1},
    ]);
    assert_eq!((&report.body["rows"], &report.body["stories"]), (&json!(3), &stories));
    assert_eq!(
        report.body["people"],
        json!([{"name": "Ada", "stories": 2}, {"name": "Grace", "stories": 1}])
    );
    assert_eq!(
        report.body["scale"],
        json!({"points": [5], "stories": 1, "offered": "fibonacci"})
    );
    assert_eq!(
        report.body["left_out"],
        json!({"count": 1, "first": [{"line": 4, "says": "It has no title."}]})
    );
    assert_eq!(sync(&visitor, json!({})).await.rev, 0);
}

#[tokio::test]
async fn an_import_is_one_change_that_can_be_taken_back() {
    let visitor = Site::new().await.with_project(1).await;
    let me = visitor.get("/api/session").await.body["actor"]["id"].clone();
    let mut head = request(1);
    head["people"] = json!([{"name": "Ada", "member": me}]);
    let answer = import(&visitor, &head, EXPORT).await;
    assert_eq!(
        (answer.status, &answer.body["fate"]),
        (200, &json!({"applied": 1})),
        "{}",
        answer.text
    );
    assert_eq!(answer.body["report"]["left_out"]["count"], json!(1));

    let synced = sync(&visitor, json!({})).await;
    let snapshot = synced.snapshot.expect("a snapshot");
    let [ride, pay] = &snapshot.stories[..] else {
        panic!("two stories")
    };
    assert_eq!(
        (ride.title.as_str(), ride.origin, pay.origin),
        ("Ride", Some(41), Some(42))
    );
    assert_eq!((json!(pay.requester), json!(ride.owners)), (me.clone(), json!([me])));
    assert_eq!(json!(pay.blockers[0].what), json!({"story": ride.id}));
    assert_eq!(json!(snapshot.settings.scale), json!("fibonacci"));
    let names: Vec<&str> = snapshot.people.iter().map(|person| person.name.as_str()).collect();
    assert!(names.contains(&"Grace") && !names.contains(&"Ada"), "{names:?}");

    let delete = json!({"mid": id(7), "base": 1, "command": {"delete-import": {"id": id(1)}}});
    sync(&visitor, json!({"commands": [delete]})).await;
    assert_eq!(titles(&visitor).await, Vec::<String>::new());
    let restore = json!({"mid": id(8), "base": 2, "command": {"restore-import": {"id": id(1)}}});
    sync(&visitor, json!({"commands": [restore]})).await;
    assert_eq!(titles(&visitor).await, ["Ride", "Pay"]);
}

#[tokio::test]
async fn asked_twice_it_is_made_once() {
    let visitor = Site::new().await.with_project(1).await;
    import(&visitor, &request(1), EXPORT).await;
    let again = import(&visitor, &request(1), EXPORT).await;
    again.is(200, &json!({"fate": {"applied": 1}}));
    // The same identity for another mutation is a slip, not an import.
    let mut other = request(1);
    other["mid"] = json!(id(9));
    let refused = import(&visitor, &other, "Title\nNew\n").await;
    assert_eq!(
        refused.body["fate"],
        json!({"rejected": "already-imported"}),
        "{}",
        refused.text
    );
    assert_eq!(titles(&visitor).await, ["Ride", "Pay"]);
}

#[tokio::test]
async fn what_is_here_already_is_left_out() {
    let visitor = Site::new().await.with_project(1).await;
    import(&visitor, &request(1), EXPORT).await;
    let report = preview(&visitor, EXPORT).await;
    let here =
        json!([{"line": 2, "says": "Story 41 is here already."}, {"line": 3, "says": "Story 42 is here already."}]);
    assert_eq!(
        (&report.body["here"]["first"], &report.body["stories"]),
        (&here, &json!([]))
    );
    let says = "All stories of the file that can be read are here already. Nothing was imported.";
    import(&visitor, &request(2), EXPORT).await.is_error(400, says);
    let more = format!("{EXPORT}44,New,,,,,,,\n");
    assert_eq!(
        import(&visitor, &request(2), &more).await.body["fate"],
        json!({"applied": 2})
    );
    assert_eq!(titles(&visitor).await, ["Ride", "Pay", "New"]);
}

#[tokio::test]
async fn estimates_can_keep_the_scale() {
    let visitor = Site::new().await.with_project(1).await;
    let mut head = request(1);
    head["estimates"] = json!("nearest");
    let answer = import(&visitor, &head, EXPORT).await;
    let says = "The scale of the project has no 5 points; it has 3 now.";
    assert_eq!(
        answer.body["report"]["losses"]["first"],
        json!([{"line": 3, "says": says}])
    );
    let snapshot = sync(&visitor, json!({})).await.snapshot.expect("a snapshot");
    assert_eq!(json!(snapshot.settings.scale), json!("linear"));
}

#[tokio::test]
async fn a_bad_file_is_refused_with_its_line_and_nothing_is_written() {
    let visitor = Site::new().await.with_project(1).await;
    for (file, says) in [
        (&b""[..], "The file is empty."),
        (
            b"Title\n\"open\n",
            "Line 2: a quotation mark opens here and is never closed.",
        ),
        (b"Title\n\xdcbung\n", "Line 2 is not text in UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0", "Line 1 is not text in UTF-8."),
        (b"Name\nRide\n", "Line 1 names no column"),
    ] {
        preview(&visitor, file.to_vec()).await.is_error(400, says);
        let head = request(1).to_string();
        send(&visitor, &[("import", head.as_bytes()), ("file", file)])
            .await
            .is_error(400, says);
    }
    import(&visitor, &request(1), "Title\n")
        .await
        .is_error(400, "The file holds no story.");
    import(&visitor, &request(1), "Title,Type\n,bug\n")
        .await
        .is_error(400, "No row of the file can be read");
    assert_eq!(sync(&visitor, json!({})).await.rev, 0);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_in_a_sentence() {
    let visitor = Site::new().await.with_project(1).await;
    let says = "The file is larger than 32 MB. Split it and import one part after the other.";
    let large = vec![b'a'; 34 * 1024 * 1024];
    preview(&visitor, large.clone()).await.is_error(413, says);
    let head = request(1).to_string();
    send(&visitor, &[("import", head.as_bytes()), ("file", &large)])
        .await
        .is_error(413, says);
    // Within the body's limit, but not within the file's.
    preview(&visitor, vec![b'a'; 32 * 1024 * 1024 + 1])
        .await
        .is_error(413, says);
}

#[tokio::test]
async fn what_is_asked_for_is_looked_at_closely() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    let head = request(1).to_string();
    let (head, file) = (head.as_bytes(), EXPORT.as_bytes());
    send(&visitor, &[("file", file)])
        .await
        .is_error(400, "the part “import” is missing");
    send(&visitor, &[("import", head)])
        .await
        .is_error(400, "the part “file” is missing");
    send(&visitor, &[("import", head), ("file", file), ("more", b"")])
        .await
        .is_error(400, "part \"more\" is not one of “import” and “file”");
    let wrong = visitor.post(IMPORT, &request(1)).await;
    wrong.is_error(415, "Content-Type is not the one that this route takes");
    let mut unknown = request(1);
    unknown["people"] = json!([{"name": "Ada", "member": id(77)}]);
    import(&visitor, &unknown, EXPORT)
        .await
        .is_error(400, "people: “Ada” is to mean someone who is not in this project");
    let mut extra = request(1);
    extra["scale"] = json!("linear");
    import(&visitor, &extra, EXPORT)
        .await
        .is_error(400, "import: unknown field `scale`");
    let mut other = request(1);
    other["by"] = json!(id(77));
    import(&visitor, &other, EXPORT)
        .await
        .is_error(401, "by: the session is of someone else");
    assert_eq!(sync(&visitor, json!({})).await.rev, 0);
}

#[tokio::test]
async fn imports_need_a_session_a_project_and_the_own_page() {
    let site = Site::new().await;
    let mut visitor = site.with_project(1).await;
    preview(&site.stranger(), EXPORT).await.is_error(401, "no session");
    import(&site.stranger(), &request(1), EXPORT)
        .await
        .is_error(401, "no session");
    let elsewhere = PREVIEW.replace("0001/", "0002/");
    let answer = visitor.send_text("POST", &elsewhere, ("text/csv", EXPORT)).await;
    answer.is_error(404, "there is no such project");
    visitor.header("sec-fetch-site", "cross-site");
    preview(&visitor, EXPORT)
        .await
        .is_error(403, "this write comes from another site's page");
    import(&visitor, &request(1), EXPORT)
        .await
        .is_error(403, "this write comes from another site's page");
}

/// A file whose import is larger than what is ever sent as changes.
fn large() -> String {
    let text = "All work and no play. ".repeat(200);
    let rows: String = (1..=1_500)
        .map(|number| {
            format!("{number},Story {number},unstarted,{text},Task of {number},\"Fine (Grace - Nov 20, 2014)\"\n")
        })
        .collect();
    format!("Id,Title,Current State,Description,Task,Comment\n{rows}")
}

#[tokio::test]
async fn a_large_import_goes_all_the_way() {
    let site = Site::new().await;
    let (ada, bob) = (site.with_project(1).await, site.visitor().await);
    let seen = sync(&bob, json!({})).await.version();
    let answer = import(&ada, &request(1), &large()).await;
    assert_eq!(answer.body["fate"], json!({"applied": 1}));

    // Whoever is behind is told to take everything, and everything is there.
    let behind = sync(&bob, json!({"since": seen})).await;
    assert_eq!((behind.rev, behind.changes.len(), behind.reset), (1, 0, true));
    let whole = sync(&bob, json!({"full": true})).await;
    let snapshot = whole.snapshot.expect("a snapshot");
    assert_eq!(
        (snapshot.stories.len(), snapshot.stories[0].title.as_str()),
        (1_500, "Story 1")
    );

    // A story's history holds of it that story alone.
    let story = snapshot.stories[7].id;
    let path = format!("/api/projects/{}/stories/{story}/history", id(1));
    let history = bob.get(&path).await;
    assert_eq!(
        (history.status, history.text.len() < 10_000),
        (200, true),
        "{}",
        history.text.len()
    );
    assert!(history.text.contains("Story 8"), "{}", history.text);

    // It is there after a restart, sound, and in a backup.
    let site = site.restarted().await;
    let visitor = site.visitor().await;
    assert_eq!(sync(&visitor, json!({})).await.digest, whole.digest);
    let folder = || Folder {
        data: site.folder().to_owned(),
    };
    let check = CheckArgs {
        folder: folder(),
        file: None,
    };
    let found = upkeep::check(&check, |_: Told<'_>| {}).await.expect("a database");
    assert_eq!((found.changes, found.findings), (1, 0));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let to = elsewhere.path().join("backup.sqlite");
    let backup = BackupArgs {
        folder: folder(),
        to: to.clone(),
    };
    upkeep::backup(&backup).await.expect("a backup");
    let restore = RestoreArgs {
        folder: Folder {
            data: elsewhere.path().join("data"),
        },
        from: to,
    };
    upkeep::restore(&restore, |_| {}).await.expect("put back");
    let check = CheckArgs {
        folder: restore.folder,
        file: None,
    };
    let found = upkeep::check(&check, |_: Told<'_>| {}).await.expect("a database");
    assert_eq!((found.changes, found.findings), (1, 0));
}
