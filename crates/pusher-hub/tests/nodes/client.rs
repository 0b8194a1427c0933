//! A client without any knowledge of nodes.

use std::{collections::BTreeSet, net::SocketAddr};

use futures_util::{SinkExt, StreamExt};
use pusher_hub::protocol::{ClientFrame, Roster, ServerFrame, SocketId};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::{app, room, within};

pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    socket_id: SocketId,
    /// Who is in the room, as far as it was told.
    there: BTreeSet<String>,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        let url = format!("ws://{address}/app/key?protocol=7&client=test&version=1");
        let (mut socket, _) = within(connect_async(url)).await.unwrap();
        let first = within(socket.next()).await.unwrap().unwrap();
        let frame = ServerFrame::parse(first.to_text().unwrap()).unwrap();
        let ServerFrame::ConnectionEstablished { socket_id, .. } = frame else {
            panic!("not a handshake: {first}");
        };
        Self {
            socket,
            socket_id,
            there: BTreeSet::new(),
        }
    }

    /// Enters the room as this user.
    pub async fn join(&mut self, user: &str) {
        let data = format!(r#"{{"user_id":"{user}"}}"#);
        let signed = app().sign_presence(&self.socket_id, &room(), &data);
        let frame = ClientFrame::Subscribe {
            channel: room(),
            auth: Some(signed.auth),
            channel_data: signed.channel_data,
        };
        within(self.socket.send(Message::text(frame.encode()))).await.unwrap();
        let answer = self.text().await;
        let Ok(ServerFrame::SubscriptionSucceeded { data, .. }) = ServerFrame::parse(&answer) else {
            panic!("not a success: {answer}");
        };
        self.there.extend(Roster::parse(&data).unwrap().0.into_keys());
    }

    /// Returns when this user is in the room, as far as this client knows.
    pub async fn hear_of(&mut self, user: &str) {
        while !self.there.contains(user) {
            let text = self.text().await;
            match ServerFrame::parse(&text).unwrap() {
                ServerFrame::MemberAdded { member, .. } => assert!(self.there.insert(member.user_id), "{text}"),
                other => panic!("{other:?}"),
            }
        }
    }

    /// The next frame.
    pub async fn text(&mut self) -> String {
        match within(self.socket.next()).await {
            Some(Ok(Message::Text(text))) => text.to_string(),
            other => panic!("expected text, got {other:?}"),
        }
    }
}
