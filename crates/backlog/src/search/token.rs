//! Cuts what was typed into tokens. Takes any text; a quote that is not closed reaches to the end.

use super::Mistake;
use std::ops::Range;

/// A piece of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or a dash right before something.
    Not,
    Text(Value),
    /// A name with a colon, and what follows the colon, cut at commas.
    Field {
        /// Where the name stands, without the colon.
        name: Range<usize>,
        values: Vec<Value>,
    },
}

/// A word or what stands in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// What it says, without quotes.
    pub text: String,
    pub is_quoted: bool,
    /// Where it stands, quotes too.
    pub at: Range<usize>,
}

/// Quotes as keyboards and word processors make them: any of them closes any other.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];

pub(super) fn is_quote(character: char) -> bool {
    QUOTES.contains(&character)
}

/// Cuts a text into its tokens, in order, with the quotes that are not closed.
pub(super) fn cut(text: &str) -> (Vec<Token>, Vec<Mistake>) {
    let mut knife = Knife {
        text,
        at: 0,
        tokens: Vec::new(),
        mistakes: Vec::new(),
    };
    while knife.cut_one() {}
    (knife.tokens, knife.mistakes)
}

struct Knife<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    mistakes: Vec<Mistake>,
}

impl<'a> Knife<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|character| !belongs(character)).unwrap_or(rest.len());
        self.at += length;
        rest.split_at(length).0
    }

    /// Whether there was one.
    fn cut_one(&mut self) -> bool {
        self.take(char::is_whitespace);
        let from = self.at;
        let Some(first) = self.peek() else { return false };
        let kind = match first {
            '(' => self.sign(Kind::Open),
            ')' => self.sign(Kind::Close),
            '-' if self.leaves_out() => self.sign(Kind::Not),
            quote if is_quote(quote) => Kind::Text(self.quoted()),
            _ => self.word(),
        };
        let at = from..self.at;
        self.tokens.push(Token { kind, at });
        true
    }

    fn sign(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// Whether the dash here stands right before something. Two dashes begin a word, and one alone is one.
    fn leaves_out(&self) -> bool {
        let next = self.rest().chars().nth(1);
        next.is_some_and(|next| !next.is_whitespace() && !matches!(next, '-' | ')'))
    }

    /// What stands in the quotes that open here.
    fn quoted(&mut self) -> Value {
        let from = self.at;
        let mut characters = self.rest().char_indices().skip(1).peekable();
        let mut text = String::new();
        let mut end = None;
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            match (character, next) {
                ('\\', Some(next)) if next == '\\' || is_quote(next) => {
                    text.push(next);
                    characters.next();
                }
                (quote, _) if is_quote(quote) => {
                    end = Some(from + at + quote.len_utf8());
                    break;
                }
                _ => text.push(character),
            }
        }
        self.at = end.unwrap_or(self.text.len());
        let at = from..self.at;
        if end.is_none() {
            self.mistakes.push(Mistake {
                at: at.clone(),
                words: format!("The quote that opens at {} is not closed.", place(self.text, from)),
            });
        }
        Value {
            text,
            is_quoted: true,
            at,
        }
    }

    fn word(&mut self) -> Kind {
        if let Some(length) = self.name_length() {
            let name = self.at..self.at + length;
            self.at = name.end + 1;
            return Kind::Field {
                name,
                values: self.values(),
            };
        }
        let word = self.unquoted(|_| false);
        match word.text.as_str() {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => Kind::Text(word),
        }
    }

    /// The length of the name that ends at a colon here. An address and a path of modules have colons too.
    fn name_length(&self) -> Option<usize> {
        let rest = self.rest();
        let length = rest.find(|character: char| !character.is_ascii_alphabetic())?;
        let after = rest.get(length..)?.strip_prefix(':')?;
        (length > 0 && !after.starts_with("//") && !after.starts_with(':')).then_some(length)
    }

    /// What follows a colon. Where nothing does, one value without text.
    fn values(&mut self) -> Vec<Value> {
        let mut values = Vec::new();
        loop {
            values.push(match self.peek() {
                Some(quote) if is_quote(quote) => self.quoted(),
                Some(_) | None => self.unquoted(|character| character == ','),
            });
            if self.peek() != Some(',') {
                return values;
            }
            self.at += 1;
        }
    }

    fn unquoted(&mut self, ends: impl Fn(char) -> bool) -> Value {
        let from = self.at;
        let belongs = |character: char| {
            !character.is_whitespace() && !matches!(character, '(' | ')') && !is_quote(character) && !ends(character)
        };
        let text = self.take(belongs).to_owned();
        Value {
            text,
            is_quoted: false,
            at: from..self.at,
        }
    }
}

/// A place as people count it: `character 5`, from 1.
pub(super) fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    format!("character {}", before.chars().count() + 1)
}
