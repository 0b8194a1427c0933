//! The device: what is written to the real IndexedDB comes back, to the right person, and nothing else is touched.

use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Mid, Millis, Name, Project, ProjectId, StoryId};
use replica::{Input, Kept, Loaded, Output, Replica, Saved, Stage, Write};
use std::cell::RefCell;
use std::rc::Rc;
use truestory_app::services::alive;
use truestory_app::services::device::{Device, DeviceError, Durability, Survey, Texts};
use truestory_app::services::tabs::{Tabs, Word};
use wasm_bindgen_test::wasm_bindgen_test;

const ANN: ActorId = ActorId(Bits128(0xa));
const BOB: ActorId = ActorId(Bits128(0xb));
const SHOP: ProjectId = ProjectId(Bits128(1));
const ZOO: ProjectId = ProjectId(Bits128(2));

fn device(database: &'static str, account: ActorId, project: ProjectId) -> Device {
    Device::new(Texts::new(database), account, project)
}

fn kept(mid: u128, stage: Stage) -> Kept {
    Kept {
        mid: Mid(Bits128(mid)),
        by: Actor {
            id: ANN,
            name: Name::new("Ann").expect("a name"),
        },
        at: Millis(5),
        base: 3,
        on: None,
        command: Command::RenameProject {
            name: Name::new("Größe 💡").expect("a name"),
        },
        undo: Vec::new(),
        undoes: None,
        stage,
    }
}

fn put(kept: &Kept) -> Write {
    Write::Put(Box::new(kept.clone()))
}

fn confirmed() -> Stage {
    Stage::Confirmed {
        rev: 4,
        epoch: backlog::Epoch(Bits128(9)),
    }
}

/// A base as the replica writes it.
fn saved() -> Saved {
    let project = Project::new(Name::new("Shop").expect("a name"), Millis(0));
    let mut replica = Replica::new();
    replica.handle(Input::Loaded(Loaded::default()));
    replica.handle(Input::SyncAnswered(Box::new(backlog::api::SyncAnswer {
        epoch: backlog::Epoch(Bits128(9)),
        rev: 0,
        hash: backlog::Ledger::new(SHOP, project.clone()).version().hash,
        digest: project.digest(),
        role: backlog::Role::Owner,
        changes: Vec::new(),
        outcomes: Vec::new(),
        snapshot: Some(Box::new(project.snapshot())),
        reset: false,
    })));
    let saved = replica
        .handle(Input::SaveDue)
        .into_iter()
        .find_map(|output| match output {
            Output::Save(saved) => Some(*saved),
            _ => None,
        });
    saved.expect("there is a base to write")
}

#[wasm_bindgen_test]
async fn what_was_written_is_there_when_all_else_was_dropped() {
    const DATABASE: &str = "test-written";
    let (one, two) = (kept(1, Stage::Pending), kept(2, confirmed()));
    {
        let device = device(DATABASE, ANN, SHOP);
        device.write(&[put(&one), put(&two)]).await.expect("it is written");
        device.save(&saved(), Millis(77)).await.expect("it is written");
        device
            .draft(StoryId(Bits128(5)), alive::own(), Some("half a thou".to_owned()))
            .await
            .expect("it is written");
    }
    let device = device(DATABASE, ANN, SHOP);
    let shelf = device.load().await.expect("it is read");
    assert_eq!(shelf.kept, [one, two.clone()]);
    assert_eq!(shelf.saved, Some((Box::new(saved()), Millis(77))));
    assert_eq!(
        shelf.drafts,
        [(StoryId(Bits128(5)), alive::own(), "half a thou".to_owned())]
    );
    assert_eq!(shelf.unreadable, 0);
    device
        .draft(StoryId(Bits128(5)), alive::own(), None)
        .await
        .expect("it is let go");
    device
        .write(&[Write::Remove(Mid(Bits128(1)))])
        .await
        .expect("it is let go");
    assert_eq!(device.own().await.expect("it is read").kept, [two]);
    assert_eq!(device.load().await.expect("it is read").drafts, []);
    device.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn each_person_and_each_project_has_their_own() {
    const DATABASE: &str = "test-own";
    let places = [(ANN, SHOP), (ANN, ZOO), (BOB, SHOP)];
    for (n, (account, project)) in places.into_iter().enumerate() {
        let device = device(DATABASE, account, project);
        device
            .write(&[put(&kept(n as u128, Stage::Pending))])
            .await
            .expect("it is written");
    }
    let mids = async |account, project| -> Vec<Mid> {
        let shelf = device(DATABASE, account, project).load().await.expect("it is read");
        shelf.kept.iter().map(|kept| kept.mid).collect()
    };
    assert_eq!(mids(ANN, SHOP).await, [Mid(Bits128(0))]);
    assert_eq!(mids(BOB, SHOP).await, [Mid(Bits128(2))]);
    device(DATABASE, ANN, ZOO).wipe_project().await.expect("it is wiped");
    assert_eq!(mids(ANN, ZOO).await, []);
    assert_eq!(mids(ANN, SHOP).await, [Mid(Bits128(0))], "of another project all stays");
    device(DATABASE, ANN, ZOO)
        .write(&[put(&kept(1, Stage::Pending))])
        .await
        .expect("it is written");
    device(DATABASE, ANN, SHOP).wipe().await.expect("it is wiped");
    assert_eq!(mids(ANN, SHOP).await, []);
    assert_eq!(mids(ANN, ZOO).await, [], "signing out leaves nothing in any project");
    assert_eq!(mids(BOB, SHOP).await, [Mid(Bits128(2))]);
    device(DATABASE, BOB, SHOP).wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_counted_and_left_alone() {
    const DATABASE: &str = "test-unreadable";
    let name = format!("{}/{SHOP}/own/later", ANN.0);
    let texts = Texts::new(DATABASE);
    let later = [(name.clone(), Some("{\"form\":2,\"kept\":{}}".to_owned()))];
    texts.write(&later, Durability::Strict).await.expect("it is written");
    let device = device(DATABASE, ANN, SHOP);
    device
        .write(&[put(&kept(1, Stage::Pending))])
        .await
        .expect("it is written");
    let shelf = device.load().await.expect("it is read");
    assert_eq!((shelf.kept.len(), shelf.unreadable), (1, 1));
    let left = texts.read(&name).await.expect("it is read");
    assert_eq!(left, [(name, "{\"form\":2,\"kept\":{}}".to_owned())]);
    device.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn what_waits_in_other_projects_is_counted() {
    const DATABASE: &str = "test-survey";
    let (here, there) = (device(DATABASE, ANN, SHOP), device(DATABASE, ANN, ZOO));
    here.write(&[put(&kept(1, Stage::Pending))])
        .await
        .expect("it is written");
    let writes = [
        put(&kept(2, Stage::Pending)),
        put(&kept(3, Stage::Lost)),
        put(&kept(4, confirmed())),
    ];
    there.write(&writes).await.expect("it is written");
    there
        .draft(StoryId(Bits128(5)), alive::own(), Some("text".to_owned()))
        .await
        .expect("it is written");
    let survey = here.survey().await.expect("it is read");
    let expected = Survey {
        changes: 2,
        drafts: 1,
        drafts_here: 0,
    };
    assert_eq!(survey, expected);
    let drafts_here = async || there.survey().await.map(|survey| survey.drafts_here);
    assert_eq!(drafts_here().await, Ok(0), "it is this page's own");
    there
        .draft(StoryId(Bits128(5)), Bits128(77), Some("text".to_owned()))
        .await
        .expect("it is written");
    assert_eq!(drafts_here().await, Ok(1), "another page typed it");
    here.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn what_an_earlier_visitor_left_is_taken_over_and_all_else_of_theirs_goes() {
    const DATABASE: &str = "test-left";
    let story = StoryId(Bits128(5));
    let texts = Texts::new(DATABASE);
    let (ann, bob) = (device(DATABASE, ANN, SHOP), device(DATABASE, BOB, SHOP));
    let anns_zoo = device(DATABASE, ANN, ZOO);
    ann.sign(&Name::new("Keen Fox").expect("a name"))
        .await
        .expect("it is written");
    assert_eq!(bob.left().await, Ok(None), "a name alone is nothing left");
    let (pending, lost) = (kept(1, Stage::Pending), kept(2, Stage::Lost));
    ann.write(&[put(&pending), put(&kept(3, confirmed()))])
        .await
        .expect("it is written");
    ann.save(&saved(), Millis(77)).await.expect("it is written");
    anns_zoo.write(&[put(&lost)]).await.expect("it is written");
    let later = format!("{}/{ZOO}/own/later", ANN.0);
    texts
        .write(&[(later, Some("{\"form\":2}".to_owned()))], Durability::Strict)
        .await
        .expect("it is written");
    texts
        .write(
            &[(format!("{}/{ZOO}/draft/{story}", ANN.0), Some("text".to_owned()))],
            Durability::Strict,
        )
        .await
        .expect("it is written");
    let left = bob.left().await.expect("it is read").expect("Ann left something");
    assert_eq!(
        (left.account, left.name.as_ref().map(Name::as_str)),
        (ANN, Some("Keen Fox"))
    );
    assert_eq!((left.changes, left.drafts), (3, 1));
    assert_eq!(ann.left().await, Ok(None), "one's own is not left");
    assert_eq!(bob.take_over(ANN).await, Ok(vec![SHOP, ZOO]));
    assert_eq!(bob.load().await.expect("it is read").kept, [pending]);
    let zoo = device(DATABASE, BOB, ZOO).load().await.expect("it is read");
    assert_eq!((zoo.kept, zoo.unreadable), (vec![lost], 1));
    let draft = texts
        .read(&format!("{}/{ZOO}/draft/", BOB.0))
        .await
        .expect("it is read");
    assert_eq!(draft, [(format!("{}/{ZOO}/draft/{story}", BOB.0), "text".to_owned())]);
    assert_eq!(texts.names(&format!("{}/", ANN.0)).await, Ok(Vec::new()));
    assert_eq!(bob.left().await, Ok(None));
    bob.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn what_an_earlier_visitor_left_can_be_thrown_away() {
    const DATABASE: &str = "test-left-thrown";
    let (ann, bob) = (device(DATABASE, ANN, SHOP), device(DATABASE, BOB, ZOO));
    ann.write(&[put(&kept(1, Stage::Pending))])
        .await
        .expect("it is written");
    bob.write(&[put(&kept(2, Stage::Pending))])
        .await
        .expect("it is written");
    bob.throw_away(ANN).await.expect("it is thrown away");
    assert_eq!(bob.left().await, Ok(None));
    assert_eq!(ann.load().await.expect("it is read").kept, []);
    assert_eq!(bob.load().await.expect("it is read").kept.len(), 1);
    bob.wipe().await.expect("it is wiped");
}

/// Holds the lock of a page, as a page does that is alive, until it is let go of.
const HOLD: &str = "
    let letGo;
    const gone = new Promise(resolve => { letGo = resolve; });
    return new Promise(held => {
        const ended = navigator.locks.request('truestory/page/' + page, () => { held({ letGo, ended: () => ended }); return gone; });
    });
";

#[wasm_bindgen_test]
async fn what_a_page_types_that_is_alive_is_left_to_it() {
    const DATABASE: &str = "test-alive";
    let page = Bits128(0x5e);
    let hold = js_sys::Function::new_with_args("page", HOLD);
    let held = hold.call1(&wasm_bindgen::JsValue::UNDEFINED, &page.to_string().into());
    let held = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(held.expect("it is asked")))
        .await
        .expect("it is held");
    let device = device(DATABASE, ANN, SHOP);
    let id = StoryId(Bits128(5));
    device
        .draft(id, page, Some("half a thou".to_owned()))
        .await
        .expect("it is written");
    assert_eq!(device.load().await.expect("it is read").drafts, []);
    let call = |name: &str| {
        let method = js_sys::Reflect::get(&held, &name.into()).expect("there is one");
        let method: js_sys::Function = wasm_bindgen::JsCast::unchecked_into(method);
        method.call0(&held).expect("it does")
    };
    call("letGo");
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(call("ended")))
        .await
        .expect("it ends");
    let drafts = device.load().await.expect("it is read").drafts;
    assert_eq!(drafts, [(id, page, "half a thou".to_owned())]);
    assert!(alive::is_held(page), "no other page takes it over too");
    device.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn what_is_begun_first_is_written_first() {
    const DATABASE: &str = "test-order";
    let device = Rc::new(device(DATABASE, ANN, SHOP));
    let id = StoryId(Bits128(5));
    device
        .draft(id, alive::own(), Some("opened".to_owned()))
        .await
        .expect("it is written");
    let done: Vec<js_sys::Promise> = (0..20)
        .map(|n| {
            let device = device.clone();
            wasm_bindgen_futures::future_to_promise(async move {
                device
                    .draft(id, alive::own(), Some(n.to_string()))
                    .await
                    .expect("it is written");
                Ok(wasm_bindgen::JsValue::UNDEFINED)
            })
        })
        .collect();
    for promise in done {
        wasm_bindgen_futures::JsFuture::from(promise).await.expect("it is done");
    }
    let drafts = device.load().await.expect("it is read").drafts;
    assert_eq!(drafts, [(id, alive::own(), "19".to_owned())]);
    device.wipe().await.expect("it is wiped");
}

#[wasm_bindgen_test]
async fn a_database_of_a_later_page_is_an_error_and_not_a_wait() {
    const DATABASE: &str = "test-later";
    let factory = gloo_utils::window()
        .indexed_db()
        .expect("there is storage")
        .expect("there is storage");
    let request = factory.open_with_u32(DATABASE, 2).expect("it is asked");
    let opened = js_sys::Promise::new(&mut |resolve, _| request.set_onsuccess(Some(&resolve)));
    wasm_bindgen_futures::JsFuture::from(opened).await.expect("it opens");
    let failed = device(DATABASE, ANN, SHOP).load().await;
    assert!(matches!(failed, Err(DeviceError::Failed(_))), "{failed:?}");
}

#[wasm_bindgen_test]
async fn one_page_hears_what_another_wrote() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let ear = heard.clone();
    let (resolve, told) = {
        let mut resolver = None;
        let told = js_sys::Promise::new(&mut |resolve, _| resolver = Some(resolve));
        (resolver.expect("a promise gives it at once"), told)
    };
    let listening = Tabs::listen(move |word| {
        ear.borrow_mut().push(word);
        if word == Word::Visitor(BOB) {
            resolve.call0(&wasm_bindgen::JsValue::UNDEFINED).expect("it resolves");
        }
    });
    let telling = Tabs::listen(|_| {});
    telling.tell(Word::Wrote(ANN, SHOP));
    telling.tell(Word::Left(ANN));
    telling.tell(Word::Gone(ANN, SHOP));
    telling.tell(Word::Visitor(BOB));
    wasm_bindgen_futures::JsFuture::from(told).await.expect("it is heard");
    assert_eq!(
        *heard.borrow(),
        [
            Word::Wrote(ANN, SHOP),
            Word::Left(ANN),
            Word::Gone(ANN, SHOP),
            Word::Visitor(BOB)
        ]
    );
    drop(listening);
}
