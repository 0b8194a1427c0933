//! Serves routes on a listener: as axum's own `serve` does it, but whoever does not finish the head of a request is let go. Knows
//! sockets, no route.

use std::{future::Future, io, net::SocketAddr, pin::pin, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    select,
    sync::watch,
    time::{sleep, timeout},
};

/// How long the head of a request may take, and how long a connection may wait for its next one.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long nothing is accepted when the system has no more sockets: others must go first.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves routes until `stop` comes, then finishes the requests that are under way.
///
/// Handlers learn where a request comes from by axum's `ConnectInfo<SocketAddr>`. Events are small, so nothing is held back to be sent together. A connection that has not sent the head of a request within a
/// minute is closed; one on which a WebSocket is spoken is the hub's.
pub async fn serve(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) {
    serve_within(HEAD_TIME, listener, routes, stop).await;
}

pub(super) async fn serve_within(
    head_time: Duration,
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = ()>,
) {
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(head_time);
    let under_way = GracefulShutdown::new();
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        // Where it cannot be set, small frames wait for more.
        let _ = stream.set_nodelay(true);
        let (http, watcher, mut stopped) = (http.clone(), under_way.watcher(), stopped.clone());
        // One service around all of them: a layer on the routes would be put on each.
        let routes = Router::new().fallback_service(routes.clone());
        let service = TowerToHyperService::new(routes.layer(Extension(ConnectInfo(peer))));
        tokio::spawn(async move {
            // The library counts from the first byte on, so whoever sends none is let go here.
            let mut first = [0];
            select! {
                spoken = timeout(head_time, stream.peek(&mut first)) => if !matches!(spoken, Ok(Ok(1..))) {
                    return;
                },
                _ = stopped.changed() => return,
            }
            let connection = http.serve_connection_with_upgrades(TokioIo::new(stream), service);
            // A client that breaks off is nobody's fault.
            let _ = watcher.watch(connection.into_owned()).await;
        });
    }
    drop((listener, stopping));
    under_way.shutdown().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_peer(&error) => {}
            Err(_) => sleep(PAUSE).await,
        }
    }
}

fn is_of_the_peer(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}
