//! The server through its routes, without a network. A test's file is named as the path that it asks.

mod api;
mod app;
mod auth;
mod health;
mod mailbox;
mod matrix;
mod page;
mod people;
mod pusher;
mod site;
