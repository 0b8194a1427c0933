//! Who is here: the session, what follows when it is another visitor's, signing out, and whether the device keeps anything.

use super::Board;
use super::attention::Attention;
use super::connection::Visitor;
use super::device::Device;
use super::drafts::Drafts;
use super::epics::EpicsDesk;
use super::exchange::ExchangeDesk;
use super::msg::{AccountMsg, DeviceEffect, Effect, Elsewhere, Failure, Keeping, Now, SignOut};
use super::past::Past;
use super::scene::{Parting, PartingWay, SignedOut};
use super::settings::SettingsDesk;
use super::velocity::Trial;
use super::write::kept_text;
use backlog::ActorId;
use backlog::api::{Session, SessionKind};
use replica::{Input, Replica, Write};

/// Why the device is asked what it keeps for other projects, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leave {
    /// Nobody leaves.
    #[default]
    No,
    /// To sign out.
    SignOut,
    /// To sign out; the visitor is asked.
    Asked(Elsewhere),
    /// To sign out once the server has all of this project.
    Waits(Elsewhere),
    /// The server is asked to end the session, or has ended it.
    Ends,
    /// To keep nothing on the device.
    StopKeeping,
}

impl Board {
    pub(super) fn account_changed(&mut self, msg: AccountMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            AccountMsg::VisitorChanged => self.visitor_changed(out),
            AccountMsg::SignedOutElsewhere(account) if self.account == Some(account) => self.signed_out_elsewhere(out),
            AccountMsg::SignedOutElsewhere(_) => self.visitor_changed(out),
            AccountMsg::RemovedElsewhere(account) if self.account == Some(account) => self.removed(out),
            AccountMsg::RemovedElsewhere(_) => {}
            AccountMsg::AccessChanged => self.wake(now, out),
            AccountMsg::KeepingChosen(keeping) => self.keeping_chosen(keeping, now, out),
            AccountMsg::KeepingHeard(keeping) if keeping == self.device.keeping => {}
            AccountMsg::KeepingHeard(keeping) => self.keep(keeping, now, out),
            AccountMsg::SignOutClicked => self.sign_out_clicked(out),
            AccountMsg::SignOutChosen(choice) => self.sign_out_chosen(choice, out),
            AccountMsg::SessionEnded => self.session_ended(out),
            AccountMsg::SignOutFailed(failure) => {
                self.leave = Leave::No;
                self.notify(failure.sentence(), None, out);
            }
        }
    }

    pub(super) fn session_opened(&mut self, session: Session, now: Now, out: &mut Vec<Effect>) {
        let actor = session.actor.id;
        let name = session.actor.name.clone();
        let kind = session.kind;
        (self.kind, self.signed_out) = (Some(kind), false);
        self.connection.knows(Visitor::Known);
        let first = self.session.replace(session).is_none();
        // One who comes back to the server while the form is open goes on in it; one who was renamed is done.
        self.name_draft = self.name_draft.take().filter(|_| first);
        let is_news = first || self.account != Some(actor);
        if self.account != Some(actor) {
            self.become_another(actor, out);
        } else if let Some(request) = self.held.take() {
            self.send(request, out);
        } else if first && self.replica.is_loaded() {
            self.tell(Input::Woke, now, out);
        }
        self.name = Some(name.clone());
        out.push(DeviceEffect::Sign(name).into());
        // What a visitor without an account left, nobody can come back for; what an account left is its own.
        if is_news && kind == SessionKind::Open {
            out.push(DeviceEffect::FindLeft.into());
        }
        out.push(Effect::Render);
    }

    /// Drops all that was another visitor's. What the device keeps for them stays there until someone has seen
    /// to it.
    fn become_another(&mut self, actor: ActorId, out: &mut Vec<Effect>) {
        let left = self.replica.pending().count();
        // What was typed last may not be on the device yet.
        out.extend(self.drafts.due(self.present).into_iter().map(Effect::Device));
        if self.account.replace(actor).is_some() {
            self.notices.clear();
            self.drop_all();
        }
        self.load(out);
        if left > 0 && self.device.keeping == Keeping::Device {
            let then = match self.kind {
                Some(SessionKind::Account | SessionKind::Guest) => "for the one they are of",
                Some(SessionKind::Open) | None => "until you take them over or throw them away",
            };
            let what =
                "You are someone else to the server than before. Changes that it did not have yet stay on this device";
            self.notify(format!("{what} {then}."), None, out);
        }
    }

    pub(super) fn session_failed(&mut self, failure: Failure, now: Now, out: &mut Vec<Effect>) {
        // What waited for the session did not go out.
        if self.held.take().is_some() {
            self.tell(Input::SyncFailed, now, out);
        }
        if failure == Failure::NoSession {
            self.not_let_in(out);
        }
        self.wait(now, out);
        match failure {
            Failure::Outdated => self.connection.outdated(),
            Failure::Broke => self.connection.broke(),
            Failure::Unreachable
            | Failure::Busy
            | Failure::NoSession
            | Failure::NoProject
            | Failure::Removed
            | Failure::Refused(_) => {}
        }
        out.push(Effect::Render);
    }

    /// The server does not know whoever is here. A page that opens, or shows nothing, goes to where one signs in; on any other
    /// one goes on reading, and what one typed and did stays until one is known again.
    fn not_let_in(&mut self, out: &mut Vec<Effect>) {
        let is_empty = self.replica.view().is_none() && self.notices.is_empty();
        let opens = self.kind.is_none() && !self.connection.has_failed();
        if self.is_guest() {
            self.removed(out);
        } else if is_empty || opens {
            out.push(Effect::OpenDoor);
        } else {
            self.signed_out = true;
            self.connection.knows(Visitor::Unknown);
        }
    }

    /// That one is signed out, and the way back in.
    pub(super) fn signed_out_scene(&self) -> Option<SignedOut> {
        let then = match self.replica.pending().count() {
            0 => "Sign in to go on.".to_owned(),
            1 => "Sign in to send 1 change.".to_owned(),
            many => format!("Sign in to send {many} changes."),
        };
        self.signed_out.then(|| SignedOut {
            what: "You are signed out.",
            then,
            address: format!("/sign-in?next=/projects/{}", self.project),
            keeping: self.device.place(),
        })
    }

    /// Drops all that is the visitor's but the notices.
    pub(super) fn drop_all(&mut self) {
        self.replica = Replica::new();
        self.removal = None;
        self.signed_out = false;
        self.drafts = Drafts::new(self.drafts.page());
        self.news.clear();
        self.attention = Attention::default();
        self.left = None;
        self.trial = Trial::default();
        self.open_iteration = None;
        self.settings = SettingsDesk::default();
        self.epics = EpicsDesk::default();
        self.exchange = ExchangeDesk::default();
        self.past = Past::default();
        self.layout = None;
        self.motion = None;
        self.toast = None;
        self.focus = None;
        self.held = None;
        self.name = None;
        self.name_draft = None;
        self.fresh_at = None;
        self.leave = Leave::No;
        self.device = Device::new(self.device.keeping);
    }

    /// Whoever was here signed out on another page, which knew nothing of what is on this page alone: it stays to be read.
    fn signed_out_elsewhere(&mut self, out: &mut Vec<Effect>) {
        let left = self.left_behind();
        self.drop_all();
        self.account = None;
        self.name_draft = None;
        for (what, text) in left {
            self.notify(what, text, out);
        }
        out.push(DeviceEffect::Wipe.into());
        self.visitor_changed(out);
        out.push(Effect::Render);
    }

    /// What is not at the server: for each, what it is and its text.
    fn left_behind(&self) -> Vec<(String, Option<String>)> {
        let titles = self.titles(&[]);
        let typed = self
            .drafts
            .all()
            .filter(|(_, draft)| draft.is_unsaved())
            .map(|(id, draft)| {
                let into = match draft.column() {
                    Some(_) => "a new story".to_owned(),
                    None => titles.of(id),
                };
                let what = format!("You signed out on another page. What you had typed in {into} is not saved.");
                (what, Some(draft.words()))
            });
        let given = self.replica.pending().chain(self.replica.attention()).map(|kept| {
            let wish = self.phrase(&kept.command).wish;
            let what = format!("You signed out on another page. The server does not have this: {wish}.");
            (what, kept_text(&kept.command))
        });
        // What the device kept, the other page has asked about.
        let on_this_page = self.device.place() == Keeping::Page;
        typed.chain(given.filter(|_| on_this_page)).collect()
    }

    fn visitor_changed(&mut self, out: &mut Vec<Effect>) {
        // Until the server has said who is here, nothing is sent in anyone's name.
        self.session = None;
        out.push(Effect::OpenSession);
    }

    fn sign_out_clicked(&mut self, out: &mut Vec<Effect>) {
        self.leave = Leave::SignOut;
        out.push(DeviceEffect::Survey.into());
    }

    pub(super) fn surveyed(&mut self, elsewhere: Elsewhere, now: Now, out: &mut Vec<Effect>) {
        match self.leave {
            Leave::SignOut => {
                self.leave = Leave::Asked(elsewhere);
                if self.parting_words(elsewhere).is_none() {
                    self.end_session(out);
                }
            }
            Leave::StopKeeping => {
                self.leave = Leave::No;
                if (elsewhere.changes, elsewhere.drafts) == (0, 0) {
                    self.keep(Keeping::Page, now, out);
                } else {
                    let what = "In other projects this device keeps changes or text that are not at the server yet. Open \
                                those projects first.";
                    self.notify(what.to_owned(), None, out);
                }
            }
            Leave::No | Leave::Asked(_) | Leave::Waits(_) | Leave::Ends => {}
        }
        out.push(Effect::Render);
    }

    fn sign_out_chosen(&mut self, choice: SignOut, out: &mut Vec<Effect>) {
        match (choice, self.leave) {
            (SignOut::Stay, _) => self.leave = Leave::No,
            (SignOut::Wait, Leave::Asked(elsewhere)) => self.leave = Leave::Waits(elsewhere),
            (SignOut::ThrowAway, Leave::Asked(_) | Leave::Waits(_)) => self.end_session(out),
            (SignOut::Wait | SignOut::ThrowAway, _) => {}
        }
        out.push(Effect::Render);
    }

    /// Goes on signing out, once the server has what was waited for.
    pub(super) fn leave_if_flushed(&mut self, out: &mut Vec<Effect>) {
        if let Leave::Waits(elsewhere) = self.leave
            && self.replica.pending().next().is_none()
        {
            self.leave = Leave::Asked(elsewhere);
            if self.parting_words(elsewhere).is_none() {
                self.end_session(out);
            }
        }
    }

    fn end_session(&mut self, out: &mut Vec<Effect>) {
        self.leave = Leave::Ends;
        out.push(Effect::EndSession);
    }

    fn session_ended(&mut self, out: &mut Vec<Effect>) {
        self.leave = Leave::Ends;
        out.push(DeviceEffect::Forget.into());
    }

    /// The question that signing out asks, while it does.
    pub(super) fn parting(&self) -> Option<Parting> {
        let (elsewhere, waits) = match self.leave {
            Leave::Asked(elsewhere) => (elsewhere, false),
            Leave::Waits(elsewhere) => (elsewhere, true),
            Leave::No | Leave::SignOut | Leave::Ends | Leave::StopKeeping => return None,
        };
        let is_on_its_way = self.replica.pending().next().is_some();
        let way = match (waits, is_on_its_way) {
            (true, _) => PartingWay::Waiting,
            (false, true) => PartingWay::WaitOrThrowAway,
            (false, false) => PartingWay::ThrowAway,
        };
        let words = self.parting_words(elsewhere)?;
        // The same words while one waits: what stands below them keeps its place.
        let words = match (way, self.replica.pending().next()) {
            (PartingWay::ThrowAway, _) | (_, None) => words,
            (PartingWay::WaitOrThrowAway | PartingWay::Waiting, Some(_)) => {
                format!("{words} Wait for the server, or throw it all away?")
            }
        };
        Some(Parting { words, way })
    }

    /// What would be lost by signing out, in words.
    fn parting_words(&self, elsewhere: Elsewhere) -> Option<String> {
        let lost = [
            counted(self.replica.pending().count(), "is", "not at the server yet"),
            needing(self.replica.attention().count()),
            unsaved(self.drafts.unsaved() + elsewhere.drafts_here),
            counted(elsewhere.changes, "in other projects is", "not at the server yet"),
            (elsewhere.drafts > 0).then(|| "In other projects there is text that is not saved.".to_owned()),
        ];
        let words: Vec<String> = lost.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    fn keeping_chosen(&mut self, keeping: Keeping, now: Now, out: &mut Vec<Effect>) {
        match keeping {
            Keeping::Device => self.keep(Keeping::Device, now, out),
            Keeping::Page => {
                self.leave = Leave::StopKeeping;
                out.push(DeviceEffect::Survey.into());
            }
        }
    }

    fn keep(&mut self, keeping: Keeping, now: Now, out: &mut Vec<Effect>) {
        self.device.keeping = keeping;
        self.device.failed = false;
        self.drafts.wiped();
        for notice in &mut self.notices {
            notice.draft = None;
        }
        out.push(DeviceEffect::SetKeeping(keeping).into());
        self.tell(Input::Wiped, now, out);
        if keeping == Keeping::Device {
            out.extend(self.name.clone().map(|name| DeviceEffect::Sign(name).into()));
            let own = self.replica.pending().chain(self.replica.attention());
            let writes: Vec<Write> = own.map(|kept| Write::Put(Box::new(kept.clone()))).collect();
            out.extend((!writes.is_empty()).then(|| DeviceEffect::Write(writes).into()));
            out.extend(self.drafts.due(self.present).into_iter().map(Effect::Device));
            // Without a base the page does not start offline.
            self.tell(Input::SaveDue, now, out);
        }
        out.push(Effect::Render);
    }
}

fn counted(changes: usize, is: &str, what: &str) -> Option<String> {
    match changes {
        0 => None,
        1 => Some(format!("1 change {is} {what}.")),
        changes => {
            let are = is.replace("is", "are");
            Some(format!("{changes} changes {are} {what}."))
        }
    }
}

fn needing(changes: usize) -> Option<String> {
    match changes {
        0 => None,
        1 => Some("1 change needs your attention.".to_owned()),
        changes => Some(format!("{changes} changes need your attention.")),
    }
}

fn unsaved(drafts: usize) -> Option<String> {
    match drafts {
        0 => None,
        1 => Some("Text in 1 story is not saved.".to_owned()),
        drafts => Some(format!("Text in {drafts} stories is not saved.")),
    }
}
