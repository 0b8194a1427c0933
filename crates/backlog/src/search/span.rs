//! Where a value may lie: one value, all above or below one, all between two.

/// Where a value may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<T> {
    /// Just there: `3`.
    Is(T),
    /// `>3`.
    Over(T),
    /// `>=3`, `3..`.
    AtLeast(T),
    /// `<3`.
    Under(T),
    /// `<=3`, `..3`.
    AtMost(T),
    /// `1..3`, in either order; both ends count.
    Between(T, T),
}

impl<T: Copy> Span<T> {
    /// Reads a span of values that `one` reads. None where it cannot be read.
    pub(super) fn read(text: &str, one: impl Fn(&str) -> Option<T>) -> Option<Span<T>> {
        const SIGNS: [(&str, usize); 5] = [(">=", 0), ("<=", 1), (">", 2), ("<", 3), ("=", 4)];
        for (sign, kind) in SIGNS {
            if let Some(rest) = text.strip_prefix(sign) {
                let value = one(rest)?;
                return Some(match kind {
                    0 => Span::AtLeast(value),
                    1 => Span::AtMost(value),
                    2 => Span::Over(value),
                    3 => Span::Under(value),
                    _ => Span::Is(value),
                });
            }
        }
        match text.split_once("..") {
            None => one(text).map(Span::Is),
            Some((from, "")) => one(from).map(Span::AtLeast),
            Some(("", until)) => one(until).map(Span::AtMost),
            Some((from, until)) => Some(Span::Between(one(from)?, one(until)?)),
        }
    }

    /// Whether something lies there that begins and ends at these, where each value stands for all from its `first` to its `last`.
    pub(super) fn holds<V: Ord + Copy>(self, value: V, (first, last): (impl Fn(T) -> V, impl Fn(T) -> V)) -> bool {
        match self {
            Span::Is(there) => first(there) <= value && value <= last(there),
            Span::Over(there) => value > last(there),
            Span::AtLeast(there) => value >= first(there),
            Span::Under(there) => value < first(there),
            Span::AtMost(there) => value <= last(there),
            Span::Between(one, other) => {
                let (from, until) = (first(one).min(first(other)), last(one).max(last(other)));
                from <= value && value <= until
            }
        }
    }
}
