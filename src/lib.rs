//! The page of Truestory: a live backlog in the browser.
//!
//! | module | holds | never sees |
//! |---|---|---|
//! | [`board`] | what decides: messages in, effects and a scene out; no browser in it | yew, web_sys, gloo |
//! | [`forms`] | what is typed into the forms of accounts, and what is wrong with it | the browser |
//! | [`components`] | what is seen: functions of the scene | services |
//! | [`services`] | what is done: HTTP, the realtime channel, keys, pointer, focus | the board |
//! | `app` | the driver between them: runs effects, turns answers into messages | |
//! | `pages` | which page an address shows | |
#![forbid(unsafe_code)]

#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod board;
pub mod components;
pub mod forms;
#[cfg(target_arch = "wasm32")]
pub mod pages;
pub mod services;
