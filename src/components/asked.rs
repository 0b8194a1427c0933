//! A button that asks once before it does what cannot be undone, and says what follows.

use super::maybe;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the button says.
#[derive(Properties, PartialEq)]
pub struct AskedProps {
    /// Its words.
    pub words: AttrValue,
    /// Its words for those who hear it without what stands around it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What follows from it.
    pub follows: AttrValue,
    /// What the second button says, which does it.
    pub yes: AttrValue,
    /// Takes the wish.
    pub on_confirmed: Callback<()>,
}

/// Whether it asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Quiet,
    Asks,
    /// It asked, and was told no.
    Refused,
}

/// A button that asks once.
#[component]
pub fn Asked(props: &AskedProps) -> Html {
    let stage = use_state_eq(|| Stage::Quiet);
    let (first, question) = (use_node_ref(), use_node_ref());
    use_focus(*stage, &first, &question);
    let becomes = |next: Stage| {
        let stage = stage.clone();
        Callback::from(move |_: MouseEvent| stage.set(next))
    };
    let on_key = {
        let stage = stage.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                stage.set(Stage::Refused);
            }
        })
    };
    let confirmed = {
        let (stage, told) = (stage.clone(), props.on_confirmed.clone());
        Callback::from(move |_: MouseEvent| {
            stage.set(Stage::Quiet);
            told.emit(());
        })
    };
    let asks = (*stage == Stage::Asks).then(|| {
        html! {
            <div class="asked" role="group" aria-label={props.words.clone()} onkeydown={on_key}>
                <p ref={question} class="asked-follows" tabindex="-1">{ props.follows.clone() }</p>
                <button type="button" class="button danger" onclick={confirmed}>{ props.yes.clone() }</button>
                <button type="button" class="button quiet" onclick={becomes(Stage::Refused)}>{ "Cancel" }</button>
            </div>
        }
    });
    html! {<>
        <button ref={first} type="button" class="button quiet" aria-expanded={(*stage == Stage::Asks).to_string()}
            aria-label={props.label.clone()} onclick={becomes(Stage::Asks)}>{ props.words.clone() }</button>
        { maybe(asks) }
    </>}
}

/// The question gets the focus when it comes, and the button when it goes.
#[hook]
fn use_focus(stage: Stage, first: &NodeRef, question: &NodeRef) {
    let (first, question) = (first.clone(), question.clone());
    use_effect_with(stage, move |stage| {
        let to = match stage {
            Stage::Quiet => return,
            Stage::Asks => question,
            Stage::Refused => first,
        };
        // What is not in the page any more cannot be focused, and need not be.
        let _focused = to.cast::<HtmlElement>().map(|element| element.focus());
    });
}
