//! Where the changes of a project are sent.

use super::{Line, lines, part};
use crate::components::asked::Asked;
use crate::components::form::{Field, Form, Kind};
use crate::components::frame::trouble;
use crate::components::once::Once;
use crate::components::{clock_words, maybe};
use crate::forms::{Filled, FormState};
use backlog::api::members::Webhook;
use backlog::id::Bits128;
use yew::prelude::*;

/// What stands there of the webhooks.
pub struct WebhooksView {
    /// The webhooks; none until they are known.
    pub webhooks: Option<Vec<Webhook>>,
    /// The key of a new one.
    pub fresh: Option<AttrValue>,
    /// How the form stands.
    pub state: FormState,
    /// Counts the webhooks that it made: after each it is empty again.
    pub edition: u32,
    /// What went wrong with the list.
    pub trouble: Option<String>,
    /// Takes what was typed.
    pub on_submitted: Callback<Filled>,
    /// Takes the wish to remove one.
    pub on_removed: Callback<Bits128>,
    /// Copies the key.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see the key no more.
    pub on_done: Callback<()>,
}

/// The webhooks.
pub fn webhooks_view(props: &WebhooksView) -> Html {
    let line = |webhook: &Webhook| {
        let (id, url) = (webhook.id, webhook.url.as_str());
        let last = webhook.last.as_deref().unwrap_or("Nothing was sent yet.");
        Line {
            key: id.to_string(),
            sign: html! {},
            title: html! { url.to_owned() },
            facts: format!("Since {}. {last}", clock_words::date_of(webhook.since)),
            hands: html! {
                <Asked words="Remove" label={format!("Remove the webhook {url}")} yes="Remove it"
                    follows="Nothing is sent there any more." on_confirmed={props.on_removed.reform(move |()| id)} />
            },
        }
    };
    let webhooks = props.webhooks.as_ref();
    let fields = vec![Field::new("url", "Address", Kind::Web).hinting("It begins with https://.")];
    part(
        "webhooks",
        (
            "Webhooks",
            "Every change of this project is sent to these addresses, signed with a key.",
        ),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("Webhooks", "", webhooks.map(|webhooks| webhooks.iter().map(line).collect())) }
            <Form key={props.edition} id="webhook" {fields} action="Add a webhook" state={props.state.clone()}
                on_submitted={props.on_submitted.clone()} />
            { maybe(props.fresh.as_ref().map(|key| html! {
                <Once label="The key" secret={key.clone()} on_copied={props.on_copied.clone()} on_done={props.on_done.clone()}
                    note="Copy it now: it is shown this once. X-Truestory-Signature is the HMAC-SHA256 of the body by this key, in hex." />
            })) }
        </>},
    )
}
