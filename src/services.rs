//! What is done: everything that touches the browser. Services speak domain types and plain values through callbacks; they
//! never see the board or the components. Each gives back a guard that ends it when dropped.

#[cfg(target_arch = "wasm32")]
pub mod alive;
pub mod api;
#[cfg(target_arch = "wasm32")]
pub mod channel;
pub mod clock;
#[cfg(target_arch = "wasm32")]
pub mod device;
pub mod dom;
pub mod files;
pub mod keyboard;
pub mod leaving;
pub mod offline;
pub mod pointer;
pub mod route;
#[cfg(target_arch = "wasm32")]
pub mod tabs;
pub mod upload;
pub mod wake;
pub mod zone;
