//! WebSockets: ordered pipes with latency, that can be cut, or go dead without either end noticing.

use super::{Event, World};
use crate::agenda::Time;
use crate::counters::Counter;
use pusher_channels::CloseCode;
use pusher_channels::client::{Attempt, Input as ChannelInput};
use pusher_hub::{ConnId, Input as HubInput};
use std::rc::Rc;

#[derive(Debug)]
pub(crate) struct Conn {
    pub(crate) tab: usize,
    attempt: Attempt,
    page_open: bool,
    server_open: bool,
    /// What is sent arrives nowhere.
    dead: bool,
    // When what was sent last arrives: nothing overtakes it.
    down_at: Time,
    up_at: Time,
}

impl World {
    pub(crate) fn dial(&mut self, tab: usize, attempt: Attempt) -> usize {
        let conn = self.conns.len();
        self.conns.push(Conn {
            tab,
            attempt,
            page_open: true,
            server_open: false,
            dead: false,
            down_at: 0,
            up_at: 0,
        });
        let takes = self.latency();
        let lost = !self.is_calm() && self.dice.percent(self.script.weather.lost / 2);
        if !self.devices[self.tabs[tab].device].online {
            self.plan(takes, Event::PageClosed(conn, CloseCode::ABNORMAL));
        } else if !lost {
            self.plan(takes, Event::SocketOpened(conn));
        }
        conn
    }

    pub(crate) fn socket_opened(&mut self, conn: usize) {
        let there = self.conns[conn].page_open && !self.conns[conn].dead;
        if !there || !self.server.up {
            let takes = self.latency();
            return self.plan(takes, Event::PageClosed(conn, CloseCode::ABNORMAL));
        }
        self.conns[conn].server_open = true;
        let nonce = self.dice.next();
        self.hub(
            HubInput::Opened {
                conn: ConnId(conn as u64),
                key: super::server::KEY,
                protocol: Some("7"),
                nonce,
            },
            None,
        );
    }

    /// From the page to the server.
    pub(crate) fn send(&mut self, conn: usize, text: String) {
        let at = (self.now + self.latency()).max(self.conns[conn].up_at);
        self.conns[conn].up_at = at;
        self.agenda.plan(at, Event::ToServer(conn, text));
    }

    pub(crate) fn reached_server(&mut self, conn: usize, text: &str) {
        if self.conns[conn].dead || !self.conns[conn].server_open {
            return;
        }
        let input = HubInput::FrameReceived {
            conn: ConnId(conn as u64),
            text,
        };
        self.hub(input, None);
    }

    /// From the server to the page.
    pub(crate) fn push(&mut self, conn: usize, frame: Rc<str>) {
        let at = (self.now + self.latency()).max(self.conns[conn].down_at);
        self.conns[conn].down_at = at;
        self.agenda.plan(at, Event::ToPage(conn, frame));
    }

    pub(crate) fn reached_page(&mut self, conn: usize, frame: &str) {
        let Conn {
            tab,
            attempt,
            page_open,
            dead,
            ..
        } = self.conns[conn];
        if !self.devices[self.tabs[tab].device].online {
            // What comes after a frame that was lost never comes either.
            self.conns[conn].dead = true;
            return;
        }
        if page_open && !dead {
            let text = frame.to_owned();
            self.feed(tab, ChannelInput::Received { attempt, text });
        }
    }

    /// The page closes a socket.
    pub(crate) fn hang_up(&mut self, conn: usize) {
        self.conns[conn].page_open = false;
        let at = (self.now + self.latency()).max(self.conns[conn].up_at);
        self.agenda.plan(at, Event::ServerClosed(conn));
    }

    /// The server closes a socket, after what it sent before.
    pub(crate) fn close(&mut self, conn: usize, code: CloseCode) {
        self.conns[conn].server_open = false;
        let at = (self.now + self.latency()).max(self.conns[conn].down_at);
        self.agenda.plan(at, Event::PageClosed(conn, code));
    }

    pub(crate) fn page_closed(&mut self, conn: usize, code: CloseCode) {
        let Conn { tab, attempt, dead, .. } = self.conns[conn];
        if dead || !std::mem::replace(&mut self.conns[conn].page_open, false) {
            return;
        }
        let reason = String::new();
        self.feed(tab, ChannelInput::Closed { attempt, code, reason });
    }

    pub(crate) fn server_closed(&mut self, conn: usize) {
        if !self.conns[conn].dead && std::mem::replace(&mut self.conns[conn].server_open, false) {
            let conn = ConnId(conn as u64);
            self.hub(HubInput::Closed { conn }, None);
        }
    }

    /// Both ends learn that it is gone.
    pub(crate) fn cut(&mut self, conn: usize) {
        self.conns[conn].dead = false;
        let (up, down) = (self.dice.between(1, 300), self.dice.between(1, 300));
        self.plan(up, Event::ServerClosed(conn));
        self.plan(down, Event::PageClosed(conn, CloseCode::ABNORMAL));
    }

    /// Neither end learns that it is gone.
    pub(crate) fn go_dead(&mut self, conn: usize) {
        self.conns[conn].dead = true;
    }

    pub(crate) fn is_healthy(&self, conn: usize) -> bool {
        let conn = &self.conns[conn];
        conn.page_open && conn.server_open && !conn.dead
    }

    /// The server is gone and with it the other end of every socket. Some pages are told.
    pub(crate) fn server_vanished(&mut self) {
        for conn in 0..self.conns.len() {
            if !std::mem::replace(&mut self.conns[conn].server_open, false) || !self.conns[conn].page_open {
                continue;
            }
            if self.is_calm() || self.dice.percent(80) {
                let told_in = self.dice.between(1, 1_500);
                self.plan(told_in, Event::PageClosed(conn, CloseCode::ABNORMAL));
            } else {
                self.count(Counter::HalfOpen);
                self.conns[conn].dead = true;
            }
        }
    }

    pub(crate) fn open_conns(&self) -> Vec<usize> {
        let open = |conn: &usize| self.conns[*conn].page_open || self.conns[*conn].server_open;
        (0..self.conns.len()).filter(open).collect()
    }

    pub(crate) fn is_dead(&self, conn: usize) -> bool {
        self.conns[conn].dead
    }
}
