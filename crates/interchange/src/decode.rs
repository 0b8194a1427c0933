//! From bytes to text: UTF-8 with or without its mark, UTF-16 with its mark. Everything else is told by the line where it shows;
//! nothing is guessed, since a wrong guess would turn names into others.

use crate::BadFile;
use std::borrow::Cow;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_LITTLE: &[u8] = b"\xff\xfe";
const UTF16_BIG: &[u8] = b"\xfe\xff";

/// The text of a file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, BadFile> {
    let text = if let Some(units) = bytes.strip_prefix(UTF16_LITTLE) {
        Cow::Owned(utf16(units, u16::from_le_bytes)?)
    } else if let Some(units) = bytes.strip_prefix(UTF16_BIG) {
        Cow::Owned(utf16(units, u16::from_be_bytes)?)
    } else {
        Cow::Borrowed(utf8(bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes))?)
    };
    // UTF-16 without its mark is UTF-8 full of zeros; so is what is no text at all.
    match text.find('\0') {
        Some(place) => Err(BadFile::NotText {
            line: line_at(&text.as_bytes()[..place]),
        }),
        None => Ok(text),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, BadFile> {
    std::str::from_utf8(bytes).map_err(|error| BadFile::NotText {
        line: line_at(&bytes[..error.valid_up_to()]),
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, BadFile> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for read in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match read {
            Ok(character) => text.push(character),
            Err(_) => {
                return Err(BadFile::NotText {
                    line: line_at(text.as_bytes()),
                });
            }
        }
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(BadFile::NotText {
            line: line_at(text.as_bytes()),
        })
    }
}

/// The line, from 1, on which what follows these bytes stands.
fn line_at(before: &[u8]) -> u32 {
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u32
}

#[cfg(test)]
mod tests;
