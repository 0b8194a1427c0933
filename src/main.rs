//! Mounts the page that the address names.

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<truestory_app::pages::Pages>::new().render();
}
