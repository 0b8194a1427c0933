//! Mounts the page that the address names.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        truestory_app::services::offline::keep_page();
        yew::Renderer::<truestory_app::pages::Pages>::new().render();
    }
}
