//! Who is in a project, and as what.

use super::role::{role_follows, role_word};
use super::{Line, lines, part};
use crate::components::asked::Asked;
use crate::components::face::face;
use crate::components::frame::trouble;
use crate::components::maybe;
use crate::components::select::Select;
use backlog::api::members::Member;
use backlog::{ActorId, Role};
use yew::prelude::*;

/// What stands there of the members.
pub struct MembersView {
    /// The members; none until they are known.
    pub members: Option<Vec<Member>>,
    /// Who looks at them.
    pub own: ActorId,
    /// What went wrong.
    pub trouble: Option<String>,
    /// Takes another role for someone.
    pub on_role: Callback<(ActorId, Role)>,
    /// Takes the wish to remove someone, or to leave.
    pub on_removed: Callback<ActorId>,
}

/// The members.
pub fn members_view(props: &MembersView) -> Html {
    let members = props.members.as_ref();
    let owners = members.into_iter().flatten().filter(|one| one.role == Role::Owner);
    let owners: Vec<ActorId> = owners.map(|one| one.id).collect();
    let owned = owners.contains(&props.own).then_some(Role::Owner);
    let line = |member: &Member| {
        let follows = role_follows(member.role);
        let (facts, hands) = if member.id == props.own && owners == [props.own] {
            (format!("{follows} {ONLY_OWNER}"), role_of(member))
        } else {
            (follows.to_owned(), hands(props, member, owned))
        };
        Line {
            key: member.id.0.to_string(),
            sign: face(&member.initials, member.colour),
            title: html! {<>
                { member.name.as_str().to_owned() }
                { maybe((member.id == props.own).then(|| html! { <span class="line-mark">{ "you" }</span> })) }
            </>},
            facts,
            hands,
        }
    };
    part(
        "members",
        ("Members", ""),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("Members", "Nobody is in this project yet.", members.map(|members| members.iter().map(line).collect())) }
        </>},
    )
}

const ONLY_OWNER: &str = "You are the only owner: make someone else an owner before you leave.";

fn role_of(member: &Member) -> Html {
    html! { <span class="line-role">{ role_word(member.role) }</span> }
}

// An owner cannot take the role from themselves: nobody could give it back to them.
fn hands(props: &MembersView, member: &Member, own: Option<Role>) -> Html {
    let (id, name) = (member.id, member.name.as_str());
    let word = role_of(member);
    let removed = props.on_removed.reform(move |()| id);
    if id == props.own {
        return html! {<>
            { word }
            <Asked words="Leave" label="Leave this project" yes="Leave the project" on_confirmed={removed}
                follows="You lose this project at once, on all pages that you have open. What you did stays. Only an owner can let you in again." />
        </>};
    }
    if own != Some(Role::Owner) {
        return word;
    }
    let options = Role::ALL.map(|role| (AttrValue::from(role.as_str()), AttrValue::from(role_word(role))));
    let chosen = props.on_role.clone();
    let on_chosen = Callback::from(move |word: String| {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == word);
        role.into_iter().for_each(|role| chosen.emit((id, role)));
    });
    html! {<>
        <Select label={format!("Role of {name}")} options={options.to_vec()} value={member.role.as_str()} {on_chosen} />
        <Asked words="Remove" label={format!("Remove {name}")} yes="Remove from the project" on_confirmed={removed}
            follows={format!("Pages that {name} has open lose the project at once. What {name} did stays.")} />
    </>}
}
