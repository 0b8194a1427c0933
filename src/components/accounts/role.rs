//! Roles as people read them.

use backlog::Role;

/// A role within a sentence, like "an owner".
pub fn role_phrase(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Member => "a member",
        Role::Client => "a client",
        Role::Viewer => "a viewer",
    }
}

/// What whoever is told can do in it.
pub fn role_promise(role: Role) -> &'static str {
    match role {
        Role::Owner => "You can do everything, also change its name, its settings and its people.",
        Role::Member => "You can add, estimate, order and carry out stories.",
        Role::Client => "You can add wishes to the icebox, comment, and accept or reject what is delivered.",
        Role::Viewer => "You can see everything and change nothing.",
    }
}

/// What someone in it does.
pub(super) fn role_follows(role: Role) -> &'static str {
    match role {
        Role::Owner => "Everything, also its name, settings and people.",
        Role::Member => "Adds, estimates, orders and carries out stories.",
        Role::Client => "Adds wishes to the icebox, comments, accepts and rejects what is delivered.",
        Role::Viewer => "Sees everything and changes nothing.",
    }
}

/// A role as the first word of a line.
pub(super) fn role_word(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Member => "Member",
        Role::Client => "Client",
        Role::Viewer => "Viewer",
    }
}
