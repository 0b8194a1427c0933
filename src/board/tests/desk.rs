//! A board on a desk: a ledger plays the server, a shelf of texts the device, a counter the clock and the dice.

mod rows;

use super::super::msg::{DeviceEffect, DeviceMsg, DraftKey, Elsewhere, FromDevice, Left, LeftMsg, PageId, PastMsg};
use super::super::scene::ToastWay;
use super::*;
use backlog::api::{Heard, Session, SessionKind, SyncAnswer, SyncRequest};
use backlog::command::NewStory;
use backlog::{
    Actor, ActorId, Command, Description, Edit, Epoch, Estimate, Ledger, Millis, Panel, Project, Recorded, Role, Sent,
    State, StoryType, Title, Transition, Version, access,
};
use replica::{Kept, Saved, Unreadable, Write};
use rows::spelled;
use std::collections::BTreeMap;

/// 2026-11-21, noon.
const NOON: i64 = 1_795_262_400_000;

pub(super) struct Desk {
    pub(super) board: Board,
    pub(super) ledger: Ledger,
    history: Vec<Recorded>,
    pub(super) requests: Vec<SyncRequest>,
    pub(super) effects: Vec<Effect>,
    pub(super) now: i64,
    pub(super) shelf: Shelf,
    /// What the device keeps for other projects.
    pub(super) elsewhere: Elsewhere,
    /// What an earlier visitor left on it, and the texts.
    pub(super) left: Option<(Left, Shelf)>,
    /// Commands that the device has not written yet, while it is slow.
    pub(super) keeping: Vec<Mid>,
    pub(super) pace: Pace,
    /// What Ann is in the project, as the server has it.
    pub(super) role: Role,
    /// As what she is let in.
    pub(super) kind: SessionKind,
    dice: u128,
    page: u128,
}

/// The draft of a story that was typed on the page of that number; the first is 0.
pub(super) fn draft_key(n: u128, page: u128) -> DraftKey {
    DraftKey {
        story: story_id(n),
        page: PageId(page),
    }
}

/// What the device holds, as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    pub(super) own: BTreeMap<String, String>,
    pub(super) base: Option<(String, Millis)>,
    pub(super) drafts: BTreeMap<DraftKey, String>,
}

/// How the device answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// At once.
    Quick,
    /// When the test says so.
    Slow,
}

pub(super) fn story_id(n: u128) -> StoryId {
    StoryId(Bits128(n))
}

pub(super) fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

pub(super) fn person(text: &str) -> Actor {
    Actor {
        id: ActorId(Bits128(text.bytes().fold(0, |id, byte| id << 8 | u128::from(byte)))),
        name: name(text),
    }
}

/// Compares what one sees, line by line, with what one should.
pub(super) fn check(desk: &Desk, expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(desk.seen(), expected.join("\n"));
}

impl Desk {
    /// A board that nothing has happened to.
    pub(super) fn fresh() -> Desk {
        Desk::of(Shelf::default(), Remembered::default())
    }

    /// A board that opens on a browser that keeps and remembers this.
    pub(super) fn of(shelf: Shelf, remembered: Remembered) -> Desk {
        let project = Project::new(name("Shop"), Millis(NOON));
        let ledger = Ledger::new(ProjectId(Bits128(1)), project);
        let board = Board::new(ledger.id(), remembered);
        let (history, requests, effects) = (Vec::new(), Vec::new(), Vec::new());
        Desk {
            board,
            ledger,
            history,
            requests,
            effects,
            now: NOON,
            shelf,
            elsewhere: Elsewhere::default(),
            left: None,
            keeping: Vec::new(),
            pace: Pace::Quick,
            role: Role::Owner,
            kind: SessionKind::Open,
            dice: 1_000_000,
            page: 0,
        }
    }

    /// The page is loaded anew: what the device and the server hold is all there is.
    pub(super) fn reload(&mut self) {
        self.page += 1;
        let remembered = Remembered {
            account: Some(person("Ann").id),
            name: Some(name("Ann")),
            page: PageId(self.page),
            ..Remembered::default()
        };
        self.board = Board::new(self.ledger.id(), remembered);
        self.requests.clear();
        self.effects.clear();
        self.keeping.clear();
        self.now(Msg::Woke);
    }

    /// A board that shows these stories: `c` one feature of a point each in Current and Backlog, `i` ideas.
    pub(super) fn with(backlog: &[&str], icebox: &[&str]) -> Desk {
        let mut desk = Desk::fresh();
        for (n, title) in backlog.iter().enumerate().rev() {
            desk.others_do(create(n as u128 + 1, title, Panel::Backlog));
        }
        for (n, title) in icebox.iter().enumerate().rev() {
            desk.others_do(create(n as u128 + 101, title, Panel::Icebox));
        }
        desk.open();
        desk
    }

    pub(super) fn open(&mut self) {
        self.greet("Ann");
        self.answer();
        self.now(Msg::ChannelSubscribed);
        self.answer();
        self.now(Msg::FrameDue);
        self.effects.clear();
    }

    /// The server says who is here.
    pub(super) fn greet(&mut self, who: &str) {
        self.now(Msg::SessionOpened(Session {
            actor: person(who),
            named: true,
            kind: self.kind,
            realtime_key: "key".to_owned(),
        }));
    }

    /// The present, with dice that nobody else throws.
    pub(super) fn present(&self) -> Now {
        Now {
            at: Millis(self.now),
            random: [self.dice + 500_000, self.dice + 500_001],
        }
    }

    /// Something happens on the page, and the device does what it is told.
    pub(super) fn now(&mut self, msg: Msg) {
        let mut msgs = VecDeque::from([msg]);
        while let Some(msg) = msgs.pop_front() {
            self.dice += 2;
            let now = Now {
                at: Millis(self.now),
                random: [self.dice, self.dice + 1],
            };
            for effect in self.board.update(msg, now) {
                msgs.extend(self.carry_out(effect));
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Sync(request) => self.requests.push(request),
            Effect::Device(DeviceEffect::FindLeft) => {
                let left = self.left.as_ref().map(|(left, _)| left.clone());
                return Some(Msg::Left(LeftMsg::Found(left)));
            }
            Effect::Device(effect) => return self.device(effect).map(Msg::Device),
            other => self.effects.push(other),
        }
        None
    }

    fn device(&mut self, effect: DeviceEffect) -> Option<DeviceMsg> {
        let told = match effect {
            DeviceEffect::Load(account) => DeviceMsg::Read(Box::new(self.read(account))),
            DeviceEffect::ReadOwn => DeviceMsg::Read(Box::new(FromDevice {
                saved: None,
                drafts: Vec::new(),
                ..self.read(person("Ann").id)
            })),
            DeviceEffect::Keep(kept) => {
                self.shelf.own.insert(key(kept.mid), kept.to_text());
                if self.pace == Pace::Slow {
                    self.keeping.push(kept.mid);
                    return None;
                }
                DeviceMsg::Kept(kept.mid)
            }
            DeviceEffect::Write(writes) => {
                for write in writes {
                    match write {
                        Write::Put(kept) => self.shelf.own.insert(key(kept.mid), kept.to_text()),
                        Write::Remove(mid) => self.shelf.own.remove(&key(mid)),
                    };
                }
                return None;
            }
            DeviceEffect::Save(saved, at) => {
                self.shelf.base = Some((saved.to_text(), at));
                DeviceMsg::BaseSaved(saved.version)
            }
            DeviceEffect::PutDraft { key, edition, text } => {
                self.shelf.drafts.insert(key, text);
                DeviceMsg::DraftWritten(key, edition)
            }
            DeviceEffect::RemoveDraft(key) => {
                self.shelf.drafts.remove(&key);
                return None;
            }
            DeviceEffect::Survey => DeviceMsg::Surveyed(self.elsewhere),
            DeviceEffect::TakeOver(from) => {
                let (_, shelf) = self.left.take().filter(|(left, _)| left.account == from)?;
                self.shelf.own.extend(shelf.own);
                self.shelf.drafts.extend(shelf.drafts);
                DeviceMsg::Read(Box::new(self.read(person("Ann").id)))
            }
            DeviceEffect::ThrowAway(from) => {
                self.left = self.left.take().filter(|(left, _)| left.account != from);
                return None;
            }
            DeviceEffect::Sign(_) | DeviceEffect::FindLeft => return None,
            DeviceEffect::SetKeeping(_) | DeviceEffect::Wipe | DeviceEffect::WipeProject | DeviceEffect::Forget => {
                self.shelf = Shelf::default();
                return None;
            }
        };
        Some(told)
    }

    /// What the device keeps for a person; it keeps things for Ann alone.
    pub(super) fn read(&self, account: ActorId) -> FromDevice {
        if account != person("Ann").id {
            return FromDevice::nothing(account);
        }
        let own: Vec<Result<Kept, Unreadable>> = self.shelf.own.values().map(|text| Kept::from_text(text)).collect();
        FromDevice {
            account,
            saved: self
                .shelf
                .base
                .as_ref()
                .and_then(|(text, at)| Some((Box::new(Saved::from_text(text)?), *at))),
            unreadable: own.iter().filter(|kept| kept.is_err()).count(),
            kept: own.into_iter().flatten().collect(),
            drafts: self.shelf.drafts.clone().into_iter().collect(),
        }
    }

    /// The slow device has written what it was told to keep.
    pub(super) fn written(&mut self) {
        for mid in std::mem::take(&mut self.keeping) {
            self.now(Msg::Device(DeviceMsg::Kept(mid)));
        }
    }

    /// Someone else does something; nobody is told yet.
    pub(super) fn others_do(&mut self, command: Command) -> Recorded {
        self.does("Bob", command)
    }

    /// Someone does something elsewhere; nobody is told yet.
    pub(super) fn does(&mut self, who: &str, command: Command) -> Recorded {
        self.dice += 1;
        let sent = Sent {
            mid: Mid(Bits128(self.dice)),
            base: self.ledger.version().rev,
            command,
        };
        let recorded = self
            .ledger
            .enter(&sent, &person(who), Millis(self.now))
            .expect("the rules allow it");
        self.history.push(recorded.clone());
        recorded
    }

    /// Someone else, who has seen no later revision than that one, does something, and the page hears of it and draws it.
    pub(super) fn others_unaware(&mut self, command: Command, base: u64) {
        let mut recorded = self.others_do(command);
        recorded.base = base;
        self.now(Msg::ChangeHeard(Heard::Change(Box::new(recorded))));
        self.now(Msg::FrameDue);
    }

    /// What the server recorded of a story.
    pub(super) fn changes_of(&self, story: StoryId) -> Vec<Recorded> {
        let touches = |recorded: &&Recorded| recorded.change.stories().contains(&story);
        self.history.iter().filter(touches).cloned().collect()
    }

    /// Someone else does something, and the page hears of it and draws it.
    pub(super) fn others(&mut self, command: Command) {
        let recorded = self.others_do(command);
        self.now(Msg::ChangeHeard(Heard::Change(Box::new(recorded))));
        self.now(Msg::FrameDue);
    }

    /// The server answers everything that was asked.
    pub(super) fn answer(&mut self) {
        while let Some(request) = self.requests.pop() {
            self.answer_one(&request);
        }
    }

    /// The server answers one request.
    pub(super) fn answer_one(&mut self, request: &SyncRequest) {
        let answer = self.answer_to(request);
        self.now(Msg::SyncAnswered(Box::new(answer)));
        self.now(Msg::FrameDue);
    }

    fn answer_to(&mut self, request: &SyncRequest) -> SyncAnswer {
        let mut outcomes = Vec::new();
        for sent in &request.commands {
            let may = access::may(self.role, &sent.command, self.ledger.project(), person("Ann").id);
            let fate = match may.and_then(|()| self.ledger.enter(sent, &person("Ann"), Millis(self.now))) {
                Ok(recorded) => {
                    self.history.push(recorded);
                    backlog::api::Fate::Applied(self.ledger.version().rev)
                }
                Err(reason) => backlog::api::Fate::Rejected(reason),
            };
            outcomes.push(backlog::api::Outcome { mid: sent.mid, fate });
        }
        let since = request.since.map_or(0, |version| version.rev as usize);
        let Version { rev, hash } = self.ledger.version();
        SyncAnswer {
            epoch: Epoch(Bits128(0)),
            rev,
            hash,
            digest: self.ledger.project().digest(),
            role: self.role,
            changes: if request.full {
                Vec::new()
            } else {
                self.history[since..].to_vec()
            },
            outcomes,
            snapshot: request.full.then(|| Box::new(self.ledger.project().snapshot())),
            reset: false,
        }
    }

    /// The visible text: a line for the connection, one for a notice, one per column.
    pub(super) fn seen(&self) -> String {
        let scene = self.board.scene();
        let mut lines = vec![scene.header.light.words];
        lines.extend(
            scene
                .notice
                .map(|notice| format!("! {} {}", notice.what, notice.kept.unwrap_or_default())),
        );
        match &scene.body {
            Body::Loading => lines.push("loading".to_owned()),
            Body::Unavailable => lines.push("unavailable".to_owned()),
            Body::NoProject => lines.push("no project".to_owned()),
            Body::Removed(scene) => {
                lines.push(scene.what.to_owned());
                let unsent = scene.unsent.iter();
                lines.extend(unsent.map(|one| format!("- {}: {}", one.what, one.text.as_deref().unwrap_or_default())));
            }
            Body::Columns(columns) => lines.extend(columns.iter().map(|column| {
                let rows: Vec<String> = column.rows.iter().map(spelled).collect();
                let drop = column.drop_at.map(|y| format!(" drop at {y}")).unwrap_or_default();
                format!("{}: {}{drop}", column.column.title(), rows.join(" | "))
                    .trim_end()
                    .to_owned()
            })),
        }
        lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn light(&self) -> String {
        self.board.scene().header.light.words
    }

    /// The words of the toast.
    pub(super) fn toast(&self) -> String {
        self.board.scene().toast.map_or_else(String::new, |toast| toast.words)
    }

    /// Takes back what the toast tells of.
    pub(super) fn click_undo(&mut self) {
        match self.board.scene().toast.and_then(|toast| toast.way) {
            Some(ToastWay::Undo(mid)) => self.now(Msg::Past(PastMsg::UndoClicked(mid))),
            other => panic!("the toast offers {other:?}"),
        }
    }

    pub(super) fn scrolls(&self) -> Vec<(Column, i32)> {
        let scroll = |effect: &Effect| match effect {
            Effect::Scroll(column, top) => Some((*column, *top)),
            _ => None,
        };
        self.effects.iter().filter_map(scroll).collect()
    }
}

fn key(mid: Mid) -> String {
    mid.0.to_string()
}

pub(super) fn create(n: u128, title: &str, panel: Panel) -> Command {
    Command::CreateStory(NewStory {
        id: story_id(n),
        title: Title::new(title).expect("a title"),
        story_type: StoryType::Feature,
        panel,
        after: None,
        estimate: Some(Estimate(3)),
        description: Description::default(),
        labels: Default::default(),
    })
}

pub(super) fn retitle(n: u128, title: &str) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::Title(Title::new(title).expect("a title"))],
    }
}

pub(super) fn start(n: u128) -> Command {
    Command::TransitionStory {
        id: story_id(n),
        transition: Transition::Start,
        comment: None,
    }
}

pub(super) fn delete(n: u128) -> Command {
    Command::DeleteStories {
        stories: vec![story_id(n)],
    }
}
