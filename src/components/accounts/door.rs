//! The door: signing in, making an account, asking for another password. Knows who is let in, not how.

use super::{role_phrase, role_promise};
use crate::components::form::{Field, Form, Kind};
use crate::components::frame::{door_frame, unavailable, waiting};
use crate::components::maybe;
use crate::forms::{DoorForm, Filled, FormState};
use backlog::api::account::Welcome;
use backlog::api::members::InvitationSeen;
use yew::prelude::*;

/// What the door shows.
pub struct DoorView {
    /// How one comes in; none until that is known.
    pub welcome: Option<Welcome>,
    /// Whether the server does not answer.
    pub unavailable: bool,
    /// To what one was invited, where one was.
    pub invited: Option<InvitationSeen>,
    /// The form that is open.
    pub form: DoorForm,
    /// How it stands.
    pub state: FormState,
    /// What was done, where there is no more to do here.
    pub done: Option<String>,
    /// The way to the provider.
    pub provider: AttrValue,
    /// Takes what was typed.
    pub on_submitted: Callback<Filled>,
    /// Takes the wish for another form.
    pub on_chosen: Callback<DoorForm>,
}

/// The door.
pub fn door_view(props: &DoorView) -> Html {
    let title = match (&props.invited, props.form) {
        (Some(invited), DoorForm::SignIn | DoorForm::SignUp) => format!("Join {}", invited.project.as_str()),
        (_, DoorForm::First) => "Make the first account".to_owned(),
        (None, DoorForm::SignIn) => "Sign in".to_owned(),
        (None, DoorForm::SignUp) => "Make an account".to_owned(),
        (_, DoorForm::Lost) => "Lost your password?".to_owned(),
    };
    let body = match (&props.welcome, props.unavailable) {
        (Some(welcome), _) => open(props, welcome),
        (None, true) => unavailable(),
        (None, false) => waiting(),
    };
    door_frame(&title, body)
}

fn open(props: &DoorView, welcome: &Welcome) -> Html {
    let name = || Field::new("name", "Your name", Kind::Name).hinting("As the others will see it.");
    let email = || Field::new("email", "E-mail address", Kind::Username);
    let password = || Field::new("password", "Password", Kind::Password);
    let fresh = || Field::new("password", "Password", Kind::NewPassword).hinting("At least 8 characters.");
    let form = match props.form {
        DoorForm::First => form(props, vec![name(), email(), fresh()], "Make the account"),
        DoorForm::SignUp => form(props, vec![name(), email(), fresh()], "Make the account"),
        DoorForm::SignIn => form(props, vec![email(), password()], "Sign in"),
        DoorForm::Lost if !welcome.mail => html! {
            <p>{ "Ask whoever administers this installation for a link by which you can set a new one." }</p>
        },
        DoorForm::Lost => form(props, vec![email()], "Send me a link"),
    };
    let form = match &props.done {
        Some(done) => html! { <p class="door-done" role="status" tabindex="-1">{ done.clone() }</p> },
        None => form,
    };
    html! {<>
        { intro(props) }
        { form }
        { ways_on(props, welcome) }
    </>}
}

fn intro(props: &DoorView) -> Html {
    let words = match (&props.invited, props.form) {
        (_, DoorForm::First) => {
            "Nobody has an account here yet. This one administers the installation: it sees to all \
                                 accounts, and owns the projects that are here already."
                .to_owned()
        }
        (Some(invited), DoorForm::SignIn | DoorForm::SignUp) => format!(
            "{} invites you as {}. {}",
            invited.by.as_str(),
            role_phrase(invited.role),
            role_promise(invited.role)
        ),
        (_, DoorForm::Lost) | (None, DoorForm::SignIn | DoorForm::SignUp) => return html! {},
    };
    html! { <p class="chapter-intro" dir="auto">{ words }</p> }
}

// Each form is another one to the browser, so that what it filled in for one does not stand in the next.
fn form(props: &DoorView, fields: Vec<Field>, action: &'static str) -> Html {
    let id = match props.form {
        DoorForm::First => "first",
        DoorForm::SignIn => "sign-in",
        DoorForm::SignUp => "sign-up",
        DoorForm::Lost => "lost",
    };
    html! { <Form key={id} {id} {fields} {action} state={props.state.clone()} on_submitted={props.on_submitted.clone()} /> }
}

fn ways_on(props: &DoorView, welcome: &Welcome) -> Html {
    let may_sign_up = welcome.sign_up || props.invited.is_some();
    let way = |words: &'static str, form: DoorForm| {
        html! {
            <button type="button" class="button quiet" onclick={props.on_chosen.reform(move |_| form)}>{ words }</button>
        }
    };
    let ways = match props.form {
        DoorForm::First => return html! {},
        DoorForm::SignIn => html! {<>
            { maybe(may_sign_up.then(|| way("Make an account", DoorForm::SignUp))) }
            { way("Lost your password?", DoorForm::Lost) }
        </>},
        DoorForm::SignUp => way("I have an account", DoorForm::SignIn),
        DoorForm::Lost => way("Back to signing in", DoorForm::SignIn),
    };
    let provider = welcome.provider.as_ref().filter(|_| props.form != DoorForm::Lost);
    html! {<>
        { maybe(provider.map(|provider| html! {
            <div class="door-provider">
                <a class="button" href={props.provider.clone()}>{ format!("Sign in with {provider}") }</a>
                { maybe(props.invited.as_ref().map(|_| html! {
                    <p class="fill-hint">{ "Then open the link of the invitation again." }</p>
                })) }
            </div>
        })) }
        <p class="door-ways">{ ways }</p>
    </>}
}
