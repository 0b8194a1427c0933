//! The identities of what an import brings. They follow from the import's own, which is random, so that the same file under the
//! same identity is the same import.

use backlog::id::Bits128;
use backlog::{ActorId, EpicId, ImportId, Name, PartId, StoryId};
use sha2::{Digest, Sha256};

/// Makes the identities of one import.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids(pub ImportId);

/// A kind of part of a story.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Task,
    Comment,
    Blocker,
    Review,
    Link,
}

impl Ids {
    /// The story of a line.
    pub fn story(self, line: u32) -> StoryId {
        StoryId(self.of(b"story", &line.to_be_bytes()))
    }

    /// The epic of a line.
    pub fn epic(self, line: u32) -> EpicId {
        EpicId(self.of(b"epic", &line.to_be_bytes()))
    }

    /// The nth part of a kind of the story of a line.
    pub fn part(self, line: u32, kind: Kind, nth: usize) -> PartId {
        let kind: &[u8] = match kind {
            Kind::Task => b"task",
            Kind::Comment => b"comment",
            Kind::Blocker => b"blocker",
            Kind::Review => b"review",
            Kind::Link => b"link",
        };
        let mut place = [0; 12];
        place[..4].copy_from_slice(&line.to_be_bytes());
        place[4..].copy_from_slice(&(nth as u64).to_be_bytes());
        PartId(self.of(kind, &place))
    }

    /// Someone whose name is kept.
    pub fn person(self, name: &Name) -> ActorId {
        ActorId(self.of(b"person", name.as_str().as_bytes()))
    }

    fn of(self, kind: &[u8], rest: &[u8]) -> Bits128 {
        let hash: [u8; 32] = Sha256::new()
            .chain_update(self.0.0.0.to_be_bytes())
            .chain_update(kind)
            .chain_update([0])
            .chain_update(rest)
            .finalize()
            .into();
        let (half, _) = hash.split_first_chunk::<16>().expect("32 bytes hold 16");
        Bits128(u128::from_be_bytes(*half))
    }
}
