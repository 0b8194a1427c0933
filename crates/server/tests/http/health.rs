//! `/healthz` and `/readyz`

use crate::site::Site;

#[tokio::test]
async fn a_healthy_server_says_so_to_anyone() {
    let stranger = Site::new().await.stranger();
    for path in ["/healthz", "/readyz"] {
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (200, ""));
    }
}

#[tokio::test]
async fn without_its_database_it_lives_but_is_not_ready() {
    let site = Site::new().await;
    site.parts().app.store.close().await;
    let stranger = site.stranger();
    assert_eq!(stranger.get("/healthz").await.status, 200);
    assert_eq!(stranger.get("/readyz").await.status, 503);
}
