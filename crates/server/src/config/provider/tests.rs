//! Which settings make a provider, and which stop the start.

use crate::config::{Cli, Task};
use clap::Parser;

const WHOLE: &[&str] = &[
    "--url",
    "https://backlog.example.com",
    "--oidc-issuer",
    "https://accounts.example.com/realm",
    "--oidc-client-id",
    "truestory",
    "--oidc-client-secret",
    "hush",
];

fn read(args: &[&str]) -> Result<Option<super::Provider>, String> {
    let words = ["truestory", "serve"].iter().chain(args);
    let Task::Serve(args) = Cli::try_parse_from(words).expect("arguments").task else {
        panic!("the command line asks to serve");
    };
    super::provider(&args).map_err(|error| error.to_string())
}

#[track_caller]
fn refuses(replaced: (&str, Option<&str>), says: &str) {
    let (option, value) = replaced;
    let mut args = Vec::new();
    for pair in WHOLE.chunks(2) {
        match value {
            _ if pair[0] != option => args.extend_from_slice(pair),
            Some(value) => args.extend([pair[0], value]),
            None => {}
        }
    }
    assert_eq!(read(&args), Err(says.to_owned()));
}

#[test]
fn a_provider_and_what_it_is_called() {
    assert_eq!(read(&[]), Ok(None));
    let provider = read(WHOLE).expect("settings").expect("a provider");
    assert_eq!((&*provider.name, provider.sign_up), ("accounts.example.com", true));
    assert_eq!(
        format!("{provider:?}"),
        r#"Provider { issuer: "https://accounts.example.com/realm", client_id: "truestory", .. }"#
    );
    let more = [WHOLE, &["--oidc-name", " Example ", "--oidc-sign-up", "false"]].concat();
    let provider = read(&more).expect("settings").expect("a provider");
    assert_eq!((&*provider.name, provider.sign_up), ("Example", false));
}

#[test]
fn what_stops_the_start() {
    let together = "give --oidc-issuer, --oidc-client-id and --oidc-client-secret together";
    refuses(
        ("--oidc-issuer", None),
        &format!(
            "--oidc-issuer (TRUESTORY_OIDC_ISSUER): it is missing: there is more about a provider, but not where it is; {together}"
        ),
    );
    refuses(
        ("--oidc-client-id", None),
        &format!(
            "--oidc-client-id (TRUESTORY_OIDC_CLIENT_ID): it is missing: the provider has given this server one; {together}"
        ),
    );
    refuses(
        ("--oidc-client-secret", Some("")),
        &format!(
            "--oidc-client-secret (TRUESTORY_OIDC_CLIENT_SECRET): it is missing: the provider has given this server one; {together}"
        ),
    );
    refuses(
        ("--url", None),
        "--url (TRUESTORY_URL): the provider has to know where to send people back to; \
         give the address that people type, such as https://backlog.example.com",
    );
    let open = [WHOLE, &["--open"]].concat();
    assert_eq!(
        read(&open),
        Err("--oidc-issuer (TRUESTORY_OIDC_ISSUER): with --open or --demo there are no accounts to sign in to; leave one of the two away".to_owned())
    );
}

#[test]
fn an_issuer_that_others_could_answer_for() {
    let right = "give the address that the provider calls its issuer, such as https://accounts.example.com";
    for (issuer, wrong) in [
        ("http://accounts.example.com", "is no https:// address"),
        ("ftp://accounts.example.com", "is no https:// address"),
        ("accounts.example.com", "relative URL without a base"),
        ("https://accounts.example.com/?a", "has a ? or a # in it"),
    ] {
        refuses(
            ("--oidc-issuer", Some(issuer)),
            &format!("--oidc-issuer (TRUESTORY_OIDC_ISSUER): “{issuer}” {wrong}; {right}"),
        );
    }
    for issuer in ["http://127.0.0.1:9000", "http://localhost:9000/", "http://[::1]:9000"] {
        let mut args = WHOLE.to_vec();
        args[3] = issuer;
        assert!(read(&args).is_ok_and(|provider| provider.is_some()), "{issuer}");
    }
}
