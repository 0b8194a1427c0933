//! A chat: compiled for the browser it is the page, otherwise the server. `cargo xtask example chat` builds and starts both.

#[cfg(any(test, target_arch = "wasm32"))]
mod model;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod room;
#[cfg(not(target_arch = "wasm32"))]
mod server;
mod wire;

#[cfg(target_arch = "wasm32")]
fn main() {
    page::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    server::run()
}
