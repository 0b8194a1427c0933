//! The hub's figures as text for Prometheus (exposition format 0.0.4). Knows names and their meaning, not how it is counted.

use std::fmt::Write;

use pusher_hub::{Cluster, Figures};

/// The content type of the text.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// One metric and its values, each with its labels.
struct Metric<'a> {
    name: &'a str,
    kind: &'a str,
    help: &'a str,
    values: Vec<(String, u64)>,
}

/// All figures.
pub fn text(figures: &Figures) -> String {
    let of_app = |value: fn(&pusher_hub::AppFigures) -> usize| {
        let labelled = figures
            .apps
            .iter()
            .map(move |app| (format!("{{app=\"{}\"}}", app.app), value(app) as u64));
        labelled.collect()
    };
    let metrics = [
        gauge(
            "pusher_hub_connections",
            "Open connections.",
            of_app(|app| app.connections),
        ),
        gauge(
            "pusher_hub_channels",
            "Channels with a subscriber.",
            of_app(|app| app.channels),
        ),
        counter(
            "pusher_hub_frames_received_total",
            "Frames from clients.",
            figures.frames_received,
        ),
        counter(
            "pusher_hub_frames_sent_total",
            "Frames to clients, once for each who hears an event.",
            figures.frames_sent,
        ),
        counter(
            "pusher_hub_calls_total",
            "Calls of the HTTP API that were carried out.",
            figures.calls_answered,
        ),
        Metric {
            name: "pusher_hub_refused_total",
            kind: "counter",
            help: "What was refused: connections, and calls of the HTTP API.",
            values: vec![
                ("{what=\"connection\"}".to_owned(), figures.connections_refused),
                ("{what=\"call\"}".to_owned(), figures.calls_refused),
            ],
        },
        counter(
            "pusher_hub_too_slow_total",
            "Connections that were closed because too much waited for them.",
            figures.connections_too_slow,
        ),
        counter(
            "pusher_hub_webhook_events_lost_total",
            "Events that webhooks could not keep up with.",
            figures.news_lost,
        ),
    ];
    let of_nodes = of_nodes(figures);
    metrics.iter().chain(&of_nodes).fold(String::new(), Metric::write)
}

/// How it stands between several nodes.
fn of_nodes(figures: &Figures) -> [Metric<'static>; 4] {
    let joined = u64::from(matches!(figures.cluster, Cluster::Joined { .. }));
    [
        gauge(
            "pusher_hub_broker_joined",
            "Whether the broker between the nodes is reached; 0 without one.",
            vec![(String::new(), joined)],
        ),
        gauge(
            "pusher_hub_other_nodes",
            "Nodes that are heard of, beside this one.",
            vec![(String::new(), other_nodes(figures.cluster))],
        ),
        counter(
            "pusher_hub_events_unspread_total",
            "Events and orders that other nodes did not get to hear.",
            figures.events_unspread,
        ),
        counter(
            "pusher_hub_words_ignored_total",
            "Words of other nodes that were not understood.",
            figures.words_ignored,
        ),
    ]
}

fn counter(name: &'static str, help: &'static str, value: u64) -> Metric<'static> {
    Metric {
        name,
        kind: "counter",
        help,
        values: vec![(String::new(), value)],
    }
}

fn gauge(name: &'static str, help: &'static str, values: Vec<(String, u64)>) -> Metric<'static> {
    Metric {
        name,
        kind: "gauge",
        help,
        values,
    }
}

fn other_nodes(cluster: Cluster) -> u64 {
    match cluster {
        Cluster::Alone | Cluster::CutOff => 0,
        Cluster::Joined { others } => others as u64,
    }
}

impl Metric<'_> {
    fn write(mut text: String, metric: &Self) -> String {
        let Metric {
            name,
            kind,
            help,
            values,
        } = metric;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in values {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
        text
    }
}
