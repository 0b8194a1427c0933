//! Mounts the page that the address names.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        yew::Renderer::<truestory_app::pages::Pages>::new().render();
    }
}
