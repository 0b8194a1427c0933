//! The security log, with its own messages.

use crate::components::accounts::{LogView, log_view};
use crate::services::api::{Failed, accounts};
use backlog::api::account::{LogEntry, SecurityLog};
use yew::prelude::*;

/// The security log.
#[derive(Default)]
pub struct LogPart {
    entries: Option<Vec<LogEntry>>,
    // Where the next page begins; none where there is no more.
    next: Option<i64>,
    trouble: Option<String>,
}

/// What happened to the security log.
#[derive(Debug)]
pub enum Msg {
    /// A page is wanted: the first, or the one from there.
    PageDue(Option<i64>),
    /// The server told it, or did not.
    Told(Result<SecurityLog, Failed>),
}

impl Component for LogPart {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> LogPart {
        ctx.link().send_message(Msg::PageDue(None));
        LogPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::PageDue(before) => ctx
                .link()
                .send_future(async move { Msg::Told(accounts::security_log(before).await) }),
            Msg::Told(Ok(page)) => {
                self.entries.get_or_insert_default().extend(page.entries);
                self.next = page.next;
                self.trouble = None;
            }
            Msg::Told(Err(failed)) => self.trouble = Some(failed.sentence()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let next = self.next;
        log_view(&LogView {
            entries: self.entries.clone(),
            more: next.is_some(),
            trouble: self.trouble.clone(),
            on_more: ctx.link().callback(move |()| Msg::PageDue(next)),
        })
    }
}
