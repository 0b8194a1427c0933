//! The listener: heads that do not end, and the end itself.

use std::{future, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use super::within;
use crate::server::serve::serve_within;

const SHORT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_head_that_does_not_end_is_let_go() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_within(SHORT, listener, Router::new(), future::pending()));
    for said in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: here\r\nx: "] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(said.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        // Whether it is told why is the library's matter; the connection must end.
        let _ = within(stream.read_to_end(&mut heard)).await;
    }
}

#[tokio::test]
async fn who_says_nothing_does_not_hold_up_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopping = async move { stopped.await.unwrap() };
    let serving = tokio::spawn(serve_within(Duration::from_secs(60), listener, Router::new(), stopping));
    let mut silent = TcpStream::connect(address).await.unwrap();
    stop.send(()).unwrap();
    within(serving).await.unwrap();
    assert!(matches!(within(silent.read(&mut [0])).await, Ok(0) | Err(_)));
}

#[tokio::test]
async fn what_is_under_way_is_finished() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, was_asked) = oneshot::channel::<()>();
    let (answer, awaited) = oneshot::channel::<&'static str>();
    let parts = std::sync::Arc::new(std::sync::Mutex::new(Some((asked, awaited))));
    let routes = Router::new().route(
        "/",
        get(move || async move {
            let (asked, awaited) = parts.lock().unwrap().take().unwrap();
            asked.send(()).unwrap();
            awaited.await.unwrap()
        }),
    );
    let (stop, stopped) = oneshot::channel::<()>();
    let stopping = async move { stopped.await.unwrap() };
    let serving = tokio::spawn(serve_within(Duration::from_secs(60), listener, routes, stopping));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
    within(was_asked).await.unwrap();
    stop.send(()).unwrap();
    answer.send("done").unwrap();
    let mut heard = String::new();
    within(stream.read_to_string(&mut heard)).await.unwrap();
    assert!(heard.ends_with("\r\n\r\ndone"), "{heard}");
    within(serving).await.unwrap();
}
