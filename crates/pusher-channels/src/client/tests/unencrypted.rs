//! Encrypted channels in a build that cannot open them.

use super::transcript::Play;

#[test]
fn an_encrypted_channel_names_the_feature_and_asks_nobody() {
    let reason =
        "the channel is encrypted, and this program was built without the feature `encrypted` of pusher-channels";
    Play::connected().check(&format!(
        "> want private-encrypted-x
         < failed private-encrypted-x: {reason}
         > after 29
         > closed 1006
         < connected -> connecting
         < wait
         > timeout
         < open ws://host/app/key #2
         > handshake 3.4 30
         < connecting -> connected
         < failed private-encrypted-x: {reason}
         > drop private-encrypted-x"
    ));
}
