//! What is right, what it costs, and that a crowd is turned away.

use super::*;
const SALT: Bits128 = Bits128(0x3031_3233_3435_3637_3839_6162_6364_6566);

fn password(text: &str) -> Password {
    Password::new(text).expect("a password")
}

#[tokio::test]
async fn the_right_password_is_right_and_no_other_is() {
    let passwords = Passwords::default();
    let kept = passwords.hash(password("correct horse"), SALT).await.expect("a turn");
    assert!(
        kept.as_str()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"),
        "{}",
        kept.as_str()
    );
    for (typed, verdict) in [
        ("correct horse", Verdict::Right),
        ("correct horse ", Verdict::Wrong),
        ("Correct horse", Verdict::Wrong),
    ] {
        assert_eq!(
            passwords.verify(password(typed), Some(kept.clone())).await,
            Ok(verdict),
            "{typed:?}"
        );
    }
}

#[tokio::test]
async fn no_character_of_a_long_password_is_cut_off() {
    let passwords = Passwords::default();
    let long = "ä".repeat(256);
    let kept = passwords.hash(password(&long), SALT).await.expect("a turn");
    let mut other: String = long.clone();
    other.pop();
    assert_eq!(
        passwords.verify(password(&long), Some(kept.clone())).await,
        Ok(Verdict::Right)
    );
    assert_eq!(passwords.verify(password(&other), Some(kept)).await, Ok(Verdict::Wrong));
}

#[tokio::test]
async fn whoever_has_no_password_costs_as_much_as_whoever_has_one() {
    let passwords = Passwords::default();
    let kept = passwords.hash(password("correct horse"), SALT).await.expect("a turn");
    let nobody = PasswordHash::new(NOBODY).expect("a PHC string");
    assert!(!is_dated(&nobody), "it costs what a present hash costs");
    let broken = Hashed::kept("md5:1234".into());
    for kept in [Some(kept), None, Some(broken)] {
        let before = passwords.computed();
        assert_eq!(
            passwords.verify(password("battery staple"), kept).await,
            Ok(Verdict::Wrong)
        );
        assert_eq!(passwords.computed() - before, 1);
    }
}

#[tokio::test]
async fn a_hash_made_another_way_is_right_and_dated() {
    let passwords = Passwords::default();
    for (algorithm, memory, passes) in [(Algorithm::Argon2id, 8_192, 1), (Algorithm::Argon2i, MEMORY, PASSES)] {
        let params = Params::new(memory, passes, 1, None).expect("parameters");
        let other = Argon2::new(algorithm, Version::V0x13, params);
        let kept = other
            .hash_password_with_salt(b"correct horse", &SALT.0.to_be_bytes())
            .expect("a hash");
        let kept = Hashed::kept(kept.to_string());
        let verdict = passwords.verify(password("correct horse"), Some(kept.clone())).await;
        assert_eq!(verdict, Ok(Verdict::RightButDated));
        assert_eq!(
            passwords.verify(password("battery staple"), Some(kept)).await,
            Ok(Verdict::Wrong)
        );
    }
}

#[tokio::test]
async fn a_crowd_is_turned_away_at_once() {
    let passwords = Passwords::default();
    let all = passwords.places.clone().acquire_many_owned(66).await.expect("places");
    assert_eq!(passwords.verify(password("correct horse"), None).await, Err(Busy));
    assert_eq!(passwords.hash(password("correct horse"), SALT).await, Err(Busy));
    assert_eq!(passwords.computed(), 0);
    drop(all);
    assert_eq!(
        passwords.verify(password("correct horse"), None).await,
        Ok(Verdict::Wrong)
    );
}

#[test]
fn a_hash_does_not_show_itself() {
    assert_eq!(format!("{:?}", Hashed::kept("$argon2id$..".into())), "Hashed(..)");
}
