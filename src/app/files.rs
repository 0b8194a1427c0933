//! Files in the driver's hands: which one is meant, and how far it is.

use super::failure;
use crate::board::msg::{ExchangeMsg, FileEffect, Msg};
use crate::services::api::ApiError;
use crate::services::files::Files;
use crate::services::upload::{self, Sent, Upload};
use backlog::ProjectId;
use web_sys::File;
use yew::Callback;

/// The files that someone chose.
pub struct FileHand {
    project: ProjectId,
    dispatch: Callback<Msg>,
    files: Files,
    // The file that was looked at; one that is chosen later is another.
    looked_at: Option<File>,
    // One at a time: the next one ends it.
    upload: Option<Upload>,
}

impl FileHand {
    /// Hands that tell what is chosen.
    pub fn new(project: ProjectId, dispatch: &Callback<Msg>) -> FileHand {
        let told = dispatch.clone();
        FileHand {
            project,
            dispatch: dispatch.clone(),
            files: Files::listen(move |chosen| {
                told.emit(Msg::Exchange(ExchangeMsg::FileChosen {
                    name: chosen.name,
                    size: chosen.size,
                }));
            }),
            looked_at: None,
            upload: None,
        }
    }

    /// Does what the board wants done with a file.
    pub fn carry_out(&mut self, effect: FileEffect) {
        // Before the next one begins.
        self.upload = None;
        match effect {
            FileEffect::Preview => {
                self.looked_at = self.files.chosen();
                self.upload = self.looked_at.as_ref().and_then(|file| {
                    upload::preview(
                        self.project,
                        file,
                        self.telling(|answer| ExchangeMsg::Previewed(answer.map(Box::new).map_err(failure))),
                    )
                });
                self.begun(|error| ExchangeMsg::Previewed(Err(failure(error))));
            }
            FileEffect::Import(request) => {
                self.upload = self.looked_at.as_ref().and_then(|file| {
                    upload::import(
                        (self.project, &request),
                        file,
                        self.telling(|answer| ExchangeMsg::Imported(answer.map(Box::new).map_err(failure))),
                    )
                });
                self.begun(|error| ExchangeMsg::Imported(Err(failure(error))));
            }
            FileEffect::Stop => {}
        }
    }

    fn telling<A: 'static>(
        &self,
        ended: impl Fn(Result<A, ApiError>) -> ExchangeMsg + Clone + 'static,
    ) -> impl Fn(Sent<A>) + Clone + 'static {
        let dispatch = self.dispatch.clone();
        move |sent| {
            dispatch.emit(Msg::Exchange(match sent {
                Sent::Share(percent) => ExchangeMsg::Sent(percent),
                Sent::Ended(answer) => ended(answer),
            }));
        }
    }

    /// What cannot even begin has come to nothing.
    fn begun(&self, ended: impl FnOnce(ApiError) -> ExchangeMsg) {
        if self.upload.is_none() {
            self.dispatch.emit(Msg::Exchange(ended(ApiError::Unreachable)));
        }
    }
}
