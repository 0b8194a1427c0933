//! One's own account: what others see of one, and where one is signed in.

use super::agent::agent;
use super::{Line, lines, part};
use crate::components::asked::Asked;
use crate::components::face::{colour_word, face};
use crate::components::form::{Choice, Field, Form, Kind};
use crate::components::frame::trouble;
use crate::components::{clock_words, maybe};
use crate::forms::{Filled, FormState};
use backlog::Millis;
use backlog::api::account::{Account, Profile, SessionSeen};
use backlog::id::Bits128;
use backlog::person::{Colour, Initials};
use yew::prelude::*;

/// What stands there of one's profile.
pub struct ProfileView {
    /// The account as the server has it.
    pub account: Account,
    /// What the form would make of it.
    pub typed: Profile,
    /// How the form stands.
    pub state: FormState,
    /// Whether it was just saved.
    pub saved: bool,
    /// Takes what is typed.
    pub on_typed: Callback<Filled>,
    /// Takes what is to be saved.
    pub on_submitted: Callback<Filled>,
}

/// What others see of one.
pub fn profile_view(props: &ProfileView) -> Html {
    let ProfileView { account, typed, .. } = props;
    let initials = typed.initials.clone().unwrap_or_else(|| Initials::of(&typed.name));
    let own = account.initials != Initials::of(&account.name);
    let colours = (0..Colour::COUNT).filter_map(|number| Colour::new(number).ok());
    let colours = colours.map(|colour| Choice {
        sign: Some(face(&initials, colour)),
        ..Choice::new(colour.number().to_string(), colour_word(colour))
    });
    let letters = if own { account.initials.as_str() } else { "" };
    let fields = vec![
        Field::new("name", "Name", Kind::Name).with(account.name.as_str().to_owned()),
        Field::new("initials", "Initials", Kind::Text)
            .with(letters.to_owned())
            .hinting("At most 3 characters; made from the name where this is empty."),
        Field::new("colour", "Colour", Kind::One(colours.collect())).with(account.colour.number().to_string()),
    ];
    let saved = props
        .saved
        .then(|| html! { <span class="fill-done" role="status">{ "Saved." }</span> });
    let preview = html! {
        <p class="preview">{ face(&initials, typed.colour) }<span dir="auto">{ typed.name.as_str().to_owned() }</span></p>
    };
    part(
        "profile",
        ("How others see you", ""),
        html! {<>
            { preview }
            <Form id="profile" {fields} action="Save" state={props.state.clone()} on_typed={props.on_typed.clone()}
                on_submitted={props.on_submitted.clone()} beside={maybe(saved)} />
        </>},
    )
}

/// What stands there of one's sessions.
pub struct SessionsView {
    /// The sessions; none until they are known.
    pub sessions: Option<Vec<SessionSeen>>,
    /// The present.
    pub now: Millis,
    /// What went wrong.
    pub trouble: Option<String>,
    /// Takes the wish to end one.
    pub on_ended: Callback<Bits128>,
    /// The button that ends all.
    pub everywhere: Html,
}

/// Where one is signed in.
pub fn sessions_view(props: &SessionsView) -> Html {
    let line = |session: &SessionSeen| {
        let (id, name) = (session.id, agent(&session.agent));
        let hands = if session.this {
            html! { <span class="line-mark">{ "This browser" }</span> }
        } else {
            html! {
                <Asked words="Sign out" label={format!("Sign out {name}")} yes="Sign it out"
                    follows="That browser needs the password again; what it has not sent yet stays on it."
                    on_confirmed={props.on_ended.reform(move |()| id)} />
            }
        };
        let seen = clock_words::ago(session.seen, props.now);
        Line {
            key: id.to_string(),
            sign: html! {},
            title: html! { name },
            facts: format!("Since {}; last used {seen}", clock_words::date_and_time(session.since)),
            hands,
        }
    };
    let sessions = props.sessions.as_ref();
    part(
        "sessions",
        ("Where you are signed in", ""),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("Sessions", "", sessions.map(|sessions| sessions.iter().map(line).collect())) }
            <div class="fill-end">
                { props.everywhere.clone() }
                <p class="fill-hint">{ "This browser is signed out too." }</p>
            </div>
        </>},
    )
}
