//! Accounts, sessions, recoveries and the security log against a real file, over days that no test waits for.

use super::super::{FILE, NewEntry, NewHolder, NewSession, Stood, TokenHash, copy_of_folder, take_people};
use super::{AT, Store, TempDir, name, open};
use backlog::api::account::Standing;
use backlog::id::Bits128;
use backlog::person::Email;
use backlog::{Actor, ActorId, Millis};

const DAY: i64 = 86_400_000;

fn later(days: i64) -> Millis {
    Millis(AT.0 + days * DAY)
}

fn token(text: &str) -> TokenHash {
    TokenHash::of(text)
}

fn holder(number: u128) -> NewHolder {
    NewHolder {
        actor: Actor {
            id: ActorId(Bits128(number)),
            name: name(&format!("Person {number}")),
        },
        email: Email::new(&format!("person{number}@example.com")).expect("an address"),
        password: Some(format!("hash {number}")),
    }
}

fn session(number: u128, of: u128) -> NewSession {
    NewSession {
        id: Bits128(number),
        token: token(&format!("session {number}")),
        actor: ActorId(Bits128(of)),
        agent: "Phone".into(),
    }
}

/// A store whose accounts are 1, who administers it, and 2.
async fn with_two() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).await;
    let first = store.add_first_account(&holder(1), AT).await.expect("written");
    assert_eq!(first, Some(vec![]));
    assert!(store.add_account(&holder(2), AT).await.expect("written"));
    (folder, store)
}

/// Whose session that is at that moment; 0 where it is over.
async fn whose(store: &Store, number: u128, now: Millis) -> u128 {
    let known = store.session(&token(&format!("session {number}")), now).await;
    known.expect("read").map_or(0, |known| known.actor.id.0.0)
}

#[tokio::test]
async fn a_session_that_nobody_used_for_90_days_is_over() {
    let (_folder, store) = with_two().await;
    assert_eq!(
        store.replace_session(&session(11, 1), None, AT).await.expect("written"),
        None
    );
    assert_eq!(whose(&store, 11, later(89)).await, 1);
    // It was used then, so that it is good for as long again.
    assert_eq!(whose(&store, 11, later(178)).await, 1);
    assert_eq!(whose(&store, 11, later(268)).await, 0);
    assert_eq!(
        store
            .sessions_of(ActorId(Bits128(1)), Bits128(11), later(268))
            .await
            .expect("read"),
        []
    );
}

#[tokio::test]
async fn a_session_takes_the_place_of_the_one_that_the_browser_had() {
    let (_folder, store) = with_two().await;
    store.replace_session(&session(11, 1), None, AT).await.expect("written");
    let replaced = store
        .replace_session(&session(12, 2), Some(&token("session 11")), AT)
        .await;
    assert_eq!(replaced.expect("written"), Some(Bits128(11)));
    assert_eq!((whose(&store, 11, AT).await, whose(&store, 12, AT).await), (0, 2));
    let replaced = store
        .replace_session(&session(13, 2), Some(&token("unheard of")), AT)
        .await;
    assert_eq!(replaced.expect("written"), None);
    assert_eq!(whose(&store, 12, AT).await, 2);
}

#[tokio::test]
async fn nobody_has_more_than_a_hundred_sessions() {
    let (_folder, store) = with_two().await;
    store
        .replace_session(&session(1_000, 2), None, AT)
        .await
        .expect("written");
    for number in 0..101 {
        let at = Millis(AT.0 + i64::try_from(number).expect("small"));
        store
            .replace_session(&session(number, 1), None, at)
            .await
            .expect("written");
    }
    assert_eq!((whose(&store, 0, AT).await, whose(&store, 1, AT).await), (0, 1));
    assert_eq!(whose(&store, 1_000, AT).await, 2, "others keep theirs");
}

#[tokio::test]
async fn a_recovery_is_good_until_its_time_and_once() {
    let (_folder, store) = with_two().await;
    let of = ActorId(Bits128(2));
    store.add_recovery(of, &token("one"), later(1)).await.expect("written");
    assert_eq!(store.recovery(&token("one"), AT).await.expect("read"), Some(of));
    assert_eq!(store.recovery(&token("one"), later(1)).await.expect("read"), None);
    assert_eq!(
        store.use_recovery(&token("one"), "late", later(1)).await.expect("read"),
        None
    );
    store.replace_session(&session(11, 2), None, AT).await.expect("written");
    store.add_recovery(of, &token("two"), later(1)).await.expect("written");
    let used = store.use_recovery(&token("one"), "new", AT).await.expect("written");
    assert_eq!(used.map(|actor| actor.id), Some(of));
    assert_eq!(whose(&store, 11, AT).await, 0, "all sessions ended");
    for again in ["one", "two"] {
        assert_eq!(
            store.use_recovery(&token(again), "newer", AT).await.expect("read"),
            None
        );
    }
    let kept = store.holder_of(of).await.expect("read").expect("an account").password;
    assert_eq!(kept.as_deref(), Some("new"));
}

#[tokio::test]
async fn asking_again_leaves_the_last_few_recoveries_good() {
    let (_folder, store) = with_two().await;
    let of = ActorId(Bits128(2));
    for number in 0..6 {
        store
            .add_recovery(of, &token(&format!("recovery {number}")), later(1))
            .await
            .expect("written");
    }
    let mut good = Vec::new();
    for number in 0..6 {
        good.push(
            store
                .recovery(&token(&format!("recovery {number}")), AT)
                .await
                .expect("read")
                .is_some(),
        );
    }
    assert_eq!(good, [false, true, true, true, true, true]);
}

#[tokio::test]
async fn an_installation_keeps_an_administrator_whatever_is_asked_at_once() {
    let (_folder, store) = with_two().await;
    let [one, two] = [1, 2].map(|number| ActorId(Bits128(number)));
    let stood = store.set_standing(two, Standing::Administrator).await.expect("written");
    assert_eq!(stood, Stood::Changed(Standing::Plain));
    let asked = tokio::join!(
        store.set_standing(one, Standing::Closed),
        store.set_standing(two, Standing::Plain)
    );
    let stood = [asked.0.expect("written"), asked.1.expect("written")];
    let kept = stood.iter().filter(|stood| **stood == Stood::LastAdministrator).count();
    assert_eq!(kept, 1, "{stood:?}");
    let nobody = store
        .set_standing(ActorId(Bits128(9)), Standing::Plain)
        .await
        .expect("read");
    assert_eq!(nobody, Stood::Unknown);
}

#[tokio::test]
async fn the_security_log_drops_its_oldest_entries() {
    let (_folder, store) = with_two().await;
    for number in 0..5 {
        let entry = NewEntry {
            at: Millis(number),
            what: "signed-in",
            by: Some(ActorId(Bits128(1))),
            address: "192.0.2.7".into(),
            project: None,
            detail: String::new(),
        };
        store.note_keeping(&entry, 3).await.expect("written");
    }
    let log = store.security_log(None).await.expect("read");
    let times: Vec<i64> = log.entries.iter().map(|entry| entry.at.0).collect();
    assert_eq!((times, log.next), (vec![4, 3, 2], None));
    assert_eq!(log.entries[0].by, Some(name("Person 1")));
}

#[tokio::test]
async fn a_restore_gives_nobody_back_what_was_taken_since() {
    let (folder, store) = with_two().await;
    let (one, two) = (ActorId(Bits128(1)), ActorId(Bits128(2)));
    store.replace_session(&session(11, 1), None, AT).await.expect("written");
    store
        .add_recovery(two, &token("recovery"), later(1))
        .await
        .expect("written");
    let backup = tempfile::tempdir().expect("a folder");
    let file = backup.path().join(FILE);
    copy_of_folder(folder.path(), &file).await.expect("a backup");
    // Since then: one has another password, two is closed, three came.
    let set = store.set_password(one, (Some("hash 1"), "another hash"), None).await;
    assert!(set.expect("written"));
    store.set_standing(two, Standing::Closed).await.expect("written");
    assert!(store.add_account(&holder(3), AT).await.expect("written"));
    store.replace_session(&session(13, 3), None, AT).await.expect("written");
    store.close().await;
    take_people(&file, &folder.path().join(FILE)).await.expect("taken");
    let restored = open(backup.path()).await;
    let kept = restored
        .holder_of(one)
        .await
        .expect("read")
        .expect("an account")
        .password;
    assert_eq!(kept.as_deref(), Some("another hash"));
    assert!(restored.holder_of(two).await.expect("read").expect("an account").closed);
    assert_eq!((whose(&restored, 11, AT).await, whose(&restored, 13, AT).await), (0, 3));
    assert_eq!(restored.recovery(&token("recovery"), AT).await.expect("read"), None);
    assert!(restored.is_administrator(one).await.expect("read"));
}

#[tokio::test]
async fn a_password_takes_the_place_of_the_one_that_was_verified_or_of_none() {
    let (_folder, store) = with_two().await;
    let one = ActorId(Bits128(1));
    let opens = async |password: &str| store.opens(one, password).await.expect("read");
    assert!(opens("hash 1").await);
    for (from, to, set) in [
        (Some("hash 1"), "second", true),
        (Some("hash 1"), "third", false),
        (None, "fourth", false),
    ] {
        let answer = store.set_password(one, (from, to), None).await;
        assert_eq!(answer.expect("written"), set, "{to}");
        assert!(opens("second").await);
    }
    assert!(!opens("hash 1").await);
    let two = ActorId(Bits128(2));
    store.set_standing(two, Standing::Closed).await.expect("written");
    assert!(!store.opens(two, "hash 2").await.expect("read"));
}
