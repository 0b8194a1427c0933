//! Settings, right and wrong.

use super::*;

/// A program started with these words and this file.
fn read(words: &str, file: &str) -> Result<Config, ConfigError> {
    let words = std::iter::once("pusher-hub").chain(words.split_whitespace());
    let args = Args::try_parse_from(words).unwrap();
    let file = File::parse(file).map_err(|wrong| ConfigError::new("hub.toml", wrong))?;
    Config::new(args, file)
}

#[track_caller]
fn check_wrong(words: &str, file: &str, expected: &str) {
    assert_eq!(read(words, file).unwrap_err().to_string(), expected);
}

#[test]
fn one_app_on_the_command_line() {
    let config = read("--app 1:key:se:cret", "").unwrap();
    assert_eq!(config.listen, "127.0.0.1:6001".parse().unwrap());
    assert_eq!(config.metrics_listen, None);
    assert_eq!(config.server.origins, Origins::Any);
    assert_eq!(config.server.hub.client_events, ClientEvents::Refused);
    let [app] = &config.server.hub.apps[..] else {
        panic!("expected one app");
    };
    assert_eq!((app.id().as_str(), app.key()), ("1", "key"));
    assert_eq!(app.sign("text"), App::new("1", "key", "se:cret").sign("text"));
    assert!(!app.is_disabled());
}

#[test]
fn a_file_with_everything() {
    let file = r#"
        listen = "0.0.0.0:80"
        metrics_listen = "127.0.0.1:9601"
        origins = ["https://board.example"]
        activity_timeout = 30
        cache_ttl = 60
        drain_within = 2
        max_connections_per_app = 10
        max_channels_per_connection = 20
        max_presence_members = 30
        client_events = true
        subscription_counts = false
        private_webhooks = true

        [[app]]
        id = "1"
        key = "a"
        secret = "s"

        [[app.webhook]]
        url = "https://example.com/all"

        [[app.webhook]]
        url = "http://localhost/some"
        events = ["member_added", "member_removed"]
        max_events = 1

        [[app]]
        id = "2"
        key = "b"
        secret = "t"
        disabled = true
    "#;
    let config = read("--listen 127.0.0.1:0 --app 3:c:u", file).unwrap();
    assert_eq!(config.listen, "127.0.0.1:0".parse().unwrap());
    assert_eq!(config.metrics_listen, Some("127.0.0.1:9601".parse().unwrap()));
    assert_eq!(
        config.server.origins,
        Origins::OwnAnd(vec!["https://board.example".to_owned()])
    );
    assert_eq!(config.reach, Reach::Anywhere);
    let hub = &config.server.hub;
    let seconds = [hub.activity_timeout, hub.cache_ttl, hub.drain_within].map(|time| time.as_secs());
    assert_eq!(seconds, [30, 60, 2]);
    let limits = [
        hub.max_connections_per_app,
        hub.max_channels_per_connection,
        hub.max_presence_members,
    ];
    assert_eq!(limits, [10, 20, 30]);
    assert_eq!(hub.client_events, ClientEvents::Forwarded);
    assert_eq!(hub.subscription_counts, SubscriptionCounts::Silent);
    let apps: Vec<_> = hub
        .apps
        .iter()
        .map(|app| (app.id().as_str(), app.is_disabled()))
        .collect();
    assert_eq!(apps, [("3", false), ("1", false), ("2", true)]);
    let [all, some] = &config.webhooks[..] else {
        panic!("expected two webhooks");
    };
    assert_eq!(
        (all.app.id().as_str(), &*all.url, all.kinds.len()),
        ("1", "https://example.com/all", 7)
    );
    assert_eq!(some.kinds, [Kind::MemberAdded, Kind::MemberRemoved]);
    assert_eq!(some.max_events, 1);
}

#[test]
fn what_is_wrong_is_named_and_no_secret_shown() {
    check_wrong(
        "",
        "",
        "--app (PUSHER_HUB_APP): there is none; give --app ID:KEY:SECRET, or an [[app]] in the file",
    );
    check_wrong("--app 1:secret", "", "--app (PUSHER_HUB_APP): expected ID:KEY:SECRET");
    check_wrong(
        "--app 1:k/y:s",
        "",
        "--app (PUSHER_HUB_APP): key \"k/y\": expected letters, digits, and any of _ - .",
    );
    check_wrong(
        "--app :k:s",
        "",
        "--app (PUSHER_HUB_APP): id \"\": expected letters, digits, and any of _ - .",
    );
    check_wrong("--app 1:k:", "", "--app (PUSHER_HUB_APP): app 1 has no secret");
    check_wrong(
        "--app 1:k:s --app 1:l:s",
        "",
        "--app (PUSHER_HUB_APP): two apps have the id 1",
    );
    check_wrong(
        "--app 1:k:s --app 2:k:s",
        "",
        "--app (PUSHER_HUB_APP): two apps have the key k",
    );
    for origin in ["board.example", "https://", "https://board.example/page"] {
        check_wrong(
            "--app 1:k:s",
            &format!("origins = [\"https://other.example/\", \"{origin}\"]"),
            &format!("origins: \"{origin}\": expected what a browser sends, such as https://board.example"),
        );
    }
    check_wrong(
        "",
        "listen = 80",
        "hub.toml: line 1: invalid type: integer `80`, expected socket address",
    );
    check_wrong(
        "",
        "client_events = true\nclient_event = true",
        "hub.toml: line 2: unknown field `client_event`, expected one of `listen`, `metrics_listen`, `origins`, `activity_timeout`, `cache_ttl`, `drain_within`, `max_connections_per_app`, `max_channels_per_connection`, `max_presence_members`, `client_events`, `subscription_counts`, `private_webhooks`, `broker`, `cluster`, `app`",
    );
    check_wrong(
        "",
        "[[app]]\nid = \"1\"\nkey = \"k\"\nsecret = 5",
        "hub.toml: line 4: invalid type: integer `5`, expected a string",
    );
}

#[test]
fn wrong_webhooks() {
    let with = |webhook: &str| {
        format!("[[app]]\nid = \"1\"\nkey = \"k\"\nsecret = \"s\"\n[[app.webhook]]\nurl = \"http://a\"\n{webhook}")
    };
    check_wrong(
        "",
        &with("events = [\"channel_opened\"]"),
        "webhook http://a of app 1: \"channel_opened\" is no event of a webhook; there are channel_occupied, channel_vacated, member_added, member_removed, client_event, cache_miss, subscription_count",
    );
    check_wrong(
        "",
        &with("max_events = 0"),
        "webhook http://a of app 1: max_events: expected at least 1",
    );
}

#[test]
fn a_broker_and_its_cluster_and_no_password_shown() {
    let config = read("--app 1:k:s", "").unwrap();
    assert!(config.server.broker.is_none());
    let file = "broker = \"nats://me:secret@10.0.0.1:4222\"\ncluster = \"two\"";
    let config = read("--app 1:k:s", file).unwrap();
    assert_eq!(
        format!("{:?}", config.server.broker),
        r#"Some(Nats { subject: "pusher-hub.two", .. })"#
    );
    let config = read("--app 1:k:s --broker 127.0.0.1 --cluster three", file).unwrap();
    assert_eq!(
        format!("{:?}", config.server.broker),
        r#"Some(Nats { subject: "pusher-hub.three", .. })"#
    );
    check_wrong(
        "--app 1:k:s --broker nats://me:secret@:x",
        "",
        "--broker (PUSHER_HUB_BROKER): expected the address of a NATS server, such as nats://127.0.0.1:4222",
    );
    check_wrong(
        "--app 1:k:s --broker nats://127.0.0.1 --cluster a.>",
        "",
        "--cluster (PUSHER_HUB_CLUSTER): expected a name of at most 64 letters, digits, - and _",
    );
}
