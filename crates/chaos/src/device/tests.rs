//! The device against a real folder.

use super::*;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Mid, Millis, Name};
use replica::Stage;

fn kept(n: u128, name: &str) -> Kept {
    Kept {
        mid: Mid(Bits128(n)),
        by: Actor {
            id: ActorId(Bits128(1)),
            name: Name::new("Ann").expect("a name"),
        },
        at: Millis(n as i64),
        base: 3,
        on: None,
        command: Command::RenameProject {
            name: Name::new(name).expect("a name"),
        },
        undo: Vec::new(),
        undoes: None,
        stage: Stage::Pending,
    }
}

#[tokio::test]
async fn what_was_kept_is_there_for_whoever_opens_the_folder_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let device = Device::open(folder.path()).expect("a device");
    device.keep(kept(1, "One"), Tab(0)).await.expect("it writes");
    device.keep(kept(2, "Two"), Tab(0)).await.expect("it writes");
    let refused = Kept {
        stage: Stage::Lost,
        ..kept(1, "One")
    };
    let writes = vec![Write::Put(Box::new(refused.clone())), Write::Remove(Mid(Bits128(2)))];
    device.write(writes, Tab(0)).await.expect("it writes");
    drop(device);
    let again = Device::open(folder.path()).expect("a device");
    let loaded = again.load().await.expect("it reads");
    assert_eq!(loaded.kept, [refused]);
    assert_eq!(loaded.saved, None);
}

#[tokio::test]
async fn the_other_tab_hears_who_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let device = Device::open(folder.path()).expect("a device");
    let mut news = device.news();
    device.keep(kept(1, "One"), Tab(7)).await.expect("it writes");
    assert_eq!(news.recv().await, Ok(Tab(7)));
}
