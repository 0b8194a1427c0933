//! The proxy in front of a server that sends back what it hears.

use super::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// Long enough for anything that must happen.
const LIMIT: Duration = Duration::from_secs(10);
/// After so long without a byte nothing passes.
const SILENCE: Duration = Duration::from_millis(300);

async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                let _ = tokio::io::copy(&mut from, &mut to).await;
            });
        }
    });
    address
}

async fn through(weather: Weather) -> (Proxy, TcpStream) {
    let proxy = Proxy::open(echo().await, Dice::new(1, 1)).await.expect("a proxy");
    proxy.turn(weather);
    let stream = TcpStream::connect(proxy.address()).await.expect("it accepts");
    (proxy, stream)
}

async fn says_back(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.expect("it takes bytes");
    let mut back = vec![0; text.len()];
    let read = timeout(LIMIT, stream.read_exact(&mut back)).await.expect("in time");
    read.expect("it answers");
    assert_eq!(back, text.as_bytes());
}

async fn ends(stream: &mut TcpStream) -> io::Result<usize> {
    timeout(LIMIT, stream.read(&mut [0; 16])).await.expect("in time")
}

#[tokio::test]
async fn everything_arrives_in_order_however_slow_or_sliced() {
    let long = "0123456789".repeat(500);
    for weather in [Weather::Clear, Weather::Slow(Duration::from_millis(4)), Weather::Sliced] {
        let (_proxy, mut stream) = through(weather).await;
        says_back(&mut stream, "a").await;
        says_back(&mut stream, &long).await;
    }
}

#[tokio::test]
async fn a_cut_ends_in_good_order_and_a_reset_does_not() {
    let (proxy, mut stream) = through(Weather::Clear).await;
    says_back(&mut stream, "a").await;
    proxy.end(End::Cut);
    assert_eq!(ends(&mut stream).await.expect("a good end"), 0);

    let (proxy, mut stream) = through(Weather::Clear).await;
    says_back(&mut stream, "a").await;
    proxy.end(End::Reset);
    let error = ends(&mut stream).await.expect_err("a reset");
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_half_open_connection_stays_silent_until_it_is_reset() {
    let (proxy, mut stream) = through(Weather::Clear).await;
    says_back(&mut stream, "a").await;
    proxy.turn(Weather::HalfOpen);
    stream.write_all(b"lost").await.expect("it takes bytes");
    let silence = timeout(SILENCE, stream.read(&mut [0; 16])).await;
    assert!(silence.is_err(), "nothing passes");
    proxy.turn(Weather::Clear);
    stream.write_all(b"late").await.expect("it takes bytes");
    let silence = timeout(SILENCE, stream.read(&mut [0; 16])).await;
    assert!(silence.is_err(), "what lost bytes never works again");
    let mut fresh = TcpStream::connect(proxy.address()).await.expect("it accepts");
    says_back(&mut fresh, "a").await;
    proxy.end(End::Silent);
    ends(&mut stream).await.expect_err("a reset");
    says_back(&mut fresh, "b").await;
}

#[tokio::test]
async fn a_refusing_network_resets() {
    let (_proxy, mut stream) = through(Weather::Refusing).await;
    ends(&mut stream).await.expect_err("a reset");
}
