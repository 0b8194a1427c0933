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
    // How far the text has been told.
    let mut told = 0;
    for (start, _) in text.match_indices(['#', '@', 'h', 'H']) {
        let (before, rest) = text.split_at(start);
        let found = special(rest, before.chars().next_back(), people).filter(|_| told <= start);
        if let Some((piece, len)) = found {
            pieces.extend(words(text.get(told..start)));
            pieces.push(piece);
            told = start + len;
        }
    }
    pieces.extend(words(text.get(told..)));
    pieces
}

fn words(text: Option<&str>) -> Option<Piece<'_>> {
    text.filter(|text| !text.is_empty()).map(Piece::Words)
}

/// What a text begins with, and how many bytes it takes, unless it stands in the middle of a word.
fn special<'a>(text: &'a str, before: Option<char>, people: &People) -> Option<(Piece<'a>, usize)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '#' | '@' | '/' | '&')) {
        return None;
    }
    match text.as_bytes().first()? {
        b'#' => number(text),
        b'@' => mention(text, people),
        _ => address(text),
    }
}

fn number(text: &str) -> Option<(Piece<'_>, usize)> {
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let (shown, rest) = text.split_at(1 + digits);
    let number = shown.strip_prefix('#').filter(|digits| !digits.starts_with('0'))?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let number = number.parse().ok().filter(|_| ends)?;
    Some((Piece::Number(shown, number), shown.len()))
}

fn mention<'a>(text: &'a str, people: &People) -> Option<(Piece<'a>, usize)> {
    let (id, len) = people.named_by(text.strip_prefix('@')?)?;
    let (shown, _) = text.split_at(1 + len);
    Some((Piece::Mention(shown, id), shown.len()))
}

fn address(text: &str) -> Option<(Piece<'_>, usize)> {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    if !begins("http://") && !begins("https://") {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    // One character more than an address can have: that is none, and is not looked at to its end.
    let most = text
        .char_indices()
        .nth(Web::MAX + 1)
        .map_or(text.len(), |(most, _)| most);
    let (within, _) = text.split_at(most);
    let (shown, _) = within.split_at(within.find(ends).unwrap_or(most));
    let shown = without_punctuation(shown);
    // Only what is an address everywhere else is one here.
    Web::new(shown).ok()?;
    Some((Piece::Address(shown), shown.len()))
}

/// The address without what belongs to the sentence around it.
fn without_punctuation(mut address: &str) -> &str {
    let closes = |address: &str, pair: [char; 2]| {
        let [opened, closed] = pair.map(|bracket| address.matches(bracket).count());
        closed > opened
    };
    while let Some(last) = address.chars().next_back() {
        let falls_away = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
            ')' => closes(address, ['(', ')']),
            ']' => closes(address, ['[', ']']),
            _ => false,
        };
        match address.strip_suffix(last).filter(|_| falls_away) {
            Some(shorter) => address = shorter,
            None => break,
        }
    }
    address
}
