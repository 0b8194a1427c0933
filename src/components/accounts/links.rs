//! The links that let others into a project: invitations, and public links to read.

use super::role::{role_follows, role_word};
use super::{Line, lines, part, role_phrase};
use crate::components::asked::Asked;
use crate::components::form::{Choice, Field, Form, Kind};
use crate::components::frame::trouble;
use crate::components::once::Once;
use crate::components::{clock_words, maybe};
use crate::forms::{Filled, FormState};
use backlog::Role;
use backlog::api::members::{Invitation, Share};
use backlog::id::Bits128;
use yew::prelude::*;

/// What stands there of the invitations.
pub struct InvitationsView {
    /// Those that still stand; none until they are known.
    pub invitations: Option<Vec<Invitation>>,
    /// Whether one can be sent by mail.
    pub mail: bool,
    /// The link of a new one, and to what it is.
    pub fresh: Option<(AttrValue, Role)>,
    /// To whom a new one was sent.
    pub sent: Option<String>,
    /// How the form stands.
    pub state: FormState,
    /// Counts the invitations that it made: after each it is empty again.
    pub edition: u32,
    /// What went wrong with the list.
    pub trouble: Option<String>,
    /// Takes what was typed.
    pub on_submitted: Callback<Filled>,
    /// Takes the wish to take one back.
    pub on_taken_back: Callback<Bits128>,
    /// Copies the link.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see the link no more.
    pub on_done: Callback<()>,
}

/// The invitations.
pub fn invitations_view(props: &InvitationsView) -> Html {
    let line = |invitation: &Invitation| {
        let id = invitation.id;
        let whom = invitation
            .email
            .as_ref()
            .map_or("Whoever has the link", |email| email.as_str());
        let until = clock_words::date_of(invitation.until);
        Line {
            key: id.to_string(),
            sign: html! {},
            title: html! { format!("{whom}, as {}", role_phrase(invitation.role)) },
            facts: format!("By {}, good until {until}", invitation.by.as_str()),
            hands: html! {
                <Asked words="Take back" label={format!("Take back: {whom}")} yes="Take it back"
                    follows="The link opens nothing any more. Who has joined by it stays."
                    on_confirmed={props.on_taken_back.reform(move |()| id)} />
            },
        }
    };
    let invitations = props.invitations.as_ref();
    part(
        "invitations",
        (
            "Invite",
            "A link is good for 14 days, for as many as you give it, until you take it back.",
        ),
        html! {<>
            { form(props) }
            { maybe(props.fresh.as_ref().map(|(link, role)| html! {
                <Once label={format!("A link for {}", role_phrase(*role))} secret={link.clone()} on_copied={props.on_copied.clone()} on_done={props.on_done.clone()}
                    note="Give it to whom you invite. It is shown this once." />
            })) }
            { maybe(props.sent.as_ref().map(|email| html! {
                <p role="status">{ format!("An invitation is on its way to {email}. It is good once.") }</p>
            })) }
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("Invitations", "", invitations.map(|invitations| invitations.iter().map(line).collect())) }
        </>},
    )
}

fn form(props: &InvitationsView) -> Html {
    let roles = Role::ALL.into_iter().rev().map(|role| Choice {
        follows: Some(role_follows(role)),
        ..Choice::new(role.as_str(), role_word(role))
    });
    let mut fields = vec![Field::new("role", "Role", Kind::One(roles.collect())).with(Role::Member.as_str())];
    if props.mail {
        let hint = "Leave it empty for a link that you give yourself.";
        fields.push(Field::new("email", "Send it by mail to", Kind::Mail).hinting(hint));
    }
    html! {
        <Form key={props.edition} id="invite" {fields} action="Invite" state={props.state.clone()}
            on_submitted={props.on_submitted.clone()} />
    }
}

/// What stands there of the public links.
pub struct SharesView {
    /// Those that still stand; none until they are known.
    pub shares: Option<Vec<Share>>,
    /// A new one.
    pub fresh: Option<AttrValue>,
    /// What went wrong.
    pub trouble: Option<String>,
    /// Takes the wish for one.
    pub on_made: Callback<()>,
    /// Takes the wish to take one back.
    pub on_taken_back: Callback<Bits128>,
    /// Copies the link.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see the link no more.
    pub on_done: Callback<()>,
}

/// The public links.
pub fn shares_view(props: &SharesView) -> Html {
    let line = |share: &Share| {
        let id = share.id;
        let since = clock_words::date_and_time(share.since);
        Line {
            key: id.to_string(),
            sign: html! {},
            title: html! { format!("Made by {}", share.by.as_str()) },
            facts: format!("Since {since}"),
            hands: html! {
                <Asked words="Take back" label={format!("Take back the public link of {since}")} yes="Take it back"
                    follows="Whoever looks at the project by this link loses it at once."
                    on_confirmed={props.on_taken_back.reform(move |()| id)} />
            },
        }
    };
    let shares = props.shares.as_ref();
    part(
        "shares",
        (
            "Public links",
            "Whoever has such a link sees everything in this project, with names and comments, without an account, and changes nothing.",
        ),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("Public links", "", shares.map(|shares| shares.iter().map(line).collect())) }
            <div class="fill-end">
                <button type="button" class="button" onclick={props.on_made.reform(|_| ())}>{ "Make a public link" }</button>
            </div>
            { maybe(props.fresh.as_ref().map(|link| html! {
                <Once label="The public link" secret={link.clone()} on_copied={props.on_copied.clone()} on_done={props.on_done.clone()}
                    note="It is shown this once; another can be made at any time." />
            })) }
        </>},
    )
}
