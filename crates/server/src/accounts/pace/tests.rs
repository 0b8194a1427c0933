//! Scripts: who tries what and when, and how long they wait. Expected values are counted by hand from the rules.

use super::*;

const MALLORY: &str = "192.0.2.66";
const ADA: &str = "192.0.2.7";

fn network(address: &str) -> Network {
    Network::of(address.parse().expect("an address"))
}

fn email(text: &str) -> Email {
    Email::new(text).expect("an address")
}

/// Someone who tries to sign in.
fn sign_in(from: &str, at: &str) -> Try {
    Try {
        deed: Deed::SignIn,
        network: network(from),
        account: Some(email(at)),
        device: None,
    }
}

fn of_device(attempt: Try, device: u128) -> Try {
    Try {
        device: Some(Bits128(device)),
        ..attempt
    }
}

fn at(seconds: i64) -> Millis {
    Millis(1_700_000_000_000 + seconds * SECOND)
}

/// Tries so often in one moment; all are let through.
#[track_caller]
fn often(pace: &mut Pace, attempt: &Try, times: u32, now: Millis) {
    for time in 0..times {
        assert_eq!(pace.admit(attempt, now), Ok(()), "the {time}th");
    }
}

#[test]
fn the_first_tries_at_an_account_are_free_and_then_waits_grow() {
    let mut pace = Pace::default();
    let attempt = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &attempt, 10, at(0));
    let mut now = 0;
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        assert_eq!(pace.admit(&attempt, at(now)), Err(Wait(seconds)));
        now += i64::try_from(seconds).expect("small");
        assert_eq!(pace.admit(&attempt, Millis(at(now).0 - 1)), Err(Wait(1)));
        assert_eq!(pace.admit(&attempt, at(now)), Ok(()));
    }
}

#[test]
fn whoever_is_told_to_wait_does_not_wait_longer_for_asking_again() {
    let mut pace = Pace::default();
    let attempt = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &attempt, 10, at(0));
    for _ in 0..100 {
        assert_eq!(pace.admit(&attempt, at(0)), Err(Wait(1)));
    }
    assert_eq!(pace.admit(&attempt, at(1)), Ok(()));
}

#[test]
fn many_networks_do_not_try_more_at_one_account() {
    let mut pace = Pace::default();
    for host in 1..=10 {
        often(
            &mut pace,
            &sign_in(&format!("198.51.100.{host}"), "ada@example.com"),
            1,
            at(0),
        );
    }
    assert_eq!(
        pace.admit(&sign_in("203.0.113.1", "ada@example.com"), at(0)),
        Err(Wait(1))
    );
    assert_eq!(pace.admit(&sign_in("203.0.113.1", "ben@example.com"), at(0)), Ok(()));
}

#[test]
fn an_account_that_does_not_exist_waits_like_any_other() {
    // The pace knows no accounts: what was typed is counted.
    let mut pace = Pace::default();
    for address in ["ada@example.com", "nobody@example.com"] {
        often(&mut pace, &sign_in(MALLORY, address), 10, at(0));
        assert_eq!(pace.admit(&sign_in(MALLORY, address), at(0)), Err(Wait(1)), "{address}");
    }
}

#[test]
fn strangers_do_not_lock_out_a_device_that_was_here_before() {
    let mut pace = Pace::default();
    let stranger = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &stranger, 10, at(0));
    assert_eq!(pace.admit(&stranger, at(0)), Err(Wait(1)));
    // Not even from the same network, and however many tries were made there.
    for number in 0..20 {
        often(&mut pace, &sign_in(MALLORY, &format!("{number}@example.com")), 1, at(0));
    }
    let known = of_device(sign_in(MALLORY, "ada@example.com"), 7);
    often(&mut pace, &known, 10, at(0));
    // A stolen device is slowed by itself.
    assert_eq!(pace.admit(&known, at(0)), Err(Wait(1)));
    assert_eq!(pace.admit(&of_device(stranger, 8), at(0)), Ok(()));
}

#[test]
fn a_network_is_slowed_whatever_it_tries() {
    let mut pace = Pace::default();
    for number in 0..30 {
        often(&mut pace, &sign_in(MALLORY, &format!("{number}@example.com")), 1, at(0));
    }
    assert_eq!(
        pace.admit(&sign_in(MALLORY, "one-more@example.com"), at(0)),
        Err(Wait(2))
    );
    assert_eq!(pace.admit(&sign_in(ADA, "one-more@example.com"), at(0)), Ok(()));
}

#[test]
fn what_turned_out_well_is_taken_back() {
    let mut pace = Pace::default();
    for number in 0..1_000 {
        let attempt = sign_in(ADA, &format!("{number}@example.com"));
        often(&mut pace, &attempt, 1, at(0));
        pace.turned_out_well(&attempt);
    }
    // Only the own try: those of others who failed at the same account still count.
    let stranger = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &stranger, 9, at(0));
    let ada = sign_in(ADA, "ada@example.com");
    often(&mut pace, &ada, 1, at(0));
    pace.turned_out_well(&ada);
    often(&mut pace, &stranger, 1, at(0));
    assert_eq!(pace.admit(&stranger, at(0)), Err(Wait(1)));
}

#[test]
fn quiet_time_forgives_one_by_one() {
    let mut pace = Pace::default();
    let attempt = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &attempt, 10, at(0));
    // Two hours forgive two tries.
    often(&mut pace, &attempt, 2, at(7_200));
    assert_eq!(pace.admit(&attempt, at(7_200)), Err(Wait(1)));
}

#[test]
fn a_clock_that_was_put_back_makes_nobody_wait() {
    let mut pace = Pace::default();
    let attempt = sign_in(MALLORY, "ada@example.com");
    often(&mut pace, &attempt, 10, at(0));
    assert_eq!(pace.admit(&attempt, at(-86_400)), Ok(()));
}

#[test]
fn deeds_are_counted_apart_and_an_account_gets_few_letters() {
    let mut pace = Pace::default();
    let asked = |deed, from| Try {
        deed,
        ..sign_in(from, "ada@example.com")
    };
    often(&mut pace, &asked(Deed::Recovery, MALLORY), 3, at(0));
    assert_eq!(pace.admit(&asked(Deed::Recovery, ADA), at(0)), Err(Wait(60)));
    often(&mut pace, &asked(Deed::Letter, MALLORY), 3, at(0));
    assert_eq!(pace.admit(&asked(Deed::Letter, ADA), at(0)), Err(Wait(60)));
    for (deed, free, seconds) in [(Deed::SignUp, 10, 10), (Deed::Secret, 60, 1), (Deed::Visit, 300, 1)] {
        often(&mut pace, &asked(deed, MALLORY), free, at(0));
        assert_eq!(pace.admit(&asked(deed, MALLORY), at(0)), Err(Wait(seconds)), "{deed:?}");
        assert_eq!(pace.admit(&asked(deed, ADA), at(0)), Ok(()), "{deed:?}");
    }
}

#[test]
fn a_network_of_ipv6_is_one_customers() {
    assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
}

#[test]
fn memory_is_bounded_and_the_oldest_are_forgotten() {
    let mut pace = Pace::remembering(80);
    often(&mut pace, &sign_in(ADA, "first@example.com"), 10, at(0));
    for number in 0..1_000 {
        let address = format!("198.51.{}.{}", number / 250, number % 250);
        let now = at(1 + i64::from(number));
        assert_eq!(
            pace.admit(&sign_in(&address, &format!("{number}@example.com")), now),
            Ok(())
        );
        assert!(pace.networks.len() <= 80 && pace.accounts.len() <= 80);
    }
    assert_eq!(
        pace.admit(&sign_in(ADA, "first@example.com"), at(1_001)),
        Ok(()),
        "long forgotten"
    );
    // Devices are apart: strangers make none of them forgotten.
    let known = of_device(sign_in(ADA, "first@example.com"), 7);
    often(&mut pace, &known, 10, at(2_000));
    for number in 0..200 {
        let attempt = sign_in(&format!("203.0.113.{number}"), &format!("{number}@example.org"));
        often(&mut pace, &attempt, 1, at(2_000));
    }
    assert_eq!(pace.admit(&known, at(2_000)), Err(Wait(1)));
}
