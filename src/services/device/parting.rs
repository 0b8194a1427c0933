//! Leaving on a page that shows no project: what the device keeps for a person of any project, and wiping it. Other pages of the browser
//! are told, and wipe what they hold.

use super::{DATABASE, Device, Survey, Texts, in_time, prefix_of, remembered};
use crate::services::tabs::{Tabs, Word};
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId};
use std::collections::BTreeSet;

/// What the device keeps for a person that is not at the server. Nothing, where it does not answer: there is nothing that one could
/// do about it.
pub async fn survey(account: ActorId) -> Survey {
    of_no_project(account).survey().await.unwrap_or_default()
}

/// Lets go of all that the device keeps for a person, who is gone.
pub async fn wipe(account: ActorId) {
    remembered::forget();
    // The other pages are told at once: each of them wipes what it has on its way to the device.
    Tabs::listen(drop).tell(Word::Left(account));
    // Nobody is left to tell that it failed.
    let _wiped = of_no_project(account).wipe().await;
}

/// Lets go of all that the device keeps of a project for a person, who left it.
pub async fn wipe_project(account: ActorId, project: ProjectId) {
    Tabs::listen(drop).tell(Word::Gone(account, project));
    // The server lets nobody in any more who left; what stays here goes when the page is opened again.
    let _wiped = Device::new(Texts::new(DATABASE), account, project).wipe_project().await;
}

/// Lets go of the copies of all projects but these, in which a person is. What they gave or typed in one of the others and the server
/// does not have stays, and is offered once when its page is opened.
pub async fn keep_only(account: ActorId, projects: &[ProjectId]) {
    let texts = Texts::new(DATABASE);
    let account = prefix_of(account);
    // What cannot be read or wiped now is tried again with the next list.
    let Ok(names) = in_time(texts.names(&account)).await else {
        return;
    };
    let project_of = |name: &str| {
        name.strip_prefix(&account)?
            .split('/')
            .next()?
            .parse::<ProjectId>()
            .ok()
    };
    let kept: BTreeSet<ProjectId> = names.iter().filter_map(|name| project_of(name)).collect();
    for project in kept.into_iter().filter(|project| !projects.contains(project)) {
        let _wiped = in_time(texts.wipe(&format!("{account}{project}/base/"))).await;
    }
}

// No project has this id, so all projects are other ones.
fn of_no_project(account: ActorId) -> Device {
    Device::new(Texts::new(DATABASE), account, ProjectId(Bits128(0)))
}
