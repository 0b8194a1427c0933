//! Reads Rust source just well enough to tell which paths it names: words and punctuation, without comments and strings. Knows the
//! language, not the project.

use std::iter::Peekable;
use std::str::Chars;

/// A word or a mark, and the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// A path such as `crate::board::Msg`, written out.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    /// The line its last word stands on, from 1.
    pub line: usize,
    /// Its words; `crate` first when it begins in this crate.
    pub words: Vec<String>,
}

impl Path {
    /// Whether it begins with the words of `start`, which are joined by `::`.
    pub fn starts_with(&self, start: &str) -> bool {
        let mut words = self.words.iter();
        start
            .split("::")
            .all(|word| words.next().is_some_and(|own| own == word))
    }

    /// The crate (or the local name) it begins with.
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

/// Every path in `text`, groups in imports taken apart, `self` and `super` resolved against the module of the file at `path`.
pub fn paths(path: &str, text: &str) -> Vec<Path> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = if is_word(&tokens[at].text) {
            tree(&tokens, at, &[], &mut found)
        } else {
            at
        };
        at = end.max(at + 1);
    }
    let module = module_of(path);
    found.into_iter().map(|path| resolved(path, &module)).collect()
}

/// Reads one path from `at`, which may end in a group `{a, b::c}`; the answer is the place after it.
fn tree(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    let mut words = before.to_vec();
    let mut line = 0;
    while let Some(token) = tokens.get(at).filter(|token| is_word(&token.text) || token.text == "*") {
        words.push(token.text.clone());
        line = token.line;
        at += 1;
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            found.push(Path { line, words });
            return at;
        }
        at += 1;
    }
    if tokens.get(at).is_some_and(|token| token.text == "{") {
        return group(tokens, at + 1, &words, found);
    }
    if words.len() > before.len() {
        found.push(Path { line, words });
    }
    at
}

/// Reads `a, b::c}` behind the opening brace.
fn group(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "}" => return at + 1,
            text if is_word(text) || text == "*" => at = tree(tokens, at, before, found).max(at + 1),
            _ => at += 1,
        }
    }
    at
}

fn resolved(path: Path, module: &[String]) -> Path {
    let supers = path
        .words
        .iter()
        .take_while(|word| *word == "super" || *word == "self")
        .filter(|word| *word == "super")
        .count();
    let relative = path
        .words
        .iter()
        .take_while(|word| *word == "super" || *word == "self")
        .count();
    if relative == 0 {
        return path;
    }
    let kept = module.len().saturating_sub(supers).max(1);
    let words = module
        .iter()
        .take(kept)
        .chain(path.words.iter().skip(relative))
        .cloned()
        .collect();
    Path { line: path.line, words }
}

/// `src/board/draft.rs` is `crate::board::draft`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.rsplit_once("src/").map_or(path, |(_, inside)| inside);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let names = inside.split('/').filter(|name| !matches!(*name, "lib" | "main"));
    std::iter::once("crate").chain(names).map(str::to_owned).collect()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        chars: text.chars().peekable(),
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(first) = reader.next() {
        let line = reader.line;
        match first {
            '/' if reader.sees('/') => reader.skip_line(),
            '/' if reader.sees('*') => reader.skip_block(),
            '"' => reader.skip_string(),
            '\'' => reader.skip_character(),
            first if first.is_alphanumeric() || first == '_' => {
                let text = reader.word(first);
                if !reader.skip_prefixed_string(&text) {
                    tokens.push(Token { text, line });
                }
            }
            ':' if reader.sees(':') => {
                reader.next();
                tokens.push(Token {
                    text: "::".to_owned(),
                    line,
                });
            }
            mark if mark.is_whitespace() => {}
            mark => tokens.push(Token {
                text: mark.to_string(),
                line,
            }),
        }
    }
    tokens
}

struct Reader<'text> {
    chars: Peekable<Chars<'text>>,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.chars.next();
        if next == Some('\n') {
            self.line += 1;
        }
        next
    }

    fn sees(&mut self, wanted: char) -> bool {
        self.chars.peek() == Some(&wanted)
    }

    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        while let Some(next) = self.chars.next_if(|next| next.is_alphanumeric() || *next == '_') {
            word.push(next);
        }
        word
    }

    fn skip_line(&mut self) {
        while self.chars.next_if(|next| *next != '\n').is_some() {}
    }

    /// Behind the `/` of a block comment, which may hold others.
    fn skip_block(&mut self) {
        self.next();
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some('*') if self.sees('/') => {
                    self.next();
                    depth -= 1;
                }
                Some('/') if self.sees('*') => {
                    self.next();
                    depth += 1;
                }
                Some(_) => {}
                None => return,
            }
        }
    }

    fn skip_string(&mut self) {
        while let Some(next) = self.next() {
            match next {
                '\\' => drop(self.next()),
                '"' => return,
                _ => {}
            }
        }
    }

    /// Behind a quote mark: `'a'` and `'\n'` are characters, `'a` is a lifetime and leaves its word to be read.
    fn skip_character(&mut self) {
        let mut ahead = self.chars.clone();
        let (first, second) = (ahead.next(), ahead.next());
        if first == Some('\\') {
            self.next();
            self.next();
            while self.next().is_some_and(|next| next != '\'') {}
        } else if second == Some('\'') {
            self.next();
            self.next();
        }
    }

    /// After a word that may begin a string: `r"..."`, `br#"..."#`, `b"..."`, `c"..."`.
    fn skip_prefixed_string(&mut self, word: &str) -> bool {
        match word {
            "b" | "c" if self.sees('"') => {
                self.next();
                self.skip_string();
                true
            }
            "r" | "br" | "cr" if self.sees('"') || self.sees('#') => self.skip_raw_string(),
            _ => false,
        }
    }

    /// `r#type` is a word, not a string; its mark is skipped and the word is read next.
    fn skip_raw_string(&mut self) -> bool {
        let mut hashes = 0;
        while self.chars.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if self.chars.next_if_eq(&'"').is_none() {
            return true;
        }
        while let Some(next) = self.next() {
            if next == '"' && (0..hashes).all(|_| self.chars.next_if_eq(&'#').is_some()) {
                break;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
