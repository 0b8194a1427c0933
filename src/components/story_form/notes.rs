//! What others did to what one wrote: who set the same field, and texts that were kept beside the description.

use crate::board::may::{Deed, Rights};
use crate::board::msg::{Msg, PastMsg};
use crate::board::scene::past::{KeptText, Overwritten};
use crate::components::maybe;
use backlog::{Description, StoryId};
use yew::prelude::*;

/// The note that someone set what one had set just before.
pub fn overwritten(id: StoryId, note: &Overwritten, dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="note" role="note">
            <p class="note-words">
                <strong dir="auto">{ note.by.as_str().to_owned() }</strong>
                { format!(" changed the {} too, without having seen yours. The later one stands; the history has both.", note.fields) }
            </p>
            <div class="note-buttons">
                <button type="button" class="button"
                    onclick={dispatch.reform(move |_| Msg::Past(PastMsg::HistoryOpened(id)))}>{ "See both" }</button>
                <button type="button" class="button quiet"
                    onclick={dispatch.reform(move |_| Msg::Past(PastMsg::NoteDismissed(id)))}>{ "Dismiss" }</button>
            </div>
        </div>
    }
}

fn shown(kept: &Description) -> String {
    match kept.as_str() {
        "" => "(empty: someone removed the text)".to_owned(),
        text => text.to_owned(),
    }
}

/// Whose the two texts are.
fn whose(kept: &KeptText) -> String {
    match (&kept.by, &kept.first) {
        (Some(by), Some(first)) => {
            let (by, first) = (by.as_str(), first.as_str());
            format!("{first} and {by} wrote in the same place. What {first} wrote came first and stands above; this is what {by} wrote.")
        }
        (Some(by), None) => format!(
            "Two people wrote in the same place. The text that came first stands above; this is what {} wrote.",
            by.as_str()
        ),
        (None, _) => {
            "Two people wrote in the same place. The text that came first stands above; this is what the other one wrote."
                .to_owned()
        }
    }
}

/// A text that overlapped with the description.
pub fn conflict((id, rights): (StoryId, Rights), kept: &KeptText, dispatch: &Callback<Msg>) -> Html {
    let (text, writes) = (&kept.text, rights.may(Deed::Word));
    let (used, dropped, copied) = (text.clone(), text.clone(), text.as_str().to_owned());
    html! {
        <div class="note conflict" role="note">
            <p class="note-words" dir="auto">{ whose(kept) }</p>
            <blockquote class="conflict-text" dir="auto">{ shown(text) }</blockquote>
            <div class="note-buttons">
                { maybe(writes.then(|| html! {
                    <button type="button" class="button"
                        onclick={dispatch.reform(move |_| Msg::Past(PastMsg::ConflictUsed(id, used.clone())))}>
                        { "Use this text instead" }
                    </button>
                })) }
                <button type="button" class="button quiet"
                    onclick={dispatch.reform(move |_| Msg::Past(PastMsg::CopyClicked(copied.clone())))}>{ "Copy" }</button>
                { maybe(writes.then(|| html! {
                    <button type="button" class="button quiet danger"
                        onclick={dispatch.reform(move |_| Msg::Past(PastMsg::ConflictDropped(id, dropped.clone())))}>
                        { "Drop" }
                    </button>
                })) }
            </div>
        </div>
    }
}
