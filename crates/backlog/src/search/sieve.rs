//! Tells of a text what it surely does not hold, without reading it: which pairs and threes of bytes follow one another in it, as marks
//! in a few words. That spares reading most texts that do not hold what is looked for.

/// The marks of a text.
#[derive(Debug)]
pub(super) struct Sieve(Box<[u64]>);

/// The most bits of a sieve; longer texts fill it up and are read more often.
const MOST_BITS: usize = 1 << 16;
/// More marks of a needle tell little more.
const MOST_MARKS: usize = 16;

impl Sieve {
    /// The marks of a text. About a quarter of the text's size.
    pub fn of(text: &str) -> Sieve {
        let bits = (2 * text.len()).next_power_of_two().clamp(64, MOST_BITS);
        let mut sieve = Sieve(vec![0; bits / 64].into());
        let mut before = (0, 0);
        for byte in text.bytes() {
            let byte = u32::from(byte);
            sieve.put(mark(0, before.1, byte));
            sieve.put(mark(before.0, before.1, byte));
            before = (before.1, byte);
        }
        sieve
    }

    fn put(&mut self, mark: u32) {
        let (word, bit) = self.place(mark);
        self.0[word] |= bit;
    }

    /// Whether a text with these marks may hold a needle with those.
    pub fn may_hold(&self, marks: &[u32]) -> bool {
        marks.iter().all(|mark| {
            let (word, bit) = self.place(*mark);
            self.0[word] & bit != 0
        })
    }

    fn place(&self, mark: u32) -> (usize, u64) {
        let bit = mark as usize & (64 * self.0.len() - 1);
        (bit / 64, 1 << (bit % 64))
    }
}

/// The marks that any text has which holds a needle.
pub(super) fn marks(needle: &str) -> Vec<u32> {
    let byte = |byte: &u8| u32::from(*byte);
    match needle.as_bytes() {
        [one, other] => vec![mark(0, byte(one), byte(other))],
        bytes => {
            let threes = bytes.windows(3).take(MOST_MARKS);
            threes
                .map(|three| mark(byte(&three[0]), byte(&three[1]), byte(&three[2])))
                .collect()
        }
    }
}

/// No text holds the byte 0: with it, three bytes are a pair.
fn mark(first: u32, second: u32, third: u32) -> u32 {
    (first << 16 | second << 8 | third).wrapping_mul(0x9e37_79b1) >> 7
}
