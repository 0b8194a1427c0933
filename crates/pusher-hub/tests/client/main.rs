//! The hub and the project's own client, both as pure values, in a seeded world of people who join, leave, sign in, trigger
//! events and lose their connections. When it has been calm for a while, everybody must know the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod seat;
mod world;

use std::collections::BTreeSet;

use world::World;

/// Presence channels whose authorisation names the member.
const ROOMS: [&str; 2] = ["presence-a", "presence-b"];
/// One whose authorisation leaves that to the sign-in.
const LENT: &str = "presence-lent";
const PRIVATE: &str = "private-x";
const PUBLIC: &str = "orders";
const CHANNELS: [&str; 5] = [ROOMS[0], ROOMS[1], LENT, PRIVATE, PUBLIC];
/// Fewer than there are seats: some people have several connections.
const USERS: [&str; 3] = ["ann", "bob", "carol"];
const SEATS: usize = 6;

/// Everything that two people could see differently.
fn check(world: &mut World, seed: u64) {
    check_members(world, seed);
    check_counts(world, seed);
    check_users(world, seed);
    check_client_events(world, seed);
    check_user_events(world, seed);
}

fn check_members(world: &World, seed: u64) {
    for room in [ROOMS[0], ROOMS[1], LENT] {
        let there: BTreeSet<&str> = world.hearing(room).map(|seat| seat.user).collect();
        for seat in world.hearing(room) {
            let members = seat.members(room);
            let known: BTreeSet<&str> = members.iter().map(|member| &*member.user_id).collect();
            assert_eq!(known, there, "seed {seed}: what {} knows of {room}", seat.user);
            assert_eq!(
                members.me().map(|me| &*me.user_id),
                Some(seat.user),
                "seed {seed}: in {room}"
            );
        }
    }
}

fn check_counts(world: &World, seed: u64) {
    for channel in [PRIVATE, PUBLIC] {
        let there = world.hearing(channel).count() as u64;
        for seat in world.hearing(channel) {
            assert_eq!(seat.count(channel), Some(there), "seed {seed}: of {channel}");
        }
    }
}

/// Who wants to be signed in is, and knows who else is.
fn check_users(world: &World, seed: u64) {
    let online: BTreeSet<&str> = world
        .seats
        .iter()
        .filter(|seat| seat.signs_in)
        .map(|seat| seat.user)
        .collect();
    for seat in &world.seats {
        assert_eq!(
            seat.signed_in_as(),
            seat.signs_in.then_some(seat.user),
            "seed {seed}: who is signed in"
        );
        if seat.signs_in {
            let known: BTreeSet<&str> = seat.online.iter().map(String::as_str).collect();
            assert_eq!(known, online, "seed {seed}: whom {} believes online", seat.user);
        }
    }
}

/// An event reaches every other connection once, with the name of who triggered it where members have names.
fn check_client_events(world: &mut World, seed: u64) {
    for channel in [ROOMS[0], ROOMS[1], LENT, PRIVATE] {
        for from in 0..SEATS {
            let text = format!("{channel} from {from}");
            let may = world.trigger(from, channel, &text);
            assert_eq!(may, world.seats[from].hears(channel), "seed {seed}: {text}");
            world.deliver_all();
            let user = world.seats[from].user;
            let by = (channel != PRIVATE).then(|| user.to_owned());
            for to in 0..SEATS {
                let heard = std::mem::take(&mut world.seats[to].heard);
                let expected = match may && to != from && world.seats[to].hears(channel) {
                    true => vec![(text.clone(), by.clone())],
                    false => vec![],
                };
                assert_eq!(heard, expected, "seed {seed}: {to} hears {text}");
            }
        }
        world.pass_a_second();
    }
}

fn check_user_events(world: &mut World, seed: u64) {
    for user in USERS {
        world.trigger_for(user, user);
        world.deliver_all();
        for seat in &mut world.seats {
            let expected = match seat.signs_in && seat.user == user {
                true => vec![user.to_owned()],
                false => vec![],
            };
            assert_eq!(std::mem::take(&mut seat.mail), expected, "seed {seed}: for {user}");
        }
    }
}

#[test]
fn everybody_knows_the_same_when_it_is_calm() {
    for seed in 0..150 {
        let mut world = World::new(seed);
        for _ in 0..3 {
            for _ in 0..120 {
                world.step();
            }
            world.calm_down();
            check(&mut world, seed);
        }
    }
}
