//! Who is on a presence channel, and how many hear a channel. Knows rosters and how they change; must never know what
//! a connection does, or who signs what.

use super::{AuthorizationFailure, ChannelAuthorization, Client, Notice, sorted::Sorted, user::Standing};
use crate::protocol::{ChannelKind, ChannelName, FrameError, Member, Roster, events};

/// Everybody on a presence channel, by user id.
///
/// Known from the subscription's success on, replaced at each further one, and forgotten with the connection: who came and
/// went in between is not told one by one. When another carrier takes over it stays until it is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    me: Option<String>,
    by_id: Sorted<String, Member>,
}

impl Members {
    /// How many users are there. Several connections of one user count once.
    pub fn count(&self) -> usize {
        self.by_id.len()
    }

    /// The member of this user id.
    pub fn get(&self, user_id: &str) -> Option<&Member> {
        self.by_id.get(user_id)
    }

    /// Everybody, in the order of their ids as text.
    pub fn iter(&self) -> impl Iterator<Item = &Member> {
        self.by_id.values()
    }

    /// The member that this client is; none until the subscription succeeded.
    pub fn me(&self) -> Option<&Member> {
        self.get(self.me.as_deref()?)
    }

    /// The user id that this client subscribed with: the authorisation's, or that of the signed-in user.
    pub fn my_id(&self) -> Option<&str> {
        self.me.as_deref()
    }

    pub(super) fn call_me(&mut self, me: String) {
        self.me = Some(me);
    }

    fn replace(&mut self, roster: Roster) {
        let members = roster.0.into_iter();
        let members = members.map(|(user_id, user_info)| (user_id.clone(), Member { user_id, user_info }));
        self.by_id = Sorted::of(members.collect());
    }
}

impl Client {
    /// Who is on a presence channel; none unless it is subscribed to or about to be.
    pub fn members(&self, channel: &ChannelName) -> Option<&Members> {
        self.channels.audience(channel)?.members.as_ref()
    }

    /// How many connections hear a channel, as the server told last; none when it did not. Servers that count tell it of all
    /// but presence channels.
    pub fn subscription_count(&self, channel: &ChannelName) -> Option<u64> {
        self.channels.audience(channel)?.count
    }

    /// Goes on with an authorisation that came. A presence channel needs a name for this client: the authorisation's
    /// `channel_data` has one, or the user who is signed in lends theirs (pusher-js, `presence_channel.ts`).
    pub(super) fn go_on_with(&mut self, channel: ChannelName, authorization: ChannelAuthorization) {
        if channel.kind() != ChannelKind::Presence {
            return self.request(channel, Some(authorization));
        }
        let me = match (&authorization.channel_data, self.sign_in.standing()) {
            (Some(data), _) => Member::parse(data)
                .map(|member| member.user_id)
                .map_err(|reason| format!("the authorisation's channel_data cannot be read: {reason}")),
            (None, Standing::SignedIn(user)) => Ok(user.id.clone()),
            (None, Standing::Awaited) => return self.channels.hold(&channel, authorization),
            (None, Standing::NotWanted) => Err(nobody()),
        };
        match me {
            Ok(me) => {
                self.channels.join_as(&channel, me);
                self.request(channel, Some(authorization));
            }
            Err(message) => self.fail(channel, AuthorizationFailure::unanswered(message)),
        }
    }

    /// The sign-in that some presence channels waited for succeeded.
    pub(super) fn release_held(&mut self) {
        for (channel, authorization) in self.channels.take_held() {
            self.go_on_with(channel, authorization);
        }
    }

    /// It failed. They are told, and ask for a new authorisation when they are tried again.
    pub(super) fn fail_held(&mut self) {
        for (channel, _) in self.channels.take_held() {
            self.fail(channel, AuthorizationFailure::unanswered(nobody()));
        }
    }

    pub(super) fn fill_roster(&mut self, channel: &ChannelName, data: &str) {
        let Some(members) = self.members_heard(channel) else {
            return;
        };
        match Roster::parse(data) {
            Ok(roster) => members.replace(roster),
            // The events of the channel are heard nevertheless.
            Err(reason) => self.tell(Notice::BadFrame(FrameError::Data {
                event: events::SUBSCRIPTION_SUCCEEDED.to_owned(),
                reason,
            })),
        }
    }

    pub(super) fn on_member_added(&mut self, channel: ChannelName, member: Member) {
        if let Some(members) = self.members_heard(&channel) {
            members.by_id.insert(member.user_id.clone(), member.clone());
            self.tell(Notice::MemberAdded { channel, member });
        }
    }

    pub(super) fn on_member_removed(&mut self, channel: ChannelName, user_id: &str) {
        let members = self.members_heard(&channel);
        // One who was not known is not told to be gone.
        if let Some(member) = members.and_then(|members| members.by_id.remove(user_id)) {
            self.tell(Notice::MemberRemoved { channel, member });
        }
    }

    pub(super) fn on_subscription_count(&mut self, channel: ChannelName, count: u64) {
        if let Some(audience) = self.channels.audience_heard(&channel) {
            audience.count = Some(count);
            self.tell(Notice::SubscriptionCount { channel, count });
        }
    }

    fn members_heard(&mut self, channel: &ChannelName) -> Option<&mut Members> {
        self.channels.audience_heard(channel)?.members.as_mut()
    }
}

fn nobody() -> String {
    "the authorisation has no channel_data, and nobody is signed in".to_owned()
}
