//! When the page is built anew.

use super::*;

const STAMP: Stamp = Stamp {
    began: 100,
    written: 150,
};

#[test]
fn an_untouched_page_is_kept() {
    assert!(is_fresh(Some(&STAMP), Some(150), 99));
}

#[test]
fn what_was_written_while_it_was_built_is_built_again() {
    assert!(!is_fresh(Some(&STAMP), Some(150), 120));
}

#[test]
fn a_missing_page_or_one_that_trunk_serve_wrote_is_built_again() {
    assert!(!is_fresh(Some(&STAMP), None, 99));
    assert!(!is_fresh(Some(&STAMP), Some(160), 99));
    assert!(!is_fresh(None, Some(150), 99));
}

#[test]
fn a_stamp_reads_as_it_was_written() {
    assert_eq!(parse_stamp("100 150\n"), Some(STAMP));
    assert_eq!(parse_stamp(""), None);
    assert_eq!(parse_stamp("100 soon"), None);
}

#[test]
fn every_source_is_there() {
    assert!(newest_source().is_ok_and(|time| time > 0));
}
