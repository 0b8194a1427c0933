//! Who is in a project, with its own messages.

use crate::components::accounts::{MembersView, members_view};
use crate::services::api::{Failed, people};
use crate::services::device::parting;
use crate::services::route;
use backlog::api::members::{Member, Members};
use backlog::{ActorId, ProjectId, Role};
use yew::prelude::*;

/// In which project, and who looks.
#[derive(Properties, PartialEq)]
pub struct MembersProps {
    /// The project.
    pub project: ProjectId,
    /// Who looks.
    pub own: ActorId,
    /// Takes one's own role.
    pub on_role_known: Callback<Option<Role>>,
    /// Takes why something failed that is the whole page's concern.
    pub on_failed: Callback<Failed>,
}

/// Who is in a project.
#[derive(Default)]
pub struct MembersPart {
    members: Option<Vec<Member>>,
    trouble: Option<String>,
}

/// What happened to the members.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Members, Failed>),
    /// Someone is to have another role.
    RoleChosen(ActorId, Role),
    /// Someone is to go.
    RemoveClicked(ActorId),
    /// The server did it, or did not.
    Done(Result<(), Failed>),
    /// The server let one leave, or did not.
    Left(Result<(), Failed>),
}

impl Component for MembersPart {
    type Message = Msg;
    type Properties = MembersProps;

    fn create(ctx: &Context<Self>) -> MembersPart {
        ctx.link().send_message(Msg::ListDue);
        MembersPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let MembersProps { project, own, .. } = *ctx.props();
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async move { Msg::Listed(people::members(project).await) }),
            Msg::Listed(Ok(list)) => self.listed(ctx, list.members),
            Msg::RoleChosen(member, role) => {
                self.trouble = None;
                self.show_role(member, role);
                ctx.link()
                    .send_future(async move { Msg::Done(people::change_role(project, member, role).await) });
            }
            Msg::RemoveClicked(member) => {
                self.trouble = None;
                ctx.link().send_future(async move {
                    let removed = people::remove(project, member).await;
                    if member != own {
                        return Msg::Done(removed);
                    }
                    if removed.is_ok() {
                        parting::wipe_project(own, project).await;
                    }
                    Msg::Left(removed)
                });
            }
            Msg::Done(Ok(())) => ctx.link().send_message(Msg::ListDue),
            Msg::Done(Err(failed)) => {
                self.trouble = Some(failed.sentence());
                // What was shown before the server had agreed is taken back.
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Left(Ok(())) => route::open_projects(),
            Msg::Left(Err(failed)) => self.trouble = Some(failed.sentence()),
            Msg::Listed(Err(failed)) if self.members.is_none() => ctx.props().on_failed.emit(failed),
            Msg::Listed(Err(failed)) => self.trouble = Some(failed.sentence()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        members_view(&MembersView {
            members: self.members.clone(),
            own: ctx.props().own,
            trouble: self.trouble.clone(),
            on_role: ctx.link().callback(|(member, role)| Msg::RoleChosen(member, role)),
            on_removed: ctx.link().callback(Msg::RemoveClicked),
        })
    }
}

impl MembersPart {
    fn listed(&mut self, ctx: &Context<Self>, members: Vec<Member>) {
        let own = members.iter().find(|member| member.id == ctx.props().own);
        ctx.props().on_role_known.emit(own.map(|member| member.role));
        self.members = Some(members);
    }

    fn show_role(&mut self, member: ActorId, role: Role) {
        let members = self.members.iter_mut().flatten();
        for shown in members.filter(|shown| shown.id == member) {
            shown.role = role;
        }
    }
}
