//! Limits and reserved names, each told with the status that the documents name.

use super::{Check, check};
use crate::server::{Server, Verdict};
use serde_json::{Value, json};

const PART: &str = "limits";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "data of 10 KB passes, more is refused with 413", data),
        check(
            PART,
            "100 channels in a trigger pass, 101 are refused with 400",
            channels,
        ),
        check(PART, "ten events in a batch pass, eleven are refused with 400", batch),
        check(
            PART,
            "an event name of 200 characters passes, a longer one is refused with 400",
            event_name,
        ),
        check(
            PART,
            "names that the protocol keeps for itself are refused with 400",
            reserved,
        ),
        check(PART, "an encrypted channel is triggered alone", encrypted),
        check(PART, "a body that is no trigger is refused with 400", nonsense),
        check(PART, "a channel name that is none is refused", channel_names),
    ]
}

async fn answered(server: &Server, body: Value, status: u16) -> Verdict {
    let reply = server.api().post("/events", &body).await?;
    let short: String = body.to_string().chars().take(80).collect();
    reply
        .expect_status(status)
        .map_err(|finding| format!("{short}: {finding}"))
}

async fn data(server: Server) -> Verdict {
    let event = |length| json!({ "name": "e", "channel": "c", "data": "x".repeat(length) });
    answered(&server, event(10_240), 200).await?;
    answered(&server, event(10_241), 413).await
}

async fn channels(server: Server) -> Verdict {
    let event = |count: u32| {
        let names: Vec<String> = (0..count).map(|number| format!("c{number}")).collect();
        json!({ "name": "e", "channels": names, "data": "1" })
    };
    answered(&server, event(100), 200).await?;
    answered(&server, event(101), 400).await
}

async fn batch(server: Server) -> Verdict {
    for (count, status) in [(10, 200), (11, 400)] {
        let events = vec![json!({ "name": "e", "channel": "c", "data": "1" }); count];
        let reply = server.api().post("/batch_events", &json!({ "batch": events })).await?;
        reply
            .expect_status(status)
            .map_err(|finding| format!("{count}: {finding}"))?;
    }
    Ok(())
}

async fn event_name(server: Server) -> Verdict {
    let event = |length| json!({ "name": "e".repeat(length), "channel": "c", "data": "1" });
    answered(&server, event(200), 200).await?;
    answered(&server, event(201), 400).await
}

async fn reserved(server: Server) -> Verdict {
    for name in ["pusher:foo", "pusher_internal:foo"] {
        answered(&server, json!({ "name": name, "channel": "c", "data": "1" }), 400).await?;
    }
    answered(&server, json!({ "name": "e", "channel": "#foo", "data": "1" }), 400).await
}

async fn encrypted(server: Server) -> Verdict {
    let names = ["private-encrypted-a", "private-b"];
    answered(&server, json!({ "name": "e", "channels": names, "data": "1" }), 400).await
}

async fn nonsense(server: Server) -> Verdict {
    for body in [
        json!([]),
        json!({}),
        json!({ "name": "e", "data": "1" }),
        json!({ "name": 7, "channel": "c", "data": "1" }),
    ] {
        answered(&server, body, 400).await?;
    }
    Ok(())
}

async fn channel_names(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    for name in ["", "with space", "exclaim!", "a/b", &"c".repeat(201)] {
        answered(&server, json!({ "name": "e", "channel": name, "data": "1" }), 400).await?;
        socket.subscribe(name, "", None).await?;
        let rest = socket.rest().await?;
        if let Some(frame) = rest.iter().find(|frame| frame.event().starts_with("pusher_internal:")) {
            return Err(format!("{name:?} over the socket: {}", frame.0));
        }
    }
    Ok(())
}
