//! A choice among a few values. What is chosen is what the scene says, even after a hand has chosen another: the browser alone
//! would keep what the hand chose.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What can be chosen.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// What it is called.
    pub label: AttrValue,
    /// The values, and the words of each.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Takes the value that a hand chooses.
    pub on_chosen: Callback<String>,
}

/// A choice among a few values.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    let (shown, value) = (node.clone(), props.value.clone());
    use_effect(move || {
        if let Some(select) = shown.cast::<HtmlSelectElement>() {
            select.set_value(&value);
        }
    });
    let on_chosen = props
        .on_chosen
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |(value, words): &(AttrValue, AttrValue)| {
        html! { <option key={value.to_string()} value={value.clone()}>{ words.clone() }</option> }
    };
    html! {
        <label class="labelled">
            <span>{ props.label.clone() }</span>
            <select class="field" ref={node} onchange={on_chosen}>{ for props.options.iter().map(option) }</select>
        </label>
    }
}
