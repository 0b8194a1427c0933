//! Which servers are taken, and how each wrong setting is named.

use super::*;

const URL: Option<&str> = Some("https://backlog.example.com");

#[track_caller]
fn reads(smtp: &str, (host, port, secrecy): (&str, u16, Secrecy), login: Option<(&str, &str)>) {
    let post = read(Some(smtp), Some("Truestory@Example.com"), URL)
        .expect(smtp)
        .expect("a server");
    assert_eq!((&*post.host, post.port, post.secrecy), (host, port, secrecy), "{smtp}");
    assert_eq!(
        post.login.as_ref().map(|login| (&*login.user, &*login.password)),
        login,
        "{smtp}"
    );
    assert_eq!(post.from.as_str(), "truestory@example.com");
}

#[test]
fn a_server_is_a_scheme_a_name_and_who_sends() {
    reads(
        "smtps://ada:secret@mail.example.com",
        ("mail.example.com", 465, Secrecy::Tls),
        Some(("ada", "secret")),
    );
    reads(
        "smtp://ada:secret@mail.example.com",
        ("mail.example.com", 587, Secrecy::StartTls),
        Some(("ada", "secret")),
    );
    reads(
        "smtp://mail.example.com:25",
        ("mail.example.com", 25, Secrecy::WhereOffered),
        None,
    );
    reads("smtp://mailpit:1025/", ("mailpit", 1025, Secrecy::WhereOffered), None);
    let user = Some(("ada@example.com", "a:b/c%ä"));
    reads(
        "smtps://ada%40example.com:a%3Ab%2Fc%25%C3%A4@[2001:db8::1]:2465",
        ("2001:db8::1", 2465, Secrecy::Tls),
        user,
    );
}

#[test]
fn a_password_goes_over_no_network_in_the_open() {
    let secrecy = |smtp: &str| {
        read(Some(smtp), Some("a@b"), URL)
            .expect(smtp)
            .expect("a server")
            .secrecy
    };
    assert_eq!(secrecy("smtp://u:p@192.0.2.1:25"), Secrecy::StartTls);
    for here in [
        "smtp://u:p@127.0.0.1:25",
        "smtp://u:p@localhost:25",
        "smtp://u:p@[::1]:25",
    ] {
        assert_eq!(secrecy(here), Secrecy::WhereOffered, "{here}");
    }
}

#[test]
fn whatever_is_wrong_is_named_in_one_line_without_the_password() {
    for (smtp, says) in [
        ("mail.example.com", "cannot be read"),
        ("mail.example.com:hunter2", "names no server"),
        ("http://u:hunter2@mail.example.com", "neither smtp:// nor smtps://"),
        ("smtp://", "names no server"),
        ("smtp:mail.example.com", "names no server"),
        (
            "smtp://u:hunter2@mail.example.com:70000",
            "cannot be read: invalid port number",
        ),
        ("smtp://u@mail.example.com", "a user without a password"),
        ("smtp://u:hunter2%FF@mail.example.com", "a user without a password"),
        (
            "smtp://u:hunter2@mail.example.com/path",
            "more than a server and a port",
        ),
        (
            "smtp://u:hunter2@mail.example.com?tls=none",
            "more than a server and a port",
        ),
    ] {
        let error = read(Some(smtp), Some("a@b"), URL).expect_err(smtp).to_string();
        assert!(
            error.starts_with("--smtp (TRUESTORY_SMTP): ") && error.contains(says),
            "{smtp}: {error}"
        );
        assert!(!error.contains("hunter2") && !error.contains('\n'), "{error}");
    }
    for (smtp, from, says) in [
        (
            Some("smtp://a"),
            None,
            "--mail-from (TRUESTORY_MAIL_FROM): is missing beside --smtp; give ",
        ),
        (
            None,
            Some("a@b"),
            "--smtp (TRUESTORY_SMTP): is missing beside --mail-from; give ",
        ),
        (Some("smtp://a"), Some("nobody"), "--mail-from (TRUESTORY_MAIL_FROM): "),
    ] {
        let error = read(smtp, from, URL).expect_err("it is wrong").to_string();
        assert!(error.starts_with(says), "{error}");
    }
    assert_eq!(read(None, None, URL).expect("nothing is wrong"), None);
    let error = read(Some("smtp://a"), Some("a@b"), None)
        .expect_err("it is wrong")
        .to_string();
    assert!(
        error.starts_with("--smtp (TRUESTORY_SMTP): needs --url (TRUESTORY_URL) beside it"),
        "{error}"
    );
}

#[test]
fn a_password_does_not_show_itself() {
    let post = read(Some("smtps://ada:hunter2@mail.example.com"), Some("a@b"), URL);
    assert!(!format!("{post:?}").contains("hunter2"));
}
