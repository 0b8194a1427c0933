//! Tables as text: what is read out of them, and what is not.

use super::{Rows, write_row};
use crate::BadFile;
use proptest::prelude::*;

fn read(text: &str) -> Result<Vec<(u32, Vec<String>)>, BadFile> {
    Rows::new(text, b',', 100)
        .map(|row| row.map(|row| (row.line, row.cells.into_iter().map(String::from).collect())))
        .collect()
}

fn check(text: &str, expected: &[(u32, &[&str])]) {
    let read = read(text).unwrap();
    let read: Vec<(u32, Vec<&str>)> = read
        .iter()
        .map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(u32, Vec<&str>)> = expected.iter().map(|(line, cells)| (*line, cells.to_vec())).collect();
    assert_eq!(read, expected, "{text:?}");
}

#[test]
fn rows_and_cells_are_told_apart() {
    check("", &[]);
    check("a", &[(1, &["a"])]);
    check("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
    check("a,b\r\n1,\r\n", &[(1, &["a", "b"]), (2, &["1", ""])]);
    check("a\rb", &[(1, &["a"]), (2, &["b"])]);
    check(",\n,", &[(1, &["", ""]), (2, &["", ""])]);
}

#[test]
fn a_quoted_cell_holds_everything() {
    check("\"a,b\",c", &[(1, &["a,b", "c"])]);
    check("\"say \"\"hi\"\"\"", &[(1, &["say \"hi\""])]);
    check("\"\"\"\"", &[(1, &["\""])]);
    check("\"\",x", &[(1, &["", "x"])]);
}

#[test]
fn lines_are_counted_inside_of_cells_too() {
    check(
        "a\n\"two\nlines\"\nc\n\"x\r\ny\rz\",1\nlast",
        &[
            (1, &["a"]),
            (2, &["two\nlines"]),
            (4, &["c"]),
            (5, &["x\r\ny\rz", "1"]),
            (8, &["last"]),
        ],
    );
}

#[test]
fn empty_lines_are_passed_over_and_counted() {
    check("\n\na\n\r\n\n1", &[(3, &["a"]), (6, &["1"])]);
}

#[test]
fn a_quotation_that_is_not_closed_is_told_by_where_it_opens() {
    assert_eq!(read("a,b\n1,\"two\n3,4\n"), Err(BadFile::OpenQuote { line: 2 }));
    assert_eq!(read("\""), Err(BadFile::OpenQuote { line: 1 }));
    assert_eq!(read("\"a\"\"\n\n"), Err(BadFile::OpenQuote { line: 1 }));
}

#[test]
fn text_after_a_quotation_is_told_with_both_lines() {
    let broken = Err(BadFile::TextAfterQuote { opened: 2, line: 3 });
    // The first of these was never closed; the next one seems to close it.
    assert_eq!(read("a,b\n1,\"two\n3,\"four\",5\n"), broken);
    assert_eq!(read("\"a\" ,b"), Err(BadFile::TextAfterQuote { opened: 1, line: 1 }));
}

#[test]
fn a_mark_inside_a_bare_cell_makes_its_row_doubtful() {
    let rows: Vec<bool> = Rows::new("a,b\n5\" pipe,x\n1, \"two\"\n\"3\",4", b',', 9)
        .map(|row| row.unwrap().is_doubtful)
        .collect();
    assert_eq!(rows, [false, true, true, false]);
}

#[test]
fn no_more_cells_are_kept_than_asked_for() {
    let row = Rows::new("a,b,c,\"d\"\nx", b',', 2).next().unwrap().unwrap();
    assert_eq!((row.cells.len(), row.width), (2, 4));
}

#[test]
fn other_separators_are_read_as_well() {
    let row = Rows::new("a,b;\"c;d\"", b';', 9).next().unwrap().unwrap();
    assert_eq!(row.cells, ["a,b", "c;d"]);
}

proptest! {
    /// What is written is read again, here and by another reader.
    #[test]
    fn writing_and_reading_keep_cells(rows in prop::collection::vec(prop::collection::vec("[ a\",\n\r\t'é;]{0,6}", 2..5), 1..6)) {
        let mut text = String::new();
        for row in &rows {
            write_row(&mut text, row.iter().map(String::as_str));
        }
        // A row of one empty cell is an empty line; these have two and more.
        let own: Vec<Vec<String>> = read(&text).unwrap().into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(&own, &rows);
        let mut other = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let other: Vec<Vec<String>> = other
            .records()
            .map(|record| record.unwrap().iter().map(String::from).collect())
            .collect();
        prop_assert_eq!(&other, &rows);
    }

    /// Whatever the text, there is an answer, and no line lies outside of it.
    #[test]
    fn any_text_is_read_or_refused(text in "[a\",\n\r;]{0,40}") {
        let lines = text.split(['\n', '\r']).count() as u32;
        for row in Rows::new(&text, b',', 3) {
            match row {
                Ok(row) => prop_assert!((1..=lines).contains(&row.line) && row.cells.len() <= 3),
                Err(BadFile::OpenQuote { line }) => prop_assert!((1..=lines).contains(&line)),
                Err(BadFile::TextAfterQuote { opened, line }) => prop_assert!(1 <= opened && opened <= line && line <= lines),
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
