//! The orders of a workshop: compiled for the browser it is the page, otherwise the server. `cargo xtask example orders` builds and
//! starts both.

#[cfg(any(test, target_arch = "wasm32"))]
mod model;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(any(test, target_arch = "wasm32"))]
mod route;
#[cfg(not(target_arch = "wasm32"))]
mod server;
#[cfg(not(target_arch = "wasm32"))]
mod store;
mod wire;

#[cfg(target_arch = "wasm32")]
fn main() {
    page::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    server::run()
}
