//! The simulation, running: the same courses that the tests play, slowly enough to watch. For developers; a release has no such
//! page. Knows the simulation's scenes and nothing of how they come about.

use gloo_timers::callback::Interval;
use simulation::{Scene, TabScene, Watch};
use yew::prelude::*;

/// The milliseconds between two looks.
const LOOK: u32 = 100;
/// Simulated milliseconds between two looks.
const PACE: u64 = 300;
/// Looks at the end of a course before the next one begins.
const PAUSE: u32 = 20;

/// The page of the simulation.
pub struct ChaosPage {
    watch: Watch,
    scene: Scene,
    // Looks since the course ended.
    ended: u32,
    held: u64,
    _looks: Interval,
}

/// What happened on the page of the simulation.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Time for another look.
    LookDue,
    /// The next course was asked for.
    NextClicked,
}

impl Component for ChaosPage {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> ChaosPage {
        let link = ctx.link().clone();
        let mut watch = Watch::new(0);
        ChaosPage {
            scene: watch.scene(),
            watch,
            ended: 0,
            held: 0,
            _looks: Interval::new(LOOK, move || link.send_message(Msg::LookDue)),
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::LookDue => self.look(),
            Msg::NextClicked => self.next(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Scene { seed, now, steps, .. } = self.scene;
        let phase = if self.scene.calm { "calm" } else { "storm" };
        let server = if self.scene.server_up { "up" } else { "down" };
        html! {
            <main>
                <h1>{format!("Seed {seed}: {phase}")}</h1>
                <p>{format!("{:.1} s, {steps} steps; the server is {server} at {:?}; {} courses held", now as f64 / 1_000.0, self.scene.revisions, self.held)}</p>
                <p role="status">{self.scene.breach.as_ref().map(ToString::to_string)}</p>
                <button type="button" onclick={ctx.link().callback(|_| Msg::NextClicked)}>{"Next seed"}</button>
                <table>
                    <thead><tr>{for HEADINGS.iter().map(|heading| html! { <th scope="col">{*heading}</th> })}</tr></thead>
                    <tbody>{for self.scene.tabs.iter().map(row)}</tbody>
                </table>
                <pre>{self.scene.lines.join("\n")}</pre>
            </main>
        }
    }
}

impl ChaosPage {
    fn look(&mut self) {
        if self.scene.breach.is_some() {
            return;
        }
        if self.ended > 0 {
            self.ended += 1;
            if self.ended > PAUSE {
                self.next();
            }
            return;
        }
        let more = self.watch.go_on(PACE);
        self.scene = self.watch.scene();
        if !more {
            self.ended = 1;
            self.held += u64::from(self.scene.breach.is_none());
        }
    }

    fn next(&mut self) {
        self.watch = Watch::new(self.scene.seed + 1);
        self.scene = self.watch.scene();
        self.ended = 0;
    }
}

const HEADINGS: [&str; 9] = [
    "Tab",
    "Device",
    "Person",
    "Project",
    "Connection",
    "Revision",
    "Waits",
    "Attention",
    "Stories",
];

fn row(tab: &TabScene) -> Html {
    let connection = match (tab.online, tab.live) {
        (false, _) => "offline",
        (true, true) => "live",
        (true, false) => "polling",
    };
    let rev = tab.rev.map_or_else(|| "-".to_owned(), |rev| rev.to_string());
    html! {
        <tr key={tab.tab}>
            <td>{tab.tab}</td>
            <td>{tab.device}</td>
            <td>{tab.person}</td>
            <td>{tab.project}</td>
            <td>{connection}</td>
            <td>{rev}</td>
            <td>{tab.pending}</td>
            <td>{tab.attention}</td>
            <td>{tab.stories}</td>
        </tr>
    }
}
