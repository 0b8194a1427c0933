//! Passwords that others would think of first: a list of common ones, and what is known of the person and the place. Compared
//! without regard to capitals; what stands behind the last letter counts for nothing beside a name.

use backlog::Name;
use backlog::person::{Email, Password};
use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

/// One a line, in lower case: digits in a row, walks over the keyboard, and the words that people choose first, also those that
/// become a password only by what is put behind them.
static LIST: &str = include_str!("common/list.txt");

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| LIST.lines().collect());

/// So many digits and signs behind a common word make no other password of it.
const ENDING: usize = 4;
/// What this program is called.
const HERE: &str = "truestory";

/// Why a password is too easy to think of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessable {
    /// Many have it.
    Common,
    /// One character again and again.
    OneCharacter,
    /// It is the person's name or address, or little more.
    Own,
    /// It is the program's name, or little more.
    Here,
}

impl fmt::Display for Guessable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Guessable::Common => "password: this password is one of those that are tried first: choose another",
            Guessable::OneCharacter => {
                "password: it is one character again and again; take several words that do not belong together"
            }
            Guessable::Own => {
                "password: it is your name or your address; take one that nobody would guess who knows you"
            }
            Guessable::Here => {
                "password: it is the name of this program; take several words that do not belong together"
            }
        })
    }
}

impl std::error::Error for Guessable {}

/// Refuses a password that others would think of first.
pub fn check(password: &Password, name: &Name, email: &Email) -> Result<(), Guessable> {
    let folded = password.reveal().to_lowercase();
    let mut letters = folded.chars();
    let first = letters.next();
    if letters.all(|letter| Some(letter) == first) {
        return Err(Guessable::OneCharacter);
    }
    let local = email.as_str().split('@').next().unwrap_or_default();
    if [name.as_str(), email.as_str(), local]
        .into_iter()
        .any(|own| is_little_more(&folded, own))
    {
        return Err(Guessable::Own);
    }
    if is_little_more(&folded, HERE) {
        return Err(Guessable::Here);
    }
    match is_common(&folded) {
        true => Err(Guessable::Common),
        false => Ok(()),
    }
}

/// Whether the list has a password, or what is left of it without its last few digits and signs.
fn is_common(folded: &str) -> bool {
    let mut rest = folded;
    for _ in 0..ENDING {
        if COMMON.contains(rest) {
            return true;
        }
        match rest.strip_suffix(|one: char| !one.is_alphabetic()) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    COMMON.contains(rest)
}

/// Whether a password is this word, or the word with digits and signs behind it.
fn is_little_more(folded: &str, word: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    let (password, word) = (bare(folded), bare(&word.to_lowercase()));
    let stem = |text: &str| text.trim_end_matches(|one: char| !one.is_alphabetic()).to_owned();
    password == word || (!stem(&word).is_empty() && stem(&password) == stem(&word))
}

#[cfg(test)]
mod tests;
