//! Who is believed. The first request is the example of the vendor's documents.

use super::*;

const EVENT: &str = r#"{"name":"foo","channels":["project-3"],"data":"{\"some\":\"data\"}"}"#;
const SIGNED: &str = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";

fn event<'a>(query: &'a str, body: &'a str) -> Request<'a> {
    Request {
        method: "POST",
        path: "/apps/3/events",
        query,
        body: body.as_bytes(),
    }
}

#[track_caller]
fn check_good(request: &Request<'_>) {
    assert_eq!(outcome(request, SIGNED_AT).err(), None);
}

#[track_caller]
fn check_refused(request: &Request<'_>, expected: &str) {
    assert_eq!(outcome(request, SIGNED_AT), Err(expected.to_owned()));
}

#[test]
fn the_vendors_example() {
    check_good(&event(SIGNED, EVENT));
    let request = event("", EVENT);
    let query = sign(&app(), &request, Duration::from_secs(SIGNED_AT)).unwrap();
    let mut made: Vec<&str> = query.split('&').collect();
    let mut expected: Vec<&str> = SIGNED.split('&').collect();
    made.sort_unstable();
    expected.sort_unstable();
    assert_eq!(made, expected);
}

#[test]
fn parameters_are_sorted_lowered_and_not_escaped() {
    let signature = "16819168891cb5dfd72b5c7a5d3d602605b26c6ba1930033b5e2eeeb65010291";
    let query = format!(
        "Info=user%5Fcount&auth_signature={signature}&FILTER_BY_PREFIX=presence%2D&auth_version=1.0&auth_timestamp=1353088179&auth_key={KEY}"
    );
    check_good(&Request {
        method: "GET",
        path: "/apps/3/channels",
        query: &query,
        body: &[],
    });
}

#[test]
fn a_path_may_be_signed_before_or_after_it_is_escaped() {
    for signature in [
        "120d8a646d777cf5906518b33708005b012dc04f7edf80bd69a7101364889bff",
        "d983f83894be36bce6930ff1ffd521baf809d225e1780c93a6e1f157eac9d87d",
    ] {
        let query = format!(
            "auth_key={KEY}&auth_timestamp=1353088179&auth_version=1.0&body_md5=99914b932bd37a50b983c5e7c90ae93b&auth_signature={signature}"
        );
        check_good(&Request {
            method: "POST",
            path: "/apps/3/users/ann%20b/terminate_connections",
            query: &query,
            body: b"{}",
        });
    }
}

#[test]
fn ten_minutes_either_way() {
    for at in [SIGNED_AT - 600, SIGNED_AT + 600] {
        assert!(outcome(&event(SIGNED, EVENT), at).is_ok());
    }
    assert_eq!(
        outcome(&event(SIGNED, EVENT), SIGNED_AT + 601),
        Err("401 auth_timestamp: 1353088179 is more than 600 s from this server's clock, 1353088780".to_owned())
    );
    assert_eq!(
        outcome(&event(SIGNED, EVENT), SIGNED_AT - 601),
        Err("401 auth_timestamp: 1353088179 is more than 600 s from this server's clock, 1353087578".to_owned())
    );
}

#[test]
fn a_request_that_was_changed() {
    check_refused(
        &event(SIGNED, &EVENT.replace("data", "date")),
        "401 body_md5: not the MD5 of the body",
    );
    let hint = "POST\\n/apps/3/events\\nauth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f";
    let wrong = |hint: &str| {
        format!("401 auth_signature: not the HMAC-SHA256 of \"{hint}\" with this app's secret in 64 hexadecimal digits")
    };
    check_refused(&event(&SIGNED.replace("=da", "=db"), EVENT), &wrong(hint));
    check_refused(&event(&SIGNED.replace("7e6c", "7e6"), EVENT), &wrong(hint));
    check_refused(
        &event(&format!("{SIGNED}&info=cache"), EVENT),
        &wrong(&format!("{hint}&info=cache")),
    );
    check_refused(
        &Request {
            path: "/apps/3/batch_events",
            ..event(SIGNED, EVENT)
        },
        &wrong(&hint.replace("events", "batch_events")),
    );
    check_refused(
        &Request {
            method: "PUT",
            ..event(SIGNED, EVENT)
        },
        &wrong(&hint.replace("POST", "PUT")),
    );
}

#[test]
fn what_is_missing_or_malformed() {
    for (name, value) in [
        ("auth_key", "278d425bdf160c739803"),
        ("auth_timestamp", "1353088179"),
        ("auth_version", "1.0"),
        ("body_md5", "ec365a775a4cd0599faeb73354201b6f"),
        (
            "auth_signature",
            "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
        ),
    ] {
        let missing = format!("401 {name}: missing from the query");
        let query = SIGNED.replace(&format!("{name}={value}"), "");
        check_refused(&event(&query, EVENT), &missing);
        check_refused(&event(&SIGNED.replace(value, ""), EVENT), &missing);
    }
    check_refused(
        &event(&SIGNED.replace("=1.0", "=2"), EVENT),
        "401 auth_version: \"2\", expected 1.0",
    );
    check_refused(
        &event(&SIGNED.replace("=1353088179", "=-1"), EVENT),
        "401 auth_timestamp: \"-1\", expected seconds since 1970",
    );
    check_refused(
        &event(&SIGNED.replace("=278d", "=other"), EVENT),
        "401 auth_key: \"other425bdf160c739803\" is not this app's",
    );
    check_refused(
        &event(&format!("{SIGNED}&AUTH_KEY=b"), EVENT),
        "400 \"auth_key\": given twice",
    );
}

#[test]
fn a_disabled_app() {
    let at = Duration::from_secs(SIGNED_AT);
    let refusal = check(&[app().disabled()], &event(SIGNED, EVENT), at).unwrap_err();
    assert_eq!(
        (refusal.status(), refusal.to_string()),
        (403, "this app is disabled".to_owned())
    );
    // Whoever cannot sign is not told.
    let refusal = check(&[app().disabled()], &event("", EVENT), at).unwrap_err();
    assert_eq!(refusal.status(), 401);
}

#[test]
fn other_apps() {
    let request = Request {
        path: "/apps/4/events",
        ..event(SIGNED, EVENT)
    };
    check_refused(&request, "401 no app has the id \"4\"");
    let long = format!("/apps/{}/events", "é".repeat(81));
    let request = Request {
        path: &long,
        ..event(SIGNED, EVENT)
    };
    let quoted = format!("401 no app has the id {:?}…", "é".repeat(80));
    check_refused(&request, &quoted);
    for path in ["", "/", "/apps", "/apps/3", "/app/3/events"] {
        let request = Request {
            path,
            ..event(SIGNED, EVENT)
        };
        check_refused(&request, &format!("404 {}", Refusal::NoSuchCall));
    }
}
