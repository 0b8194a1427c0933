//! Transcripts of the client: `>` is what happened, `<` is what the client wants done or told, line by line.

mod connection;
mod jitter;
mod nonsense;
mod subscriptions;
mod transcript;
