//! `/api/projects/{id}/export.csv` and `export.json`

use crate::site::{Site, Visitor, id};
use serde_json::{Value, json};

const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";
const CSV: &str = "/api/projects/00000000000000000000000000000001/export.csv";
const JSON: &str = "/api/projects/00000000000000000000000000000001/export.json";

async fn fill(visitor: &Visitor) {
    let story = |number: u128, title: &str| {
        let story = json!({"id": id(number), "title": title, "type": "chore", "panel": "icebox", "labels": ["web"]});
        json!({"mid": id(number), "base": 0, "command": {"create-story": story}})
    };
    let rename = json!({"mid": id(9), "base": 0, "command": {"rename-project": {"name": "Räder & Co"}}});
    let delete = json!({"mid": id(8), "base": 0, "command": {"delete-stories": {"stories": [id(2)]}}});
    let commands = json!([story(1, "=1+1"), story(2, "Gone"), rename, delete]);
    let answer = visitor.post(SYNC, &json!({"commands": commands})).await;
    assert_eq!(answer.body["rev"], json!(4), "{}", answer.text);
}

#[tokio::test]
async fn a_project_is_a_file_of_its_name() {
    let mut visitor = Site::new().await.with_project(1).await;
    fill(&visitor).await;
    visitor.header("host", "localhost:8080");
    let csv = visitor.get(CSV).await;
    assert_eq!(
        (csv.status, csv.header("content-type")),
        (200, "text/csv; charset=utf-8")
    );
    let called = "attachment; filename=\"R-der---Co.csv\"; filename*=UTF-8''R%C3%A4der%20%26%20Co.csv";
    assert_eq!(csv.header("content-disposition"), called);
    assert_eq!(csv.header("cache-control"), "no-store");
    let lines: Vec<&str> = csv.text.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].starts_with("Id,Title,Labels,"),
        "{}",
        csv.text
    );
    assert!(
        lines[1].starts_with("1,'=1+1,web,,,,chore,,none,unscheduled,"),
        "{}",
        csv.text
    );
    assert!(
        lines[1].contains(&format!(",http://localhost:8080/projects/{}#story-1,", id(1))),
        "{}",
        csv.text
    );

    let json = visitor.get(JSON).await;
    assert_eq!((json.status, json.header("content-type")), (200, "application/json"));
    assert_eq!(
        (&json.body["format"], &json.body["version"]),
        (&json!("truestory"), &json!(1))
    );
    let titles: Vec<&Value> = json.body["project"]["stories"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|story| &story["title"])
        .collect();
    assert_eq!(titles, [&json!("=1+1")]);
}

#[tokio::test]
async fn what_comes_out_goes_into_another_project_and_comes_out_the_same() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    fill(&visitor).await;
    let first = visitor.get(CSV).await.text;
    visitor
        .post("/api/projects", &json!({"id": id(2), "name": "Copy"}))
        .await;
    let other = |path: &str| path.replace("0001/", "0002/");
    let head = json!({"id": id(5), "mid": id(6), "base": 0});
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"import\"\r\n\r\n{head}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{first}\r\n--x--\r\n"
    );
    let kind = "multipart/form-data; boundary=x";
    let path = other(CSV).replace("export.csv", "import");
    let answer = visitor.send_text("POST", &path, (kind, form)).await;
    assert_eq!(answer.body["fate"], json!({"applied": 1}), "{}", answer.text);
    let second = visitor.get(&other(CSV)).await.text;
    assert_eq!(second.replace(&id(2), &id(1)), first);
}

#[tokio::test]
async fn exports_need_a_session_and_a_project() {
    let site = Site::new().await;
    let visitor = site.visitor().await;
    for path in [CSV, JSON] {
        site.stranger().get(path).await.is_error(401, "no session");
        visitor.get(path).await.is_error(404, "there is no such project");
    }
}
