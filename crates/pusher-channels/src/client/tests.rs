//! Transcripts of the client: `>` is what happened, `<` is what the client wants done or told, line by line.

mod authorizing;
mod carriers;
mod connection;
#[cfg(feature = "encrypted")]
mod encryption;
mod jitter;
mod lossy;
mod moving;
mod nonsense;
mod people;
mod refusal;
mod resume;
mod subscriptions;
mod transcript;
mod triggering;
#[cfg(not(feature = "encrypted"))]
mod unencrypted;
mod user;
mod vitals;
