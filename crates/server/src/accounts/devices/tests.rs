//! Which cookies are believed.

use super::*;

const ADA: ActorId = ActorId(Bits128(0xada));
const BEN: ActorId = ActorId(Bits128(0xbe));

#[test]
fn a_device_is_known_to_the_account_that_it_signed_in_to() {
    let devices = Devices::new("a secret of the server");
    let cookie = devices.marked("", ADA, Bits128(1));
    assert_eq!(devices.known(&cookie, ADA), Some(Bits128(1)));
    assert_eq!(devices.known(&cookie, BEN), None);
    // Whoever signs in again stays the same device.
    let again = devices.marked(&cookie, ADA, Bits128(2));
    assert_eq!(again, cookie);
}

#[test]
fn several_people_share_a_browser() {
    let devices = Devices::new("a secret of the server");
    let cookie = devices.marked(&devices.marked("", ADA, Bits128(1)), BEN, Bits128(2));
    assert_eq!(devices.known(&cookie, ADA), Some(Bits128(1)));
    assert_eq!(devices.known(&cookie, BEN), Some(Bits128(2)));
    let crowded = (3..7).fold(cookie, |cookie, number| {
        devices.marked(&cookie, ActorId(Bits128(number)), Bits128(number))
    });
    assert_eq!(devices.known(&crowded, ADA), None, "the oldest is forgotten");
    assert_eq!(devices.known(&crowded, ActorId(Bits128(3))), Some(Bits128(3)));
    assert_eq!(crowded.split('~').count(), 4);
}

#[test]
fn what_another_signed_or_someone_altered_is_not_believed() {
    let devices = Devices::new("a secret of the server");
    let cookie = devices.marked("", ADA, Bits128(1));
    let for_ben = cookie.replacen(&ADA.0.to_string(), &BEN.0.to_string(), 1);
    let other_number = cookie.replacen(&Bits128(1).to_string(), &Bits128(2).to_string(), 1);
    let elsewhere = Devices::new("the secret of another").marked("", ADA, Bits128(1));
    for altered in [&for_ben, &other_number, &elsewhere, "", "~~~", "..", "a.b.c", "é.é.é"] {
        assert_eq!(devices.known(altered, ADA), None, "{altered}");
        assert_eq!(devices.known(altered, BEN), None, "{altered}");
    }
}
