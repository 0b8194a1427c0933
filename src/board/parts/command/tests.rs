//! Texts in, commands or the sentence why not out.

use super::{deadline, destination};
use backlog::{Day, Destination};

fn date(text: &str, expected: Result<Option<Day>, &str>) {
    assert_eq!(deadline(text), expected.map_err(str::to_owned), "{text}");
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    date("1970-01-02", Ok(Some(Day(1))));
    date(" 1970-1-2 ", Ok(Some(Day(1))));
    date("1970/01/02", Ok(Some(Day(1))));
    date("2024-02-29", Ok(Some(Day(19_782))));
    date("  ", Ok(None));
    for missing in ["2027-02-29", "2027-13-01", "1899-12-31", "99999999999-01-01"] {
        assert!(deadline(missing).is_err(), "{missing}");
    }
    date(
        "2027-02-30",
        Err("No calendar has this date. Years go from 1900 to 2999."),
    );
    date("soon", Err("Write the date as year, month and day, like 2027-02-28."));
    date(
        "2027-02",
        Err("Write the date as year, month and day, like 2027-02-28."),
    );
}

#[test]
fn a_link_leads_to_the_web_or_names_a_branch() {
    let kind = |kind, address| {
        destination(kind, (address, "")).map(|to| match to {
            Destination::PullRequest(web) => format!("pull request {}", web.as_str()),
            Destination::Branch(name) => format!("branch {}", name.as_str()),
            Destination::Attachment { url, name } => format!("attachment {} {:?}", url.as_str(), name),
        })
    };
    let told = |words: &str| Ok(words.to_owned());
    let refused = |words: &str| Err(words.to_owned());
    let address = "Address begins with https:// or http:// and names a host.";
    assert_eq!(kind("", "https://host/1"), told("pull request https://host/1"));
    assert_eq!(kind("branch", "fix/cart"), told("branch fix/cart"));
    assert_eq!(
        kind("attachment", "http://host/a.png"),
        told("attachment http://host/a.png None")
    );
    assert_eq!(kind("", "javascript:alert(1)"), refused(address));
    assert_eq!(kind("attachment", "ftp://host"), refused(address));
    assert_eq!(kind("attachment", ""), refused(address));
    assert_eq!(kind("branch", " "), refused("There is no text yet."));
}
