//! Merges two texts that two people made of the same one. Knows nothing of stories.
//!
//! Lines are compared first. Lines that only one of them changed are taken from that one. Where both changed the same lines, the
//! words of those lines are compared, and the changes of both are taken where each left most of the words standing and at least
//! one word stands between them: so two people may each mend a word of one long line, but two who wrote a sentence anew never
//! get a mixture that nobody wrote. What remains is an overlap: there theirs stays.

use similar::algorithms::{DiffHook, myers};
use std::convert::Infallible;
use std::ops::Range;

/// The most tokens between the first and the last that differ, of two texts together, that are compared one by one. The time
/// grows with the square of their number: these take milliseconds. More than that are one change.
const MOST_CHANGED: usize = 2_000;

/// What became of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Every change of both is in it.
    Whole(String),
    /// Both changed the same place, and there theirs stays. Every other change of both is in it.
    Overlapping(String),
}

/// Merges what `theirs` and `mine` changed in `base`.
pub fn merge(base: &str, theirs: &str, mine: &str) -> Merged {
    let [base, theirs, mine] = [base, theirs, mine].map(lines);
    let (mut merged, mut overlaps) = (Vec::new(), 0);
    for piece in walk(
        Three {
            base: &base,
            theirs: &theirs,
            mine: &mine,
        },
        Touching::Apart,
    ) {
        match piece {
            Piece::Settled(lines) => merged.extend(lines.iter().map(|line| (*line).to_owned())),
            Piece::Disputed(three) => match by_words(three) {
                Some(text) => merged.push(text),
                None => {
                    merged.extend(three.theirs.iter().map(|line| (*line).to_owned()));
                    overlaps += 1;
                }
            },
        }
    }
    let text = merged.join("\n");
    match overlaps {
        0 => Merged::Whole(text),
        _ => Merged::Overlapping(text),
    }
}

// Splitting at line ends rather than after them makes a last line without an end equal to the same line in the middle.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

/// A word with the white space before it, so that white space alone is nothing that two texts have in common.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let start = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let (_, word) = rest.split_at(start);
        let end = start + word.find(char::is_whitespace).unwrap_or(word.len());
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

/// Merges lines that both changed, where their words tell that each mended something and neither wrote anew.
fn by_words(three: Three<'_, '_>) -> Option<String> {
    let [base, theirs, mine] = [three.base, three.theirs, three.mine].map(|lines| lines.join("\n"));
    let [base, theirs, mine] = [&base, &theirs, &mine].map(|text| words(text));
    if !leaves_most(&base, &theirs) || !leaves_most(&base, &mine) {
        return None;
    }
    let mut text = String::new();
    for piece in walk(
        Three {
            base: &base,
            theirs: &theirs,
            mine: &mine,
        },
        Touching::Overlap,
    ) {
        match piece {
            Piece::Settled(words) => text.extend(words.iter().copied()),
            Piece::Disputed(_) => return None,
        }
    }
    Some(text)
}

/// Whether a side kept at least half of the words, and one of them.
fn leaves_most(base: &[&str], side: &[&str]) -> bool {
    let gone: usize = hunks(base, side).iter().map(|hunk| hunk.base.len()).sum();
    let kept = base.len() - gone;
    kept > 0 && kept >= gone
}

/// Three versions of a text or of a part of it, in tokens.
#[derive(Clone, Copy, Debug)]
struct Three<'s, 't> {
    base: &'s [&'t str],
    theirs: &'s [&'t str],
    mine: &'s [&'t str],
}

/// A part of the merged text.
#[derive(Debug)]
enum Piece<'s, 't> {
    /// At most one side changed it, or both in the same way.
    Settled(&'s [&'t str]),
    /// Both changed it, each in its own way.
    Disputed(Three<'s, 't>),
}

/// What two changes are to each other that meet between two tokens without having one in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touching {
    /// Two changes.
    Apart,
    /// A change of the same place.
    Overlap,
}

/// Goes through the base once, with both sides.
fn walk<'s, 't>(three: Three<'s, 't>, touching: Touching) -> Vec<Piece<'s, 't>> {
    let mut theirs = Side::new(three.base, three.theirs);
    let mut mine = Side::new(three.base, three.mine);
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(mut stretch) = first(theirs.next(), mine.next()) {
        pieces.push(Piece::Settled(&three.base[at..stretch.start]));
        theirs.skip(stretch.start - at);
        mine.skip(stretch.start - at);
        // What one side changed may reach further and meet the next change of the other one.
        while theirs.meet(&mut stretch, touching) + mine.meet(&mut stretch, touching) > 0 {}
        at = stretch.end;
        pieces.push(settle(Three {
            theirs: theirs.take(stretch.len()),
            mine: mine.take(stretch.len()),
            base: &three.base[stretch],
        }));
    }
    pieces.push(Piece::Settled(&three.base[at..]));
    pieces
}

fn settle<'s, 't>(three: Three<'s, 't>) -> Piece<'s, 't> {
    let Three { base, theirs, mine } = three;
    if mine == base || mine == theirs {
        Piece::Settled(theirs)
    } else if theirs == base {
        Piece::Settled(mine)
    } else {
        Piece::Disputed(three)
    }
}

/// The one that begins first; of two that begin together the one that ends first.
fn first(one: Option<Range<usize>>, other: Option<Range<usize>>) -> Option<Range<usize>> {
    [one, other]
        .into_iter()
        .flatten()
        .min_by_key(|range| (range.start, range.end))
}

/// Tokens of the base and what a side has in their place. Between two of them stands at least one token of both.
#[derive(Clone, Debug)]
struct Hunk {
    base: Range<usize>,
    side: Range<usize>,
}

impl Hunk {
    // A range without a token is a place between two; two of them are the same place or they are not.
    fn meets(&self, stretch: &Range<usize>, touching: Touching) -> bool {
        let Range { start, end } = self.base;
        match touching {
            Touching::Apart => self.base == *stretch || (start < stretch.end && stretch.start < end),
            Touching::Overlap => start <= stretch.end && stretch.start <= end,
        }
    }
}

fn hunks(base: &[&str], side: &[&str]) -> Vec<Hunk> {
    let (mut hunks, mut at) = (Vec::new(), (0, 0));
    let end = (base.len()..base.len(), side.len()..side.len());
    for (base, side) in same(base, side).into_iter().chain([end]) {
        if at != (base.start, side.start) {
            hunks.push(Hunk {
                base: at.0..base.start,
                side: at.1..side.start,
            });
        }
        at = (base.end, side.end);
    }
    hunks
}

/// The stretches that a side has in common with the base, in order.
fn same(base: &[&str], side: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let pairs = || base.iter().zip(side);
    let start = pairs().take_while(|(one, other)| one == other).count();
    let (base_rest, side_rest) = (&base[start..], &side[start..]);
    let pairs = || base_rest.iter().rev().zip(side_rest.iter().rev());
    let end = pairs().take_while(|(one, other)| one == other).count();
    let (base_end, side_end) = (base.len() - end, side.len() - end);
    let mut same = Same(vec![(0..start, 0..start)]);
    if base_end + side_end - 2 * start <= MOST_CHANGED {
        let Ok(()) = myers::diff_deadline_raw(&mut same, base, start..base_end, side, start..side_end, None);
    }
    same.0.push((base_end..base.len(), side_end..side.len()));
    same.0
}

// Hears the one algorithm, and that without its heuristics: the crate's collector brings all of them into the page.
struct Same(Vec<(Range<usize>, Range<usize>)>);

impl DiffHook for Same {
    type Error = Infallible;

    fn equal(&mut self, base: usize, side: usize, length: usize) -> Result<(), Infallible> {
        self.0.push((base..base + length, side..side + length));
        Ok(())
    }
}

/// One side on the way through the base.
struct Side<'s, 't> {
    tokens: &'s [&'t str],
    /// Its changes that are still to come.
    hunks: std::iter::Peekable<std::vec::IntoIter<Hunk>>,
    /// Where it stands in its own tokens.
    at: usize,
    /// In the stretch under way: how many tokens of the base it lacks, and how many it has instead.
    lacks: usize,
    has: usize,
}

impl<'s, 't> Side<'s, 't> {
    fn new(base: &[&str], tokens: &'s [&'t str]) -> Side<'s, 't> {
        Side {
            tokens,
            hunks: hunks(base, tokens).into_iter().peekable(),
            at: 0,
            lacks: 0,
            has: 0,
        }
    }

    /// Where its next change stands.
    fn next(&mut self) -> Option<Range<usize>> {
        self.hunks.peek().map(|hunk| hunk.base.clone())
    }

    /// Passes tokens that it has from the base.
    fn skip(&mut self, tokens: usize) {
        self.at += tokens;
    }

    /// Makes the stretch long enough for its changes that meet it. Says how many those are.
    fn meet(&mut self, stretch: &mut Range<usize>, touching: Touching) -> usize {
        let mut met = 0;
        while let Some(hunk) = self.hunks.next_if(|hunk| hunk.meets(stretch, touching)) {
            *stretch = stretch.start.min(hunk.base.start)..stretch.end.max(hunk.base.end);
            self.lacks += hunk.base.len();
            self.has += hunk.side.len();
            met += 1;
        }
        met
    }

    /// Passes the stretch under way, which is as long as that in the base; says what this side has there.
    fn take(&mut self, length: usize) -> &'s [&'t str] {
        let start = self.at;
        self.at += length - self.lacks + self.has;
        (self.lacks, self.has) = (0, 0);
        &self.tokens[start..self.at]
    }
}

#[cfg(test)]
mod tests;
