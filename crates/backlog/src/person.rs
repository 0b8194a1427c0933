//! What is said of a person who has an account. Each type's constructor is its check, in the form and on the server alike. None of
//! it stands in a project's history but the name.

use crate::text::line;
use crate::{Name, Problem};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// An address for mail, in lower case: 3 to 254 characters, one `@` with something before and behind it. Whether mail arrives
/// there, only mail can tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 3, "maxLength" = 254, "pattern" = "^[^@\\s]+@[^@\\s]+$")))]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A password: 8 to 256 characters, whatever they are, none cut off. It never shows itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 8, "maxLength" = 256)))]
#[serde(try_from = "String", into = "String")]
pub struct Password(String);

/// Letters for a name: 1 to 3 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 3)))]
#[serde(try_from = "String", into = "String")]
pub struct Initials(String);

/// One of the colours that the page has for people, by its number from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maximum" = 11)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Colour(u16);

impl Email {
    /// The most characters of an address (RFC 5321, 4.5.3.1.3, without the brackets).
    pub const MAX: usize = 254;

    /// Takes an address; white space around it falls away, capitals become small.
    pub fn new(text: &str) -> Result<Email, Problem> {
        let address = line("email", text, Email::MAX)?.to_lowercase();
        let parts = address.split_once('@');
        let whole = parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
        match address
            .chars()
            .find(|one| one.is_whitespace() || deceives(*one) || "<>(),;:\\\"[]".contains(*one))
        {
            Some(character) => Err(Problem::Forbidden {
                field: "email",
                character,
            }),
            None if !whole => Err(Problem::NotAMailbox),
            None => Ok(Email(address)),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Password {
    /// The fewest characters.
    pub const MIN: u16 = 8;
    /// The most characters.
    pub const MAX: u16 = 256;

    /// Takes a password as it is.
    pub fn new(text: &str) -> Result<Password, Problem> {
        let got = text.chars().count();
        if (usize::from(Password::MIN)..=usize::from(Password::MAX)).contains(&got) {
            return Ok(Password(text.to_owned()));
        }
        Err(Problem::PasswordLength {
            got: u16::try_from(got).unwrap_or(u16::MAX),
        })
    }

    /// The password, for whoever verifies it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Initials {
    /// The most characters.
    pub const MAX: usize = 3;

    /// Takes letters as they are.
    pub fn new(text: &str) -> Result<Initials, Problem> {
        undeceiving("initials", line("initials", text, Initials::MAX)?).map(Initials)
    }

    /// Those of a name: the first letter of its first and of its last word.
    pub fn of(name: &Name) -> Initials {
        let mut words = name.as_str().split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        // One letter each: what becomes several letters as a capital stays as it is.
        let capital = |letter: char| {
            Some(letter.to_uppercase())
                .filter(|many| many.len() == 1)
                .map_or(letter, |mut one| one.next().unwrap_or(letter))
        };
        Initials(first.into_iter().chain(last).map(capital).collect())
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Colour {
    /// How many there are.
    pub const COUNT: u16 = 12;

    /// Takes a number below [`Colour::COUNT`].
    pub fn new(number: u16) -> Result<Colour, Problem> {
        if number < Colour::COUNT {
            return Ok(Colour(number));
        }
        Err(Problem::OutOfRange {
            field: "colour",
            least: 0,
            most: Colour::COUNT - 1,
            got: number,
        })
    }

    /// The one for whoever chose none.
    pub fn of(person: crate::ActorId) -> Colour {
        Colour((person.0.0 % u128::from(Colour::COUNT)) as u16)
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self.0
    }
}

/// Reads the name of a person who says it of themselves: one that cannot pass for another's. The names in a project's history were
/// taken before this was asked, and are read as they are.
pub fn own_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    let name = Name::deserialize(deserializer)?;
    match undeceiving("name", name.as_str().to_owned()) {
        Ok(_) => Ok(name),
        Err(problem) => Err(D::Error::custom(problem)),
    }
}

fn undeceiving(field: &'static str, text: String) -> Result<String, Problem> {
    match text.chars().find(|one| deceives(*one)) {
        Some(character) => Err(Problem::Forbidden { field, character }),
        None => Ok(text),
    }
}

/// Whether a character shows nothing of itself and only makes one text look like another: spaces without width, and what turns the
/// direction of others around. Joiners stay: scripts and emoji need them.
fn deceives(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

impl TryFrom<String> for Email {
    type Error = Problem;

    fn try_from(text: String) -> Result<Email, Problem> {
        Email::new(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl TryFrom<String> for Password {
    type Error = Problem;

    fn try_from(text: String) -> Result<Password, Problem> {
        Password::new(&text)
    }
}

impl From<Password> for String {
    fn from(password: Password) -> String {
        password.0
    }
}

impl TryFrom<String> for Initials {
    type Error = Problem;

    fn try_from(text: String) -> Result<Initials, Problem> {
        Initials::new(&text)
    }
}

impl From<Initials> for String {
    fn from(initials: Initials) -> String {
        initials.0
    }
}

impl TryFrom<u16> for Colour {
    type Error = Problem;

    fn try_from(number: u16) -> Result<Colour, Problem> {
        Colour::new(number)
    }
}

impl From<Colour> for u16 {
    fn from(colour: Colour) -> u16 {
        colour.0
    }
}

#[cfg(test)]
mod tests;
