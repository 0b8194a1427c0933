//! Forms as values: what was typed, what is wrong with it, and what it makes once nothing is. The checks are the domain's own types.
//! Knows no browser, no page and no server.

use backlog::api::account::{NewAccount, NewPassword, NewToken, Profile, Reach, SignIn};
use backlog::api::members::{NewInvitation, NewWebhook};
use backlog::person::{Colour, Email, Initials, Password};
use backlog::{Name, Problem, ProjectId, Role, Web};

/// What was typed into a form: texts under the names of its fields. A name may hold several, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(pub Vec<(String, String)>);

impl Filled {
    /// The text of a field; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, text)| text)
    }

    /// All texts of a field.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(name, _)| name == field)
            .map(|(_, text)| text.as_str())
    }
}

/// How a form stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    /// Whether the server was asked.
    pub pace: Pace,
    /// What is wrong with some fields: their names and a sentence for each.
    pub problems: Vec<(String, String)>,
    /// What is wrong with all of it.
    pub problem: Option<String>,
}

/// Whether a form waits for the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// It can be sent.
    #[default]
    Ready,
    /// It was sent.
    Asking,
}

impl FormState {
    /// Sent, with nothing wrong so far.
    pub fn asking() -> FormState {
        FormState {
            pace: Pace::Asking,
            ..FormState::default()
        }
    }

    /// Back from the server, which said this of it, or of one field.
    pub fn refused(field: Option<&str>, sentence: String) -> FormState {
        match field {
            Some(field) => FormState {
                problems: vec![(field.to_owned(), sentence)],
                ..FormState::default()
            },
            None => FormState {
                problem: Some(sentence),
                ..FormState::default()
            },
        }
    }

    /// What is wrong with a field.
    pub fn problem_of(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|(name, _)| name == field);
        found.map(|(_, sentence)| sentence.as_str())
    }

    /// What is wrong, apart from these fields: with all of it, or with something that the form does not show.
    pub fn problem_beside(&self, fields: &[&str]) -> Option<&str> {
        let hidden = self.problems.iter().find(|(name, _)| !fields.contains(&name.as_str()));
        let hidden = hidden.map(|(_, sentence)| sentence.as_str());
        self.problem.as_deref().or(hidden)
    }

    /// Whether anything is wrong.
    pub fn has_problem(&self) -> bool {
        self.problem.is_some() || !self.problems.is_empty()
    }
}

/// The forms at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorForm {
    /// For the first account of an installation.
    First,
    /// For whoever has an account.
    SignIn,
    /// For whoever has none.
    SignUp,
    /// For whoever lost their password.
    Lost,
}

/// What is shown to whoever the provider did not let in, by the word for it that the server sends back in the address.
pub fn provider_trouble(word: &str) -> Option<&'static str> {
    Some(match word {
        "expired" => "That took too long, or was begun in another browser. Try again.",
        "refused" => "The provider did not let you through.",
        "unreachable" => "The provider does not answer. Try again in a moment.",
        "unproven" => "What the provider said does not prove who you are. Try again.",
        "no-email" => "The provider does not tell your address, without which there can be no account.",
        "unverified" => {
            "Your address has an account here, and the provider does not know that it is yours. Sign in with your password."
        }
        "no-account" => "You have no account here. Ask the owner of a project for an invitation.",
        "closed" => "Your account is closed.",
        "too-many" => "Too many tries from where you are. Wait a minute, and try again.",
        "fresh" => "Nobody has an account here yet: the first one is made on this page.",
        _ => return None,
    })
}

/// Makes values of what was typed, and gathers what is wrong with it, so that all of it is told at once.
#[derive(Debug)]
pub struct Reading<'a> {
    filled: &'a Filled,
    state: FormState,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    pub fn of(filled: &'a Filled) -> Reading<'a> {
        Reading {
            filled,
            state: FormState::default(),
        }
    }

    /// Makes a value of a field.
    pub fn take<T>(&mut self, field: &'static str, make: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        make(self.filled.text(field))
            .map_err(|problem| self.blame(field, format!("The {problem}.")))
            .ok()
    }

    /// Makes a value of a field that people know by another word than the domain.
    fn take_called<T>(
        &mut self,
        (field, called): (&'static str, &str),
        make: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<T> {
        let said = |problem: Problem| {
            let text = problem.to_string();
            // A problem begins with the domain's word.
            let what = text.split_once(' ').map_or("", |(_, what)| what);
            format!("{called} {what}.")
        };
        make(self.filled.text(field))
            .map_err(|problem| self.blame(field, said(problem)))
            .ok()
    }

    /// Makes a value of a field, where anything stands in it.
    pub fn take_filled<T>(&mut self, field: &'static str, make: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        if self.filled.text(field).trim().is_empty() {
            return None;
        }
        self.take(field, make)
    }

    /// Says what is wrong with a field.
    pub fn blame(&mut self, field: &str, sentence: String) {
        self.state.problems.push((field.to_owned(), sentence));
    }

    /// What was made, unless something was wrong.
    pub fn end<T>(self, made: Option<T>) -> Result<T, FormState> {
        match made {
            Some(made) if !self.state.has_problem() => Ok(made),
            Some(_) | None => Err(self.state),
        }
    }
}

/// The address by which one signs in: its field, and what people call it.
const EMAIL: (&str, &str) = ("email", "The e-mail address");

/// Reads `name`, `email` and `password`.
pub fn new_account(filled: &Filled) -> Result<NewAccount, FormState> {
    let mut read = Reading::of(filled);
    let name = read.take("name", Name::new);
    let who = sign_in_parts(&mut read);
    read.end(
        name.zip(who)
            .map(|(name, SignIn { email, password })| NewAccount { name, email, password }),
    )
}

/// Reads `email` and `password`.
pub fn sign_in(filled: &Filled) -> Result<SignIn, FormState> {
    let mut read = Reading::of(filled);
    let made = sign_in_parts(&mut read);
    read.end(made)
}

fn sign_in_parts(read: &mut Reading) -> Option<SignIn> {
    let email = read.take_called(EMAIL, Email::new);
    let password = read.take("password", some_password);
    let (email, password) = email.zip(password)?;
    Some(SignIn { email, password })
}

/// Reads `email`.
pub fn email(filled: &Filled) -> Result<Email, FormState> {
    let mut read = Reading::of(filled);
    let made = read.take_called(EMAIL, Email::new);
    read.end(made)
}

/// Reads `password`.
pub fn password(filled: &Filled) -> Result<Password, FormState> {
    let mut read = Reading::of(filled);
    let made = read.take("password", some_password);
    read.end(made)
}

// That nothing was typed is said before that it is too short.
fn some_password(text: &str) -> Result<Password, Problem> {
    if text.is_empty() {
        return Err(Problem::Empty { field: "password" });
    }
    Password::new(text)
}

/// Reads `present`, where something stands in it, and `password`.
pub fn new_password(filled: &Filled) -> Result<NewPassword, FormState> {
    let mut read = Reading::of(filled);
    let present = read.take_filled("present", Password::new);
    let made = read.take("password", some_password);
    read.end(made.map(|new| NewPassword { present, new }))
}

/// Reads `name`, `initials` (made of the name where there are none) and `colour`.
pub fn profile(filled: &Filled) -> Result<Profile, FormState> {
    let mut read = Reading::of(filled);
    let name = read.take("name", Name::new);
    let initials = filled.text("initials").trim();
    let initials = (!initials.is_empty()).then(|| Initials::new(initials));
    if let Some(Err(_)) = initials {
        read.blame(
            "initials",
            format!("Initials are at most {} characters.", Initials::MAX),
        );
    }
    let colour = filled.text("colour").parse().map(Colour::new);
    let colour = colour.ok().and_then(Result::ok).unwrap_or_default();
    read.end(name.map(|name| Profile {
        name,
        initials: initials.and_then(Result::ok),
        colour,
    }))
}

/// Reads `name`, `reach` and `projects`.
pub fn new_token(filled: &Filled) -> Result<NewToken, FormState> {
    let mut read = Reading::of(filled);
    let name = read.take_called(("name", "“What it is for”"), Name::new);
    let projects: Vec<ProjectId> = filled.all("projects").filter_map(|id| id.parse().ok()).collect();
    if projects.is_empty() {
        read.blame("projects", "Choose at least one project.".to_owned());
    }
    let reach = match filled.text("reach") {
        "write" => Reach::Write,
        _ => Reach::Read,
    };
    read.end(name.map(|name| NewToken { name, reach, projects }))
}

/// Reads `role` and, where something stands in it, `email`.
pub fn new_invitation(filled: &Filled) -> Result<NewInvitation, FormState> {
    let mut read = Reading::of(filled);
    let chosen = Role::ALL.into_iter().find(|role| role.as_str() == filled.text("role"));
    let email = read.take_filled("email", Email::new);
    let role = chosen.unwrap_or(Role::Viewer);
    read.end(Some(NewInvitation { role, email }))
}

/// Reads `url`.
pub fn new_webhook(filled: &Filled) -> Result<NewWebhook, FormState> {
    let mut read = Reading::of(filled);
    let made = read.take("url", Web::new);
    read.end(made.map(|url| NewWebhook { url }))
}

#[cfg(test)]
mod tests;
