//! Which suites a name stands for, and what counts as failed.

use super::*;

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn without_a_name_every_suite_runs() {
    let all = chosen(&[]).unwrap();
    assert_eq!(all.len(), lint::ALL.len() + 3);
    assert_eq!(all.last(), Some(&Suite::EndToEnd));
}

#[test]
fn names_choose() {
    assert_eq!(
        chosen(&names(&["browser", "native"])).unwrap(),
        [Suite::Browser, Suite::Native]
    );
    assert_eq!(chosen(&names(&["firefox"])).unwrap(), [Suite::Firefox]);
    assert!(chosen(&names(&["unit"])).is_err());
}

#[test]
fn a_report_says_what_failed() {
    let report = |tally| Report {
        name: "native",
        tally,
        took: Duration::from_millis(1500),
    };
    assert_eq!(
        report(Tally { passed: 3, failed: 1 }).line(),
        "FAILED native             3 passed     1 failed     1.5 s"
    );
    assert_eq!(
        report(Tally::SUCCESS).line(),
        "ok     native             1 passed     0 failed     1.5 s"
    );
}
