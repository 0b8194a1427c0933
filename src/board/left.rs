//! What an earlier visitor left on this device: offered at each visit until someone has taken it over or thrown it away. Nobody
//! can come back as them, because their cookie is gone.

use super::Board;
use super::msg::{DeviceEffect, Effect, Left, LeftMsg};
use super::scene::{LeftScene, LeftWay};
use backlog::Name;

impl Board {
    pub(super) fn left_changed(&mut self, msg: LeftMsg, out: &mut Vec<Effect>) {
        match msg {
            LeftMsg::Found(left) => self.left = left.map(|left| (left, LeftWay::Offered)),
            LeftMsg::TakenOver => {
                if let Some((left, _)) = self.left.take() {
                    self.device.asked();
                    out.push(DeviceEffect::TakeOver(left.account).into());
                }
            }
            LeftMsg::ThrowAwayClicked => self.left_goes(LeftWay::Asked),
            LeftMsg::Spared => self.left_goes(LeftWay::Offered),
            LeftMsg::ThrownAway => {
                if let Some((left, _)) = self.left.take_if(|(_, way)| *way == LeftWay::Asked) {
                    out.push(DeviceEffect::ThrowAway(left.account).into());
                }
            }
        }
        out.push(Effect::Render);
    }

    fn left_goes(&mut self, to: LeftWay) {
        if let Some((_, way)) = &mut self.left {
            *way = to;
        }
    }

    pub(super) fn left_scene(&self) -> Option<LeftScene> {
        let (left, way) = self.left.as_ref()?;
        Some(LeftScene {
            words: words(left),
            way: *way,
        })
    }
}

fn words(left: &Left) -> String {
    let who = left.name.as_ref().map_or("an earlier visitor", Name::as_str);
    let what = [
        counted(left.changes, "change", "changes"),
        counted(left.drafts, "text", "texts").map(|texts| format!("{texts} not saved")),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    format!(
        "This device keeps {} of {who} that the server does not have.",
        what.join(" and ")
    )
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    }
}
