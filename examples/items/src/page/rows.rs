//! The table, as it is seen. Knows how it looks; what becomes of a click is told to the page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Ask;
use crate::{
    model::{Draft, Model, Msg, Theirs},
    wire::Item,
};

/// The form that the fields of the draft belong to: a row of a table cannot be one itself.
const FORM: &str = "draft";

#[derive(PartialEq, Properties)]
pub struct RowsProps {
    pub model: Model,
    /// Told to the model.
    pub write: Callback<Msg>,
    /// Done by the server.
    pub ask: Callback<Ask>,
}

#[component]
pub fn Rows(props: &RowsProps) -> Html {
    let save = props.ask.reform(|event: SubmitEvent| {
        event.prevent_default();
        Ask::Save
    });
    let (model, draft) = (&props.model, props.model.draft());
    // A draft stands in its item's place; a new one, and one whose item was removed, at the end.
    let is_last = draft.is_some() && !model.items().any(|item| Some(item.id) == model.edited());
    html! {
        <>
            <form id={FORM} onsubmit={save}></form>
            <table>
                <thead>
                    <tr><th>{ "Name" }</th><th class="number">{ "Quantity" }</th><th><span class="unseen">{ "Actions" }</span></th></tr>
                </thead>
                <tbody>
                    { for model.items().map(|item| match draft {
                        Some(draft) if model.edited() == Some(item.id) => draft_rows(props, draft),
                        _ => item_row(props, item),
                    }) }
                    if let Some(draft) = draft.filter(|_| is_last) {
                        { draft_rows(props, draft) }
                    }
                </tbody>
            </table>
            if draft.is_none() {
                <button type="button" class="main" onclick={props.write.reform(|_| Msg::NewBegan)}>{ "Add an item" }</button>
            }
        </>
    }
}

fn item_row(props: &RowsProps, item: &Item) -> Html {
    let (id, name) = (item.id, item.content.name());
    // One thing at a time: what is being written is not thrown away by a click elsewhere.
    let busy = props.model.draft().is_some();
    html! {
        <tr key={id}>
            <td>{ name }</td>
            <td class="number">{ item.content.quantity() }</td>
            <td class="actions">
                <button type="button" disabled={busy} aria-label={format!("Edit {name}")} onclick={props.write.reform(move |_| Msg::EditBegan(id))}>
                    { "Edit" }
                </button>
                <button type="button" disabled={busy} aria-label={format!("Remove {name}")} onclick={props.ask.reform(move |_| Ask::Remove(id))}>
                    { "Remove" }
                </button>
            </td>
        </tr>
    }
}

fn draft_rows(props: &RowsProps, draft: &Draft) -> Html {
    let name = props
        .write
        .reform(|event: InputEvent| Msg::NameTyped(event.target_unchecked_into::<HtmlInputElement>().value()));
    let quantity = props
        .write
        .reform(|event: InputEvent| Msg::QuantityTyped(event.target_unchecked_into::<HtmlInputElement>().value()));
    html! {
        <>
            <tr class="draft" key="draft">
                <td><Field label="Name" value={draft.name.clone()} typed={name} focused=true /></td>
                <td class="number"><Field label="Quantity" value={draft.quantity.clone()} typed={quantity} /></td>
                <td class="actions">
                    <button type="submit" form={FORM} class="main">{ "Save" }</button>
                    <button type="button" onclick={props.write.reform(|_| Msg::DraftDropped)}>{ "Cancel" }</button>
                </td>
            </tr>
            { theirs_row(props) }
        </>
    }
}

/// What others made of the item meanwhile, beside the own text.
fn theirs_row(props: &RowsProps) -> Html {
    let (sentence, take, leave) = match props.model.theirs() {
        Theirs::Nothing => return Html::default(),
        Theirs::Saved(item) => {
            let sentence = format!(
                "Meanwhile it became: {}, {}.",
                item.content.name(),
                item.content.quantity()
            );
            (sentence, "Take it", "Keep mine")
        }
        Theirs::Removed => ("Meanwhile it was removed.".to_owned(), "Let it go", "Keep mine"),
    };
    html! {
        <tr class="theirs" key="theirs">
            <td colspan="3" role="status">
                <span>{ sentence }</span>
                <button type="button" onclick={props.write.reform(|_| Msg::TheirsTaken)}>{ take }</button>
                <button type="button" onclick={props.write.reform(|_| Msg::TheirsLeft)}>{ leave }</button>
            </td>
        </tr>
    }
}

#[derive(PartialEq, Properties)]
struct FieldProps {
    label: AttrValue,
    value: AttrValue,
    typed: Callback<InputEvent>,
    /// Whether one writes here first.
    #[prop_or_default]
    focused: bool,
}

#[component]
fn Field(props: &FieldProps) -> Html {
    let field = use_node_ref();
    use_effect_with((field.clone(), props.focused), |(field, focused)| {
        if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| *focused) {
            // A field that cannot be focused is still there to be clicked.
            let _ = field.focus();
            field.select();
        }
    });
    html! {
        <input ref={field} form={FORM} aria-label={props.label.clone()} value={props.value.clone()} oninput={props.typed.clone()} autocomplete="off" />
    }
}
