//! Accounts: who can sign in, and how one comes by an account.

pub mod common;
pub mod mail;
pub mod pace;
pub mod passwords;
pub mod provider;
