//! Finds literal colours and pixels in a style sheet. Knows CSS just well enough; nothing of the project.

/// A literal, and the line it stands on, from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where.
    pub line: usize,
    /// The literal as written.
    pub text: String,
}

const COLOUR_FUNCTIONS: [&str; 9] = [
    "oklch(", "oklab(", "rgb(", "rgba(", "hsl(", "hsla(", "lch(", "lab(", "color(",
];

/// Every literal colour and every length in pixels but 0. The conditions of `@media` and `@container` are left alone: custom
/// properties do not work there.
pub fn literals(text: &str) -> Vec<Literal> {
    let text = without_comments(text);
    let mut found = Vec::new();
    let mut in_condition = false;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        in_condition |= trimmed.starts_with("@media") || trimmed.starts_with("@container");
        let read = match (in_condition, line.split_once('{')) {
            (true, Some((_, rest))) => {
                in_condition = false;
                rest
            }
            (true, None) => "",
            (false, _) => line,
        };
        found.extend(in_values(read).map(|text| Literal { line: index + 1, text }));
    }
    found
}

/// The literals in the values of a line; a selector such as `#add:hover {` is none.
fn in_values(line: &str) -> impl Iterator<Item = String> {
    let values = line.split(['{', ';', '}']).filter(|part| !is_selector(line, part));
    let values = values.filter_map(|part| part.split_once(':').map(|(_, value)| value));
    let words = values.flat_map(|value| value.split([' ', ',', ')', '\t', '/', '*']));
    words.filter(|word| is_literal(word)).map(str::to_owned)
}

fn is_selector(line: &str, part: &str) -> bool {
    line.trim_end().ends_with(',') && !part.contains(": ") || line.contains(&format!("{part}{{"))
}

fn is_literal(word: &str) -> bool {
    // What stands inside brackets is a word of its own: `calc(8px`, `light-dark(#fff`.
    let inner = word.rsplit('(').next().unwrap_or(word);
    is_hex_colour(inner) || is_pixels(inner) || calls_colour(word)
}

fn is_hex_colour(word: &str) -> bool {
    let digits = word.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
}

fn is_pixels(word: &str) -> bool {
    let number = word.strip_suffix("px").and_then(|number| number.parse::<f32>().ok());
    number.is_some_and(|number| number != 0.0)
}

fn calls_colour(word: &str) -> bool {
    COLOUR_FUNCTIONS.iter().any(|function| {
        word.match_indices(function).any(|(at, _)| {
            word.get(..at)
                .is_some_and(|before| before.is_empty() || before.ends_with('('))
        })
    })
}

/// Comments become blanks, so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        kept.extend(comment.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}
