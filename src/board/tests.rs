//! The board as scripts: messages in; visible text and effects out. A ledger plays the server.

mod account;
mod attention;
mod back;
mod charts;
mod days;
mod desk;
mod device;
mod epics;
mod exchange;
mod forecast;
mod gone;
mod leaving;
mod left;
mod light;
mod markdown;
mod moving;
mod parts;
mod past;
mod people;
mod plan;
mod reading;
mod removal;
mod roles;
mod search;
mod selection;
mod settings;
mod writing;

use super::msg::{Effect, Failure, Key, Msg, Target};
use super::scene::{Body, LightKind, Row};
use super::*;
use desk::{Desk, check, story_id};
