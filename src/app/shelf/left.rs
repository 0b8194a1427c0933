//! What an earlier visitor left on the device, in the driver's hands.

use super::{DeviceHand, msg_of_shelf};
use crate::board::msg::{DeviceMsg, FromDevice, Left, LeftMsg, Msg};
use crate::services::device::{Device, DeviceError};
use crate::services::tabs::Word;
use backlog::ActorId;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

impl DeviceHand {
    pub(super) fn find_left(&self) {
        let Some(device) = self.device.clone() else { return };
        let dispatch = self.dispatch.clone();
        spawn_local(async move { find(&device, &dispatch).await });
    }

    pub(super) fn take_over(&self, from: ActorId) {
        let (Some(device), Some(account)) = (self.device.clone(), self.account) else {
            return;
        };
        let (dispatch, tabs) = (self.dispatch.clone(), self.tabs.clone());
        spawn_local(async move {
            match device.take_over(from).await {
                Ok(projects) => projects
                    .into_iter()
                    .for_each(|project| tabs.tell(Word::Wrote(account, project))),
                Err(error) => fail(&error, &dispatch),
            }
            let read = device.load().await.map(|shelf| msg_of_shelf(account, shelf));
            dispatch.emit(Msg::Device(read.unwrap_or_else(|error| {
                fail(&error, &dispatch);
                DeviceMsg::Read(Box::new(FromDevice::nothing(account)))
            })));
            find(&device, &dispatch).await;
        });
    }

    pub(super) fn throw_away(&self, from: ActorId) {
        let Some(device) = self.device.clone() else { return };
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            if let Err(error) = device.throw_away(from).await {
                fail(&error, &dispatch);
            }
            find(&device, &dispatch).await;
        });
    }
}

async fn find(device: &Device, dispatch: &Callback<Msg>) {
    // Where it does not answer, it is asked again at the next visit.
    let found = device.left().await.ok().flatten();
    let left = found.map(|left| Left {
        account: left.account,
        name: left.name,
        changes: left.changes,
        drafts: left.drafts,
    });
    dispatch.emit(Msg::Left(LeftMsg::Found(left)));
}

fn fail(error: &DeviceError, dispatch: &Callback<Msg>) {
    dispatch.emit(Msg::Device(DeviceMsg::Failed(error.to_string())));
}
