//! Texts as they are compared: small letters, no accents, one space between words.
//!
//! Accents are taken off the letters of Western, Central and Northern European languages (the Unicode blocks Latin-1 and Latin
//! Extended-A) and off every letter that carries them as characters of their own. `ß` is `ss`, `æ` is `ae`, `œ` is `oe`. Letters of other
//! scripts only become small.

/// The plain letters of U+00C0 to U+017F; a dot where a character stays what it is, or is more than one letter.
const PLAIN: &[u8; 192] = b"aaaaaa.ceeeeiiii.nooooo.ouuuuy..\
                            aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
                            aaaaaaccccccccddddeeeeeeeeeegggg\
                            gggghhhhiiiiiiiiii..jjkk.lllllll\
                            lllnnnnnn...oooooo..rrrrrrssssss\
                            ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Appends a text as it is compared. White space at either end falls away.
pub(super) fn fold_into(folded: &mut String, text: &str) {
    let begin = folded.len();
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = folded.len() > begin;
            continue;
        }
        if std::mem::take(&mut space) {
            folded.push(' ');
        }
        match character {
            'A'..='Z' => folded.push(character.to_ascii_lowercase()),
            '\0'..='\x7f' => folded.push(character),
            _ => fold_letter(folded, character),
        }
    }
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

fn fold_letter(folded: &mut String, character: char) {
    match character {
        'ß' | 'ẞ' => folded.push_str("ss"),
        'Æ' | 'æ' => folded.push_str("ae"),
        'Œ' | 'œ' => folded.push_str("oe"),
        'Ĳ' | 'ĳ' => folded.push_str("ij"),
        // At the end of a word sigma has a shape of its own.
        'ς' => folded.push('σ'),
        // Accents that are characters of their own.
        '\u{300}'..='\u{36f}' => {}
        '\u{c0}'..='\u{17f}' => match PLAIN[character as usize - 0xc0] {
            b'.' => folded.extend(character.to_lowercase()),
            plain => folded.push(plain.into()),
        },
        _ => folded.extend(
            character
                .to_lowercase()
                .filter(|c| !('\u{300}'..='\u{36f}').contains(c)),
        ),
    }
}
