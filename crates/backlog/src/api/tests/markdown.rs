//! Texts out, HTML back.

use super::{check, refused};
use crate::api::markdown::{Rendered, Texts};

#[test]
fn texts_and_what_they_become() {
    let texts = ["*a*", ""].map(str::to_owned).to_vec();
    check(&Texts { texts }, r#"{"texts":["*a*",""]}"#);
    let html = vec!["<p><em>a</em></p>\n".to_owned(), String::new()];
    check(&Rendered { html }, r#"{"html":["<p><em>a</em></p>\n",""]}"#);
}

#[test]
fn no_other_fields() {
    refused::<Texts>("{}", "missing field `texts`");
    refused::<Texts>(
        r#"{"texts":[],"project":1}"#,
        "unknown field `project`, expected `texts`",
    );
}
