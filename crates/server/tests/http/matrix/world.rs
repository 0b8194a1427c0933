//! A server with three projects, and everyone who could come to its door. Project 1 is the one that they come for; project 2 is another's, full of
//! words that nobody else is ever to be told; project 3 is of the owner of project 1.

use super::cast::Who;
use super::database::{Database, fresh, secret};
use super::words::{self, HERE, Numbers, THERE};
use crate::site::{Site, Visitor};
use serde_json::json;
use truestory_server::ambient;
use truestory_server::config::Entrance;

pub const OWNER: &str = "00000000000000000000000000000011";
pub const MEMBER: &str = "00000000000000000000000000000012";
pub const CLIENT: &str = "00000000000000000000000000000013";
pub const VIEWER: &str = "00000000000000000000000000000014";
pub const REMOVED: &str = "00000000000000000000000000000015";
pub const ELSEWHERE: &str = "00000000000000000000000000000016";
pub const OUTSIDER: &str = "00000000000000000000000000000017";
pub const ADMINISTRATOR: &str = "00000000000000000000000000000018";
pub const CLOSED: &str = "00000000000000000000000000000019";
pub const FROM_OPEN_TIMES: &str = "0000000000000000000000000000001a";

/// The projects.
pub const FIRST: &str = "00000000000000000000000000000001";
pub const SECOND: &str = "00000000000000000000000000000002";
pub const THIRD: &str = "00000000000000000000000000000003";

/// What stands in the first and in the second.
pub const OWN: Numbers = Numbers(0xa00);
pub const OTHERS: Numbers = Numbers(0xb00);

/// A server and who may come to it.
pub struct World {
    pub site: Site,
    pub database: Database,
}

impl World {
    /// One with accounts.
    pub async fn new() -> World {
        World::with(Entrance::default()).await
    }

    /// One with accounts, at that entrance.
    pub async fn with(entrance: Entrance) -> World {
        // Without a network requests come from nowhere, and everyone tells where from: so nobody waits for what others tried.
        let nowhere = "0.0.0.0/32".parse().expect("a range");
        let entrance = Entrance {
            proxies: vec![nowhere],
            ..entrance
        };
        let site = Site::with(entrance).await;
        let database = Database::open(site.folder()).await;
        let world = World { site, database };
        world.people().await;
        world.projects().await;
        world.memberships().await;
        world.acquaintance().await;
        world
    }

    /// The same one, started again to let everyone in.
    pub async fn opened(self) -> World {
        let World { site, database } = self;
        let proxies = vec!["0.0.0.0/32".parse().expect("a range")];
        let open = Entrance {
            proxies,
            ..Entrance::open()
        };
        let site = site.reopened(open).await;
        World { site, database }
    }

    async fn people(&self) {
        for (id, name) in [
            (OWNER, "Olga"),
            (MEMBER, "Mel"),
            (CLIENT, "Cleo"),
            (VIEWER, "Vic"),
            (REMOVED, "Rem"),
            (ELSEWHERE, "Quokka Quentin"),
            (OUTSIDER, "Otto"),
            (ADMINISTRATOR, "Adela"),
            (CLOSED, "Clive"),
        ] {
            let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
            self.database.account(id, (name, &email), "").await;
        }
        self.database.actor(FROM_OPEN_TIMES, "Quick Otter").await;
        let statement = "UPDATE accounts SET administrator = 1 WHERE actor_id = ?";
        self.database.run(statement, &[ADMINISTRATOR]).await;
        let statement = "UPDATE accounts SET closed = 1 WHERE actor_id = ?";
        self.database.run(statement, &[CLOSED]).await;
    }

    async fn projects(&self) {
        for (project, owner, word, numbers) in [
            (FIRST, OWNER, HERE, OWN),
            (SECOND, ELSEWHERE, THERE, OTHERS),
            (THIRD, OWNER, "gamma", Numbers(0xc00)),
        ] {
            let owner = self.signed_in(owner).await;
            let new = json!({"id": project, "name": format!("Project of the {word}")});
            let answer = owner.post("/api/projects", &new).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            words::plant(&owner, project, (word, numbers)).await;
        }
        self.database
            .webhook(SECOND, ELSEWHERE, "https://quokka.example/")
            .await;
        self.database.invitation(SECOND, ELSEWHERE, "quokka@example.com").await;
        let named = ("quokka", "1");
        self.database.token(ELSEWHERE, named, &[SECOND]).await;
        self.database.session(ELSEWHERE, "Quokka/5.0").await;
    }

    async fn memberships(&self) {
        for (actor, role) in [
            (MEMBER, "member"),
            (CLIENT, "client"),
            (VIEWER, "viewer"),
            (REMOVED, ""),
            // Closing an account does not make anyone leave.
            (CLOSED, "owner"),
        ] {
            self.database.member(FIRST, actor, role).await;
        }
    }

    /// Client and member become known in their project, by what they say.
    async fn acquaintance(&self) {
        for actor in [CLIENT, MEMBER] {
            let comment = json!({"comment-added": {"id": fresh(), "text": format!("Poor {HERE}")}});
            let command = json!({"edit-story": {"id": OWN.story(), "edits": [comment]}});
            let sent = json!([{"mid": fresh(), "base": 0, "command": command}]);
            let path = format!("/api/projects/{FIRST}/sync");
            let answer = self
                .signed_in(actor)
                .await
                .post(&path, &json!({"commands": sent}))
                .await;
            assert!(
                answer.body["outcomes"][0]["fate"]["applied"].is_u64(),
                "{}",
                answer.text
            );
        }
    }

    /// Someone with a session that was just begun.
    pub async fn signed_in(&self, actor: &str) -> Visitor {
        let (_, token) = self.database.session(actor, "A browser").await;
        self.with_cookie(&token)
    }

    /// Someone without anything, from an address that nobody else comes from.
    fn stranger(&self) -> Visitor {
        let mut visitor = self.site.stranger();
        let [a, b, c, ..] = ambient::bits128().0.to_be_bytes();
        visitor.header("x-forwarded-for", &format!("10.{a}.{b}.{c}"));
        visitor
    }

    fn with_cookie(&self, token: &str) -> Visitor {
        let mut visitor = self.stranger();
        visitor.header("cookie", &format!("truestory_session={token}"));
        visitor
    }

    fn with_token(&self, token: &str) -> Visitor {
        let mut visitor = self.stranger();
        visitor.header("authorization", &format!("Bearer {token}"));
        visitor
    }

    /// Someone who comes, with a session or an API token made for this visit: whatever they do, the next one finds the door as it was.
    pub async fn comes(&self, who: Who) -> Visitor {
        match who {
            Who::Nobody => self.stranger(),
            Who::SignedOut => self.with_cookie(&secret()),
            Who::Closed => self.signed_in(CLOSED).await,
            Who::FromOpenTimes => self.signed_in(FROM_OPEN_TIMES).await,
            Who::Outsider => self.signed_in(OUTSIDER).await,
            Who::Viewer => self.signed_in(VIEWER).await,
            Who::Client => self.signed_in(CLIENT).await,
            Who::Member => self.signed_in(MEMBER).await,
            Who::Owner => self.signed_in(OWNER).await,
            Who::Removed => self.signed_in(REMOVED).await,
            Who::OwnerElsewhere => self.signed_in(ELSEWHERE).await,
            Who::Administrator => self.signed_in(ADMINISTRATOR).await,
            Who::Guest | Who::GuestOfRevoked => self.guest(who).await,
            Who::ReadToken => self.bearer(OWNER, "0", FIRST).await,
            Who::WriteToken => self.bearer(OWNER, "1", FIRST).await,
            Who::TokenElsewhere => self.bearer(OWNER, "1", THIRD).await,
            Who::TokenOfRemoved => self.bearer(REMOVED, "1", FIRST).await,
            Who::RevokedToken | Who::MadeUpToken => self.with_token(&format!("truestory_{}", secret())),
        }
    }

    async fn bearer(&self, actor: &str, writes: &str, project: &str) -> Visitor {
        let (_, token) = self.database.token(actor, ("For a program", writes), &[project]).await;
        self.with_token(&token)
    }

    async fn guest(&self, who: Who) -> Visitor {
        let actor = fresh();
        self.database.actor(&actor, "A guest").await;
        let (session, token) = self.database.session(&actor, "A browser").await;
        let (share, _) = self.database.share(FIRST, OWNER).await;
        self.database.visit(&session, &share).await;
        if who == Who::GuestOfRevoked {
            let statement = "UPDATE shares SET revoked_at = 7 WHERE id = ?";
            self.database.run(statement, &[&share]).await;
        }
        self.with_cookie(&token)
    }

    /// A thing of its own for each request that names one, so that taking it away hurts no other request.
    pub async fn thing(&self, name: &str, (project, owner): (&str, &str)) -> Option<String> {
        let numbers = if project == SECOND { OTHERS } else { OWN };
        let word = if project == SECOND { THERE } else { HERE };
        let database = &self.database;
        match name {
            "project" => Some(project.to_owned()),
            "story" => Some(numbers.story()),
            "member" => {
                let actor = fresh();
                database.actor(&actor, &format!("One more {word}")).await;
                database.member(project, &actor, "member").await;
                Some(actor)
            }
            "invitation" => Some(database.invitation(project, owner, "").await.0),
            "share" => Some(database.share(project, owner).await.0),
            "webhook" => Some(
                database
                    .webhook(project, owner, &format!("https://{word}.example/"))
                    .await,
            ),
            "session" => Some(database.session(owner, &format!("{word}/5.0")).await.0),
            "token" => Some(database.token(owner, (word, "1"), &[project]).await.0),
            "account" => {
                let actor = fresh();
                database
                    .account(&actor, (word, &format!("{actor}@example.com")), "")
                    .await;
                Some(actor)
            }
            _ => None,
        }
    }

    /// The account of whoever comes, where they have one.
    pub fn actor(who: Who) -> Option<&'static str> {
        match who {
            Who::Outsider => Some(OUTSIDER),
            Who::Viewer => Some(VIEWER),
            Who::Client => Some(CLIENT),
            Who::Member => Some(MEMBER),
            Who::Owner | Who::ReadToken | Who::WriteToken | Who::TokenElsewhere | Who::RevokedToken => Some(OWNER),
            Who::Removed | Who::TokenOfRemoved => Some(REMOVED),
            Who::OwnerElsewhere => Some(ELSEWHERE),
            Who::Administrator => Some(ADMINISTRATOR),
            Who::Closed => Some(CLOSED),
            Who::Nobody | Who::SignedOut | Who::FromOpenTimes | Who::Guest | Who::GuestOfRevoked | Who::MadeUpToken => {
                None
            }
        }
    }
}
