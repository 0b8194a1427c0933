//! Imports and exports: a file is chosen, looked at, imported; each import can be taken back. The file itself stays with the driver.

mod looked;

use super::Board;
use super::may::Deed;
use super::msg::{Effect, ExchangeMsg, Failure, FileEffect, Now, Target};
use super::scene::exchange::{ExchangeScene, ImportLine, StageScene};
use backlog::api::Fate;
use backlog::api::import::{ImportAnswer, ImportRequest, MAX_FILE, Report};
use backlog::id::Bits128;
use backlog::{Command, ImportId, Mid, Panel, Project};
use looked::Looked;
use std::collections::HashSet;

/// What happens to a file.
#[derive(Debug, Default)]
pub(super) struct ExchangeDesk {
    stage: Stage,
}

/// How far an import is.
#[derive(Debug)]
enum Stage {
    /// Nothing was chosen, or it came to nothing.
    Waiting { trouble: Option<String> },
    /// A file is on its way to be looked at; so many per cent of it are sent.
    Looking { file: String, share: u32 },
    /// What a file would bring.
    Looked(Box<Looked>),
    /// It is on its way to be imported; so many per cent of it are sent.
    Importing { looked: Box<Looked>, share: u32 },
    /// It was imported.
    Done { import: ImportId, words: String },
}

impl Default for Stage {
    fn default() -> Stage {
        Stage::Waiting { trouble: None }
    }
}

impl Board {
    pub(super) fn exchange_changed(&mut self, msg: ExchangeMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            ExchangeMsg::FileChosen { name, size } => self.file_chosen(name, size, out),
            ExchangeMsg::Sent(percent) => self.file_sent(percent),
            ExchangeMsg::Previewed(answer) => self.file_previewed(answer, out),
            ExchangeMsg::PersonChosen(name, member) => self.looked(|looked| looked.mean(name, member)),
            ExchangeMsg::EstimatesChosen(estimates) => self.looked(|looked| looked.estimates = estimates),
            ExchangeMsg::ImportClicked => self.import_clicked(now, out),
            ExchangeMsg::Imported(answer) => self.file_imported(answer, now, out),
            ExchangeMsg::Stopped => self.file_stopped(out),
            ExchangeMsg::FileClosed => {
                self.exchange.stage = Stage::default();
                out.push(Effect::Focus(Target::File));
            }
            ExchangeMsg::ImportTakenBack(id) => self.tell_after(Command::DeleteImport { id }, now, out),
            ExchangeMsg::ImportBroughtBack(id) => self.tell_after(Command::RestoreImport { id }, now, out),
        }
        out.push(Effect::Render);
    }

    fn looked(&mut self, choose: impl FnOnce(&mut Looked)) {
        if let Stage::Looked(looked) = &mut self.exchange.stage {
            choose(looked);
        }
    }

    fn file_chosen(&mut self, file: String, size: u64, out: &mut Vec<Effect>) {
        if matches!(self.exchange.stage, Stage::Importing { .. }) {
            return;
        }
        self.exchange.stage = if size > MAX_FILE as u64 {
            let trouble = format!(
                "{file} has {} MB; at most 32 MB can be imported. Split it and import one part after the other.",
                size.div_ceil(1024 * 1024)
            );
            Stage::Waiting { trouble: Some(trouble) }
        } else {
            out.push(Effect::Files(FileEffect::Preview));
            Stage::Looking { file, share: 0 }
        };
    }

    fn file_sent(&mut self, percent: u32) {
        if let Stage::Looking { share, .. } | Stage::Importing { share, .. } = &mut self.exchange.stage {
            *share = percent.min(100);
        }
    }

    fn file_previewed(&mut self, answer: Result<Box<Report>, Failure>, out: &mut Vec<Effect>) {
        let Stage::Looking { file, .. } = &self.exchange.stage else {
            return;
        };
        self.exchange.stage = match answer {
            Ok(report) => {
                let looked = Looked::new(file.clone(), *report);
                out.push(Effect::Announce(looked.words()));
                Stage::Looked(Box::new(looked))
            }
            Err(failure) => {
                let trouble = Some(trouble(&failure));
                Stage::Waiting { trouble }
            }
        };
        out.push(Effect::Focus(Target::Exchange));
    }

    fn import_clicked(&mut self, now: Now, out: &mut Vec<Effect>) {
        let mut looked = match std::mem::take(&mut self.exchange.stage) {
            Stage::Looked(looked) => looked,
            stage => return self.exchange.stage = stage,
        };
        // Asked for again under the same identity, it is made once.
        let (id, mid) = *looked
            .asked
            .get_or_insert_with(|| (ImportId(Bits128(now.random[0])), now.mid()));
        looked.trouble = None;
        let request = ImportRequest {
            id,
            mid,
            base: self.replica.version().map_or(0, |version| version.rev),
            by: self.account,
            people: looked.people(),
            estimates: looked.estimates,
        };
        out.push(Effect::Files(FileEffect::Import(Box::new(request))));
        self.exchange.stage = Stage::Importing { looked, share: 0 };
    }

    fn file_imported(&mut self, answer: Result<Box<ImportAnswer>, Failure>, now: Now, out: &mut Vec<Effect>) {
        let (mut looked, share) = match std::mem::take(&mut self.exchange.stage) {
            Stage::Importing { looked, share } => (looked, share),
            stage => return self.exchange.stage = stage,
        };
        let (fate, report) = match answer {
            Ok(answer) => (Ok(answer.fate), answer.report),
            Err(failure) => (Err(failure), None),
        };
        match fate {
            Ok(Fate::Applied(_)) => {
                looked.share_report(report);
                self.import_made(&looked, out);
                // It is there; others hear of it, and this page asks.
                self.wake(now, out);
                return;
            }
            Ok(Fate::Rejected(reason)) => {
                // This mutation stays refused; the next one is another.
                looked.asked = None;
                looked.trouble = Some(reason.to_string());
            }
            Ok(Fate::Unknown) => looked.trouble = Some(trouble(&Failure::Busy)),
            Err(failure) => looked.trouble = Some(unsure(&failure, share)),
        }
        out.push(Effect::Focus(Target::Exchange));
        self.exchange.stage = Stage::Looked(looked);
    }

    fn import_made(&mut self, looked: &Looked, out: &mut Vec<Effect>) {
        let Some((import, _)) = looked.asked else { return };
        let words = looked.done_words();
        out.extend([Effect::Announce(words.clone()), Effect::Focus(Target::Exchange)]);
        self.exchange.stage = Stage::Done { import, words };
    }

    fn file_stopped(&mut self, out: &mut Vec<Effect>) {
        self.exchange.stage = match std::mem::take(&mut self.exchange.stage) {
            Stage::Looking { .. } => Stage::default(),
            Stage::Importing { looked, .. } => Stage::Looked(looked),
            stage @ (Stage::Waiting { .. } | Stage::Looked(_) | Stage::Done { .. }) => stage,
        };
        out.extend([Effect::Files(FileEffect::Stop), Effect::Focus(Target::Exchange)]);
    }

    /// An import whose answer was lost shows that it was made.
    pub(super) fn exchange_follow(&mut self, out: &mut Vec<Effect>) {
        let Stage::Looked(looked) = &self.exchange.stage else {
            return;
        };
        let (Some((id, _)), Some(view)) = (looked.asked, self.replica.view()) else {
            return;
        };
        if view.imports().iter().any(|imported| imported.id == id)
            && let Stage::Looked(looked) = std::mem::take(&mut self.exchange.stage)
        {
            self.import_made(&looked, out);
            out.push(Effect::Render);
        }
    }

    pub(super) fn exchange_scene(&self) -> Option<ExchangeScene> {
        let view = self.replica.view()?;
        let living = living(view);
        let stage = self.stage_scene(view, &living);
        let shown = match &stage {
            StageScene::Done { import, .. } => Some(*import),
            StageScene::Waiting { .. } | StageScene::Sending { .. } | StageScene::Looked(_) => None,
        };
        let others = view
            .imports()
            .iter()
            .rev()
            .filter(|imported| Some(imported.id) != shown);
        let line = |imported: &backlog::Imported| ImportLine {
            id: imported.id,
            words: looked::brought(imported.stories, imported.epics.len() as u32),
            by: view
                .people()
                .get(&imported.by)
                .map_or("", |name| name.as_str())
                .to_owned(),
            at: imported.at,
            is_taken_back: !living.contains(&imported.id),
        };
        let address = |ending: &str| format!("/api/projects/{}/export.{ending}", self.project);
        Some(ExchangeScene {
            imports_files: self.rights().may(Deed::Import),
            stage,
            imports: others.map(line).collect(),
            csv: address("csv"),
            json: address("json"),
            now: self.present,
        })
    }

    fn stage_scene(&self, view: &Project, living: &HashSet<ImportId>) -> StageScene {
        match &self.exchange.stage {
            Stage::Waiting { trouble } => StageScene::Waiting {
                trouble: trouble.clone(),
            },
            Stage::Looking { file, share } => StageScene::Sending {
                words: match share {
                    100 => format!("The server reads {file}…"),
                    _ => format!("Sending {file}…"),
                },
                share: *share,
                can_stop: true,
            },
            Stage::Looked(looked) => StageScene::Looked(Box::new(looked.scene(view, &self.me()))),
            Stage::Importing { looked, share } => StageScene::Sending {
                words: match share {
                    100 => format!("The server imports {}…", looked.file),
                    _ => format!("Sending {}…", looked.file),
                },
                share: *share,
                can_stop: *share < 100,
            },
            Stage::Done { import, words } => StageScene::Done {
                words: words.clone(),
                import: *import,
                // Until the page has caught up nothing is known of it.
                is_taken_back: view.imports().iter().any(|imported| imported.id == *import) && !living.contains(import),
            },
        }
    }
}

/// The imports of which a story or an epic is there.
fn living(view: &Project) -> HashSet<ImportId> {
    let slots = view.order(Panel::Backlog).chain(view.order(Panel::Icebox));
    let mut living: HashSet<ImportId> = slots.filter_map(|slot| view.at(slot).import).collect();
    let has_epic = |imported: &&backlog::Imported| imported.epics.iter().any(|epic| view.epic(*epic).is_some());
    living.extend(view.imports().iter().filter(has_epic).map(|imported| imported.id));
    living
}

/// What a failure means for whoever sent a file.
fn trouble(failure: &Failure) -> String {
    match failure {
        Failure::Refused(why) => why.clone(),
        Failure::Unreachable => {
            "The file did not arrive: the server does not answer, or the file was changed after it was chosen. Nothing was imported; \
             choose the file again."
                .to_owned()
        }
        Failure::Busy | Failure::Broke | Failure::NoSession | Failure::NoProject | Failure::Removed | Failure::Outdated => {
            failure.sentence()
        }
    }
}

/// What a failure means for whoever sent a file to be imported, of which so many per cent were sent.
fn unsure(failure: &Failure, share: u32) -> String {
    let may_be_made = match failure {
        Failure::Unreachable | Failure::Busy | Failure::Broke => share == 100,
        Failure::Refused(_) | Failure::NoSession | Failure::NoProject | Failure::Removed | Failure::Outdated => false,
    };
    if may_be_made {
        "The server has not answered, so that it is not certain whether the stories are there. Import again: they come once.".to_owned()
    } else {
        trouble(failure)
    }
}

impl ExchangeDesk {
    /// Whether something here would be lost with the page.
    pub(super) fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Importing { .. })
    }
}

/// The identity of an import that was asked for, and of the command.
type Asked = (ImportId, Mid);
