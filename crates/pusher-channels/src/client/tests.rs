//! Transcripts of the client: `>` is what happened, `<` is what the client wants done or told, line by line.

mod carriers;
mod connection;
#[cfg(feature = "encrypted")]
mod encryption;
mod jitter;
mod lossy;
mod nonsense;
mod resume;
mod people;
mod refusal;
mod subscriptions;
mod transcript;
mod vitals;
mod triggering;
mod user;
#[cfg(not(feature = "encrypted"))]
mod unencrypted;
