//! Who may not hear a project any more does not: asserted by what arrives, and in which order. Another project's events come behind on
//! the same connection, so that what arrives before them is all there was.

use super::Page;
use crate::people::{begin, id_of, invitation, join, member, share, sign_up, site};
use crate::site::{Site, Visitor, id};
use backlog::api::{self, Heard};
use pusher_channels::client::Notice;
use pusher_channels::protocol::ChannelName;
use serde_json::{Value, json};
use std::time::Duration;

const FIRST: u128 = 1;
/// The project that goes on.
const SECOND: u128 = 2;

fn channel(project: u128) -> ChannelName {
    ChannelName::new(&format!("private-project-{}", id(project))).expect("a name")
}

impl Page {
    /// A page that hears both projects, and has been told where they are.
    async fn of_both(site: &Site, visitor: &Visitor) -> Page {
        let mut page = Page::open(site, visitor.clone()).await;
        page.channels.subscribe(&channel(SECOND));
        let mut beacons = [page.told().await, page.told().await];
        beacons.sort();
        assert_eq!(beacons, ["1: beacon", "2: beacon"]);
        page
    }

    /// What arrives next of the projects, as `PROJECT: EVENT`, or `PROJECT: lost` where a subscription was taken away. The client asks
    /// for it again by and by; that this is refused is passed over.
    async fn told(&mut self) -> String {
        let (channel, what) = loop {
            match self.next().await {
                Notice::Event(event) => match event.channel {
                    Some(channel) => break (channel, event.name),
                    None => continue,
                },
                Notice::SubscriptionFailed { channel, failure, .. } if failure.message.contains("withdrawn") => {
                    break (channel, "lost".to_owned());
                }
                // Whatever else is told is no event.
                _ => continue,
            }
        };
        let project = channel
            .as_str()
            .trim_start_matches("private-project-")
            .trim_start_matches('0');
        format!("{project}: {what}")
    }

    /// By which status the first project is not signed for.
    async fn refused(&mut self) -> Option<u16> {
        loop {
            match self.next().await {
                Notice::SubscriptionFailed { failure, .. } if !failure.message.contains("withdrawn") => {
                    return failure.status;
                }
                Notice::Event(event) => assert_ne!(event.channel, Some(channel(FIRST)), "heard {}", event.name),
                _ => {}
            }
        }
    }

    async fn next(&mut self) -> Notice {
        let notice = tokio::time::timeout(Duration::from_secs(20), self.notices.recv()).await;
        notice.expect("something in time").expect("the driver lives")
    }

    /// All that arrives until the second project tells of a story.
    async fn told_until_the_second(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        loop {
            match self.told().await {
                last if last == "2: story-created" => return told,
                // It is told of the second project from time to time.
                beacon if beacon == "2: beacon" => {}
                other => told.push(other),
            }
        }
    }
}

/// Someone adds a story to a project; answers its revision.
async fn add(visitor: &Visitor, project: u128, number: u128) -> u64 {
    let story = json!({"id": id(number), "title": "A story", "type": "bug", "panel": "icebox"});
    let commands = json!([{"mid": id(number), "base": 0, "command": {"create-story": story}}]);
    let path = format!("/api/projects/{}/sync", id(project));
    let answer = visitor.post(&path, &json!({"commands": commands})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body["rev"].as_u64().expect("a revision")
}

async fn remove(owner: &Visitor, who: &Visitor) {
    let path = format!("/api/projects/{}/members/{}", id(FIRST), id_of(who).await);
    assert_eq!(owner.send("DELETE", &path, None).await.status, 204);
}

/// A site with two projects of Ada's.
async fn with_both() -> (Site, Visitor) {
    let (site, ada) = site().await;
    begin(&ada, FIRST).await;
    begin(&ada, SECOND).await;
    (site, ada)
}

/// Ben, who is in both.
async fn ben(site: &Site, ada: &Visitor, role: &str) -> Visitor {
    let ben = member(site, ada, ("ben", role, FIRST)).await;
    join(&ben, &invitation(ada, "member", SECOND).await).await;
    ben
}

#[tokio::test]
async fn who_is_removed_is_told_so_and_hears_nothing_that_happens_after() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "member").await;
    let mut page = Page::of_both(&site, &ben).await;
    add(&ada, FIRST, 101).await;
    assert_eq!(page.told().await, "1: story-created");
    remove(&ada, &ben).await;
    for number in 102..112 {
        add(&ada, FIRST, number).await;
    }
    add(&ada, SECOND, 201).await;
    assert_eq!(page.told_until_the_second().await, ["1: access", "1: lost"]);
    // Asking again is in vain.
    assert_eq!(page.refused().await, Some(403));
}

/// Ada writes without a pause while Ben is removed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_after_a_removal_is_heard_however_busy_the_project_is() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "client").await;
    let mut page = Page::of_both(&site, &ben).await;
    let busy = ada.clone();
    let writing = tokio::spawn(async move {
        for number in 1_000..1_200 {
            add(&busy, FIRST, number).await;
        }
    });
    for _ in 0..20 {
        assert_eq!(page.told().await, "1: story-created");
    }
    remove(&ada, &ben).await;
    let left = add(&ada, FIRST, 101).await;
    writing.await.expect("all written");
    add(&ada, SECOND, 201).await;
    // Two joined, and twenty stories came.
    let mut last = 22;
    loop {
        let Notice::Event(event) = page.next().await else {
            continue;
        };
        match (event.channel.as_ref(), event.name.as_str()) {
            (Some(of), "story-created") if *of == channel(SECOND) => break,
            (Some(of), "access" | "beacon") if *of == channel(FIRST) => {}
            (Some(of), name) if *of == channel(FIRST) => match api::heard(name, &event.data) {
                Some(Heard::Change(change)) => last = change.rev,
                Some(Heard::Bare(bare)) => last = bare.rev,
                None => panic!("{name} is no change"),
            },
            _ => {}
        }
    }
    assert!((22..left).contains(&last), "{last} of {left}");
}

#[tokio::test]
async fn another_role_is_told_to_whom_it_is_about_and_they_hear_on() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "viewer").await;
    let (mut his, mut hers) = (Page::of_both(&site, &ben).await, Page::of_both(&site, &ada).await);
    let path = format!("/api/projects/{}/members/{}", id(FIRST), id_of(&ben).await);
    for _ in 0..2 {
        // Once more is no other role.
        assert_eq!(ada.put(&path, &json!({"role": "client"})).await.status, 204);
    }
    add(&ada, FIRST, 101).await;
    add(&ada, SECOND, 201).await;
    assert_eq!(his.told_until_the_second().await, ["1: access", "1: story-created"]);
    assert_eq!(hers.told_until_the_second().await, ["1: story-created"]);
}

#[tokio::test]
async fn an_invitation_that_makes_more_of_someone_is_told_to_their_page() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "viewer").await;
    let mut page = Page::of_both(&site, &ben).await;
    join(&ben, &invitation(&ada, "owner", FIRST).await).await;
    add(&ben, SECOND, 201).await;
    assert_eq!(page.told_until_the_second().await, ["1: access"]);
}

#[tokio::test]
async fn a_revoked_link_is_heard_by_its_guests_no_more() {
    let (site, ada) = with_both().await;
    let mut guest = site.stranger();
    for project in [FIRST, SECOND] {
        let opened = guest
            .post("/api/share", &json!({"secret": share(&ada, project).await}))
            .await;
        assert_eq!(opened.status, 200);
        if project == FIRST {
            guest.header("cookie", &opened.cookies());
        }
    }
    let (mut theirs, mut hers) = (Page::of_both(&site, &guest).await, Page::of_both(&site, &ada).await);
    let shares = format!("/api/projects/{}/shares", id(FIRST));
    let listed = ada.get(&shares).await.body;
    let path = format!("{shares}/{}", listed["shares"][0]["id"].as_str().expect("one"));
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    add(&ada, FIRST, 101).await;
    add(&ada, SECOND, 201).await;
    assert_eq!(theirs.told_until_the_second().await, ["1: access", "1: lost"]);
    assert_eq!(hers.told_until_the_second().await, ["1: story-created"]);
}

#[tokio::test]
async fn a_session_that_ended_hears_nothing_and_others_of_the_same_person_hear_on() {
    let (site, ada) = with_both().await;
    let mut here = site.stranger();
    let signed_in = here
        .post(
            "/api/sign-in",
            &crate::people::credentials("ada", crate::people::PASSWORD),
        )
        .await;
    crate::people::come_in(&mut here, &signed_in);
    let (mut theirs, mut hers) = (Page::of_both(&site, &here).await, Page::of_both(&site, &ada).await);
    assert_eq!(here.send("DELETE", "/api/session", None).await.status, 204);
    add(&ada, FIRST, 101).await;
    add(&ada, SECOND, 201).await;
    assert_eq!(hers.told_until_the_second().await, ["1: story-created"]);
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(theirs.told().await);
    }
    told.sort();
    assert_eq!(told, ["1: access", "1: lost", "2: access", "2: lost"]);
}

#[tokio::test]
async fn a_closed_account_hears_nothing() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "owner").await;
    let mut page = Page::of_both(&site, &ben).await;
    let path = format!("/api/accounts/{}", id_of(&ben).await);
    assert_eq!(ada.put(&path, &json!("closed")).await.status, 204);
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(page.told().await);
    }
    told.sort();
    assert_eq!(told, ["1: access", "1: lost", "2: access", "2: lost"]);
}

/// What members see of one another, and that a removed one is not among them.
#[tokio::test]
async fn who_is_removed_is_present_no_more() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "member").await;
    let presence = ChannelName::new(&format!("presence-project-{}", id(FIRST))).expect("a name");
    let mut hers = Page::of_both(&site, &ada).await;
    hers.channels.subscribe(&presence);
    let his = Page::of_both(&site, &ben).await;
    his.channels.subscribe(&presence);
    let came = |notice: Notice| match notice {
        Notice::MemberAdded { member, .. } => Some(member),
        _ => None,
    };
    let member = loop {
        if let Some(member) = came(hers.next().await) {
            break member;
        }
    };
    assert_eq!(member.user_id, id_of(&ben).await);
    let info = member.user_info.expect("what others see of them");
    let info: Value = serde_json::from_str(info.as_str()).expect("JSON");
    assert_eq!((&info["name"], &info["initials"]), (&json!("Ben"), &json!("B")));
    assert_eq!(info.as_object().map(|info| info.len()), Some(3), "and a colour");
    remove(&ada, &ben).await;
    loop {
        if let Notice::MemberRemoved { member, .. } = hers.next().await {
            assert_eq!(member.user_id, id_of(&ben).await);
            break;
        }
    }
    drop(his);
}

#[tokio::test]
async fn who_is_removed_and_comes_back_hears_again() {
    let (site, ada) = with_both().await;
    let ben = ben(&site, &ada, "member").await;
    let mut page = Page::of_both(&site, &ben).await;
    remove(&ada, &ben).await;
    assert_eq!([page.told().await, page.told().await], ["1: access", "1: lost"]);
    join(&ben, &invitation(&ada, "viewer", FIRST).await).await;
    page.channels.unsubscribe(&channel(FIRST));
    page.channels.subscribe(&channel(FIRST));
    assert_eq!(page.told().await, "1: beacon");
    let eve = sign_up(&site, "eve").await;
    join(&eve, &invitation(&ada, "member", FIRST).await).await;
    assert_eq!(page.told().await, "1: person-joined");
}
