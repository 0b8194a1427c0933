//! The few things that are done to the page beside drawing it: focus, scrolling, saying something aloud.

use gloo_timers::callback::Timeout;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FocusOptions, HtmlDocument, HtmlElement, HtmlInputElement, HtmlTextAreaElement, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

/// Gives an element the keyboard focus without scrolling to it: where things stand is the board's affair.
pub fn focus(selector: &str) {
    let element = gloo_utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // A page that lost its window cannot be focused, and need not be.
        let _focused = element.focus_with_options(&options);
    }
}

/// Puts the caret of a field to a place, in units of UTF-16.
pub fn put_caret(selector: &str, place: u32) {
    let element = gloo_utils::document().query_selector(selector).ok().flatten();
    if let Some(field) = element.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        // Fails only for fields without text.
        let _put = field.set_selection_range(place, place);
    }
}

/// Gives an element the keyboard focus and brings it to where what comes after it can be seen too.
pub fn focus_in_sight(selector: &str) {
    focus(selector);
    let Some(element) = gloo_utils::document().query_selector(selector).ok().flatten() else {
        return;
    };
    let height = gloo_utils::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let rect = element.get_bounding_client_rect();
    if height.is_some_and(|height| rect.top() < 0.0 || rect.bottom() > height * 2.0 / 3.0) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls an element to a pixel of its content.
pub fn scroll(selector: &str, top: i32) {
    if let Some(element) = gloo_utils::document().query_selector(selector).ok().flatten() {
        element.set_scroll_top(top);
    }
}

/// Shows a title on the window and its tab.
pub fn show_title(title: &str) {
    gloo_utils::document().set_title(title);
}

/// Says something to those who do not see the page.
pub fn announce(text: &str) {
    let Some(region) = gloo_utils::document().get_element_by_id("announcer") else {
        return;
    };
    region.set_text_content(None);
    let text = text.to_owned();
    // Emptied first and filled later, or the same words twice would be said once.
    Timeout::new(50, move || region.set_text_content(Some(&text))).forget();
}

/// Puts a text on the clipboard, and says so.
pub fn copy(text: &str) {
    announce(if put_on_clipboard(text) {
        "Copied."
    } else {
        "The browser did not let it be copied. Select the text and copy it by hand."
    });
}

/// Puts a text on the clipboard. Answers whether the browser let it.
pub fn put_on_clipboard(text: &str) -> bool {
    let document = gloo_utils::document();
    let Some(area) = document.create_element("textarea").ok() else {
        return false;
    };
    let area: HtmlTextAreaElement = area.unchecked_into();
    area.set_value(text);
    area.set_class_name("sr-only");
    let before = document.active_element();
    // The page's own clipboard interface is there on trusted addresses only; a selected text can be copied on all of them.
    let page: &HtmlDocument = document.unchecked_ref();
    let copied = gloo_utils::body().append_child(&area).is_ok() && {
        area.select();
        page.exec_command("copy").unwrap_or(false)
    };
    area.remove();
    if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
        // An element that is gone cannot be focused, and need not be.
        let _focused = before.focus();
    }
    copied
}

/// The field of a story in which one writes, and the selected part of its text.
#[derive(Clone, Debug)]
pub struct Caret {
    field: String,
    selected: Range<u32>,
}

/// Where one writes, if in a story's field.
pub fn caret() -> Option<Caret> {
    let active = gloo_utils::document().active_element()?;
    let story = active.closest("[data-story]").ok()??;
    let field = active.get_attribute("data-field")?;
    let selected = match Field::of(&active)? {
        Field::Area(area) => area.selection_start().ok()??..area.selection_end().ok()??,
        Field::Line(line) => line.selection_start().ok()??..line.selection_end().ok()??,
    };
    let field = format!("#{} [data-field={field}]", story.id());
    Some(Caret { field, selected })
}

impl Caret {
    /// Puts the focus and the selection back where they were lost with the field's element, which was made anew elsewhere.
    pub fn resume(&self) {
        let document = gloo_utils::document();
        let lost = document
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY");
        let Some(element) = document.query_selector(&self.field).ok().flatten().filter(|_| lost) else {
            return;
        };
        focus(&self.field);
        let Range { start, end } = self.selected;
        // Fails only for fields without text.
        let _selected = match Field::of(&element) {
            Some(Field::Area(area)) => area.set_selection_range(start, end),
            Some(Field::Line(line)) => line.set_selection_range(start, end),
            None => Ok(()),
        };
    }
}

enum Field {
    Area(HtmlTextAreaElement),
    Line(HtmlInputElement),
}

impl Field {
    fn of(element: &Element) -> Option<Field> {
        let area = element.dyn_ref::<HtmlTextAreaElement>().cloned().map(Field::Area);
        area.or_else(|| element.dyn_ref::<HtmlInputElement>().cloned().map(Field::Line))
    }
}
