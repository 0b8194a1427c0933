//! What one is in the project, and what that allows. The server decides; the copy asks the same rule before it takes an own command,
//! so that nobody types what cannot be done.

use crate::rule::Rule;
use crate::{Output, Replica};
use backlog::access::may;
use backlog::{ActorId, Command, Project, Rejection, Role};

impl Replica {
    /// Whether one's role allows a command on what one sees. Before anything is seen, or one's role is known, all that an owner may.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotAllowed`].
    pub fn may(&self, command: &Command, by: ActorId) -> Result<(), Rejection> {
        let view = self.view();
        view.map_or(Ok(()), |view| self.allows(command, view, by))
    }

    /// Likewise on a project that is to be.
    pub(crate) fn allows(&self, command: &Command, project: &Project, by: ActorId) -> Result<(), Rejection> {
        if !self.keeps(Rule::Role) {
            return Ok(());
        }
        may(self.role.unwrap_or(Role::Owner), command, project, by)
    }

    /// The server said what one is.
    pub(crate) fn role_told(&mut self, role: Role, out: &mut Vec<Output>) {
        if self.role.replace(role) != Some(role) {
            out.push(Output::RoleChanged);
        }
    }

    /// The device said what one was.
    pub(crate) fn remember_role(&mut self, role: Option<Role>) {
        self.role_written = role;
        self.role = self.role.or(role);
    }
}
