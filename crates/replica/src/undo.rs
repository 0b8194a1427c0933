//! Taking own commands back, also after a reload: the journal knows how.

use crate::Replica;
use crate::own::{Kept, Stage};
use backlog::undo::{Aspect, overtaken};
use backlog::{Command, Mid};

/// How an own command is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The command that is taken back.
    pub mid: Mid,
    /// What it was.
    pub command: Command,
    /// What takes it back, to be given in order, each with `undoes` set to `mid`.
    pub commands: Vec<Command>,
}

/// Why a command is not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotUndone {
    /// This device keeps no command that could be.
    Nothing,
    /// What it had set was changed since.
    Overtaken {
        /// The command.
        command: Box<Command>,
        /// What of it does not stand any more.
        aspects: Vec<Aspect>,
    },
}

impl Replica {
    /// How the last own command that was not taken back is taken back.
    pub fn undo_last(&self) -> Result<Undo, NotUndone> {
        let mut kept = self.own.iter().rev().map(|own| &own.kept);
        let last = kept.find(|kept| self.can_be_undone(kept)).ok_or(NotUndone::Nothing)?;
        self.undo(last.mid)
    }

    /// How an own command is taken back.
    pub fn undo(&self, mid: Mid) -> Result<Undo, NotUndone> {
        let kept = self
            .kept(mid)
            .filter(|kept| self.can_be_undone(kept))
            .ok_or(NotUndone::Nothing)?;
        let view = self.view().ok_or(NotUndone::Nothing)?;
        let aspects = overtaken(view, &kept.command);
        if aspects.is_empty() {
            return Ok(Undo {
                mid,
                command: kept.command.clone(),
                commands: kept.undo.clone(),
            });
        }
        Err(NotUndone::Overtaken {
            command: Box::new(kept.command.clone()),
            aspects,
        })
    }

    fn can_be_undone(&self, kept: &Kept) -> bool {
        let stands = matches!(kept.stage, Stage::Pending | Stage::Confirmed { .. });
        let taken_back = |own: &crate::own::Own| own.kept.undoes == Some(kept.mid) && !own.kept.stage.needs_attention();
        let allowed = |command: &Command| self.may(command, kept.by.id).is_ok();
        stands
            && kept.undoes.is_none()
            && !kept.undo.is_empty()
            && kept.undo.iter().all(allowed)
            && !self.own.iter().any(taken_back)
    }
}
