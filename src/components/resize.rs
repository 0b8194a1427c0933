//! Tells when an element's size changes, for as long as the component that shows it lives.

use crate::board::msg::Msg;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};
use yew::prelude::*;

/// Says `said(element)` once the element is laid out, and again whenever its size changed. What `said` captures is
/// taken when the component first appears.
#[hook]
pub fn use_resize<S>(node: &NodeRef, dispatch: &Callback<Msg>, said: S)
where
    S: Fn(&HtmlElement) -> Msg + 'static,
{
    let node = node.clone();
    use_effect_with(dispatch.clone(), move |dispatch| {
        let watch = node
            .cast::<HtmlElement>()
            .and_then(|element| watch(element, dispatch.clone(), said));
        move || {
            if let Some((observer, told)) = watch {
                observer.disconnect();
                drop(told);
            }
        }
    });
}

fn watch<S>(element: HtmlElement, dispatch: Callback<Msg>, said: S) -> Option<(ResizeObserver, Closure<dyn FnMut()>)>
where
    S: Fn(&HtmlElement) -> Msg + 'static,
{
    let seen = element.clone();
    let told = Closure::<dyn FnMut()>::new(move || dispatch.emit(said(&seen)));
    let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some((observer, told))
}
