//! Makes a condition of tokens, or says what is wrong with them. Time grows with the length of the text, depth is limited.

use super::condition::{Condition, Term};
use super::field::Field;
use super::token::{self, Kind, Token, Value, place};
use super::{Mistake, Search, value};
use crate::search::span::Span;
use std::ops::Range;

/// Reads a text.
pub(super) fn parse(text: &str) -> Result<Condition, Vec<Mistake>> {
    if let Some((most, _)) = text.char_indices().nth(Search::MAX) {
        return Err(vec![Mistake {
            at: most..text.len(),
            words: "A search has at most 10,000 characters. What comes after them was not looked at.".to_owned(),
        }]);
    }
    let (tokens, mistakes) = token::cut(text);
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        mistakes,
        gave_up: false,
    };
    let condition = parser.any(0).unwrap_or(NOTHING);
    if parser.mistakes.is_empty() {
        return Ok(condition);
    }
    let mut mistakes = parser.mistakes;
    mistakes.sort_by_key(|mistake| mistake.at.start);
    mistakes.truncate(Search::MAX_MISTAKES);
    Err(mistakes)
}

/// Asks nothing; stands in for what was a mistake.
const NOTHING: Condition = Condition::All(Vec::new());

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    mistakes: Vec<Mistake>,
    // Whether the rest was left unread.
    gave_up: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }

    fn mistake(&mut self, at: Range<usize>, words: impl Into<String>) {
        // More are not told; a text of ten thousand closing brackets need not be remembered as so many sentences.
        if self.mistakes.len() < Search::MAX_MISTAKES {
            let words = words.into();
            self.mistakes.push(Mistake { at, words });
        }
    }

    /// Alternatives. None where nothing stands.
    fn any(&mut self, depth: usize) -> Option<Condition> {
        let mut found = Vec::new();
        let mut or: Option<Range<usize>> = None;
        loop {
            let one = self.all(depth);
            let next = self
                .peek()
                .filter(|token| token.kind == Kind::Or)
                .map(|token| token.at.clone());
            match (one, &or, &next) {
                (Some(one), _, _) => found.push(one),
                (None, Some(at), _) => self.mistake(at.clone(), stands_alone("OR", "after")),
                (None, None, Some(at)) => self.mistake(at.clone(), stands_alone("OR", "before")),
                (None, None, None) => {}
            }
            if next.is_none() {
                return one_or(found, Condition::Any);
            }
            self.next += 1;
            or = next;
        }
    }

    /// Conditions side by side. None where nothing stands.
    fn all(&mut self, depth: usize) -> Option<Condition> {
        let mut found = Vec::new();
        let mut and: Option<Range<usize>> = None;
        while let Some(Token { kind, at }) = self.peek() {
            let at = at.clone();
            match kind {
                Kind::Or => break,
                Kind::Close if depth > 0 => break,
                Kind::Close => {
                    self.next += 1;
                    self.mistake(at, "This bracket closes one that was not opened.");
                }
                Kind::And => {
                    self.next += 1;
                    if found.is_empty() || and.is_some() {
                        self.mistake(at.clone(), stands_alone("AND", "before"));
                    }
                    and = Some(at);
                }
                Kind::Open | Kind::Not | Kind::Text(_) | Kind::Field { .. } => {
                    found.push(self.one(depth));
                    and = None;
                }
            }
        }
        if let Some(at) = and {
            self.mistake(at, stands_alone("AND", "after"));
        }
        one_or(found, Condition::All)
    }

    /// One condition, perhaps with `NOT` before it.
    fn one(&mut self, depth: usize) -> Condition {
        let mut is_negated = false;
        let mut not = None;
        while let Some(Token { kind: Kind::Not, at }) = self.peek() {
            not = Some(at.clone());
            is_negated = !is_negated;
            self.next += 1;
        }
        let condition = match self.peek().map(|token| &token.kind) {
            Some(Kind::Open | Kind::Text(_) | Kind::Field { .. }) => self.positive(depth),
            Some(Kind::Close | Kind::And | Kind::Or | Kind::Not) | None => {
                let at = not.unwrap_or(self.text.len()..self.text.len());
                self.mistake(at, "This leaves out what stands after it, and nothing does.");
                NOTHING
            }
        };
        match (is_negated, condition) {
            (false, condition) => condition,
            (true, Condition::Not(inner)) => *inner,
            (true, condition) => Condition::Not(Box::new(condition)),
        }
    }

    fn positive(&mut self, depth: usize) -> Condition {
        let Some(Token { kind, at }) = self.take() else {
            return NOTHING;
        };
        match kind {
            Kind::Open => self.bracket(at, depth),
            Kind::Text(value) => self.text(value),
            Kind::Field { name, values } => self.field(name, values),
            Kind::Close | Kind::And | Kind::Or | Kind::Not => NOTHING,
        }
    }

    fn bracket(&mut self, open: Range<usize>, depth: usize) -> Condition {
        if depth == Search::MAX_DEPTH {
            self.mistake(open, "Brackets stand in one another at most 50 deep.");
            self.next = self.tokens.len();
            self.gave_up = true;
            return NOTHING;
        }
        let inner = self.any(depth + 1);
        match self.take() {
            Some(close) if inner.is_none() => {
                self.mistake(open.start..close.at.end, "Between these brackets stands nothing.");
            }
            Some(_) => {}
            None if self.gave_up => {}
            None => {
                let words = format!(
                    "The bracket that opens at {} is not closed.",
                    place(self.text, open.start)
                );
                self.mistake(open, words);
            }
        }
        inner.unwrap_or(NOTHING)
    }

    fn text(&mut self, value: Value) -> Condition {
        let Value { text, is_quoted, at } = value;
        if is_quoted && text.trim().is_empty() {
            self.mistake(at, "Between these quotes stands nothing.");
            return NOTHING;
        }
        let number = text.strip_prefix('#').filter(|_| !is_quoted);
        let number = number.and_then(value::number);
        Condition::Term(match number {
            Some(number) => Term::Number(vec![Span::Is(number)]),
            None => Term::Text(text),
        })
    }

    fn field(&mut self, name: Range<usize>, values: Vec<Value>) -> Condition {
        let named = self.text.get(name.clone()).unwrap_or_default();
        let Some(field) = Field::named(named) else {
            let words = no_field(named);
            self.mistake(name.start..name.end + 1, words);
            return NOTHING;
        };
        match value::term(field, name, &values) {
            Ok(term) => Condition::Term(term),
            Err(mistake) => {
                self.mistake(mistake.at, mistake.words);
                NOTHING
            }
        }
    }
}

fn one_or(mut found: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Option<Condition> {
    match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(several(found)),
    }
}

fn stands_alone(word: &str, side: &str) -> String {
    format!(
        "`{word}` stands between two conditions, and {side} it stands none. The word itself is found by `\"{word}\"`."
    )
}

fn no_field(named: &str) -> String {
    let named = value::shortened(named);
    let instead = match Field::near(&named) {
        Some(near) => format!("Did you mean `{}:`?", near.name()),
        None => {
            let names: Vec<String> = Field::all().map(|field| format!("`{}:`", field.name())).collect();
            format!("There are {}.", names.join(", "))
        }
    };
    format!("`{named}:` is not a field. {instead} The text itself is found by `\"{named}:\"`.")
}
