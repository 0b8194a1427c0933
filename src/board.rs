//! The board: what decides on the project's page. Messages come in, effects go out, and a scene says what is seen.

pub mod column;
pub mod msg;
pub mod scene;
