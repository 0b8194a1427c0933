//! `/api/recovery`: a link by letter.

use crate::mailbox::Mailbox;
use crate::people::{own, site};
use crate::site::{Site, Visitor};
use serde_json::json;

/// A site that sends letters; the administrator is Ada.
async fn with_mail() -> (Site, Visitor, Mailbox) {
    let mailbox = Mailbox::open().await;
    let (outside, entrance) = mailbox.settings();
    let site = Site::speaking_to(outside, entrance).await;
    let ada = own(&site).await;
    (site, ada, mailbox)
}

#[tokio::test]
async fn a_link_comes_by_letter_and_nobody_learns_whether_it_does() {
    let (site, _, mut mailbox) = with_mail().await;
    let stranger = site.stranger();
    assert_eq!(stranger.get("/api/welcome").await.body["mail"], true);
    let accounts = &site.parts().app.accounts;
    let before = accounts.hashes_computed();
    let mut told = Vec::new();
    for name in ["nobody", "ada"] {
        let answer = stranger
            .post("/api/recovery", &json!({"email": format!("{name}@example.com")}))
            .await;
        assert_eq!((answer.status, &*answer.text), (204, ""));
        told.push(answer.everything());
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(accounts.hashes_computed(), before);
    // The first letter is Ada's: nobody got one.
    let secret = mailbox.secret("ada@example.com", "recover").await;
    assert_eq!(secret.len(), 64);
}

#[tokio::test]
async fn a_mailbox_is_not_flooded_whether_there_is_an_account_or_not() {
    let (site, _, _mailbox) = with_mail().await;
    for name in ["ada", "nobody"] {
        let wish = json!({"email": format!("{name}@example.com")});
        for _ in 0..3 {
            assert_eq!(site.stranger().post("/api/recovery", &wish).await.status, 204);
        }
        let answer = site.stranger().post("/api/recovery", &wish).await;
        answer.is_error(429, "too many tries");
        assert_eq!(answer.header("retry-after"), "60", "{name}");
    }
}

#[tokio::test]
async fn without_letters_one_asks_the_administrator() {
    let (site, _) = site().await;
    let stranger = site.stranger();
    assert_eq!(stranger.get("/api/welcome").await.body["mail"], false);
    let answer = stranger
        .post("/api/recovery", &json!({"email": "ada@example.com"}))
        .await;
    answer.is_error(
        403,
        "no letters are sent here: ask whoever administers this installation",
    );
}
