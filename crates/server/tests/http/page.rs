//! The page's own paths: `/`, `/projects/...` and its files.

use crate::site::Site;

#[tokio::test]
async fn the_page_is_at_each_path_of_its_own() {
    let stranger = Site::new().await.stranger();
    let first = stranger.get("/").await;
    assert!(first.text.contains("<title>"), "{}", first.text);
    for path in [
        "/",
        "/projects/00000000000000000000000000000001",
        "/projects/x/stories/y",
        "/index.html",
        "/projects",
        "/projects/",
        "/projects/00000000000000000000000000000001/people",
        "/sign-in",
        "/sign-up",
        "/join",
        "/recover",
        "/shared",
        "/account",
        "/accounts",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, &answer.text), (200, &first.text), "{path}");
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            ("text/html", "no-cache")
        );
    }
}

#[tokio::test]
async fn other_paths_are_not_there() {
    let stranger = Site::new().await.stranger();
    for path in [
        "/nothing",
        "/favicon.ico",
        "/truestory-app-0123456789abcdef.js",
        "/index.html/x",
        "/projectsx",
    ] {
        stranger.get(path).await.is_error(404, "there is no such path");
    }
}

#[tokio::test]
async fn a_browser_that_lost_its_way_gets_the_page_which_says_so() {
    let mut browser = Site::new().await.stranger();
    let page = browser.get("/").await.text.clone();
    browser.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let answer = browser.get("/nothing").await;
    assert_eq!((answer.status, &answer.text), (404, &page));
    assert_eq!(answer.header("cache-control"), "no-cache");
    browser.get("/api/nothing").await.is_error(404, "there is no such path");
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_again() {
    let mut stranger = Site::new().await.stranger();
    let tag = stranger.get("/").await.header("etag").to_owned();
    stranger.header("if-none-match", &tag);
    let answer = stranger.get("/").await;
    assert_eq!((answer.status, &*answer.text), (304, ""));
}

#[tokio::test]
async fn the_page_may_load_nothing_from_elsewhere_and_nobody_may_frame_it() {
    let answer = Site::new().await.stranger().get("/").await;
    let policy = answer.header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("'unsafe-eval'"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}
