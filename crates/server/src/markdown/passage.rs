//! What is meant by parts of plain text: story numbers, people's names, addresses. Knows no Markdown and no HTML.

use super::people::People;
use backlog::{ActorId, Web};

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words that mean no more than they say.
    Words(&'a str),
    /// `#123`.
    Number(&'a str, u32),
    /// `@Name` of someone who is known.
    Mention(&'a str, ActorId),
    /// An address on the web.
    Address(&'a str),
}

/// The parts of a text, in order and without gaps.
pub(super) fn pieces<'a>(text: &'a str, people: &People) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut told, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['#', '@', 'h', 'H']) {
        let start = at + found;
        let before = text[..start].chars().next_back();
        let piece = special(&text[start..], before, people);
        let len = piece.map_or(1, |(_, len)| len);
        at = start + len;
        if let Some((piece, _)) = piece {
            if told < start {
                pieces.push(Piece::Words(&text[told..start]));
            }
            pieces.push(piece);
            told = at;
        }
    }
    if told < text.len() {
        pieces.push(Piece::Words(&text[told..]));
    }
    pieces
}

/// What a text begins with, and how many bytes it takes, unless it stands in the middle of a word.
fn special<'a>(text: &'a str, before: Option<char>, people: &People) -> Option<(Piece<'a>, usize)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '#' | '@' | '/' | '&')) {
        return None;
    }
    match text.as_bytes()[0] {
        b'#' => number(text),
        b'@' => mention(text, people),
        _ => address(text),
    }
}

fn number(text: &str) -> Option<(Piece<'_>, usize)> {
    let digits = text[1..].bytes().take_while(u8::is_ascii_digit).count();
    let (shown, rest) = text.split_at(1 + digits);
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let number = shown[1..]
        .parse()
        .ok()
        .filter(|_| ends && !shown[1..].starts_with('0'))?;
    Some((Piece::Number(shown, number), shown.len()))
}

fn mention<'a>(text: &'a str, people: &People) -> Option<(Piece<'a>, usize)> {
    let (id, len) = people.named_by(&text[1..])?;
    Some((Piece::Mention(&text[..1 + len], id), 1 + len))
}

fn address(text: &str) -> Option<(Piece<'_>, usize)> {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    if !begins("http://") && !begins("https://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    let shown = without_punctuation(&text[..end.unwrap_or(text.len())]);
    // Only what is an address everywhere else is one here.
    Web::new(shown).ok()?;
    Some((Piece::Address(shown), shown.len()))
}

/// The address without what belongs to the sentence around it.
fn without_punctuation(mut address: &str) -> &str {
    while let Some(last) = address.chars().next_back() {
        let falls_away = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !falls_away {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}
