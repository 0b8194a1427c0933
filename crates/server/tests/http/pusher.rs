//! `/pusher`

mod auth;
