//! The channel of a project, over a real network: who is signed for, whose socket hears, and that nobody else's hears anything.

use super::cast::Who;
use super::database::fresh;
use super::ear::Ear;
use super::words::{HERE, THERE};
use super::world::{FIRST, OTHERS, OUTSIDER, OWN, SECOND, World};
use crate::people::{begin, id_of, invitation, join, member, site};
use crate::site::{Answer, KEY, Visitor, id};
use backlog::{Change, ProjectId};
use pusher_hub::Audience;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Asks to hear a channel.
async fn ask(visitor: &Visitor, socket: &str, channel: &str) -> Answer {
    let form = serde_urlencoded(&[("socket_id", socket), ("channel_name", channel)]);
    let kind = "application/x-www-form-urlencoded";
    visitor.send_text("POST", "/pusher/auth", (kind, form)).await
}

/// A form; everything but letters and digits is encoded.
fn serde_urlencoded(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        let byte = |byte: u8| match byte.is_ascii_alphanumeric() {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    fields.join("&")
}

/// Only the one spelling of a project's channel is signed for, and only for a socket.
#[tokio::test]
async fn odd_names_are_not_signed_for() {
    let world = World::new().await;
    let owner = world.comes(Who::Owner).await;
    let own = format!("private-project-{FIRST}");
    let others = format!("private-project-{SECOND}");
    let upper = own.to_uppercase();
    for name in [
        &*others,
        &*upper,
        &format!("private-project-{}", FIRST.replace('1', "B")),
        &format!("Private-project-{FIRST}"),
        &format!("{own}/"),
        &format!("{own} "),
        &format!(" {own}"),
        &format!("{own}\n"),
        &format!("{own}\0"),
        &format!("{own}%00"),
        &format!("{own},{others}"),
        &format!("{own};{others}"),
        &format!("{own}:{others}"),
        &format!("{others}#{own}"),
        &format!("private-{own}"),
        &format!("private-encrypted-project-{FIRST}"),
        &format!("private-cache-project-{FIRST}"),
        &format!("presence-cache-project-{FIRST}"),
        &format!("presence-project-{SECOND}"),
        &format!("project-{FIRST}"),
        &format!("private-project-{}", FIRST.trim_start_matches('0')),
        &format!("private-project-0{FIRST}"),
        "private-project-",
        "private-project-*",
        &format!("#server-to-user-{OUTSIDER}"),
        &"private-project-".repeat(50),
    ] {
        let answer = ask(&owner, "1.2", name).await;
        assert!(
            matches!(answer.status, 400 | 403),
            "{name:?}: {} {}",
            answer.status,
            answer.text
        );
        assert!(!answer.text.contains("\"auth\""), "{name:?}: {}", answer.text);
    }
}

/// A socket's id is two numbers with a dot between, and nothing else.
#[tokio::test]
async fn odd_sockets_are_not_signed_for() {
    let world = World::new().await;
    let owner = world.comes(Who::Owner).await;
    let (own, others) = (format!("private-project-{FIRST}"), format!("private-project-{SECOND}"));
    let longer = format!("1.2:{others}");
    let many = "1".repeat(5_000);
    for socket in [
        "", "1", "1.", ".2", "1.2.3", "a.b", "1.2\n", " 1.2", "-1.2", "1.2:", "１.２", &longer, &many,
    ] {
        let answer = ask(&owner, socket, &own).await;
        assert!(
            matches!(answer.status, 400 | 403),
            "{socket:?}: {} {}",
            answer.status,
            answer.text
        );
    }
}

/// The last of two names counts; of several at once each is decided for itself.
#[tokio::test]
async fn several_names_at_once() {
    let world = World::new().await;
    let owner = world.comes(Who::Owner).await;
    let (own, others) = (format!("private-project-{FIRST}"), format!("private-project-{SECOND}"));
    let upper = own.to_uppercase();
    for (names, status, signed) in [
        (format!("channel_name={own}&channel_name={others}"), 403, vec![]),
        (
            format!("channel_name[]={own}&channel_name[]={others}"),
            200,
            vec![&*own],
        ),
        (
            format!("channel_name[0]={own}&channel_name[1]={others}&channel_name[2]={upper}"),
            200,
            vec![&*own],
        ),
        (format!("channel_name[0]={others}&channel_name={others}"), 403, vec![]),
        (format!("channel_name[0]={own}&channel_name[1]={own}%0a"), 400, vec![]),
        (format!("channel_name[x]={own}"), 400, vec![]),
        (
            (0..101).map(|place| format!("channel_name[{place}]={own}&")).collect(),
            400,
            vec![],
        ),
    ] {
        let kind = "application/x-www-form-urlencoded";
        let form = format!("socket_id=1.2&{names}");
        let answer = owner.send_text("POST", "/pusher/auth", (kind, form)).await;
        assert_eq!(answer.status, status, "{names}: {}", answer.text);
        let parts = answer.body.as_object().into_iter().flatten();
        let with_data = parts
            .filter(|(_, part)| part.get("data").is_some())
            .map(|(name, _)| name.as_str());
        assert_eq!(with_data.collect::<Vec<_>>(), signed, "{names}");
    }
}

/// Whether all that was heard is that a subscription is refused.
fn is_refusal(heard: &BTreeSet<String>) -> bool {
    let one = heard.iter().next().map(String::as_str);
    heard.len() == 1 && matches!(one, Some("pusher:subscription_error" | "pusher:error"))
}

/// Who asks for it in vain cannot take it either: not without a signature, not with another's, not with one for another channel.
#[tokio::test]
async fn signatures_are_for_one_socket_and_one_channel() {
    let world = World::new().await;
    let address = world.site.listen().await;
    let owner = world.comes(Who::Owner).await;
    let (mut hers, mut thief) = (Ear::open(&address).await, Ear::open(&address).await);
    let (own, others) = (format!("private-project-{FIRST}"), format!("private-project-{SECOND}"));
    let presence = format!("presence-project-{FIRST}");
    let signed = ask(&owner, &hers.socket_id, &own).await;
    let signature = signed.body["auth"].as_str().expect("a signature").to_owned();
    let almost = format!("{KEY}:{}", "0".repeat(64));
    for (channel, auth) in [
        (&own, &*signature),
        (&own, ""),
        (&own, &almost),
        (&own, signature.trim_end_matches(char::is_alphanumeric)),
        (&others, &signature),
        (&presence, &signature),
    ] {
        thief.subscribe(channel, auth).await;
        assert!(is_refusal(&thief.until_pong().await), "{channel} with {auth}");
    }
    for channel in [
        &others,
        &presence,
        &format!("private-{}", own.to_uppercase()),
        &format!("{own}/"),
    ] {
        hers.subscribe(channel, &signature).await;
        assert!(is_refusal(&hers.until_pong().await), "{channel}");
    }
    hers.subscribe(&own, &signature).await;
    assert!(
        hers.until_pong()
            .await
            .contains("pusher_internal:subscription_succeeded")
    );
    // Once its owner is signed out, what was signed is worth nothing.
    let again = ask(&owner, &thief.socket_id, &own).await;
    let signature = again.body["auth"].as_str().expect("a signature").to_owned();
    assert_eq!(owner.send("DELETE", "/api/session", None).await.status, 204);
    thief.subscribe(&own, &signature).await;
    thief.loses(&own).await;
}

/// A signature has no end of its own: whoever was removed hears nothing by one of before, not for a moment, however often it is shown.
#[tokio::test]
async fn what_was_signed_for_someone_who_was_removed_is_void() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let (address, channel) = (site.listen().await, format!("private-project-{}", id(1)));
    let (mut heard, mut unused) = (Ear::open(&address).await, Ear::open(&address).await);
    let mut signatures = Vec::new();
    for ear in [&heard, &unused] {
        let signed = ask(&ben, &ear.socket_id, &channel).await;
        signatures.push(signed.body["auth"].as_str().expect("a signature").to_owned());
    }
    heard.subscribe(&channel, &signatures[0]).await;
    assert!(
        heard
            .until_pong()
            .await
            .contains("pusher_internal:subscription_succeeded")
    );
    let bens = format!("/api/projects/{}/members/{}", id(1), id_of(&ben).await);
    assert_eq!(ada.send("DELETE", &bens, None).await.status, 204);
    heard.until_pong().await;
    let refused = BTreeSet::from(["pusher:subscription_error".to_owned()]);
    for (ear, signature) in [(&mut heard, &signatures[0]), (&mut unused, &signatures[1])] {
        for _ in 0..3 {
            ear.subscribe(&channel, signature).await;
            assert_eq!(ear.until_pong().await, refused);
        }
    }
    // Who is let in again is signed for again, on the same connection.
    join(&ben, &invitation(&ada, "viewer", 1).await).await;
    let again = ask(&ben, &heard.socket_id, &channel).await;
    let again = again.body["auth"].as_str().expect("a signature");
    heard.subscribe(&channel, again).await;
    assert!(
        heard
            .until_pong()
            .await
            .contains("pusher_internal:subscription_succeeded")
    );
}

/// Nobody speaks to the hub's own API without its secret.
#[tokio::test]
async fn the_hubs_own_api_is_not_open() {
    let world = World::new().await;
    for who in [Who::Nobody, Who::Owner, Who::WriteToken] {
        let visitor = world.comes(who).await;
        for (method, path) in [
            ("POST", "/apps/1/events"),
            ("POST", "/apps/1/batch_events"),
            ("GET", "/apps/1/channels"),
            ("GET", &*format!("/apps/1/channels/private-project-{FIRST}")),
            ("POST", &*format!("/apps/1/users/{OUTSIDER}/terminate_connections")),
            ("POST", "/pusher/user-auth"),
            ("GET", "/metrics"),
        ] {
            let body = json!({"name": "beacon", "channel": format!("private-project-{FIRST}"), "data": "{}"});
            let body = (method == "POST").then_some(&body);
            let answer = visitor.send(method, path, body).await;
            assert!(
                matches!(answer.status, 401 | 403 | 404 | 405),
                "{who:?} {path}: {} {}",
                answer.status,
                answer.text
            );
        }
    }
}

/// Commands from which every change follows, apart from who joins and leaves.
fn all_changes(story: &str) -> Vec<Value> {
    let (other, epic, search, import) = (fresh(), fresh(), fresh(), fresh());
    let create = |id: &str| json!({"create-story": {"id": id, "title": format!("A {THERE} or a {HERE}"), "type": "chore", "panel": "backlog"}});
    let imported = json!({
        "id": fresh(), "number": 1, "title": "Taken over", "type": "chore", "state": "unscheduled", "created_at": 5, "updated_at": 5,
    });
    vec![
        create(story),
        create(&other),
        json!({"edit-story": {"id": story, "edits": [{"title": "Other"}]}}),
        json!({"edit-stories": {"stories": [{"id": story, "edits": [{"priority": "p1"}]}, {"id": other, "edits": [{"priority": "p1"}]}]}}),
        json!({"move-stories": {"stories": [story], "panel": "backlog", "after": other}}),
        json!({"transition-story": {"id": story, "transition": "start"}}),
        json!({"return-stories": {"stories": [{"id": story, "seen": "started", "state": "unstarted", "panel": "backlog"}]}}),
        json!({"transition-stories": {"stories": [story, other], "transition": "start"}}),
        json!({"delete-stories": {"stories": [other]}}),
        json!({"restore-stories": {"stories": [other]}}),
        json!({"edit-settings": {"edits": [{"iteration-weeks": 2}]}}),
        json!({"rename-project": {"name": "Other"}}),
        json!({"put-epic": {"id": epic, "words": {"name": "Other", "label": fresh()}}}),
        json!({"move-epic": {"id": epic, "after": null}}),
        json!({"remove-epic": {"id": epic}}),
        json!({"save-search": {"id": search, "name": "Other", "query": "mine"}}),
        json!({"remove-search": {"id": search}}),
        json!({"import-stories": {"id": import, "stories": [imported]}}),
        json!({"delete-import": {"id": import}}),
        json!({"restore-import": {"id": import}}),
    ]
}

/// Makes everything happen in a project that its channel tells of.
async fn live_through(world: &World, project: &str, who: Who) {
    let owner = world.comes(who).await;
    let commands: Vec<Value> = all_changes(&fresh())
        .into_iter()
        .map(|command| json!({"mid": fresh(), "base": 0, "command": command}))
        .collect();
    let answer = owner
        .post(&format!("/api/projects/{project}/sync"), &json!({"commands": commands}))
        .await;
    let outcomes = answer.body["outcomes"].as_array().expect("outcomes");
    assert!(
        outcomes.iter().all(|one| one["fate"]["applied"].is_u64()),
        "{}",
        answer.text
    );
    let by = World::actor(who).expect("an owner");
    let (_, secret) = world.database.invitation(project, by, "").await;
    let joins = world.comes(Who::Administrator).await;
    let answer = joins.post("/api/invitation/accept", &json!({"secret": secret})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let leaves = World::actor(Who::Administrator).expect("someone");
    let answer = owner
        .send("DELETE", &format!("/api/projects/{project}/members/{leaves}"), None)
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let id: ProjectId = project.parse().expect("an id");
    let app = &world.site.parts().app;
    app.projects
        .announce_beacon(id, Audience::Everyone)
        .await
        .expect("a beacon");
}

/// Who may hear project 1.
const HEARS: [Who; 7] = [
    Who::Viewer,
    Who::Client,
    Who::Member,
    Who::Owner,
    Who::Guest,
    Who::ReadToken,
    Who::WriteToken,
];

#[tokio::test]
async fn every_event_reaches_whom_it_may_and_nobody_else() {
    let world = World::new().await;
    let address = world.site.listen().await;
    let own = format!("private-project-{FIRST}");
    let mut ears = Vec::new();
    for who in Who::ALL {
        let mut ear = Ear::open(&address).await;
        let answer = ask(&world.comes(who).await, &ear.socket_id, &own).await;
        assert_eq!(answer.status == 200, HEARS.contains(&who), "{who:?}: {}", answer.text);
        let auth = answer.body["auth"].as_str().unwrap_or_default();
        ear.subscribe(&own, auth).await;
        let heard = ear.until_pong().await;
        let succeeded = heard.contains("pusher_internal:subscription_succeeded");
        assert_eq!(succeeded, HEARS.contains(&who), "{who:?}: {heard:?}");
        ears.push((who, ear));
    }
    let mut theirs = Ear::open(&address).await;
    let others = format!("private-project-{SECOND}");
    let answer = ask(&world.comes(Who::OwnerElsewhere).await, &theirs.socket_id, &others).await;
    theirs
        .subscribe(&others, answer.body["auth"].as_str().expect("a signature"))
        .await;
    theirs.until_pong().await;
    // Names that anyone may hear; nothing is ever said there.
    let mut eavesdropper = Ear::open(&address).await;
    for name in [
        own.to_uppercase(),
        format!("project-{FIRST}"),
        format!("Private-project-{FIRST}"),
        FIRST.to_owned(),
    ] {
        eavesdropper.subscribe(&name, "").await;
    }
    eavesdropper.until_pong().await;

    live_through(&world, SECOND, Who::OwnerElsewhere).await;
    live_through(&world, FIRST, Who::Owner).await;
    let all: BTreeSet<String> = Change::EVENT_NAMES
        .into_iter()
        .chain(["beacon"])
        .map(str::to_owned)
        .collect();
    assert_eq!(theirs.until(&all).await, all);
    for (who, ear) in &mut ears {
        let mut heard = match HEARS.contains(who) {
            true => ear.until(&all).await,
            // What others heard, the hub sent to everyone who hears; a pong after that comes after it.
            false => BTreeSet::new(),
        };
        heard.extend(
            ear.until_pong()
                .await
                .into_iter()
                .filter(|event| !event.starts_with("pusher")),
        );
        let expected = if HEARS.contains(who) {
            all.clone()
        } else {
            BTreeSet::new()
        };
        assert_eq!(heard, expected, "{who:?}");
        let told = ear.everything().to_lowercase();
        let projects = [format!("\"channel\":\"{others}\""), OTHERS.story(), OTHERS.epic()];
        assert!(
            !projects.iter().any(|one| told.contains(one)),
            "{who:?} heard of project 2: {told}"
        );
    }
    let heard = eavesdropper.until_pong().await;
    assert!(heard.iter().all(|event| event.starts_with("pusher:")), "{heard:?}");
    assert!(!theirs.everything().contains(&own) && !theirs.everything().contains(&OWN.story()));
}
