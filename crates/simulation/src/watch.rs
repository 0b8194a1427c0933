//! A course that someone watches: it goes step by step and says how everything stands.

use crate::breach::Breach;
use crate::script::Script;
use crate::world::World;
use backlog::Panel;

/// The lines of the transcript that are kept.
const LAST_LINES: usize = 24;

/// A course that someone watches.
#[derive(Debug)]
pub struct Watch {
    seed: u64,
    world: World,
}

/// How everything stands.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Which course it is.
    pub seed: u64,
    /// Milliseconds since its beginning.
    pub now: u64,
    /// The steps so far.
    pub steps: u64,
    /// Whether the faults have stopped.
    pub calm: bool,
    /// Whether the server runs.
    pub server_up: bool,
    /// The server's revisions, by project.
    pub revisions: Vec<u64>,
    /// The tabs that are open.
    pub tabs: Vec<TabScene>,
    /// The last lines of the transcript.
    pub lines: Vec<String>,
    /// The first breach, if any.
    pub breach: Option<Breach>,
}

/// How a tab stands.
#[derive(Clone, Debug)]
pub struct TabScene {
    /// Its number.
    pub tab: usize,
    /// Its device.
    pub device: usize,
    /// The person in front of it.
    pub person: usize,
    /// The project that it shows.
    pub project: usize,
    /// Whether the device has a network and is awake.
    pub online: bool,
    /// Whether its channel carries events.
    pub live: bool,
    /// The revision of its base.
    pub rev: Option<u64>,
    /// Commands that wait for the server.
    pub pending: usize,
    /// Commands that wait for the person.
    pub attention: usize,
    /// Stories that one sees.
    pub stories: usize,
}

impl Watch {
    /// The course of a seed, at its beginning.
    pub fn new(seed: u64) -> Watch {
        let mut world = World::new(Script::of(seed), seed, None);
        world.transcript = Some(Vec::new());
        Watch { seed, world }
    }

    /// Goes on for a time, in milliseconds. Whether there is more to come.
    pub fn go_on(&mut self, time: u64) -> bool {
        let until = self.world.now.saturating_add(time);
        while self.world.now < until {
            if !self.world.step() {
                return false;
            }
        }
        true
    }

    /// How everything stands.
    pub fn scene(&mut self) -> Scene {
        let world = &mut self.world;
        let lines = world.transcript.get_or_insert_default();
        lines.drain(..lines.len().saturating_sub(LAST_LINES));
        let lines = lines.clone();
        Scene {
            seed: self.seed,
            now: world.now,
            steps: world.steps,
            calm: world.is_calm(),
            server_up: world.server.up,
            revisions: world.truths.iter().map(|truth| truth.head().rev).collect(),
            tabs: (0..world.tabs.len()).filter_map(|tab| tab_scene(world, tab)).collect(),
            lines,
            breach: world.breach.clone(),
        }
    }
}

fn tab_scene(world: &World, number: usize) -> Option<TabScene> {
    let tab = &world.tabs[number];
    let page = tab.page.as_ref()?;
    let device = &world.devices[tab.device];
    let stories = page.replica.view().map_or(0, |view| {
        view.order(Panel::Backlog).count() + view.order(Panel::Icebox).count()
    });
    Some(TabScene {
        tab: number,
        device: tab.device,
        person: tab.person,
        project: tab.project,
        online: device.online && !device.asleep,
        live: page.live_since.is_some(),
        rev: page.replica.version().map(|version| version.rev),
        pending: page.replica.pending().count(),
        attention: page.replica.attention().count(),
        stories,
    })
}
