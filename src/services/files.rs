//! Files that are chosen in the page's file field or dropped where the page takes them. Tells their names; keeps the file itself, of
//! which the page knows nothing more.
//!
//! A file that is dropped beside the place would replace the page by its content; that is prevented.

use gloo_events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event, File, HtmlInputElement};

/// The field, and the place around it that takes what is dropped.
const FIELD: &str = "input[data-field=file]";
const PLACE: &str = "[data-file]";

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

/// Listens for files until dropped.
pub struct Files {
    chosen: Rc<RefCell<Option<File>>>,
    _listeners: [EventListener; 3],
}

impl Files {
    /// Files that tell when one is chosen.
    pub fn listen(told: impl Fn(Chosen) + 'static) -> Files {
        let chosen: Rc<RefCell<Option<File>>> = Rc::default();
        let keep = {
            let chosen = chosen.clone();
            Rc::new(move |file: File| {
                let name = file.name();
                let size = file.size() as u64;
                chosen.replace(Some(file));
                told(Chosen { name, size });
            })
        };
        Files {
            chosen,
            _listeners: [
                on("change", {
                    let keep = keep.clone();
                    move |event| picked(event).into_iter().for_each(|file| keep(file))
                }),
                on("dragover", |event| {
                    over(event);
                }),
                on("drop", move |event| {
                    dropped(event).into_iter().for_each(|file| keep(file))
                }),
            ],
        }
    }

    /// The file that was chosen last.
    pub fn chosen(&self) -> Option<File> {
        self.chosen.borrow().clone()
    }
}

fn on(name: &'static str, react: impl Fn(&Event) + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::document(), name, options, move |event| react(event))
}

fn picked(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    if !field.matches(FIELD).unwrap_or(false) {
        return None;
    }
    let file = field.files()?.get(0);
    // Or the same file, corrected, would be no change.
    field.set_value("");
    file
}

/// Whether the place is under a file that is dragged; says to the browser what will become of it.
fn over(event: &Event) -> Option<bool> {
    let event: &DragEvent = event.dyn_ref()?;
    let data = event.data_transfer()?;
    if !data.types().includes(&"Files".into(), 0) {
        return None;
    }
    event.prevent_default();
    let place = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest(PLACE).ok().flatten());
    data.set_drop_effect(if place.is_some() { "copy" } else { "none" });
    Some(place.is_some())
}

fn dropped(event: &Event) -> Option<File> {
    over(event)?.then_some(())?;
    event.dyn_ref::<DragEvent>()?.data_transfer()?.files()?.get(0)
}
