//! The server of Truestory: HTTP, the store, realtime, and the page inside one binary.
//!
//! Imports run one way: `ambient, config, store, realtime <- access <- listeners <- projects <- error <- routes <- serve <- main`,
//! and beside it `ambient, config, store, zones <- upkeep <- main`.
//!
//! | module | holds |
//! |---|---|
//! | [`ambient`] | the wall clock and chance: the only place that asks for them |
//! | [`config`] | what was asked for on the command line and in the environment; the secrets file |
//! | [`store`] | the database; all SQL |
//! | [`realtime`] | tells subscribers what was recorded |
//! | [`accounts`] | who can sign in: passwords, letters, recoveries, how fast one may try |
//! | [`access`] | who may what: the only way to a project's content |
//! | [`listeners`] | which socket of whom hears which project; cuts off who may not any more |
//! | [`memberships`] | joining, leaving, other roles; invitations and public links |
//! | [`projects`] | the single writer: decides, records, answers |
//! | [`beacons`] | tell subscribers where a project is |
//! | [`deliveries`] | posts what was recorded to webhooks |
//! | [`demo`] | a sample project |
//! | [`markdown`] | texts as HTML that a page may show as it is |
//! | [`sessions`] | tokens and their cookies |
//! | [`error`] | why a request was refused, as an answer |
//! | [`routes`] | every URL |
//! | [`security`] | what happened to accounts, members, links and tokens, written down for administrators |
//! | [`serve`] | start, listen, stop |
//! | [`upkeep`] | backup, restore, check, export |
//! | [`zones`] | what the names of time zones mean |

pub mod access;
pub mod accounts;
pub mod ambient;
pub mod beacons;
pub mod config;
pub mod deliveries;
pub mod demo;
pub mod error;
pub mod listeners;
pub mod markdown;
pub mod memberships;
pub mod projects;
pub mod realtime;
pub mod routes;
pub mod security;
pub mod serve;
pub mod sessions;
pub mod store;
pub mod upkeep;
pub mod zones;
