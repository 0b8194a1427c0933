//! The board as scripts: messages in; visible text and effects out. A ledger plays the server.

mod desk;
mod leaving;
mod moving;
mod reading;
mod writing;

use super::msg::{Effect, Failure, Key, Msg, Target};
use super::scene::{Body, LightKind, Row};
use super::*;
use desk::{Desk, check, story_id};
